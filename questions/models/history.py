"""What was done, by whom, and the number of the current edition. No word of any question stands here."""

import hashlib
import hmac
import json
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from questions.lifecycle import TAKES_AWAY, Role, Verb
from questions.models.person import Person
from questions.tombstones import Tombstone, mark_of, name_of

TOLD_AFTER = timedelta(minutes=15)
"""A host's decision reaches the asker's page this much later, so that an undone slip was never read."""


class SubjectKind(models.TextChoices):
    QUESTION = "question", _("Question")
    EPISODE = "episode", _("Episode")
    HOUSE = "house", _("House")


HOUSE_REF = uuid.UUID("00000000-0000-4000-8000-686f75736500")
"""The subject of every deed that is done to the house itself: its people, lists and settings."""


class EventQuerySet(models.QuerySet["Event"]):
    def of(self, ref: uuid.UUID) -> "EventQuerySet":
        """The history of one question or episode, oldest first."""
        return self.filter(subject=ref).order_by("seq")

    def standing(self) -> "EventQuerySet":
        """Events that were neither undone nor are themselves an undoing."""
        return self.filter(undone_by=None).exclude(verb=Verb.UNDO)

    def about_the_wording(self) -> "EventQuerySet":
        """What has been said about the wording: shown to the asker, agreed to, refused, or another one asked for."""
        return self.standing().filter(verb__in=[Verb.PREVIEW, Verb.CONSENT, Verb.OBJECT, Verb.ASK_CHANGE])

    def since(self, ref: uuid.UUID, version: int) -> "EventQuerySet":
        """What has happened to a subject since somebody saw `version` of it."""
        return self.of(ref).filter(version__gt=version).select_related("person")

    def taking_away(self) -> "EventQuerySet":
        """The deeds of which a tombstone is kept, with the columns it is made of."""
        columns = ("day", "verb", "subject", "subject_kind", "details", "mac")
        return self.filter(verb__in=TAKES_AWAY).order_by().only(*columns)

    def told_to_asker(self, now: datetime) -> "EventQuerySet":
        """What the asker may know of at `now`: their own deeds at once, the show's after TOLD_AFTER."""
        return self.standing().filter(models.Q(at=None) | models.Q(at__lte=now - TOLD_AFTER))


class Event(models.Model):
    """One deed. `before` and `after` chain the events of a subject; `mac` chains the rows under a key.

    What an asker does carries the day only: `at` is empty then. `was` holds the former values of the columns that the
    deed changed, so that it can be undone; words are never among them, only which wording or revision stood.
    """

    subject_kind = models.CharField(max_length=10, choices=SubjectKind)
    subject = models.UUIDField()
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=20, choices=Verb)
    role = models.CharField(max_length=10, choices=Role)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="events")
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    is_quiet = models.BooleanField(default=False)
    day = models.DateField(default=timezone.localdate)
    at = models.DateTimeField(null=True, blank=True)
    was = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    # Deeds that were done together can be undone together.
    batch = models.UUIDField(null=True, blank=True, db_index=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    mac = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("subject", "seq")
        constraints = (
            models.UniqueConstraint(fields=("subject", "seq"), name="event_follows_one_other"),
            models.CheckConstraint(condition=models.Q(verb__in=Verb.values), name="event_verb_is_known"),
            models.CheckConstraint(
                condition=~models.Q(role=Role.ASKER) | models.Q(at=None, person=None),
                name="event_of_asker_has_no_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} ({self.before} to {self.after})"

    def mac_after(self, previous_mac: str, *, names_who: bool = True) -> str:
        """The keyed digest of this row chained to the one before: an altered or missing row breaks it.

        Rows of the first installations were chained without the person and the quietness: `names_who` False.
        """
        facts = [
            previous_mac, self.subject_kind, str(self.subject), self.seq, self.verb, self.role, self.before, self.after,
            self.version, self.day, self.at, self.was, self.details, self.undoes_id,
            *([self.batch] if self.batch else []),
            *([{"person": self.person_id, "quiet": self.is_quiet}] if names_who else []),
        ]  # fmt: skip
        message = json.dumps(facts, cls=DjangoJSONEncoder, sort_keys=True).encode()
        return hmac.new(settings.HISTORY_KEY.encode(), message, hashlib.sha256).hexdigest()

    def tombstone(self) -> Tombstone | None:
        """What is remembered of this deed outside the database; None where it takes nothing away."""
        if self.verb not in TAKES_AWAY:
            return None
        verb, ref = self.verb, self.subject
        if self.subject_kind == SubjectKind.HOUSE:
            # Of a deed to the house the details say to whom, or whose link it was.
            ref = uuid.UUID(self.details.get("person") or self.details["ref"])
            verb = f"{verb}:{self.details['role']}" if verb == Verb.APPOINT else verb
        return Tombstone(self.day, verb, name_of(ref), mark_of(self.mac))


class Edition(models.Model):
    """One row: the number that changes whenever anything public changes.

    `floor` is the last one that took something away or changed it: pages of earlier editions must never be shown again.
    """

    number = models.PositiveBigIntegerField(default=1)
    # The database has the default too, so that the release before this one can still write the row.
    floor = models.PositiveBigIntegerField(default=1, db_default=1)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="edition_is_one_row"),)

    def __str__(self) -> str:
        return f"edition {self.number}"

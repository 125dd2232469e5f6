"""Links that let somebody in without an account: a guest, an outsider who may look, a new colleague."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from questions.lifecycle import QuestionState, Role
from questions.models.episode import Episode
from questions.models.person import STAFF_ROLES, Person
from questions.models.question import Question


class LinkKind(models.TextChoices):
    GUEST = "guest", _("A guest answers")
    PREVIEW = "preview", _("Somebody may look")
    JOIN = "join", _("A colleague joins")


class SharedLinkQuerySet(models.QuerySet["SharedLink"]):
    def open_at(self, now: datetime) -> "SharedLinkQuerySet":
        """Links that still let somebody in at `now`."""
        return self.filter(revoked_at=None, used_at=None, expires_at__gt=now)

    def with_digest(self, kind: str, digests: Sequence[str]) -> "SharedLink | None":
        """The link of this kind whose token has one of these digests, whether it is open or not."""
        return self.filter(kind=kind, token_digest__in=digests).select_related("person", "question", "episode").first()

    def leading_somewhere(self) -> "SharedLinkQuerySet":
        """Links to a question or an episode: those that hosts may revoke. Invitations are the owners' matter."""
        return self.exclude(kind=LinkKind.JOIN).select_related("question", "episode", "person")

    def for_guests_of(self, question: Question) -> "SharedLinkQuerySet":
        """The links through which guests may answer the question, the newest first."""
        return self.filter(kind=LinkKind.GUEST, question=question).select_related("person", "made_by")

    def for_looking_at(self, episode: Episode) -> "SharedLinkQuerySet":
        """The links through which outsiders may see the episode, the newest first."""
        return self.filter(kind=LinkKind.PREVIEW, episode=episode).select_related("made_by")

    def run_out(self, now: datetime) -> "SharedLinkQuerySet":
        """Links that have ended, of guests who still hold their question and have no open link to it."""
        ended = self.filter(kind=LinkKind.GUEST).exclude(pk__in=self.open_at(now))
        still_theirs = ended.filter(question__state=QuestionState.ANSWERING, question__claimed_by=models.F("person"))
        others = SharedLink.objects.open_at(now).filter(question=models.OuterRef("question"), kind=LinkKind.GUEST)
        return still_theirs.filter(~models.Exists(others)).select_related("question")


class SharedLink(models.Model):
    """One signed link. Only a keyed digest of its token is kept: the link itself is shown once.

    A guest link names its question and the guest as `person`; a preview its episode; an invitation the role, and the
    person whose account it makes where they are credited already. An invitation is used up; the others are not.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=LinkKind)
    token_digest = models.CharField(max_length=64, unique=True)
    question = models.ForeignKey(Question, models.CASCADE, null=True, blank=True, related_name="links")
    episode = models.ForeignKey(Episode, models.CASCADE, null=True, blank=True, related_name="links")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="links")
    role = models.CharField(max_length=10, choices=STAFF_ROLES, default=Role.GUEST)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = SharedLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind="guest", question__isnull=False, person__isnull=False)
                | models.Q(kind="preview", episode__isnull=False)
                | models.Q(kind="join", question=None, episode=None),
                name="link_leads_somewhere",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} link {self.pk}"

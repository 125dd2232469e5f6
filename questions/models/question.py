"""A question, its wordings and its thread. Every word of them is sealed at rest."""

import uuid
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from questions.lifecycle import QuestionState, Role
from questions.models.person import Person
from questions.models.show import DeclineReason
from questions.models.sifting import Airing, Hold, Rank, SiftedQuerySet
from questions.models.topic import Topic
from questions.sealing import SealedTextField

if TYPE_CHECKING:
    from questions.models.answer import Answer

MAX_QUESTION_LENGTH = 10_000
MAX_SIGN_OFF_LENGTH = 80

GONE = (QuestionState.WITHDRAWN, QuestionState.FORGOTTEN)


LEASE = timedelta(minutes=30)
"""How long a claim holds after its host was last seen writing (issue 4). A guest's holds as long as their link."""


class QuestionQuerySet(SiftedQuerySet["Question"]):
    def in_queue_order(self) -> "QuestionQuerySet":
        return self.order_by("rank", "arrived_on", "number")

    def in_state(self, state: str) -> "QuestionQuerySet":
        return self.filter(state=state)

    def lapsed(self, now: datetime) -> "QuestionQuerySet":
        """Claimed questions whose lease has run out at `now`."""
        claimed = self.filter(state=QuestionState.ANSWERING, claimed_at__lt=now - LEASE)
        return claimed.exclude(claimed_by__role=Role.GUEST)

    def calling(self) -> "QuestionQuerySet":
        """Calls for help that nobody has decided about yet."""
        return self.filter(rank=Rank.HELP, state__in=[QuestionState.WAITING, QuestionState.KEPT])

    def unopened(self) -> "QuestionQuerySet":
        """Calls for help that nobody of the show has opened yet."""
        return self.calling().exclude(waited_unopened=None)

    def awaiting_reply(self) -> "QuestionQuerySet":
        """Questions in whose thread the asker has the last word."""
        newest = Message.objects.filter(question=models.OuterRef("pk")).order_by("-pk").values("is_from_asker")[:1]
        open_ones = self.exclude(state__in=[*GONE, QuestionState.DECLINED, QuestionState.MERGED])
        return open_ones.alias(asker_has_last_word=models.Subquery(newest)).filter(asker_has_last_word=True)

    def visible_to(self, person: Person) -> "QuestionQuerySet":
        """What a person of the show may see: a guest only what they have claimed."""
        return self.filter(claimed_by=person) if person.role == Role.GUEST else self

    def off_air(self, now: datetime) -> "QuestionQuerySet":
        """Questions whose answer readers cannot see at `now`: the state of one that has aired is still `ready`."""
        on_air = Q(answer__segments__episode__release_at__lte=now, answer__segments__episode__retracted_at=None)
        return self.exclude(pk__in=Question.objects.filter(on_air).values("pk"))

    def for_desk(self) -> "QuestionQuerySet":
        """Questions with what a row of the queue shows, in a fixed number of queries."""
        return self.select_related("claimed_by", "decline_reason", "wording").prefetch_related("topics")

    def with_receipt(self, digest: str) -> "Question | None":
        return self.filter(receipt_digest=digest).first()

    def past_retention(self, *, unanswered_before: date, closed_before: date) -> "QuestionQuerySet":
        """Questions whose words have been kept long enough: nobody has done anything with them since those days.

        A question that is being answered, or whose answer is approved, is kept until it has aired or is given up. One
        that follows another goes when that one does, and not before its own time.
        """
        unanswered = Q(state__in=[QuestionState.WAITING, QuestionState.KEPT], changed_on__lt=unanswered_before)
        closed = Q(state__in=[QuestionState.DECLINED, QuestionState.ANSWERED_PRIVATELY], changed_on__lt=closed_before)
        followed = Q(merged_into__state=QuestionState.DECLINED, merged_into__changed_on__lt=closed_before)
        followed |= Q(
            merged_into__state__in=[QuestionState.WAITING, QuestionState.KEPT],
            merged_into__changed_on__lt=unanswered_before,
            changed_on__lt=unanswered_before,
        )
        return self.filter(unanswered | closed | followed)

    def past_traces(self, *, gone_before: date) -> "QuestionQuerySet":
        """Questions without words whose traces have been kept long enough too; an aired episode keeps its own."""
        return self.filter(state__in=GONE, changed_on__lt=gone_before, answer__segments=None)


class Question(models.Model):
    """One question. `number` orders the queue; `ref` is the random name used in addresses and by the seal."""

    number = models.BigAutoField(primary_key=True)
    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=20, choices=QuestionState, default=QuestionState.WAITING)
    version = models.PositiveIntegerField(default=1)
    arrived_on = models.DateField(default=timezone.localdate)
    receipt_digest = models.CharField(max_length=64, unique=True)
    import_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    # The episode that its asker had read and asks on from.
    follows_up = models.ForeignKey(
        "questions.Episode", models.SET_NULL, null=True, blank=True, related_name="follow_ups"
    )

    text = SealedTextField(null=True)
    sign_off = SealedTextField(null=True)
    language = models.CharField(max_length=12, default="en")

    airing = models.CharField(max_length=10, choices=Airing, default=Airing.PREVIEW)
    may_edit = models.BooleanField(default=True)
    silence_means_yes = models.BooleanField(default=False)
    held = models.CharField(max_length=10, choices=Hold, blank=True, default="")
    rank = models.PositiveSmallIntegerField(choices=Rank, default=Rank.OTHERS)
    # Quarters of an hour that a call for help has waited unopened; empty once somebody has opened it.
    waited_unopened = models.PositiveSmallIntegerField(null=True, blank=True)
    clue_count = models.PositiveSmallIntegerField(default=0)

    wording = models.ForeignKey("Wording", models.SET_NULL, null=True, blank=True, related_name="+")
    previewed_wording = models.ForeignKey("Wording", models.SET_NULL, null=True, blank=True, related_name="+")
    previewed_on = models.DateField(null=True, blank=True)
    agreed_wording = models.ForeignKey("Wording", models.SET_NULL, null=True, blank=True, related_name="+")
    objected = models.BooleanField(default=False)

    topics = models.ManyToManyField(Topic, blank=True, related_name="questions")
    claimed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="claims")
    claimed_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.ForeignKey(DeclineReason, models.PROTECT, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followers")
    changed_on = models.DateField(default=timezone.localdate)

    answer: "Answer"

    objects = QuestionQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("state", "rank", "arrived_on", "number"), name="question_queue"),
            models.Index(fields=("state", "changed_on"), name="question_retention"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=QuestionState.values), name="question_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=GONE, text=None, sign_off=None) | (~Q(state__in=GONE) & Q(text__isnull=False)),
                name="question_words_are_gone_when_it_is",
            ),
            models.CheckConstraint(
                condition=Q(state=QuestionState.DECLINED, decline_reason__isnull=False)
                | (~Q(state=QuestionState.DECLINED) & Q(decline_reason=None)),
                name="question_declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=QuestionState.MERGED, merged_into__isnull=False)
                | (~Q(state=QuestionState.MERGED) & Q(merged_into=None)),
                name="question_merged_into_another",
            ),
            models.CheckConstraint(
                condition=~Q(airing=Airing.PRIVATE, state__in=[QuestionState.READY, QuestionState.MERGED]),
                name="question_private_is_never_aired",
            ),
            models.CheckConstraint(
                condition=Q(held="")
                | Q(state=QuestionState.WAITING)
                | Q(state__in=[QuestionState.DECLINED, QuestionState.ANSWERED_PRIVATELY, *GONE]),
                name="question_held_is_not_in_hand",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by=None) | Q(state__in=[QuestionState.ANSWERING, QuestionState.READY]),
                name="question_claimed_while_answering",
            ),
        )

    def __str__(self) -> str:
        return f"question {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("desk:question", args=[self.ref])

    @property
    def is_gone(self) -> bool:
        return self.state in GONE

    @property
    def calls_for_help(self) -> bool:
        return self.rank == Rank.HELP

    @property
    def lease_ends_at(self) -> datetime | None:
        """When the claim lapses unless its host goes on; None where nobody holds it or it does not lapse."""
        if self.state != QuestionState.ANSWERING or self.claimed_by is None or self.claimed_at is None:
            return None
        return None if self.claimed_by.role == Role.GUEST else self.claimed_at + LEASE

    @property
    def spoken_text(self) -> str:
        """The words that would be read out: the edited wording, or the original before anybody edited it."""
        return (self.wording.text if self.wording else self.text) or ""

    @property
    def spoken_sign_off(self) -> str:
        return (self.wording.sign_off if self.wording else self.sign_off) or ""

    def age_in_days(self, today: date) -> int:
        return (today - self.arrived_on).days


class Wording(models.Model):
    """One edited version of a question's words; the question points at the current one."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="wordings")
    number = models.PositiveIntegerField()
    text = SealedTextField()
    sign_off = SealedTextField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("question", "number")
        constraints = (models.UniqueConstraint(fields=("question", "number"), name="wording_numbered_once"),)

    def __str__(self) -> str:
        return f"wording {self.number}"


class MessageQuerySet(models.QuerySet["Message"]):
    def told_to_asker(self, now: datetime) -> "MessageQuerySet":
        """The thread as the asker may read it at `now`, oldest first."""
        return self.filter(Q(hidden_until=None) | Q(hidden_until__lte=now)).order_by("pk")


class Message(models.Model):
    """One turn of the thread between the show and the asker. `by` is empty when the asker wrote it."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="messages")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    is_from_asker = models.BooleanField()
    is_private_answer = models.BooleanField(default=False)
    text = SealedTextField()
    written_on = models.DateField(default=timezone.localdate)
    hidden_until = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(is_from_asker=False) | Q(by=None, hidden_until=None, is_private_answer=False),
                name="message_from_the_asker_names_nobody",
            ),
        )

    def __str__(self) -> str:
        return f"message {self.pk}"


class Note(models.Model):
    """What hosts tell each other about a question; the asker never sees it."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="notes")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    text = SealedTextField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"note {self.pk}"

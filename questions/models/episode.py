"""Episodes: what airs, when, in which words, and everything that stands around the answer."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from questions.content_notes import ContentLevel
from questions.lifecycle import EpisodeState
from questions.models.answer import Answer
from questions.models.person import Person
from questions.models.question import Question
from questions.models.topic import Topic
from questions.sealing import SealedTextField


class CreditRole(models.TextChoices):
    ASKED = "asked", _("Asked on air by")
    ANSWERED = "answered", _("Answered by")
    GUEST = "guest", _("Guest")
    EDITED = "edited", _("Edited by")
    FILMED = "filmed", _("Filmed by")


@dataclass(frozen=True)
class SpokenSegment:
    """One question as it is read out, and the approved answer to it, in Markdown."""

    question: str
    sign_off: str
    body: str
    answerer: str = ""
    answerer_slug: str = ""


@dataclass(frozen=True)
class Script:
    """The words of an episode: sealed until it airs, an open copy afterwards."""

    title: str = ""
    summary: str = ""
    note: str = ""
    verdict_reason: str = ""
    segments: list[SpokenSegment] = field(default_factory=list)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Script":
        segments = [SpokenSegment(**segment) for segment in data.get("segments", [])]
        return cls(**{**data, "segments": segments})

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


class Season(models.Model):
    number = models.PositiveSmallIntegerField(_("number"), unique=True, validators=[MinValueValidator(1)])
    title = models.CharField(_("title"), max_length=80, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (models.CheckConstraint(condition=Q(number__gte=1), name="season_counts_from_one"),)

    def __str__(self) -> str:
        return _("Season {number}").format(number=self.number)

    def get_absolute_url(self) -> str:
        return reverse("reading:season", args=[self.number])


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def with_episode_counts(self, now: datetime) -> "VerdictQuerySet":
        released = Q(episodes__release_at__lte=now, episodes__retracted_at=None)
        return self.annotate(episode_count=models.Count("episodes", filter=released, distinct=True))


class Verdict(models.Model):
    """Whose problem it is, in the host's own few words: they have to fit on the stamp."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    words = models.CharField(_("words"), max_length=28, unique=True)

    episode_count: int

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ("words",)

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        return reverse("reading:verdict", args=[self.slug])


class EpisodeQuerySet(models.QuerySet["Episode"]):
    def released(self, now: datetime) -> "EpisodeQuerySet":
        """What readers can see at `now`: a fact of the query, so that no worker has to wake up for it."""
        return self.filter(release_at__lte=now, retracted_at=None)

    def retracted(self) -> "EpisodeQuerySet":
        return self.exclude(retracted_at=None)

    def being_assembled(self) -> "EpisodeQuerySet":
        return self.filter(release_at=None).order_by("season__number", "number")

    def upcoming(self, now: datetime) -> "EpisodeQuerySet":
        return self.filter(release_at__gt=now, retracted_at=None).order_by("release_at")

    def airing_between(self, start: datetime, end: datetime) -> "EpisodeQuerySet":
        """What airs or has aired from `start` until before `end` and was not taken down, in this order."""
        return self.filter(release_at__gte=start, release_at__lt=end, retracted_at=None).order_by("release_at", "pk")

    def due_to_air(self, now: datetime) -> "EpisodeQuerySet":
        """Released by time, their open copy not yet written."""
        return self.released(now).filter(aired_script__isnull=True)

    def newest_first(self) -> "EpisodeQuerySet":
        return self.order_by("-release_at", "-pk")

    def newer_than(self, episode: "Episode") -> "EpisodeQuerySet":
        """The episodes released after this one, the nearest first."""
        later = Q(release_at__gt=episode.release_at) | Q(release_at=episode.release_at, pk__gt=episode.pk)
        return self.filter(later).order_by("release_at", "pk")

    def older_than(self, episode: "Episode") -> "EpisodeQuerySet":
        """The episodes released before this one, the nearest first."""
        earlier = Q(release_at__lt=episode.release_at) | Q(release_at=episode.release_at, pk__lt=episode.pk)
        return self.filter(earlier).newest_first()

    def for_lists(self) -> "EpisodeQuerySet":
        """Episodes with all that a row of a list shows, in a fixed number of queries."""
        return self.select_related("season", "verdict").prefetch_related("credits__person", "topics", *_SCRIPT_ROWS)

    def for_words(self) -> "EpisodeQuerySet":
        """Episodes with what their words need, and no more: the rows behind a script only where it is not open yet."""
        sealed = models.Prefetch("segments", Segment.objects.filter(episode__aired_script__isnull=True))
        return self.select_related("season").prefetch_related("topics", sealed, *_SCRIPT_ROWS[1:])

    def for_page(self) -> "EpisodeQuerySet":
        return self.for_lists().prefetch_related("videos", "resources", "corrections")

    def for_readers(self) -> "EpisodeQuerySet":
        """The same as for lists, but with the rows behind a script only where its open copy is not written yet."""
        sealed = models.Prefetch("segments", Segment.objects.filter(episode__aired_script__isnull=True))
        found = self.select_related("season", "verdict")
        return found.prefetch_related("credits__person", "topics", sealed, *_SCRIPT_ROWS[1:])

    def with_question(self, question: Question) -> "EpisodeQuerySet":
        """The episode that the question's answer is in, if there is one."""
        return self.filter(segments__answer__question=question)

    def answered_by(self, person: Person) -> "EpisodeQuerySet":
        """The episodes in which the person is credited for answering, or gives one of the answers."""
        credited = Credit.objects.filter(person=person, role=CreditRole.ANSWERED).values("episode")
        gave_one = Segment.objects.filter(answer__answerer=person).values("episode")
        return self.filter(Q(pk__in=credited) | Q(pk__in=gave_one))

    def filed_under(self, topics: Iterable[Topic]) -> "EpisodeQuerySet":
        """The episodes with at least one of these topics, each once."""
        filed = Episode.topics.through.objects.filter(episode=OuterRef("pk"), topic__in=topics)
        return self.filter(Exists(filed))

    def with_part_of(self, person: Person) -> "EpisodeQuerySet":
        """The episodes the person has any part in, the newest first, but those they answer in before all others.

        `has_their_answer` says of each which it is.
        """
        answered = self.answered_by(person).order_by().values("pk")
        credited = Credit.objects.filter(person=person).values("episode")
        found = self.filter(Q(pk__in=answered) | Q(pk__in=credited))
        answers = models.Case(models.When(pk__in=answered, then=models.Value(True)), default=models.Value(False))
        return found.annotate(has_their_answer=answers).order_by("-has_their_answer", "-release_at", "-pk")


_SCRIPT_ROWS = (
    models.Prefetch("segments"),
    "segments__answer__answerer",
    "segments__answer__approved_wording",
    "segments__answer__approved_revision",
)


class Episode(models.Model):
    """One episode. Its state is read off `release_at` and `retracted_at`; its words are a Script."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0)
    season = models.ForeignKey(Season, models.PROTECT, related_name="episodes", verbose_name=_("season"))
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    draft_script = SealedTextField(null=True)
    aired_script = models.JSONField(null=True, blank=True)
    text_level = models.PositiveSmallIntegerField(_("text"), choices=ContentLevel, default=ContentLevel.FINE)
    video_level = models.PositiveSmallIntegerField(_("video"), choices=ContentLevel, default=ContentLevel.NONE)
    pictures_level = models.PositiveSmallIntegerField(_("pictures"), choices=ContentLevel, default=ContentLevel.NONE)
    kinds = models.JSONField(_("because of"), default=list, blank=True)
    # Whether a part of the text, though not the whole, stands behind a gate; written with the words that air.
    has_gated_parts = models.BooleanField(default=False, editable=False)
    # Empty: the language of the show.
    language = models.CharField(_("language"), max_length=12, blank=True)
    translation_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translation of"),
    )
    verdict = models.ForeignKey(
        Verdict, models.PROTECT, null=True, blank=True, related_name="episodes", verbose_name=_("verdict")
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="episodes", verbose_name=_("topics"))
    release_at = models.DateTimeField(null=True, blank=True)
    retracted_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("-release_at", "-id"), name="episode_newest_first"),
            # What readers can see is counted without reading a word of it.
            models.Index(fields=("-release_at", "-id"), condition=Q(retracted_at=None), name="episode_released"),
        )
        constraints = (
            models.UniqueConstraint(fields=("season", "number"), name="episode_numbered_once"),
            models.CheckConstraint(
                condition=Q(text_level__in=[1, 2, 3], video_level__in=[0, 1, 2, 3], pictures_level__in=[0, 1, 2, 3]),
                name="episode_levels_are_known",
            ),
            models.CheckConstraint(
                condition=Q(aired_script__isnull=True) | Q(release_at__isnull=False),
                name="episode_opens_only_when_released",
            ),
            models.CheckConstraint(
                condition=Q(retracted_at=None) | Q(release_at__isnull=False),
                name="episode_retracted_was_released",
            ),
        )

    def __str__(self) -> str:
        return f"episode {self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("reading:episode", args=[self.slug])

    def state_at(self, now: datetime) -> EpisodeState:
        if self.retracted_at is not None:
            return EpisodeState.RETRACTED
        if self.release_at is None:
            return EpisodeState.ASSEMBLING
        return EpisodeState.PUBLISHED if self.release_at <= now else EpisodeState.SCHEDULED

    @property
    def state(self) -> EpisodeState:
        return self.state_at(timezone.now())

    @property
    def script(self) -> Script:
        """The words: the open copy once it is written, else what is approved and still sealed."""
        if self.aired_script is not None:
            return Script.from_json(self.aired_script)
        return self.approved_script

    @property
    def approved_script(self) -> Script:
        """The words that are approved now, whatever has aired before."""
        data = json.loads(self.draft_script or "{}")
        return Script.from_json({**data, "segments": [segment.spoken() for segment in self.segments.all()]})

    @property
    def title(self) -> str:
        return self.script.title

    def write_draft(self, *, title: str, summary: str, note: str, verdict_reason: str) -> None:
        """Put the words that are the episode's own into its sealed draft; the segments are rows."""
        words = {"title": title, "summary": summary, "note": note, "verdict_reason": verdict_reason}
        self.draft_script = json.dumps(words)

    def credited(self, role: str) -> list["Credit"]:
        return [credit for credit in self.credits.all() if credit.role == role]

    @property
    def askers_on_air(self) -> list["Credit"]:
        return self.credited(CreditRole.ASKED)

    @property
    def answerers(self) -> list["Credit"]:
        return self.credited(CreditRole.ANSWERED)


class Segment(models.Model):
    """One answer's place in an episode.

    While the episode is scheduled or published its answers cannot be reopened, so the approved revision and wording
    that the answer points at are the words that air.
    """

    episode = models.ForeignKey(Episode, models.CASCADE, related_name="segments")
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="segments")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("episode", "position"), name="segment_has_its_own_place"),
            models.UniqueConstraint(fields=("answer",), name="answer_airs_in_one_episode"),
        )

    def __str__(self) -> str:
        return f"segment {self.position}"

    def spoken(self) -> dict[str, str]:
        """This segment's words as they would air now."""
        revision, wording = self.answer.approved_revision, self.answer.approved_wording
        answerer = self.answer.answerer
        return {
            "question": wording.text or "" if wording else "",
            "sign_off": wording.sign_off or "" if wording else "",
            "body": revision.body or "" if revision else "",
            "answerer": answerer.name if answerer else "",
            "answerer_slug": answerer.slug if answerer else "",
        }


class Credit(models.Model):
    """Who did what in an episode. The name and disclosure are theirs and may differ from their page."""

    episode = models.ForeignKey(Episode, models.CASCADE, related_name="credits")
    person = models.ForeignKey(Person, models.PROTECT, related_name="credits", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=10, choices=CreditRole)
    credited_as = models.CharField(_("credited as"), max_length=80, blank=True)
    disclosure = models.TextField(_("disclosure"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("episode", "person", "role"), name="person_credited_once_per_role"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.credited_as or self.person.name

    @property
    def shown_disclosure(self) -> str:
        return self.disclosure or self.person.disclosure


class Correction(models.Model):
    """What was corrected after an episode had aired, in words that readers see."""

    episode = models.ForeignKey(Episode, models.CASCADE, related_name="corrections")
    words = models.CharField(_("what was corrected"), max_length=400)
    corrected_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ("-corrected_on", "-pk")

    def __str__(self) -> str:
        return f"correction of {self.corrected_on}"

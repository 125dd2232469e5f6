"""What became of a question, as far as its asker may know: never before the history tells it, by day only."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone

from questions.lifecycle import QUESTION, EpisodeState, QuestionState, Role, Verb, verbs_from
from questions.models import DeclineReason, Episode, Event, Question, Show


class Stage(StrEnum):
    """Where a question stands for its asker: the states of the desk, and what became of it on air."""

    WAITING = "waiting"
    KEPT = "kept"
    ANSWERING = "answering"
    READY = "ready"
    AIRED = "aired"
    RETRACTED = "retracted"
    ANSWERED_PRIVATELY = "answered_privately"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    FORGOTTEN = "forgotten"


HAS_AIRED = (Stage.AIRED, Stage.RETRACTED)


@dataclass(frozen=True)
class Status:
    """What the receipt page says. `verbs` are the asker's, by what they know; the table has the last word."""

    stage: Stage
    days: dict[str, date]
    verbs: frozenset[Verb]
    is_merged: bool = False
    episode: Episode | None = None
    airs_on: date | None = None
    reason: DeclineReason | None = None
    preview: int | None = None
    """The number of the wording that the asker was asked about, while it is still the current one."""
    wants_change: bool = False
    """Whether they want that wording changed and have not been asked about one since."""


def status_of(question: Question, now: datetime) -> Status:
    """What the asker of `question` may know at `now`."""
    told = list(Event.objects.of(question.ref).told_to_asker(now))
    state = _told_state(question, told)
    lead = question.merged_into if state == QuestionState.MERGED else None
    if lead is not None:
        return _following(lead, now)
    if state == QuestionState.MERGED:
        # It was split off a moment ago, so nothing of the former lead is its asker's business any more.
        state = QuestionState.WAITING
    episode = Episode.objects.with_question(question).first()
    stage = _stage(state, episode, now)
    return Status(
        stage=stage,
        days=_days(question, told, episode if stage == Stage.AIRED else None),
        verbs=_verbs(state, told),
        episode=episode if stage in HAS_AIRED or _is_on_air(episode, now) else None,
        airs_on=_airs_on(episode, now) if stage == Stage.READY else None,
        reason=_reason(told) if stage == Stage.DECLINED else None,
        preview=_preview(question, told) if stage in (Stage.ANSWERING, Stage.READY) else None,
        wants_change=stage in (Stage.ANSWERING, Stage.READY) and _wants_change(told),
    )


def _told_state(question: Question, told: list[Event]) -> str:
    """The state after the last deed that changed it and that the asker may know of."""
    if question.is_gone:
        return question.state
    changes = [event.after for event in told if event.before != event.after]
    return changes[-1] if changes else QuestionState.WAITING


def _following(lead: Question, now: datetime) -> Status:
    """The lead's status and its aired link, and nothing else of it."""
    theirs = status_of(lead, now)
    own = frozenset(verbs_from(QUESTION, QuestionState.MERGED, Role.ASKER))
    if Verb.AMEND not in theirs.verbs:
        own -= {Verb.AMEND}
    stage = Stage.KEPT if theirs.stage == Stage.ANSWERED_PRIVATELY else theirs.stage
    return Status(
        stage=stage,
        days={},
        verbs=own,
        is_merged=True,
        episode=theirs.episode,
        airs_on=theirs.airs_on,
        reason=theirs.reason,
    )


def _verbs(state: str, told: list[Event]) -> frozenset[Verb]:
    """The asker's verbs; an answer that is begun and lies aside keeps them from changing their words."""
    verbs = frozenset(verbs_from(QUESTION, state, Role.ASKER))
    return verbs - {Verb.AMEND} if any(event.verb == Verb.DRAFT for event in told) else verbs


def _is_on_air(episode: Episode | None, now: datetime) -> bool:
    return episode is not None and episode.state_at(now) == EpisodeState.PUBLISHED


def _stage(state: str, episode: Episode | None, now: datetime) -> Stage:
    """Airing is public, so it is told at once; everything else is what the history has told."""
    if state in (QuestionState.WITHDRAWN, QuestionState.FORGOTTEN) or episode is None:
        return Stage(state)
    match episode.state_at(now):
        case EpisodeState.PUBLISHED:
            return Stage.AIRED
        case EpisodeState.RETRACTED:
            return Stage.RETRACTED
    return Stage(state)


def _airs_on(episode: Episode | None, now: datetime) -> date | None:
    """The day of a scheduled episode, once the scheduling may be told."""
    if episode is None or episode.release_at is None or episode.state_at(now) != EpisodeState.SCHEDULED:
        return None
    scheduled = Event.objects.of(episode.ref).filter(verb=Verb.SCHEDULE)
    is_told = scheduled.last() == scheduled.told_to_asker(now).last()
    return _release_day(episode.release_at) if is_told else None


def _days(question: Question, told: list[Event], aired: Episode | None) -> dict[str, date]:
    """The day on which each step was first reached; the last one is that of the episode that has aired."""
    days = {"received": question.arrived_on}
    for event in told:
        if event.verb in (Verb.KEEP, Verb.CLAIM):
            days.setdefault("considered", event.day)
        if event.verb == Verb.CLAIM:
            days.setdefault("answering", event.day)
    if aired is not None and aired.release_at is not None:
        days["aired"] = _release_day(aired.release_at)
    return days


def _release_day(moment: datetime) -> date:
    """The day on which an episode is released, by the clocks of the show."""
    return timezone.localdate(moment, Show.objects.current().zone)


def _reason(told: list[Event]) -> DeclineReason | None:
    slug = next(event.details["reason"] for event in reversed(told) if event.verb == Verb.DECLINE)
    return DeclineReason.objects.filter(slug=slug).first()


def _preview(question: Question, told: list[Event]) -> int | None:
    asked = next((event.details["wording"] for event in reversed(told) if event.verb == Verb.PREVIEW), None)
    return asked if question.wording is not None and question.wording.number == asked else None


def _wants_change(told: list[Event]) -> bool:
    said = [event.verb for event in told if event.verb in (Verb.PREVIEW, Verb.CONSENT, Verb.OBJECT, Verb.ASK_CHANGE)]
    return bool(said) and said[-1] == Verb.ASK_CHANGE

"""What the asker's no does to the episodes their question is in."""

from django.db import transaction
from django.utils import timezone

from questions import edition
from questions.actions.acting import CLOCK, Actor, enact, locked
from questions.lifecycle import EpisodeState, Verb
from questions.models import Episode, Event, Question
from questions.sealing import SealBroken


def hold_episodes(question: Question, *, verb: Verb, by: Actor) -> None:
    """Take every episode that has not aired the question off the schedule; `verb` is what `by` did to it.

    An episode that has aired keeps its open copy: only the hosts can retract it, and the form says so.
    """
    for episode in Episode.objects.filter(segments__answer__question=question):
        row = settle(locked(episode, seen=None))
        if row.state in (EpisodeState.ASSEMBLING, EpisodeState.SCHEDULED):
            enact(row, Verb.HOLD, by=by, details={"because": verb.value}, release_at=None)


def settle(row: Episode) -> Episode:
    """Write the open copy of a locked episode that time has released, if nobody has done so yet.

    `tick` does it for every due episode; a deed that meets one earlier does it first, so that history stays whole.
    """
    if row.state == EpisodeState.PUBLISHED and row.aired_script is None:
        enact(row, Verb.AIR, by=CLOCK, state=EpisodeState.SCHEDULED, aired_script=row.script.to_json())
        edition.advance(only_adds=True)
    return row


def air(episode: Episode) -> Event | None:
    """The clock's deed for one episode whose time has come; None when there is nothing left to do.

    Raises SealBroken where its words do not open, and takes it off the schedule first: in a list of what is out it
    would keep readers from all others.
    """
    try:
        return _air(episode)
    except SealBroken:
        _hold_unopened(episode)
        raise


@transaction.atomic
def _air(episode: Episode) -> Event | None:
    row = locked(episode, seen=None)
    if row.release_at is None or row.release_at > timezone.now():
        return None
    had_aired = row.aired_script is not None
    settle(row)
    return None if had_aired else Event.objects.of(row.ref).last()


@transaction.atomic
def _hold_unopened(episode: Episode) -> None:
    row = locked(episode, seen=None)
    if row.state == EpisodeState.PUBLISHED and row.aired_script is None:
        enact(row, Verb.HOLD, by=CLOCK, state=EpisodeState.SCHEDULED, details={"because": "seal"}, release_at=None)
        edition.advance()

"""An episode is given a time, published at once, or taken off the schedule."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from questions import edition
from questions.actions.acting import Actor, Refused, enact, locked
from questions.actions.holding import settle
from questions.films import has_gated_parts
from questions.lifecycle import EpisodeState, Verb
from questions.models import Episode, Event


@transaction.atomic
def schedule(episode: Episode, *, at: datetime, by: Actor, seen: int) -> Event:
    """Let the episode air at `at`, an aware time in the future; nothing has to wake up for it."""
    if at <= timezone.now():
        raise Refused(_("That time has passed. Choose a later one, or publish now."))
    row = locked(episode, seen=seen)
    return _releasing(row, Verb.SCHEDULE, by=by, at=at)


@transaction.atomic
def unschedule(episode: Episode, *, by: Actor, seen: int) -> Event:
    """Take the episode off the schedule, so that it can be changed."""
    row = settle(locked(episode, seen=seen))
    event = enact(row, Verb.UNSCHEDULE, by=by, release_at=None)
    edition.advance()
    return event


@transaction.atomic
def publish(episode: Episode, *, by: Actor, seen: int, first_aired: datetime | None = None) -> Event:
    """Publish now, or publish again what was retracted; the open copy is written from what is approved.

    Publishing again asks everything anew: what an asker took back or said no to since stays down. `first_aired` is
    the past time at which an episode aired elsewhere, for those that are brought along.
    """
    if first_aired is not None and first_aired > timezone.now():
        raise Refused(_("That time has not come yet. Schedule the episode instead."))
    row = locked(episode, seen=seen)
    is_again = row.state == EpisodeState.RETRACTED
    at = row.release_at if is_again else first_aired or timezone.now()
    script = row.approved_script.to_json()
    return _releasing(row, Verb.PUBLISH, by=by, at=at, retracted_at=None, aired_script=script)


def _releasing(row: Episode, verb: Verb, *, by: Actor, at: datetime | None, **changes: Any) -> Event:
    gated = has_gated_parts(row.approved_script)
    event = enact(row, verb, by=by, details={"at": at}, release_at=at, has_gated_parts=gated, **changes)
    edition.advance(only_adds=True)
    return event

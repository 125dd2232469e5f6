"""What a whole history looks like, and how one grows older."""

import uuid
from datetime import timedelta

from django.db.models import F

from questions.lifecycle import NEW
from questions.models import Event, Message


def assert_history_is_whole(subject: uuid.UUID, state: str, version: int, *, first_version: int = 1) -> None:
    """The events of a subject follow each other without a gap, in sequence, state, version and key."""
    before, mac, reached = NEW, "", first_version
    events = list(Event.objects.of(subject))
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    for event in events:
        assert event.before == before, f"{event} does not follow {before}"
        assert event.mac == event.mac_after(mac), f"{event} was altered"
        reached += 0 if event.is_quiet or event.seq == 1 else 1
        assert event.version == reached, f"{event} skips a version"
        before, mac = event.after, event.mac
    assert (before, reached) == (state, version)


def an_hour_passes() -> None:
    """Whatever was done was done an hour earlier, so that its asker may know of it. The keys do not fit any more."""
    an_hour = timedelta(hours=1)
    Event.objects.exclude(at=None).update(at=F("at") - an_hour)
    Message.objects.exclude(hidden_until=None).update(hidden_until=F("hidden_until") - an_hour)

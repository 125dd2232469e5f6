"""More episodes than fit on a page of anything."""

from datetime import UTC, datetime, timedelta
from typing import Any

from questions.models import Episode
from tests.factories import published_episode, topic


def publish_many(count: int, **contents: Any) -> list[Episode]:
    """One episode as everybody makes them and copies of its row, "Number 1" first, each an hour after the one before.

    All have the topic "Sleep"; their words are the first one's.
    """
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    first = published_episode("Number 1", slug="number-1", topics=[topic()], at=moment, **contents)
    return [first, *(_copy(first, number, moment + timedelta(hours=number)) for number in range(2, count + 1))]


def _copy(first: Episode, number: int, moment: datetime) -> Episode:
    script = {**(first.aired_script or {}), "title": f"Number {number}"}
    copy = Episode.objects.create(
        season=first.season, number=number, slug=f"number-{number}", aired_script=script, release_at=moment,
        changed_at=moment, text_level=first.text_level, video_level=first.video_level,
    )  # fmt: skip
    copy.topics.set(first.topics.all())
    for credit in first.credits.all():
        credit.pk, credit.episode = None, copy
        credit.save()
    return copy

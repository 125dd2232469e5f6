"""Who may see what: the one module that every public surface asks."""

from datetime import datetime

from questions.models import Episode
from questions.models.episode import EpisodeQuerySet


def public_episodes(now: datetime) -> EpisodeQuerySet:
    """The episodes that readers can see at `now`, newest first."""
    return Episode.objects.released(now).newest_first()


def was_public(slug: str, now: datetime) -> bool:
    """Whether an address once led to an episode that has been taken down since."""
    return Episode.objects.retracted().filter(slug=slug, release_at__lte=now).exists()

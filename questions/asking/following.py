"""From which episode somebody asks on, or which one they tell us about."""

from django.utils import timezone

from questions import visibility
from questions.models import Episode


def episode_at(slug: str) -> Episode | None:
    """The episode of that slug, if readers can see it now."""
    found = visibility.public_episodes(timezone.now()).filter(slug=slug) if slug else Episode.objects.none()
    return found.select_related("season").first()


def name_of(episode: Episode) -> str:
    """What readers know it by."""
    return visibility.name_of(episode, episode.script)

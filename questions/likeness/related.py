"""The episodes that belong beside another one, by their topics and by what is asked in them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from questions.likeness.answered import asked_much_alike
from questions.models import Episode, Show
from questions.models.episode import EpisodeQuerySet
from questions.visibility import public_episodes

MOST_TOPICS_NAMED = 2


@dataclass(frozen=True)
class Related:
    """An episode, by its key, and whether it is related by its words. It shares a topic if not, or as well."""

    key: int
    is_alike: bool

    def reason(self, here: Episode, other: Episode) -> str:
        """Why `other`, which is the episode of this key, is offered beside `here`, in a few words for readers."""
        topics = {topic.pk for topic in here.topics.all()}
        shared = [topic.name for topic in other.topics.all() if topic.pk in topics][:MOST_TOPICS_NAMED]
        if not shared:
            return _("Asked in much the same words")
        words = _("Also about %(topics)s, in much the same words") if self.is_alike else _("Also about %(topics)s")
        return words % {"topics": get_text_list(shared, _("and"))}


def related_to(episode: Episode, now: datetime, limit: int = 3) -> list[Related]:
    """Up to `limit` other episodes that readers can see at `now`: those asked in much the same words first, the most
    alike first, then those that share the most topics, the newest first.

    It takes the same few queries however many episodes there are. Translations of one another are the same episode.
    """
    others = _others(episode, now)
    alike = asked_much_alike(episode, now)
    visible = set(others.filter(pk__in=alike).values_list("pk", flat=True)) if alike else set()
    topics = [topic.pk for topic in episode.topics.all()]
    shared = others.filter(topics__in=topics).exclude(pk__in=visible).annotate(shared=Count("topics"))
    by_topic = shared.order_by("-shared", "-release_at", "-pk").values_list("pk", flat=True)[:limit] if topics else ()
    found = [Related(key, True) for key in alike if key in visible] + [Related(key, False) for key in by_topic]
    return found[:limit]


def _others(episode: Episode, now: datetime) -> EpisodeQuerySet:
    """What else readers can see in its language."""
    original = episode.translation_of_id or episode.pk
    show_language = Show.objects.current().language
    languages = {"", show_language} if episode.language in ("", show_language) else {episode.language}
    released = public_episodes(now).filter(language__in=languages)
    return released.exclude(Q(pk__in=[episode.pk, original]) | Q(translation_of__isnull=False, translation_of=original))

"""Who may see what: the one module that every public surface asks."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from questions.models import ContentLevel, Episode, Person, Resource, Season, Topic, Verdict
from questions.models.episode import EpisodeQuerySet
from questions.models.person import PersonQuerySet


def public_episodes(now: datetime) -> EpisodeQuerySet:
    """The episodes that readers can see at `now`, newest first."""
    return Episode.objects.released(now).newest_first()


def was_public(slug: str, now: datetime) -> bool:
    """Whether an address once led to an episode that has been taken down since."""
    return Episode.objects.retracted().filter(slug=slug, release_at__lte=now).exists()


# What belongs to episodes is public as soon as one of them is, and not before: a name or a verdict that was
# made for a coming episode must not give it away.


def public_people(now: datetime) -> PersonQuerySet:
    released = Episode.objects.released(now)
    return Person.objects.filter(Exists(released.filter(credits__person=OuterRef("pk"))))


def public_verdicts(now: datetime) -> list[Verdict]:
    """The verdicts given so far with their `episode_count`, the most frequent first."""
    given = [verdict for verdict in Verdict.objects.with_episode_counts(now) if verdict.episode_count]
    return sorted(given, key=lambda verdict: (-verdict.episode_count, verdict.words))


def public_seasons(now: datetime) -> list[Season]:
    released = Episode.objects.released(now)
    return list(Season.objects.filter(Exists(released.filter(season=OuterRef("pk")))))


def public_topics(now: datetime) -> list[Topic]:
    """The topics that have an episode, or a narrower topic that has, with their own `episode_count`."""
    topics = {topic.pk: topic for topic in Topic.objects.with_episode_counts(now)}
    shown: set[int] = set()
    for topic in topics.values():
        above = topic if topic.episode_count else None
        # A topic that is shown already ends the way up, also where topics go round in a circle.
        while above is not None and above.pk not in shown:
            shown.add(above.pk)
            above = topics.get(above.parent_id) if above.parent_id else None
    return [topic for topic in topics.values() if topic.pk in shown]


def shown_resources(episode: Episode, now: datetime) -> list[Resource]:
    """The resources of an episode, kind by kind, without those that point to an episode nobody can see."""
    resources = list(episode.resources.all())
    slugs = {_slug_of_episode(resource.url) for resource in resources} - {""}
    public = set(public_episodes(now).filter(slug__in=slugs).values_list("slug", flat=True)) if slugs else set()
    ours = set(Episode.objects.filter(slug__in=slugs - public).values_list("slug", flat=True)) if slugs - public else ()

    def is_shown(resource: Resource) -> bool:
        slug = _slug_of_episode(resource.url)
        # Other sites have episodes too: theirs are hidden only where one of ours goes by the same name.
        return not slug or slug in public or (slug not in ours and not resource.url.startswith("/"))

    kinds = list(dict.fromkeys(resource.kind for resource in resources))
    shown = filter(is_shown, resources)
    return sorted(shown, key=lambda resource: kinds.index(resource.kind))


def _slug_of_episode(address: str) -> str:
    """The slug in the address of an episode, whatever the host: this site may have several; empty for all others."""
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError:
        return ""
    head, _slash, rest = path.partition("/episodes/")
    return rest.partition("/")[0] if not head else ""


@dataclass(frozen=True)
class Fact:
    """One of the three facts of a content note: about the text, the video or the pictures."""

    about: str | Promise
    level: int
    words: str | Promise
    phrase: str | Promise


_PHRASES = {
    "text": {
        ContentLevel.NONE: _("No text"),
        ContentLevel.FINE: _("Text fine at work"),
        ContentLevel.RACY: _("Text racy for work"),
        ContentLevel.NOT_SAFE: _("Text not safe for work"),
    },
    "video": {
        ContentLevel.NONE: _("No video"),
        ContentLevel.FINE: _("Video fine at work"),
        ContentLevel.RACY: _("Video racy for work"),
        ContentLevel.NOT_SAFE: _("Video not safe for work"),
    },
    "pictures": {
        ContentLevel.NONE: _("No pictures"),
        ContentLevel.FINE: _("Pictures fine at work"),
        ContentLevel.RACY: _("Pictures racy for work"),
        ContentLevel.NOT_SAFE: _("Pictures not safe for work"),
    },
}


def what_to_expect(episode: Episode) -> list[Fact]:
    """The content note's three facts, always all of them and always in this order."""
    return [
        _fact("text", _("Text"), episode.text_level),
        _fact("video", _("Video"), episode.video_level),
        _fact("pictures", _("Pictures"), episode.pictures_level),
    ]


def note_in_words(episode: Episode, note: str) -> str:
    """The whole content note as plain text: its three facts, then `note`, the words of the episode's script."""
    facts = ". ".join(str(fact.phrase) for fact in what_to_expect(episode))
    return " ".join(f"{facts}. {note}".split())


def _fact(kind: str, about: Promise, level: int) -> Fact:
    return Fact(about, level, ContentLevel(level).label, _PHRASES[kind][ContentLevel(level)])


def may_be_quoted(episode: Episode) -> bool:
    """Whether its words may stand where nobody has read the note first: in a preview on another site."""
    return episode.text_level < ContentLevel.NOT_SAFE

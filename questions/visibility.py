"""Who may see what: the one module that every public surface asks."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from urllib.parse import unquote, urlsplit

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questions.content_notes import NOTHING_AGREED, ContentNote, Showing, labels_of, showing_of
from questions.models import (
    ContentLevel,
    Credit,
    CreditRole,
    Episode,
    Person,
    Resource,
    Script,
    Season,
    Segment,
    Topic,
    Verdict,
)
from questions.models.episode import EpisodeQuerySet
from questions.models.person import PersonQuerySet
from questions.models.topic import lineage
from questions.rendering import Gating

__all__ = ["NOTHING_AGREED", "ContentNote", "Showing", "showing_of"]

LONGEST_NAME = 140
"""Letters of a question that can stand for a missing title."""


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


def answer_counts(now: datetime) -> Counter[int]:
    """How many of the public episodes each person answers in, by the person's key: see `answered_by`."""
    released = Episode.objects.released(now)
    credited = Credit.objects.filter(episode__in=released, role=CreditRole.ANSWERED).values_list("person", "episode")
    gave_one = Segment.objects.filter(episode__in=released, answer__answerer__isnull=False)
    pairs = {*credited, *gave_one.values_list("answer__answerer", "episode")}
    return Counter(person for person, _episode in pairs)


def public_verdicts(now: datetime) -> list[Verdict]:
    """The verdicts given so far with their `episode_count`, the most frequent first."""
    given = [verdict for verdict in Verdict.objects.with_episode_counts(now) if verdict.episode_count]
    return sorted(given, key=lambda verdict: (-verdict.episode_count, verdict.words))


def public_seasons(now: datetime) -> list[Season]:
    released = Episode.objects.released(now)
    return list(Season.objects.filter(Exists(released.filter(season=OuterRef("pk")))))


def public_topics(now: datetime) -> list[Topic]:
    """The topics under which there is an episode, each with `episode_count`: filed there or under a narrower one."""
    topics = {topic.pk: topic for topic in Topic.objects.all()}
    filed = Episode.topics.through.objects.filter(episode__in=Episode.objects.released(now))
    own: dict[int, set[int]] = defaultdict(set)
    for topic_pk, episode_pk in filed.order_by().values_list("topic", "episode"):
        own[topic_pk].add(episode_pk)
    found: dict[int, set[int]] = {pk: set() for pk in topics}
    for topic_pk, episode_pks in own.items():
        # A topic may have been made or merged since the others were read.
        for above in lineage(topics[topic_pk], topics) if topic_pk in topics else ():
            found[above.pk] |= episode_pks
    for topic in topics.values():
        topic.episode_count = len(found[topic.pk])
    return [topic for topic in topics.values() if topic.episode_count]


def within(topic: Topic, topics: Iterable[Topic]) -> list[Topic]:
    """Those of `topics` that are this one or narrower: what is filed under them is found under it as well."""
    by_pk = {each.pk: each for each in topics}
    return [each for each in by_pk.values() if topic in lineage(each, by_pk)]


def shown_resources(episode: Episode, now: datetime) -> list[Resource]:
    """The resources of an episode, kind by kind, without those that point to an episode nobody can see."""
    return shown_resources_of([episode], now)[episode.pk]


def shown_resources_of(episodes: list[Episode], now: datetime) -> dict[int, list[Resource]]:
    """The same of several episodes by their keys, in as many queries as for one."""
    by_key = {episode.pk: list(episode.resources.all()) for episode in episodes}
    slugs = {slug_of_episode(resource.url) for resources in by_key.values() for resource in resources} - {""}
    public = set(public_episodes(now).filter(slug__in=slugs).values_list("slug", flat=True)) if slugs else set()
    ours = set(Episode.objects.filter(slug__in=slugs - public).values_list("slug", flat=True)) if slugs - public else ()

    def is_shown(resource: Resource) -> bool:
        slug = slug_of_episode(resource.url)
        # Other sites have episodes too: theirs are hidden only where one of ours goes by the same name.
        return not slug or slug in public or (slug not in ours and not resource.url.startswith("/"))

    def shown(resources: list[Resource]) -> list[Resource]:
        kinds = list(dict.fromkeys(resource.kind for resource in resources))
        return sorted(filter(is_shown, resources), key=lambda resource: kinds.index(resource.kind))

    return {key: shown(resources) for key, resources in by_key.items()}


def slug_of_episode(address: str) -> str:
    """The slug in the address of an episode, whatever the host: this site may have several; empty for all others."""
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError:
        return ""
    head, _slash, rest = path.partition("/episodes/")
    return rest.partition("/")[0] if not head else ""


# What may surprise. Whatever shows an episode asks here what becomes of its text, its films and its pictures; what
# stands inside an answer is asked by the renderer, by the same rule.

About = Literal["text", "video", "pictures"]
ABOUTS: tuple[About, ...] = ("text", "video", "pictures")


def note_of(episode: Episode, about: About = "text") -> ContentNote:
    """The content note of an episode's text, video or pictures, without the words that its script has for it."""
    levels = {"text": episode.text_level, "video": episode.video_level, "pictures": episode.pictures_level}
    return ContentNote(levels[about], tuple(episode.kinds))


def is_text_gated(episode: Episode) -> bool:
    """Whether its question, answers and what else its text is stand behind the note, for readers and for programs.

    Its name, its note and the names of people, topics and verdict stay in the open everywhere.
    """
    return showing_of(note_of(episode)) is Showing.GATED


def gating_within(episode: Episode, *, leaves_out: bool = False) -> Gating:
    """What becomes of gated parts and films inside its text, which who has opened the text's own gate has agreed to."""
    if is_text_gated(episode):
        return Gating(frozenset(note_of(episode).gated_kinds), leaves_out)
    return Gating(leaves_out=leaves_out)


def name_of(episode: Episode, script: Script) -> str:
    """What every list, link and preview calls an episode: its title.

    Where the text is gated, a title that only quotes the question is as gated; the episode's number stands for it.
    """
    questions = [" ".join(segment.question.split()) for segment in script.segments]
    title = " ".join(script.title.split())
    if not is_text_gated(episode):
        return title or Truncator(next(iter(questions), "")).chars(LONGEST_NAME) or str(episode.season)
    if title and not only_quotes(title, questions):
        return title
    numbers = {"season": episode.season.number, "number": episode.number}
    return _("Season %(season)d, episode %(number)d") % numbers


def only_quotes(title: str, questions: Iterable[str]) -> bool:
    """Whether a title has no word that is not one of these questions', and so is as gated as they are."""
    words = " ".join(title.split()).rstrip("…").rstrip()
    return any(words in " ".join(question.split()) for question in questions)


def safe_episodes(episodes: EpisodeQuerySet) -> EpisodeQuerySet:
    """Those in which nothing at all is gated: what the safe feeds hold."""
    return episodes.filter(
        text_level__lt=ContentLevel.NOT_SAFE,
        video_level__lt=ContentLevel.NOT_SAFE,
        pictures_level__lt=ContentLevel.NOT_SAFE,
        has_gated_parts=False,
    )


def is_safe(episode: Episode) -> bool:
    """The same of one episode."""
    levels = (episode.text_level, episode.video_level, episode.pictures_level)
    return max(levels) < ContentLevel.NOT_SAFE and not episode.has_gated_parts


def is_family_friendly(episode: Episode) -> bool:
    """Whether nothing in it needs so much as a note. Stricter than safe: what is racy is not gated, but not for all."""
    notes = [note_of(episode, about) for about in ABOUTS]
    return not episode.has_gated_parts and all(showing_of(note) is Showing.PLAIN for note in notes)


def shows_adults_only(episode: Episode) -> bool:
    """Whether something to look at, a film or a picture, is not safe.

    Filters for families (`<meta name="rating">`) are about what is seen: words of advice are not pornography, and a
    page that says it were vanishes from many searches, whole site and all.
    """
    return max(episode.video_level, episode.pictures_level) == ContentLevel.NOT_SAFE


@dataclass(frozen=True)
class Fact:
    """One of the three facts of a content note: about the text, the video or the pictures."""

    about: str | Promise
    level: int
    words: str | Promise
    phrase: str | Promise


_PHRASES = {
    "text": {
        ContentLevel.NONE: gettext_lazy("No text"),
        ContentLevel.FINE: gettext_lazy("Text fine at work"),
        ContentLevel.RACY: gettext_lazy("Text racy for work"),
        ContentLevel.NOT_SAFE: gettext_lazy("Text not safe for work"),
    },
    "video": {
        ContentLevel.NONE: gettext_lazy("No video"),
        ContentLevel.FINE: gettext_lazy("Video fine at work"),
        ContentLevel.RACY: gettext_lazy("Video racy for work"),
        ContentLevel.NOT_SAFE: gettext_lazy("Video not safe for work"),
    },
    "pictures": {
        ContentLevel.NONE: gettext_lazy("No pictures"),
        ContentLevel.FINE: gettext_lazy("Pictures fine at work"),
        ContentLevel.RACY: gettext_lazy("Pictures racy for work"),
        ContentLevel.NOT_SAFE: gettext_lazy("Pictures not safe for work"),
    },
}


def what_to_expect(episode: Episode) -> list[Fact]:
    """The content note's three facts, always all of them and always in this order."""
    text = _fact("text", _("Text"), episode.text_level)
    if episode.has_gated_parts and not is_text_gated(episode):
        text = replace(
            text,
            words=_("%(level)s, a part of it not safe") % {"level": text.words},
            phrase=_("%(text)s, a part of it not safe") % {"text": text.phrase},
        )
    return [
        text,
        _fact("video", _("Video"), episode.video_level),
        _fact("pictures", _("Pictures"), episode.pictures_level),
    ]


def because_of(episode: Episode) -> str:
    """The kinds that its note names, in the reader's language; empty where it names none."""
    return labels_of(episode.kinds)


def note_in_words(episode: Episode, note: str) -> str:
    """The whole content note as plain text: its three facts, their kinds, then `note`, the words of the script."""
    facts = [str(fact.phrase) for fact in what_to_expect(episode)]
    if kinds := because_of(episode):
        facts.append(_("Because of: %(kinds)s") % {"kinds": kinds})
    return " ".join(f"{'. '.join(facts)}. {note}".split())


def _fact(kind: str, about: str | Promise, level: int) -> Fact:
    return Fact(about, level, ContentLevel(level).label, _PHRASES[kind][ContentLevel(level)])


def translations_of(episode: Episode, now: datetime) -> list[Episode]:
    """The same episode in every language that readers can see it in, itself included, the original first.

    No translation has translations of its own: `actions/assemble.py` sees to that.
    """
    original = episode.translation_of_id or episode.pk
    family = public_episodes(now).filter(Q(pk=original) | Q(translation_of=original))
    return sorted(family, key=lambda each: (each.pk != original, each.language, each.pk))

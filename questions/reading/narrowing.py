"""What a search can be narrowed down to: topics, verdicts, seasons, years and people, as lines with their addresses."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from questions.models import Show, Synonym, Topic
from questions.models.topic import FormerAddress
from questions.search.mark import Mark, mark_of
from questions.search.published import GROUPS
from questions.search.words import stems_of
from questions.visibility import public_episodes, public_people, public_seasons, public_topics, public_verdicts

LINES_OF_A_GROUP = 8
TOPICS_OFFERED = 8

TITLES = {
    "topic": _("Topic"), "verdict": _("Verdict"), "season": _("Season"), "year": _("Year"), "person": _("Answered by"),
}  # fmt: skip
# An episode has one of these, so that a second one could only find nothing.
ONLY_ONE = {"verdict", "season", "year"}
# These are read in their order, the newest first; the others by how many answers they have.
BY_NUMBER = {"season", "year"}


@dataclass(frozen=True)
class Choice:
    """One thing to narrow down to, as it stands in an address and as the index knows it."""

    group: str
    slug: str
    number: int
    label: str


@dataclass(frozen=True)
class Choices:
    """Everything that readers may know of and narrow down to."""

    by_slug: Mapping[tuple[str, str], Choice]
    by_number: Mapping[tuple[str, int], Choice]
    topics: list[Topic]
    words: Mapping[int, str]
    """All words for a topic, by its number."""

    def topics_like(self, typed: str, language: str) -> list[Topic]:
        """A handful of topics that have an answer: those that share a word with what was typed, else the largest."""
        stems = set(stems_of(typed, language))
        large = sorted(self.topics, key=lambda topic: (-topic.episode_count, topic.name))
        answered = [topic for topic in large if topic.episode_count]
        like = [topic for topic in answered if stems & set(stems_of(self.words[topic.pk], language))]
        return (like or answered)[:TOPICS_OFFERED]


_known: tuple[Mark, Choices] | None = None
_lock = Lock()


def choices(now: datetime) -> Choices:
    """The choices there are at `now`: read again whenever readers see something else."""
    global _known
    mark = mark_of(now)
    with _lock:
        if _known is None or _known[0] != mark:
            _known = (mark, _read(now))
        return _known[1]


def _read(now: datetime) -> Choices:
    topics = public_topics(now)
    words: dict[int, list[str]] = defaultdict(list)
    for pk, word in Synonym.objects.values_list("topic", "word"):
        words[pk].append(word)
    every = [*_every_choice(topics, now)]
    by_slug = {(choice.group, choice.slug): choice for choice in every}
    by_number = {(choice.group, choice.number): choice for choice in every}
    for slug, pk in FormerAddress.objects.values_list("slug", "topic"):
        if moved := by_number.get(("topic", pk)):
            by_slug.setdefault(("topic", slug), moved)
    return Choices(by_slug, by_number, topics, {topic.pk: " ".join([topic.name, *words[topic.pk]]) for topic in topics})


def _every_choice(topics: list[Topic], now: datetime) -> Iterator[Choice]:
    for topic in topics:
        yield Choice("topic", topic.slug, topic.pk, topic.name)
    for verdict in public_verdicts(now):
        yield Choice("verdict", verdict.slug, verdict.pk, verdict.words)
    for season in public_seasons(now):
        yield Choice(
            "season", str(season.number), season.number, f"{season}: {season.title}" if season.title else str(season)
        )
    for first in public_episodes(now).datetimes("release_at", "year", tzinfo=Show.objects.current().zone):
        yield Choice("year", str(first.year), first.year, str(first.year))
    for person in public_people(now):
        yield Choice("person", person.slug, person.pk, person.name)


@dataclass(frozen=True)
class Asked:
    """What the address of a search asks for."""

    typed: str = ""
    chosen: tuple[Choice, ...] = ()
    page: int = 1
    has_unknown: bool = field(default=False, compare=False)
    """Whether something was asked for that nobody here knows, and was left out."""

    @classmethod
    def of(cls, query: QueryDict, every: Choices, typed: str) -> "Asked":
        """Read an address; whatever it may hold, it is no error."""
        asked = [(group, slug) for group in GROUPS for slug in query.getlist(group) if slug]
        known = [every.by_slug[key] for key in asked if key in every.by_slug]
        chosen = {(choice.group, "" if choice.group in ONLY_ONE else choice.slug): choice for choice in known}
        page = query.get("page", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
        return cls(typed, tuple(chosen.values()), max(1, number), len(known) < len(asked))

    @property
    def within(self) -> dict[str, list[int]]:
        """The same as the index is asked."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for choice in self.chosen:
            numbers[choice.group].append(choice.number)
        return numbers

    def address(
        self, typed: str | None = None, *, without: Choice | None = None, also: Choice | None = None, page: int = 1
    ) -> str:
        """The address of this search with other words, one narrowing less or more, or another page."""
        words = self.typed if typed is None else typed
        chosen = [choice for choice in self.chosen if choice != without and not _gives_way(choice, also)]
        chosen += [also] if also else []
        values = [("q", words)] if words else []
        values += [(choice.group, choice.slug) for choice in chosen]
        values += [("page", str(page))] if page > 1 else []
        return reverse("reading:search") + (f"?{urlencode(values)}" if values else "")


def _gives_way(choice: Choice, to: Choice | None) -> bool:
    return to is not None and choice.group == to.group and (choice.group in ONLY_ONE or choice == to)


@dataclass(frozen=True)
class Line:
    """One line of a group: how many answers it leaves, and where it leads; a chosen one leads out of the choice."""

    label: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    name: str
    title: str | Promise
    lines: list[Line]


def groups(asked: Asked, counts: Mapping[str, Mapping[int, int]], every: Choices) -> list[Group]:
    """For each group that has something to say its lines, the chosen ones among them."""
    found = [Group(name, TITLES[name], _lines(name, asked, counts.get(name, {}), every)) for name in GROUPS]
    return [group for group in found if group.lines]


def _lines(group: str, asked: Asked, counts: Mapping[int, int], every: Choices) -> list[Line]:
    known = [
        (every.by_number[group, number], count)
        for number, count in counts.items()
        if (group, number) in every.by_number
    ]
    known.sort(key=lambda found: (-found[0].number,) if group in BY_NUMBER else (-found[1], found[0].label))
    shown = [*known[:LINES_OF_A_GROUP], *(found for found in known[LINES_OF_A_GROUP:] if found[0] in asked.chosen)]
    return [_line(choice, count, asked) for choice, count in shown]


def _line(choice: Choice, count: int, asked: Asked) -> Line:
    is_chosen = choice in asked.chosen
    address = asked.address(without=choice) if is_chosen else asked.address(also=choice)
    return Line(choice.label, count, address, is_chosen)

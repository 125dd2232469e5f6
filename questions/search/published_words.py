"""What readers can search of an episode: its words field by field, and what stands around them."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import blake2b

from django.db.models import Q

from questions.models import Credit, CreditRole, Episode, Script, Segment, Show, Synonym, Topic
from questions.models.topic import lineage
from questions.rendering import plain_words
from questions.visibility import is_text_gated, name_of, note_in_words, public_episodes

NUMBERS_AT_ONCE = 500
"""So many numbers a question to the database may name on both databases."""


@dataclass(frozen=True)
class Facts:
    """What stands around the words of an episode. It is read for all of them at once, without opening any."""

    ref: uuid.UUID
    version: int
    language: str
    released: datetime
    year: int
    season: int
    verdict: int | None
    verdict_words: str
    topics: tuple[int, ...]
    topic_words: tuple[str, ...]
    people: tuple[int, ...]
    names: tuple[str, ...]

    @property
    def stamp(self) -> int:
        """Changes whenever anything changes that the index holds of this episode."""
        return int.from_bytes(blake2b(repr(self).encode(), digest_size=8).digest())

    def numbers(self, group: str) -> tuple[int, ...]:
        """By what it can be narrowed down to: GROUPS."""
        one = {"season": self.season, "verdict": self.verdict, "year": self.year}
        several = {"topic": self.topics, "person": self.people}
        if group in several:
            return several[group]
        number = one[group]
        return () if number is None else (number,)


GROUPS = ("topic", "verdict", "season", "year", "person")
"""What a search can be narrowed down by, each a number: of the row, or of the season or year itself."""


@dataclass(frozen=True)
class Words:
    """All words of one episode, and which of them stand in the open."""

    episode: Episode
    facts: Facts

    @cached_property
    def script(self) -> Script:
        return self.episode.script

    @cached_property
    def questions(self) -> list[str]:
        return [words for segment in self.script.segments for words in (segment.question, segment.sign_off)]

    @property
    def answers(self) -> list[str]:
        return [every for every, _in_the_open in self._answers]

    @cached_property
    def _answers(self) -> list[tuple[str, str]]:
        """The words of each answer, and those of them that stand behind no gate."""
        bodies = [segment.body for segment in self.script.segments]
        in_the_open = [plain_words(body, open_only=True) for body in bodies]
        # To read Markdown is what takes longest here, and without a block there is no gate.
        every = [plain_words(body) if ":::" in body else words for body, words in zip(bodies, in_the_open, strict=True)]
        return list(zip(every, in_the_open, strict=True))

    @cached_property
    def shown(self) -> list[str]:
        return shown_of(self.episode, self.script, [in_the_open for _every, in_the_open in self._answers])

    @cached_property
    def open(self) -> list[str]:
        """Every word that a reader sees before opening any gate."""
        script = self.script
        named = [name_of(self.episode, script), note_in_words(self.episode, script.note), self.facts.verdict_words]
        named += [topic.name for topic in self.episode.topics.all()]
        if is_text_gated(self.episode):
            return [*named, *self.facts.names]
        said = [script.summary, script.verdict_reason, *self.questions]
        return [*named, *self.facts.names, *said, *self.shown]

    @cached_property
    def behind(self) -> list[str]:
        """What is searched although it does not stand in the open: behind gates, and other words for topics."""
        every = (text for field in FIELDS for text in field.words(self))
        return [text for text in every if text not in self.open]


def lines_of(episode: Episode) -> list[str]:
    """What a snippet may be of, line by line."""
    script = episode.script
    answers = [plain_words(segment.body, open_only=True) for segment in script.segments]
    return "\n".join(shown_of(episode, script, answers)).split("\n")


def shown_of(episode: Episode, script: Script, answers: Iterable[str]) -> list[str]:
    """The questions as they are read out, and the `answers`, as far as these words stand in the open."""
    if is_text_gated(episode):
        return []
    asked = (" ".join(segment.question.split()) for segment in script.segments)
    # A title that is the question is read just above the snippet.
    questions = (question for question in asked if question != " ".join(script.title.split()))
    return [*questions, *answers]


@dataclass(frozen=True)
class Field:
    """One kind of words: what a word weighs that is found there, and how the words are got."""

    name: str
    weight: float
    words: Callable[[Words], Iterable[str]]


# All that is searched. A further kind of words, such as a transcript, is a further line.
FIELDS = (
    Field("title", 6.0, lambda words: [words.script.title]),
    Field("question", 3.0, lambda words: words.questions),
    Field("topics", 3.0, lambda words: words.facts.topic_words),
    Field("summary", 2.0, lambda words: [words.script.summary]),
    Field("people", 2.0, lambda words: words.facts.names),
    Field("verdict", 2.0, lambda words: [words.facts.verdict_words, words.script.verdict_reason]),
    Field("answer", 1.0, lambda words: words.answers),
    Field("note", 0.5, lambda words: [words.script.note]),
)


def facts_of_all(now: datetime) -> dict[int, Facts]:
    """The facts of each episode that readers can see at `now`, the newest first, in six questions to the database."""
    show = Show.objects.current()
    topics, topic_words = _topics(), _topic_words()
    people, names = _people_and_names()
    rows = public_episodes(now).values_list(
        "pk", "ref", "version", "language", "release_at", "season__number", "verdict", "verdict__words"
    )
    return {
        pk: Facts(
            ref, version, language or show.language, released, released.astimezone(show.zone).year, season,
            verdict, words or "", tuple(topics[pk]), tuple(word for topic in topics[pk] for word in topic_words[topic]),
            tuple(dict.fromkeys(people[pk])), tuple(dict.fromkeys(names[pk])),
        )
        for pk, ref, version, language, released, season, verdict, words in rows
        if released is not None
    }  # fmt: skip


def words_of(numbers: Iterable[int], facts: dict[int, Facts], now: datetime) -> Iterator[tuple[int, Words]]:
    """The words of these episodes, as far as readers can see them at `now`."""
    wanted = list(numbers)
    for first in range(0, len(wanted), NUMBERS_AT_ONCE):
        some = wanted[first : first + NUMBERS_AT_ONCE]
        for episode in public_episodes(now).for_words().filter(pk__in=some):
            yield episode.pk, Words(episode, facts[episode.pk])


def _topics() -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for episode, topic in Episode.topics.through.objects.order_by("pk").values_list("episode", "topic"):
        found[episode].append(topic)
    return found


def _topic_words() -> dict[int, list[str]]:
    """Each topic's name and its other words, then those of the wider topics above it."""
    topics = {topic.pk: topic for topic in Topic.objects.all()}
    own = {pk: [topic.name] for pk, topic in topics.items()}
    for topic, word in Synonym.objects.order_by("word").values_list("topic", "word"):
        own[topic].append(word)
    return {pk: [word for above in lineage(topic, topics) for word in own[above.pk]] for pk, topic in topics.items()}


def _people_and_names() -> tuple[dict[int, list[int]], dict[int, list[str]]]:
    """Who answers in each episode, and the names of everybody who is credited there."""
    people: dict[int, list[int]] = defaultdict(list)
    names: dict[int, list[str]] = defaultdict(list)
    credits = Credit.objects.order_by("position", "pk").values_list(
        "episode", "person", "role", "credited_as", "person__name"
    )
    for episode, person, role, credited_as, name in credits:
        names[episode] += [credited_as or name, name]
        if role == CreditRole.ANSWERED:
            people[episode].append(person)
    given = Segment.objects.filter(~Q(answer__answerer=None)).order_by("position")
    for episode, person, name in given.values_list("episode", "answer__answerer", "answer__answerer__name"):
        people[episode].append(person)
        names[episode].append(name)
    return people, names

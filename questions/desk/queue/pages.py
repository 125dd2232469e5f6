"""The queue of one state, a page at a time.

A page begins at a place, the rank, day and number of a question, and not at a count of rows: it costs the same at
any depth, and nothing is skipped when a colleague decides something further up.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from questions.desk.queue.filters import Filter
from questions.lifecycle import QuestionState, Verb
from questions.models import Episode, Event, Person, Question
from questions.models.question import QuestionQuerySet
from questions.visibility import name_of

PAGE = 50

QUEUES = {
    "waiting": QuestionState.WAITING,
    "kept": QuestionState.KEPT,
    "answering": QuestionState.ANSWERING,
    "ready": QuestionState.READY,
    "private": QuestionState.ANSWERED_PRIVATELY,
    "declined": QuestionState.DECLINED,
    "merged": QuestionState.MERGED,
    "withdrawn": QuestionState.WITHDRAWN,
    "forgotten": QuestionState.FORGOTTEN,
}
"""The states by the word that stands in the address."""

CLOSED = ("private", "declined", "merged", "withdrawn", "forgotten")
"""The queues that nobody works on; the masthead leaves them out."""

IN_VIEW = "#chosen"
"""Ends an address so that the browser scrolls the list to the chosen row."""

NAMES = {state: name for name, state in QUEUES.items()}

_PLACE = re.compile(r"(\d)\.(\d{4}-\d{2}-\d{2})\.(\d{1,18})", re.ASCII)


@dataclass(frozen=True, order=True)
class Place:
    """Where a question stands in its queue, as it is written in an address."""

    rank: int
    day: date
    number: int

    @classmethod
    def of(cls, question: Question) -> "Place":
        return cls(question.rank, question.arrived_on, question.number)

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """The place that an address names; None for anything else."""
        found = _PLACE.fullmatch(text)
        try:
            return cls(int(found[1]), date.fromisoformat(found[2]), int(found[3])) if found else None
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.rank}.{self.day.isoformat()}.{self.number}"


@dataclass(frozen=True)
class Queue:
    """The questions of one state that `host` wants to see, urgent first, then oldest."""

    state: str
    host: Person
    filter: Filter = field(default_factory=Filter)

    @property
    def name(self) -> str:
        return NAMES[QuestionState(self.state)]

    @property
    def state_label(self) -> str:
        return str(QuestionState(self.state).label)

    @property
    def questions(self) -> QuestionQuerySet:
        found = Question.objects.in_state(self.state).visible_to(self.host).in_queue_order()
        if self.state == QuestionState.READY:
            found = found.off_air(timezone.now())
        return self.filter.sift(found, self.host) if self.filter else found

    def address(self, start: "Place | None" = None, *, filter: Filter | None = None) -> str:
        """The address of the list from `start` on, with this filter or with another one."""
        return reverse("desk:queue-state", args=[self.name]) + query(self.filter if filter is None else filter, start)


@dataclass(frozen=True)
class Row:
    question: Question
    age: str
    wants_change: bool = False
    follows_up: str = ""
    """The name of the episode that its asker goes on from."""


@dataclass(frozen=True)
class Page:
    """One page of a queue. `start` and `more` are the places where it and the next one begin.

    `earlier` is the address of the page before; empty where this one begins at the head.
    """

    queue: Queue
    rows: list[Row]
    start: Place | None
    more: Place | None
    earlier: str = ""

    @property
    def state(self) -> str:
        return self.queue.state

    @property
    def name(self) -> str:
        return self.queue.name

    @property
    def filter(self) -> Filter:
        return self.queue.filter

    @property
    def state_label(self) -> str:
        return self.queue.state_label

    @property
    def address(self) -> str:
        """The head of the queue with everything that is in it; `query` makes it the list as it is."""
        return self.queue.address(filter=Filter())

    @property
    def head(self) -> str:
        """The head of the list, filtered as it is."""
        return self.queue.address()

    @property
    def later(self) -> str:
        return self.queue.address(self.more) if self.more else ""

    @property
    def query(self) -> str:
        """What to hang on an address so that the list stays as it is and where it is."""
        return query(self.filter, self.start)

    @property
    def chips(self) -> list[tuple[str, str]]:
        """What the list is filtered by, each with the address without it."""
        filter = self.filter
        return [(filter.label_of(name), self.queue.address(filter=filter.without(name))) for name in filter.values]

    def address_after(self, question: Question) -> str:
        """Where the question after this one is; empty after the last one of the queue."""
        asked = [row.question for row in self.rows]
        if question in asked[:-1]:
            return asked[asked.index(question) + 1].get_absolute_url() + self.query + IN_VIEW
        return self.later

    def address_before(self, question: Question) -> str:
        """Where the question before this one is, or the page before; empty at the head of the queue."""
        asked = [row.question for row in self.rows]
        if question in asked[1:]:
            return asked[asked.index(question) - 1].get_absolute_url() + self.query + IN_VIEW
        return self.earlier

    def holds(self, question: Question) -> bool:
        return any(row.question == question for row in self.rows)


def query(filter: Filter, start: Place | None) -> str:
    """The end of an address that names a filter and a place; empty where there is neither."""
    parts = [part for part in (filter.query, f"from={start}" if start else "") if part]
    return "?" + "&".join(parts) if parts else ""


def page_from(queue: Queue, start: Place | None) -> Page:
    """The page of the queue that begins at `start`, or at its head."""
    found = queue.questions
    if start:
        found = found.from_place(start.rank, start.day, start.number)
    questions = list(found.for_desk()[: PAGE + 1])
    return Page(
        queue,
        rows=rows_of(questions[:PAGE]),
        start=start,
        more=Place.of(questions[PAGE]) if len(questions) > PAGE else None,
        earlier=_earlier(queue, start) if start else "",
    )


def page_with(question: Question, queue: Queue, start: Place | None) -> Page:
    """The page that begins at `start` if the question is on it, else the one that begins at the question."""
    page = page_from(queue, start)
    return page if page.holds(question) else page_from(queue, Place.of(question))


def following(question: Question, queue: Queue) -> Question | None:
    """The next question of the same queue; after the last one, the first that is left."""
    others = queue.questions.exclude(pk=question.pk)
    return others.from_place(question.rank, question.arrived_on, question.number).first() or others.first()


def rows_of(questions: Sequence[Question]) -> list[Row]:
    """The questions with what a row says of them besides their own columns, in two reads at most for all of them."""
    today, wanting = timezone.localdate(), _wanting_change([question.ref for question in questions])
    followed = _followed(questions)
    return [
        Row(asked, age(asked.age_in_days(today)), asked.ref in wanting, followed.get(asked.follows_up_id, ""))
        for asked in questions
    ]


def closed_piles(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    """Name, label and length of every queue that is done with and not empty."""
    piles = [(name, str(QUEUES[name].label), counts[QUEUES[name]]) for name in CLOSED]
    return [pile for pile in piles if pile[2]]


def age(days: int) -> str:
    return _("today") if days < 1 else _("{days} d").format(days=days)


def _earlier(queue: Queue, start: Place) -> str:
    """The address of the page that ends where this one begins; empty at the head."""
    found = queue.questions.before_place(start.rank, start.day, start.number)
    places = list(found.values_list("rank", "arrived_on", "number")[:PAGE])
    if not places:
        return ""
    return queue.address(Place(*places[-1]) if len(places) == PAGE else None)


def _followed(questions: Sequence[Question]) -> dict[int | None, str]:
    """The names of the episodes that these questions go on from, by their keys."""
    keys = {question.follows_up_id for question in questions if question.follows_up_id}
    episodes = Episode.objects.select_related("season").in_bulk(keys) if keys else {}
    return {key: name_of(episode, episode.script) for key, episode in episodes.items()}


def _wanting_change(refs: list[UUID]) -> set[UUID]:
    """Those whose asker has last said about the wording that they want another one."""
    said = Event.objects.about_the_wording().filter(subject__in=refs).order_by("seq").values_list("subject", "verb")
    return {subject for subject, verb in dict(said).items() if verb == Verb.ASK_CHANGE}

"""The queue of one state, a page at a time.

A page begins at a place, the day and number of a question, and not at a count of rows: it costs the same at
any depth, and nothing is skipped when a colleague decides something further up.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from questions.lifecycle import QuestionState
from questions.models import Person, Question

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

_PLACE = re.compile(r"(\d{4}-\d{2}-\d{2})\.(\d{1,18})", re.ASCII)


@dataclass(frozen=True, order=True)
class Place:
    """Where a question stands in its queue, as it is written in an address."""

    day: date
    number: int

    @classmethod
    def of(cls, question: Question) -> "Place":
        return cls(question.arrived_on, question.number)

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """The place that an address names; None for anything else."""
        found = _PLACE.fullmatch(text)
        try:
            return cls(date.fromisoformat(found[1]), int(found[2])) if found else None
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.number}"


@dataclass(frozen=True)
class Row:
    question: Question
    age: str


@dataclass(frozen=True)
class Page:
    """One page of a queue. `start` and `more` are the places where it and the next one begin."""

    state: str
    rows: list[Row]
    start: Place | None
    more: Place | None

    @property
    def name(self) -> str:
        return NAMES[QuestionState(self.state)]

    @property
    def state_label(self) -> str:
        return str(QuestionState(self.state).label)

    @property
    def address(self) -> str:
        return reverse("desk:queue-state", args=[self.name])

    @property
    def query(self) -> str:
        """What to hang on an address so that the list stays where it is."""
        return f"?from={self.start}" if self.start else ""

    def address_after(self, question: Question) -> str:
        """Where the question after this one is; empty after the last one of the queue."""
        asked = [row.question for row in self.rows]
        if question in asked[:-1]:
            return asked[asked.index(question) + 1].get_absolute_url() + self.query + IN_VIEW
        return f"{self.address}?from={self.more}" if self.more else ""

    def holds(self, question: Question) -> bool:
        return any(row.question == question for row in self.rows)


def page_from(state: str, start: Place | None, host: Person) -> Page:
    """The page of the state's queue that begins at `start`, or at its head."""
    found = Question.objects.in_state(state).visible_to(host).for_desk().in_queue_order()
    if state == QuestionState.READY:
        found = found.off_air(timezone.now())
    if start:
        found = found.from_place(start.day, start.number)
    questions = list(found[: PAGE + 1])
    today = timezone.localdate()
    return Page(
        state,
        rows=[Row(question, age(question.age_in_days(today))) for question in questions[:PAGE]],
        start=start,
        more=Place.of(questions[PAGE]) if len(questions) > PAGE else None,
    )


def page_with(question: Question, start: Place | None, host: Person) -> Page:
    """The page that begins at `start` if the question is on it, else the one that begins at the question."""
    page = page_from(question.state, start, host)
    return page if page.holds(question) else page_from(question.state, Place.of(question), host)


def following(question: Question, host: Person) -> Question | None:
    """The next question of the same queue; after the last one, the first that is left."""
    queue = Question.objects.in_state(question.state).visible_to(host).in_queue_order()
    others = queue.exclude(pk=question.pk)
    return others.from_place(question.arrived_on, question.number).first() or others.first()


def closed_piles(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    """Name, label and length of every queue that is done with and not empty."""
    piles = [(name, str(QUEUES[name].label), counts[QUEUES[name]]) for name in CLOSED]
    return [pile for pile in piles if pile[2]]


def age(days: int) -> str:
    return _("today") if days < 1 else _("{days} d").format(days=days)

"""The hosts' search: what was found, as rows that lead to the questions."""

from dataclasses import dataclass

from questions.desk.queue.forms import ALL
from questions.desk.queue.pages import QUEUES, Row, rows_of
from questions.lifecycle import QuestionState
from questions.models import Person, Question
from questions.search.desk import MOST_QUESTIONS, find
from questions.search.marking import Pieces

SHOWN = 50

# So many are looked at before those of other states are left out.
_FOUND = 400

_OPEN = (QuestionState.WAITING, QuestionState.KEPT, QuestionState.ANSWERING, QuestionState.READY)


@dataclass(frozen=True)
class Found:
    """One question that fits, with the piece of its words that fits best."""

    row: Row
    pieces: Pieces

    @property
    def state_label(self) -> str:
        return str(QuestionState(self.row.question.state).label)


def found_by(words: str, state: str, host: Person) -> list[Found]:
    """The best of the questions that `host` may see; `state` is the name of a queue, ALL, or OPEN."""
    hits = {hit.number: hit.pieces for hit in find(words, limit=_FOUND)}
    seen = Question.objects.visible_to(host).for_desk().filter(pk__in=hits)
    if state in QUEUES:
        seen = seen.filter(state=QUEUES[state])
    elif state != ALL:
        seen = seen.filter(state__in=_OPEN)
    questions = {question.number: question for question in seen}
    best = [questions[number] for number in hits if number in questions][:SHOWN]
    return [Found(row, hits[row.question.number]) for row in rows_of(best)]


def is_partial() -> bool:
    """Whether there are more questions than are searched."""
    return Question.objects.order_by().values("pk")[: MOST_QUESTIONS + 1].count() > MOST_QUESTIONS

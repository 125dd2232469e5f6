"""The hosts' search: the words of the newest questions, in the memory of this process and nowhere else."""

import threading
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from questions.models import Question
from questions.models.question import GONE, QuestionQuerySet
from questions.search.following import BeginAnew, Following
from questions.search.marking import Pieces, is_wanted, marked
from questions.search.memory import Memory, Said
from questions.search.typed import Wanted, wanted_by

MOST_QUESTIONS = 20_000
"""The newest so many questions are searched."""

# After more news than this it is quicker to begin anew.
MOST_AT_ONCE = 5_000
# So many rows are opened at a time.
_ROWS = 500


@dataclass(frozen=True)
class Hit:
    """A question that fits, by its number, and the piece of its words that fits best; what fits is True there."""

    number: int
    pieces: Pieces


def find(text: str, limit: int = 50) -> list[Hit]:
    """The questions in whose words, notes or thread the words of `text` are, the best first.

    Understands "phrases", -without, and the beginning of the last word; nothing that is typed is an error. It looks
    through the newest MOST_QUESTIONS, whoever may see them: show only those that are `visible_to` who asks.
    """
    wanted = wanted_by(text)
    desk = current()
    found = desk.memory.find(wanted, limit)
    # The history of a question goes with its traces, and cannot tell any more that it is gone.
    there = set(_with_words().filter(pk__in=found).values_list("pk", flat=True))
    if gone := set(found) - there:
        with _lock:
            desk.let_go(gone)
    said = ((number, desk.said.get(number)) for number in found)
    return [Hit(number, _pieces(words, wanted)) for number, words in said if words]


class Desk:
    """What is known of the questions by now: their words, and the index of them."""

    def __init__(self) -> None:
        self._following = Following()
        self.memory = Memory()
        self.said: dict[int, Said] = {}
        self._numbers: dict[uuid.UUID, int] = {}
        self._work_in(_with_words().order_by("-number")[:MOST_QUESTIONS])

    def is_behind(self) -> bool:
        """Whether something has been done that is not known here yet; raises BeginAnew."""
        return bool(self._following.new())

    def catch_up(self) -> None:
        """Take in what has been done since the last time; raises BeginAnew. One thread at a time may do it."""
        events = self._following.new()
        subjects = {event.subject for event in events}
        if len(subjects) > MOST_AT_ONCE:
            raise BeginAnew
        known = {self._numbers[ref] for ref in subjects if ref in self._numbers}
        self._work_in(_with_words().filter(ref__in=subjects), perhaps_gone=known)
        self._following.taken_in(events)

    def let_go(self, numbers: Iterable[int]) -> None:
        """Forget the words of these questions. One thread at a time may do it."""
        self._work_in(Question.objects.none(), perhaps_gone=numbers)

    def _work_in(self, questions: QuestionQuerySet, perhaps_gone: Iterable[int] = ()) -> None:
        gone = set(perhaps_gone)
        changed: dict[int, Said] = {}
        for question in questions.iterator(chunk_size=_ROWS):
            gone.discard(question.number)
            self._numbers[question.ref] = question.number
            said = said_in(question)
            if self.said.get(question.number) != said:
                changed[question.number] = said
        newest = sorted(self.said.keys() - gone | changed.keys())[-MOST_QUESTIONS:]
        changed = {number: said for number, said in changed.items() if number >= newest[0]}
        gone |= {number for number in self.said if not newest or number < newest[0]}
        # Whoever searches meanwhile finds nothing here that is gone, whatever the index still says.
        for number in gone:
            self.said.pop(number, None)
        self.said |= changed
        if gone:
            self._numbers = {ref: number for ref, number in self._numbers.items() if number in self.said}
        if gone or changed:
            self.memory.change(changed.items(), gone)


_lock = threading.Lock()
_desk: Desk | None = None


def current() -> Desk:
    """The one desk of this process, as new as the database was when this was called. The first call builds it."""
    global _desk
    desk = _desk
    try:
        if desk and not desk.is_behind():
            # Most often: nobody waits for anybody.
            return desk
        with _lock:
            if _desk:
                _desk.catch_up()
    except BeginAnew:
        with _lock:
            _desk = None if _desk is desk else _desk
    with _lock:
        _desk = _desk or Desk()
        return _desk


def said_in(question: Question) -> Said:
    """All words that the hosts have of a question: as it would be read out, then the others, each only once."""
    others = [
        question.spoken_sign_off,
        question.text or "",
        question.sign_off or "",
        *(note.text or "" for note in question.notes.all()),
        *(message.text or "" for message in question.messages.all()),
    ]
    asked = question.spoken_text
    return Said(asked, tuple(text for text in dict.fromkeys(others) if text and text != asked), question.language)


def _with_words() -> QuestionQuerySet:
    rows = Question.objects.exclude(state__in=GONE)
    return rows.select_related("wording").prefetch_related("notes", "messages")


def _pieces(said: Said, wanted: Wanted) -> Pieces:
    """The piece of what is said in which most of the wanted words stand."""
    return marked(" · ".join(said.texts), said.language, is_wanted(wanted, said.language))

"""The letter on the check page, and what its asker changes in it there by one press each.

All of it travels in the form and nothing is stored: the words as they would be sent, and for each change what stood
there before, so that it can be put back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.http import QueryDict

from questions.asking.forms import as_kept, shows_something
from questions.models.question import MAX_QUESTION_LENGTH, MAX_SIGN_OFF_LENGTH
from questions.safety import Clue, clues

PLACES = ("text", "sign_off")

LONGEST = {"text": MAX_QUESTION_LENGTH, "sign_off": MAX_SIGN_OFF_LENGTH}

MOST_CHANGES = 300
"""So many changes can be put back. A server takes only so many fields, and each change is one."""

CLOSING = tuple(".,;:!?…)]}»”’\"'\n،؛؟")


class Change(NamedTuple):
    """In `place`, from `start` on, `length` letters stand where `was` stood. Nobody vouches for it but the asker."""

    place: str
    start: int
    length: int
    was: str

    @classmethod
    def read(cls, sent: str) -> "Change | None":
        """The change that a hidden field holds, or None when it holds none."""
        place, _, rest = as_kept(sent).partition(":")
        start, _, rest = rest.partition(":")
        length, _, was = rest.partition(":")
        if place not in PLACES or not (_is_number(start) and _is_number(length)):
            return None
        return cls(place, int(start), int(length), was)

    def __str__(self) -> str:
        return f"{self.name}:{self.was}"

    @property
    def name(self) -> str:
        return f"{self.place}:{self.start}:{self.length}"

    @property
    def end(self) -> int:
        return self.start + self.length

    def moved(self, by: int) -> "Change":
        return self._replace(start=self.start + by)


def _is_number(digits: str) -> bool:
    return digits.isascii() and digits.isdigit() and len(digits) < 7


class Mark(NamedTuple):
    """A clue where it stands. Its number is the one that the page shows."""

    number: int
    place: str
    words: str
    clue: Clue

    @property
    def name(self) -> str:
        return f"{self.place}:{self.clue.start}:{self.clue.end}"


@dataclass(frozen=True)
class Letter:
    """The two places where an asker writes. Changes of one place stand in the order of its words and never overlap."""

    text: str
    sign_off: str
    changes: tuple[Change, ...] = ()

    @classmethod
    def sent(cls, data: QueryDict) -> "Letter":
        letter = cls(as_kept(data.get("text", "")), as_kept(data.get("sign_off", "")))
        read = filter(None, map(Change.read, data.getlist("change")))
        return replace(
            letter, changes=tuple(change for change in read if change.end <= len(letter.words(change.place)))
        )

    def fill_in(self, data: QueryDict) -> QueryDict:
        """A copy of what was sent, with the words as they are now."""
        filled = data.copy()
        filled["text"], filled["sign_off"] = self.text, self.sign_off
        return filled

    def words(self, place: str) -> str:
        return self.text if place == "text" else self.sign_off

    def now(self, change: Change) -> str:
        """What stands where something else stood; nothing when it was taken out."""
        return self.words(change.place)[change.start : change.end]

    def marks(self) -> list[Mark]:
        found = [(place, clue) for place in PLACES for clue in clues(self.words(place))]
        return [
            Mark(number, place, self.words(place)[clue.start : clue.end], clue)
            for number, (place, clue) in enumerate(found, start=1)
        ]

    def pressed(self, press: str) -> "Letter":
        """The letter after a press of a button of the check page; the same letter when it has no such button."""
        verb, _, name = press.partition(":")
        if verb == "back":
            return next((self._put_back(change) for change in self.changes if change.name == name), self)
        marks = [mark for mark in self.marks() if verb == "all" or mark.name == name]
        letter = self
        # From the end on, so that no change moves what is changed after it.
        for mark in reversed(marks):
            letter = letter._without(mark) if verb == "out" else letter._with_neutral_words(mark)
        return letter

    def _with_neutral_words(self, mark: Mark) -> "Letter":
        start, end, neutral = mark.clue.start, mark.clue.end, str(mark.clue.replacement)
        # Where they have no room the clue is taken out: a press must not make a letter that cannot be sent.
        if len(self.words(mark.place)) - (end - start) + len(neutral) > LONGEST[mark.place]:
            return self._without(mark)
        return self._changed(mark.place, start, end, neutral)

    def _without(self, mark: Mark) -> "Letter":
        words = self.words(mark.place)
        start, end = _with_its_space(words, mark.clue.start, mark.clue.end)
        # A question of which nothing is left could not be sent, nor could the clue be put back.
        if mark.place == "text" and not shows_something(words[:start] + words[end:]):
            return self._changed(mark.place, mark.clue.start, mark.clue.end, str(mark.clue.replacement))
        return self._changed(mark.place, start, end, "")

    def _changed(self, place: str, start: int, end: int, now: str) -> "Letter":
        before, inside, after = self._changes_around(place, start, end)
        was = self.words(place)[start:end]
        for change in reversed(inside):
            was = was[: change.start - start] + change.was + was[change.end - start :]
        here = Change(place, start, len(now), was)
        return self._rewritten(place, start, end, now, [*before, here], after)

    def _put_back(self, change: Change) -> "Letter":
        at = self.changes.index(change)
        before = [other for other in self.changes[:at] if other.place == change.place and other.end <= change.start]
        after = [other for other in self.changes[at + 1 :] if other.place == change.place and other.start >= change.end]
        return self._rewritten(change.place, change.start, change.end, change.was, before, after)

    def _rewritten(
        self, place: str, start: int, end: int, now: str, before: list[Change], after: list[Change]
    ) -> "Letter":
        words = self.words(place)
        moved = [change.moved(len(now) - (end - start)) for change in after]
        here = [*before, *moved]
        elsewhere = [change for change in self.changes if change.place != place]
        changes = [*here, *elsewhere] if place == "text" else [*elsewhere, *here]
        rewritten = {place: words[:start] + now + words[end:]}
        return replace(self, **rewritten, changes=tuple(changes[:MOST_CHANGES]))

    def _changes_around(self, place: str, start: int, end: int) -> tuple[list[Change], list[Change], list[Change]]:
        """The changes before, inside and after those letters. One that is cut through is forgotten."""
        here = [change for change in self.changes if change.place == place]
        before = [change for change in here if change.end <= start]
        after = [change for change in here if change.start >= end]
        inside = [change for change in here if start <= change.start and change.end <= end]
        return before, [change for change in inside if change not in before and change not in after], after


def _with_its_space(words: str, start: int, end: int) -> tuple[int, int]:
    """Those letters with what must go with them, so that neither a doubled space, an empty line nor "()" stays."""
    if words[start - 1 : start] == "(" and words[end : end + 1] == ")":
        start, end = start - 1, end + 1
    before, after = words[:start], words[end:]
    if not before or before[-1].isspace():
        same_line = len(after) - len(after.lstrip(" \t\u00a0"))
        alone = (not before or before.endswith("\n")) and after[same_line : same_line + 1] == "\n"
        end += same_line + alone
    if before[-1:] in (" ", "\t", "\u00a0") and (end == len(words) or words[end:].startswith(CLOSING)):
        start = len(before.rstrip(" \t\u00a0"))
    return start, end


class Piece(NamedTuple):
    """A run of words as the page shows it: plain, marked with a clue's number, or new."""

    words: str
    number: int = 0
    is_new: bool = False


def pieces(letter: Letter, place: str, marks: list[Mark]) -> Iterator[Piece]:
    """The words of a place, cut at its marks and at what was changed; put together again they are the same words."""
    words = letter.words(place)
    spans = [(mark.clue.start, mark.clue.end, mark.number) for mark in marks if mark.place == place]
    spans += [(change.start, change.end, 0) for change in letter.changes if change.place == place and change.length]
    at = 0
    for start, end, number in sorted(spans):
        # Where a clue reaches into what was changed, the first of them is shown and the other is not.
        if start < at:
            continue
        yield Piece(words[at:start])
        yield Piece(words[start:end], number, is_new=not number)
        at = end
    yield Piece(words[at:])

"""The words of a question with what a host must not overlook: calls for help, and what could point to its asker."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from questions.rendering.source import tidy
from questions.safety import Clue, ClueKind, clues, cries

_LINE_END = re.compile(r"\r\n?")
_BETWEEN_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True)
class Piece:
    """A few words that are marked alike: as a clue of that kind, as a call for help, as both or as neither."""

    words: str
    clue: ClueKind | None = None
    is_cry: bool = False


@dataclass(frozen=True)
class Marked:
    """A text in paragraphs of pieces. Joined, the pieces of a paragraph are its words, and nothing else."""

    paragraphs: list[list[Piece]]

    @property
    def kinds(self) -> list[ClueKind]:
        """What kinds of clues are in it, each once, in the order of the text."""
        found = [piece.clue for pieces in self.paragraphs for piece in pieces if piece.clue]
        return list(dict.fromkeys(found))

    @property
    def calls_in(self) -> int:
        """The number of the first paragraph in which a phrase calls for help; 0 where there is none."""
        calls = (number for number, pieces in enumerate(self.paragraphs, 1) if any(piece.is_cry for piece in pieces))
        return next(calls, 0)


def marked(text: str) -> Marked:
    """The text as its page shows it: tidied, in paragraphs between empty lines, and marked."""
    source = _LINE_END.sub("\n", tidy(text)).strip()
    found, calls = clues(source), cries(source)
    return Marked([list(_pieces(source, start, end, found, calls)) for start, end in _paragraphs(source)])


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where each paragraph begins and ends."""
    start = 0
    for gap in _BETWEEN_PARAGRAPHS.finditer(text):
        yield start, gap.start()
        start = gap.end()
    if text:
        yield start, len(text)


def _pieces(text: str, start: int, end: int, found: list[Clue], calls: list[tuple[int, int]]) -> Iterator[Piece]:
    """The passage cut wherever a mark begins or ends: marks may overlap, and may reach over its ends."""
    edges = {edge for clue in found for edge in (clue.start, clue.end)} | {edge for call in calls for edge in call}
    cuts = [start, *sorted(edge for edge in edges if start < edge < end), end]
    for left, right in pairwise(cuts):
        kind = next((clue.kind for clue in found if clue.start <= left < clue.end), None)
        yield Piece(text[left:right], kind, any(first <= left < last for first, last in calls))

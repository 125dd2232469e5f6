"""What in a wording could still point to the asker, and the wording with it marked."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from questions.comparison import Kind, differences
from questions.safety import Clue, clues

PLACES = ("text", "sign_off")


class Spot(NamedTuple):
    """A clue where it stands in the wording. `number` is the one that the page shows."""

    number: int
    place: str
    words: str
    clue: Clue

    @property
    def name(self) -> str:
        """How a button says which clue it means."""
        return f"{self.place}:{self.clue.start}:{self.clue.end}"


def clues_left(words: Mapping[str, str]) -> list[Spot]:
    """What could identify somebody in the text and the sign-off, in the order in which they are read."""
    found = [(place, clue) for place in PLACES for clue in clues(words[place])]
    return [
        Spot(number, place, words[place][clue.start : clue.end], clue)
        for number, (place, clue) in enumerate(found, start=1)
    ]


def redacted(words: Mapping[str, str], press: str) -> dict[str, str]:
    """The text and the sign-off after a press that replaces one clue by neutral words, or all of them.

    A press that names no clue of these words changes nothing: they may have been typed over since.
    """
    left = {place: words[place] for place in PLACES}
    # From the end on, so that no replacement moves what is replaced after it.
    for spot in reversed(clues_left(words)):
        if press in ("all", spot.name):
            before, after = left[spot.place][: spot.clue.start], left[spot.place][spot.clue.end :]
            left[spot.place] = f"{before}{spot.clue.replacement}{after}"
    return left


class Run(NamedTuple):
    """Words that are shown alike: what kind of change they are, and the number of the clue they belong to, or 0."""

    kind: Kind
    words: str
    space: str = ""
    number: int = 0


def shown(original: str, wording: str, spots: list[Spot]) -> Iterator[Run]:
    """The wording beside its original: what was struck, what was put in, and the clues that are left in it.

    The runs that were not struck are exactly the wording, when joined with their spaces.
    """
    marks = [(spot.clue.start, spot.clue.end, spot.number) for spot in spots if spot.place == "text"]
    at = 0
    for passage in differences(original, wording):
        if passage.kind == Kind.REMOVED:
            yield Run(passage.kind, passage.words, passage.space)
            continue
        end = at + len(passage.text)
        for start, stop, number in _cut(at, end, marks):
            words = wording[start:stop]
            bare = words.rstrip()
            yield Run(passage.kind, bare, words[len(bare) :], number)
        at = end


def _cut(start: int, end: int, marks: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """The stretch from `start` to `end`, cut where a mark begins or ends."""
    at = start
    for first, last, number in marks:
        first, last = max(first, at), min(last, end)
        if first >= last:
            continue
        if at < first:
            yield at, first, 0
        yield first, last, number
        at = last
    if at < end:
        yield at, end, 0

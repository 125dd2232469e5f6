"""The cover of a book: the show's name and large words, drawn as lines of text."""

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import east_asian_width

from django.template.loader import render_to_string

from questions.rendering.source import tidy

_WIDTH, _START, _HEIGHT = 1320, 460, 1640
_EDGES = {"ltr": 140, "rtl": 1460}
_SIZES = (190, 160, 136, 116, 98, 82, 68)
# How wide a letter is, as a part of its height: a little more than most faces need.
_OF_A_LETTER = 0.54


@dataclass(frozen=True)
class Line:
    y: int
    words: str


@dataclass(frozen=True)
class Block:
    size: int
    lines: list[Line]


def drawn(title: str, name: str, words: str, foot: str, direction: str) -> bytes:
    """A drawing in SVG, `title` its words for those who cannot see it.

    Nobody breaks lines for us there, so they are broken here, by guess.
    """
    whole = {
        "title": title,
        "direction": direction,
        "edge": _EDGES[direction],
        "name": Block(76, list(_lines(name, 76, 270, most=1))),
        "words": _largest(words),
        "foot": Block(60, list(_lines(foot, 60, 2280, most=1))),
    }
    return tidy(render_to_string("reading/book/cover.svg", whole)).encode()


def _largest(words: str) -> Block:
    """The words in the largest size in which they fit; what does not fit in the smallest is cut."""
    for size in _SIZES:
        most = int(_HEIGHT / (size * 1.2))
        lines = list(_lines(words, size, _START + size, most=most + 1))
        if len(lines) <= most:
            return Block(size, lines)
    return Block(size, [*lines[: most - 1], Line(lines[most - 1].y, f"{lines[most - 1].words[:-1]}…")])


def _lines(words: str, size: int, y: int, *, most: int) -> Iterator[Line]:
    for number, line in enumerate(_broken(words, _WIDTH / (size * _OF_A_LETTER))):
        if number == most:
            return
        yield Line(y + int(number * size * 1.2), line)


def _broken(words: str, width: float) -> Iterator[str]:
    line = ""
    for word in words.split():
        if line and _length(f"{line} {word}") > width:
            yield line
            line = ""
        line = f"{line} {word}".strip()
        while _length(line) > width:
            # One word is wider than the page, or the script needs no spaces between words.
            letters = next(count for count in range(1, len(line) + 1) if _length(line[: count + 1]) > width)
            yield line[:letters]
            line = line[letters:]
    if line:
        yield line


def _length(words: str) -> float:
    """In letters; those of some scripts are twice as wide."""
    return sum(1.85 if east_asian_width(letter) in "WF" else 1 for letter in words)

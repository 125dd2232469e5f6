"""Where the bars of a chart stand. Widths are shares of the page, so a chart fits anywhere and its type never shrinks.

Across, everything is counted in per cent from the side where reading begins; `mirrored` turns a chart round for
languages that are written from the right. Down, it is counted in CSS pixels.
"""

import textwrap
from dataclasses import dataclass

LABEL_SHARE, VALUE_SHARE = 42.0, 17.0
"""The shares of labels and values beside rows of bars; the bars have the rest."""

ROW_HEIGHT = 38
LETTERS, LETTERS_WIDE = 14, 26
"""So many letters of a label fit into one line at 320 CSS pixels, and where two charts stand side by side.

Two lines are shown; the table has it all.
"""

COLUMN_HEIGHT, COLUMN_TOP, COLUMN_FOOT = 220, 24, 28
AXIS_SHARE = 7.0


@dataclass(frozen=True)
class Bar:
    """One bar; `is_outlined` for the second series."""

    x: float
    y: float
    width: float
    height: float
    is_outlined: bool = False


@dataclass(frozen=True)
class Word:
    """One line of text; `anchor` as SVG knows it, which follows the direction of writing."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    is_strong: bool = False


@dataclass(frozen=True)
class Line:
    """A hairline across the chart, from `x1` to `x2`."""

    x1: float
    x2: float
    y: float


@dataclass(frozen=True)
class Drawing:
    height: int
    bars: list[Bar]
    words: list[Word]
    lines: list[Line]


Row = tuple[str, int | None, int | None]
"""A label, a count or None where it is kept back, and what has aired or None where that means nothing."""


def rows_of_bars(rows: list[Row], *, mirrored: bool = False, letters: int = LETTERS) -> Drawing:
    """One row for each label, solid for the count and outlined for what has aired."""
    bars, words = [], []
    most = max((max(count or 0, aired or 0) for _label, count, aired in rows), default=0) or 1
    room = 100 - LABEL_SHARE - VALUE_SHARE
    for place, (label, count, aired) in enumerate(rows):
        top = place * ROW_HEIGHT
        lines = textwrap.wrap(label, letters, max_lines=2, placeholder="…") or [""]
        words += [Word(0, top + 17 + 15 * number, line) for number, line in enumerate(lines)]
        words.append(Word(100, top + 17, value_of(count, aired), "end"))
        bars.append(Bar(LABEL_SHARE, top + 4, room * (count or 0) / most, 16 if aired is None else 14))
        if aired is not None:
            bars.append(Bar(LABEL_SHARE, top + 20, room * aired / most, 8, is_outlined=True))
    return _turned(Drawing(len(rows) * ROW_HEIGHT, bars, words, []), mirrored)


def columns(rows: list[Row], *, mirrored: bool = False) -> Drawing:
    """One column for each label, for a wide page: the label is the last word of the row's, and the highest is named."""
    bars, words, lines = [], [], []
    most = max((max(count or 0, aired or 0) for _label, count, aired in rows), default=0)
    step = step_of(most)
    top = step * max(-(-most // step), 1)
    slot = (100 - AXIS_SHARE) / max(len(rows), 1)
    foot = COLUMN_TOP + COLUMN_HEIGHT
    for mark in range(0, top + 1, step):
        y = foot - COLUMN_HEIGHT * mark / top
        lines.append(Line(AXIS_SHARE, 100, y))
        words.append(Word(0, y + 4, str(mark)))
    peak = max((count or 0 for _label, count, _aired in rows), default=0)
    for place, (label, count, aired) in enumerate(rows):
        x, tall = AXIS_SHARE + slot * place, COLUMN_HEIGHT * (count or 0) / top
        bars.append(Bar(x + slot * 0.12, foot - tall, slot * 0.55, tall))
        if aired is not None:
            low = COLUMN_HEIGHT * aired / top
            bars.append(Bar(x + slot * 0.7, foot - low, slot * 0.18, low, is_outlined=True))
        middle = x + slot * 0.395
        if count is None:
            words.append(Word(middle, foot - 6, "–", "middle"))
        elif peak and count == peak:
            words.append(Word(middle, foot - tall - 6, str(count), "middle", is_strong=True))
            peak = 0
        if place % -(-len(rows) // 13) == 0:
            words.append(Word(middle, foot + 20, label.rpartition(" ")[2], "middle"))
    return _turned(Drawing(foot + COLUMN_FOOT, bars, words, lines), mirrored)


def value_of(count: int | None, aired: int | None) -> str:
    """The numbers beside a bar: "61 / 9", "61", and a dash for what is kept back."""
    shown = "–" if count is None else str(count)
    return shown if aired is None else f"{shown} / {aired}"


def step_of(most: int) -> int:
    """From which to which round number the axis goes, so that there are at most five of them."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * 5 >= most:
                return step
        size *= 10


def tally(count: int) -> list[tuple[float, float, float, float]]:
    """The strokes of a tally in fives, each from (x1, y1) to (x2, y2) in a box 20 high."""
    strokes: list[tuple[float, float, float, float]] = []
    for number in range(count):
        x = 26.0 * (number // 5)
        if number % 5 == 4:
            strokes.append((x - 1, 15.0, x + 19, 5.0))
        else:
            strokes.append((x + 2 + 5 * (number % 5), 18.0, x + 4 + 5 * (number % 5), 2.0))
    return strokes


def _turned(drawing: Drawing, mirrored: bool) -> Drawing:
    if not mirrored:
        return drawing
    return Drawing(
        drawing.height,
        [Bar(100 - bar.x - bar.width, bar.y, bar.width, bar.height, bar.is_outlined) for bar in drawing.bars],
        [Word(100 - word.x, word.y, word.text, word.anchor, word.is_strong) for word in drawing.words],
        [Line(100 - line.x2, 100 - line.x1, line.y) for line in drawing.lines],
    )

"""What a benchmark says: a figure with its spread, the goal it is measured against, and whether that is met.

A figure is a ratio against a reference taken in turns in the same run wherever that makes sense, since machines are
noisy and differ. Every module of tests/bench that `make bench` runs ends by `report`ing what it has measured.
"""

import json
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Self


@dataclass(frozen=True)
class Figure:
    """One line of the table. `goal` is a number with its direction, "≥ 0.6" or "≤ 8 ms"; empty where none is set.

    `median`, `low` and `high` are of the repetitions; `unit` is empty for a ratio. `note` says what else to know.
    """

    work: str
    goal: str
    median: float
    low: float
    high: float
    unit: str = ""
    note: str = ""

    @classmethod
    def of(cls, work: str, goal: str, taken: Sequence[float], unit: str = "", note: str = "") -> Self:
        """The figure of these repetitions; at least one."""
        return cls(work, goal, statistics.median(taken), min(taken), max(taken), unit, note)

    @property
    def is_met(self) -> bool:
        """Whether the median reaches the goal; a figure without a goal misses none."""
        if not self.goal:
            return True
        direction, limit = self.goal.split()[:2]
        return self.median >= float(limit) if direction == "≥" else self.median <= float(limit)

    def __str__(self) -> str:
        verdict = "" if not self.goal else "met" if self.is_met else "MISSED"
        spread = f"{_short(self.low)} to {_short(self.high)}"
        line = f"{self.work:66} {_short(self.median):>10} {self.unit:4} {spread:>22}  {self.goal:12} {verdict}"
        return line.rstrip() + (f"\n{'':4}{self.note}" if self.note else "")


def _short(value: float) -> str:
    """Three digits that count."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def report(figures: Sequence[Figure]) -> int:
    """Print a line for each figure and all of them as one line of JSON; returns how many goals were missed."""
    for figure in figures:
        say(str(figure))
    missed = sum(not figure.is_met for figure in figures)
    say(json.dumps({"figures": [asdict(figure) | {"is_met": figure.is_met} for figure in figures], "missed": missed}))
    return missed


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()

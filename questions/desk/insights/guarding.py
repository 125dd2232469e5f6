"""Groups smaller than five are never shown, and cannot be worked out from what is.

A table of counts is shown as it is when no cell is from 1 to 4. Otherwise the smallest cells that are not zero are kept
back together, and only their sum is shown. Leaving out the small ones alone would not do: a single one is the total
less the others, and all ones, or all fours, follow from their sum. So the kept back cells are

- the small ones, if they are at least two, sum up to five or more, and are neither all ones nor all fours;
- else the small ones and the next larger value, with every cell that has it;
- and when nothing but zeros would be left beside them, the whole table is kept back, zeros too.

Why no small cell can be derived, even by somebody who knows this rule, the total, and the number of cells: the rule
looks at values and never at places, so the kept back values could stand in any other order and the page would be the
same. That leaves two possible values for every cell unless all kept back values are equal; those are then twos or
threes (ones and fours are never kept back alone), for which another set of small values has the same sum.
`tests/desk/test_small_groups.py` tries every small table.

The limits of this: it holds for one table at one time. Two periods, two topics or two days can be subtracted from each
other, which is why these pages are for hosts, who see each question anyway, and why a table is not for handing out
week after week. What has aired is public and counted in clear.
"""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 5
"""A group of so many is shown. It is the figure of issue 4."""


@dataclass(frozen=True)
class Guarded:
    """Counts as they may be shown: None for what is kept back.

    `together` is the sum of what is kept back: 0 if nothing is, None if the whole table is.
    """

    counts: list[int | None]
    together: int | None

    @property
    def is_withheld(self) -> bool:
        return self.together is None

    @property
    def total(self) -> int | None:
        """The sum of all; None with the table, so that a total of 1 to 4 is not shown either."""
        return None if self.together is None else sum(count or 0 for count in self.counts) + self.together


def guarded(counts: Sequence[int]) -> Guarded:
    """The counts of one table, without anything from which a group of 1 to 4 could be worked out."""
    if not any(0 < count < FEWEST for count in counts):
        return Guarded(list(counts), 0)
    limit = FEWEST - 1
    small = _up_to(limit, counts)
    if not _hide_each_other(small):
        limit = min((count for count in counts if count > limit), default=limit)
    kept_back = _up_to(limit, counts)
    if len(kept_back) == sum(count > 0 for count in counts):
        return Guarded([None] * len(counts), None)
    return Guarded([None if 0 < count <= limit else count for count in counts], sum(kept_back))


def _up_to(limit: int, counts: Sequence[int]) -> list[int]:
    return [count for count in counts if 0 < count <= limit]


def _hide_each_other(small: Sequence[int]) -> bool:
    """Whether the sum of these small cells tells nothing of any one of them."""
    total = sum(small)
    return len(small) >= 2 and total >= FEWEST and len(small) < total < len(small) * (FEWEST - 1)

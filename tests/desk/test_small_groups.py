"""Groups smaller than five are not shown and cannot be worked out: every small table is tried."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.desk.insights.guarding import Guarded, guarded

pytestmark = pytest.mark.pure


def shown(counts: tuple[int, ...]) -> tuple[object, ...]:
    """All that anybody can know: what is shown, and the total where it is five or more."""
    found = guarded(counts)
    total = sum(counts)
    return (tuple(found.counts), found.together, total if total >= 5 else "fewer than five")


@pytest.mark.parametrize(("cells", "most"), [(1, 30), (2, 24), (3, 13), (4, 9), (5, 6), (6, 5)])
def test_no_small_cell_follows_from_what_is_shown_for_whoever_knows_the_rule(cells: int, most: int) -> None:
    """Tables that look alike are put together: where a cell has one value in all of them, it has been given away.

    Values reach beyond what the rule looks at, so a cell at the edge of the range is not mistaken for a sure one.
    """
    alike: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(most + 1), repeat=cells):
        alike[shown(counts)].append(counts)
    for tables in alike.values():
        for place in range(cells):
            values = {counts[place] for counts in tables}
            assert len(values) > 1 or not 0 < min(values) < 5, (tables[0], place)


@given(st.lists(st.integers(0, 40), max_size=60))
def test_what_is_shown_is_true_and_never_small(counts: list[int]) -> None:
    found = guarded(counts)
    for true, told in zip(counts, found.counts, strict=True):
        assert told is None or (told == true and (told == 0 or told >= 5))
    assert found.together in (None, 0) or (found.together or 0) >= 5
    assert found.counts.count(None) != 1 or found.is_withheld
    assert found.is_withheld or found.total == sum(counts)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=12), st.randoms(use_true_random=False))
def test_the_rule_looks_at_values_and_not_at_places(counts: list[int], chance: object) -> None:
    mixed = sorted(counts)
    assert sorted(str(count) for count in guarded(counts).counts) == sorted(
        str(count) for count in guarded(mixed).counts
    )
    assert guarded(counts).together == guarded(mixed).together


@pytest.mark.parametrize(
    ("counts", "told", "together"),
    [
        ([7, 9, 0], [7, 9, 0], 0),
        ([2, 3, 9], [None, None, 9], 5),
        # One alone would follow from the total: the next one is kept back with it.
        ([3, 6, 9], [None, None, 9], 9),
        # Also every other of the same size.
        ([3, 6, 6, 9], [None, None, None, 9], 15),
        ([1, 1, 1, 1, 1, 8, 9], [None] * 6 + [9], 13),
        ([4, 4, 8, 9], [None, None, None, 9], 16),
        ([1, 3, 8], [None, None, None], None),
        ([3, 9], [None, None], None),
        ([2, 0, 0], [None, None, None], None),
        ([], [], 0),
    ],
)
def test_these_tables_are_shown_like_this(counts: list[int], told: list[int | None], together: int | None) -> None:
    assert guarded(counts) == Guarded(told, together)


def test_a_total_that_is_small_is_not_shown_either() -> None:
    assert [guarded([count, 0]).total for count in (0, 1, 4, 5)] == [0, None, None, 5]

"""The search for an exact subset, against trying every one."""

from __future__ import annotations

from itertools import combinations

from hypothesis import example, given
from hypothesis import strategies as st

from ar_xl.ops.subset import Subset, exact_subset


def by_trying(amounts: list[int], target: int) -> tuple[tuple[int, ...] | None, bool]:
    """The oldest positions of the smallest subset, and whether it is the only kind."""
    for count in range(1, len(amounts) + 1):
        kinds: dict[tuple[int, ...], tuple[int, ...]] = {}
        for chosen in combinations(range(len(amounts)), count):
            if sum(amounts[at] for at in chosen) == target:
                kinds.setdefault(tuple(sorted(amounts[at] for at in chosen)), chosen)
        if kinds:
            return min(kinds.values()), len(kinds) == 1
    return None, True


@given(st.lists(st.integers(1, 12), max_size=9), st.integers(1, 60))
@example([1, 2, 3, 4], 5)
@example([3, 3, 3], 6)
@example([4, 4, 1, 7], 8)
def test_the_smallest_subset_is_found_and_different_ones_are_told(
    amounts: list[int], target: int
) -> None:
    expected, only = by_trying(amounts, target)
    found = exact_subset(amounts, target)
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert found.items == expected
    assert (found.other == ()) == only
    for answer in (found.items, found.other or found.items):
        assert sum(amounts[at] for at in answer) == target
        assert len(answer) == len(expected)


def test_twenty_items_that_are_all_needed() -> None:
    amounts = [3**at for at in range(20)]
    assert exact_subset(amounts, sum(amounts)) == Subset(tuple(range(20)))
    assert exact_subset(amounts, sum(amounts) + 1) is None

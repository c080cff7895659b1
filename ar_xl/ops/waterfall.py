"""Waterfall: amounts poured over places in order, group by group, without a loop.

Unapplied credits over a customer's oldest items, a disputed amount over a document's
instalments, a promise over what it covers: all are the same question.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import IntArray


@dataclass(frozen=True)
class Poured:
    """Which source filled which place, one element a piece.

    Args:
        source, place: indices into what was poured and into the places.
        amount: minor units, positive.
    """

    source: IntArray
    place: IntArray
    amount: IntArray

    def by_place(self, places: int) -> IntArray:
        """What each place received."""
        out = np.zeros(places, dtype=np.int64)
        np.add.at(out, self.place, self.amount)
        return out


def pour(
    source_group: IntArray, source: IntArray, place_group: IntArray, capacity: IntArray
) -> Poured:
    """Pour sources into places of their own group, first source into first place first.

    Args:
        source_group, source: group and amount of each source, in the order they are used.
        place_group, capacity: group and room of each place, in the order they are filled.
            Amounts below zero count as zero.

    What finds no room is left over; what finds no source stays empty.
    """
    groups = 1 + int(max(source_group.max(initial=-1), place_group.max(initial=-1)))
    first, ends_of_source, before_source = _stacked(source_group, source, groups)
    second, ends_of_place, before_place = _stacked(place_group, capacity, groups)
    limit = np.minimum(np.diff(before_source), np.diff(before_place))
    group = np.concatenate([source_group[first], place_group[second]])
    mark = np.concatenate(
        [
            ends_of_source - before_source[source_group[first]],
            ends_of_place - before_place[place_group[second]],
        ]
    )
    mark = np.minimum(mark, limit[group])
    order = np.lexsort((mark, group))
    group, mark = group[order], mark[order]
    earlier = np.concatenate([[0], mark[:-1]])
    same = np.concatenate([[False], group[1:] == group[:-1]])
    amount = mark - np.where(same, earlier, 0)
    full = amount > 0
    group, mark, amount = group[full], mark[full], amount[full]
    used = np.searchsorted(ends_of_source, before_source[group] + mark, side="left")
    filled = np.searchsorted(ends_of_place, before_place[group] + mark, side="left")
    return Poured(first[used], second[filled], amount)


def _stacked(group: IntArray, amount: IntArray, groups: int) -> tuple[IntArray, IntArray, IntArray]:
    """The order by group, the running total in that order, and the total before each group."""
    order = np.argsort(group, kind="stable").astype(np.int64)
    running = np.cumsum(np.maximum(amount, 0)[order], dtype=np.int64)
    last = np.searchsorted(group[order], np.arange(groups + 1), side="left")
    before = np.concatenate([[0], running])[last].astype(np.int64)
    return order, running, before

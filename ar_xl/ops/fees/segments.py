"""Balance segments: from which day to which day how much was overdue, without a loop.

A segment ends at every application, unapplied credit, dispute opening and closing. A receipt's
own day still bears the old balance, so a segment counts the days after its start up to its end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import IntArray, sum_by
from ar_xl.ops.collecting.disputes import Claims
from ar_xl.ops.settlements import DAYS, Settlements


@dataclass(frozen=True)
class Netted:
    """Unapplied credits taken off items: index of the item, day of the credit, amount."""

    item: IntArray
    day: IntArray
    amount: IntArray


@dataclass(frozen=True)
class Segments:
    """Overdue principal over time, by item and then by day.

    Args:
        item: index of the item.
        start, end: days since 1970; the day after `start` up to `end` bear the base.
        base: minor units, never negative.
        count: how many items there are.
    """

    item: IntArray
    start: IntArray
    end: IntArray
    base: IntArray
    count: int

    def day_sums(self) -> tuple[IntArray, IntArray]:
        """Base times days of each item: in all, and the part in leap years."""
        days = self.end - self.start
        leap = leap_days(self.end) - leap_days(self.start)
        # The largest amount for a quarter of a century: no item's sum can be larger than this.
        span = int(self.end.max(initial=0)) - int(self.start.min(initial=DAYS))
        assert int(self.base.max(initial=0)) * max(span, 0) < 1 << 63, "too large"
        return (
            sum_by(self.item, self.base * days, self.count),
            sum_by(self.item, self.base * leap, self.count),
        )

    def base_after(self, item: IntArray, day: IntArray) -> IntArray:
        """The base that the day after a day bears, 0 outside the segments."""
        if not len(self.item):
            return np.zeros(len(item), dtype=np.int64)
        keys = self.item * DAYS + self.start
        at = np.searchsorted(keys, item * DAYS + day, side="right") - 1
        inside = (at >= 0) & (self.item[at] == item) & (day < self.end[at])
        return np.where(inside, self.base[at], 0)


def segments(
    open_now: IntArray,
    held_back: IntArray,
    start: IntArray,
    end: IntArray,
    settled: Settlements,
    disputes: Claims,
    netted: Netted,
) -> Segments:
    """Cut the time of each item into segments of one base each.

    Args:
        open_now: what is open of each item today, before credits are netted.
        held_back: left out of the base all the time: standing promises.
        start, end: each item is charged from the end of the one day to the other, days since
            1970; `end` is not after today.
        settled, disputes, netted: what changes the base, and when; by index of the item.
    """
    count = len(start)
    after = settled.day > start[settled.item]
    balance = open_now + sum_by(settled.item[after], settled.amount[after], count)
    early = netted.day <= start[netted.item]
    balance -= sum_by(netted.item[early], netted.amount[early], count)
    began = start[disputes.item]
    active = disputes.active(began)
    claimed = held_back + sum_by(disputes.item[active], disputes.amount[active], count)
    nothing = np.zeros(count, dtype=np.int64)
    steps = [
        (np.arange(count, dtype=np.int64), start, balance, claimed),
        (settled.item, settled.day, -settled.amount, None),
        (netted.item, netted.day, -netted.amount, None),
        (disputes.item, disputes.opened, None, disputes.amount),
        (disputes.item, disputes.closed, None, -disputes.amount),
    ]
    item = np.concatenate([step[0] for step in steps])
    day = np.concatenate([step[1] for step in steps])
    down = np.concatenate([_or_zero(step[2], step[0]) for step in steps])
    held = np.concatenate([_or_zero(step[3], step[0]) for step in steps])
    first = np.concatenate([nothing == 0, np.zeros(len(item) - count, dtype=np.bool_)])
    kept = np.flatnonzero(first | ((start[item] < day) & (day < end[item])))
    kept = kept[np.lexsort((~first[kept], day[kept], item[kept]))]
    item, day = item[kept], day[kept]
    base = np.maximum(_running(item, down[kept], count) - _running(item, held[kept], count), 0)
    until = np.concatenate([day[1:], [0]])[: len(day)]
    last = np.concatenate([item[1:] != item[:-1], [True]])[: len(day)]
    return Segments(item, day, np.where(last, end[item], until), base, count)


def _or_zero(amounts: IntArray | None, like: IntArray) -> IntArray:
    return np.zeros(len(like), dtype=np.int64) if amounts is None else amounts


def _running(item: IntArray, amounts: IntArray, count: int) -> IntArray:
    """Running totals that begin anew with each item; rows are sorted by item."""
    total = np.cumsum(amounts, dtype=np.int64)
    begin = np.searchsorted(item, np.arange(count), side="left")
    before = np.concatenate([[0], total])[begin]
    return np.asarray(total - before[item], dtype=np.int64)


def leap_days(days: IntArray) -> IntArray:
    """How many days of leap years lie between 1900 and the end of each day, days since 1970."""
    dates = days.astype("datetime64[D]")
    year = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    years = np.arange(1900, int(year.max(initial=1900)) + 1)
    leap = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))
    before = np.concatenate([[0], np.cumsum(np.where(leap, 366, 0))])
    new_year = dates.astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    at = year - 1900
    return np.asarray(before[at] + np.where(leap[at], days - new_year + 1, 0), dtype=np.int64)

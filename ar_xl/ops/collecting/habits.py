"""Payment habits: how late each customer pays, recently and before, from its own history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import (
    BLANK,
    BoolArray,
    IntArray,
    TextArray,
    codes_of,
    positions,
    sum_by,
)
from ar_xl.core.dates import day
from ar_xl.core.money import ratio_rounded
from ar_xl.ops.open_items import OpenItems
from ar_xl.ops.settlements import Settlements, day_numbers

RECENT_DAYS = 90
FEWEST = 3  # fewer settled items than this are no habit


@dataclass(frozen=True)
class Habits:
    """Average days from due date to settlement, one element a customer.

    Args:
        customer_id: each once.
        recent, earlier: tenths of a day of items settled in the last 90 days, and before;
            early payers have negative ones; BLANK where fewer than three were settled.
    """

    customer_id: TextArray
    recent: IntArray
    earlier: IntArray

    def of(self, customer_ids: TextArray) -> tuple[IntArray, IntArray]:
        """Recent and earlier averages of some customers, BLANK where there is no history."""
        at = positions(self.customer_id, customer_ids)
        blank = np.array([BLANK], dtype=np.int64)
        return (
            np.concatenate([self.recent, blank])[at],
            np.concatenate([self.earlier, blank])[at],
        )


@dataclass(frozen=True)
class Done:
    """The items that are wholly settled, one element each.

    Args:
        item: index among the open items.
        late: days from the due date to the last settlement, below zero before it.
        recent: settled in the last 90 days.
    """

    item: IntArray
    late: IntArray
    recent: BoolArray


def done_items(items: OpenItems, settled: Settlements, as_of: date) -> Done:
    """Find the items on which habits rest.

    Args:
        items: all open items of a date; those wholly settled count.
        settled: their settlements, none later than the date.
        as_of: the date.
    """
    last = settled.last_day()
    done = np.flatnonzero((items.open == 0) & (items.amount > 0) & (last >= 0))
    late = last[done] - day_numbers(items.due_date[done])
    recent = last[done] > day_numbers(np.array([day(as_of)]))[0] - RECENT_DAYS
    return Done(done, late, recent)


def habits(items: OpenItems, settled: Settlements, as_of: date) -> Habits:
    """How late the customers' settled items were paid.

    Args:
        items: all open items of a date; those wholly settled count.
        settled: their settlements, none later than the date.
        as_of: the date.
    """
    done = done_items(items, settled, as_of)
    late, recent = done.late, done.recent
    (codes,), names = codes_of(items.customer_id[done.item])
    return Habits(
        names,
        _average(codes[recent], late[recent], len(names)),
        _average(codes[~recent], late[~recent], len(names)),
    )


def _average(codes: IntArray, days: IntArray, groups: int) -> IntArray:
    count = sum_by(codes, np.ones(len(codes), dtype=np.int64), groups)
    tenths = ratio_rounded(sum_by(codes, days, groups), 10, np.maximum(count, 1))
    return np.where(count >= FEWEST, tenths, BLANK)

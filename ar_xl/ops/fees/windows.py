"""Fee windows: from which day to which day each overdue item is charged in a run.

A window begins where the last charge ended, so that no day is charged twice and no missed day
is lost. Monthly fees are charged for completed months only; their anniversaries count from the
first day that may be charged, so that the 31st comes back after a shorter month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray
from ar_xl.core.dates import add_months
from ar_xl.ops.settlements import day_numbers


@dataclass(frozen=True)
class Windows:
    """One element an item; days since 1970.

    Args:
        start, end: charged from the end of the one day to the other; nothing where equal.
        month_item, month_begin: the months completed in the windows of monthly fees, one
            element a month: index of the item, and the day it begins.
    """

    start: IntArray
    end: IntArray
    month_item: IntArray
    month_begin: IntArray


def windows(
    begin: IntArray, own_day: IntArray, other_day: IntArray, monthly: BoolArray, until: IntArray
) -> Windows:
    """Find the window of each item.

    Args:
        begin: the first day that may be charged is the one after it.
        own_day: charged to this day under the same policy already.
        other_day: charged to this day under another policy; monthly anniversaries begin anew
            from it.
        monthly: which items' policies charge by the month.
        until: charged to this day at most: the as-of date, or the day the item was paid.
    """
    anchor = np.maximum(begin, other_day)
    before = _months_done(anchor, np.maximum(own_day, anchor))
    done = np.maximum(_months_done(anchor, until), before)
    start = np.where(monthly, _months_on(anchor, before), np.maximum(anchor, own_day))
    end = np.where(monthly, _months_on(anchor, done), until)
    months = np.where(monthly, done - before, 0)
    times = months.astype(np.intp)  # a browser's numpy counts in 32 bits and casts nothing itself
    item = np.repeat(np.arange(len(anchor)), times)
    nth = np.arange(len(item)) - np.repeat(np.cumsum(months) - months, times) + before[item]
    return Windows(np.minimum(start, end), end, item, _months_on(anchor[item], nth))


def _months_on(days: IntArray, months: IntArray) -> IntArray:
    return day_numbers(add_months(days.astype("datetime64[D]"), months))


def _months_done(anchor: IntArray, until: IntArray) -> IntArray:
    """How many monthly anniversaries of `anchor` have passed by `until`, clamped to month ends."""
    begin, end = anchor.astype("datetime64[D]"), until.astype("datetime64[D]")
    months = end.astype("datetime64[M]").astype(np.int64)
    months = np.maximum(months - begin.astype("datetime64[M]").astype(np.int64), 0)
    return np.maximum(months - (add_months(begin, months) > end), 0).astype(np.int64)

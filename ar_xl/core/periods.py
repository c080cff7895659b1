"""Periods: up to where the books are closed, and the Posting Date that follows.

Closing a month closes everything before it too, so that the totals of a closed month never
move (semantics, sections 1 and 15).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from ar_xl.core.arrays import BoolArray, DateArray
from ar_xl.core.dates import as_date, day, period_bounds
from ar_xl.core.frames import Frame


@dataclass(frozen=True)
class ClosedMonths:
    """The books are closed up to the end of the period `last`; "" where nothing is closed."""

    last: str = ""

    @property
    def first_open(self) -> np.datetime64:
        """The first day that is open; NaT where nothing is closed."""
        if not self.last:
            return np.datetime64("NaT", "D")
        return day(period_bounds(self.last)[1] + timedelta(days=1))

    def holds(self, dates: DateArray) -> BoolArray:
        """Which dates lie in a closed month."""
        return np.asarray(dates < self.first_open, dtype=np.bool_)

    def posting_dates(self, own_dates: DateArray) -> DateArray:
        """The own date, or the first open day where the own date lies in a closed month."""
        return np.where(self.holds(own_dates), self.first_open, own_dates)

    def first_open_day(self, wanted: date) -> date:
        """A date, or the first open day after it."""
        return as_date(self.posting_dates(np.array([day(wanted)]))[0])


def is_closed(periods: Frame) -> BoolArray:
    """Which rows of Periods stand for a month that is closed now."""
    return np.asarray(
        (periods.text("closed_at") != "") & (periods.text("reopened_at") == ""), dtype=np.bool_
    )


def closed_months(periods: Frame) -> ClosedMonths:
    """Read the Periods table."""
    closed = periods.text("period")[is_closed(periods)].tolist()
    return ClosedMonths(max(closed, default=""))


def day_before(period: str) -> date:
    """The last day before a period begins; as-of date of its opening balance."""
    return period_bounds(period)[0] - timedelta(days=1)

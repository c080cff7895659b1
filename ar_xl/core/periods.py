"""Periods: which months are closed, and the Posting Date that follows (semantics, 1 and 15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from ar_xl.core.arrays import BoolArray, DateArray
from ar_xl.core.dates import as_date, day, period_bounds
from ar_xl.core.frames import Frame


@dataclass(frozen=True)
class ClosedMonths:
    """The months that are closed now.

    Args:
        months: datetime64[M], sorted, each once.
    """

    months: np.ndarray[tuple[int], np.dtype[np.datetime64]]

    def holds(self, dates: DateArray) -> BoolArray:
        """Which dates lie in a closed month."""
        return np.asarray(np.isin(dates.astype("datetime64[M]"), self.months), dtype=np.bool_)

    def posting_dates(self, own_dates: DateArray) -> DateArray:
        """The own date, or the first open day after it where its month is closed."""
        posting = own_dates.copy()
        closed = self.holds(posting)
        while closed.any():
            following = (posting[closed].astype("datetime64[M]") + 1).astype("datetime64[D]")
            posting[closed] = following
            closed = self.holds(posting)
        return posting

    def first_open_day(self, wanted: date) -> date:
        """A date, or the first open day after it."""
        return as_date(self.posting_dates(np.array([day(wanted)]))[0])

    @property
    def last(self) -> str:
        """The last closed period, `2013-01`; empty where none is closed."""
        return str(self.months[-1]) if len(self.months) else ""


def closed_months(periods: Frame) -> ClosedMonths:
    """Read the Periods table: a month is closed while its latest row was not reopened."""
    closed: dict[str, bool] = {}
    for period, reopened in zip(periods.text("period"), periods.text("reopened_at"), strict=True):
        closed[period] = reopened == ""
    months = sorted(period for period, is_closed in closed.items() if is_closed)
    return ClosedMonths(np.array(months, dtype="datetime64[M]"))


def day_before(period: str) -> date:
    """The last day before a period begins; as-of date of its opening balance."""
    return period_bounds(period)[0] - timedelta(days=1)

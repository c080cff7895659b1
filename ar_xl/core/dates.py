"""Dates without a clock: month arithmetic, vectorised and clamped to month ends."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from ar_xl.core.arrays import DateArray, IntArray

FIRST_DATE = date(1900, 3, 1)  # before it Excel's 1900 calendar has a day that never was
LAST_DATE = date(9999, 12, 31)
EARLIEST_AS_OF = date(1910, 1, 1)  # reports look years back and months ahead of their date
LATEST_AS_OF = date(9990, 12, 31)


def day(value: date) -> np.datetime64:
    """A date as NumPy keeps it."""
    return np.datetime64(value, "D")


def as_date(value: np.datetime64) -> date:
    """A NumPy day as a date; NaT is refused by assertion."""
    assert not np.isnat(value), "a missing date has no day"
    return date.fromisoformat(str(value.astype("datetime64[D]")))


def days_between(later: DateArray | np.datetime64, earlier: DateArray | np.datetime64) -> IntArray:
    """Whole days from `earlier` to `later`; 0 where either is missing."""
    delta = np.asarray(later) - np.asarray(earlier)
    return np.where(np.isnat(delta), 0, delta.astype("timedelta64[D]").astype(np.int64))


def month_start(dates: DateArray) -> DateArray:
    """The first day of each date's month."""
    return dates.astype("datetime64[M]").astype("datetime64[D]")


def month_end(dates: DateArray) -> DateArray:
    """The last day of each date's month."""
    following = (dates.astype("datetime64[M]") + 1).astype("datetime64[D]")
    return np.asarray(following - 1, dtype="datetime64[D]")


def add_months(dates: DateArray, months: int | IntArray) -> DateArray:
    """Move dates by whole months; the 31st becomes the last day of a shorter month."""
    target = dates.astype("datetime64[M]") + np.asarray(months).astype("timedelta64[M]")
    day_of_month = (dates - dates.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64)
    first, last = target.astype("datetime64[D]"), (target + 1).astype("datetime64[D]") - 1
    moved = first + day_of_month.astype("timedelta64[D]")
    return np.asarray(np.minimum(moved, last), dtype="datetime64[D]")


def nth_of_next_month(dates: DateArray, number: int) -> DateArray:
    """The day numbered `number` of the next month, clamped; 0 is its last day."""
    following = dates.astype("datetime64[M]") + 1
    last = (following + 1).astype("datetime64[D]") - 1
    if number == 0:
        return last
    wanted = following.astype("datetime64[D]") + np.timedelta64(number - 1, "D")
    return np.asarray(np.minimum(wanted, last), dtype="datetime64[D]")


def period_of(value: date) -> str:
    """The accounting period of a date, `2013-01`."""
    return f"{value.year:04d}-{value.month:02d}"


def period_bounds(period: str) -> tuple[date, date]:
    """First and last day of a period `2013-01`; raises ValueError for anything else."""
    year, month = int(period[:4]), int(period[5:7])
    if len(period) != 7 or period[4] != "-" or not FIRST_DATE.year <= year < LAST_DATE.year:
        raise ValueError(period)
    first = date(year, month, 1)
    last = as_date(month_end(np.array([day(first)]))[0])
    return first, last


def last_month_ends(as_of: date, count: int) -> list[date]:
    """The last month-ends on or before a date, the earliest first."""
    found: list[date] = []
    when = as_of + timedelta(days=1)
    while len(found) < count:
        when = period_bounds(period_of(when))[0] - timedelta(days=1)
        found.append(when)
    return found[::-1]

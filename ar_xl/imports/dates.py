"""Texts and cells to dates. The order of day and month is proven or asked for, never guessed.

A day above 12 in one date column decides for all date columns of the file, because one program
wrote them; two columns that prove different orders are a question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ar_xl.core.arrays import NAT, BoolArray, DateArray, IntArray, TextArray, codes_of
from ar_xl.core.dates import FIRST_DATE, LAST_DATE, day
from ar_xl.imports.rawtable import RawColumn, RawKind, first_marked

ORDERS = {"ymd": "year-month-day", "mdy": "month/day/year", "dmy": "day/month/year"}
_TIME = r"(?:[T ,]+\d{1,2}:\d{2}.*)?"
_NAMED, _YEAR = r"(?P<b>[A-Za-z]{3,9})", r"(?P<c>\d{4}|\d{2})"
_PATTERNS = {
    "ymd": rf"^(?P<a>\d{{4}})[-/. ](?P<b>\d{{1,2}})[-/. ](?P<c>\d{{1,2}}){_TIME}$",
    "compact": r"^(?P<a>\d{4})(?P<b>\d{2})(?P<c>\d{2})$",
    "open": rf"^(?P<a>\d{{1,2}})[-/. ](?P<b>\d{{1,2}})[-/. ]{_YEAR}{_TIME}$",
    "d mon y": rf"^(?P<a>\d{{1,2}})[-/. ]*{_NAMED}[-/., ]+{_YEAR}{_TIME}$",
    "mon d y": rf"^{_NAMED}[-/. ]*(?P<a>\d{{1,2}})[-/., ]+(?P<c>\d{{4}}){_TIME}$",
}
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_FIRST_SERIAL, _LAST_SERIAL = 61, 2_958_465  # 1900-03-01 and 9999-12-31 as Excel counts days
_EPOCH = np.datetime64("1899-12-30", "D")


@dataclass(frozen=True)
class DateTexts:
    """A column of dates, taken apart; one element a row.

    Args:
        year, month, day: where `is_open` the first number stands in `day`, the second in
            `month`; 0 where the cell is no date.
        is_open: two numbers before the year, whose order the text does not say.
        serial: days since 1899-12-30 of workbook cells, 0 elsewhere.
        blank: cells with nothing in them.
    """

    year: IntArray
    month: IntArray
    day: IntArray
    is_open: BoolArray
    short_year: BoolArray
    serial: IntArray
    blank: BoolArray


def take_apart(column: RawColumn) -> DateTexts:
    """Take a column of dates apart; only date cells and texts can be dates."""
    is_text = column.kinds == RawKind.TEXT
    whole = column.kinds == RawKind.NUMBER  # 20130131 typed as a number is read as its text
    texts = np.where(is_text | whole, column.texts, "")
    (codes,), distinct = codes_of(texts)
    parts = _distinct_parts(distinct)
    serial = np.zeros(len(texts), dtype=np.int64)
    if column.numbers is not None:
        dated = column.kinds == RawKind.DATE
        days = np.where(dated, column.numbers, 0.0)
        days = np.where((days >= _FIRST_SERIAL) & (days < _LAST_SERIAL + 1), days, 0.0)
        serial = np.floor(days).astype(np.int64)
    return DateTexts(
        year=parts.year[codes],
        month=parts.month[codes],
        day=parts.day[codes],
        is_open=parts.is_open[codes],
        short_year=parts.short_year[codes],
        serial=serial,
        blank=column.kinds == RawKind.BLANK,
    )


def _distinct_parts(distinct: TextArray) -> DateTexts:
    series = pd.Series(distinct, dtype=object).astype(str).str.strip()
    length = len(series)
    year, month, day_ = (np.zeros(length, dtype=np.int64) for _ in range(3))
    is_open, short = np.zeros(length, dtype=bool), np.zeros(length, dtype=bool)
    for name, pattern in _PATTERNS.items():
        found = series.str.extract(re.compile(pattern))
        rows = np.flatnonzero(found["a"].notna().to_numpy() & (year == 0))
        if not len(rows):
            continue
        first, second, third = (found[key].to_numpy(dtype=object)[rows] for key in "abc")
        if name in ("ymd", "compact"):
            year[rows], day_[rows] = first.astype(np.int64), third.astype(np.int64)
        else:
            year[rows], day_[rows] = third.astype(np.int64), first.astype(np.int64)
            short[rows] = np.fromiter((len(t) == 2 for t in third), bool, len(rows))
        month[rows] = [_month(text) for text in second]
        is_open[rows] = name == "open"
    year = np.where(short, np.where(year < 70, 2000 + year, 1900 + year), year)
    none = np.zeros(length, dtype=np.int64)
    return DateTexts(year, month, day_, is_open, short, none, none == 1)


def _month(text: str) -> int:
    """A month's number from its digits or its English name; 0 for any other word."""
    if text.isdigit():
        return int(text)
    plain = text.casefold()
    found = [i for i, name in enumerate(_MONTHS, start=1) if name.startswith(plain)]
    if plain == "sept":
        return 9
    return found[0] if len(found) == 1 else 0


@dataclass(frozen=True)
class Order:
    """The order of day and month in a file.

    Args:
        name: mdy or dmy; "ymd" where no text leaves it open; "" where it cannot be told.
        conflict: there are proofs of both.
        mdy_row, dmy_row: (column index in the list given, row) of a proof; of a date that could
            be either where the order is open; None without.
    """

    name: str
    conflict: bool
    mdy_row: tuple[int, int] | None
    dmy_row: tuple[int, int] | None


def decide_order(columns: Sequence[DateTexts]) -> Order:
    """Find out from all dates of a file in which order day and month stand."""
    mdy = first_marked([c.is_open & (c.month > 12) & (c.day <= 12) for c in columns])
    dmy = first_marked([c.is_open & (c.day > 12) & (c.month <= 12) for c in columns])
    if mdy and dmy:
        return Order("", True, mdy, dmy)
    if mdy or dmy:
        return Order("mdy" if mdy else "dmy", False, mdy, dmy)
    either = first_marked([c.is_open & (c.day != c.month) for c in columns])
    return Order("" if either else "ymd", False, either, either)


def to_dates(parts: DateTexts, order: str, forced: bool = False) -> tuple[DateArray, BoolArray]:
    """The dates of a column.

    Args:
        parts: the column, taken apart.
        order: mdy, dmy or ymd, for texts that leave it open.
        forced: the user said so with --dates: a text in another order is unreadable.

    Returns:
        The dates (NaT where blank or wrong), and which cells hold something that is no date.
    """
    swap = parts.is_open & (order == "mdy")
    month = np.where(swap, parts.day, parts.month)
    day_of_month = np.where(swap, parts.month, parts.day)
    good = (parts.year >= 1900) & (month >= 1) & (month <= 12) & (day_of_month >= 1)
    if forced and order == "ymd":
        good &= ~parts.is_open
    months = (np.where(good, parts.year, 2000) - 1970) * 12 + np.where(good, month, 1) - 1
    start = months.astype("datetime64[M]")
    last = ((start + 1).astype("datetime64[D]") - start.astype("datetime64[D]")).astype(np.int64)
    good &= day_of_month <= last
    dates = start.astype("datetime64[D]") + np.where(good, day_of_month - 1, 0)
    dates = np.where(parts.serial > 0, _EPOCH + parts.serial, dates)
    good |= parts.serial > 0
    good &= (dates >= day(FIRST_DATE)) & (dates <= day(LAST_DATE))
    dates = np.where(good, dates, NAT)
    return dates.astype("datetime64[D]"), ~good & ~parts.blank

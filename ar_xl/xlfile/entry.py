"""What Excel makes of a value that a program puts into a cell, as if it were typed in.

This is why bulk text goes through `write_columns`, which never asks here: a number in text form, a
date, a percentage or a formula changes its meaning on the way into a cell that is not
formatted as text. The rules are those of an English (United States) Excel. One departure: text that
begins with + - or @ and is no number stays text, where Excel would try a formula.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

import numpy as np

from ar_xl.xlfile.columns import CellKind
from ar_xl.xlfile.values import ERROR_NUMBERS, ERROR_TEXTS, datetime_to_serial

DATE_FORMAT = "m/d/yyyy"
MOMENT_FORMAT = "m/d/yyyy h:mm"
CURRENCY_FORMAT = '"$"#,##0.00'

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<dollar>\$?)(?P<whole>\d{1,3}(?:,\d{3})+|\d*)(?P<part>\.\d*)?"
    r"(?P<power>[eE][+-]?\d{1,3})?\s?(?P<percent>%?)"
)
_NUMERIC_DATE = re.compile(r"(\d{1,4})[/-](\d{1,2})(?:[/-](\d{1,4}))?")
_DAY_MONTH = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})(?:[ -](\d{2}|\d{4}))?")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})[ -](\d{1,4})(?:,? ?(\d{4}))?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d{1,3})?))?(?: ([AaPp])[Mm]?)?")
_MONTHS = ["january", "february", "march", "april", "may", "june", "july"]
_MONTHS += ["august", "september", "october", "november", "december"]


@dataclass(frozen=True)
class Entry:
    """What a cell holds after a value was put into it.

    Args:
        kind: what it is.
        number: of a number, or 0 and 1 of a bool.
        text: of a text or an error.
        formula: with its equals sign, None for a plain value.
        number_format: what a General cell is formatted as from then on, None to leave it.
    """

    kind: CellKind
    number: float = float("nan")
    text: str = ""
    formula: str | None = None
    number_format: str | None = None


EMPTY = Entry(CellKind.BLANK)


def enter(value: Any, as_text: bool, date1904: bool, today: dt.date | None = None) -> Entry:
    """Return what a cell holds after `value` was put into it.

    Args:
        value: what a program assigns: text, number, bool, date, Decimal or None.
        as_text: the cell is formatted as text ("@"), so that text stays as it is.
        date1904: the workbook counts days from 1904.
        today: for dates typed without a year; the machine's date when left out.

    Raises:
        TypeError: Excel has no cell value for it.
    """
    if value is None or isinstance(value, str):
        return _enter_text(value or "", as_text, date1904, today)
    if isinstance(value, bool | np.bool_):
        return Entry(CellKind.BOOL, number=float(value))
    if isinstance(value, int | float | np.integer | np.floating):
        if value in ERROR_TEXTS and isinstance(value, int):
            return Entry(CellKind.ERROR, text=ERROR_TEXTS[value])
        number = float(value)
        if not np.isfinite(number):
            return EMPTY if np.isnan(number) else Entry(CellKind.ERROR, text="#NUM!")
        return Entry(CellKind.NUMBER, number=number)
    if isinstance(value, Decimal):
        cut = value.quantize(Decimal("0.0001"), rounding=ROUND_DOWN)
        return Entry(CellKind.NUMBER, number=float(cut), number_format=CURRENCY_FORMAT)
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[us]").astype(dt.datetime)
    if isinstance(value, dt.date):
        if value != value:  # the "not a time" of pandas, which is a datetime
            return EMPTY
        serial = datetime_to_serial(value, date1904)
        midnight = serial == int(serial)
        return Entry(
            CellKind.NUMBER,
            number=serial,
            number_format=DATE_FORMAT if midnight else MOMENT_FORMAT,
        )
    raise TypeError(f"A cell cannot hold a {type(value).__name__}.")


def _enter_text(text: str, as_text: bool, date1904: bool, today: dt.date | None) -> Entry:
    if text == "":
        return EMPTY
    if as_text:
        return Entry(CellKind.TEXT, text=text)
    if text.startswith("'"):
        return Entry(CellKind.TEXT, text=text[1:])
    if text.startswith("=") and len(text) > 1:
        return Entry(CellKind.BLANK, formula=text)
    typed = text.strip()
    if typed.upper() in ("TRUE", "FALSE"):
        return Entry(CellKind.BOOL, number=float(typed.upper() == "TRUE"))
    if typed.upper() in ERROR_NUMBERS:
        return Entry(CellKind.ERROR, text=typed.upper())
    if not any(sign.isdigit() for sign in typed):
        return Entry(CellKind.TEXT, text=text)
    return (
        _number(typed)
        or _moment(typed, date1904, today or dt.date.today())  # noqa: DTZ011 - as Excel does
        or Entry(CellKind.TEXT, text=text)
    )


def _number(typed: str) -> Entry | None:
    bracketed = typed.startswith("(") and typed.endswith(")")
    match = _NUMBER.fullmatch(typed[1:-1] if bracketed else typed)
    if match is None or not (match["whole"] or (match["part"] or ".") != "."):
        return None
    digits = match["whole"].replace(",", "") + (match["part"] or "") + (match["power"] or "")
    number = float(digits or "0")
    if not np.isfinite(number) or number > 9.99999999999999e307:
        return None
    if (match["sign"] == "-") != bracketed:
        number = -number
    decimals = "0.00" if match["part"] else "0"
    if match["percent"]:
        return Entry(CellKind.NUMBER, number=number / 100, number_format=decimals + "%")
    if match["dollar"]:
        shown = CURRENCY_FORMAT if match["part"] else '"$"#,##0'
        return Entry(CellKind.NUMBER, number=number, number_format=shown)
    if match["power"]:
        return Entry(CellKind.NUMBER, number=number, number_format="0.00E+00")
    if "," in match["whole"]:
        return Entry(CellKind.NUMBER, number=number, number_format="#,##" + decimals)
    return Entry(CellKind.NUMBER, number=number)


def _moment(typed: str, date1904: bool, today: dt.date) -> Entry | None:
    day, shown = _date(typed, today)
    if day is not None:
        return Entry(CellKind.NUMBER, number=datetime_to_serial(day, date1904), number_format=shown)
    head, _, tail = typed.partition(" ")
    clock, part = typed, 0.0
    day, _ = _date(head, today)
    if day is not None:
        clock, part = tail, datetime_to_serial(day, date1904)
    match = _TIME.fullmatch(clock)
    if match is None or int(match[2]) > 59 or float(match[3] or 0) >= 60:
        return None
    hour = int(match[1])
    if match[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[4] in "Pp" else 0)
    seconds = hour * 3600 + int(match[2]) * 60 + float(match[3] or 0)
    shown = MOMENT_FORMAT if day is not None else ("h:mm:ss" if match[3] else "h:mm")
    return Entry(CellKind.NUMBER, number=part + seconds / 86_400, number_format=shown)


def _date(typed: str, today: dt.date) -> tuple[dt.date | None, str]:
    """Return the day that a text names and the format it then gets, or None."""
    try:
        if match := _NUMERIC_DATE.fullmatch(typed):
            first, second, third = match[1], int(match[2]), match[3]
            if len(first) == 4 and third is not None:
                return _day(int(first), second, int(third)), DATE_FORMAT
            if len(first) <= 2 and third is None:
                if second <= 31 and 1 <= int(first) <= 12:
                    return _day(today.year, int(first), second), "d-mmm"
                return None, ""
            if len(first) <= 2 and third is not None and len(third) in (1, 2, 4):
                return _day(_year(third), int(first), second), DATE_FORMAT
        elif match := _DAY_MONTH.fullmatch(typed):
            year = _year(match[3]) if match[3] else today.year
            shown = "d-mmm-yy" if match[3] else "d-mmm"
            return _day(year, _month(match[2]), int(match[1])), shown
        elif match := _MONTH_DAY.fullmatch(typed):
            if match[3]:
                return _day(int(match[3]), _month(match[1]), int(match[2])), "d-mmm-yy"
            if len(match[2]) <= 2 and int(match[2]) <= 31:
                return _day(today.year, _month(match[1]), int(match[2])), "d-mmm"
            return _day(_year(match[2]), _month(match[1]), 1), "mmm-yy"
    except ValueError:
        return None, ""
    return None, ""


def _day(year: int, month: int, day: int) -> dt.date:
    if not 1900 <= year <= 9999:
        raise ValueError(year)
    return dt.date(year, month, day)


def _year(digits: str) -> int:
    """Return a year; two digits mean 1930 to 2029, as in Excel."""
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < 30 else 1900)


def _month(name: str) -> int:
    """Return the month of an English name or its first three letters."""
    for number, month in enumerate(_MONTHS, start=1):
        if name.lower() in (month, month[:3]):
            return number
    raise ValueError(name)

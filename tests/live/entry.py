"""What Excel makes of a value that is put into a cell (English, United States)."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_DOWN, Decimal
from typing import Any

EPOCH = dt.datetime(1899, 12, 30)
ERRORS = {
    "#DIV/0!": -2146826281, "#N/A": -2146826246, "#NAME?": -2146826259, "#NULL!": -2146826288,
    "#NUM!": -2146826252, "#REF!": -2146826265, "#VALUE!": -2146826273,
}  # fmt: skip
TEXTS = {number: text for text, number in ERRORS.items()}
SHORT_DATE, CURRENCY, PERCENT = "m/d/yyyy", "$#,##0.00", "0%"

_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d+)?$")
_DATES = (
    (re.compile(r"\d{4}-\d{1,2}-\d{1,2}$"), "%Y-%m-%d"),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{4}$"), "%m/%d/%Y"),
)
_PART_OF_DATE = re.compile(r"\d{1,2}[-/]\d{1,2}$")


class ErrorValue(int):
    """An error in a cell, the number that COM shows for it."""


def entered(value: Any, code: str) -> tuple[Any, str, str]:
    """Return what a cell holds, the formula it holds, and its number format, after an entry.

    Args:
        value: as it comes over COM.
        code: the number format of the cell before.
    """
    if value is None or value == "":
        return None, "", code
    if isinstance(value, str):
        return _text(value, code)
    if isinstance(value, bool | ErrorValue):
        return value, "", code
    if isinstance(value, Decimal):  # VT_CY: four places, the rest cut off
        cut = value.quantize(Decimal("0.0001"), rounding=ROUND_DOWN)
        return float(cut), "", CURRENCY if code == "General" else code
    if isinstance(value, dt.datetime):
        days = (value.replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1)
        return days, "", SHORT_DATE if code == "General" else code
    number = float(value)
    if number != number:
        raise ValueError("a cell holds no NaN")
    return number, "", code


def _text(text: str, code: str) -> tuple[Any, str, str]:
    if code == "@":
        return text, "", code
    if text.startswith("'"):
        return text[1:] or None, "", code
    if text.startswith("=") and len(text) > 1:
        return None, text, code
    if text in ERRORS:
        return ErrorValue(ERRORS[text]), "", code
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE", "", code
    bare = text.strip()
    percent = bare.endswith("%")
    digits = bare.removesuffix("%")
    if any(each.isdigit() for each in digits) and _NUMBER.match(digits):
        number = float(digits.replace(",", "")) / (100 if percent else 1)
        return number, "", PERCENT if percent and code == "General" else code
    for pattern, shape in _DATES:
        if pattern.match(bare):
            day = dt.datetime.strptime(bare, shape)  # noqa: DTZ007
            return (day - EPOCH) / dt.timedelta(days=1), "", SHORT_DATE
    if _PART_OF_DATE.match(bare):
        month, other = (int(part) for part in re.split("[-/]", bare))
        if 1 <= month <= 12 and 1 <= other <= 28:
            day = dt.datetime(2026, month, other)
            return (day - EPOCH) / dt.timedelta(days=1), "", "d-mmm"
    return text, "", code

"""Plain texts of bank files to minor units, dates and clean cells, a whole column at a time.

This is the one place where an amount of a bank becomes money. What cannot be read is told apart
from zero, and an amount finer than its currency is no amount: nothing is rounded on the way in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import numpy as np

from ar_xl.core.arrays import BLANK, NAT, BoolArray, DateArray, IntArray, TextArray, codes_of
from ar_xl.core.dates import FIRST_DATE, LAST_DATE
from ar_xl.core.money import LARGEST_MINOR

LONGEST_CELL = 32_767  # characters of an Excel cell
_WIDEST = 40  # characters of an amount; a longer text is none
_MOST_DIGITS = 18  # that int64 holds
_ZERO, _NINE, _POINT, _MINUS, _PLUS = b"09.-+"
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")


def shown(text: str) -> str:
    """A text of a file as a finding shows it: no longer than an amount can be."""
    return text if len(text) <= _WIDEST else f"{text[:_WIDEST]}\u2026"


def minor_of(texts: Sequence[str], digits: IntArray) -> tuple[IntArray, BoolArray]:
    """Read a column of plain decimal texts, `-1234.50`.

    Args:
        texts: digits with at most one point and one sign in front; "" is an empty cell.
        digits: decimals of each row's currency.

    Returns:
        Minor units, BLANK where empty or wrong; and which are wrong: no number, finer than the
        currency (zeros at the end count for nothing), or more than Excel keeps.
    """
    length = len(texts)
    given = np.fromiter((text != "" for text in texts), bool, length)
    try:
        cells = np.array(texts or [""], dtype=f"S{_WIDEST}")[:length]
    except UnicodeEncodeError:
        ascii_only = [text if text.isascii() else "?" for text in texts]
        cells = np.array(ascii_only, dtype=f"S{_WIDEST}")
    marks = cells.view(np.uint8).reshape(length, _WIDEST)
    wrong = np.fromiter((len(text) >= _WIDEST for text in texts), bool, length)
    value, seen, kept = (np.zeros(length, dtype=np.int64) for _ in range(3))
    behind = np.full(length, -1, dtype=np.int64)  # digits behind the point; -1 before it
    for at in range(int(np.char.str_len(cells).max()) if length else 0):
        mark = marks[:, at]
        is_digit = (mark >= _ZERO) & (mark <= _NINE)
        is_point = mark == _POINT
        wrong |= is_point & (behind >= 0)
        wrong |= ~is_digit & ~is_point & (mark != 0)
        if at == 0:
            wrong &= ~((mark == _MINUS) | (mark == _PLUS))
        digit = np.where(is_digit, mark.astype(np.int64) - _ZERO, 0)
        behind = np.where(is_point, 0, np.where(is_digit & (behind >= 0), behind + 1, behind))
        fits = is_digit & (behind <= digits)
        wrong |= is_digit & ~fits & (digit != 0)
        kept += fits & ((value != 0) | (digit != 0))
        value = np.where(fits & (kept <= _MOST_DIGITS), value * 10 + digit, value)
        seen += is_digit
    shift = digits - np.minimum(np.maximum(behind, 0), digits)
    wrong |= (seen == 0) | (kept + shift > _MOST_DIGITS)
    value = np.where(wrong, 0, value) * 10 ** np.where(wrong, 0, shift)
    wrong |= value > LARGEST_MINOR
    value = np.where(marks[:, 0] == _MINUS, -value, value) if length else value
    wrong &= given
    return np.where(given & ~wrong, value, BLANK).astype(np.int64), wrong


def days_of(texts: Sequence[str]) -> tuple[DateArray, BoolArray]:
    """Read a column of ISO dates.

    Returns:
        The dates, NaT where there is none; and which texts are no date.
    """
    (codes,), distinct = codes_of(_objects(texts))
    days = np.array([_day(text) for text in distinct] or [NAT], dtype="datetime64[D]")
    wrong = np.isnat(days) & np.fromiter(
        (text != "" for text in distinct), bool, len(distinct)
    ) if len(distinct) else np.zeros(1, dtype=np.bool_)  # fmt: skip
    return days[codes], np.asarray(wrong[codes], dtype=np.bool_)


def _day(text: str) -> np.datetime64:
    if not _ISO.fullmatch(text):
        return NAT
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return NAT
    return np.datetime64(found, "D") if FIRST_DATE <= found <= LAST_DATE else NAT


def clean(texts: Sequence[str]) -> TextArray:
    """The texts as cells can hold them: what is not seen becomes a blank, ends are stripped."""
    out = _objects(texts)
    if _UNSEEN.search("\n".join(texts)):
        out[:] = [_UNSEEN.sub(" ", text) for text in texts]
    out[:] = [text.strip() for text in out]
    return out


def too_long(texts: TextArray) -> BoolArray:
    """Which texts do not fit into a cell."""
    return np.fromiter((len(text) > LONGEST_CELL for text in texts), bool, len(texts))


def _objects(texts: Sequence[str]) -> TextArray:
    out: TextArray = np.empty(len(texts), dtype=object)
    out[:] = texts
    return out

"""Numbers that posting and imports give: next in line, or made from content."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd

from ar_xl.core.arrays import IntArray, TextArray, text_array
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger

_AT_ONCE = 1 << 14  # texts spelled out at a time: each takes a hundred bytes for a moment
_MOST_DIGITS = 15
_RECEIPT_CONTENT = (
    "customer_id", "method", "check_ref", "currency", "remittance", "memo",
)  # fmt: skip


def next_numbers(prefix: str, taken: TextArray, count: int, width: int = 6) -> TextArray:
    """The next numbers of a series: `INV-000041`, `INV-000042` after `INV-000040`.

    Args:
        prefix: of the series.
        taken: all numbers in use, of any series.
        count: how many are wanted.
        width: least digits.
    """
    highest = _highest(prefix, taken) if count else 0
    return text_array(f"{prefix}{highest + i:0{width}d}" for i in range(1, count + 1))


def _highest(prefix: str, taken: TextArray) -> int:
    """The highest number of up to 15 digits that follows a prefix; 0 where there is none."""
    starts = range(0, len(taken), _AT_ONCE)
    return max((_highest_of(prefix, taken[at : at + _AT_ONCE]) for at in starts), default=0)


def _highest_of(prefix: str, taken: TextArray) -> int:
    """As `_highest`, all at once."""
    width = len(prefix) + _MOST_DIGITS + 1  # one more, so that longer numbers show
    characters = taken.astype(f"U{width}").view(np.uint32).reshape(len(taken), width)
    fits = np.ones(len(taken), dtype=bool)
    for column, letter in enumerate(prefix):
        fits &= characters[:, column] == ord(letter)
    value = np.zeros(len(taken), dtype=np.int64)
    for column in range(len(prefix), width):
        digit = characters[:, column].astype(np.int64) - ord("0")
        ended = digit == -ord("0")
        if column in (len(prefix), width - 1):
            fits &= ended == (column == width - 1)
        elif ended.all():
            break
        fits &= ended | ((digit >= 0) & (digit <= 9))
        value = np.where(ended, value, value * 10 + digit)
    return int(value[fits].max(initial=0))


def application_numbers(ledger: Ledger, count: int) -> TextArray:
    """The next application numbers, `A-000001` and so on, after the highest one posted."""
    return next_numbers("A-", ledger.posted("Applications").text("application_no"), count)


def occurrences(keys: TextArray) -> IntArray:
    """1 for the first of equal keys, 2 for the second, in the order given."""
    counted = pd.Series(keys, dtype=object).groupby(keys, sort=False).cumcount()
    return counted.to_numpy().astype(np.int64) + 1


def content_keys(receipts: Frame) -> TextArray:
    """A text per receipt that is the same wherever the content is the same."""
    parts = [receipts.dates("receipt_date").astype(str), receipts.ints("amount").astype(str)]
    parts += [receipts.text(key).astype(str) for key in _RECEIPT_CONTENT]
    return text_array("\x1f".join(values) for values in zip(*parts, strict=True))


def receipt_numbers(prefix: str, receipts: Frame) -> TextArray:
    """Numbers for receipts that have none, made from content and occurrence.

    The same file imported twice gives the same numbers, so nothing is added; two equal receipts
    in one file get different ones, so both count.

    Args:
        prefix: of receipt numbers.
        receipts: the rows to number, equal ones in their own order; Currency already filled in.
    """
    keys = content_keys(receipts)
    days = receipts.dates("receipt_date").astype(str)
    return text_array(
        f"{prefix}{day.replace('-', '')}-{_digest(key)}-{count}"
        for day, key, count in zip(days, keys, occurrences(keys).tolist(), strict=True)
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12].upper()

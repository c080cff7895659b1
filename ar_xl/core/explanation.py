"""Explanation: a figure, the rule that gives it, and the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from ar_xl.core.arrays import AnyArray, BoolArray, DateArray, IntArray, TextArray, filled
from ar_xl.core.frames import Frame


class Unit(Enum):
    """What a figure is counted in."""

    MONEY = "money"  # minor units of the explanation's currency
    WHOLE = "whole number"
    TENTHS = "tenths"  # of days, of percent, of points
    WORDS = "words"  # a text or a date: there is nothing to add up


@dataclass(frozen=True)
class Traced:
    """Rows of the workbook that a figure is made of, one element a row.

    Args:
        table: the table that the row stands in.
        row: its sheet row (1 is the heading), 0 for what stands in no row.
        document: its number.
        date: its own date.
        amount: what it adds to the figure, in the figure's unit.
        batch: the batch it was posted with, "" where it is not posted.
        what: what it is, in a few words.
    """

    table: TextArray
    row: IntArray
    document: TextArray
    date: DateArray
    amount: IntArray
    batch: TextArray
    what: TextArray

    def __len__(self) -> int:
        return len(self.row)

    @property
    def total(self) -> int:
        """What the rows add up to."""
        return int(self.amount.sum())

    def take(self, chosen: IntArray | BoolArray) -> Traced:
        """The rows that an index or a mask picks."""
        return Traced(**{name: getattr(self, name)[chosen] for name in _TRACED})

    def negative(self) -> Traced:
        """The same rows as what they take off."""
        arrays = {name: getattr(self, name) for name in _TRACED}
        return Traced(**{**arrays, "amount": -self.amount})


_TRACED = tuple(Traced.__dataclass_fields__)


def traced(
    frame: Frame,
    amount: IntArray,
    document: str,
    dated: str,
    what: TextArray | str = "",
) -> Traced:
    """Rows of one table as what a figure is made of.

    Args:
        frame: the rows.
        amount: what each adds to the figure.
        document, dated: keys of the columns with its number and its date; "" where it has none.
        what: what it is.
    """
    count = len(frame)
    posted = frame.table.posted or "batch" in frame.table.by_key
    return Traced(
        filled(count, frame.table.name),
        frame.row,
        frame.text(document) if document else filled(count, ""),
        frame.dates(dated) if dated else np.full(count, np.datetime64("NaT", "D")),
        np.asarray(amount, dtype=np.int64),
        frame.text("batch") if posted else filled(count, ""),
        filled(count, what) if isinstance(what, str) else what,
    )


def joined_rows(parts: Iterable[Traced]) -> Traced:
    """Rows of several tables below one another."""
    listed = list(parts)
    if not listed:
        return NOTHING
    made: dict[str, AnyArray] = {
        name: np.concatenate([getattr(part, name) for part in listed]) for name in _TRACED
    }
    return Traced(**made)  # type: ignore[arg-type]  # columns of one kind stay of that kind


_NO_TEXT = filled(0, "")
_NO_NUMBER = np.zeros(0, dtype=np.int64)
NOTHING = Traced(
    _NO_TEXT, _NO_NUMBER, _NO_TEXT, _NO_NUMBER.astype("datetime64[D]"), _NO_NUMBER, _NO_TEXT,
    _NO_TEXT,
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One amount that a figure is made of, with its rows.

    Args:
        name: what it is: `Open items`.
        rows: what it adds up from.
        unit: of the amounts of the rows.
        currency: of the rows, "" where it is the explanation's.
    """

    name: str
    rows: Traced
    unit: Unit = Unit.MONEY
    currency: str = ""

    @property
    def amount(self) -> int:
        """The sum of its rows."""
        return self.rows.total


@dataclass(frozen=True)
class Explanation:
    """Why a figure is what it is.

    Args:
        rule: the rule and the policy used, in one or two sentences.
        unit: of the value.
        value: what the rule gives on these books; None for words, and where there is no figure.
        currency: of the amounts, "" where there are none.
        parts: what it is made of.
        adds_up: the value is the sum of the parts; else the rule says how it comes from them.
        words: the text or date that the rule gives.
        see: further sentences: what became of it, where to look.
    """

    rule: str
    unit: Unit
    value: int | None = None
    currency: str = ""
    parts: tuple[Part, ...] = ()
    adds_up: bool = True
    words: str = ""
    see: tuple[str, ...] = field(default=())

    @property
    def is_proved(self) -> bool:
        """Whether the rows add up to the value, where the value is a sum of rows."""
        if not self.adds_up or not self.parts:
            return True
        return self.value == sum(part.amount for part in self.parts)

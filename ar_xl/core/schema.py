"""The types of the workbook's tables: what a column is, who fills it in, what it may hold.

`core/tables.py` declares every table with these. The template, the reader, the validations,
the seals and docs/SCHEMA.md all come from that one declaration.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np

from ar_xl.core.arrays import BLANK, NAT, AnyArray


class Kind(Enum):
    """What a column holds, and so the array type it is kept in."""

    TEXT = "text"  # object array of str, "" where blank
    MONEY = "money"  # int64 minor units of the row's currency, BLANK where blank
    DATE = "date"  # datetime64[D], NaT where blank
    INT = "whole number"  # int64, BLANK where blank
    RATE = "exchange rate"  # int64 scaled by 10**10 (core.money.RATE_DIGITS), BLANK where blank
    NUMBER = "number"  # object array of Decimal, None where blank; percents and days of policies


class Filler(Enum):
    """Who fills a column in."""

    USER = "you"
    PRODUCT = "ar_xl"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Args:
        key: the name in Python, `invoice_no`.
        heading: the heading in row 1, `Invoice No`.
        kind: what it holds.
        note: one sentence for the note on the heading and for docs/SCHEMA.md.
        filler: who fills it in.
        derived: kept up to date by the product after posting; outside seal and hash.
        choices: the only texts allowed, in the order of the drop-down; empty for any.
        required: a draft without it is refused.
        list_from: "Table[Heading]" whose values the drop-down offers.
        never_negative: an amount with a minus is an error, in whatever is run.
    """

    key: str
    heading: str
    kind: Kind
    note: str = ""
    filler: Filler = Filler.USER
    derived: bool = False
    choices: tuple[str, ...] = ()
    required: bool = False
    list_from: str = ""
    never_negative: bool = False


class Role(Enum):
    """What kind of table it is; the tab colour says it in the workbook."""

    POSTED = "typed, pasted or imported, then posted"
    PRODUCT = "written by ar_xl"
    MASTER = "kept by you"
    POLICY = "policy"


@dataclass(frozen=True)
class Table:
    """One table of the workbook: an Excel table of that name on a sheet of its own.

    Args:
        name: the name of the Excel table.
        sheet: the name of the sheet.
        role: what kind of table it is.
        columns: in the order of the template.
        posted: rows carry Posting Date, Reverses, Seal and Batch, and are never edited.
    """

    name: str
    sheet: str
    role: Role
    purpose: str
    columns: tuple[Column, ...]
    posted: bool

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """The columns by their Python name."""
        return {column.key: column for column in self.columns}

    @cached_property
    def by_heading(self) -> dict[str, Column]:
        """The columns by their heading."""
        return {column.heading: column for column in self.columns}

    @cached_property
    def sealed_columns(self) -> tuple[Column, ...]:
        """The columns that seal and hash cover: all but derived ones and the seal itself."""
        return tuple(c for c in self.columns if not c.derived and c.key not in ("seal", "batch"))


def empty_column(kind: Kind, length: int = 0) -> AnyArray:
    """Return a column of `length` empty cells of a kind."""
    if kind is Kind.TEXT:
        texts = np.empty(length, dtype=object)
        texts[:] = ""
        return texts
    if kind is Kind.NUMBER:
        return np.empty(length, dtype=object)
    if kind is Kind.DATE:
        return np.full(length, NAT, dtype="datetime64[D]")
    return np.full(length, BLANK, dtype=np.int64)

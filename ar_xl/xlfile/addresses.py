"""Cell references: A1 notation to numbers and back, and rectangles of cells.

Rows and columns count from 1, as in Excel.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_COLUMN = re.compile(r"\$?([A-Za-z]{1,3})")
_ROW = re.compile(r"\$?([0-9]{1,7})")
_PLAIN_SHEET = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")


class AddressError(ValueError):
    """The text is not a reference to cells."""


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    if not 1 <= column <= MAX_COLUMN:
        raise AddressError(f"Column {column} is outside a sheet's 1 to {MAX_COLUMN:,} columns.")
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise AddressError(f"'{letters}' names no column.")
        number = number * 26 + ord(letter) - 64
    if not 1 <= number <= MAX_COLUMN:
        raise AddressError(f"'{letters}' names no column; the last one is XFD.")
    return number


@dataclass(frozen=True)
class Area:
    """A rectangle of cells on one sheet, its four edges included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.bottom - self.top + 1

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return self.right - self.left + 1

    def meet(self, other: Area) -> Area | None:
        """Return the cells that both have, or None."""
        top, left = max(self.top, other.top), max(self.left, other.left)
        bottom, right = min(self.bottom, other.bottom), min(self.right, other.right)
        return Area(top, left, bottom, right) if top <= bottom and left <= right else None

    def join(self, other: Area) -> Area:
        """Return the smallest rectangle that holds both."""
        return Area(
            min(self.top, other.top),
            min(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.right, other.right),
        )

    def holds(self, other: Area) -> bool:
        """Tell whether every cell of the other one is in this one."""
        return self.meet(other) == other

    def a1(self, absolute_rows: bool = False, absolute_columns: bool = False) -> str:
        """Return it in A1 notation: "B2" for one cell, "A1:C9", "A:C" or "1:3" for whole lines."""
        row, column = "$" * absolute_rows, "$" * absolute_columns
        if self.top == 1 and self.bottom == MAX_ROW:
            return f"{column}{column_letters(self.left)}:{column}{column_letters(self.right)}"
        if self.left == 1 and self.right == MAX_COLUMN:
            return f"{row}{self.top}:{row}{self.bottom}"
        first = f"{column}{column_letters(self.left)}{row}{self.top}"
        if self.rows == self.columns == 1:
            return first
        return f"{first}:{column}{column_letters(self.right)}{row}{self.bottom}"


WHOLE_SHEET = Area(1, 1, MAX_ROW, MAX_COLUMN)


def parse_area(text: str) -> Area:
    """Return the cells that an A1 reference without a sheet names.

    Raises:
        AddressError: it is not one, or lies outside a sheet.
    """
    first, colon, last = text.strip().partition(":")
    start, stop = _corner(first), _corner(last if colon else first)
    if (start[0] is None or start[1] is None or stop[0] is None or stop[1] is None) and not colon:
        raise AddressError(f"'{text}' is not a reference to cells.")
    if (start[0] is None) != (stop[0] is None) or (start[1] is None) != (stop[1] is None):
        raise AddressError(f"'{text}' is not a reference to cells.")
    rows = sorted((start[0] or 1, stop[0] or MAX_ROW))
    columns = sorted((start[1] or 1, stop[1] or MAX_COLUMN))
    return Area(rows[0], columns[0], rows[1], columns[1])


def _corner(text: str) -> tuple[int | None, int | None]:
    """Return (row, column) of one end of a reference; None for the one it leaves open."""
    if match := _CELL.fullmatch(text):
        row, column = int(match[2]), column_number(match[1])
    elif match := _COLUMN.fullmatch(text):
        return None, column_number(match[1])
    elif match := _ROW.fullmatch(text):
        row, column = int(match[1]), 0
    else:
        raise AddressError(f"'{text}' is not a reference to cells.")
    if not 1 <= row <= MAX_ROW:
        raise AddressError(f"'{text}': a sheet has the rows 1 to {MAX_ROW:,}.")
    return row, column or None


def split_sheet(text: str) -> tuple[str | None, str]:
    """Split "'My Sheet'!A1" into the sheet's name, None where there is none, and the rest."""
    text = text.strip().removeprefix("=")
    if text.startswith("'"):
        end = text.find("'!")
        if end > 0:
            return text[1:end].replace("''", "'"), text[end + 2 :]
    name, mark, rest = text.rpartition("!")
    return (name, rest) if mark else (None, text)


def quote_sheet(name: str) -> str:
    """Return a sheet's name as formulas write it, in quotes unless it is a plain word."""
    if _PLAIN_SHEET.fullmatch(name) and not _CELL.fullmatch(name):
        return name
    return "'" + name.replace("'", "''") + "'"

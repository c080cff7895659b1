"""Cells that move because others are put in or taken out, and references that move with them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ar_xl.xlfile.addresses import (
    MAX_COLUMN,
    MAX_ROW,
    AddressError,
    Area,
    column_letters,
    parse_area,
    quote_sheet,
)
from ar_xl.xlfile.write_errors import CannotEdit

Span = tuple[int, int]

_GONE = "#REF!"
_TOKEN = re.compile(
    r"""
    "(?:[^"]|"")*"                                             # a text
    | (?P<sheet>'(?:[^']|'')*'!|(?:\[\d+\])?[^\W\d][\w.\\]*(?::[^\W\d][\w.\\]*)?!)?
      (?<![\w.$\\])
      (?P<ref>\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?
        |\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}
        |\$?\d{1,7}:\$?\d{1,7})
      (?![\w.(!\\])
    | \[(?:[^\[\]]|\[[^\[\]]*\])*\]                            # a structured reference's columns
    """,
    re.VERBOSE,
)
_CORNER = re.compile(r"(\$?)([A-Za-z]*)(\$?)(\d*)")


@dataclass(frozen=True)
class Shift:
    """Lines of cells put in or taken out, and all cells behind them moved.

    Args:
        area: the cells that are put in, or taken out.
        down: the cells below move up or down; else those to the right move left or right.
        count: lines put in; negative, taken out.
    """

    area: Area
    down: bool
    count: int

    @property
    def at(self) -> int:
        """The first line that is put in or taken out."""
        return self.area.top if self.down else self.area.left

    @property
    def limit(self) -> int:
        """The last line of a sheet."""
        return MAX_ROW if self.down else MAX_COLUMN

    @property
    def moving(self) -> Area:
        """The cells that move, and those that are taken out."""
        area = self.area
        if self.down:
            return Area(area.top, area.left, MAX_ROW, area.right)
        return Area(area.top, area.left, area.bottom, MAX_COLUMN)

    @property
    def whole(self) -> bool:
        """Whether whole rows or columns move."""
        if self.down:
            return self.area.left == 1 and self.area.right == MAX_COLUMN
        return self.area.top == 1 and self.area.bottom == MAX_ROW

    def spans(self, area: Area) -> bool:
        """Tell whether an area lies within the lines that move, so that it moves as one."""
        if self.down:
            return self.area.left <= area.left and area.right <= self.area.right
        return self.area.top <= area.top and area.bottom <= self.area.bottom

    def line(self, line: int) -> int | None:
        """Return where a line of cells is afterwards; None where it is taken out."""
        if line < self.at:
            return line
        if self.count < 0 and line < self.at - self.count:
            return None
        return line + self.count

    def cell(self, row: int, column: int) -> tuple[int, int] | None:
        """Return where a cell is afterwards; None where it is taken out."""
        if not self.spans(Area(row, column, row, column)):
            return row, column
        moved = self.line(row if self.down else column)
        if moved is None:
            return None
        return (moved, column) if self.down else (row, moved)

    def moved(self, area: Area) -> Area | None:
        """Return what an area becomes: it grows and shrinks with the lines inside it.

        One that lies only partly within what moves stays, as in Excel. None: it is taken out.
        """
        if not self.spans(area):
            return area
        first, last = (area.top, area.bottom) if self.down else (area.left, area.right)
        span = self._span(first, last)
        if span is None:
            return None
        if self.down:
            return Area(span[0], area.left, span[1], area.right)
        return Area(area.top, span[0], area.bottom, span[1])

    def _span(self, first: int, last: int) -> Span | None:
        if first == 1 and last == self.limit:
            return first, last
        if self.count > 0:
            start = first + self.count if first >= self.at else first
            stop = last + self.count if last >= self.at else last
            return (start, min(stop, self.limit)) if start <= self.limit else None
        end = self.at - self.count - 1  # the last line that is taken out
        start = first if first < self.at else max(first, end + 1) + self.count
        stop = last if last < self.at else (self.at - 1 if last <= end else last + self.count)
        return (start, stop) if start <= stop else None


def shift_formula(formula: str, sheet: str, own: bool, shift: Shift) -> str:
    """Return a formula, without "=", that goes on meaning the same cells.

    Args:
        formula: as files write it.
        sheet: the sheet whose cells move.
        own: references without a sheet are to that sheet.
        shift: what moves.

    Raises:
        CannotEdit: it refers to several sheets at once.
    """

    def moved(match: re.Match[str]) -> str:
        ref, where = match["ref"], match["sheet"]
        if ref is None:
            return match[0]
        if where is None:
            if not own:
                return match[0]
        else:
            name = where[:-1]
            if name.startswith("'"):
                name = name[1:-1].replace("''", "'")
            if ":" in name:
                raise CannotEdit(
                    f"A formula refers to the same cells of several sheets ({where}{ref}); "
                    "cells can be put in and taken out in Excel only."
                )
            if name.casefold() != sheet.casefold():
                return match[0]
        return (where or "") + _moved_reference(ref, shift)

    return _TOKEN.sub(moved, formula)


def _moved_reference(ref: str, shift: Shift) -> str:
    try:
        area = parse_area(ref)
    except AddressError:
        return ref  # a name that looks like a cell beyond the sheet's end
    now = shift.moved(area)
    if now is None:
        return _GONE
    if now == area:
        return ref
    first, colon, last = ref.partition(":")
    made = _corner(first, now.top, now.left)
    return made + colon + _corner(last, now.bottom, now.right) if colon else made


def _corner(old: str, row: int, column: int) -> str:
    """Return a corner of a reference at another place, its dollar signs kept."""
    match = _CORNER.fullmatch(old)
    assert match is not None, old
    if not match[2]:  # a row alone, whose dollar sign stands first
        return f"{match[1]}{row}"
    letters = f"{match[1]}{column_letters(column)}"
    return f"{letters}{match[3]}{row}" if match[4] else letters


def names_sheet(text: str, sheet: str) -> bool:
    """Tell whether a text may hold a reference to cells of a sheet."""
    folded = text.casefold()
    plain = sheet.casefold()
    quoted = quote_sheet(sheet).casefold()
    return f"{plain}!" in folded or f"{quoted}!" in folded or f"'{plain}'!" in folded


def shift_list(sqref: str, shift: Shift) -> str:
    """Return a list of areas, parted by spaces, that goes on meaning the same cells."""
    moved = (shift.moved(parse_area(ref)) for ref in sqref.split())
    return " ".join(area.a1() for area in moved if area is not None)


Formula = Callable[[str], str]

"""A workbook as a user sees it, whatever engine it is open in, and what tells two of them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isclose
from typing import Any

import xlwings as xw

from ar_xl.book.addresses import cell_name
from ar_xl.book.blocks import CellKind, FormatClass, read_block
from ar_xl.book.host import table_ranges

# The last part of the check below a report is over fonts, fills and borders, of which each engine
# keeps other lists.
_CHECK_OF_LOOKS = re.compile(r"(?<= check [0-9A-F]{8}-[0-9A-F]{8})-[0-9A-F]{8}$")
_ADDED_UP = 1e-9  # relative: Excel, LibreOffice and we add binary fractions in other orders


@dataclass(frozen=True)
class Cell:
    """A cell that holds something.

    Args:
        kind: what.
        value: number, text or truth; None where a formula's result is not known.
        formula: it is a formula.
        shown: the class of its number format, where it is a number.
    """

    kind: str
    value: Any
    formula: bool
    shown: str

    def __str__(self) -> str:
        marks = f"{' by a formula' if self.formula else ''}{f' as {self.shown}' * bool(self.shown)}"
        return f"{self.kind.lower()} {self.value!r}{marks}"

    def is_as(self, other: Cell) -> bool:
        """Whether two cells say the same."""
        if self.formula and other.formula:
            if None in (self.value, other.value):
                return True
            if self.kind == other.kind == "NUMBER":
                return isclose(self.value, other.value, rel_tol=_ADDED_UP, abs_tol=_ADDED_UP)
            return (self.kind, self.value) == (other.kind, other.value)
        return self == other


@dataclass(frozen=True)
class Picture:
    """All cells of all sheets, and where the tables stand.

    Args:
        sheets: names, in order.
        cells: by sheet and address.
        tables: sheet and reference by name.
    """

    sheets: tuple[str, ...]
    cells: dict[str, dict[str, Cell]]
    tables: dict[str, tuple[str, str]]

    @property
    def size(self) -> int:
        """How many cells hold something."""
        return sum(len(cells) for cells in self.cells.values())

    @property
    def formulas(self) -> int:
        """How many formulas there are whose result is known."""
        held = (cell for cells in self.cells.values() for cell in cells.values())
        return sum(cell.formula and cell.value is not None for cell in held)

    def without_formulas_for_constants(self) -> Picture:
        """The same without a formula behind truths and errors, which LibreOffice saves as such.

        TRUE becomes `=TRUE()`, and an error that was typed the formula `=#REF!`.
        """
        cells = {
            sheet: {
                address: replace(cell, formula=False) if cell.kind in ("BOOL", "ERROR") else cell
                for address, cell in found.items()
            }
            for sheet, found in self.cells.items()
        }
        return replace(self, cells=cells)


def picture_of(book: xw.Book) -> Picture:
    """Look at everything in a workbook."""
    cells = {sheet.name: _cells(sheet) for sheet in book.sheets}
    return Picture(tuple(cells), cells, table_ranges(book))


def _cells(sheet: xw.Sheet) -> dict[str, Cell]:
    last = sheet.used_range.last_cell
    block = read_block(sheet, 1, 1, last.row, last.column)
    found: dict[str, Cell] = {}
    for number, column in enumerate(block.columns, 1):
        held = (column.kind != CellKind.BLANK) | column.formula
        for row in held.nonzero()[0].tolist():
            kind = CellKind(column.kind[row])
            value: Any = None
            if kind in (CellKind.TEXT, CellKind.ERROR):
                value = _CHECK_OF_LOOKS.sub("", str(block.pool[column.text[row]]))
            elif kind != CellKind.BLANK:
                value = float(column.number[row])
            shown = ""
            if kind == CellKind.NUMBER and 0 <= column.style[row] < len(block.formats):
                shown = FormatClass(block.formats[column.style[row]]).name
            shown = "date" if shown == "DATE" else ""
            formula = bool(column.formula[row])
            found[cell_name(row + 1, number)] = Cell(kind.name, value, formula, shown)
    return found


def differences(file: Picture, office: Picture) -> Iterator[str]:
    """What differs between a workbook of the file engine and one of LibreOffice, a line each."""
    if file.sheets != office.sheets:
        yield f"sheets: file {file.sheets}, LibreOffice {office.sheets}"
    for name in sorted(file.tables.keys() | office.tables.keys()):
        here, there = file.tables.get(name), office.tables.get(name)
        if here != there:
            yield f"table {name}: file {here}, LibreOffice {there}"
    for sheet in file.cells.keys() & office.cells.keys():
        ours, theirs = file.cells[sheet], office.cells[sheet]
        for address in [*ours, *(a for a in theirs if a not in ours)]:
            mine, other = ours.get(address), theirs.get(address)
            if mine is None or other is None or not mine.is_as(other):
                yield f"{sheet}!{address}: file {mine or 'empty'}, LibreOffice {other or 'empty'}"

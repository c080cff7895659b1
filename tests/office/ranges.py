"""Ranges over LibreOffice. As with the file engine a range is its own `api`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from xlwings import base_classes

from ar_xl.xlfile.addresses import Area
from ar_xl.xlfile.appearance import rgb_text
from ar_xl.xlfile.columns import Block, CellKind, FormatClass, WriteColumn
from ar_xl.xlfile.entry import Entry, enter
from ar_xl.xlfile.formats import format_class
from ar_xl.xlfile.values import as_excel_returns, serial_to_datetime

if TYPE_CHECKING:
    from tests.office.sheets import Sheet

_TEXT, _GENERAL = "@", "General"
_ARGUMENT = re.compile(r""",(?=(?:[^"]*"[^"]*")*[^"]*$)""")  # commas outside of texts
_EXCEL_A1 = 1  # com.sun.star.sheet.AddressConvention.XL_A1
_POINT = 2540 / 72  # hundredths of a millimetre
_CHARACTER = 7 * 72 / 96 * _POINT  # the width of a digit of Calibri 11, seven pixels
_HORIZONTAL = {"left": "LEFT", "right": "RIGHT", "center": "CENTER"}
_VERTICAL = {"top": 1, "center": 2, "bottom": 3}


class Range(base_classes.Range):
    """A rectangle of cells.

    Args:
        sheet: it belongs to.
        area: of the sheet.
    """

    sheet: Any = None

    def __init__(self, sheet: Sheet, area: Area) -> None:
        self.sheet, self.area = sheet, area

    @property
    def api(self) -> Range:
        return self

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        return (self.sheet.name, self.row, self.column, *self.shape)

    def __len__(self) -> int:
        return self.area.rows * self.area.columns

    def __bool__(self) -> bool:
        return True

    @property
    def row(self) -> int:
        return self.area.top

    @property
    def column(self) -> int:
        return self.area.left

    @property
    def shape(self) -> tuple[int, int]:
        return (self.area.rows, self.area.columns)

    def __call__(self, *place: int) -> Range:
        if len(place) == 1:
            row, column = divmod(place[0] - 1, self.area.columns)
        else:
            row, column = place[0] - 1, place[1] - 1
        row, column = self.area.top + row, self.area.left + column
        return Range(self.sheet, Area(row, column, row, column))

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        return self.area.a1(row_absolute, col_absolute)

    @property
    def address(self) -> str:
        return self.area.a1(True, True)

    @property
    def left(self) -> float:
        return 0.0

    @property
    def top(self) -> float:
        return 0.0

    # Values

    @property
    def raw_value(self) -> Any:
        """The values as Excel hands them over: dates of date cells as moments."""
        book = self.sheet.book
        rows = []
        for offset, row in enumerate(self.sheet.view.values(self.area)):
            codes = [
                self.sheet.view.format_codes(Area(at, column, at, column)).pop()
                for column, at in enumerate([self.row + offset] * len(row), self.column)
            ]
            rows.append(
                tuple(_moment(v, c, book.date1904) for v, c in zip(row, codes, strict=True))
            )
        return as_excel_returns(tuple(rows))

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        """Put values in as if they were typed."""
        rows = data if isinstance(data, list | tuple) else [[data] * self.area.columns]
        rows = rows if isinstance(rows[0], list | tuple) else [rows]
        entries = [
            [self._entry(offset, at, value) for at, value in enumerate(row)]
            for offset, row in enumerate(rows)
        ]
        plain = (CellKind.BLANK, CellKind.NUMBER, CellKind.TEXT)
        if all(e.formula is None and e.kind in plain for row in entries for e in row):
            self.put_rows(tuple(tuple(_plain(entry) for entry in row) for row in entries))
        else:
            for offset, row in enumerate(entries):
                for at, entry in enumerate(row):
                    cell = self.sheet.uno.getCellByPosition(
                        self.column - 1 + at, self.row - 1 + offset
                    )
                    _put(self.sheet.book.document, cell, entry)
            self.sheet.touch()
        for offset, row in enumerate(entries):
            for at, entry in enumerate(row):
                if entry.number_format:
                    Range.__call__(self, offset + 1, at + 1).number_format = entry.number_format

    def _entry(self, offset: int, at: int, value: Any) -> Entry:
        """What one of its cells holds when a value is typed into it."""
        row, column = self.row + offset, self.column + at
        codes = self.sheet.view.format_codes(Area(row, column, row, column))
        entry = enter(value, codes == {_TEXT}, self.sheet.book.date1904)
        return entry if codes == {_GENERAL} else replace(entry, number_format=None)

    def enter(self, value: Any) -> None:
        """Put a value into one cell as if it was typed."""
        self.raw_value = value

    @property
    def formula(self) -> Any:
        """The formula of the first cell, empty where it has none."""
        return self.sheet.view.formulas.get((self.row, self.column), "")

    @formula.setter
    def formula(self, value: Any) -> None:
        self.enter(value)

    def clear_contents(self) -> None:
        blank = tuple(("",) * self.area.columns for _ in range(self.area.rows))
        self.put_rows(blank)

    def put_rows(self, rows: tuple[tuple[Any, ...], ...]) -> None:
        """Put in values as LibreOffice takes them, row by row."""
        sheet, book = self.sheet, self.sheet.book
        place = (sheet.name, self.row - 1, self.column - 1)
        book.office.ask("PutValues", book.document, book.taken_looks(), *place, rows)
        sheet.touch()

    def read_columns(self) -> Block:
        """The cells as typed columns."""
        return self.sheet.view.block(self.area, self.sheet.book.date1904)

    def write_columns(self, columns: Sequence[WriteColumn]) -> None:
        """Set typed columns from its first cell on; text stays text."""
        self.put_rows(tuple(zip(*(taken(values) for values in columns), strict=True)))

    def put_formula(self, formula: str, value: float | str | None) -> None:
        """Set a formula in the first cell; LibreOffice finds out by itself what it gives."""
        self(1, 1).enter(formula)

    # Looks

    def _look(self, what: str, value: Any) -> None:
        area = self.area
        place = (area.top - 1, area.left - 1, area.bottom - 1, area.right - 1)
        self.sheet.book.looks.append((self.sheet.name, *place, what, value))
        self.sheet.touch()

    @property
    def number_format(self) -> str | None:
        codes = self.sheet.view.format_codes(self.area)
        return codes.pop() if len(codes) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        self._look("NumberFormat", self.sheet.book.key_of(value))

    @property
    def font(self) -> Font:
        return Font(self)

    @property
    def borders(self) -> Any:
        return SimpleNamespace(set=lambda *sides, **lines: None)

    @property
    def color(self) -> None:
        return None

    @color.setter
    def color(self, value: Any) -> None:
        self._look("CellBackColor", int(rgb_text(value), 16))

    @property
    def wrap_text(self) -> None:
        return None

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._look("IsTextWrapped", bool(value))

    @property
    def horizontal_alignment(self) -> None:
        return None

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        uno = self.sheet.book.office.uno
        self._look(
            "HoriJustify", uno.Enum("com.sun.star.table.CellHoriJustify", _HORIZONTAL[value])
        )

    @property
    def vertical_alignment(self) -> None:
        return None

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self._look("VertJustify", _VERTICAL[value])

    @property
    def column_width(self) -> None:
        return None

    @column_width.setter
    def column_width(self, value: float) -> None:
        self._look("ColumnWidth", round(value * _CHARACTER + 5 * _POINT))

    @property
    def row_height(self) -> None:
        return None

    @row_height.setter
    def row_height(self, value: float) -> None:
        self._look("RowHeight", round(value * _POINT))


class Font(base_classes.Font):
    """The font of a range; it can be set and not asked for."""

    parent: Any = None

    def __init__(self, of: Range) -> None:
        self.parent = of

    @property
    def bold(self) -> None:
        return None

    @bold.setter
    def bold(self, value: bool) -> None:
        self.parent._look("CharWeight", 150.0 if value else 100.0)

    @property
    def italic(self) -> None:
        return None

    @italic.setter
    def italic(self, value: bool) -> None:
        uno = self.parent.sheet.book.office.uno
        slant = uno.Enum("com.sun.star.awt.FontSlant", "ITALIC" if value else "NONE")
        self.parent._look("CharPosture", slant)

    @property
    def size(self) -> None:
        return None

    @size.setter
    def size(self, value: float) -> None:
        self.parent._look("CharHeight", float(value))

    @property
    def color(self) -> None:
        return None

    @color.setter
    def color(self, value: Any) -> None:
        self.parent._look("CharColor", int(rgb_text(value), 16))


def _moment(value: Any, code: str, date1904: bool) -> Any:
    if isinstance(value, float) and format_class(code) == FormatClass.DATE:
        return serial_to_datetime(value, date1904)
    return value


def taken(values: WriteColumn, places: npt.NDArray[np.int64] | None = None) -> list[Any]:
    """A column as LibreOffice takes it: numbers, texts, and empty text for an empty cell.

    Args:
        values: of the column.
        places: of the values wanted, None for all.
    """
    listed = list(values) if places is None else [values[at] for at in places.tolist()]
    return [
        value if isinstance(value, str) else "" if value != value else float(value)
        for value in listed
    ]


def _plain(entry: Entry) -> float | str:
    if entry.kind == CellKind.NUMBER:
        return entry.number
    return entry.text if entry.kind == CellKind.TEXT else ""


def _put(document: Any, cell: Any, entry: Entry) -> None:
    """Put into a cell of LibreOffice what was typed into one of Excel."""
    if entry.formula is not None:
        parser = document.createInstance("com.sun.star.sheet.FormulaParser")
        parser.FormulaConvention, parser.CompileEnglish = _EXCEL_A1, True
        text = _ARGUMENT.sub(";", entry.formula[1:])
        cell.setTokens(parser.parseFormula(text, cell.CellAddress))
        cell.setFormula(
            cell.getFormula()
        )  # tokens alone are not calculated until something changes
    elif entry.kind == CellKind.ERROR:
        cell.setFormula(f"={entry.text}")
    elif entry.kind == CellKind.BOOL:
        cell.setFormula("=TRUE()" if entry.number else "=FALSE()")
    elif entry.kind == CellKind.TEXT:
        cell.setString(entry.text)
    elif entry.kind == CellKind.NUMBER:
        cell.setValue(entry.number)
    else:
        cell.setString("")

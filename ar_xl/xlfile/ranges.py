"""Ranges of the file engine: rectangles of cells, as xlwings asks for them.

A range is its own `api`: `read_columns` and `write_columns` move typed columns in bulk, `Value2`
gives plain floats as Excel's does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ar_xl.xlfile.addresses import MAX_COLUMN, MAX_ROW, Area, quote_sheet
from ar_xl.xlfile.columns import Block, WriteColumn
from ar_xl.xlfile.entering import empty_cells, enter_array, enter_formulas, enter_values
from ar_xl.xlfile.errors import TooLarge
from ar_xl.xlfile.names import Name, Names
from ar_xl.xlfile.rangeextras import RangeExtras
from ar_xl.xlfile.region import current_region, end
from ar_xl.xlfile.values import as_excel_returns, block_rows

if TYPE_CHECKING:
    from ar_xl.xlfile.enginetable import Table
    from ar_xl.xlfile.sheets import Sheet

_PLAIN_BOOK = re.compile(r"[\w.]+")  # others stand in quotes
_MOST_CELLS = 30_000_000  # read as values of Python at one time


class Range(RangeExtras):
    """A rectangle of cells.

    Args:
        sheet: it belongs to.
        area: of the sheet; None for no cells at all.
    """

    def __init__(self, sheet: Sheet, area: Area | None) -> None:
        super().__init__(sheet, area)
        self.text = area.a1() if area else ""

    def __bool__(self) -> bool:
        return self._area is not None

    def __len__(self) -> int:
        return self._area.rows * self._area.columns if self._area else 0

    @property
    def api(self) -> Range:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def arg1_input(self) -> str:
        """How it was asked for."""
        return self.text

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        """Sheet, row, column and how many rows and columns."""
        return (self.sheet.name, self.row, self.column, *self.shape)

    @property
    def row(self) -> int:
        """The first row."""
        return self.area.top

    @property
    def column(self) -> int:
        """The first column."""
        return self.area.left

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns."""
        return (self._area.rows, self._area.columns) if self._area else (0, 0)

    def __call__(self, *place: int) -> Range:
        """Return a cell by its number, or by row and column, counted from 1."""
        if len(place) == 1:
            row, column = divmod(place[0] - 1, self.area.columns)
        else:
            row, column = place[0] - 1, place[1] - 1
        row, column = self.area.top + row, self.area.left + column
        if not (1 <= row <= MAX_ROW and 1 <= column <= MAX_COLUMN):
            raise IndexError("The cell lies outside the sheet.")
        return Range(self.sheet, Area(row, column, row, column))

    # Values

    def _rows(self, plain: bool) -> Any:
        if self._area is None:
            return None
        if len(self) > _MOST_CELLS:
            raise TooLarge(f"{len(self):,} cells are too many to be read one by one")
        block = self.sheet.contents.read(self.sheet.state, self._area)
        return as_excel_returns(block_rows(block, plain))

    @property
    def raw_value(self) -> Any:
        """The values as Excel hands them over: one, or rows of them.

        Raises:
            StaleFormula: a formula's result is not known any more.
        """
        return self._rows(plain=False)

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        if self._area is not None:
            enter_values(self.sheet, self._area, data)

    @property
    def Value2(self) -> Any:  # noqa: N802 - Excel's own name
        """The values with currency and dates as plain floats, as Excel's Value2."""
        return self._rows(plain=True)

    def read_columns(self, columns: Sequence[int] | None = None) -> Block:
        """Return the cells as typed columns.

        A formula whose result is not known any more comes as an empty cell with a formula.

        Args:
            columns: only these columns of the range, counted from 0, in this order.
        """
        return self.sheet.contents.read_columns(self.sheet.state, self.area, columns)

    def write_columns(self, columns: Sequence[WriteColumn]) -> None:
        """Set typed columns, the first cell in this range's top left one; text stays text."""
        self.sheet.contents.write_columns(self.sheet.state, self.row, self.column, columns)

    def put_formula(self, formula: str, value: float | str | None) -> None:
        """Set a formula in the first cell, with the result that the caller computed for it."""
        self.sheet.put_formula(self.row, self.column, formula, value)

    def _formula_rows(self) -> Any:
        cells = self.sheet.state.cells
        values = self.sheet.state.cells.block(self.area)
        rows: list[list[str]] = []
        for line, shown in enumerate(block_rows(values, plain=True)):
            row: list[str] = []
            for index, value in enumerate(shown):
                formula = cells.formula(self.row + line, self.column + index)
                row.append(formula if formula is not None else _as_typed(value))
            rows.append(row)
        return as_excel_returns(tuple(tuple(row) for row in rows))

    @property
    def formula(self) -> Any:
        """The formulas, or the values as one would type them."""
        return self._formula_rows() if self._area else None

    @formula.setter
    def formula(self, value: Any) -> None:
        if self._area is not None:
            enter_formulas(self.sheet, self._area, value)

    @property
    def formula2(self) -> Any:
        """The formulas, or the values as one would type them."""
        return self.formula

    @formula2.setter
    def formula2(self, value: Any) -> None:
        self.formula = value

    @property
    def formula_array(self) -> str | None:
        """The array formula of its cells, or the formula of its only cell; else None."""
        if len(self) > 1 and not self.has_array:
            return None
        formula = self.sheet.state.cells.formula
        here = [area for area in self.sheet.state.cells.spills if area.holds(self.area)]
        corner = here[0] if here else self.area
        return formula(corner.top, corner.left)

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        if self._area is not None:
            enter_array(self.sheet, self._area, value)

    @property
    def has_array(self) -> bool:
        """Whether one formula fills its cells."""
        return any(area.holds(self.area) for area in self.sheet.state.cells.spills)

    def clear_contents(self) -> None:
        """Empty the cells and keep their formats."""
        if self._area is not None:
            empty_cells(self.sheet, self._area)

    def clear_formats(self) -> None:
        """Take the formats from the cells."""
        used = self.sheet.state.cells.used()
        area = used.meet(self._area) if used and self._area else None
        if area is not None:
            self.sheet.contents.edit.set_style(
                self.sheet.name, area.top, area.left, area.rows, area.columns, 0
            )
            self.sheet.state.cells.paint(area, 0)

    def clear(self) -> None:
        """Empty the cells and take their formats."""
        self.clear_contents()
        self.clear_formats()

    # Places

    def end(self, direction: str) -> Range:
        """Return the last cell of the block in a direction, as Ctrl and an arrow key do."""
        return Range(self.sheet, end(self.sheet.state.cells, self.area, direction))

    @property
    def current_region(self) -> Range:
        """The cells around that empty rows and columns bound."""
        return Range(self.sheet, current_region(self.sheet.state.cells, self.area))

    @property
    def address(self) -> str:
        """It in A1 notation with dollar signs."""
        return self.get_address(True, True, False)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """Return it in A1 notation, with workbook and sheet where `external`."""
        place = self.area.a1(row_absolute, col_absolute)
        if not external:
            return place
        book, sheet = self.sheet.book.name, self.sheet.name
        if quote_sheet(sheet) == sheet and _PLAIN_BOOK.fullmatch(book):
            return f"[{book}]{sheet}!{place}"
        return quote_sheet(f"[{book}]{sheet}") + f"!{place}"

    @property
    def table(self) -> Table | None:
        """The table that its first cell belongs to."""
        for table in self.sheet.tables:
            if table.state.area.meet(Area(self.row, self.column, self.row, self.column)):
                return table
        return None

    @property
    def name(self) -> Name | None:
        """The defined name of exactly these cells."""
        wanted = f"{quote_sheet(self.sheet.name)}!{self.address}"
        for name in self.sheet.book.names.snapshot():
            if name[1].refers_to == "=" + wanted:
                return name[1]
        return None

    @name.setter
    def name(self, value: str) -> None:
        Names(self.sheet.book, None).add(value, f"{quote_sheet(self.sheet.name)}!{self.address}")

    @property
    def merge_area(self) -> Range:
        """The merged cells that its first cell belongs to, else that cell."""
        cell = Area(self.row, self.column, self.row, self.column)
        for part in self.sheet.state.merges:
            if part.meet(cell):
                return Range(self.sheet, part)
        return Range(self.sheet, cell)

    @property
    def merge_cells(self) -> bool | None:
        """Whether its cells are merged; None where only some of them are."""
        merged = self.sheet.state.merges
        if any(part.holds(self.area) for part in merged):
            return True
        return None if any(part.meet(self.area) for part in merged) else False

    def select(self) -> None:
        """Select the cells on their sheet, and show it; not saved with the workbook."""
        self.sheet.state.selection = self.area
        self.sheet.activate()


def _as_typed(value: Any) -> str:
    """Return a value as Excel's Formula gives one that is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    from ar_xl.xlfile.values import ERROR_TEXTS

    return ERROR_TEXTS[value] if isinstance(value, int) else str(value)

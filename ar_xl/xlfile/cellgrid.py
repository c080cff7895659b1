"""Cells lifted from a sheet as they are and put down elsewhere: what copying and sorting do.

Nothing is interpreted on the way: text stays text, a formula keeps the result that is known of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.addresses import Area
from ar_xl.xlfile.cells import IntArray, Patch, Written
from ar_xl.xlfile.columns import CellKind
from ar_xl.xlfile.payloads import ErrorValue
from ar_xl.xlfile.values import ERROR_TEXTS

if TYPE_CHECKING:
    from ar_xl.xlfile.sheets import Sheet

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CellGrid:
    """Cells as they were in one place.

    Args:
        row: of the first cell, where they were.
        column: of the first cell.
        columns: what they hold; a formula without a known result is BLANK.
        styles: their formats, rows by columns.
    """

    row: int
    column: int
    columns: Sequence[Written]
    styles: IntArray

    @property
    def rows(self) -> int:
        """How many rows."""
        return len(self.styles)

    def value(self, row: int, column: int) -> Any:
        """Return what a cell holds, counted from 0: None, float, bool, str or `ErrorValue`."""
        return _value(self.columns[column], row)

    def taken(self, rows: Places) -> CellGrid:
        """Return the rows at some places, in this order; formulas move along with them."""
        columns = []
        for index, column in enumerate(self.columns):
            formulas = {
                to: moved(column.formulas[old], self.row + old, self.row + to, self.column + index)
                for to, old in enumerate(rows.tolist())
                if old in column.formulas
            }
            texts = None if column.texts is None else column.texts[rows]
            number = None if column.number is None else column.number[rows]
            kind = column.kind[rows]
            # What a formula gives in another row is for Excel to say.
            kind[[to for to in formulas if rows[to] != to]] = CellKind.BLANK
            columns.append(Written(kind, number, texts, formulas))
        return CellGrid(self.row, self.column, columns, self.styles[rows])


def lift(sheet: Sheet, area: Area) -> CellGrid:
    """Return the cells of an area as they are now; they stay where they are."""
    contents, cells = sheet.contents, sheet.state.cells
    block = contents.read_columns(sheet.state, area)
    formulas = cells.formulas(area)
    columns: list[Written] = []
    for index, column in enumerate(block.columns):
        texts = np.full(area.rows, "", dtype=object)
        worded = column.text >= 0
        texts[worded] = block.pool[column.text[worded]]
        own = {
            row - area.top: text
            for (row, where), text in formulas.items()
            if where == area.left + index
        }
        kind = column.kind.copy()
        columns.append(Written(kind, column.number.copy(), texts, own))
    return CellGrid(area.top, area.left, columns, cells.styles(area).copy())


def put_down(sheet: Sheet, row: int, column: int, grid: CellGrid, styles: bool = True) -> None:
    """Set cells as they were lifted.

    Args:
        sheet: where.
        row: of the first cell.
        column: of the first cell.
        grid: what they hold.
        styles: with their formats.
    """
    contents = sheet.contents
    area = Area(row, column, row + grid.rows - 1, column + len(grid.columns) - 1)
    contents.put(sheet.state, Patch(area, list(grid.columns)))
    payloads = [_payloads(each) for each in grid.columns]
    contents.edit.set_block(sheet.name, row, column, payloads)
    for index, cells in enumerate(grid.columns):
        for place, formula in cells.formulas.items():
            known = _value(cells, place)
            contents.edit.set_formula(sheet.name, row + place, column + index, formula, known)
    if styles:
        shape = area.top, area.left, area.rows, area.columns
        contents.edit.set_style(sheet.name, *shape, grid.styles.tolist())
        sheet.state.cells.paint(area, grid.styles)


def moved(formula: str, row: int, to_row: int, column: int, to_column: int | None = None) -> str:
    """Return a formula as copying its cell to another one makes it."""
    to_column = column if to_column is None else to_column
    if (row, column) == (to_row, to_column):
        return formula
    from openpyxl.formula.translate import Translator  # late: importing it takes 0.1 s

    origin = Area(row, column, row, column).a1()
    place = Area(to_row, to_column, to_row, to_column).a1()
    return str(Translator(formula, origin=origin).translate_formula(place))


def _value(column: Written, place: int) -> Any:
    kind = column.kind[place]
    if kind == CellKind.NUMBER and column.number is not None:
        return float(column.number[place])
    if kind == CellKind.BOOL and column.number is not None:
        return bool(column.number[place])
    if kind == CellKind.TEXT and column.texts is not None:
        return str(column.texts[place])
    if kind == CellKind.ERROR and column.texts is not None:
        return ErrorValue(column.texts[place])
    return None


def _payloads(column: Written) -> Any:
    mixture = np.empty(len(column.kind), dtype=object)
    mixture[:] = [_value(column, place) for place in range(len(column.kind))]
    return mixture


def shown_text(value: Any) -> str:
    """Return a value as General shows it, which is what is searched and replaced."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    return ERROR_TEXTS.get(value, str(value)) if isinstance(value, int) else str(value)

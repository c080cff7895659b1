"""Cells of a range put in and taken out, with what belongs to the tables and formats around."""

from __future__ import annotations

import numpy as np

from ar_xl.xlfile.addresses import MAX_COLUMN, MAX_ROW, Area
from ar_xl.xlfile.cellmoves import put_in, take_out
from ar_xl.xlfile.entering import enter_formulas
from ar_xl.xlfile.rangeactions import RangeActions
from ar_xl.xlfile.states import TableState
from ar_xl.xlfile.tablestate import refuse_named, write_headings

_FROM_BEFORE = "format_from_left_or_above"


class RangeMoves(RangeActions):
    """A rectangle of cells, as far as cells are put in at its place or taken out."""

    def insert(self, shift: str | None = None, copy_origin: str | None = _FROM_BEFORE) -> None:
        """Put empty cells in at its place.

        Formulas, names, tables, merged cells, validations, conditional formats, notes, drawings
        and charts go on meaning the cells they meant.

        Args:
            shift: "down" or "right"; None decides by its shape. Whole rows and columns go the way
                they can.
            copy_origin: the new cells look as those above or to the left, or
                ("format_from_right_or_below") as those that were at their place.

        Raises:
            CannotEdit: something cannot be moved safely; nothing is changed then.
        """
        area, down = self.area, self._moves_down(shift, "right")
        put_in(self.sheet.contents, self.sheet.state, area, down)
        self._look_like(area, down, copy_origin == _FROM_BEFORE)
        for table in self.sheet.contents.tables:
            if table.sheet is self.sheet.state and table.area.meet(area):
                self._fill(table, area, down)

    def delete(self, shift: str | None = None) -> None:
        """Take its cells out.

        Args:
            shift: "up" or "left"; None decides by its shape.

        Raises:
            CannotEdit: formulas name a table's column that would go, or as `insert`.
        """
        area, down = self.area, self._moves_down(shift, "left")
        for table in self.sheet.contents.tables:
            both = table.area.meet(area) if table.sheet is self.sheet.state else None
            if both is not None and not down:
                first = both.left - table.area.left
                gone = table.headings[first : first + both.columns]
                refuse_named(self.sheet.contents, table, gone, "Columns", "deleted")
        take_out(self.sheet.contents, self.sheet.state, area, down)

    def _moves_down(self, shift: str | None, across: str) -> bool:
        area = self.area
        if area.left == 1 and area.right == MAX_COLUMN:
            return True
        if area.top == 1 and area.bottom == MAX_ROW:
            return False
        if shift is not None:
            return shift != across
        if across == "left":
            return area.columns > area.rows
        return area.columns >= area.rows

    def _look_like(self, area: Area, down: bool, before: bool) -> None:
        """Give new cells the formats of those before or behind them."""
        used = self.sheet.state.cells.used()
        if used is None:
            return
        if down:
            line = area.top - 1 if before else area.bottom + 1
            like = Area(line, area.left, line, min(area.right, max(used.right, area.left)))
        else:
            line = area.left - 1 if before else area.right + 1
            like = Area(area.top, line, min(area.bottom, max(used.bottom, area.top)), line)
        if not 1 <= line <= (MAX_ROW if down else MAX_COLUMN):
            return
        styles = self.sheet.state.cells.styles(like)
        if not styles.any():
            return
        rows, columns = (area.rows, like.columns) if down else (like.rows, area.columns)
        grid = np.broadcast_to(styles, (rows, columns)).copy()
        made = Area(area.top, area.left, area.top + rows - 1, area.left + columns - 1)
        shape = made.top, made.left, rows, columns
        self.sheet.contents.edit.set_style(self.sheet.name, *shape, grid.tolist())
        self.sheet.state.cells.paint(made, grid)

    def _fill(self, table: TableState, area: Area, down: bool) -> None:
        """Write what a table wants in its new cells: headings, or its calculated columns."""
        if not down:
            if table.header:
                write_headings(self.sheet.contents, table.sheet, table.area, table.headings)
            return
        body = table.body
        for place, formula in table.formulas.items():
            column = table.area.left + place
            new = body.meet(Area(area.top, column, area.bottom, column)) if body else None
            if new is not None:
                enter_formulas(self.sheet, new, formula)

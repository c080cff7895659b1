"""Rows and columns of an Excel table of the file engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from xlwings import base_classes

from ar_xl.xlfile.addresses import MAX_COLUMN, MAX_ROW, Area
from ar_xl.xlfile.entering import enter_values
from ar_xl.xlfile.write_errors import CannotEdit

if TYPE_CHECKING:
    from ar_xl.xlfile.enginetable import Table
    from ar_xl.xlfile.ranges import Range


class TableRow(base_classes.TableRow):
    """A row of data; it goes by its place.

    Args:
        table: whose it is.
        index: from 1.
    """

    index: int = 0

    def __init__(self, table: Table, index: int) -> None:
        self._table = table
        self.index = index

    @property
    def area(self) -> Area:
        """Its cells."""
        body = self._table.state.body
        assert body is not None, "a table has a row"
        row = body.top + self.index - 1
        return Area(row, body.left, row, body.right)

    @property
    def range(self) -> Range:
        """Its cells."""
        return self._table.cells(self.area)

    def delete(self) -> None:
        """Delete it; what is below moves up. The last row that is left is emptied instead."""
        if len(TableRows(self._table)) == 1:
            self.range.clear_contents()
        else:
            self.range.delete("up")


class TableRows(base_classes.TableRows, base_classes.Collection):
    """The rows of data of a table.

    Args:
        table: it.
    """

    parent: Any = None

    def __init__(self, table: Table) -> None:
        self.parent = table

    @property
    def api(self) -> TableRows:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def column_count(self) -> int:
        """How many columns the table has."""
        return len(self.parent.state.headings)

    def __len__(self) -> int:
        body = self.parent.state.body
        return body.rows if body and self.parent.insert_row_range is None else 0

    def __call__(self, key: int) -> TableRow:
        """Return a row by its place."""
        if not 1 <= key <= len(self):
            raise KeyError(key)
        return TableRow(self.parent, key)

    def __iter__(self) -> Iterator[TableRow]:
        for index in range(1, len(self) + 1):
            yield TableRow(self.parent, index)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int) and 1 <= key <= len(self)

    def add(self, values: Sequence[Any] | None, index: int | None) -> TableRow:
        """Add a row, the first one in the empty row that a new table has.

        Args:
            values: one for each column, None for an empty row.
            index: the place it gets, None for the last one.

        Raises:
            CannotEdit: there is something below the table that would have to be moved and cannot.
        """
        place = len(self) + 1 if index is None else index
        row = TableRow(self.parent, place)
        if len(self):
            self._make_room(row, place > len(self))
        if values is not None:
            enter_values(self.parent.parent, row.area, [list(values)])
        return row

    def _make_room(self, row: TableRow, last: bool) -> None:
        table: Table = self.parent
        if not last or table.state.totals is not None:
            table.cells(row.area).insert("down")
            return
        area = table.state.area
        if row.area.top > MAX_ROW:
            raise CannotEdit(f"The table {table.name} has no row left on its sheet.")
        below = table.parent.state.cells.block(row.area)
        if any(column.kind.any() or column.formula.any() for column in below.columns):
            raise CannotEdit(
                f"The table {table.name} cannot grow: the row below it is not empty. "
                "Move what is below the table to another sheet and try again."
            )
        table.resize(_Sized(table.cells(Area(area.top, area.left, area.bottom + 1, area.right))))


class _Sized:
    """A range as xlwings hands it over."""

    def __init__(self, impl: Range) -> None:
        self.impl = impl


class TableColumn(base_classes.TableColumn):
    """A column of a table; it goes by its place.

    Args:
        table: whose it is.
        index: from 1.
    """

    index: int = 0

    def __init__(self, table: Table, index: int) -> None:
        self._table = table
        self.index = index

    @property
    def name(self) -> str:
        """Its heading."""
        return self._table.state.headings[self.index - 1]

    @property
    def area(self) -> Area:
        """Its cells, heading and total included."""
        area = self._table.state.area
        column = area.left + self.index - 1
        return Area(area.top, column, area.bottom, column)

    @property
    def range(self) -> Range:
        """Its cells, heading and total included."""
        return self._table.cells(self.area)

    @property
    def data_body_range(self) -> Range | None:
        """Its cells without heading and total."""
        body = self._table.state.body
        both = body.meet(self.area) if body else None
        return self._table.cells(both) if both else None

    def delete(self) -> None:
        """Delete it; what is to the right of the table moves left.

        Raises:
            ValueError: it is the only one.
            CannotEdit: formulas name it, or something cannot be moved.
        """
        if len(self._table.state.headings) == 1:
            raise ValueError("The last column of a table cannot be deleted.")
        self.range.delete("left")


class TableColumns(base_classes.TableColumns, base_classes.Collection):
    """The columns of a table.

    Args:
        table: it.
    """

    parent: Any = None

    def __init__(self, table: Table) -> None:
        self.parent = table

    @property
    def api(self) -> TableColumns:
        """The object itself: there is no other program behind it."""
        return self

    def __len__(self) -> int:
        return len(self.parent.state.headings)

    def __call__(self, key: int | str) -> TableColumn:
        """Return a column by heading or place."""
        headings = [heading.casefold() for heading in self.parent.state.headings]
        if isinstance(key, str) and key.casefold() in headings:
            return TableColumn(self.parent, headings.index(key.casefold()) + 1)
        if isinstance(key, int) and 1 <= key <= len(headings):
            return TableColumn(self.parent, key)
        raise KeyError(key)

    def __iter__(self) -> Iterator[TableColumn]:
        for index in range(1, len(self) + 1):
            yield TableColumn(self.parent, index)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key.casefold() in (
            heading.casefold() for heading in self.parent.state.headings
        )

    def add(self, name: str, index: int | None) -> TableColumn:
        """Add a column at a place, at the right end where None."""
        table: Table = self.parent
        place = len(self) + 1 if index is None else index
        area = table.state.area
        column = area.left + place - 1
        here = Area(area.top, column, area.bottom, column)
        if place <= len(self):
            table.cells(here).insert("right")
        else:
            self._make_room(here)
        if table.state.header:
            heading = [np.array([name], dtype=object)]
            table.contents.write_columns(table.state.sheet, area.top, column, heading)
        return TableColumn(table, place)

    def _make_room(self, here: Area) -> None:
        table: Table = self.parent
        if here.right > MAX_COLUMN:
            raise CannotEdit(f"The table {table.name} has no column left on its sheet.")
        beside = table.parent.state.cells.block(here)
        if any(column.kind.any() or column.formula.any() for column in beside.columns):
            table.cells(here).insert("right")
        table.widen(here)

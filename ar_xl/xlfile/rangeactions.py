"""What a range does with its cells: copy, paste, sort, remove duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ar_xl.xlfile.addresses import MAX_COLUMN, MAX_ROW, Area
from ar_xl.xlfile.cellgrid import CellGrid, lift, moved, put_down
from ar_xl.xlfile.cells import Written
from ar_xl.xlfile.columns import CellKind
from ar_xl.xlfile.payloads import ErrorValue
from ar_xl.xlfile.rangesearch import RangeSearch
from ar_xl.xlfile.write_errors import CannotEdit

if TYPE_CHECKING:
    pass

_PASTES = {
    None: "all",
    "all": "all",
    "all_except_borders": "all",
    "all_using_source_theme": "all",
    "formats": "formats",
    "formulas": "formulas",
    "formulas_and_number_formats": "formulas",
    "values": "values",
    "values_and_number_formats": "values",
}
_BLANK = 4  # the rank of an empty cell, last in either direction


class RangeActions(RangeSearch):
    """A rectangle of cells, as far as its cells are moved about."""

    # Copying

    def copy(self, destination: Any = None) -> None:
        """Copy it to a place, or remember it for `paste`.

        Values, formulas, formats and merged cells go along; validations, conditional formats and
        notes stay.
        """
        if destination is None:
            self.sheet.book.app.clipboard = self
        else:
            destination.impl.copy_from(self, "all", False, False)

    def paste(
        self,
        paste: str | None = None,
        operation: str | None = None,
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        """Put down what was copied last.

        Raises:
            ValueError: nothing was copied.
            NotImplementedError: only Excel pastes that.
        """
        source = getattr(self.sheet.book.app, "clipboard", None)
        if not isinstance(source, RangeActions):
            raise ValueError("Nothing was copied that could be pasted.")
        if operation is not None or paste not in _PASTES:
            raise NotImplementedError("Pasting this can be done in Excel only.")
        self.copy_from(source, _PASTES[paste], skip_blanks, transpose)

    def copy_from(
        self,
        source_range: Any,
        copy_type: str = "all",
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        """Copy cells here, as often as they fit where this range is larger.

        Args:
            source_range: the cells.
            copy_type: "all", "formats", "formulas" or "values".
            skip_blanks: empty cells change nothing.
            transpose: rows become columns.

        Raises:
            StaleFormula: values are asked for that are not known any more.
        """
        source = getattr(source_range, "impl", source_range)
        if copy_type not in ("all", "formats", "formulas", "values") or skip_blanks:
            raise NotImplementedError("Copying this can be done in Excel only.")
        if source.sheet.book is not self.sheet.book and source.sheet.contents is not (
            self.sheet.contents
        ):
            raise NotImplementedError("Between workbooks, whole sheets are copied.")
        area = source.used_part() if _endless(source.area) else source.area
        if area is None:
            return
        if copy_type == "values":
            source.sheet.contents.read(source.sheet.state, area)
        grid = lift(source.sheet, area)
        top = self.area.top + area.top - source.area.top
        left = self.area.left + area.left - source.area.left
        merged = [m for m in source.sheet.state.merges if area.holds(m)]
        if transpose:
            grid, merged = _transposed(grid), [_turned(each, area) for each in merged]
        rows, columns = grid.rows, len(grid.columns)
        down = 1 if _endless(self.area) else max(self.area.rows // rows, 1)
        across = 1 if _endless(self.area) else max(self.area.columns // columns, 1)
        for row in range(top, top + down * rows, rows):
            for column in range(left, left + across * columns, columns):
                self._put(grid, row, column, copy_type)
                for each in merged if copy_type in ("all", "formats") else ():
                    down_by, right_by = row - area.top, column - area.left
                    self.part(_shifted(each, down_by, right_by)).merge()

    def _put(self, grid: CellGrid, row: int, column: int, copy_type: str) -> None:
        if copy_type == "formats":
            self._put_formats(grid, row, column)
            return
        cells = [
            replace(each, formulas=_carried(grid, each, index, row, column, copy_type))
            for index, each in enumerate(grid.columns)
        ]
        there = replace(grid, row=row, column=column, columns=[_unknown(c) for c in cells])
        put_down(self.sheet, row, column, there, styles=copy_type == "all")

    def _put_formats(self, grid: CellGrid, row: int, column: int) -> None:
        area = Area(row, column, row + grid.rows - 1, column + len(grid.columns) - 1)
        shape = area.top, area.left, area.rows, area.columns
        self.sheet.contents.edit.set_style(self.sheet.name, *shape, grid.styles.tolist())
        self.sheet.state.cells.paint(area, grid.styles)

    def autofill(self, destination: Any, type_: str = "fill_default") -> None:
        """Copy its cells over a larger range, formulas moving along; series are Excel's.

        Raises:
            NotImplementedError: the cells would be continued and not copied.
        """
        target = destination.impl
        if not target.area.holds(self.area):
            raise ValueError("The range to fill must hold the range that is filled from.")
        formulas = len(self.sheet.state.cells.formulas(self.area)) == len(self.part(self.area))
        if type_ == "fill_formats":
            target.copy_from(self, "formats")
        elif type_ == "fill_copy" or (type_ == "fill_default" and formulas):
            target.copy_from(self, "all")
        else:
            raise NotImplementedError("Series are continued in Excel only.")

    # Sorting

    def sort(self, keys: Sequence[int], ascending: Sequence[bool], has_headers: bool) -> None:
        """Sort the rows; formulas and formats move with them, rows that are equal keep their order.

        Args:
            keys: places of columns from 1, the most important first.
            ascending: for each key.
            has_headers: the first row stays where it is.

        Raises:
            StaleFormula: a key is a formula whose result is not known any more.
            CannotEdit: cells among them are merged.
        """
        area = self.used_part()
        if area is None or area.rows <= has_headers:
            return
        body = Area(area.top + has_headers, self.area.left, area.bottom, self.area.right)
        self._refuse_merged(body, "sorted")
        for key in keys:
            column = body.left + key - 1
            self.sheet.contents.read(self.sheet.state, Area(body.top, column, body.bottom, column))
        grid = lift(self.sheet, body)
        order = list(range(body.rows))
        for key, up in reversed(list(zip(keys, ascending, strict=True))):
            ranks = {row: _rank(grid.value(row, key - 1)) for row in order}
            filled = [row for row in order if ranks[row][0] < _BLANK]
            blank = [row for row in order if ranks[row][0] == _BLANK]
            filled.sort(key=ranks.__getitem__, reverse=not up)
            order = filled + blank
        if order != list(range(body.rows)):
            put_down(self.sheet, body.top, body.left, grid.taken(np.array(order)))

    def _refuse_merged(self, area: Area, what: str) -> None:
        if any(merged.meet(area) for merged in self.sheet.state.merges):
            raise CannotEdit(
                f"The cells {area.a1()} cannot be {what}: some of them are merged. "
                "Unmerge them and try again."
            )

    def remove_duplicates(self, columns: Sequence[int], has_headers: bool) -> None:
        """Remove rows that say in some columns what an earlier one says; what follows moves up.

        Args:
            columns: places of columns from 1.
            has_headers: the first row is not compared.
        """
        area = self.used_part()
        if area is None or area.rows <= has_headers:
            return
        body = Area(area.top + has_headers, self.area.left, area.bottom, self.area.right)
        self._refuse_merged(body, "freed of duplicates")
        self.sheet.contents.read(self.sheet.state, body)
        grid = lift(self.sheet, body)
        seen: set[tuple[Any, ...]] = set()
        kept: list[int] = []
        for row in range(body.rows):
            key = tuple(_rank(grid.value(row, place - 1)) for place in columns)
            if key not in seen:
                seen.add(key)
                kept.append(row)
        if len(kept) == body.rows:
            return
        put_down(self.sheet, body.top, body.left, grid.taken(np.array(kept)))
        self.part(Area(body.top + len(kept), body.left, body.bottom, body.right)).clear()


def _endless(area: Area) -> bool:
    return area.bottom == MAX_ROW or area.right == MAX_COLUMN


def _unknown(column: Written) -> Written:
    """Return cells whose formulas have no known result, as nothing here calculates."""
    if not column.formulas:
        return column
    kind = column.kind.copy()
    kind[list(column.formulas)] = CellKind.BLANK
    return replace(column, kind=kind)


def _carried(
    grid: CellGrid, cells: Written, index: int, row: int, column: int, copy_type: str
) -> dict[int, str]:
    """Return the formulas of a column as they are where they are copied to."""
    if copy_type == "values":
        return {}
    return {
        place: moved(text, grid.row + place, row + place, grid.column + index, column + index)
        for place, text in cells.formulas.items()
    }


def _transposed(grid: CellGrid) -> CellGrid:
    """Return cells with rows as columns.

    Raises:
        NotImplementedError: there are formulas among them.
    """
    if any(column.formulas for column in grid.columns):
        raise NotImplementedError("Formulas are transposed in Excel only.")
    columns = []
    for row in range(grid.rows):
        kind = np.array([column.kind[row] for column in grid.columns], dtype=np.uint8)
        number = np.array(
            [np.nan if c.number is None else c.number[row] for c in grid.columns], dtype=np.float64
        )
        texts = np.empty(len(grid.columns), dtype=object)
        texts[:] = ["" if c.texts is None else c.texts[row] for c in grid.columns]
        columns.append(Written(kind, number, texts))
    return CellGrid(grid.row, grid.column, columns, grid.styles.T.copy())


def _turned(merged: Area, area: Area) -> Area:
    top, left = area.top + merged.left - area.left, area.left + merged.top - area.top
    return Area(top, left, top + merged.columns - 1, left + merged.rows - 1)


def _shifted(area: Area, down: int, right: int) -> Area:
    return Area(area.top + down, area.left + right, area.bottom + down, area.right + right)


def _rank(value: Any) -> tuple[int, Any]:
    """Return what Excel sorts by: numbers, texts in any case, FALSE and TRUE, errors, blanks."""
    if value is None:
        return _BLANK, ""
    if isinstance(value, bool):
        return 2, value
    if isinstance(value, float):
        return 0, value
    if isinstance(value, ErrorValue):
        return 3, ""
    return 1, str(value).casefold()

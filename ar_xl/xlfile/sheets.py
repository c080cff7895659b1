"""Worksheets of the file engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from xlwings import base_classes

from ar_xl.xlfile import structure
from ar_xl.xlfile.addresses import WHOLE_SHEET, Area
from ar_xl.xlfile.cells import Cells
from ar_xl.xlfile.columns import Block, WriteColumn
from ar_xl.xlfile.contents import Contents
from ar_xl.xlfile.enginecharts import Charts
from ar_xl.xlfile.enginetables import Tables
from ar_xl.xlfile.entering import put_formula
from ar_xl.xlfile.names import Names
from ar_xl.xlfile.notes import notes_of
from ar_xl.xlfile.ranges import Range
from ar_xl.xlfile.references import resolve
from ar_xl.xlfile.sheetview import FreezePanes, has_grid, selected
from ar_xl.xlfile.sheetview import PageSetup as SheetPageSetup
from ar_xl.xlfile.specs import PageSetup, StyleSpec, Validation
from ar_xl.xlfile.states import SheetState

if TYPE_CHECKING:
    from ar_xl.xlfile.books import Book


class Sheets(base_classes.Sheets):
    """The worksheets of a workbook.

    Args:
        book: it.
    """

    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def api(self) -> Sheets:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def active(self) -> Sheet:
        """The sheet that is shown."""
        return Sheet(self._book, self._book.contents.active)

    def __call__(self, name_or_index: int | str) -> Sheet:
        """Return a sheet by name or number."""
        contents = self._book.contents
        if isinstance(name_or_index, int):
            return Sheet(self._book, contents.sheets[name_or_index - 1])
        return Sheet(self._book, contents.sheet(name_or_index))

    def __len__(self) -> int:
        return len(self._book.contents.sheets)

    def __iter__(self) -> Iterator[Sheet]:
        for state in list(self._book.contents.sheets):
            yield Sheet(self._book, state)

    def __contains__(self, name: object) -> bool:
        return any(str(name).casefold() == s.name.casefold() for s in self._book.contents.sheets)

    def add(
        self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None
    ) -> Sheet:
        """Add an empty sheet and show it; before the sheet that is shown unless told where."""
        contents = self._book.contents
        if before is None and after is None:
            before = self.active
        made = name or self._free_name()
        contents.edit.add_sheet(
            made, before=before.name if before else None, after=after.name if after else None
        )
        place = len(contents.sheets)
        if before is not None:
            place = contents.sheets.index(before.state)
        elif after is not None:
            place = contents.sheets.index(after.state) + 1
        cells = Cells(contents.package, None, contents.pool, contents.styles.classes)
        cells.writes.note(WHOLE_SHEET)  # for formulas that were there before it
        state = SheetState(made, True, cells)
        contents.sheets.insert(place, state)
        contents.active = state
        contents.edit.set_active(made)
        return Sheet(self._book, state)

    def _free_name(self) -> str:
        number = len(self) + 1
        while f"Sheet{number}" in self:
            number += 1
        return f"Sheet{number}"


class Sheet(base_classes.Sheet):
    """A worksheet. It is its own `api`, with what xlwings lacks.

    Args:
        book: that it belongs to.
        state: what it is now.
    """

    is_of_file = True  # as its workbook
    book: Any = None

    def __init__(self, book: Book, state: SheetState) -> None:
        self.book = book
        self.state = state

    @property
    def api(self) -> Sheet:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def contents(self) -> Contents:
        """The workbook."""
        return self.book.contents

    @property
    def name(self) -> str:
        """What its tab says."""
        return self.state.name

    @name.setter
    def name(self, value: str) -> None:
        if value == self.state.name:
            return
        same = value.casefold() == self.state.name.casefold()
        if not same and value in Sheets(self.book):
            raise ValueError(f"The workbook already has a sheet named '{value}'.")
        structure.rename(self.contents, self.state, value)

    @property
    def index(self) -> int:
        """Its place among the worksheets, from 1."""
        return self.contents.sheets.index(self.state) + 1

    @property
    def names(self) -> Names:
        """The names that belong to it alone."""
        return Names(self.book, self.state)

    @property
    def visible(self) -> bool:
        """Whether its tab is shown."""
        return self.state.visible

    @visible.setter
    def visible(self, value: bool) -> None:
        if bool(value) != self.state.visible:
            structure.show(self.contents, self.state, bool(value))

    @property
    def cells(self) -> Range:
        """All its cells."""
        return Range(self, WHOLE_SHEET)

    @property
    def used_range(self) -> Range:
        """The rectangle of all cells with a value or a format; A1 where there are none."""
        return Range(self, self.state.cells.used() or Area(1, 1, 1, 1))

    @property
    def tables(self) -> Tables:
        """Its tables."""
        return Tables(self)

    @property
    def charts(self) -> Charts:
        """The charts that were drawn on it since the workbook was opened."""
        return Charts(self)

    @property
    def page_setup(self) -> SheetPageSetup:
        """What of it is printed."""
        return SheetPageSetup(self)

    @property
    def notes(self) -> list[Any]:
        """The notes of its cells."""
        return notes_of(self)

    @property
    def freeze_panes(self) -> FreezePanes:
        """What freezes its first rows and columns."""
        return FreezePanes(self)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """Return cells by reference, name, table, numbers or corners."""
        return resolve(self, arg1, arg2)

    def activate(self) -> None:
        """Show this sheet when the workbook is opened."""
        if self.contents.active is not self.state:
            self.contents.active = self.state
            self.contents.edit.set_active(self.name)

    def select(self) -> None:
        """Show this sheet when the workbook is opened."""
        self.activate()

    @property
    def selection(self) -> Range:
        """The cells that are selected on it."""
        return Range(self, selected(self))

    def clear_contents(self) -> None:
        """Empty all cells and keep their formats."""
        self.cells.clear_contents()

    def clear_formats(self) -> None:
        """Take all formats from the cells."""
        self.cells.clear_formats()

    def clear(self) -> None:
        """Empty all cells and take their formats."""
        self.cells.clear()

    def autofit(self, axis: str | None = None) -> None:
        """Make columns as wide as what they show, and rows as high; one of them where told."""
        self.used_range.autofit(axis)

    def copy(self, before: Sheet | None = None, after: Sheet | None = None) -> None:
        """Copy it with all that is on it beside a sheet of any workbook.

        Raises:
            CannotEdit: it holds what cannot be copied safely, such as a pivot table; or it goes
                into another workbook and needs what stays behind.
        """
        beside = before or after
        assert beside is not None, "xlwings names a neighbour"
        target = beside.contents
        if target is not self.contents:
            structure.check_alone(self.contents, self.state)
        made = target.copy_sheet(
            self.contents,
            self.state,
            before.name if before else None,
            after.name if after else None,
        )
        target.changed = True
        target.active = made
        target.edit.set_active(made.name)

    def move(self, before: Sheet | None = None, after: Sheet | None = None) -> None:
        """Put it before or after another sheet of the workbook."""
        beside = before or after
        assert beside is not None, "xlwings names a neighbour"
        structure.move(self.contents, self.state, beside.state, before is None)

    def delete(self) -> None:
        """Delete it with all that is on it; names that nothing uses become #REF!, as in Excel.

        Raises:
            ValueError: it is the last one that is shown.
            CannotEdit: something elsewhere refers to it, or it has parts that others share.
        """
        self._must_leave_others()
        structure.delete(self.contents, self.state)

    def remove(self) -> None:
        """Delete it to put another sheet of that name in its place: references stay."""
        self._must_leave_others()
        contents = self.contents
        contents.edit.remove_sheet(self.name)
        others = [state for state in contents.sheets if state is not self.state]
        contents.sheets = others
        contents.tables = [t for t in contents.tables if t.sheet is not self.state]
        contents.names = [pair for pair in contents.names if pair[1] is not self.state]
        contents.charts = [chart for chart in contents.charts if chart.sheet is not self.state]
        contents.changed = True
        self.state.gone = True
        if contents.active is self.state:
            contents.active = next(state for state in others if state.visible)

    def _must_leave_others(self) -> None:
        others = [state for state in self.contents.sheets if state is not self.state]
        if not any(state.visible for state in others):
            raise ValueError(f"'{self.name}' is the last visible sheet and cannot be deleted.")

    def objects(self) -> dict[str, int]:
        """Return how many drawings, notes, rules, links and the like lie on it."""
        found = self.contents.edit.objects(self.name)
        drawn = sum(chart.sheet is self.state for chart in self.contents.charts)
        return {**found, "drawn": found["drawn"] + drawn}

    def looks(self, area: Area) -> list[tuple[StyleSpec, int]]:
        """Return the formats of the cells of an area, and how many cells have each."""
        counts = np.bincount(self.state.cells.styles(area).ravel())
        spec = self.contents.styles.spec
        return [(spec(int(style)), int(counts[style])) for style in np.flatnonzero(counts)]

    def write_cells(self, rows: npt.NDArray[np.int64], column: int, values: WriteColumn) -> None:
        """Set one column at scattered rows, all counted from 1; text is always text."""
        self.contents.write_cells(self.state, rows, column, values)

    def rows_beside(
        self, earlier: Sheet, rows: npt.NDArray[np.int64], column: int, columns: int
    ) -> tuple[Block, bool]:
        """Return some rows as the file has them; and whether all others are those of `earlier`.

        Args:
            earlier: the same sheet in the file that this one was written from.
            rows: numbers of the rows, ascending.
            column: the first column.
            columns: how many.
        """
        before: Contents = earlier.contents
        return self.contents.rows_beside(self.name, before, rows, column, columns)

    def put_formula(self, row: int, column: int, formula: str, value: float | str | None) -> None:
        """Set a formula with the result that the caller computed for it; None if it is not known.

        Args:
            row: of the cell.
            column: of the cell.
            formula: with its equals sign, in Excel's English notation.
            value: number or text.
        """
        put_formula(self, row, column, formula, value)

    def freeze(self, row: int, column: int) -> None:
        """Freeze the rows above `row` and the columns left of `column`; 1, 1 unfreezes."""
        self.contents.edit.freeze(self.name, row, column)

    def page_setup_as(self, setup: PageSetup) -> None:
        """Set how it prints."""
        self.contents.edit.page_setup(self.name, setup)
        if setup.print_area is not None:
            self.page_setup.print_area = setup.print_area

    def protect(self, on: bool) -> None:
        """Refuse typing into its locked cells, or allow it again; there is no password."""
        self.contents.edit.protect(self.name, on)

    def color_tab(self, rgb: str) -> None:
        """Set the colour of its tab, "RRGGBB"."""
        self.contents.edit.tab_color(self.name, rgb)

    def validate(self, validation: Validation) -> None:
        """Say what may be typed into cells."""
        self.contents.edit.data_validation(self.name, validation)

    @property
    def show_gridlines(self) -> bool:
        """Whether the grid is shown on the screen."""
        shown = self.state.gridlines
        return has_grid(self) if shown is None else shown

    @show_gridlines.setter
    def show_gridlines(self, value: bool) -> None:
        self.state.gridlines = bool(value)
        self.contents.edit.show_gridlines(self.name, bool(value))

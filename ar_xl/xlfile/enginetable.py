"""An Excel table of the file engine, new or of the file.

What formulas elsewhere depend on (its name, a heading they name, its place) is changed only where
none does; all else as in Excel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from xlwings import base_classes

from ar_xl.xlfile.addresses import Area
from ar_xl.xlfile.appearance import change
from ar_xl.xlfile.enginefilters import AutoFilter, TableFilter
from ar_xl.xlfile.specs import StyleSpec
from ar_xl.xlfile.states import TableState
from ar_xl.xlfile.tablelines import TableColumns, TableRows
from ar_xl.xlfile.tablenames import check_name
from ar_xl.xlfile.tableshape import renamed, restyled
from ar_xl.xlfile.tablestate import (
    change_part,
    flags_of,
    given_headings,
    named_at,
    refuse_named,
    shape,
    unique_headings,
    write_headings,
)
from ar_xl.xlfile.tablexml import totals_formula
from ar_xl.xlfile.write_errors import CannotEdit

if TYPE_CHECKING:
    from ar_xl.xlfile.contents import Contents
    from ar_xl.xlfile.ranges import Range
    from ar_xl.xlfile.sheets import Sheet

range_of = range  # `Table.range` hides it


class Table(base_classes.Table):
    """A table. It is its own `api`, with what xlwings lacks.

    Args:
        sheet: where it stands.
        state: what it is now.
    """

    def __init__(self, sheet: Sheet, state: TableState) -> None:
        self._sheet = sheet
        self.state = state

    @property
    def api(self) -> Table:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def parent(self) -> Sheet:
        """The sheet it stands on."""
        return self._sheet

    def _range(self, area: Area | None) -> Range | None:
        from ar_xl.xlfile.ranges import Range

        return Range(self._sheet, area) if area else None

    @property
    def contents(self) -> Contents:
        """The workbook."""
        return self._sheet.contents

    @property
    def name(self) -> str:
        """What formulas call it."""
        return self.state.name

    @name.setter
    def name(self, value: str) -> None:
        if value == self.state.name:
            return
        if value.casefold() != self.state.name.casefold():
            check_name(self._sheet, value)
        place = None if self.state.new else named_at(self.contents, self.state.name, None)
        if place is not None:
            raise CannotEdit(
                f"The table {self.name} can be renamed in Excel only: "
                f"{place} names it in a formula."
            )
        change_part(self.contents, self.state, lambda text: renamed(text, value))
        self.state.name = value

    @property
    def display_name(self) -> str:
        """What formulas call it."""
        return self.state.name

    @display_name.setter
    def display_name(self, value: str) -> None:
        self.name = value

    @property
    def range(self) -> Range | None:
        """All its cells."""
        return self._range(self.state.area)

    @property
    def data_body_range(self) -> Range | None:
        """Its rows without heading and totals."""
        return self._range(self.state.body)

    @property
    def header_row_range(self) -> Range | None:
        """Its headings."""
        area = self.state.area
        return self._range(
            Area(area.top, area.left, area.top, area.right) if self.state.header else None
        )

    @property
    def totals_row_range(self) -> Range | None:
        """Its totals, None where it shows none."""
        area = self.state.area
        shown = self.state.totals is not None
        return self._range(Area(area.bottom, area.left, area.bottom, area.right) if shown else None)

    @property
    def insert_row_range(self) -> Range | None:
        """Its first row while it holds nothing, else None."""
        body = self.state.body
        if body is None or body.rows > 1:
            return None
        block = self._sheet.state.cells.block(body)
        return (
            None
            if any(c.kind.any() or c.formula.any() for c in block.columns)
            else (self._range(body))
        )

    def resize(self, range: Any) -> None:
        """Give it other cells, beginning with the same row and column.

        New columns are called what their first row says. A table of the file grows over nothing
        but empty cells, and fills its calculated columns down.

        Raises:
            CannotEdit: it would begin elsewhere, has totals, is left without a row, or formulas
                name a column that it would lose.
        """
        area, old = range.impl.area, self.state.area
        if area == old:
            return
        if (area.top, area.left) != (old.top, old.left) or area.rows < 1 + self.state.header:
            raise CannotEdit(
                f"The table {self.name} must go on beginning in {old.a1().partition(':')[0]}, "
                "with a row of data."
            )
        if self.state.totals is not None:
            raise CannotEdit(
                f"The table {self.name} has a totals row. Hide it, and run the command again."
            )
        bottom = area.bottom if self.state.new else min(area.bottom, old.bottom)
        self._reshape(Area(area.top, area.left, bottom, area.right))
        if area.bottom > bottom:
            self.contents.grow_table(self.state, area)
            self.state.area = area
        self.state.sheet.cells.writes.note(area.join(old))  # for formulas that use the table

    def _reshape(self, area: Area) -> None:
        """Take in or leave out columns at the right and rows at the bottom."""
        state, contents = self.state, self.contents
        before = len(state.headings)
        headings = state.headings[: area.columns]
        gone = state.headings[area.columns :]
        refuse_named(contents, state, gone, "Columns", "deleted")
        if area.columns > before:
            given = [""] * (area.columns - before)
            if state.header:
                added = Area(area.top, area.left + before, area.top, area.right)
                given, _ = given_headings(state.sheet, added)
            headings = unique_headings([*headings, *given])
        places = [place if place < before else None for place in range_of(len(headings))]
        state.headings, state.area = headings, area
        state.formulas = {n: f for n, f in state.formulas.items() if n < len(headings)}
        shape(contents, state, places)
        if state.header and area.columns > before:
            state.untidy = True

    @property
    def show_headers(self) -> bool:
        """Whether it has a heading row."""
        return self.state.header

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        state, area = self.state, self.state.area
        if bool(value) == state.header:
            return
        if value:
            row = Area(area.top - 1, area.left, area.top - 1, area.right)
            if row.top < 1 or not self._is_empty(row):
                raise CannotEdit(
                    f"The table {self.name} has no empty row above it for its headings."
                )
            write_headings(self.contents, state.sheet, row, state.headings)
            state.area, state.header = row.join(area), True
        else:
            refuse_named(self.contents, state, ["#Headers"], "The heading row", "hidden")
            state.header = False
            state.area = Area(area.top + 1, area.left, area.bottom, area.right)
            self.cells(Area(area.top, area.left, area.top, area.right)).clear_contents()
        shape(self.contents, state)

    def widen(self, here: Area) -> None:
        """Take in a column at the right end, whose cells are empty."""
        self._reshape(self.state.area.join(here))

    def _is_empty(self, area: Area) -> bool:
        block = self._sheet.state.cells.block(area)
        return not any(c.kind.any() or c.formula.any() for c in block.columns)

    @property
    def show_autofilter(self) -> bool:
        """Whether its headings have filter buttons."""
        return self.state.autofilter

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        if bool(value) != self.state.autofilter:
            if not value:
                self.autofilter.clear(None)  # no row stays hidden without its button
            self.state.autofilter = bool(value)
            shape(self.contents, self.state)

    @property
    def autofilter(self) -> AutoFilter:
        """What its rows are filtered by."""
        return AutoFilter(TableFilter(self._sheet, self.state))

    @property
    def show_table_style_row_stripes(self) -> bool:
        """Whether every other row is shaded."""
        return self.state.banded

    @show_table_style_row_stripes.setter
    def show_table_style_row_stripes(self, value: bool) -> None:
        self._restyle(banded=bool(value))

    @property
    def show_table_style_column_stripes(self) -> bool:
        """Whether every other column is shaded."""
        return self.state.column_stripes

    @show_table_style_column_stripes.setter
    def show_table_style_column_stripes(self, value: bool) -> None:
        self._restyle(column_stripes=bool(value))

    @property
    def show_table_style_first_column(self) -> bool:
        """Whether its first column looks different."""
        return self.state.first_column

    @show_table_style_first_column.setter
    def show_table_style_first_column(self, value: bool) -> None:
        self._restyle(first_column=bool(value))

    @property
    def show_table_style_last_column(self) -> bool:
        """Whether its last column looks different."""
        return self.state.last_column

    @show_table_style_last_column.setter
    def show_table_style_last_column(self, value: bool) -> None:
        self._restyle(last_column=bool(value))

    @property
    def table_style(self) -> str:
        """The name of its style, "" for none."""
        return self.state.style

    @table_style.setter
    def table_style(self, value: str) -> None:
        self._restyle(style=value or "")

    def _restyle(self, **changes: Any) -> None:
        for name, value in changes.items():
            setattr(self.state, name, value)
        style, flags = self.state.style, flags_of(self.state)
        change_part(self.contents, self.state, lambda text: restyled(text, style, flags))

    @property
    def show_totals(self) -> bool:
        """Whether it has a totals row."""
        return self.state.totals is not None

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        if bool(value) == self.show_totals:
            return
        area = self.state.area
        if value:
            self.set_totals({self.state.headings[0]: ("label", "Total")})
            return
        refuse_named(self.contents, self.state, ["#Totals"], "The totals row", "hidden")
        self.totals_row_range.clear()  # type: ignore[union-attr]  # it shows one
        self.state.totals = None
        self.state.area = Area(area.top, area.left, area.bottom - 1, area.right)
        shape(self.contents, self.state)

    def set_totals(self, totals: Mapping[str, tuple[str, str | float]]) -> None:
        """Give it a totals row, or change the one it has.

        Args:
            totals: by heading ("label", text), or the name of a function ("sum", "count", ...)
                and the result of it, which the formula in the cell carries until Excel calculates.

        Raises:
            CannotEdit: there is something in the row below the table.
            KeyError: the table has no such heading.
        """
        state, sheet = self.state, self._sheet
        area = state.area
        if state.totals is None:
            area = Area(area.top, area.left, area.bottom + 1, area.right)
            if not self._is_empty(Area(area.bottom, area.left, area.bottom, area.right)):
                raise CannotEdit(f"The row below the table {self.name} is not empty.")
        written: dict[str, str] = dict(state.totals or {})
        for heading, (what, shown) in totals.items():
            column = area.left + state.headings.index(heading)
            if what == "label":
                text = np.array([str(shown)], dtype=object)
                sheet.contents.write_columns(sheet.state, area.bottom, column, [text])
                written[heading] = str(shown)
                continue
            formula = totals_formula(self.name, heading, what)
            sheet.put_formula(area.bottom, column, formula, shown)
            written[heading] = what
            self._show_as_above(area.bottom, column)
        state.area, state.totals = area, written
        shape(self.contents, state)

    def _show_as_above(self, row: int, column: int) -> None:
        """Give a total the number format of the amounts above it, where it has none."""
        sheet, styles = self._sheet, self._sheet.contents.styles
        above, total = sheet.state.cells.styles(Area(row - 1, column, row, column))[:, 0].tolist()
        shown = styles.number_format(above)
        if styles.number_format(total) == "General" != shown:
            change(sheet, Area(row, column, row, column), StyleSpec(number_format=shown))

    # Rows and columns

    def cells(self, area: Area) -> Range:
        """Return cells of the sheet it stands on."""
        from ar_xl.xlfile.ranges import Range

        return Range(self._sheet, area)

    @property
    def rows(self) -> TableRows:
        """Its rows of data."""
        return TableRows(self)

    @property
    def columns(self) -> TableColumns:
        """Its columns."""
        return TableColumns(self)

    def sort(self, keys: Sequence[int], ascending: Sequence[bool]) -> None:
        """Sort its rows of data; see `RangeActions.sort`."""
        body = self.data_body_range
        if body is not None:
            body.sort(keys, ascending, False)

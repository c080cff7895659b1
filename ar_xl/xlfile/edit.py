"""All changes to a workbook until it is saved.

The engine calls this; nothing here touches the file on disk. Rows and columns count from 1.
Sheets go by their name, tables by theirs. What is wrong is refused at the call where it can be
seen there, else by `write`, always before the old file is replaced.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from ar_xl.xlfile.columns import WriteColumn
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.specs import ChartSpec, PageSetup, StyleSpec, TableSpec, Validation


class Edit:
    """The changes made to one workbook since it was opened."""

    def __init__(self, package: Package) -> None:
        raise NotImplementedError

    @property
    def changed(self) -> bool:
        """Whether anything would differ from the file that was opened."""
        raise NotImplementedError

    def set_block(
        self,
        sheet: str,
        row: int,
        column: int,
        columns: Sequence[WriteColumn],
        styles: Sequence[int | None] | None = None,
    ) -> None:
        """Set a rectangle of cells from typed columns.

        Existing cells keep their format unless `styles` gives one for the column; new cells take
        the row's or column's. NaN and "" empty a cell. Text is always text, never a formula.
        """
        raise NotImplementedError

    def set_formula(
        self,
        sheet: str,
        row: int,
        column: int,
        formula: str,
        value: float | str | None,
        style: int | None = None,
    ) -> None:
        """Set a formula ("=SUM(A1:A9)", en-US) with the result computed for it by the caller."""
        raise NotImplementedError

    def set_style(
        self,
        sheet: str,
        row: int,
        column: int,
        rows: int,
        columns: int,
        style: int | Sequence[Sequence[int | None]],
    ) -> None:
        """Set the format of a rectangle: one id, or a grid of ids (None leaves a cell's)."""
        raise NotImplementedError

    def set_column(
        self,
        sheet: str,
        column: int,
        width: float | None = None,
        style: int | None = None,
        hidden: bool | None = None,
        last: int | None = None,
    ) -> None:
        """Set width (in characters), format of untouched cells or visibility of whole columns."""
        raise NotImplementedError

    def set_row(
        self, sheet: str, row: int, height: float | None = None, hidden: bool | None = None
    ) -> None:
        """Set a row's height in points, or its visibility."""
        raise NotImplementedError

    def merge(self, sheet: str, ref: str) -> None:
        """Merge cells."""
        raise NotImplementedError

    def freeze(self, sheet: str, row: int, column: int) -> None:
        """Freeze the rows above `row` and the columns left of `column`; 1, 1 unfreezes."""
        raise NotImplementedError

    def show_gridlines(self, sheet: str, shown: bool) -> None:
        """Show or hide the grid on the screen."""
        raise NotImplementedError

    def page_setup(self, sheet: str, setup: PageSetup) -> None:
        """Set how the sheet prints."""
        raise NotImplementedError

    def tab_color(self, sheet: str, rgb: str) -> None:
        """Set the colour of the sheet's tab, as "RRGGBB"."""
        raise NotImplementedError

    def data_validation(self, sheet: str, validation: Validation) -> None:
        """Add a validation."""
        raise NotImplementedError

    def add_sheet(self, name: str, before: str | None = None, after: str | None = None) -> None:
        """Add an empty sheet; at the end unless a neighbour is given."""
        raise NotImplementedError

    def rename_sheet(self, sheet: str, name: str) -> None:
        """Rename a sheet that was added in this edit; others are refused."""
        raise NotImplementedError

    def remove_sheet(self, sheet: str) -> None:
        """Remove a sheet and the parts that belong to it alone."""
        raise NotImplementedError

    def set_active(self, sheet: str) -> None:
        """Make this the sheet that is shown when the workbook opens."""
        raise NotImplementedError

    def set_name(
        self, name: str, refers_to: str, sheet: str | None = None, hidden: bool = False
    ) -> None:
        """Define a name, for one sheet or for the workbook; replaces one that is there."""
        raise NotImplementedError

    def remove_name(self, name: str, sheet: str | None = None) -> None:
        """Remove a defined name."""
        raise NotImplementedError

    def add_table(self, sheet: str, table: TableSpec) -> None:
        """Make a table of cells; the caller has written headings and totals into the cells."""
        raise NotImplementedError

    def resize_table(self, table: str, ref: str) -> None:
        """Grow a table downwards (its heading row stays), copying calculated columns down.

        Refused when content below would be swallowed or a totals row is in the way.
        """
        raise NotImplementedError

    def add_chart(self, sheet: str, chart: ChartSpec) -> None:
        """Draw a chart on a sheet."""
        raise NotImplementedError

    def style(self, spec: StyleSpec, base: int | None = None) -> int:
        """Return the id of a format: `base` (0 where None) with the changes of `spec`."""
        raise NotImplementedError

    def style_spec(self, style: int) -> StyleSpec:
        """Return what a format id means."""
        raise NotImplementedError

    def write(self, target: Path | BinaryIO) -> None:
        """Write the changed workbook; untouched members are copied byte for byte."""
        raise NotImplementedError

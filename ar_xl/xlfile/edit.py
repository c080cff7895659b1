"""All changes to a workbook until it is saved.

The engine calls this; nothing here touches the file on disk. Rows and columns count from 1.
Sheets go by their name, tables by theirs. What is wrong is refused at the call where it can be
seen there, else by `write`, always before the old file is replaced.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.addresses import Area, parse_area
from ar_xl.xlfile.around import AroundCells
from ar_xl.xlfile.columns import WriteColumn
from ar_xl.xlfile.draft import Draft
from ar_xl.xlfile.editcharts import place_chart
from ar_xl.xlfile.editsheets import SheetList
from ar_xl.xlfile.edittables import TableEdits
from ar_xl.xlfile.errors import SharedWorkbook, SignedWorkbook
from ar_xl.xlfile.filekinds import main_type
from ar_xl.xlfile.formulatext import in_file
from ar_xl.xlfile.overlay import Overlay
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.patch import CellColumn, Operation
from ar_xl.xlfile.payloads import Constant, Payloads, Scattered, array_payload, formula_payload
from ar_xl.xlfile.sheetobjects import objects_of
from ar_xl.xlfile.specs import ChartSpec, StyleSpec, TableSpec
from ar_xl.xlfile.stylesheet import NEW_STYLES, StyleSheet
from ar_xl.xlfile.tableparts import TablePart
from ar_xl.xlfile.transplant import Ground, transplant
from ar_xl.xlfile.write_errors import CannotEdit

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


class Edit(AroundCells):
    """The changes made to one workbook since it was opened.

    Args:
        package: the opened file.

    Raises:
        SignedWorkbook: any change would break its signature.
        SharedWorkbook: every change would have to be logged in it.
    """

    def __init__(self, package: Package) -> None:
        if any(rel.kind == "origin" for rel in package.rels("")):
            raise SignedWorkbook()
        if any(rel.kind == "revisionHeaders" for rel in package.rels(package.workbook_part)):
            raise SharedWorkbook()
        self.package = package
        self._draft = Draft(package)
        self._sheets = SheetList(self._draft)
        self._tables = TableEdits(self._draft, self._sheets)

    @property
    def changed(self) -> bool:
        """Whether anything would differ from the file that was opened."""
        return self._draft.changed or self._sheets.changed or self._new_styles

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

        Args:
            sheet: name of the sheet.
            row: of the first cell.
            column: of the first cell.
            columns: of one length. Object arrays may also mix texts, numbers, bools, None and
                `payloads.ErrorValue`.
            styles: a format id or None for each column.

        Raises:
            SheetFull: it reaches beyond a sheet's last row or column.
            TextTooLong: over 32,767 characters.
            CannotEdit: an infinite number, or no worksheet of that name.
        """
        made = [Payloads(values) for values in columns]
        if not made or not made[0].length:
            return
        lengths = {payloads.length for payloads in made}
        assert len(lengths) == 1, lengths
        given = styles if styles is not None else [None] * len(made)
        cells = [CellColumn(payloads, style) for payloads, style in zip(made, given, strict=True)]
        self._cells(sheet).cells.add(Operation(row, column, made[0].length, cells))

    def set_scattered(
        self,
        sheet: str,
        rows: npt.NDArray[np.int64],
        column: int,
        columns: Sequence[WriteColumn],
    ) -> None:
        """Set cells in rows here and there; the rows between them stay as they are.

        Args:
            sheet: name of the sheet.
            rows: ascending, each once.
            column: of the first cells.
            columns: one value for each of `rows`; as in `set_block`.

        Raises:
            XlFileError: as `set_block`.
        """
        if not len(rows):
            return
        assert (np.diff(rows) > 0).all(), "the rows do not ascend"
        places = np.asarray(rows, dtype=np.int64) - int(rows[0])
        cells = [CellColumn(Scattered(values, places), None) for values in columns]
        first, last = int(rows[0]), int(rows[-1])
        self._cells(sheet).cells.add(Operation(first, column, last - first + 1, cells))

    def set_formula(
        self,
        sheet: str,
        row: int,
        column: int,
        formula: str,
        value: float | str | None,
        style: int | None = None,
    ) -> None:
        """Set a formula ("=SUM(A1:A9)", en-US) with the result computed for it by the caller.

        Raises:
            CannotEdit: its result would fill several cells, or it is too long.
        """
        content = Constant(formula_payload(in_file(formula), value), 1)
        self._cells(sheet).cells.add(Operation(row, column, 1, [CellColumn(content, style)]))

    def set_array(self, sheet: str, area: Area, formula: str) -> None:
        """Set a formula that fills several cells at once; its results are not known.

        Raises:
            CannotEdit: as `set_formula`.
        """
        content = array_payload(in_file(formula), area.a1())
        cells = [CellColumn(Constant(content, 1), None)]
        self._cells(sheet).cells.add(Operation(area.top, area.left, 1, cells))

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
        if isinstance(style, int):
            cells = [CellColumn(None, style)] * columns
        else:
            assert len(style) == rows, (len(style), rows)
            cells = [CellColumn(None, list(ids)) for ids in zip(*style, strict=True)]
            assert len(cells) == columns, (len(cells), columns)
        self._cells(sheet).cells.add(Operation(row, column, rows, cells))

    @property
    def sheet_names(self) -> list[str]:
        """The names of all sheets, those without cells too, from left to right."""
        return [line.name for line in self._sheets.book.sheets]

    def add_sheet(self, name: str, before: str | None = None, after: str | None = None) -> None:
        """Add an empty sheet; at the end unless a neighbour is given.

        Raises:
            CannotEdit: the name is taken, or none that Excel allows.
        """
        self._sheets.add(name, before, after)

    def objects(self, sheet: str) -> Counter[str]:
        """Count what lies on a sheet besides its cells and tables, by the file's names for it."""
        tail = self.around(sheet)[1]
        return objects_of(self._draft, self._cells(sheet).part, tail)

    def copy_sheet(
        self,
        source: Edit,
        sheet: str,
        name: str,
        before: str | None = None,
        after: str | None = None,
    ) -> tuple[Package, str, list[TablePart]]:
        """Copy a sheet with its formats, tables, notes and validations; at the end unless told.

        Args:
            source: the workbook that it is in: this one or another.
            sheet: its name there.
            name: the name that the copy gets.
            before, after: its neighbour here.

        Returns:
            Where the copy can be read before it is saved, its part there, and its tables.

        Raises:
            CannotEdit: the name is taken, or the sheet holds what cannot be copied.
        """
        made, tables = transplant(source._ground, sheet, self._ground, name, before, after)
        seen = Overlay(self.package, made.part, made.base.encode())
        return seen, made.part, tables

    @property
    def _ground(self) -> Ground:
        return Ground(self._draft, self._sheets, self._tables, self._styles)

    def rename_sheet(self, sheet: str, name: str) -> None:
        """Rename a sheet; formulas, names, charts and all else that refers to it follow.

        Raises:
            CannotEdit: the name is taken or none that Excel allows; or it cannot be told what
                refers to the sheet, as other changes wait to be written.
        """
        self._sheets.rename(sheet, name)

    @property
    def sheets(self) -> SheetList:
        """The list of sheets, for what changes the list alone."""
        return self._sheets

    def remove_sheet(self, sheet: str, lost: bool = False) -> None:
        """Remove a sheet and the parts that belong to it alone.

        Args:
            sheet: its name.
            lost: names that refer to it become #REF!; else the caller puts another in its place.

        Raises:
            CannotEdit: it is the last one that can be seen, or other things depend on it.
        """
        self._tables.forget(self._sheets.remove(sheet, lost))

    @property
    def shown(self) -> str:
        """The name of the sheet that is shown when the workbook opens."""
        return self._sheets.book.active.name

    def set_active(self, sheet: str) -> None:
        """Make this the sheet that is shown when the workbook opens."""
        self._sheets.set_active(sheet)

    def set_name(
        self, name: str, refers_to: str, sheet: str | None = None, hidden: bool = False
    ) -> None:
        """Define a name, for one sheet or for the workbook; replaces one that is there.

        Args:
            name: without a sheet.
            refers_to: with or without "=", cells with their sheet: "Sheet1!$A$1".
            sheet: the one it belongs to.
            hidden: not shown in Excel's name manager.

        Raises:
            CannotEdit: it is longer than Excel allows.
        """
        self._sheets.set_name(name, refers_to, sheet, hidden)

    def remove_name(self, name: str, sheet: str | None = None) -> None:
        """Remove a defined name, if there is one."""
        self._sheets.remove_name(name, sheet)

    def add_table(self, sheet: str, table: TableSpec) -> None:
        """Make a table of cells; the caller has written headings and totals into the cells.

        Raises:
            CannotEdit: its name is taken or no name, its headings do not fit, or it overlaps
                another table.
        """
        self._tables.add(self._cells(sheet), table)

    def resize_table(self, table: str, ref: str) -> None:
        """Grow a table downwards (its heading row stays), copying calculated columns down.

        Cells of the new rows without a format take that of the last row of data.

        Raises:
            CannotEdit: a totals row or another table is in the way, or the columns would change.
                Content below that would be swallowed is refused by `write`.
        """
        self._tables.resize(table, parse_area(ref))

    def change_table(self, table: str, change: Callable[[str], str]) -> None:
        """Change the part of a table; the caller sees to its cells.

        Args:
            table: its name.
            change: takes the part in plain form and returns it changed.

        Raises:
            CannotEdit: it would have a name that is none, or overlap another table.
        """
        self._tables.change(table, change)

    def table_text(self, table: str) -> str:
        """Return the part of a table as it will be, in plain form."""
        return self._tables.text(table)

    def add_chart(self, sheet: str, chart: ChartSpec) -> None:
        """Draw a chart on a sheet."""
        place_chart(self._draft, self._cells(sheet), chart)

    def style(self, spec: StyleSpec, base: int | None = None) -> int:
        """Return the id of a format: `base` (0 where None) with the changes of `spec`."""
        return self._styles.add(spec, base)

    @property
    def style_count(self) -> int:
        """How many formats there are."""
        return len(self._styles)

    def difference(self, look: str) -> int:
        """Return the number of how cells look that a conditional format or table style changes."""
        return self._styles.difference(look)

    def style_spec(self, style: int) -> StyleSpec:
        """Return what a format id means."""
        return self._styles.spec(style)

    def set_kind(self, suffix: str | None) -> None:
        """Make the main part what the suffix of a file's name promises; as it was where None.

        Raises:
            CannotSave: such a file cannot be written here, or cannot hold the macros.
        """
        part = self.package.workbook_part
        macros = self.package.part_of_kind("vbaProject") is not None
        kind = main_type(suffix, macros) if suffix is not None else self.package.content_type(part)
        self._draft.set_type(part, kind)

    def copied(self) -> Iterator[str]:
        """Yield the names of the parts that are written as they are in the opened file."""
        return self._draft.copied()

    def write(self, target: Path | BinaryIO) -> None:
        """Write the changed workbook; untouched members are copied byte for byte.

        Args:
            target: a path other than the opened file's (see `save.save` for that), or a seekable
                file open for writing.

        Raises:
            XlFileError: a change is not possible; what was written so far is no workbook.
        """
        if isinstance(target, Path):
            if target.exists() and target.samefile(self.package.path):
                raise CannotEdit("A workbook cannot be written over the file it is read from.")
            with target.open("wb") as file:
                self.write(file)
            return
        self._sheets.finish()
        if self._new_styles:
            self._draft.set_text(self._styles_part, self._styles.text())
        self._draft.write(target)

    @property
    def _new_styles(self) -> bool:
        return "_styles" in self.__dict__ and self._styles.changed

    @cached_property
    def _styles_part(self) -> str:
        part = self.package.part_of_kind("styles")
        if part is None:
            usual = "xl/styles.xml"
            name = "xl/styles{}.xml" if self._draft.has(usual) else usual
            part = self._draft.new_part(name, _STYLES_TYPE)
            self._draft.set_text(part, NEW_STYLES)
            self._draft.add_rel(self.package.workbook_part, "styles", part)
        return part

    @cached_property
    def _styles(self) -> StyleSheet:
        return StyleSheet(self._draft.text(self._styles_part))

"""An open workbook: the file, the changes to it, and its sheets, tables and charts as they are now.

The engine's classes are thin views of this. New tables and charts are kept here until the workbook
is saved, so that they can be changed as freely as in Excel.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.addresses import WHOLE_SHEET, Area, column_letters, quote_sheet
from ar_xl.xlfile.appearance import Styles
from ar_xl.xlfile.cells import Cells, Patch, StaleFormula, Written, written
from ar_xl.xlfile.chartsource import chart_spec
from ar_xl.xlfile.columns import Block, CellKind, ColumnBlock, WriteColumn
from ar_xl.xlfile.copied import check_written
from ar_xl.xlfile.edit import Edit
from ar_xl.xlfile.errors import XlFileError
from ar_xl.xlfile.package import DefinedName, Package
from ar_xl.xlfile.save import save
from ar_xl.xlfile.somerows import read_beside
from ar_xl.xlfile.staleness import Freshness
from ar_xl.xlfile.states import ChartState, SheetState, TableState, kept_tables, table_state
from ar_xl.xlfile.strings import Pool
from ar_xl.xlfile.tablestate import finish_table, keep_headings, write_headings

_LONGEST_NAME = 31  # of a sheet
_ACTIVE_TAB = re.compile(rb'<(?:\w+:)?workbookView[^>]*\sactiveTab="(\d+)"')


class Contents:
    """An open workbook.

    Args:
        path: of the file.

    Raises:
        XlFileError: the file cannot be read; see its kinds.
    """

    def __init__(self, path: Path) -> None:
        self.changed = False
        self.name_times: dict[str, int] = {}  # when names were changed, in small letters
        self.freshness = Freshness(self)
        self.charts: list[ChartState] = []
        self.tables: list[TableState] = []
        self._tidy: Callable[[], object] = lambda: None
        self._load(path)
        active = _ACTIVE_TAB.search(self.package.read(self.package.workbook_part))
        tab = int(active[1]) if active else 0
        names = [sheet.name for sheet in self.package.sheets]
        shown = [s for s in self.sheets if tab < len(names) and s.name == names[tab]]
        self.active = (shown or self.sheets)[0]

    def _load(
        self, path: Path, known: Sequence[SheetState] = (), stored: Path | None = None
    ) -> None:
        self.path = path
        self.package = Package.open(stored or path)
        if stored is None:
            self.fingerprint = self.package.fingerprint
        self.edit = Edit(self.package)
        self.pool = Pool(self.package)
        self.styles = Styles(self.package, self.edit)
        by_name = {state.name: state for state in known}
        self.sheets: list[SheetState] = []
        by_part: dict[str, SheetState] = {}
        for entry in self.package.worksheets:
            cells = Cells(self.package, entry.part, self.pool, self.styles.classes)
            state = by_name.get(entry.name)
            if state is None:
                state = SheetState(entry.name, entry.state == "visible", cells)
            cells.given, cells.writes = state.cells.given_results(), state.cells.writes
            state.forget_changes()
            state.cells = cells
            self.sheets.append(state)
            by_part[entry.part] = state
        read = [table_state(by_part[t.sheet_part], t) for t in self.package.tables]
        self.tables = kept_tables(self.tables, read)
        self.names: list[tuple[DefinedName, SheetState | None]] = []
        all_sheets = self.package.sheets
        for name in self.package.defined_names:
            entry_of = None if name.sheet_index is None else all_sheets[name.sheet_index].part
            self.names.append((name, by_part.get(entry_of) if entry_of else None))

    def _reload(self, path: Path) -> None:
        """Begin again with the file as it was just saved; sheets stay the objects they are."""
        active = self.active.name
        self._load(path, self.sheets)
        self._tidy()
        self.charts = []
        self.active = next((s for s in self.sheets if s.name == active), self.sheets[0])

    def go_on_from(self, stored: Path) -> None:
        """Begin again with the changes so far, written to a temporary file; nothing is saved.

        Args:
            stored: that file; it is removed when it is not needed any more.
        """
        active = self.active
        self._load(self.path, self.sheets, stored)
        self._tidy()
        self._tidy = weakref.finalize(self, _remove, stored)
        self.charts = []
        self.active = active if active in self.sheets else self.sheets[0]

    def copy_sheet(
        self, source: Contents, sheet: SheetState, before: str | None, after: str | None
    ) -> SheetState:
        """Copy a sheet of this or another workbook, as it is now; see `Edit.copy_sheet`.

        Args:
            source: the workbook it is in.
            sheet: it.
            before, after: the name of the neighbour that the copy gets here; one of them.
        """
        source.finish()
        name = self._free_name(sheet.name)
        package, part, tables = self.edit.copy_sheet(
            source.edit, sheet.name, name, before=before, after=after
        )
        self.styles.learn()
        cells = Cells(package, part, self.pool, self.styles.classes)
        if source.changed:  # results that are out of date there are so here
            cells.writes.note(WHOLE_SHEET)
        made = SheetState(name, True, cells)
        beside = [state.name for state in self.sheets].index(before or after or "")
        self.sheets.insert(beside + (before is None), made)
        self.tables += [table_state(made, table) for table in tables]
        for of_copy, refers_to in self.edit.sheets.names_of(name):
            self.names.append((DefinedName(of_copy, refers_to, None, False), made))
        return made

    def show(self, name: str) -> None:
        """Show a sheet when the workbook is opened, be it one without cells."""
        self.active = next((state for state in self.sheets if state.name == name), self.active)
        self.edit.set_active(name)

    def _free_name(self, wanted: str) -> str:
        """Return the name that Excel gives to the copy of a sheet."""
        taken = {sheet.name.casefold() for sheet in self.package.sheets}
        taken |= {state.name.casefold() for state in self.sheets}
        name, number = wanted, 1
        while name.casefold() in taken:
            number += 1
            mark = f" ({number})"
            name = wanted[: _LONGEST_NAME - len(mark)] + mark
        return name

    def finish(self) -> None:
        """Hand to the edit what was kept for saving: new tables and charts."""
        for table in self.tables:
            if table.new:
                finish_table(self, table)
            elif table.untidy:
                table.untidy = False
                write_headings(self, table.sheet, table.area, table.headings)
        while self.charts:
            self.edit.add_chart(self.charts[0].sheet.name, chart_spec(self.charts[0]))
            del self.charts[0]

    def save(
        self,
        path: Path | None = None,
        verify: Callable[[Path], None] | None = None,
        by: str = "",
    ) -> Path | None:
        """Save and go on with what was saved. The caller holds the lock of what is written.

        Args:
            path: where to; None where the workbook came from.
            verify: looks at the new file before it takes the old one's place.
            by: the command that saves; the backup's name tells it.

        Returns:
            The backup of the file that was replaced, None where there was none.
        """
        self.finish()
        out = None if path is None or path.resolve() == self.path.resolve() else path
        self.edit.set_kind(out.suffix if out else None)
        before, expected = self.package, self.fingerprint

        def whole(new: Path) -> None:
            check_written(Package.open(new), before, set(self.edit.copied()))

        backup = save(self.edit, self.path, out, expected=expected, verify=verify or whole, by=by)
        try:
            self._reload(out or self.path)
        except (OSError, XlFileError):
            # It was saved; whoever goes on is told that the file changed.
            self.package, self.fingerprint = before, expected
        return backup

    def put(self, sheet: SheetState, patch: Patch) -> None:
        """Keep cells that were written; from now on results of formulas may be out of date.

        Raises:
            CannotEdit: a heading of a table would change that formulas name.
        """
        sheet.cells.put(patch)
        self.changed = True
        for table in self.tables:
            area = table.area
            headings = Area(area.top, area.left, area.top, area.right)
            known = table.sheet is sheet and table.header and not table.new
            if known and headings.meet(patch.area):
                keep_headings(self, table)

    def sheet(self, name: str) -> SheetState:
        """Return a sheet by its name, in any case; KeyError where there is none."""
        for state in self.sheets:
            if state.name.casefold() == name.casefold():
                return state
        raise KeyError(f"The workbook has no sheet named '{name}'.")

    def table(self, name: str) -> TableState | None:
        """Return a table by its name, in any case, None where there is none."""
        for table in self.tables:
            if table.name.casefold() == name.casefold():
                return table
        return None

    def read(self, sheet: SheetState, area: Area) -> Block:
        """Return the cells of an area.

        Raises:
            StaleFormula: one of them is a formula whose result is not known any more.
        """
        block = sheet.cells.block(area)
        for column in range(area.left, area.right + 1):
            doubtful = self._doubtful(sheet, area, column, block.columns[column - area.left])
            if doubtful.any():
                row = area.top + int(np.argmax(doubtful))
                raise StaleFormula(f"{quote_sheet(sheet.name)}!{column_letters(column)}{row}")
        return block

    def _doubtful(
        self, sheet: SheetState, area: Area, column: int, cells: ColumnBlock
    ) -> npt.NDArray[np.bool_]:
        """Return which cells of a column are results of formulas that may no longer be true."""
        if not self.changed:
            return np.zeros(area.rows, dtype=bool)
        return self.freshness.doubtful(sheet, area, column, cells.formula)

    def read_columns(
        self, sheet: SheetState, area: Area, columns: Sequence[int] | None = None
    ) -> Block:
        """Return columns of an area; a formula whose result is not known any more comes empty.

        Args:
            sheet: where.
            area: of the sheet.
            columns: only these columns of the area, counted from 0, in this order.
        """
        wanted = range(area.columns) if columns is None else columns
        block = sheet.cells.block(area, columns)
        for place, index in enumerate(wanted):
            column = area.left + index
            doubtful = self._doubtful(sheet, area, column, block.columns[place])
            if doubtful.any():
                block.columns[place] = _emptied(block.columns[place], doubtful)
        return block

    def release(self) -> None:
        """Let go of all values that were read, to have the memory for other things."""
        for state in self.sheets:
            state.cells.forget()
        self.pool.clear()

    def written_from(self, earlier: Contents) -> None:
        """Say that this file was written from another, so that texts are not read twice."""
        self.pool.take_over(earlier.pool)

    def rows_beside(
        self, sheet: str, earlier: Contents, rows: npt.NDArray[np.int64], column: int, columns: int
    ) -> tuple[Block, bool]:
        """Return some rows of a sheet as the file has them; and whether all others are as before.

        Args:
            sheet: its name, in both files.
            earlier: the file that this one was written from, as it was opened.
            rows: numbers of the rows, ascending.
            column: the first column.
            columns: how many.
        """
        before = earlier.package, earlier.part_of(sheet)
        here = self.package, self.part_of(sheet)
        return read_beside(*here, before, rows, column - 1, columns, self.pool)

    def check(self, earlier: Contents, but: Collection[str] = ()) -> None:
        """Read every part of the file: against its checksum, copied parts against the original.

        Args:
            earlier: the workbook that this file was written from, its changes not yet saved.
            but: names of sheets that were read already.

        Raises:
            DamagedWorkbook: a part is not what it should be.
        """
        read = {self.part_of(sheet) for sheet in but}
        check_written(self.package, earlier.package, set(earlier.edit.copied()), read)

    def part_of(self, sheet: str) -> str:
        """Return the part of a sheet of the file."""
        return next(entry.part for entry in self.package.worksheets if entry.name == sheet)

    def grow_table(self, table: TableState, area: Area) -> None:
        """Give a table of the file more rows; its calculated columns are filled down."""
        self.edit.resize_table(table.name, area.a1())
        table.sheet.cells.writes.note(area)
        first, rows = table.area.bottom + 1, area.bottom - table.area.bottom
        for place, formula in table.formulas.items():
            column = area.left + place
            filled = Written(
                np.zeros(rows, dtype=np.uint8), formulas=dict.fromkeys(range(rows), formula)
            )
            table.sheet.cells.put(Patch(Area(first, column, area.bottom, column), [filled]))
        self.changed = True

    def write_columns(
        self, sheet: SheetState, row: int, column: int, columns: Sequence[WriteColumn]
    ) -> None:
        """Set typed columns of one length, the first cell at (row, column)."""
        rows = len(columns[0]) if columns else 0
        if not rows:
            return
        if any(len(values) != rows for values in columns):
            raise ValueError("The columns to write are not of one length.")
        area = Area(row, column, row + rows - 1, column + len(columns) - 1)
        self.put(sheet, Patch(area, [written(values) for values in columns]))
        self.edit.set_block(sheet.name, row, column, columns)

    def write_cells(
        self, sheet: SheetState, rows: npt.NDArray[np.int64], column: int, values: WriteColumn
    ) -> None:
        """Set one column at scattered rows.

        Args:
            sheet: where.
            rows: numbers of the rows, each once.
            column: number of the column.
            values: one a row.
        """
        if not len(rows):
            return
        if len(rows) != len(values):
            raise ValueError("There are not as many values as rows to write.")
        order = np.argsort(rows, kind="stable")
        places = np.asarray(rows, dtype=np.int64)[order]
        if (np.diff(places) == 0).any():
            raise ValueError("A row is to be written twice.")
        is_text = not isinstance(values, np.ndarray) or values.dtype == object
        ordered = np.asarray(values, dtype=object if is_text else np.float64)[order]
        area = Area(int(places[0]), column, int(places[-1]), column)
        self.put(sheet, Patch(area, [written(ordered)], places))
        self.edit.set_scattered(sheet.name, places, column, [ordered])


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def _emptied(column: ColumnBlock, which: npt.NDArray[np.bool_]) -> ColumnBlock:
    """Return a column with some cells blank, which go on being formulas."""
    return replace(
        column,
        kind=np.where(which, np.uint8(CellKind.BLANK), column.kind),
        number=np.where(which, np.nan, column.number),
        text=np.where(which, np.int32(-1), column.text),
    )

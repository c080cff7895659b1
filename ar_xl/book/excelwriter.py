"""Writing all changes of a command into a workbook that is open in Excel, in few calls.

The rows that several batches add to one table go in as one block, and so do neighbouring columns
of the same rows. What stood there is noted first, so that all of it can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ar_xl.book.addresses import address
from ar_xl.book.blocks import WriteColumn
from ar_xl.book.cellvalues import cell_column
from ar_xl.book.excel import Work
from ar_xl.book.excelblocks import Values, is_text
from ar_xl.book.excelwriting import fill, overwrite
from ar_xl.book.layout import Layout, Place
from ar_xl.book.writer import cells_of, changed_cells, insist_on_room, runs
from ar_xl.core.arrays import IntArray
from ar_xl.core.frames import Frame, concat
from ar_xl.core.ledger import Change, Derived, Ledger
from ar_xl.core.schema import Kind


@dataclass
class _Cells:
    """New values of one column at some rows; of two for one row the later holds."""

    rows: IntArray
    values: WriteColumn

    def then(self, later: _Cells) -> _Cells:
        """These values, and later ones over them."""
        kept = ~np.isin(self.rows, later.rows)
        rows = np.concatenate([self.rows[kept], later.rows])
        order = np.argsort(rows, kind="stable")
        both = np.concatenate([_array(self.values)[kept], _array(later.values)])
        return _Cells(rows[order], both[order])


@dataclass
class _Plan:
    """What is to be written, put together from all changes.

    Args:
        added: rows below a table, by its name.
        cells: new values by table and column number.
    """

    added: dict[str, list[Frame]] = field(default_factory=dict)
    cells: dict[tuple[str, int], _Cells] = field(default_factory=dict)

    def put(self, table: str, column: int, cells: _Cells) -> None:
        """Add new values of a column."""
        before = self.cells.get((table, column))
        self.cells[table, column] = before.then(cells) if before else cells


def write_changes(work: Work, layout: Layout, changes: Iterable[Change], after: Ledger) -> Layout:
    """Write changes in order; the workbook is not saved.

    Args:
        work: the command at work in the workbook that `layout` was read from.
        layout: where its tables stand now.
        changes: as `writer.write_change` takes them.
        after: the ledger as it stands once they are written.

    Returns:
        The layout with the rows that were added.

    Raises:
        Refusal: a table would pass Excel's last row, or something stands below it. Nothing was
            written.
        Exception: of Excel; what was written is taken back by the work.
    """
    plan = _Plan()
    for change in changes:
        layout = replace(layout, currencies=layout.currencies.after(change))
        _take(plan, layout, change, after)
    for name, frames in plan.added.items():
        insist_on_room(work.book, layout.places[name], sum(len(frame) for frame in frames))
    places = dict(layout.places)
    for name in dict.fromkeys([*(table for table, _ in plan.cells), *plan.added]):
        cells = places[name].cells
        assert cells is not None, "Excel's cells come with the places of tables"
        sheet = cells.sheet
        _overwrite(work, sheet, places[name], plan)
        if name in plan.added:
            places[name] = _append(work, sheet, layout, name, concat(plan.added[name]))
    return replace(layout, places=places)


def _take(plan: _Plan, layout: Layout, change: Change, after: Ledger) -> None:
    for name, frame in change.appends.items():
        if len(frame):
            plan.added.setdefault(name, []).append(frame)
    for name, frame in change.posts.items():
        for column, rows, values in changed_cells(layout, name, frame):
            order = np.argsort(rows, kind="stable")
            plan.put(name, column, _Cells(rows[order], _array(values)[order]))
    for derived in change.derived:
        place = layout.places[derived.table]
        order = np.argsort(derived.rows, kind="stable")
        values = _array(_derived_cells(layout, derived, after))[order]
        cells = _Cells(derived.rows[order], values)
        plan.put(derived.table, place.columns[derived.column], cells)


def _derived_cells(layout: Layout, derived: Derived, after: Ledger) -> WriteColumn:
    kind = layout.places[derived.table].table.by_key[derived.column].kind
    if kind is not Kind.MONEY:
        return cell_column(kind, derived.values, 2, layout.date1904)
    posted = after.posted(derived.table)
    frame = posted.take(np.flatnonzero(np.isin(posted.row, derived.rows)))
    at = np.argsort(frame.row, kind="stable")[np.searchsorted(np.sort(frame.row), derived.rows)]
    rows = frame.take(at).replace(**{derived.column: derived.values})
    return cells_of(layout, rows, derived.column)


def _overwrite(work: Work, sheet: Any, place: Place, plan: _Plan) -> None:
    """Set cells of rows that stand in the sheet: neighbouring columns of the same rows as one."""
    name = place.table.name
    columns = sorted(column for table, column in plan.cells if table == name)
    group: list[int] = []
    for column in columns:
        if group and (
            column != group[-1] + 1
            or not np.array_equal(plan.cells[name, column].rows, plan.cells[name, group[0]].rows)
        ):
            _overwrite_group(work, sheet, place, plan, group)
            group = []
        group.append(column)
    if group:
        _overwrite_group(work, sheet, place, plan, group)


def _overwrite_group(
    work: Work, sheet: Any, place: Place, plan: _Plan, group: Sequence[int]
) -> None:
    first = plan.cells[place.table.name, group[0]]
    values = [plan.cells[place.table.name, column].values for column in group]
    what = f"rows of {place.table.name}"

    def old(row: int, rows: int) -> Values:
        assert place.cells is not None, "Excel's cells come with the places of tables"
        return place.cells.part(row, group[0], rows, len(group))

    overwrite(sheet, first.rows, group[0], values, work.keep, what, old)


def _append(work: Work, sheet: Any, layout: Layout, name: str, frame: Frame) -> Place:
    """Write rows below the last row that is not blank, growing the table as far as needed."""
    place = layout.places[name]
    start, end = place.used_row + 1, place.used_row + len(frame)
    what = f"rows added to {name}"
    if end > place.last_row:
        _grow(work, sheet, place, end, what)
    by_number = {number: key for key, number in place.columns.items()}
    for run in runs(sorted(by_number)):
        columns = [cells_of(layout, frame, by_number[number]) for number in run]
        fill(sheet, start, run[0], columns, work.keep, what)
    last_row = max(end, place.last_row)
    return replace(place, last_row=last_row, used_row=end, sheet_end=max(end, place.sheet_end))


def _grow(work: Work, sheet: Any, place: Place, end: int, what: str) -> None:
    """Grow a table down to a row, before it is filled: Excel copies calculated columns then."""
    width = place.last_column - place.first_column + 1
    corner, rows = (place.heading_row, place.first_column), place.last_row - place.heading_row + 1
    table = sheet.ListObjects(place.table.name)
    added = (place.last_row + 1, place.first_column, end - place.last_row, width)

    def shrink() -> None:
        table.Resize(sheet.Range(address(*corner, rows, width)))
        sheet.Range(address(*added)).ClearContents()

    work.keep(what, shrink)
    table.Resize(sheet.Range(address(*corner, end - place.heading_row + 1, width)))


def _array(values: WriteColumn) -> Any:
    if isinstance(values, np.ndarray):
        return values
    return np.array(values, dtype=object if is_text(values) else np.float64)

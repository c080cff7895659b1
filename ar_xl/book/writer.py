"""Writing a change into the workbook: changed cells of drafts, new rows, derived columns.

Everything that can be refused is refused before the first cell is written. Columns and sheets of
the user are never touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import xlwings as xw

from ar_xl.book.addresses import cell_name
from ar_xl.book.blocks import CellKind, WriteColumn, read_block, write_block, write_cells
from ar_xl.book.cellvalues import cell_column
from ar_xl.book.currencies import Currencies
from ar_xl.book.layout import Layout, Place
from ar_xl.book.valuecodes import CONTENT_BELOW, SHEET_FULL
from ar_xl.book.values import Cells, convert, padded
from ar_xl.core.arrays import AnyArray, IntArray, differs
from ar_xl.core.findings import Refusal
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Derived
from ar_xl.core.schema import Kind

LAST_ROW = 1_048_576


def write_change(book: xw.Book, layout: Layout, change: Change) -> Layout:
    """Write a change; the workbook is not saved.

    Args:
        book: the workbook that `layout` was read from.
        layout: where its tables stand now.
        change: posts set only the cells of draft rows that changed, appends go below the last
            row that is not blank, derived columns are brought up to date.

    Returns:
        The layout with the rows that were added.

    Raises:
        Refusal: a table would pass Excel's last row, or something stands below it. Nothing was
            written.
    """
    appends = {name: frame for name, frame in change.appends.items() if len(frame)}
    for name, frame in appends.items():
        insist_on_room(book, layout.places[name], len(frame))
    layout = replace(layout, currencies=layout.currencies.after(change))
    for name, frame in change.posts.items():
        _post_drafts(book, layout, name, frame)
    places = dict(layout.places)
    for name, frame in appends.items():
        places[name] = _append(book, layout, name, frame)
    layout = replace(layout, places=places)
    for derived in change.derived:
        _write_derived(book, layout, derived)
    return layout


def insist_on_room(book: xw.Book, place: Place, rows: int) -> None:
    """Refuse where rows would not fit below a table."""
    end = place.used_row + rows
    name = f"`{place.table.name}` on sheet `{place.sheet}`"
    if end > LAST_ROW:
        raise Refusal(
            SHEET_FULL,
            f"The table {name} ends in row {place.used_row:,} and {rows:,} rows are to be added.",
        )
    if end <= place.last_row:
        return
    if place.has_totals:
        raise Refusal(CONTENT_BELOW, f"The table {name} shows a totals row.")
    last_used = place.sheet_end or book.sheets[place.sheet].used_range.last_cell.row
    if last_used <= place.last_row:
        return
    sheet = book.sheets[place.sheet]
    first, width = place.last_row + 1, place.last_column - place.first_column + 1
    rows_below = min(last_used, end) - place.last_row
    below = read_block(sheet, first, place.first_column, rows_below, width)
    for offset, column in enumerate(below.columns):
        filled = np.flatnonzero((column.kind != CellKind.BLANK) | column.formula)
        if len(filled):
            cell = cell_name(first + int(filled[0]), place.first_column + offset)
            raise Refusal(CONTENT_BELOW, f"Below the table {name}, cell {cell} is not empty.")


def _post_drafts(book: xw.Book, layout: Layout, name: str, frame: Frame) -> None:
    """Set the cells of draft rows that differ from what was read, formulas turned into values."""
    sheet = book.sheets[layout.places[name].sheet]
    for column, rows, values in changed_cells(layout, name, frame):
        write_cells(sheet, rows, column, values)


def changed_cells(
    layout: Layout, name: str, frame: Frame
) -> Iterator[tuple[int, IntArray, WriteColumn]]:
    """Cells of draft rows that differ from what was read, and those that hold formulas.

    Args:
        layout: with the drafts as they were read.
        name: of the table.
        frame: the rows as they will stand, with their sheet rows.

    Returns:
        For each column with any, its number, the rows and their values.
    """
    if not len(frame):
        return
    assert (frame.row > 0).all(), f"{name}: a posted draft must stand in the sheet"
    place, formulas = layout.places[name], layout.formulas.get(name, {})
    before = layout.drafts.get(name, Frame.empty(frame.table))
    at = np.searchsorted(before.row, frame.row)
    inside = np.minimum(at, max(len(before) - 1, 0))
    known = np.zeros(len(frame), dtype=np.bool_)
    if len(before):
        known = np.asarray(before.row[inside] == frame.row, dtype=np.bool_)
    for column in frame.table.columns:
        values = frame.columns[column.key]
        changed = ~known
        if len(before):
            changed |= differs(values, before.columns[column.key][inside])
        if column.key in formulas:
            changed |= np.isin(frame.row, formulas[column.key])
        if changed.any():
            chosen = frame if changed.all() else frame.take(changed)
            yield place.columns[column.key], chosen.row, cells_of(layout, chosen, column.key)


def _append(book: xw.Book, layout: Layout, name: str, frame: Frame) -> Place:
    """Write rows below the last row that is not blank, growing the table as far as needed."""
    place = layout.places[name]
    sheet = book.sheets[place.sheet]
    start, end = place.used_row + 1, place.used_row + len(frame)
    if end > place.last_row:
        # Grown before it is filled: Excel and the file engine copy calculated columns down then.
        area = sheet.range((place.heading_row, place.first_column), (end, place.last_column))
        sheet.tables[place.table.name].resize(area)
    by_number = {number: key for key, number in place.columns.items()}
    for run in runs(sorted(by_number)):
        columns = [cells_of(layout, frame, by_number[number]) for number in run]
        write_block(sheet, start, run[0], columns)
    return replace(place, last_row=max(end, place.last_row), used_row=end)


def runs(numbers: list[int]) -> list[list[int]]:
    """Split rising column numbers into runs without a gap."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def cells_of(layout: Layout, frame: Frame, key: str) -> WriteColumn:
    """A column of rows as cells take it, amounts in the currency of each row."""
    kind = frame.table.by_key[key].kind
    digits: IntArray | int = 2
    if kind is Kind.MONEY:
        digits = layout.currencies.digits(frame.table.name, key, _texts(frame))
    return cell_column(kind, frame.columns[key], digits, layout.date1904)


def _texts(frame: Frame) -> Mapping[str, AnyArray]:
    return {c.key: frame.columns[c.key] for c in frame.table.columns if c.kind is Kind.TEXT}


def _write_derived(book: xw.Book, layout: Layout, derived: Derived) -> None:
    place = layout.places[derived.table]
    kind = place.table.by_key[derived.column].kind
    digits: IntArray | int = 2
    sheet = book.sheets[place.sheet]
    if kind is Kind.MONEY:
        digits = _digits_in_sheet(sheet, place, layout.currencies, derived.column)
        if isinstance(digits, np.ndarray):
            digits = digits[derived.rows - place.first_row]
    cells = cell_column(kind, derived.values, digits, layout.date1904)
    write_cells(sheet, derived.rows, place.columns[derived.column], cells)


def _digits_in_sheet(
    sheet: xw.Sheet, place: Place, currencies: Currencies, key: str
) -> IntArray | int:
    """Digits of a money column, row by row where they differ, from the texts in the sheet."""
    common = currencies.common_digits
    if common is not None:
        return common
    texts: dict[str, AnyArray] = {}
    rows = place.used_row - place.heading_row
    for column in place.table.columns:
        if column.kind is Kind.TEXT:
            at = place.columns[column.key]
            block = padded(read_block(sheet, place.first_row, at, rows, 1))
            texts[column.key] = convert(column, Cells(block.columns[0], block)).values
    return currencies.digits(place.table.name, key, texts)

"""What a user typed below a table: it looks like a row of it, and counts nowhere."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xlwings as xw

from ar_xl.book.addresses import cell_name
from ar_xl.book.blocks import CellKind, read_block
from ar_xl.book.layout import Place
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.schema import Role

ROWS_BELOW = code(
    "rows_below_table",
    Severity.WARNING,
    "rows inside the table; what stands below it counts nowhere",
    "If they belong to it, drag the corner of the table down over them (Table Design, Resize "
    "Table); else move them to a sheet of your own.",
)
_MOST_CELLS = 1_000_000  # far below a table nobody typed rows: such a sheet is formatted down


def findings_below(book: xw.Book, places: Mapping[str, Place]) -> list[Finding]:
    """Name the rows that stand below a table of the user's and not in it.

    Args:
        book: as it was read.
        places: where its tables stand.

    Returns:
        A warning for each table with filled cells below its columns, at the first of them.
    """
    found = []
    for name, place in places.items():
        if place.table.role is Role.PRODUCT and name != "Periods":
            continue
        first = place.last_row + 1 + int(place.has_totals)
        if 0 < place.sheet_end < first:
            continue
        sheet = book.sheets[place.sheet]
        count = (place.sheet_end or sheet.used_range.last_cell.row) - first + 1
        width = place.last_column - place.first_column + 1
        count = min(count, _MOST_CELLS // width)
        if count > 0:
            found += _of_table(sheet, place, first, count)
    return found


def _of_table(sheet: xw.Sheet, place: Place, first: int, count: int) -> list[Finding]:
    width = place.last_column - place.first_column + 1
    block = read_block(sheet, first, place.first_column, count, width)
    filled = np.zeros((count, width), dtype=np.bool_)
    for offset, column in enumerate(block.columns):
        filled[:, offset] = (column.kind != CellKind.BLANK) | column.formula
    rows = np.flatnonzero(filled.any(axis=1))
    if not len(rows):
        return []
    at = int(rows[0])
    cell = cell_name(first + at, place.first_column + int(np.flatnonzero(filled[at])[0]))
    which = f"row {first + at}" if len(rows) == 1 else f"rows {first + at} to {first + rows[-1]}"
    seen = f"{which} below the table `{place.table.name}`, which ends in row {first - 1}"
    return [Finding(ROWS_BELOW, place.table.name, seen=seen, sheet=place.sheet, cell=cell)]

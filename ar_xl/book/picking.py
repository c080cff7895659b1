"""Which cell somebody asks about: a row of a table of ours, a figure of a report, or neither."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

import xlwings as xw

from ar_xl.book.addresses import cell_name, corners
from ar_xl.book.fingerprint import is_as_made
from ar_xl.book.layout import Layout, Place
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.core.money import is_currency
from ar_xl.core.picked import Picked, ReportCell, TableCell

NO_SUCH_SHEET = code(
    "sheet_not_there",
    Severity.ERROR,
    "the name of a sheet of this workbook",
    "Give the name as the sheet's tab shows it.",
    Exit.WRONG_CALL,
)
NOT_A_CELL = code(
    "cell_not_understood",
    Severity.ERROR,
    "one cell, such as C7",
    "Give the column's letters and the row's number.",
    Exit.WRONG_CALL,
)
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MIDNIGHT = time(0)
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?[A-Za-z]{1,3}\$?[0-9]{1,7})?")
_TITLE = re.compile(r"(.{1,60}) as of (\d{4}-\d{2}-\d{2})")
_TITLE_ROWS = 40  # more lines than a title block has
_TITLE_COLUMNS = 30


def picked(book: xw.Book, layout: Layout, sheet: str, cell: str) -> Picked:
    """Look at one cell.

    Args:
        book: open in Excel or from a file.
        layout: where its tables stand.
        sheet: the name of the sheet, in any case of letters.
        cell: its address; of several cells the first is meant.

    Raises:
        Refusal: there is no such sheet, or it is no address.
    """
    found = _sheet(book, sheet)
    row, column = _row_and_column(cell)
    value = _values(found, row, column, 1, 1)[0][0]
    number = None
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = Decimal(repr(value))
    return Picked(
        str(found.name),
        cell_name(row, column),
        _text(value),
        number,
        _table_cell(layout, str(found.name), row, column),
        _report_cell(found, row, column),
    )


def _row_and_column(cell: str) -> tuple[int, int]:
    match = _ADDRESS.fullmatch(cell.strip())
    row, column = (0, 0)
    if match:
        row, column, _, _ = corners(f"{match[1].upper()}{match[2]}")
    if not match or row > LAST_ROW or column > LAST_COLUMN:
        raise Refusal(NOT_A_CELL, f"`{cell[:40]}` is not the address of a cell.")
    return row, column


def _sheet(book: xw.Book, wanted: str) -> xw.Sheet:
    names = {str(sheet.name).casefold(): sheet for sheet in book.sheets}
    if wanted.strip().casefold() in names:
        return names[wanted.strip().casefold()]
    if not wanted.strip():
        raise Refusal(NO_SUCH_SHEET, "No cell of a worksheet was named.")
    near = get_close_matches(wanted[:60].casefold(), names, n=1)
    hint = f" The nearest is `{names[near[0]].name}`." if near else ""
    raise Refusal(NO_SUCH_SHEET, f"There is no sheet `{wanted[:60]}`.{hint}")


def _table_cell(layout: Layout, sheet: str, row: int, column: int) -> TableCell | None:
    for name, place in layout.places.items():
        if place.sheet == sheet and _is_within(place, row, column):
            keys = {number: key for key, number in place.columns.items()}
            return TableCell(name, keys.get(column, ""), row, row == place.heading_row)
    return None


def _is_within(place: Place, row: int, column: int) -> bool:
    rows = place.heading_row <= row <= place.last_row
    return rows and place.first_column <= column <= place.last_column


def _report_cell(sheet: xw.Sheet, row: int, column: int) -> ReportCell | None:
    title = _title(sheet)
    if title is None:
        return None
    report, as_of = title
    areas = [
        (area.row, area.column, *area.shape, bool(table.show_totals))
        for table in sheet.tables
        for area in (table.range,)
    ]
    top = min((area[0] for area in areas), default=_TITLE_ROWS)
    said = _title_block(sheet, min(top, _TITLE_ROWS))

    def as_made() -> bool:
        return is_as_made(sheet)

    for first_row, first_column, rows, columns, has_totals in areas:
        inside = first_row <= row < first_row + rows
        if not inside or not first_column <= column < first_column + columns:
            continue
        caption = _caption(sheet, first_row)
        headings = tuple(map(_text, _values(sheet, first_row, first_column, 1, columns)[0]))
        line = tuple(map(_text, _values(sheet, row, first_column, 1, columns)[0]))
        return ReportCell(
            report,
            as_of,
            headings,
            headings[column - first_column],
            dict(zip(headings, line, strict=True)),
            _currency(caption),
            row == first_row,
            has_totals and row == first_row + rows - 1,
            said,
            caption,
            as_made,
        )
    return ReportCell(report, as_of, said=said, as_made=as_made)


def _title(sheet: xw.Sheet) -> tuple[str, date] | None:
    """What a report's title says; the sheet may have been renamed."""
    for (value,) in _values(sheet, 1, 1, 2, 1):
        found = _TITLE.fullmatch(_text(value))
        if found:
            try:
                return found[1], date.fromisoformat(found[2])
            except ValueError:
                return None
    return None


def _title_block(sheet: xw.Sheet, top: int) -> Mapping[str, str]:
    """Label and text of the lines between the title and the first table."""
    said: dict[str, str] = {}
    label = ""
    for values in _values(sheet, 3, 1, max(top - 3, 1), _TITLE_COLUMNS):
        texts = [_text(value) for value in values]
        label = texts[0] or label
        text = " ".join(each for each in texts[1:] if each)
        if label and text:
            said[label] = f"{said[label]} {text}" if label in said else text
        if not any(texts):
            break
    return said


def _caption(sheet: xw.Sheet, heading_row: int) -> str:
    """The line above a table."""
    return _text(_values(sheet, heading_row - 1, 1, 1, 1)[0][0]) if heading_row > 1 else ""


def _currency(caption: str) -> str:
    """The currency that the caption above a table ends with: `Roll-forward, USD`."""
    word = caption.rpartition(" ")[2]
    return word if is_currency(word) else ""


def _values(sheet: xw.Sheet, row: int, column: int, rows: int, columns: int) -> list[list[Any]]:
    area = sheet.range((row, column), (row + rows - 1, column + columns - 1))
    return area.options(ndim=2, err_to_str=True).value


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == MIDNIGHT else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)

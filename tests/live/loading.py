"""A workbook file as the Excel in memory holds it; openpyxl reads it, not our own engine."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries

from tests.live.entry import EPOCH, ERRORS, ErrorValue
from tests.live.sheets import Chart, Workbook, Worksheet
from tests.live.tables import ListObject


def fill(book: Workbook, path: Path) -> Workbook:
    """Fill a workbook of the Excel in memory from a file."""
    formulas = openpyxl.load_workbook(path)
    results = openpyxl.load_workbook(path, data_only=True)
    for source in formulas.worksheets:
        sheet = Worksheet(book, source.title)
        book.all_sheets.append(sheet)
        _fill_sheet(sheet, source, results[source.title])
    assert formulas.active is not None
    book.active = book.all_sheets[formulas.worksheets.index(formulas.active)]
    return book


def _fill_sheet(sheet: Worksheet, source: Any, results: Any) -> None:
    grid = sheet.grid
    for letter, dimension in source.column_dimensions.items():
        first, last = dimension.min or 1, dimension.max or 1
        code = grid.code_number(dimension.number_format)
        if code:
            grid.column_codes |= dict.fromkeys(range(first, min(last, 200) + 1), code)
        assert letter
    height, width = source.max_row, source.max_column
    grid.part((1, 1, height, width))
    for column, code in grid.column_codes.items():
        if column <= grid.codes.shape[1]:
            grid.codes[:, column - 1] = code
    grid.touch((1, 1, height, width))
    for row in source.iter_rows():
        for cell in row:
            if cell.has_style:
                grid.codes[cell.row - 1, cell.column - 1] = grid.code_number(cell.number_format)
            value = cell.value
            if value is None:
                continue
            if cell.data_type == "f":
                formula = value if isinstance(value, str) else value.text
                grid.formulas[cell.row, cell.column] = formula
                cell = results.cell(cell.row, cell.column)
            grid.values[cell.row - 1, cell.column - 1] = _held(cell.value, cell.data_type)
    sheet.print_area = str(source.print_area or "")
    sheet.title_rows = str(source.print_title_rows or "")
    sheet.charts = [Chart() for _ in source._charts]
    for table in source.tables.values():
        left, top, right, bottom = (int(each or 0) for each in range_boundaries(table.ref))
        calculated = {
            offset: "=" + column.calculatedColumnFormula.attr_text
            for offset, column in enumerate(table.tableColumns)
            if column.calculatedColumnFormula is not None
        }
        totals = bool(table.totalsRowCount)
        area = (top, left, bottom, right)
        sheet.tables.append(ListObject(sheet, table.displayName, area, totals, calculated))


def _held(value: Any, kind: str) -> Any:
    if isinstance(value, dt.datetime):
        return (value - EPOCH) / dt.timedelta(days=1)
    if isinstance(value, dt.date):
        return float((value - EPOCH.date()).days)
    if isinstance(value, dt.timedelta):
        return value / dt.timedelta(days=1)
    if isinstance(value, str):
        return ErrorValue(ERRORS[value]) if kind == "e" and value in ERRORS else value
    return value if isinstance(value, bool) or value is None else float(value)

"""The workload as a workbook file, written as another program would write it (XlsxWriter)."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter

from ar_xl.book.cellvalues import cell_columns
from ar_xl.book.look import column_width, number_format
from ar_xl.core.frames import Frame
from ar_xl.core.money import exponent, exponents
from ar_xl.core.schema import Table
from ar_xl.core.tables import TABLES

Row = Sequence[str | float | None]


def write_book(
    path: Path, frames: Mapping[str, Frame], rows: Mapping[str, Sequence[Row]], currency: str
) -> int:
    """Write one sheet per table with a real Excel table, shared strings and styled dates.

    Args:
        path: of the file; it appears only when it is complete.
        frames: rows of the tables, in sheet order.
        rows: cell values of tables that are not in `frames`, such as Settings.
        currency: of the books.

    Returns:
        How many filled cells there are, headings included.
    """
    part = path.with_suffix(".part")
    workbook = xlsxwriter.Workbook(str(part))
    workbook.set_properties({"title": "Benchmark accounts receivable"})
    formats: dict[str, Any] = {}
    cells = 0
    for table in TABLES:
        if table.name in frames:
            columns = _cells_of(frames[table.name], currency)
        else:
            columns = _columns_of(rows.get(table.name, ()), len(table.columns))
        cells += _write_sheet(workbook, formats, table, columns, exponent(currency))
    workbook.close()
    os.replace(part, path)
    return cells


def _cells_of(frame: Frame, currency: str) -> list[list[Any]]:
    """Cell values column by column; an empty cell is None."""
    digits = np.full(len(frame), exponent(currency), dtype=np.int64)
    if "currency" in frame.columns:
        own = frame.text("currency")
        digits = np.where(own == "", digits, exponents(own))
    listed = []
    for values in cell_columns(frame, digits).values():
        if values.dtype == object:
            listed.append([text or None for text in values.tolist()])
        else:
            listed.append([None if v != v else v for v in values.tolist()])
    return listed


def _columns_of(rows: Sequence[Row], width: int) -> list[list[Any]]:
    return [[row[k] if k < len(row) else None for row in rows] for k in range(width)]


def _write_sheet(
    workbook: Any, formats: dict[str, Any], table: Table, columns: list[list[Any]], digits: int
) -> int:
    sheet = workbook.add_worksheet(table.sheet)
    sheet.freeze_panes(1, 0)
    cells = len(table.columns)
    for number, (column, values) in enumerate(zip(table.columns, columns, strict=True)):
        shown = number_format(column.kind, digits)
        look = formats.setdefault(shown, None) or workbook.add_format({"num_format": shown})
        formats[shown] = look
        sheet.set_column(number, number, column_width(column), look)
        for row, value in enumerate(values, 1):
            if value is None:
                continue
            cells += 1
            if isinstance(value, str):
                sheet.write_string(row, number, value, look)
            else:
                sheet.write_number(row, number, value, look)
    length = max(len(columns[0]), 1)
    sheet.add_table(
        0,
        0,
        length,
        len(table.columns) - 1,
        {
            "name": table.name,
            "style": "Table Style Light 1",
            "columns": [{"header": column.heading} for column in table.columns],
        },
    )
    return cells

"""A sheet of the Excel in memory, and formulas over it as Excel hands their arguments over."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl

from tests.functions.sheet import typed
from tests.live.entry import ErrorValue
from tests.live.excel import Application
from tests.live.sheets import Worksheet
from tests.served.com import MISSING, Array, PyIDispatch, Served

_ADDRESS = re.compile(r"[A-Z]+[0-9]*(:[A-Z]+[0-9]*)?(,[A-Z]+[0-9]+)*")


def sheet_of(folder: Path, cells: Any, formats: dict[str, str] | None = None) -> Worksheet:
    """A sheet with cells from A1 on; dates as dates, texts as texts.

    Args:
        folder: for the file that Excel opens.
        cells: rows of what accountants type.
        formats: number formats by address.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for at, row in enumerate(cells, 1):
        for across, cell in enumerate(row, 1):
            value = typed(cell)
            sheet.cell(at, across).value = value
            if isinstance(value, str) and not value.startswith("#"):
                sheet.cell(at, across).data_type = "s"
    for address, code in (formats or {}).items():
        sheet[address].number_format = code
    path = folder / "cells.xlsx"
    book.save(path)
    opened: Worksheet = Application().open(path).all_sheets[0]
    for place, value in np.ndenumerate(opened.grid.values):
        if isinstance(value, ErrorValue):  # pywin32 makes nothing but a whole number of it
            opened.grid.values[place] = int(value)
    return opened


def answer(server: Served, sheet: Worksheet, formula: str) -> Any:
    """What Excel's cells get for a formula: rows, a scalar, or error numbers as `#2042`."""
    name, _, rest = formula.removeprefix("=").partition("(")
    texts = re.findall(r'(?:"[^"]*"|\{[^}]*\}|\([^)]*\)|[^,])+|(?<=,)(?=,|$)', rest[:-1])
    reply = server.CallUDF(name, Array((given(sheet, text.strip()) for text in texts), 1))
    return shown(reply)


def given(sheet: Worksheet, text: str) -> Any:
    """An argument as it leaves VBA: an object, the value of one cell, a constant, or nothing."""
    if not text:
        return MISSING
    if _ADDRESS.fullmatch(text.strip("()")):
        found = sheet.Range(text.strip("()"))
        if len(found.areas) == 1 and found.Count == 1:
            return found.Value
        return PyIDispatch(found)
    if text.startswith("{"):
        rows = [[float(each) for each in row.split(",")] for row in text.strip("{}").split(";")]
        # A row of constants comes with one dimension, a block with two.
        return tuple(rows[0]) if len(rows) == 1 else tuple(map(tuple, rows))
    return text.strip('"') if text.startswith('"') else float(text)


def shown(reply: Any) -> Any:
    """A reply as the macro puts it into cells; one cell is a scalar, an error `#2042`."""
    assert isinstance(reply, Array)
    assert reply.dimensions == 1
    block, marks = reply
    assert block.dimensions == 2
    rows = [list(row) for row in block]
    for mark in marks.split(";") if marks else []:
        row, column, number = map(int, mark.split(","))
        assert rows[row][column] == ""
        rows[row][column] = f"#{number}"
    if len(rows) == 1 and len(rows[0]) == 1:
        return rows[0][0]
    return tuple(tuple(plain(cell) for cell in row) for row in rows)


def plain(cell: Any) -> Any:
    """A moment without its zone, as a cell has none."""
    return cell.replace(tzinfo=None) if isinstance(cell, dt.datetime) else cell

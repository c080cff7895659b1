"""Workbooks for tests: the template with rows in it, as a user would have typed them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import xlwings as xw
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ar_xl.book import host
from ar_xl.book.template import build_template
from ar_xl.core.tables import BY_NAME

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]


def workbook(
    path: Path,
    rows: Rows | None = None,
    currency: str = "USD",
    change: Callable[[openpyxl.Workbook], None] | None = None,
) -> xw.Book:
    """A new workbook with rows typed into it, opened.

    Args:
        path: a folder for it.
        rows: by table, each row by heading; a row that is empty stays blank.
        currency: of its books.
        change: what else the user did to it.
    """
    file = path / "book.xlsx"
    file.write_bytes(_template(currency))
    made = openpyxl.load_workbook(file)
    for name, typed in (rows or {}).items():
        _type_rows(made[BY_NAME[name].sheet], name, typed)
    if change is not None:
        change(made)
    made.save(file)
    return host.open_book(file)


@cache
def _template(currency: str) -> bytes:
    with TemporaryDirectory() as folder:
        made = Path(folder) / "book.xlsx"
        build_template(made, "Cassia Trading Ltd", currency)
        return made.read_bytes()


def _type_rows(sheet: Any, name: str, typed: Sequence[Row]) -> None:
    assert isinstance(sheet, Worksheet)
    table = BY_NAME[name]
    headings = [column.heading for column in table.columns]
    start = next(row for row in range(2, 10_000) if sheet.cell(row, 1).value is None)
    for offset, row in enumerate(typed):
        for heading, value in row.items():
            number = headings.index(heading) + 1
            cell = sheet.cell(start + offset, number)
            dimension = sheet.column_dimensions[get_column_letter(number)]
            put(cell, value if isinstance(value, Styled) else Styled(value, ""))
            if not isinstance(value, Styled):
                cell.number_format = dimension.number_format
    resize(sheet, name, start + len(typed) - 1)


def put(cell: Any, styled: Styled) -> None:
    """Put a value with its number format into a cell; without one the format is left."""
    cell.value = styled.value
    if styled.number_format:
        cell.number_format = styled.number_format


class Styled:
    """A value in a cell with a number format of the user's."""

    def __init__(self, value: Any, number_format: str) -> None:
        self.value, self.number_format = value, number_format


def resize(sheet: Any, name: str, last_row: int) -> None:
    """Give a table other rows."""
    corner, _, end = str(sheet.tables[name].ref).partition(":")
    ref = f"{corner}:{end.rstrip('0123456789')}{max(last_row, 2)}"
    sheet.tables[name].ref = ref
    sheet.tables[name].autoFilter.ref = ref


def reopened(book: xw.Book, path: Path) -> xw.Book:
    """The workbook after saving it to another file and opening that."""
    book.save(str(path))
    return host.open_book(path)

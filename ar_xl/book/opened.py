"""What a command must know of a workbook that is open in Excel before it asks its user anything."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import xlwings as xw

from ar_xl.book.addresses import address, corners
from ar_xl.book.excel import each
from ar_xl.book.excelblocks import values_of
from ar_xl.book.layout import find_places

_CELL = re.compile(r"\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}")
_WIDEST = 60  # columns; the widest table of ours and columns of the user beside it
_KINDS = (".xlsx", ".xlsm")


def identity(book: xw.Book) -> str:
    """What tells this workbook from the others that are open: its name with its folder."""
    return str(book.api.FullName)


def excel_version(book: xw.Book) -> str:
    """The version of the Excel that a workbook is open in."""
    return str(book.api.Application.Version)


def is_read_only(book: xw.Book) -> bool:
    """Whether Excel could not save this workbook under its own name."""
    return bool(book.api.ReadOnly)


def is_unsaved(book: xw.Book) -> bool:
    """Whether there is something in this workbook that its file does not have."""
    return not book.api.Saved


def file_of(book: xw.Book) -> Path | None:
    """The file of a workbook; None where it was never saved, or lies in the web or in no .xlsx."""
    native = book.api
    folder, name = str(native.Path or ""), str(native.FullName)
    if not folder or "://" in name or Path(name).suffix.casefold() not in _KINDS:
        return None
    return Path(name)


def protected(book: xw.Book) -> list[str]:
    """Names of the sheets that are protected; the workbook itself is an empty name."""
    native = book.api
    names = [str(sheet.Name) for sheet in each(native.Worksheets) if sheet.ProtectContents]
    return ["", *names] if native.ProtectStructure else names


def sheet_of(book: xw.Book, table: str) -> str:
    """The name of the sheet that a table of ours stands on; empty where there is none."""
    places, _ = find_places(book, [table])
    return places[table].sheet if table in places else ""


def is_hidden(book: xw.Book, sheet: str) -> bool:
    """Whether a sheet is hidden, so that Excel refuses to go to it."""
    shown = -1
    return any(
        int(other.Visible) != shown for other in each(book.api.Worksheets) if other.Name == sheet
    )


def row_texts(book: xw.Book, sheet: str, cell: str) -> list[str]:
    """The texts in the row of a cell, from the left, as far as tables of ours reach.

    Args:
        book: the workbook.
        sheet, cell: where the user stands; a place that is not there has no texts.
    """
    if not _CELL.fullmatch(cell):
        return []
    row = corners(cell)[0]
    for each_sheet in each(book.api.Worksheets):
        if str(each_sheet.Name) == sheet:
            values = values_of(each_sheet.Range(address(row, 1, 1, _WIDEST)))
            return [value for value in values[0] if isinstance(value, str)]
    return []


def save_and_close(book: xw.Book) -> bool:
    """Save a workbook and close it; False where something in it kept it open."""
    books: Any = book.api.Application.Workbooks
    name = identity(book)
    book.save()
    book.close()
    return all(str(other.FullName) != name for other in each(books))

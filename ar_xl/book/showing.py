"""Which sheet is shown when a workbook is opened next.

A report takes the place of a sheet of ours. A sheet of the user's stays shown: a file marks it
as shown in itself, and not a byte of it is ours to change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import xlwings as xw

from ar_xl.book.inventory import show_again, shown_sheet
from ar_xl.book.look import SUB_LEDGER
from ar_xl.core.tables import BY_NAME

_OF_REPORT = re.compile(r"\w+_\d{4}_\d{2}_\d{2}(_\d+)?")


@contextmanager
def users_sheet_stays_shown(book: xw.Book) -> Iterator[None]:
    """Show what was shown before again, where that is a sheet of the user's."""
    shown = shown_sheet(book)
    stays = not _is_ours(book, shown)
    yield
    if stays:
        show_again(book, shown)


def _is_ours(book: xw.Book, name: str) -> bool:
    """Whether a sheet has a table of ours, is a report, or the Home sheet of the template."""
    sheet = next((sheet for sheet in book.sheets if sheet.name == name), None)
    if sheet is None:
        return False
    names = [str(table.name) for table in sheet.tables]
    if any(each in BY_NAME or _OF_REPORT.fullmatch(each) for each in names):
        return True
    said = sheet.range("B3").value if name == "Home" else None
    return isinstance(said, str) and said.startswith(SUB_LEDGER)

"""Limits of what is written into sheets, and of the values of cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import xlwings as xw

from ar_xl.book import host
from ar_xl.book.blocks import read_block, write_block
from ar_xl.book.reader import read_ledger
from ar_xl.book.template import build_template
from proofs.hostile.books import parts_of, run
from proofs.hostile.gallery import swapped
from proofs.hostile.limits import Refused, limit
from proofs.hostile.rawzip import of_parts

_TEXT = 32_767


def _book(folder: Path) -> xw.Book:
    build_template(folder / "book.xlsx", company="Test", currency="USD")
    return host.open_book(folder / "book.xlsx")


def _again(book: xw.Book) -> xw.Book:
    path = Path(book.fullname)
    host.save(book)
    return host.open_book(path)


def _column(*texts: str) -> Any:
    return np.array(texts, dtype=object)


def _kept(folder: Path, row: int, column: int, text: str) -> None:
    """A text written into a cell, saved, and read back as it was."""
    book = _book(folder)
    write_block(book.sheets["Home"], row, column, [_column(text)])
    block = read_block(_again(book).sheets["Home"], row, column, 1, 1)
    index = int(block.columns[0].text[0])
    assert index >= 0, "nothing came back"
    assert block.pool[index] == text, f"{len(block.pool[index]):,} characters came back"


@limit("the last row of a sheet", 1_048_576)
def _row(folder: Path, row: int) -> None:
    _kept(folder, row, 1, "x")


@limit("the last column of a sheet", 16_384)
def _last_column(folder: Path, column: int) -> None:
    _kept(folder, 100, column, "x")


@limit("rows of a block that begins in row 1,048,570", 7)
def _block(folder: Path, rows: int) -> None:
    book = _book(folder)
    write_block(book.sheets["Home"], 1_048_570, 1, [_column(*["x"] * rows)])
    block = read_block(_again(book).sheets["Home"], 1_048_570, 1, rows, 1)
    assert (block.columns[0].text >= 0).all(), "rows are missing"


@limit("characters of a text", _TEXT)
def _characters(folder: Path, length: int) -> None:
    _kept(folder, 100, 1, "é" * length)


@limit("characters that Excel counts as two, of a text", _TEXT // 2)
def _wide(folder: Path, length: int) -> None:
    _kept(folder, 100, 1, "\U0001f600" * length)


@limit("characters of a sheet's name", 31)
def _sheet_name(folder: Path, length: int) -> None:
    book = _book(folder)
    book.sheets.add("s" * length)
    assert "s" * length in [sheet.name for sheet in _again(book).sheets]


for _sign in "[]:*?/\\":

    @limit(f"signs {_sign} in a sheet's name", 0)
    def _signs(folder: Path, count: int, sign: str = _sign) -> None:
        if count >= 0:
            _book(folder).sheets.add("a" + sign * count)


@limit("characters of a table's name", 255)
def _table_name(folder: Path, length: int) -> None:
    book = _book(folder)
    sheet = book.sheets.add("New")
    write_block(sheet, 1, 1, [_column("A", "x")])
    sheet.tables.add(source=sheet.range("A1:A2"), name="t" * length)
    tables = [table.name for each in _again(book).sheets for table in each.tables]
    assert "t" * length in tables


@limit("characters of a table's heading", 255)
def _heading(folder: Path, length: int) -> None:
    book = _book(folder)
    sheet = book.sheets.add("New")
    write_block(sheet, 1, 1, [_column("h" * length, "x")])
    sheet.tables.add(source=sheet.range("A1:A2"), name="Mine")
    assert _again(book).sheets["New"]["A1"].value == "h" * length


@limit("characters of a defined name", 255)
def _defined_name(folder: Path, length: int) -> None:
    book = _book(folder)
    book.names.add("n" * length, "=Home!$A$1")
    assert "n" * length in [name.name for name in _again(book).names]


@limit("characters of a formula behind its equals sign", 8_192)
def _formula(folder: Path, length: int) -> None:
    book = _book(folder)
    formula = "=1" + "+1" * ((length - 1) // 2) + " " * (1 - length % 2)
    assert len(formula) == length + 1, len(formula)
    host.put_formula(book.sheets["Home"].range("A100"), formula, 1.0)
    assert _again(book).sheets["Home"].range("A100").formula.strip() == formula.strip()


@limit("characters of a page's footer", 255)
def _footer(folder: Path, length: int) -> None:
    book = _book(folder)
    host.page_setup(book.sheets["Home"], footer="&L" + "f" * (length - 2))
    _again(book)


@limit("characters of a company's name", 100)
def _company(folder: Path, length: int) -> None:
    answer = run("new", folder / "new.xlsx", company="c" * length, currency="USD")
    if answer.exit:
        raise Refused(answer.said[0])


def _typed(
    folder: Path, column: str, value: float, currency: str = "USD", date1904: bool = False
) -> None:
    """Type a number into a cell of the first draft invoice and read the workbook."""
    build_template(folder / "first.xlsx", company="Test", currency=currency)
    parts = parts_of(folder / "first.xlsx")
    if date1904:
        old, new = b"<workbookPr", b'<workbookPr date1904="1"'
        parts = swapped(parts, "xl/workbook.xml", old, new)
    of_parts(folder / "book.xlsx", parts)
    book = host.open_book(folder / "book.xlsx")
    sheet = book.sheets["Invoices"]
    texts = {"A": "N-1", "C": "ACME", "G": currency}
    numbers = {"D": 45_000.0 - 1_462.0 * date1904, "H": 100.0, column: value}
    for letters, text in texts.items():
        if letters != column:
            write_block(sheet, 2, ord(letters) - 64, [_column(text)])
    for letters, number in numbers.items():
        write_block(sheet, 2, ord(letters) - 64, [np.array([number])])
    ledger = read_ledger(_again(book)).ledger
    found = [f for f in ledger.findings if f.is_error and f.table == "Invoices"]
    if found:
        expected = found[0].expected or found[0].code.expected
        raise Refused(f"{found[0].seen}. Expected {expected}")
    assert len(ledger.draft("Invoices")) == 1


@limit("cents of an amount", 10**15)
def _amount(folder: Path, cents: int) -> None:
    _typed(folder, "H", cents / 100)


@limit("decimals of an amount in dollars", 2)
def _decimals(folder: Path, digits: int) -> None:
    _typed(folder, "H", 1 + 10**-digits)


@limit("decimals of an amount in dinars", 3)
def _dinars(folder: Path, digits: int) -> None:
    _typed(folder, "H", 1 + 10**-digits, "KWD")


@limit("digits of an invoice number typed as a number", 15)
def _digits(folder: Path, digits: int) -> None:
    _typed(folder, "A", 10 ** (digits - 1) + 1)


@limit("the last day, 9999-12-31", 2_958_465)
def _last_day(folder: Path, serial: int) -> None:
    _typed(folder, "E", serial)


@limit("the last day where days count from 1904", 2_958_465 - 1_462)
def _last_day_1904(folder: Path, serial: int) -> None:
    _typed(folder, "E", serial, date1904=True)


@limit("the first day, 1900-03-01, behind the 29 February that never was", 61, step=-1)
def _first_day(folder: Path, serial: int) -> None:
    _typed(folder, "D", serial)


@limit("the first day where days count from 1904", 0, step=-1)
def _first_day_1904(folder: Path, serial: int) -> None:
    _typed(folder, "D", serial, date1904=True)

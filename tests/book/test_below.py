"""Rows that a user typed below a table are said; they are never silently left out."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from ar_xl.book.below import findings_below
from ar_xl.book.reader import read_ledger
from tests.book.workbooks import workbook

INVOICE = {"Invoice No": "INV-1", "Customer ID": "ACME", "Amount": 100.0}


def said(path: Path, *cells: tuple[str, str, str | float]) -> list[tuple[str, str]]:
    """Place and text of what is found after values were typed into cells."""

    def typed(book: Workbook) -> None:
        for sheet, cell, value in cells:
            book[sheet][cell] = value

    book = workbook(path, {"Invoices": [INVOICE]}, change=typed)
    found = findings_below(book, read_ledger(book).layout.places)
    return [(f"{finding.sheet}!{finding.cell}", finding.seen) for finding in found]


def test_an_invoice_typed_below_the_table_is_said(tmp_path: Path) -> None:
    assert said(tmp_path, ("Invoices", "A3", "INV-2"), ("Invoices", "H3", 12.5)) == [
        ("Invoices!A3", "row 3 below the table `Invoices`, which ends in row 2")
    ]


def test_rows_after_a_gap_are_said_too(tmp_path: Path) -> None:
    found = said(tmp_path, ("Invoices", "C6", "ACME"), ("Invoices", "H9", "=1+1"))
    assert found == [("Invoices!C6", "rows 6 to 9 below the table `Invoices`, which ends in row 2")]


def test_notes_beside_a_table_and_an_empty_grid_are_nobodys_rows(tmp_path: Path) -> None:
    assert said(tmp_path, ("Invoices", "X9", "my note")) == []

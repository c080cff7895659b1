"""What people do to a workbook by hand: figures over it are not passed off as sound."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from ar_xl.core.findings import Exit
from tests.app.conftest import done, run
from tests.app.office import demo_month


@pytest.fixture
def edited_book(blank_book: Path) -> Path:
    """The demo company's October, with one posted invoice made 1,000 dearer by hand."""
    demo_month(blank_book)
    book = load_workbook(blank_book)
    sheet = book["Invoices"]
    headings = [cell.value for cell in sheet[1]]
    cell = sheet.cell(3, headings.index("Amount") + 1)
    cell.value = float(str(cell.value)) + 1000
    book.save(blank_book)
    return blank_book


def test_a_month_is_not_closed_over_a_posted_row_that_was_edited(edited_book: Path) -> None:
    before = edited_book.read_bytes()
    answer = run("month-end", edited_book, period="2026-10", close=True)
    assert answer.exit is Exit.REFUSED
    assert "posted_row_edited" in {finding.code.name for finding in answer.findings}
    assert edited_book.read_bytes() == before


@pytest.mark.parametrize("command", ["aging", "month-end"])
def test_a_report_that_differs_from_the_control_account_says_so(
    edited_book: Path, command: str
) -> None:
    params = {"period": "2026-10"} if command == "month-end" else {}
    answer = done(run(command, edited_book, **params))
    (said,) = [f for f in answer.findings if f.code.name == "aging_differs_from_control"]
    assert "difference USD -1,000.00" in said.seen


def test_an_invoice_typed_below_the_table_is_not_passed_over_in_silence(blank_book: Path) -> None:
    book = load_workbook(blank_book)
    book["Invoices"]["A3"] = "INV-1"
    book.save(blank_book)
    for command in ("check", "post-invoices", "aging"):
        answer = done(run(command, blank_book))
        assert "rows_below_table" in {finding.code.name for finding in answer.findings}

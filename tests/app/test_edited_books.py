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


@pytest.mark.parametrize("command", ["post-invoices", "late-fees", "undo"])
def test_nothing_is_posted_on_books_that_were_edited(edited_book: Path, command: str) -> None:
    book = load_workbook(edited_book)
    sheet = book["Invoices"]
    headings = [cell.value for cell in sheet[1]]
    last = max(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value)
    for heading in ("Customer ID", "Invoice Date", "Terms", "Amount"):
        column = headings.index(heading) + 1
        sheet.cell(last + 1, column).value = sheet.cell(last, column).value
    (table,) = sheet.tables.values()
    first, end = table.ref.split(":")
    table.ref = f"{first}:{''.join(filter(str.isalpha, end))}{last + 1}"
    table.autoFilter.ref = table.ref
    book.save(edited_book)
    before = edited_book.read_bytes()
    params = {"batch": "B-000001"} if command == "undo" else {}
    answer = run(command, edited_book, "2026-11-30", **params)
    assert answer.exit in (Exit.WRONG_DATA, Exit.REFUSED), answer.said
    assert edited_book.read_bytes() == before
    if command != "undo":
        assert answer.findings[0].code.name == "posted_row_edited"


@pytest.mark.parametrize(
    ("cell", "value", "named"),
    [
        ("Applications!F2", 7, "posted_row_edited"),
        ("Batches!I2", "lots", "batch_does_not_hold"),
        ("Batches!A2", "hello", "posted_row_of_no_batch"),
        ("Invoices!E2", None, "posted_row_edited"),
        ("Settings!B2", "EUR", "base_currency_changed"),
    ],
)
def test_whatever_was_edited_is_named_and_never_called_our_mistake(
    blank_book: Path, cell: str, value: object, named: str
) -> None:
    demo_month(blank_book)
    book = load_workbook(blank_book)
    sheet, _, address = cell.partition("!")
    if sheet == "Settings":
        rows = [str(each.value) for each in book[sheet]["A"]]
        address = f"B{rows.index('Base Currency') + 1}"
    book[sheet][address].value = value
    book.save(blank_book)
    for command in ("verify", "post-payments", "aging", "check", "apply-discounts"):
        answer = run(command, blank_book, "2026-11-30")
        assert answer.exit in (Exit.DONE, Exit.WRONG_DATA, Exit.REFUSED)
        if command == "verify":
            assert named in {finding.code.name for finding in answer.findings}


def test_a_month_opened_by_clearing_a_cell_is_named_and_not_posted_into(blank_book: Path) -> None:
    demo_month(blank_book)
    done(run("month-end", blank_book, period="2026-10", close=True))
    book = load_workbook(blank_book)
    book["Periods"]["B2"].value = None
    book.save(blank_book)
    answer = run("verify", blank_book)
    assert [f.code.name for f in answer.findings if f.is_error] == ["period_differs_from_batches"]
    before = blank_book.read_bytes()
    assert run("undo", blank_book, batch="B-000001").exit is not Exit.DONE
    assert blank_book.read_bytes() == before

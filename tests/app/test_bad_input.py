"""Bad input: a finding with its cell, nothing posted, the file untouched, byte for byte."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ar_xl.app.answer import Answer, finding_json
from ar_xl.core.findings import Exit
from tests.app.conftest import done, run

Edit = Callable[[openpyxl.Workbook], None]


def fill(sheet: Worksheet, row: int, **cells: Any) -> None:
    """Type values into a row by heading; `Invoice_No` stands for `Invoice No`."""
    headings = {str(cell.value): cell.column for cell in sheet[1] if cell.value}
    for name, value in cells.items():
        cell = sheet.cell(row, headings[name.replace("_", " ")])
        cell.value = value
        if isinstance(value, str) and not value.startswith("="):
            cell.data_type = "s"


def grown(sheet: Worksheet, last_row: int) -> None:
    """Let the Excel table reach down to a row."""
    (table,) = sheet.tables.values()
    first, last = table.ref.split(":")
    table.ref = f"{first}:{''.join(filter(str.isalpha, last))}{last_row}"
    if table.autoFilter is not None:
        table.autoFilter.ref = table.ref


def office(book: openpyxl.Workbook) -> None:
    """One customer, two good invoices, as drafts."""
    customers, invoices = book["Customers"], book["Invoices"]
    fill(customers, 2, Customer_ID="ACME", Name="Acme", Terms="Net 30", Status="Active")
    for row, number in ((2, "INV-1"), (3, "INV-2")):
        fill(invoices, row, Invoice_No=number, Customer_ID="ACME", Amount=100.00,
             Invoice_Date=datetime(2026, 1, 5))  # fmt: skip
    grown(invoices, 3)


def edited(book: Path, *edits: Edit) -> Path:
    """Edit a workbook as a person would (our template only: nothing in it can be lost)."""
    workbook = openpyxl.load_workbook(book)
    for edit in (office, *edits):
        edit(workbook)
    workbook.save(book)
    return book


def cell(sheet: str, address: str, value: Any, number_format: str | None = None) -> Edit:
    """Type a value into a cell."""

    def edit(workbook: openpyxl.Workbook) -> None:
        target = workbook[sheet][address]
        target.value = value
        if number_format:
            target.number_format = number_format

    return edit


def refused(book: Path, command: str, **given: Any) -> Answer:
    """Run a command that must refuse and leave the file as it is."""
    before = book.read_bytes()
    answer = run(command, book, **given)
    assert book.read_bytes() == before
    assert answer.batches == ()
    assert answer.rows == {}
    return answer


ERRORS = [
    ("H3", "abc", None, "amount_not_a_number"),
    ("H3", "#N/A", None, "error_value"),
    ("H3", 41276, "yyyy-mm-dd", "date_in_amount"),
    ("H3", 10.005, None, "too_many_decimals"),
    ("H3", -5, None, "amount_not_positive"),
    ("H3", None, None, "required_cell_empty"),
    ("I3", 100.01, None, "tax_above_amount"),
    ("D3", "soon", None, "date_not_a_date"),
    ("D3", None, None, "required_cell_empty"),
    ("A3", "INV-1", None, "number_used_twice"),
    ("C3", "NOBODY", None, "customer_unknown"),
    ("F3", "Net 31", None, "terms_unknown"),
    ("G3", "usd", None, "currency_unknown"),
    ("B3", "Bill", None, "not_a_choice"),
]


@pytest.mark.parametrize(("address", "value", "number_format", "code"), ERRORS)
def test_one_bad_draft_refuses_the_whole_batch(
    blank_book: Path, address: str, value: Any, number_format: str | None, code: str
) -> None:
    book = edited(blank_book, cell("Invoices", address, value, number_format))
    answer = refused(book, "post-invoices")
    assert answer.exit is Exit.WRONG_DATA
    found = [f for f in answer.findings if f.is_error]
    assert code in {finding.code.name for finding in found}, [f.code.name for f in found]
    mine = [finding for finding in found if finding.code.name == code]
    finding = next((each for each in mine if each.cell == address), mine[0])
    assert (finding.sheet, finding.cell) == ("Invoices", address)
    said = finding_json(finding)
    assert said["seen"]
    assert said["expected"]
    assert said["fix"]


def test_skip_bad_posts_the_good_rows_and_lists_the_rest(blank_book: Path) -> None:
    book = edited(blank_book, cell("Invoices", "H3", "abc"))
    answer = done(run("post-invoices", book, skip_bad=True))
    assert answer.rows["Invoices"] == 1
    assert answer.drafts_left_out == 1
    assert [f.cell for f in answer.findings if f.is_error] == ["H3"]
    assert openpyxl.load_workbook(book)["Invoices"]["H3"].value == "abc"


def test_a_slip_on_a_customers_row_leaves_out_that_customer_and_nobody_else(
    blank_book: Path,
) -> None:
    def edit(workbook: openpyxl.Workbook) -> None:
        fill(workbook["Customers"], 3, Customer_ID="BETA", Status="active")
        grown(workbook["Customers"], 3)
        fill(workbook["Invoices"], 3, Customer_ID="BETA")

    book = edited(blank_book, edit)
    assert refused(book, "post-invoices").exit is Exit.WRONG_DATA
    answer = done(run("post-invoices", book, skip_bad=True))
    assert (answer.rows["Invoices"], answer.drafts_left_out) == (1, 1)


def test_skip_bad_says_what_it_cannot_leave_out(blank_book: Path) -> None:
    book = edited(blank_book, cell("Terms", "F9", 0.02, "0%"), cell("Invoices", "H3", "abc"))
    answer = refused(book, "post-invoices", skip_bad=True)
    assert answer.said == (
        "1 error outside the drafts (Terms), nothing posted. Correct it first: --skip-bad leaves "
        "out bad drafts and nothing else.",
    )
    assert answer.findings[0].sheet == "Terms"


@pytest.mark.parametrize("table", ["Activities", "Customers", "Terms"])
def test_a_slip_in_a_table_that_no_balance_depends_on_is_said_and_the_aging_is_made(
    blank_book: Path, table: str
) -> None:
    slips = {
        "Activities": cell("Activities", "A2", "soon"),
        "Customers": cell("Customers", "O2", "active"),
        "Terms": cell("Terms", "F9", 0.02, "0%"),
    }
    book = edited(blank_book)
    done(run("post-invoices", book))
    workbook = openpyxl.load_workbook(book)
    slips[table](workbook)
    workbook.save(book)
    answer = done(run("aging", book, as_of="2026-01-31"))
    assert answer.totals["Total"] == {"USD": 20_000}
    assert [finding.table for finding in answer.findings if finding.is_error] == [table]
    assert run("late-fees", book).exit is Exit.WRONG_DATA


def test_a_percent_formatted_rate_is_a_finding_that_says_2_means_2_percent(
    blank_book: Path,
) -> None:
    book = edited(blank_book, cell("Terms", "F9", 0.02, "0%"))
    answer = refused(book, "post-invoices")
    found = next(f for f in answer.findings if f.code.name == "percent_formatted")
    assert (answer.exit, found.sheet, found.cell) == (Exit.WRONG_DATA, "Terms", "F9")
    assert "2 means 2 %" in (found.expected or found.code.expected)


def test_a_due_date_before_the_invoice_date_is_said(blank_book: Path) -> None:
    book = edited(blank_book, cell("Invoices", "E3", datetime(2026, 1, 4), "yyyy-mm-dd"))
    answer = run("post-invoices", book, preview=True)
    assert ("due_before_invoice_date", "E3") in {(f.code.name, f.cell) for f in answer.findings}


def test_a_receipt_in_a_currency_that_has_no_rate_on_its_day_is_refused(blank_book: Path) -> None:
    def receipt(workbook: openpyxl.Workbook) -> None:
        fill(workbook["Rates"], 2, Currency="EUR", Date=datetime(2026, 2, 1), Rate=1.1)
        fill(workbook["Receipts"], 2, Receipt_Date=datetime(2026, 1, 20), Customer_ID="ACME",
             Amount=100.00, Currency="EUR", Remittance="INV-1")  # fmt: skip

    book = edited(blank_book, receipt)
    done(run("post-invoices", book))
    answer = refused(book, "post-payments")
    assert answer.exit is Exit.WRONG_DATA
    assert {f.cell for f in answer.findings if f.is_error} & {"F2", "J2"}


def test_a_renamed_heading_is_named_with_its_cell(blank_book: Path) -> None:
    book = edited(blank_book, cell("Invoices", "H1", "Amnt"))
    answer = refused(book, "post-invoices")
    found = next(f for f in answer.findings if f.code.name == "heading_missing")
    assert (answer.exit, found.sheet, found.cell) == (Exit.WRONG_DATA, "Invoices", "H1")


def test_a_missing_table_is_named(blank_book: Path) -> None:
    def remove(workbook: openpyxl.Workbook) -> None:
        del workbook["Receipts"].tables["Receipts"]

    answer = refused(edited(blank_book, remove), "aging")
    assert (answer.exit, answer.findings[0].code.name) == (Exit.WRONG_DATA, "table_missing")


def test_a_slip_in_what_the_user_keeps_is_said_without_an_alarm_about_posted_rows(
    blank_book: Path,
) -> None:
    def edit(workbook: openpyxl.Workbook) -> None:
        fill(workbook["Disputes"], 2, Invoice_No="INV-1", Amount=-5, Opened=datetime(2026, 1, 5))

    answer = refused(edited(blank_book, edit), "disputes")
    assert next(f.cell for f in answer.findings if f.is_error) == "D2"
    assert answer.said == (
        "1 error in what is typed on Disputes: the figures asked for depend on it. Posted rows are "
        "not concerned. Correct the cells named above, then run it again.",
    )


@pytest.mark.parametrize("command", ["aging", "collections", "month-end", "verify", "late-fees"])
def test_a_posted_amount_that_became_text_stops_every_figure(
    blank_book: Path, command: str
) -> None:
    book = edited(blank_book)
    done(run("post-invoices", book))
    workbook = openpyxl.load_workbook(book)
    workbook["Invoices"]["H2"].value = "#REF!"
    workbook.save(book)
    answer = refused(book, command, **({"period": "2026-01"} if command == "month-end" else {}))
    assert any(f.cell == "H2" for f in answer.findings)
    assert answer.exit is Exit.WRONG_DATA


def test_a_date_in_a_closed_month_keeps_its_date_and_posts_later(blank_book: Path) -> None:
    book = edited(blank_book)
    done(run("month-end", book, period="2026-01", close=True))
    workbook = openpyxl.load_workbook(book)
    fill(workbook["Invoices"], 4, Invoice_No="INV-3", Customer_ID="ACME", Amount=7.00,
         Invoice_Date=datetime(2026, 1, 9))  # fmt: skip
    grown(workbook["Invoices"], 4)
    workbook.save(book)
    answer = done(run("post-invoices", book))
    assert "posted_in_first_open_period" in {f.code.name for f in answer.findings}
    row = [c.value for c in openpyxl.load_workbook(book)["Invoices"][4]]
    assert row[3] == datetime(2026, 1, 9)
    assert row[16] == datetime(2026, 2, 1)


@pytest.mark.parametrize(
    ("name", "content", "exit_code"),
    [
        ("empty.xlsx", b"", Exit.UNREADABLE),
        ("text.xlsx", b"Invoice No,Amount\n1,2\n", Exit.UNREADABLE),
        ("missing.xlsx", None, Exit.UNREADABLE),
    ],
)
def test_what_is_no_workbook_is_said_in_a_sentence(
    tmp_path: Path, name: str, content: bytes | None, exit_code: Exit
) -> None:
    book = tmp_path / name
    if content is not None:
        book.write_bytes(content)
    answer = run("aging", book)
    assert answer.exit is exit_code
    assert answer.said[0].endswith(".")


def test_an_empty_workbook_of_somebody_else_is_refused(tmp_path: Path) -> None:
    book = tmp_path / "blank.xlsx"
    openpyxl.Workbook().save(book)
    answer = refused(book, "aging")
    assert answer.exit is Exit.UNREADABLE


@pytest.mark.shared
def test_every_hostile_or_broken_file_ends_in_a_sentence(shared: Path, tmp_path: Path) -> None:
    for file in sorted((shared / "data" / "bad").iterdir()):
        book = Path(shutil.copy(file, tmp_path / file.name))
        book.chmod(0o644)
        before = book.read_bytes()
        answer = run("post-invoices", book)
        assert answer.exit in (Exit.UNREADABLE, Exit.WRONG_DATA), (file.name, answer)
        assert book.read_bytes() == before
        assert answer.said, file.name


def test_posting_twice_posts_once(blank_book: Path) -> None:
    book = edited(blank_book)
    first = done(run("post-invoices", book))
    second = done(run("post-invoices", book))
    assert (first.rows["Invoices"], second.rows, second.batches) == (2, {}, ())
    assert date(2026, 10, 31) == second.as_of

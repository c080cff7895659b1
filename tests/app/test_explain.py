"""Explain: every figure of every report is traced to rows whose sum is the cell."""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ar_xl.app.answer import Answer
from ar_xl.app.explaining.figures import REPORTS, find
from ar_xl.book import host
from ar_xl.book.picking import picked
from ar_xl.book.reader import read_ledger
from ar_xl.book.template import build_template
from ar_xl.core.findings import Exit
from proofs.explain import Tally, do, figures, trace
from tests.app.conftest import done, run
from tests.live.both import twice
from tests.office.steps import Change, Do, Enter, Step

AGING, DETAIL, MONTH = "Aging 2026-10-31", "Aging Detail 2026-10-31", "Month-End 2026-10-31"


def _on(month: int, day: int) -> datetime:
    return datetime(2026, month, day)


def _invoice(
    number: str, customer: str, dated: datetime, amount: float, **more: Any
) -> Mapping[str, Any]:
    known = {"Invoice No": number, "Customer ID": customer, "Invoice Date": dated, "Amount": amount}
    return {**known, **more}


def _line(name: str, dated: datetime, amount: float, kind: str) -> Mapping[str, Any]:
    return {"Line ID": name, "Account": "MAIN", "Date": dated, "Kind": kind, "Amount": amount,
            "Currency": "USD", "Text": "deposit"}  # fmt: skip


STORY: tuple[Step, ...] = (
    Change("Settings", "Default Fee Policy", "Value", "18 % a year, daily"),
    Enter("Customers", [
        {"Customer ID": "ACME", "Name": "Acme & Sons", "Status": "Active", "Credit Limit": 900.0,
         "Collector": "Eve"},
        {"Customer ID": "BOLT", "Name": "Bolt", "Currency": "EUR"},
    ]),
    Enter("Rates", [{"Currency": "EUR", "Date": _on(1, 1), "Rate": 1.1}]),
    Enter("Invoices", [
        _invoice("A-1", "ACME", _on(7, 1), 500.0, Terms="Net 30"),
        _invoice("A-2", "ACME", _on(8, 1), 300.0, Terms="2/10 Net 30"),
        _invoice("A-3", "ACME", _on(10, 20), 1000.0, Terms="Net 30"),
        _invoice("A-4", "ACME", _on(8, 20), 80.0, Type="Debit Memo"),
        _invoice("B-1", "BOLT", _on(8, 1), 250.0),
        _invoice("CM-1", "ACME", _on(9, 1), 40.0, Type="Credit Memo"),
    ]),
    Do("post-invoices"),
    Enter("Receipts", [
        {"Receipt No": "R-1", "Receipt Date": _on(8, 5), "Customer ID": "ACME", "Amount": 294.0,
         "Remittance": "A-2", "Method": "Check"},
        {"Receipt No": "R-2", "Receipt Date": _on(9, 15), "Customer ID": "ACME", "Amount": 100.0,
         "Remittance": "A-1 100.00", "Method": "Cash"},
        {"Receipt No": "R-3", "Receipt Date": _on(9, 20), "Customer ID": "BOLT", "Amount": 20.0},
    ]),
    Do("post-payments"),
    Do("deposit", "2026-09-16"),
    Enter("BankLines", [
        _line("BL-1", _on(9, 18), 294.0, "Payment"), _line("BL-2", _on(9, 20), 33.0, "Payment"),
        _line("BL-3", _on(9, 30), -12.5, "Fee"),
    ]),
    Enter("BankStatements", [{"Statement ID": "S-1", "Account": "MAIN", "Currency": "USD",
                              "From": _on(9, 1), "To": _on(9, 30), "Opening": 10.0,
                              "Closing": 324.5, "Status": "Proved"}]),
    Do("reconcile", given={"statement": "S-1"}),
    Enter("Disputes", [
        {"Dispute No": "D-1", "Invoice No": "A-1", "Opened": _on(10, 1), "Amount": 50.0,
         "Call At": _on(10, 30)},
        {"Invoice No": "A-3", "Opened": _on(10, 21), "Amount": 12.0, "Resolve By": "Credit Memo",
         "Reason": "Damage", "Owner": "Eve"},
        {"Invoice No": "A-3", "Opened": _on(10, 22), "Resolve By": "Release"},
    ]),
    Do("disputes"), Do("post-invoices"), Do("disputes"),
    Enter("Activities", [{"Date": _on(10, 20), "Customer ID": "ACME", "Kind": "Promise",
                          "Promise Date": _on(11, 15), "Promise Amount": 30.0}]),
    Change("Ladder", "Second reminder", "Fee Policy", "25 flat"),
    Enter("Activities", [{"Date": _on(10, 21), "Customer ID": "BOLT", "Kind": "Letter",
                          "Step": "Second reminder"}]),
    Enter("Activities", [
        {"Date": _on(10, 22), "Customer ID": "BOLT", "Kind": "Promise", "Promise Date": _on(10, 26),
         "Promise Amount": 90.0, "Next Action": "Ask for the slip", "Next Date": _on(10, 27)},
        {"Date": _on(10, 28), "Customer ID": "ACME", "Kind": "Letter", "Step": "First reminder",
         "Paper": "Letters/ACME.pdf"},
    ]),
    Change("LossRates", "61-90", "Rate %", 5.0), Change("LossRates", "61-90", "Factor", 1.2),
    Enter("Reserves", [{"Document No": "A-4", "From": _on(9, 1), "Amount": 60.0}]),
    Enter("Adjustments", [
        {"Date": _on(10, 2), "Kind": "Write-off", "Document No": "A-4", "Amount": 3.0,
         "Reason": "too small"},
        {"Date": _on(10, 3), "Kind": "Recovery", "Document No": "A-4", "Amount": 1.0,
         "Reason": "paid after all"},
        {"Date": _on(10, 4), "Kind": "Unapply", "Document No": "R-3", "Reason": "wrong customer"},
        {"Date": _on(10, 5), "Kind": "Refund", "Document No": "R-3", "Amount": 5.0,
         "Reason": "asked for"},
        {"Date": _on(10, 6), "Kind": "Bounced", "Document No": "R-1", "Bank Fee": 4.0,
         "Customer Fee": 7.0, "Reason": "no funds"},
    ]),
    Do("adjust"),
    Do("late-fees"),
    Enter("Adjustments", [{"Date": _on(10, 31), "Kind": "Fee Waiver", "Reason": "goodwill",
                           "Document No": "LF-A-1-18-a-year-daily-2026-10"}]),
    Do("adjust"), Do("late-fees"), Do("late-fees", given={"what_if": "1.5 % a month; none"}),
    Do("aging"), Do("collections"), Do("letters"), Do("statements"),
    Do("month-end", given={"period": "2026-10"}),
    Do("forecast"), Do("overview"),
    Do("plan", given={"customer": "ACME", "payments": "3", "first": "2026-11-15",
                      "interest": "6"}),
)  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = tmp_path_factory.mktemp("explain") / "book.xlsx"
    build_template(book, company="Test & Sons", currency="USD")
    for step in STORY:
        answer = do(step, book)
        assert answer is None or answer.exit is Exit.DONE, (step, answer.said, answer.findings)
    return book


@pytest.fixture
def book(told: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(told, tmp_path / "book.xlsx"))


def _explained(book: Path, sheet: str, cell: str) -> Answer:
    return run("explain", book, None, sheet=sheet, cell=cell)


def _why(answer: Answer) -> Mapping[str, Any]:
    found: Mapping[str, Any] = answer.more["explanation"]
    return found


def _cell_of(book: Path, sheet: str, row: str, heading: str) -> str:
    """The address of a figure: the row that holds a text, the column below a heading."""
    cells = openpyxl.load_workbook(book, data_only=True)[sheet]
    at = {str(cell.value): cell for line in cells for cell in line if cell.value is not None}
    column = next(c for line in cells for c in line if c.value == heading).column
    return str(cells.cell(at[row].row, column).coordinate)


def _typed(book: Path, sheet: str, cell: str, value: Any) -> None:
    opened = openpyxl.load_workbook(book)
    opened[sheet][cell] = value
    opened.save(book)


@pytest.mark.heavy
def test_every_figure_of_every_report_is_the_sum_of_rows_that_stand_in_the_file(
    told: Path,
) -> None:
    tally = Tally()
    trace(told, tally, random.Random(1), None)
    assert tally.wrong == []
    assert set(tally.figures) == set(REPORTS)
    assert tally.looked_up > 100


def test_the_answer_names_rule_rows_and_sum(book: Path) -> None:
    answer = done(_explained(book, AGING, _cell_of(book, AGING, "ACME", "61-90")))
    said = "\n".join(answer.said)
    assert "Open items 61-90 days past due. Days count from the due date" in said
    assert "Invoices!5           A-4 2026-08-20 Debit Memo, due 2026-08-20: USD 80.00" in said
    assert "The rows add up to the cell." in said
    assert answer.batches == ()
    assert answer.sheets == ()


def test_a_figure_that_was_typed_over_is_told_with_the_difference(book: Path) -> None:
    cell = _cell_of(book, AGING, "ACME", "Total")
    was = openpyxl.load_workbook(book, data_only=True)[AGING][cell].value
    _typed(book, AGING, cell, was + 10)
    answer = done(_explained(book, AGING, cell))
    assert [finding.code.name for finding in answer.findings] == ["figure_does_not_follow"]
    assert "a difference of USD 10.00. The sheet was edited after it was made" in (
        answer.findings[0].seen
    )
    assert _why(answer)["agrees"] is False


def test_a_past_report_is_explained_on_the_books_of_then(book: Path) -> None:
    cell = _cell_of(book, AGING, "ACME", "Unapplied")
    paid = {"Receipt No": "R-9", "Receipt Date": _on(10, 30), "Customer ID": "ACME", "Amount": 5.0,
            "Remittance": "Z-404"}  # fmt: skip
    do(Enter("Receipts", [paid]), book)
    do(Change("Settings", "Allocation Rules", "Value", ""), book)
    done(run("post-payments", book))
    answer = done(_explained(book, AGING, cell))
    assert _why(answer)["agrees"]
    assert len(_why(answer)["posted_since"]) == 1
    assert "So it was when the report was made." in answer.said[-1]
    assert answer.findings == ()


def test_a_late_fee_shows_policy_and_days(book: Path) -> None:
    sheet = "Late Fees 2026-10-31"
    answer = done(_explained(book, sheet, _cell_of(book, sheet, "A-1", "Fee")))
    said = "\n".join(answer.said)
    assert "18 % a year" in said
    assert "A-1: USD 280.00 overdue for 30 days, after 2026-10-01 to 2026-10-31" in said


def test_a_journal_line_shows_the_documents_behind_it(book: Path) -> None:
    sheet = openpyxl.load_workbook(book)["Journal"]
    row = next(cells for cells in sheet.iter_rows(min_row=2) if cells[4].value)
    answer = done(_explained(book, "Journal", row[4].coordinate))
    assert _why(answer)["agrees"]
    assert _why(answer)["parts"][0]["rows"]


def test_every_cell_of_a_table_has_a_rule(told: Path) -> None:
    cells = openpyxl.load_workbook(told, data_only=True)
    book = host.open_book(told)
    read = read_ledger(book)
    for name in ("Invoices", "Receipts", "Applications", "Fees", "Journal", "Batches"):
        for cell in (each for row in cells[name].iter_rows(2, 4) for each in row if each.value):
            found = find(read.ledger, picked(book, read.layout, name, cell.coordinate))
            assert found.explanation, cell
            assert found.agrees, cell
    book.close()


@pytest.mark.parametrize(
    ("sheet", "cell", "said"),
    [
        ("Home", "B2", "is on a sheet that ar_xl did not make"),
        ("Invoices", "A1", "is the heading Invoice No"),
        ("Invoices", "A900", "is blank"),
        (AGING, "A1", "belongs to the title"),
        (AGING, "ZZ900", "pick a figure in a table"),
    ],
)
def test_a_cell_without_a_figure_gets_a_sentence_that_says_what_can_be_explained(
    book: Path, sheet: str, cell: str, said: str
) -> None:
    answer = done(_explained(book, sheet, cell))
    assert said in " ".join(answer.said)


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [
        ("Agin", "C9"),
        (AGING, "9C"),
        (AGING, "AAAA1"),
        (AGING, "A9999999"),
        (AGING, "=A1"),
        ("", ""),
    ],
)
def test_what_is_no_cell_is_a_wrong_call(book: Path, sheet: str, cell: str) -> None:
    answer = _explained(book, sheet, cell)
    assert answer.exit is Exit.WRONG_CALL
    assert answer.said


def test_nothing_is_written(book: Path) -> None:
    before = book.read_bytes()
    done(_explained(book, AGING, "C9"))
    assert book.read_bytes() == before


def test_in_excel_the_same_is_said(book: Path) -> None:
    both = twice(book)
    for sheet, cell in random.Random(2).sample(list(figures(book)), 4):
        in_file, in_excel = both.run("explain", {"sheet": sheet, "cell": cell})
        assert in_excel.said == in_file.said
        assert in_excel.more == in_file.more
    assert both.differences() == []


def test_a_posted_row_that_was_edited_says_so_in_each_of_its_cells(book: Path) -> None:
    _typed(book, "Invoices", "N2", "typed later")
    for cell in ("H2", "N2"):
        assert any("seal does not fit" in line for line in _explained(book, "Invoices", cell).said)
    assert not any("seal" in line for line in _explained(book, "Invoices", "H3").said)


def test_a_row_that_cannot_be_read_says_what_is_wrong_with_it(book: Path) -> None:
    do(Enter("Invoices", [_invoice("A-9", "ACME", _on(7, 1), 5.0)]), book)
    rows = openpyxl.load_workbook(book)["Invoices"]
    row = next(cells[0].row for cells in rows.iter_rows() if cells[0].value == "A-9")
    _typed(book, "Invoices", f"H{row}", "about five")
    said = " ".join(_explained(book, "Invoices", f"H{row}").said)
    assert "cannot be read and counts nowhere" in said
    assert "about five" in said

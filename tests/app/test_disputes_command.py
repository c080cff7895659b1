"""Disputes on a file: invited, credited, and open again once that is undone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from icalendar import Calendar
from openpyxl import load_workbook

from ar_xl.book.template import build_template
from proofs.explain import do
from tests.app.conftest import done, run
from tests.office.steps import Change, Enter

DAY = datetime(2026, 10, 1)


def _row(book: Path, *headings: str) -> list[Any]:
    sheet: Any = load_workbook(book)["Disputes"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    return [sheet.cell(2, columns[heading]).value for heading in headings]


def test_a_dispute_from_the_call_to_the_credit_and_back(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    build_template(book, company="Test & Sons", currency="USD")
    for step in (
        Change("Settings", "Email", "Value", "ar@test.example"),
        Enter("Customers", [{"Customer ID": "ACME", "Name": "Acme", "Email": "pay@acme.example"}]),
        Enter("Invoices", [{"Invoice No": "A-1", "Customer ID": "ACME", "Invoice Date": DAY,
                            "Amount": 1000.0, "Tax": 80.0}]),
    ):  # fmt: skip
        do(step, book)
    done(run("post-invoices", book))
    dispute = {"Invoice No": "A-1", "Amount": 120.0, "Opened": DAY, "Resolve By": "Credit Memo",
               "Call At": datetime(2026, 11, 2), "Call Time": "14:30"}  # fmt: skip
    do(Enter("Disputes", [dispute]), book)

    answer = done(run("disputes", book, invite=True))

    assert _row(book, "Dispute No", "Settled By", "Closed") == ["D-000001", "CM-000001", None]
    (paper,) = (tmp_path / "Invitations 2026-10-31").iterdir()
    calendar: Any = Calendar.from_ical(paper.read_bytes())
    (event,) = calendar.walk("VEVENT")
    assert event["DTSTART"].dt == datetime(2026, 11, 2, 14, 30)
    assert "1 credit memo drafted on Invoices: Post Invoices posts it." in answer.said
    assert answer.totals["disputed"] == {"USD": 12000}

    done(run("post-invoices", book))
    assert _row(book, "Resolution", "Closed") == ["Credit Memo CM-000001", datetime(2026, 10, 31)]
    done(run("undo", book, batch="B-000002"))
    assert _row(book, "Resolution", "Closed", "Settled By") == [None, None, "CM-000001"]

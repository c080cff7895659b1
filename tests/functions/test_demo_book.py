"""The demo workbook, read by openpyxl: formulas over its tables against its report sheets."""

from __future__ import annotations

from datetime import date
from typing import Any

import openpyxl
import pytest

from ar_xl.book.template import build_template
from tests.app.conftest import done, run
from tests.app.office import demo_month
from tests.functions.sheet import Rows, call, down, one, typed
from tests.functions.workbook import TABLES, aging_of_tables

END = date(2026, 10, 31)
DAYS = (date(2026, 9, 30), date(2026, 10, 15), END)


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The demo company after a whole October, with aging sheets of three days."""
    book = tmp_path_factory.mktemp("demo") / "demo.xlsx"
    build_template(book, company="Demo", currency="USD")
    demo_month(book)
    for day in DAYS:
        done(run("aging", book, day.isoformat()))
    done(run("month-end", book, period="2026-10"))
    return openpyxl.load_workbook(book, data_only=True)


def whole(sheets: Any, name: str) -> Rows:
    """`Name[#All]`."""
    for sheet in sheets.worksheets:
        if name in sheet.tables:
            cells = sheet[sheet.tables[name].ref]
            return tuple(tuple(cell.value for cell in row) for row in cells)
    raise AssertionError(f"there is no table {name}")


def below(rows: Rows, heading: str) -> list[Any]:
    """The cells below a heading of a table."""
    at = rows[0].index(heading)
    return [row[at] for row in rows[1:]]


def shown(sheets: Any, day: date) -> dict[str, tuple[float, ...]]:
    """The rows of an aging sheet: buckets, unapplied and total by customer, and Total."""
    sheet = sheets[f"Aging {day}"]
    rows = list(sheet.iter_rows(values_only=True))
    at = next(n for n, row in enumerate(rows) if row[0] == "Customer ID")
    end = next(n for n, row in enumerate(rows) if row[0] == "Total")
    return {row[0]: tuple(map(float, row[2:9])) for row in rows[at + 1 : end + 1]}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_aging_by_formula_is_the_aging_sheet(day: date, sheets: Any) -> None:
    tables = {name: whole(sheets, name) for name in TABLES}
    found = aging_of_tables(tables, day, (30, 60, 90))
    assert {row[0]: row[2:] for row in found[1:]} == shown(sheets, day)
    assert [row[0] for row in found[1:]] == list(shown(sheets, day))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_balances_by_formula_are_the_totals_of_the_aging_sheet(day: date, sheets: Any) -> None:
    tables = [whole(sheets, name) for name in ("Invoices", "Receipts", "Applications")]
    expected = {who: row[-1] for who, row in shown(sheets, day).items() if who != "Total"}
    found = call("AR_BALANCE", down(*expected), *tables, one(typed(str(day))))
    assert found == down(*expected.values())


def test_open_amounts_by_the_formula_of_the_docs_are_those_of_the_aging_detail(
    sheets: Any,
) -> None:
    invoices, applications = whole(sheets, "Invoices"), whole(sheets, "Applications")
    settled = zip(*(below(applications, name) for name in ("Amount", "Discount", "Difference")),
                  strict=True)  # fmt: skip
    found = call(
        "AR_OPEN", down(*below(invoices, "Invoice No")), down(*below(invoices, "Amount")),
        down(*below(applications, "Invoice No")),
        down(*(sum(filter(None, row)) for row in settled)),
    )  # fmt: skip
    types = below(invoices, "Type")
    ours = {
        number: cell
        for number, kind, (cell,) in zip(below(invoices, "Invoice No"), types, found, strict=True)
        if cell and kind != "Credit Memo"
    }
    rows = list(sheets[f"Aging Detail {END}"].iter_rows(values_only=True))
    at = next(n for n, row in enumerate(rows) if row[0] == "Customer ID")
    detail = [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :]]
    shown_open = {row["Invoice No"]: float(row["Open"]) for row in detail if row["Due Date"]}
    assert ours == shown_open
    assert len(ours) > 20


def test_due_dates_by_the_formula_of_the_docs_are_those_that_posting_gave(sheets: Any) -> None:
    invoices = whole(sheets, "Invoices")
    termed = [n for n, terms in enumerate(below(invoices, "Terms")) if terms]
    dated, terms, due = (
        down(*(below(invoices, name)[n] for n in termed))
        for name in ("Invoice Date", "Terms", "Due Date")
    )
    assert call("AR_DUE_DATE", dated, terms, whole(sheets, "Terms"), one(1.0)) == due
    assert len(termed) > 20


def test_dso_and_cei_by_formula_are_those_of_the_month_end_sheet(sheets: Any) -> None:
    said = {row[0]: row[1] for row in sheets[f"Month-End {END}"].iter_rows(values_only=True)}
    opening, sales, closing, current = (
        one(float(said[label]))
        for label in ("Outstanding at the beginning", "Sales of the month",
                      "Outstanding at the end", "of it not past due")
    )  # fmt: skip
    assert call("AR_DSO", closing, sales, one(31.0)) == one(said["DSO"])
    assert call("AR_CEI", opening, sales, closing, current) == one(said["CEI"])

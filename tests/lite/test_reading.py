"""What is read in Lite is what is read from Excel on the desktop, odd cells included."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from ar_xl.app import live
from ar_xl.app.life import Options
from ar_xl.core.findings import Exit
from tests.lite.fake import Book
from tests.lite.test_commands import RefusedError, run
from tests.live.both import AS_OF, different
from tests.live.pywin32 import opened
from tests.live.sheets import Workbook, Worksheet
from tests.live.wire import Wire

ODD: dict[str, tuple[str, str, Any]] = {
    "a percentage where a number belongs": ("FeePolicies", "Rate %", "18%"),
    "a date where a number belongs": ("FeePolicies", "Grace Days", "2026-10-31"),
    "a text that looks like a number": ("Receipts", "Customer ID", "00123"),
    "an amount with a currency": ("Receipts", "Amount", "=1+1"),
    "an error": ("Receipts", "Amount", "#N/A"),
    "a truth value": ("Receipts", "Amount", "TRUE"),
    "a number where a date belongs": ("Receipts", "Receipt Date", "17"),
    "a text where a date belongs": ("Receipts", "Receipt Date", "'soon"),
    "an amount with too many digits": ("Receipts", "Amount", "1.005"),
}


def typed(book: Workbook, table: str, heading: str, value: Any, row: int = 2) -> None:
    """Type into the first rows of a column."""
    place = next(each for sheet in book.all_sheets for each in sheet.tables if each.Name == table)
    sheet: Worksheet = place.sheet
    column, at = place.column(heading), place.area[0] + row - 1
    sheet.grid.enter((at, column, at, column), [[value]])


@pytest.mark.parametrize("what", ODD)
def test_an_odd_cell_is_found_as_on_the_desktop(drafted: Workbook, what: str) -> None:
    workbook = deepcopy(drafted)
    typed(workbook, *ODD[what])
    options = Options("Ada", AS_OF, preview=True)
    here = run(Book(workbook), "check", preview=True)
    there = live.run_open("check", opened(deepcopy(workbook), Wire()), options, {})
    assert here.findings == there.findings, what
    assert here.findings != run(Book(drafted), "check", preview=True).findings
    assert (here.said, here.exit) == (there.said, there.exit)


def test_a_formula_in_a_draft_becomes_its_value_and_comes_back_where_posting_fails(
    drafted: Workbook,
) -> None:
    workbook = deepcopy(drafted)
    sheet = next(each for each in workbook.all_sheets if each.Name == "Receipts")
    column = sheet.tables[0].column("Amount")
    held = sheet.grid.values[1, column - 1]
    sheet.grid.formulas[2, column] = "=1000+1405.16"
    book = Book(workbook)
    assert run(book, "post-payments").exit is Exit.DONE
    grid = next(each.grid for each in book.workbook.all_sheets if each.Name == "Receipts")
    assert ((2, column) in grid.formulas, grid.values[1, column - 1]) == (False, held)
    book, last = Book(workbook), book.done

    def refuse(number: int) -> None:
        if number == last:
            raise RefusedError

    book.before = refuse
    assert run(book, "post-payments").exit is Exit.BUSY
    assert different(deepcopy(workbook), book.workbook) == []


def test_how_often_excel_is_asked_does_not_grow_with_the_rows(drafted: Workbook) -> None:
    asked = []
    for more in (0, 400):
        workbook = deepcopy(drafted)
        sheet = next(each for each in workbook.all_sheets if each.Name == "Customers")
        top, left, bottom, right = sheet.tables[0].area
        for row in range(bottom + 1, bottom + 1 + more):
            sheet.grid.enter((row, left, row, left), [[f"C-9{row:05}"]])
        sheet.tables[0].area = (top, left, bottom + more, right)
        book = Book(workbook)
        assert run(book, "post-payments").exit is Exit.DONE
        asked.append(book.asked)
    assert asked[0] == asked[1]
    assert asked[0] < 200, asked


def test_a_text_that_looks_like_a_formula_is_written_as_text(drafted: Workbook) -> None:
    workbook = deepcopy(drafted)
    typed(workbook, "Receipts", "Memo", "=HYPERLINK(A1)")
    typed(workbook, "Customers", "Name", "=1+1")
    book = Book(workbook)
    assert run(book, "post-payments").exit is Exit.DONE
    assert run(book, "undo", batch="B-000002").exit is Exit.DONE
    assert run(book, "collections").exit is Exit.DONE
    held = {sheet.Name: sheet.grid for sheet in book.workbook.all_sheets}
    memos = [value for value in held["Receipts"].values.ravel() if value == "=HYPERLINK(A1)"]
    names = held[f"Collections {AS_OF}"].values.ravel().tolist()
    assert len(memos) == 2, "the draft as it was posted, and the row that reverses it"
    assert "=1+1" in names
    assert not {f for grid in held.values() for f in grid.formulas.values()} & {
        "=HYPERLINK(A1)", "=1+1",
    }  # fmt: skip

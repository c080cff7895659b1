"""Workbooks of others: numbers, dates and errors are what their cells and formats say."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ar_xl.core.findings import Refusal
from ar_xl.core.ledger import Ledger
from ar_xl.imports.importer import ImportOptions, ImportResult, Tally, import_file
from ar_xl.imports.xlsxtable import read_foreign
from tests.imports.foreign import drafts, found, said
from tests.ledger_text import lines

HEADINGS = ("Invoice No", "Customer ID", "Invoice Date", "Amount")
Fill = Callable[[Any, Any], None]


def workbook(folder: Path, **sheets: Fill) -> Path:
    """A workbook as another program writes it; each sheet is filled by a function."""
    path = folder / "export.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, fill in sheets.items():
            sheet = book.add_worksheet(name)
            fill(book, sheet)
    return path


def rows(*cells: tuple[Any, ...], top: int = 0, left: int = 0) -> Fill:
    def fill(book: Any, sheet: Any) -> None:
        dated = book.add_format({"num_format": "yyyy-mm-dd"})
        for row, values in enumerate((HEADINGS, *cells), start=top):
            for column, value in enumerate(values, start=left):
                if isinstance(value, dt.date):
                    sheet.write_datetime(row, column, value, dated)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write(row, column, value)

    return fill


def read(path: Path, kind: str = "invoices", **options: Any) -> ImportResult:
    return import_file(path, kind, Ledger(), ImportOptions(**options))


JAN_31 = dt.date(2026, 1, 31)


def test_numbers_texts_and_dates_come_in_as_they_are(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        Data=rows(
            ("0007", "00123", JAN_31, 55.94),
            (611365, 42, dt.date(1904, 1, 1), 0.1 + 0.2),
            ("=A1", "NA", "2026-02-01", "1,234.50"),
        ),
    )
    assert drafts(read(path), "Invoices", *HEADINGS) == lines("""
        0007 | 00123 | 2026-01-31 | 55.94
        611365 | 42 | 1904-01-01 | 0.30
        =A1 | NA | 2026-02-01 | 1,234.50
    """)


def test_a_table_may_stand_anywhere_on_its_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path, Data=rows(("1", "ACME", JAN_31, 1), ("2", "", JAN_31, 2), top=4,
                                        left=2))  # fmt: skip
    result = read(path)
    assert found(result) == ["D7 | import_customer_missing | an empty cell"]
    assert result.findings[0].sheet == "export.xlsx, sheet Data"


def test_zeros_that_only_the_format_shows_are_kept(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        rows((None, "ACME", JAN_31, 1.0))(book, sheet)
        sheet.write_number(1, 0, 611365, book.add_format({"num_format": "0000000000"}))

    path = workbook(tmp_path, Data=fill)
    assert drafts(read(path), "Invoices", "Invoice No") == ["0000611365"]


def test_cells_that_are_no_amount_date_or_number_are_named(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        rows(
            ("1", "ACME", JAN_31, None), ("2", "ACME", JAN_31, None), ("3", "ACME", JAN_31, True),
            ("4", "ACME", JAN_31, None), ("5", "ACME", 46053, 1.0), ("6", "ACME", JAN_31, 1.005),
            (2520018000000073035, "ACME", JAN_31, 1.0), ("8", "ACME", JAN_31, None),
        )(book, sheet)  # fmt: skip
        sheet.write_number(1, 3, 0.05, book.add_format({"num_format": "0.00%"}))
        sheet.write_number(2, 3, 46053, book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_formula(4, 3, "=1/0", None, "#DIV/0!")
        sheet.write_formula(8, 3, "=A1", None, "")

    assert sorted(found(read(workbook(tmp_path, Data=fill)))) == sorted(
        lines("""
        D2 | import_cell_is_no_amount | `0.05`, formatted as a percentage
        D3 | import_cell_is_no_amount | `2026-01-31`, formatted as a date
        D4 | import_cell_is_no_amount | `TRUE`, true or false
        D5 | import_cell_is_no_amount | `#DIV/0!`, an error value
        C6 | import_date_unreadable | `46053`
        D7 | import_amount_too_fine | `1.005`
        A8 | import_digits_lost | `2.520018000000073e+18`
        D9 | import_formula_without_value | ``, a formula without its result
    """)
    )


def test_of_several_sheets_the_one_with_the_table_is_read(tmp_path: Path) -> None:
    table = rows(("1", "ACME", JAN_31, 1.0))

    def notes(_: Any, sheet: Any) -> None:
        sheet.write(0, 0, "Monthly report")

    def hidden(book: Any, sheet: Any) -> None:
        table(book, sheet)
        sheet.hide()

    path = workbook(tmp_path, Notes=notes, Data=table, Old=hidden)
    result = read(path)
    assert result.counts["Invoices"] == Tally(read=1, new=1)
    assert said(result, "Hidden") == "Hidden sheets were not read: Old."


def test_two_sheets_with_such_a_table_are_a_question_that_the_user_answers(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, May=rows(("1", "ACME", JAN_31, 1.0)), June=rows(("2", "ACME", JAN_31, 2.0))
    )
    assert found(read(path)) == [
        " | import_sheet_ambiguous | such tables on several sheets: "
        "export.xlsx, sheet May; export.xlsx, sheet June"
    ]
    assert drafts(read(path, sheet="june"), "Invoices", "Invoice No") == ["2"]


def test_a_workbook_that_counts_days_from_1904_has_the_same_dates(tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        rows(("1", "ACME", JAN_31, 1.0))(book, book.add_worksheet("Data"))
    assert drafts(read(path), "Invoices", "Invoice Date") == ["2026-01-31"]


def test_the_same_table_as_text_and_as_workbook_gives_the_same_drafts(tmp_path: Path) -> None:
    text = tmp_path / "export.csv"
    text.write_text("Invoice No,Customer ID,Invoice Date,Amount\n007,ACME,2026-01-31,5.50\n")
    path = workbook(tmp_path, Data=rows(("007", "ACME", JAN_31, 5.5)))
    first, second = read(text), read(path)
    assert drafts(first, "Invoices", *HEADINGS) == drafts(second, "Invoices", *HEADINGS)
    again = import_file(path, "invoices", Ledger().after(first.change), ImportOptions())
    assert again.counts["Invoices"] == Tally(read=1, known=1)


def test_other_formats_are_read_where_the_other_reader_is_installed(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shared / "data" / "bad" / "calamine__OOM_alloc.xls"
    assert read_foreign(path)[0].is_sheet
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(Refusal) as caught:
        read_foreign(path)
    assert caught.value.code.name == "import_workbook_unreadable"
    assert "save it as .xlsx" in caught.value.fix

"""A small workbook by another program, and how the tests of the engine open it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import xlsxwriter
import xlwings as xw

from ar_xl.xlfile.engine import engine, register

HEADINGS = ["Invoice No", "Customer ID", "Due Date", "Amount", "Double"]
DOUBLE = "=Invoices[[#This Row],[Amount]]*2"


def opened(path: Path) -> xw.Book:
    """The workbook at a path, opened without Excel."""
    register()
    return xw.Book(impl=engine.apps.add().books.open(str(path)))


def make_invoices(path: Path) -> Path:
    """Write two sheets: a table of three invoices with a calculated column, and a table of notes.

    Sheet Invoices: A1:E4, dates in C, currency in D, twice the amount in E. Sheet Notes: an error
    in A6, a percentage in B6, a name Rate that stands for it.
    """
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        money = book.add_format({"num_format": '"$"#,##0.00'})
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("Invoices")
        sheet.set_column("A:A", 14, text)
        sheet.set_column("C:C", 12, day)
        sheet.set_column("D:D", 12, money)
        for row, (number, amount) in enumerate([("00123", 100.5), ("1-2", 7), ("C9", -3.25)], 1):
            sheet.write_string(row, 0, number, text)
            sheet.write_string(row, 1, "Alpha")
            sheet.write_datetime(row, 2, dt.datetime.fromisoformat(f"2026-03-0{row}"), day)
            sheet.write_number(row, 3, amount, money)
        columns = [{"header": heading} for heading in HEADINGS]
        columns[4]["formula"] = DOUBLE
        sheet.add_table("A1:E4", {"name": "Invoices", "columns": columns})
        for row, double in enumerate((201.0, 14.0, -6.5), 1):
            sheet.write_formula(row, 4, DOUBLE, None, double)
        notes = book.add_worksheet("Notes")
        notes.add_table(
            "A1:B3", {"name": "Notes", "columns": [{"header": "Of"}, {"header": "Note"}]}
        )
        notes.write_row("A2", ["00123", "Calls back on Monday"])
        notes.write_formula("A6", "=NA()", None, "#N/A")
        notes.write_number("B6", 0.02, book.add_format({"num_format": "0.00%"}))
        book.define_name("Rate", "=Notes!$B$6")
    return path

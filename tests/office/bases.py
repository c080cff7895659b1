"""The workbooks that scenarios begin with; each is built once a run."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.table import TableColumn, TableFormula

from ar_xl.book.template import build_template

COMPANY = "Cassia & Daughters Ltd"


def base_workbook(name: str, folder: Path) -> Path:
    """The path of a workbook.

    Args:
        name: "USD" or another currency for a new workbook in it; "1904" for one that counts days
            from 1904; "own" for one with columns and a sheet of the user's; "Rates: Rate = Price"
            for one where a heading was typed over.
        folder: where it is kept.
    """
    path = folder / f"{name.replace(':', '')}.xlsx"
    if path.exists():
        return path
    build_template(path, COMPANY, name if name.isalpha() and name.isupper() else "USD")
    if name == "1904":
        book = openpyxl.load_workbook(path)
        book.epoch = CALENDAR_MAC_1904
        book.save(path)
    elif name == "own":
        _add_own(path)
    elif ": " in name:
        _rename(path, *name.split(": "))
    return path


def _rename(path: Path, table: str, change: str) -> None:
    """Type over a heading."""
    heading, typed = change.split(" = ")
    book = openpyxl.load_workbook(path)
    columns = book[table].tables[table].tableColumns
    number = [column.name for column in columns].index(heading)
    columns[number].name = typed
    book[table].cell(1, number + 1).value = typed
    book.save(path)


def _add_own(path: Path) -> None:
    """Give Invoices two columns of the user's, one calculated, and add a sheet and a chart."""
    book = openpyxl.load_workbook(path)
    sheet = book["Invoices"]
    table = sheet.tables["Invoices"]
    width = len(table.tableColumns)
    net, note = get_column_letter(width + 1), get_column_letter(width + 2)
    sheet[f"{net}1"], sheet[f"{note}1"] = "My Net", "My Note"
    sheet[f"{net}2"] = "=H2-I2"
    table.ref = f"A1:{note}2"
    table.autoFilter.ref = table.ref
    formula = TableFormula(attr_text="H2-I2")
    table.tableColumns += [
        TableColumn(id=width + 1, name="My Net", calculatedColumnFormula=formula),
        TableColumn(id=width + 2, name="My Note"),
    ]
    mine = book.create_sheet("My Figures", 2)
    mine["A1"], mine["B1"] = "What I look at", "Figure"
    mine["A2"], mine["B2"] = "Budget", 1250.5
    mine["A3"], mine["B3"] = "Posted so far", "=SUM(Invoices!H2:H500)"
    mine["A4"], mine["B4"] = "Truth", True
    mine["A5"], mine["B5"] = "'00123", "00123"
    chart = BarChart()
    chart.add_data(Reference(mine, min_col=2, min_row=2, max_row=3))
    mine.add_chart(chart, "D2")
    book.save(path)

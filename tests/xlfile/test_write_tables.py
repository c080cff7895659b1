"""Tables made and grown: areas, filters, calculated columns, formats; and what is refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table, TableFormula

from ar_xl.xlfile.edit import Edit
from ar_xl.xlfile.exact import read_formulas
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.specs import TableSpec
from ar_xl.xlfile.tablexml import totals_formula
from ar_xl.xlfile.write_errors import CannotEdit
from tests.xlfile.edits import Editing, loaded, openpyxl_cells, text_of

HEADINGS = ["No", "Amount", "User's own", "Double"]


def book_with_table(path: Path, formula: str | None = None, totals: bool = False) -> Path:
    """A table Rows in A1:D3 (No, Amount, a column of the user, a calculated one)."""
    book: Any = Workbook()
    sheet = book.active
    sheet.title = "Data"
    for row in (HEADINGS, [1, 10.5, "a", None], [2, 20.5, "b", None]):
        sheet.append(row)
    for line in (2, 3):
        sheet.cell(line, 2).number_format = "#,##0.00"
        sheet.cell(line, 3).number_format = "@"
        if formula:
            sheet.cell(line, 4).value = "=" + formula.replace("B2", f"B{line}")
    if totals:
        sheet.append(["Total", 31.0])
    table: Any = Table(displayName="Rows", ref="A1:D4" if totals else "A1:D3")
    table._initialise_columns()
    for column, heading in zip(table.tableColumns, HEADINGS, strict=True):
        column.name = heading
    if totals:
        table.totalsRowCount = 1
        table.autoFilter.ref = "A1:D3"
    if formula:
        table.tableColumns[3].calculatedColumnFormula = TableFormula(attr_text=formula)
    sheet.add_table(table)
    book.save(path)
    return path


def grown(folder: Path, source: Path, ref: str, rows: int) -> Edit:
    edit = Edit(Package.open(source))
    edit.resize_table("rows", ref)
    edit.set_block("Data", 4, 1, [np.arange(3.0, 3 + rows), np.full(rows, 0.5)])
    edit.write(folder / "out.xlsx")
    return edit


def test_area_and_filter_of_a_table_grow_together(tmp_path: Path) -> None:
    grown(tmp_path, book_with_table(tmp_path / "a.xlsx"), "A1:D5", 2)

    table = loaded(tmp_path / "out.xlsx")["Data"].tables["Rows"]
    assert (table.ref, table.autoFilter.ref) == ("A1:D5", "A1:D5")


def test_new_rows_take_the_formats_of_the_row_above_also_in_the_users_columns(
    tmp_path: Path,
) -> None:
    grown(tmp_path, book_with_table(tmp_path / "a.xlsx"), "A1:D5", 2)

    sheet = loaded(tmp_path / "out.xlsx")["Data"]
    formats = [sheet.cell(5, column).number_format for column in (1, 2, 3)]
    assert formats == ["General", "#,##0.00", "@"]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("Rows[[#This Row],[Amount]]*2", "Rows[[#This Row],[Amount]]*2"),
        ("B2*2+$F$1", "B5*2+$F$1"),
        ('SUM($F$1)&"A1"', 'SUM($F$1)&"A1"'),
    ],
)
def test_calculated_columns_are_copied_down(tmp_path: Path, formula: str, expected: str) -> None:
    grown(tmp_path, book_with_table(tmp_path / "a.xlsx", formula), "A1:D5", 2)

    package = Package.open(tmp_path / "out.xlsx")
    formulas = read_formulas(package, package.worksheets[0].part)
    assert formulas[4, 3] == expected
    assert sorted(formulas) == [(1, 3), (2, 3), (3, 3), (4, 3)]


def test_a_table_grown_twice_is_grown_once_more(tmp_path: Path) -> None:
    source = book_with_table(tmp_path / "a.xlsx", "Rows[[#This Row],[Amount]]*2")
    edit = Edit(Package.open(source))
    edit.resize_table("Rows", "A1:D4")
    edit.set_block("Data", 4, 1, [np.array([3.0])])
    edit.resize_table("Rows", "A1:D6")
    edit.set_block("Data", 5, 1, [np.array([4.0, 5.0])])
    edit.write(tmp_path / "out.xlsx")

    cells = openpyxl_cells(tmp_path / "out.xlsx", "Data")
    assert [cells[f"A{row}"] for row in range(2, 7)] == [1, 2, 3, 4, 5]
    assert [f"D{row}" in cells for row in range(2, 8)] == [True] * 5 + [False]


def test_content_below_is_not_swallowed(tmp_path: Path) -> None:
    source = book_with_table(tmp_path / "a.xlsx")
    book = loaded(source)
    book["Data"]["C5"] = "note"
    book.save(source)

    with pytest.raises(CannotEdit, match="Data!C5 below it is not empty"):
        grown(tmp_path, source, "A1:D6", 3)
    grown(tmp_path, source, "A1:D4", 1)
    assert openpyxl_cells(tmp_path / "out.xlsx", "Data")["C5"] == "note"


def test_content_beside_the_new_rows_stays(tmp_path: Path) -> None:
    source = book_with_table(tmp_path / "a.xlsx")
    book = loaded(source)
    book["Data"]["F5"] = "note"
    book.save(source)
    grown(tmp_path, source, "A1:D6", 3)

    assert openpyxl_cells(tmp_path / "out.xlsx", "Data")["F5"] == "note"


def test_a_totals_row_and_another_table_are_in_the_way(tmp_path: Path) -> None:
    with_totals = Edit(Package.open(book_with_table(tmp_path / "a.xlsx", totals=True)))
    with pytest.raises(CannotEdit, match="totals row"):
        with_totals.resize_table("Rows", "A1:D6")

    edit = Edit(Package.open(book_with_table(tmp_path / "b.xlsx")))
    edit.set_block("Data", 6, 1, [["Other", "x"]])
    edit.add_table("Data", TableSpec("A6:A7", "Other", ["Other"]))
    with pytest.raises(CannotEdit, match="Other stands in A6:A7"):
        edit.resize_table("Rows", "A1:D6")


@pytest.mark.parametrize("ref", ["A2:D5", "A1:E5", "B1:D5", "A1:D1"])
def test_only_the_last_row_of_a_table_moves(tmp_path: Path, ref: str) -> None:
    edit = Edit(Package.open(book_with_table(tmp_path / "a.xlsx")))
    with pytest.raises(CannotEdit):
        edit.resize_table("Rows", ref)


def test_an_array_formula_cannot_be_copied_down(tmp_path: Path) -> None:
    source = book_with_table(tmp_path / "a.xlsx")
    book = loaded(source)
    book["Data"]["D2"] = ArrayFormula("D2", "=B2")
    column = book["Data"].tables["Rows"].tableColumns[3]
    column.calculatedColumnFormula = TableFormula(attr_text="B2", array=True)
    book.save(source)

    with pytest.raises(CannotEdit, match="array formula"):
        Edit(Package.open(source)).resize_table("Rows", "A1:D5")


def test_a_new_table_has_headings_totals_and_a_number_of_its_own(tmp_path: Path) -> None:
    edit = Edit(Package.open(book_with_table(tmp_path / "a.xlsx")))
    edit.add_sheet("Report")
    edit.set_block("Report", 1, 1, [["Name & [x]", "A", "B", "Total"]])
    edit.set_block("Report", 1, 2, [np.array(["Amount", 1.5, 2.25, None], dtype=object)])
    total = totals_formula("Report_Rows", "Amount", "sum")
    edit.set_formula("Report", 4, 2, total, 3.75)
    headings = ["Name & [x]", "Amount"]
    totals = {"Name & [x]": "Total", "Amount": "sum"}
    edit.add_table("Report", TableSpec("A1:B4", "Report_Rows", headings, totals=totals))
    edit.write(tmp_path / "out.xlsx")

    table = loaded(tmp_path / "out.xlsx")["Report"].tables["Report_Rows"]
    assert (table.id, table.ref, table.autoFilter.ref) == (2, "A1:B4", "A1:B3")
    assert [column.name for column in table.tableColumns] == headings
    assert table.tableColumns[0].totalsRowLabel == "Total"
    assert table.tableColumns[1].totalsRowFunction == "sum"
    assert loaded(tmp_path / "out.xlsx", data_only=True)["Report"]["B4"].value == 3.75
    assert total == "=SUBTOTAL(109,Report_Rows[Amount])"


def test_marks_in_a_heading_are_quoted_in_references() -> None:
    assert totals_formula("T_1", "No. [#]", "count") == "=SUBTOTAL(103,T_1[No. '['#']])"


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        (TableSpec("F1:G2", "ROWS", ["a", "b"]), "already has something named"),
        (TableSpec("F1:G2", "A1", ["a", "b"]), "cannot be the name"),
        (TableSpec("F1:G2", "a b", ["a", "b"]), "cannot be the name"),
        (TableSpec("F1:G2", "Other", ["a", "A"]), "twice"),
        (TableSpec("F1:G2", "Other", ["a", ""]), "empty"),
        (TableSpec("F1:G2", "Other", ["a"]), "1 headings"),
        (TableSpec("F1:G1", "Other", ["a", "b"]), "a row of data"),
        (TableSpec("D3:E4", "Other", ["a", "b"]), "Rows stands in A1:D3"),
        (TableSpec("F1:G3", "Other", ["a", "b"], totals={"c": "sum"}), "no column 'c'"),
    ],
)
def test_tables_that_excel_would_repair_are_refused(
    tmp_path: Path, spec: TableSpec, reason: str
) -> None:
    edit = Edit(Package.open(book_with_table(tmp_path / "a.xlsx")))
    with pytest.raises(CannotEdit, match=re.escape(reason)):
        edit.add_table("Data", spec)


def test_a_sheet_without_the_prefix_of_relationships_gets_it_where_it_is_needed(
    tmp_path: Path,
) -> None:
    book = Editing(tmp_path)
    book.edit.set_block("Data", 1, 1, [["Name", "x"]])
    book.edit.add_table("Data", TableSpec("A1:A2", "Names", ["Name"], style=""))
    book.written()

    assert loaded(book.out)["Data"].tables["Names"].ref == "A1:A2"
    assert '<tablePart r:id="rId1"/>' in text_of(book.out, "xl/worksheets/sheet1.xml")


def test_merged_cells_below_are_in_the_way(tmp_path: Path) -> None:
    source = book_with_table(tmp_path / "a.xlsx")
    book = loaded(source)
    book["Data"].merge_cells("C5:F5")
    book.save(source)

    with pytest.raises(CannotEdit, match="merged cells C5:F5"):
        grown(tmp_path, source, "A1:D6", 3)
    grown(tmp_path, source, "A1:D4", 1)

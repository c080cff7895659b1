"""Cells put in and taken out of sheets of the file engine, and all that follows them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw
from python_calamine import CalamineWorkbook

from ar_xl.xlfile.cells import StaleFormula
from ar_xl.xlfile.write_errors import CannotEdit
from tests.xlfile.edits import text_of
from tests.xlfile.engine_books import DOUBLE, make_invoices, opened


def make_crowded(path: Path) -> Path:
    """A sheet Data with all that hangs on cells, and a sheet Sums that refers to it."""
    with xlsxwriter.Workbook(path) as book:
        data, sums = book.add_worksheet("Data"), book.add_worksheet("Sums")
        bold = book.add_format({"bold": True})
        for row in range(10):
            data.write_row(row, 0, [f"r{row + 1}", row + 1.0])
        data.write_formula("C5", "=B5*2", None, 10)
        data.write_array_formula("D8:D9", "{=B8:B9*2}", None, 16)
        data.merge_range("F6:G7", "merged", bold)
        data.data_validation("B2:B10", {"validate": "decimal", "criteria": ">", "value": "=$B$9"})
        data.conditional_format("B2:B10", {"type": "formula", "criteria": "=$B2>$B$9",
                                           "format": bold})  # fmt: skip
        data.conditional_format("B2:B10", {"type": "data_bar", "data_bar_2010": True})
        data.write_comment("B6", "a note")
        data.write_url("A7", "internal:Data!A9", string="r7")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Data!$B$2:$B$10", "categories": "=Data!$A$2:$A$10"})
        data.insert_chart("I6", chart)
        data.set_row(8, 33)
        data.set_column("G:G", 22)
        sums.write_formula("A1", "=SUM(Data!B1:B10)", None, 55)
        sums.write_formula("A2", "=Data!B9+A1", None, 64)
        book.define_name("Last", "=Data!$B$10")
        data.print_area("A1:G10")
    return path


@pytest.fixture
def book(tmp_path: Path) -> xw.Book:
    return opened(make_crowded(tmp_path / "crowded.xlsx"))


@pytest.fixture
def ledger(tmp_path: Path) -> xw.Book:
    return opened(make_invoices(tmp_path / "books.xlsx"))


def saved(book: xw.Book) -> Any:
    book.save()
    return openpyxl.load_workbook(book.fullname)


def test_whole_rows_put_in_move_all_that_hangs_on_cells(book: xw.Book) -> None:
    book.sheets["Data"]["5:6"].insert("down")
    found = saved(book)
    data, sums = found["Data"], found["Sums"]
    assert [data[cell].value for cell in ("A4", "A5", "A6", "A7", "C7")] == [
        "r4", None, None, "r5", "=B7*2"
    ]  # fmt: skip
    assert data["D10"].value.ref == "D10:D11"
    assert data["D10"].value.text == "=B10:B11*2"
    assert [str(area) for area in data.merged_cells.ranges] == ["F8:G9"]
    rule = data.data_validations.dataValidation[0]
    assert (str(rule.sqref), rule.formula1) == ("B2:B12", "$B$11")
    assert [str(area.sqref) for area in data.conditional_formatting] == ["B2:B12"]
    assert data.conditional_formatting["B2:B12"][0].formula == ["$B2>$B$11"]
    assert data["B8"].comment.text == "a note"
    assert data["A9"].hyperlink.ref == "A9"
    assert data.row_dimensions[11].height == 33
    assert [sums["A1"].value, sums["A2"].value] == ["=SUM(Data!B1:B12)", "=Data!B11+A1"]
    assert found.defined_names["Last"].attr_text == "Data!$B$12"
    assert data.print_area == "'Data'!$A$1:$G$12"
    path = Path(book.fullname)
    assert "Data!$B$2:$B$12" in text_of(path, "xl/charts/chart1.xml")
    assert "<xdr:row>7</xdr:row>" in text_of(path, "xl/drawings/drawing1.xml")
    assert "<xm:sqref>B2:B12</xm:sqref>" in text_of(path, "xl/worksheets/sheet1.xml")
    assert "<x:Row>7</x:Row>" in text_of(path, "xl/drawings/vmlDrawing1.vml")


def test_whole_rows_taken_out_take_what_hangs_on_them_along(book: xw.Book) -> None:
    book.sheets["Data"]["6:7"].delete()
    found = saved(book)
    data = found["Data"]
    assert [cell.value for cell in data["A"]] == ["r1", "r2", "r3", "r4", "r5", "r8", "r9", "r10"]
    assert not data.merged_cells.ranges
    assert data["B6"].comment is None
    assert found["Sums"]["A1"].value == "=SUM(Data!B1:B8)"
    assert found.defined_names["Last"].attr_text == "Data!$B$8"


def test_columns_move_with_their_width(book: xw.Book) -> None:
    book.sheets["Data"]["B:C"].insert("right")
    found = saved(book)
    data = found["Data"]
    assert [data["D1"].value, data["E5"].value] == [1, "=D5*2"]
    assert data.column_dimensions["I"].width == pytest.approx(22.7, abs=0.1)
    assert found["Sums"]["A1"].value == "=SUM(Data!D1:D10)"
    assert [str(area) for area in data.merged_cells.ranges] == ["H6:I7"]
    book.sheets["Data"]["A:C"].delete()
    assert saved(book)["Data"]["A1"].value == 1


def test_some_cells_move_and_their_neighbours_stay(book: xw.Book) -> None:
    book.sheets["Data"]["A3:A4"].insert("down")
    data = saved(book)["Data"]
    assert [data[cell].value for cell in ("A2", "A3", "A5", "B3")] == ["r2", None, "r3", 3]
    book.sheets["Data"]["A3:A4"].delete("up")
    assert saved(book)["Data"]["A3"].value == "r3"


def test_a_formula_that_refers_to_what_is_taken_out_says_so(book: xw.Book) -> None:
    book.sheets["Data"]["B9"].delete("up")
    found = saved(book)
    assert found["Sums"]["A2"].value == "=Data!#REF!+A1"
    assert found["Data"].conditional_formatting["B2:B9"][0].formula == ["$B2>#REF!"]


def test_old_results_are_not_read_after_cells_moved(book: xw.Book) -> None:
    assert book.sheets["Sums"]["A1"].value == 55
    book.sheets["Data"]["5:5"].delete()
    with pytest.raises(StaleFormula):
        _ = book.sheets["Sums"]["A1"].value


@pytest.mark.parametrize(
    ("cells", "way", "words"),
    [
        ("F6:F6", "down", "merged cells Data!F6:G7 would be torn"),
        ("D9:D9", "down", "array formula in Data!D8:D9 would be torn"),
    ],
)
def test_what_would_be_torn_is_refused_and_nothing_changes(
    book: xw.Book, cells: str, way: str, words: str
) -> None:
    with pytest.raises(CannotEdit, match=words):
        book.sheets["Data"][cells].insert(way)
    assert book.sheets["Data"]["A10"].value == "r10"
    assert saved(book)["Data"]["A10"].value == "r10"


def test_changes_that_were_not_saved_move_too(book: xw.Book) -> None:
    sheet = book.sheets["Data"]
    sheet["A12"].value = [["Head", "Sum"], ["x", 1.5]]
    sheet.tables.add(sheet["A12:B13"], name="Late")
    sheet["3:3"].insert("down")
    assert sheet["A13:B14"].value == [["Head", "Sum"], ["x", 1.5]]
    assert sheet.tables["Late"].range.address == "$A$13:$B$14"
    assert saved(book)["Data"].tables["Late"].ref == "A13:B14"


def test_a_table_grows_by_rows_put_into_it_and_fills_its_formulas(ledger: xw.Book) -> None:
    sheet = ledger.sheets["Invoices"]
    sheet["3:3"].insert("down")
    assert sheet.tables["Invoices"].range.address == "$A$1:$E$5"
    assert sheet["E3"].formula == DOUBLE
    assert sheet["D3"].number_format == '"$"#,##0.00'
    page = saved(ledger)["Invoices"]
    assert page.tables["Invoices"].ref == "A1:E5"
    assert [page[cell].value for cell in ("A2", "A3", "A4")] == ["00123", None, "1-2"]


def test_rows_of_a_table_come_and_go_within_its_columns(ledger: xw.Book) -> None:
    sheet = ledger.sheets["Notes"]
    sheet["A5:C5"].value = ["below", "below", "beside"]
    table = sheet.tables["Notes"]
    table.rows.add(["first", "row"], index=1)
    assert table.data_body_range.value[0] == ["first", "row"]
    assert sheet["A5:C6"].value == [[None, None, "beside"], ["below", "below", None]]
    table.rows[1].delete()
    assert len(table.rows) == 2
    page = saved(ledger)["Notes"]
    assert (page.tables["Notes"].ref, page["A2"].value, page["A5"].value) == (
        "A1:B3", "first", "below"
    )  # fmt: skip


def test_columns_of_a_table_come_and_go(ledger: xw.Book) -> None:
    table = ledger.sheets["Notes"].tables["Notes"]
    table.columns.add("By", index=2)
    assert [column.name for column in table.columns] == ["Of", "By", "Note"]
    table.columns["Of"].delete()
    page = saved(ledger)["Notes"]
    assert [column.name for column in page.tables["Notes"].tableColumns] == ["By", "Note"]
    assert [page["A1"].value, page["B2"].value] == ["By", "Calls back on Monday"]
    with pytest.raises(CannotEdit, match="names Amount in a formula"):
        ledger.sheets["Invoices"].tables["Invoices"].columns["Amount"].delete()


def test_a_table_keeps_its_headings_and_a_row_and_is_not_torn(ledger: xw.Book) -> None:
    sheet = ledger.sheets["Invoices"]
    for cells, words in (("1:1", "lose its headings"), ("2:4", "lose all its rows"),
                         ("1:9", "would go"), ("A2:B2", "would be torn")):  # fmt: skip
        with pytest.raises(CannotEdit, match=words):
            sheet[cells].delete("up")
    assert saved(ledger)["Invoices"].tables["Invoices"].ref == "A1:E4"


def test_other_programs_read_what_was_moved(book: xw.Book, tmp_path: Path) -> None:
    book.sheets["Data"]["2:3"].insert("down")
    book.sheets["Data"]["C:C"].delete()
    book.save()
    rows = CalamineWorkbook.from_path(book.fullname).get_sheet_by_name("Data").to_python()
    assert rows[11][:2] == ["r10", 10]
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2",
         "--outdir", str(tmp_path), book.fullname],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    sums = next(tmp_path.glob("*Sums*.csv")).read_text().split()
    assert sums == ["55", "64"]

"""Writing through xlwings: what was written is read back, before and after saving."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
import xlwings as xw

from ar_xl.xlfile.addresses import AddressError
from ar_xl.xlfile.cells import StaleFormula
from ar_xl.xlfile.write_errors import CannotEdit
from tests.xlfile.engine_books import make_invoices, opened


@pytest.fixture
def book(tmp_path: Path) -> xw.Book:
    return opened(make_invoices(tmp_path / "books.xlsx"))


@pytest.fixture
def sheet(book: xw.Book) -> xw.Sheet:
    return book.sheets.add("New", after=book.sheets[-1])


def saved(book: xw.Book, sheet: str) -> Any:
    book.save()
    return openpyxl.load_workbook(book.fullname)[sheet]


def test_text_is_taken_for_what_it_looks_like_as_in_excel(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["00123", "10%", "x", None, True]]
    assert sheet["A1:E1"].value == [123.0, 0.1, "x", None, True]
    assert sheet["B1"].number_format == "0%"


def test_text_stays_text_in_cells_formatted_so(sheet: xw.Sheet) -> None:
    sheet["A:A"].number_format = "@"
    sheet["A1"].options(transpose=True).value = ["00123", "1-2", "=A1"]
    assert sheet["A1:A3"].value == ["00123", "1-2", "=A1"]


def test_bulk_text_is_always_text(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["A1"].api.write_columns([["00123", "=1+1", "", "@x"], np.array([1.0, np.nan, 3, 4])])
    assert sheet["A1:B4"].value == [["00123", 1.0], ["=1+1", None], [None, 3.0], ["@x", 4.0]]
    cells = saved(book, "New")
    assert [cell.value for cell in cells["A"]] == ["00123", "=1+1", None, "@x"]
    assert {cell.data_type for cell in cells["A"] if cell.value} == {"s"}


def test_scattered_cells_are_set_in_one_call(book: xw.Book) -> None:
    sheet = book.sheets["Invoices"]
    sheet.api.write_cells(np.array([4, 2]), 2, ["Delta", "Beta"])
    assert sheet["B2:B4"].value == ["Beta", "Alpha", "Delta"]
    assert [cell.value for cell in saved(book, "Invoices")["B"]][1:] == ["Beta", "Alpha", "Delta"]


def test_a_row_written_twice_in_one_call_is_refused(book: xw.Book) -> None:
    with pytest.raises(ValueError, match="twice"):
        book.sheets[0].api.write_cells(np.array([2, 2]), 2, ["a", "b"])


def test_dates_get_a_date_format_and_come_back_as_moments(sheet: xw.Sheet) -> None:
    day = dt.datetime.fromisoformat("2026-03-31")
    sheet["A1"].value = day.date()
    assert sheet["A1"].value == day
    sheet["A2"].number_format = "yyyy-mm-dd"
    sheet["A2"].value = day
    assert sheet["A2"].number_format == "yyyy-mm-dd"


def test_a_decimal_becomes_currency(sheet: xw.Sheet) -> None:
    sheet["A1"].value = Decimal("1.23459")
    assert sheet["A1"].value == Decimal("1.2345")


def test_one_value_fills_a_range_and_none_empties_it(sheet: xw.Sheet) -> None:
    sheet["A1:B2"].value = 7
    assert sheet["A1:B2"].value == [[7.0, 7.0], [7.0, 7.0]]
    sheet["A:A"].value = None
    assert sheet["A1:B2"].value == [[None, 7.0], [None, 7.0]]


def test_a_data_frame_is_written_with_headings(sheet: xw.Sheet) -> None:
    frame = pd.DataFrame({"Customer": ["A", "B"], "Open": [1.5, np.nan]})
    sheet["A1"].options(index=False).value = frame
    assert sheet["A1"].expand("right").value == ["Customer", "Open"]
    assert sheet["A2:B3"].value == [["A", 1.5], ["B", None]]


def test_a_formula_fills_down_and_its_result_is_not_known(sheet: xw.Sheet) -> None:
    sheet["A1"].options(transpose=True).value = [1, 2, 3]
    sheet["B1:B3"].formula = "=A1*$A$3"
    assert sheet["B1:B3"].formula == (("=A1*$A$3",), ("=A2*$A$3",), ("=A3*$A$3",))
    with pytest.raises(StaleFormula, match="New!B1"):
        _ = sheet["B1"].value


def test_a_formula_may_carry_the_result_we_computed(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["A1"].value = 2
    sheet["A2"].api.put_formula("=A1*3", 6.0)
    assert sheet["A2"].value == 6.0
    book.save()
    assert sheet["A2"].value == 6.0
    found = openpyxl.load_workbook(book.fullname, data_only=True)["New"]["A2"].value
    assert found == 6


def test_clearing_takes_contents_or_formats_or_both(sheet: xw.Sheet) -> None:
    for cell in ("A1", "A2", "A3"):
        sheet[cell].value = 5
        sheet[cell].font.bold = True
    sheet["A1"].clear_contents()
    sheet["A2"].clear_formats()
    sheet["A3"].clear()
    assert sheet["A1:A3"].value == [None, 5.0, None]
    assert [sheet[cell].font.bold for cell in ("A1", "A2", "A3")] == [True, False, False]


def test_formats_change_one_property_and_keep_the_others(book: xw.Book, sheet: xw.Sheet) -> None:
    cell = sheet["B2"]
    cell.value = 1234.5
    cell.number_format = "#,##0.00"
    cell.font.bold, cell.font.italic, cell.font.size = True, True, 14
    cell.font.color, cell.font.name = "#1F4E78", "Arial"
    cell.color = (255, 230, 153)
    cell.wrap_text, cell.horizontal_alignment, cell.vertical_alignment = True, "right", "center"
    cell.borders["edge_bottom"].line_style = "double"
    assert (cell.font.bold, cell.font.size, cell.font.color) == (True, 14, (31, 78, 120))
    assert (cell.color, cell.wrap_text) == ((255, 230, 153), True)
    assert (cell.horizontal_alignment, cell.vertical_alignment) == ("right", "center")
    assert cell.borders["edge_bottom"].line_style == "double"
    found = saved(book, "New")["B2"]
    assert found.number_format == "#,##0.00"
    assert (found.font.b, found.font.i, found.font.sz, found.font.name) == (True, True, 14, "Arial")
    assert found.font.color.rgb == "FF1F4E78"
    assert found.fill.fgColor.rgb == "FFFFE699"
    assert found.alignment.horizontal == "right"
    assert found.border.bottom.style == "double"


def test_mixed_formats_each_keep_their_own(sheet: xw.Sheet) -> None:
    sheet["A1"].number_format = "0.00"
    sheet["A1:B1"].font.bold = True
    assert sheet["A1"].number_format == "0.00"
    assert sheet["B1"].number_format == "General"
    assert sheet["A1:B1"].font.bold is True


def test_sizes_merges_and_fits(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["A1"].value = "A rather long heading of a column"
    sheet["B1"].value = "x"
    sheet["A:B"].columns.autofit()
    assert sheet["A1"].column_width > 30 > 5 > sheet["B1"].column_width
    sheet["C:D"].column_width = 20
    sheet["A2"].row_height = 30
    sheet["A3:C3"].merge()
    assert sheet["B3"].merge_area.address == "$A$3:$C$3"
    cells = saved(book, "New")
    assert cells.column_dimensions["C"].width == pytest.approx(20.71, abs=0.01)
    assert cells.row_dimensions[2].height == 30
    assert str(next(iter(cells.merged_cells.ranges))) == "A3:C3"


def test_names_are_defined_changed_and_removed(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["A1:A3"].name = "Edges"
    assert sheet.range("Edges").address == "$A$1:$A$3"
    book.names["Edges"].refers_to = "=New!$B$1"
    assert book.names["Edges"].refers_to_range.address == "$B$1"
    book.names["Rate"].delete()
    book.save()
    assert set(openpyxl.load_workbook(book.fullname).defined_names) == {"Edges"}


def test_sheets_are_added_renamed_shown_and_deleted(book: xw.Book) -> None:
    first = book.sheets.add("First", before=book.sheets[0])
    book.sheets.add()
    assert book.sheet_names == ["Sheet4", "First", "Invoices", "Notes"]
    first.name = "Aging 2026-03-31"
    book.sheets["Sheet4"].delete()
    first.activate()
    assert book.sheets.active == first
    book.save()
    found = openpyxl.load_workbook(book.fullname)
    assert found.sheetnames == ["Aging 2026-03-31", "Invoices", "Notes"]
    assert found.active == found.worksheets[0]


def test_a_second_sheet_of_a_name_is_refused(book: xw.Book) -> None:
    with pytest.raises(ValueError, match="already"):
        book.sheets.add("INVOICES")


def test_the_last_visible_sheet_stays(book: xw.Book) -> None:
    book.sheets["Invoices"].delete()
    with pytest.raises(ValueError, match="last visible"):
        book.sheets["Notes"].delete()


def test_after_saving_as_the_book_goes_on_with_the_new_file(book: xw.Book, tmp_path: Path) -> None:
    before = (tmp_path / "books.xlsx").read_bytes()
    book.sheets["Notes"]["B2"].value = "Paid"
    book.save(tmp_path / "copy.xlsx")
    assert book.name == "copy.xlsx"
    assert (tmp_path / "books.xlsx").read_bytes() == before
    book.sheets["Notes"]["B3"].value = "Closed"
    assert [cell.value for cell in saved(book, "Notes")["B"]][1:3] == ["Paid", "Closed"]


def test_what_is_not_saved_is_gone(book: xw.Book) -> None:
    before = Path(book.fullname).read_bytes()
    book.sheets["Notes"]["B2"].value = "Paid"
    book.close()
    assert Path(book.fullname).read_bytes() == before
    assert len(book.app.books) == 0


def test_a_reference_outside_the_sheet_is_refused(sheet: xw.Sheet) -> None:
    with pytest.raises(AddressError):
        sheet.range("XFE1")
    with pytest.raises(IndexError):
        sheet["A1"].offset(-1, 0)


def test_columns_of_unequal_length_are_refused(sheet: xw.Sheet) -> None:
    with pytest.raises(ValueError, match="length"):
        sheet["A1"].api.write_columns([["a"], ["b", "c"]])


def test_a_table_of_the_file_grows_with_its_calculated_column(book: xw.Book) -> None:
    sheet = book.sheets["Invoices"]
    sheet.tables["Invoices"].resize(sheet["A1:E6"])
    days, amounts = np.array([46085.0, 46086.0]), np.array([1.0, 2.0])
    sheet["A5"].api.write_columns([["D4", "E5"], ["Beta", "Beta"], days, amounts])
    with pytest.raises(StaleFormula):
        _ = sheet["E5"].value
    cells = saved(book, "Invoices")
    assert cells.tables["Invoices"].ref == "A1:E6"
    assert [cell.value for cell in cells[6]][:2] == ["E5", "Beta"]
    assert "[Amount]" in str(cells["E6"].value)
    assert cells["D6"].number_format == '"$"#,##0.00'


def test_a_table_of_the_file_does_not_move_or_lose_what_formulas_name(book: xw.Book) -> None:
    sheet = book.sheets["Invoices"]
    for area in ("B1:E5", "A1:E1", "A1:C4"):
        with pytest.raises(CannotEdit, match="Invoices"):
            sheet.tables["Invoices"].resize(sheet[area])


def test_one_formula_fills_several_cells(book: xw.Book) -> None:
    sheet = book.sheets["Notes"]
    sheet["D1:D3"].formula_array = "=Invoices!D2:D4*2"
    assert sheet["D2"].has_array
    assert not sheet["D1:D4"].has_array
    assert sheet["D3"].formula_array == "=Invoices!D2:D4*2"
    with pytest.raises(StaleFormula):
        _ = sheet["D2"].value
    page = saved(book, "Notes")
    assert (page["D1"].value.ref, page["D1"].value.text) == ("D1:D3", "=Invoices!D2:D4*2")
    assert sheet["D2"].has_array


def test_an_address_with_its_book_is_quoted_where_it_must(tmp_path: Path) -> None:
    for name, wanted in (("a.b_1.xlsx", "[a.b_1.xlsx]Notes!$A$1"),
                         ("a b.xlsx", "'[a b.xlsx]Notes'!$A$1")):  # fmt: skip
        found = opened(make_invoices(tmp_path / name)).sheets["Notes"]["A1"]
        assert found.get_address(external=True) == wanted

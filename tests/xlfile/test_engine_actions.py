"""Ranges of the file engine that copy, sort, search and replace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw

from ar_xl.xlfile.cells import StaleFormula
from ar_xl.xlfile.write_errors import CannotEdit
from tests.xlfile.engine_books import make_invoices, opened


@pytest.fixture
def book(tmp_path: Path) -> xw.Book:
    return opened(make_invoices(tmp_path / "books.xlsx"))


@pytest.fixture
def sheet(book: xw.Book) -> xw.Sheet:
    made = book.sheets.add("Lines", after=book.sheets[-1])
    made["A1"].value = [["Who", "Open"], ["b", 2.0], ["A", 10.0], [None, 5.0], ["a", 1.0]]
    return made


def saved(book: xw.Book, sheet: str) -> Any:
    book.save()
    return openpyxl.load_workbook(book.fullname)[sheet]


def test_sorting_moves_whole_rows_and_puts_empty_cells_last(sheet: xw.Sheet) -> None:
    sheet["A1:B5"].sort([1, 2], [True, False], has_headers=True)
    assert sheet["A1:B5"].value == [
        ["Who", "Open"], ["A", 10.0], ["a", 1.0], ["b", 2.0], [None, 5.0]
    ]  # fmt: skip
    sheet["A2:B5"].sort(1, False)
    assert sheet["A2:A5"].value == ["b", "A", "a", None]


def test_numbers_sort_before_texts_before_truth_before_errors(sheet: xw.Sheet) -> None:
    sheet["D1"].options(transpose=True).value = ["#N/A", True, "text", False, 3.0]
    sheet["D1:D5"].sort(1)
    found = sheet["D1:D5"].options(err_to_str=True).value
    assert found == [3.0, "text", False, True, "#N/A"]


def test_formulas_and_formats_move_with_their_row(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["C2"].formula = "=B2*2"
    sheet["C3"].formula = "=B3*2"
    sheet["B2"].number_format = "0.00"
    sheet["A2:C3"].sort(1)
    assert sheet["C2:C3"].formula == (("=B2*2",), ("=B3*2",))
    assert [sheet["B2"].number_format, sheet["B3"].number_format] == ["General", "0.00"]
    page = saved(book, "Lines")
    assert [page["A2"].value, page["C3"].value, page["B3"].number_format] == ["A", "=B3*2", "0.00"]


def test_a_key_whose_result_nobody_knows_is_not_sorted_by(sheet: xw.Sheet) -> None:
    sheet["C2"].formula = "=B2*2"
    with pytest.raises(StaleFormula):
        sheet["A2:C5"].sort(3)


def test_merged_cells_are_not_sorted(sheet: xw.Sheet) -> None:
    sheet["A3:B3"].merge()
    with pytest.raises(CannotEdit, match="A2:B5 cannot be sorted: some of them are merged"):
        sheet["A2:B5"].sort(1)


def test_only_the_first_of_equal_rows_is_left(sheet: xw.Sheet) -> None:
    sheet["A1:B5"].remove_duplicates(1, has_headers=True)
    assert sheet["A1:B5"].value == [
        ["Who", "Open"], ["b", 2.0], ["A", 10.0], [None, 5.0], [None, None]
    ]  # fmt: skip


def test_a_copy_has_values_formats_merged_cells_and_formulas_that_move(
    book: xw.Book, sheet: xw.Sheet
) -> None:
    sheet["C2"].formula = "=B2*$B$3"
    sheet["A2"].font.bold = True
    sheet["A4:A5"].merge()
    sheet["A2:C5"].copy(sheet["E12"])
    page = saved(book, "Lines")
    assert [page["E12"].value, page["F13"].value, page["G12"].value] == ["b", 10, "=F12*$B$3"]
    assert page["E12"].font.b
    assert {str(area) for area in page.merged_cells.ranges} == {"A4:A5", "E14:E15"}


def test_values_alone_can_be_pasted_and_text_stays_text(sheet: xw.Sheet) -> None:
    sheet["A7"].number_format = "@"
    sheet["A7"].value = "00123"
    sheet["A7"].copy()
    sheet["B7:B8"].paste("values")
    assert sheet["B7:B8"].value == ["00123", "00123"]
    assert sheet["B7"].number_format == "General"
    sheet["B8"].paste("formats")
    assert sheet["B8"].number_format == "@"
    with pytest.raises(NotImplementedError):
        sheet["B7"].paste("values", operation="add")


def test_values_that_are_not_known_are_not_copied(sheet: xw.Sheet) -> None:
    sheet["C2"].formula = "=B2*2"
    with pytest.raises(StaleFormula):
        sheet["D2"].impl.copy_from(sheet["C2"].impl, "values")


def test_rows_can_be_copied_as_columns(sheet: xw.Sheet) -> None:
    sheet["D1"].impl.copy_from(sheet["A1:B2"].impl, "all", False, True)
    assert sheet["D1:E2"].value == [["Who", "b"], ["Open", 2.0]]


def test_a_formula_is_filled_down(sheet: xw.Sheet) -> None:
    sheet["C2"].formula = "=B2*2"
    sheet["C2"].autofill(sheet["C2:C4"])
    assert sheet["C4"].formula == "=B4*2"
    with pytest.raises(NotImplementedError):
        sheet["B2"].autofill(sheet["B2:B4"], "fill_series")


@pytest.mark.parametrize(
    ("text", "options", "place"),
    [
        ("a", {}, "$A$3"),
        ("a", {"match_case": True}, "$A$5"),
        ("a", {"direction": "backward"}, "$A$5"),
        ("1?", {"whole": True}, "$B$3"),
        ("o*n", {"order": "columns"}, "$B$1"),
        ("~?", {}, None),
        ("WH", {"whole": True}, None),
    ],
)
def test_texts_are_found_as_excel_finds_them(
    sheet: xw.Sheet, text: str, options: dict[str, Any], place: str | None
) -> None:
    found = sheet["A1:B5"].find(text, **options)
    assert (found.address if found else None) == place


def test_what_is_replaced_is_entered_anew(sheet: xw.Sheet) -> None:
    sheet["C2"].formula = "=B2*2"
    sheet["A1:C5"].replace_all("2", "3")
    assert [sheet["B2"].value, sheet["C2"].formula] == [3.0, "=B3*3"]
    sheet["A1:B5"].replace_all("a", "7", whole=True, match_case=True)
    assert sheet["A3:A5"].value == ["A", None, 7.0]


def test_cells_of_one_kind_come_as_rectangles(sheet: xw.Sheet) -> None:
    sheet["C2"].formula = "=B2*2"

    def places(*asked: Any) -> list[str]:
        return [area.address for area in sheet["A1:C5"].get_special_cells(*asked)]

    assert places("formulas") == ["$C$2"]
    assert places("constants", "numbers") == ["$B$2:$B$5"]
    assert places("blanks") == ["$C$1", "$C$3:$C$5", "$A$4"]
    sheet["2:3"].rows.hidden = True
    assert places("visible") == ["$A$1:$C$1", "$A$4:$C$5"]

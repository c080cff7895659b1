"""Rows and columns of the file engine: hidden, grouped, fitted; cells merged and parted again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw

from tests.xlfile.engine_books import make_invoices, opened


@pytest.fixture
def book(tmp_path: Path) -> xw.Book:
    return opened(make_invoices(tmp_path / "books.xlsx"))


@pytest.fixture
def sheet(book: xw.Book) -> xw.Sheet:
    return book.sheets["Notes"]


def saved(book: xw.Book, sheet: str) -> Any:
    book.save()
    return openpyxl.load_workbook(book.fullname)[sheet]


def test_hidden_rows_and_columns_have_no_size_and_stay_hidden(
    book: xw.Book, sheet: xw.Sheet
) -> None:
    sheet["2:3"].rows.hidden = True
    sheet["B:B"].columns.hidden = True
    assert [sheet["A1:A3"].rows.hidden, sheet["A2"].rows.hidden] == [None, True]
    assert [sheet["A2"].row_height, sheet["B1"].column_width] == [0, 0]
    assert sheet["A4"].top == 15
    page = saved(book, "Notes")
    assert [page.row_dimensions[row].hidden for row in (1, 2, 3, 4)] == [False, True, True, False]
    assert page.column_dimensions["B"].hidden
    again = opened(Path(book.fullname)).sheets["Notes"]
    assert [again["A3"].rows.hidden, again["B1"].columns.hidden] == [True, True]
    again["A3"].rows.hidden = False
    assert again["A3"].row_height == 15


def test_groups_go_seven_levels_deep(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["2:3"].group()
    sheet["3:3"].group()
    sheet["B:C"].group()
    sheet["C:C"].ungroup()
    page = saved(book, "Notes")
    assert [page.row_dimensions[row].outlineLevel for row in (1, 2, 3)] == [0, 1, 2]
    assert page.column_dimensions["B"].outlineLevel == 1
    assert page.sheet_format.outlineLevelRow == 2
    again = opened(Path(book.fullname)).sheets["Notes"]
    for _ in range(5):
        again["3:3"].group()
    with pytest.raises(ValueError, match="7 levels"):
        again["3:3"].group()


def test_cells_merged_in_the_file_can_be_parted_and_merged_anew(
    book: xw.Book, sheet: xw.Sheet
) -> None:
    sheet["D1:E2"].merge()
    sheet["D4:E5"].merge(across=True)
    book.save()
    assert sheet["E2"].merge_area.address == "$D$1:$E$2"
    sheet["E2"].unmerge()
    assert [sheet["E2"].merge_cells, sheet["D4"].merge_cells] == [False, True]
    assert sheet["D4:E6"].merge_cells is None
    sheet["D4:E5"].merge()
    merged = [str(each) for each in saved(book, "Notes").merged_cells.ranges]
    assert merged == ["D4:E5"]


def test_a_sheet_left_with_no_merged_cells_says_nothing_of_them(
    book: xw.Book, sheet: xw.Sheet
) -> None:
    sheet["D1:E2"].merge()
    book.save()
    sheet["A1:Z9"].unmerge()
    assert not saved(book, "Notes").merged_cells.ranges


def test_autofit_makes_rows_as_high_as_their_wrapped_text(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["B9"].value = "word " * 40
    sheet["B9"].column_width = 20
    sheet["A9"].row_height = 200
    sheet["A9"].rows.autofit()
    assert sheet["A9"].row_height == 15
    sheet["B9"].wrap_text = True
    sheet["A9"].rows.autofit()
    assert 100 < sheet["A9"].row_height < 200
    sheet["B9"].font.size = 5
    sheet["B9"].rows.autofit()
    row = saved(book, "Notes").row_dimensions[9]
    assert 30 < row.height < 50


def test_indents_grow_by_steps_and_never_below_none(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["A2"].adjust_indent(2)
    sheet["A2:A3"].adjust_indent(1)
    page = saved(book, "Notes")
    assert [page[cell].alignment.indent for cell in ("A2", "A3")] == [3, 1]
    with pytest.raises(ValueError, match="0 to 250"):
        sheet["A2:A3"].adjust_indent(-2)


def test_a_whole_sheet_is_fitted(sheet: xw.Sheet) -> None:
    sheet["B9"].value = "word " * 40
    sheet["B9"].column_width = 20
    sheet["B9"].wrap_text = True
    sheet.autofit("rows")
    assert sheet["A9"].row_height > 100
    sheet.autofit("columns")
    assert sheet["B9"].column_width > 100

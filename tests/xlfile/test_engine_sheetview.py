"""What of a sheet is printed, selected, frozen, and names that belong to one sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw

from ar_xl.xlfile.addresses import AddressError
from ar_xl.xlfile.engine import engine, register
from tests.xlfile.edits import text_of
from tests.xlfile.engine_books import opened


@pytest.fixture
def book() -> Iterator[xw.Book]:
    register()
    app = xw.App(impl=engine.apps.add())
    book = app.books.add()
    book.sheets.add("It's", after=book.sheets[0])
    yield book
    app.quit()


def test_the_print_area_is_a_name_of_the_sheet(book: xw.Book, tmp_path: Path) -> None:
    sheet = book.sheets["It's"]
    assert sheet.page_setup.print_area is None
    sheet.page_setup.print_area = "A1:B2,D4:E5"
    assert sheet.page_setup.print_area == "$A$1:$B$2,$D$4:$E$5"
    book.save(tmp_path / "print.xlsx")
    assert "'It''s'!$A$1:$B$2,'It''s'!$D$4:$E$5" in text_of(
        tmp_path / "print.xlsx", "xl/workbook.xml"
    )
    again = opened(tmp_path / "print.xlsx").sheets["It's"]
    assert again.page_setup.print_area == "$A$1:$B$2,$D$4:$E$5"
    again.page_setup.print_area = None
    assert again.page_setup.print_area is None
    again.book.save()
    assert "Print_Area" not in text_of(tmp_path / "print.xlsx", "xl/workbook.xml")


def test_what_is_selected_comes_from_the_file_until_it_changes(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "made.xlsx") as made:
        made.add_worksheet("One").set_selection("B2:C3")
        made.add_worksheet("Two")
    book = opened(tmp_path / "made.xlsx")
    assert book.selection.address == "$B$2:$C$3"
    book.sheets["Two"].range("D4").select()
    assert book.selection == book.sheets["Two"]["D4"]
    assert book.sheets.active.name == "Two"


def test_the_grid_is_as_the_file_says_until_it_changes(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "made.xlsx") as made:
        made.add_worksheet("Bare").hide_gridlines(2)
        made.add_worksheet("Lined")
    book = opened(tmp_path / "made.xlsx")
    assert [sheet.show_gridlines for sheet in book.sheets] == [False, True]
    book.sheets["Bare"].show_gridlines = True
    book.save()
    again = opened(tmp_path / "made.xlsx")
    assert [sheet.show_gridlines for sheet in again.sheets] == [True, True]


@pytest.mark.parametrize(("frozen", "cell"), [("1:1", "A2"), ("A:B", "C1"), ("A1:B3", "C4")])
def test_rows_and_columns_are_frozen_and_freed(
    book: xw.Book, tmp_path: Path, frozen: str, cell: str
) -> None:
    book.sheets[0].freeze_panes.freeze_at(frozen)
    book.save(tmp_path / "frozen.xlsx")
    assert openpyxl.load_workbook(tmp_path / "frozen.xlsx")["Sheet1"].freeze_panes == cell
    book.sheets[0].freeze_panes.unfreeze()
    book.save()
    assert openpyxl.load_workbook(tmp_path / "frozen.xlsx")["Sheet1"].freeze_panes is None


def test_a_name_of_one_sheet_is_known_there_alone(book: xw.Book, tmp_path: Path) -> None:
    first, second = book.sheets
    first["B2:C3"].name = "Sheet1!Part"
    second["A1"].name = "Whole"
    assert [name.name for name in book.names] == ["Sheet1!Part", "Whole"]
    assert [name.name for name in first.names] == ["Sheet1!Part"]
    first["Part"].value = [[1, 2], [3, 4]]
    assert first["C3"].value == 4
    with pytest.raises(AddressError):
        _ = second["Part"].value
    book.save(tmp_path / "names.xlsx")
    again = opened(tmp_path / "names.xlsx")
    assert again.names["Sheet1!Part"].refers_to_range.address == "$B$2:$C$3"
    assert again.names["Whole"].refers_to == "='It''s'!$A$1"


def test_the_same_name_can_stand_for_other_cells_on_each_sheet(book: xw.Book) -> None:
    for number, sheet in enumerate(book.sheets, 1):
        sheet.names.add("Total", f"='{sheet.name.replace(chr(39), chr(39) * 2)}'!$A${number}")
    assert book.sheets[0]["Total"].address == "$A$1"
    assert book.sheets[1]["Total"].address == "$A$2"
    book.sheets[0].names["Total"].delete()
    assert [name.name for name in book.names] == ["'It''s'!Total"]


@pytest.mark.parametrize("name", ["A1", "xfd12", "R1C1", "c", "two words", "1st", "", "x" * 256])
def test_what_excel_does_not_take_as_a_name_is_refused(book: xw.Book, name: str) -> None:
    with pytest.raises(ValueError, match="cannot be a name"):
        book.names.add(name, "=Sheet1!$A$1")
    assert len(book.names) == 0

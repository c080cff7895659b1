"""Workbooks of the engine: made, opened, saved, closed as xlwings does with Excel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from ar_xl.xlfile.engine import engine, register
from ar_xl.xlfile.errors import XlFileError
from tests.xlfile.edits import text_of
from tests.xlfile.engine_books import make_invoices, opened


@pytest.fixture
def app() -> Iterator[xw.App]:
    register()
    app = xw.App(impl=engine.apps.add())
    yield app
    app.quit()


def test_a_new_workbook_has_one_empty_sheet_and_is_no_file(app: xw.App) -> None:
    book = app.books.add()
    assert (book.name, book.fullname) == ("Book1", "Book1")
    assert [sheet.name for sheet in book.sheets] == ["Sheet1"]
    assert book.sheets[0].used_range.address == "$A$1"
    assert app.books.add().name == "Book2"


def test_a_new_workbook_is_saved_where_told_and_goes_on_from_there(
    app: xw.App, tmp_path: Path
) -> None:
    book = app.books.add()
    book.sheets[0]["A1"].value = "first"
    book.save(tmp_path / "made.xlsx")
    assert book.fullname == str(tmp_path / "made.xlsx")
    book.sheets[0]["A2"].value = "second"
    book.save()
    sheet = openpyxl.load_workbook(tmp_path / "made.xlsx")["Sheet1"]
    assert [sheet["A1"].value, sheet["A2"].value] == ["first", "second"]


def test_a_new_workbook_saved_without_a_name_goes_into_the_current_directory(
    app: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app.books.add().save()
    assert (tmp_path / "Book1.xlsx").exists()


def test_a_closed_new_workbook_leaves_nothing_behind(app: xw.App) -> None:
    book = app.books.add()
    path = book.impl.contents.path
    assert path.exists()
    book.close()
    assert not path.exists()


def test_opening_a_workbook_twice_gives_the_same_one(app: xw.App, tmp_path: Path) -> None:
    path = make_invoices(tmp_path / "invoices.xlsx")
    book = app.books.open(path)
    book.sheets[0]["A2"].value = "changed"
    assert app.books.open(path).sheets[0]["A2"].value == "changed"
    assert len(app.books) == 1


def test_two_workbooks_of_one_name_cannot_be_open_in_one_application(
    app: xw.App, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    app.books.open(make_invoices(tmp_path / "invoices.xlsx"))
    with pytest.raises(ValueError, match="two workbooks named"):
        app.books.open(make_invoices(tmp_path / "other" / "invoices.xlsx"))


def test_a_workbook_opened_read_only_is_saved_under_another_name_only(
    app: xw.App, tmp_path: Path
) -> None:
    book = app.books.open(make_invoices(tmp_path / "invoices.xlsx"), read_only=True)
    with pytest.raises(XlFileError, match="read-only"):
        book.save()
    book.save(tmp_path / "copy.xlsx")
    assert book.name == "copy.xlsx"


def test_books_are_in_the_order_they_were_opened_and_the_last_used_is_active(
    app: xw.App,
) -> None:
    first, second = app.books.add(), app.books.add()
    assert [book.name for book in app.books] == ["Book1", "Book2"]
    assert app.books.active == second
    first.activate()
    assert app.books.active == first
    assert [book.name for book in app.books] == ["Book1", "Book2"]
    first.close()
    assert app.books.active == second


@pytest.mark.parametrize("suffix", [".xls", ".xlsb", ".csv", ".pdf", ""])
def test_a_suffix_of_another_kind_of_file_is_refused(
    app: xw.App, tmp_path: Path, suffix: str
) -> None:
    with pytest.raises(XlFileError, match="not as"):
        app.books.add().save(tmp_path / f"book{suffix}")
    assert not list(tmp_path.iterdir())


def test_the_main_part_is_what_the_suffix_promises(app: xw.App, tmp_path: Path) -> None:
    book = app.books.add()
    for suffix, kind in ((".xlsm", "sheet.macroEnabled.main"), (".xltx", "template.main")):
        book.save(tmp_path / f"book{suffix}")
        assert kind in text_of(tmp_path / f"book{suffix}", "[Content_Types].xml")
        assert opened(tmp_path / f"book{suffix}").sheets[0].name == "Sheet1"


def test_macros_are_not_lost_to_a_suffix_that_cannot_hold_them(
    app: xw.App, tmp_path: Path, shared: Path
) -> None:
    book = app.books.open(next((shared / "data" / "workbooks").glob("*.xlsm")))
    with pytest.raises(XlFileError, match="macros"):
        book.save(tmp_path / "book.xlsx")

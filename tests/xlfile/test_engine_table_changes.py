"""Tables of the file, changed as in Excel: style, heading row, totals row, area, name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlwings as xw

from ar_xl.xlfile.write_errors import CannotEdit
from tests.xlfile.edits import packed
from tests.xlfile.engine_books import make_invoices, opened


@pytest.fixture
def book(tmp_path: Path) -> xw.Book:
    return opened(make_invoices(tmp_path / "books.xlsx"))


@pytest.fixture
def notes(book: xw.Book) -> xw.main.Table:
    return book.sheets["Notes"].tables["Notes"]


def saved(book: xw.Book, table: str) -> Any:
    book.save()
    for sheet in openpyxl.load_workbook(book.fullname):
        if table in sheet.tables:
            return sheet.tables[table]
    raise KeyError(table)


def again(book: xw.Book) -> xw.main.Table:
    return opened(Path(book.fullname)).sheets["Notes"].tables["Notes"]


def test_the_style_of_a_table_changes_and_its_sheet_stays_as_it_is(
    book: xw.Book, notes: xw.main.Table
) -> None:
    before = packed(Path(book.fullname))
    notes.table_style = "TableStyleDark3"
    notes.show_table_style_first_column = True
    notes.show_table_style_row_stripes = False
    info = saved(book, "Notes").tableStyleInfo
    assert (info.name, info.showFirstColumn, info.showRowStripes, info.showLastColumn) == (
        "TableStyleDark3", True, False, False
    )  # fmt: skip
    after = packed(Path(book.fullname))
    changed = {name for name, data in after.items() if data != before.get(name)}
    assert changed == {"xl/tables/table2.xml"}


def test_a_table_that_no_formula_names_can_be_renamed(book: xw.Book, notes: xw.main.Table) -> None:
    notes.name = "Remarks"
    assert saved(book, "Remarks").displayName == "Remarks"
    assert book.sheets["Notes"]["Remarks[Of]"].address == "$A$2:$A$3"
    with pytest.raises(CannotEdit, match="renamed in Excel only: Invoices!E2 names it"):
        book.sheets["Invoices"].tables["Invoices"].name = "Bills"


def test_the_heading_row_goes_and_comes_back(book: xw.Book, notes: xw.main.Table) -> None:
    notes.show_headers = False
    assert notes.header_row_range is None
    assert notes.range.address == "$A$2:$B$3"
    part = saved(book, "Notes")
    assert (part.ref, part.headerRowCount, part.autoFilter) == ("A2:B3", 0, None)
    assert book.sheets["Notes"]["A1:B1"].value == [None, None]
    table = again(book)
    table.show_headers = True
    assert table.header_row_range.value == ["Of", "Note"]
    table.parent.book.save()
    assert saved(table.parent.book, "Notes").ref == "A1:B3"


def test_a_heading_row_needs_an_empty_row(book: xw.Book, notes: xw.main.Table) -> None:
    notes.show_headers = False
    book.sheets["Notes"]["B1"].value = "in the way"
    with pytest.raises(CannotEdit, match="no empty row above it"):
        notes.show_headers = True


def test_totals_of_a_saved_table_come_and_go(book: xw.Book, notes: xw.main.Table) -> None:
    notes.api.set_totals({"Of": ("label", "All"), "Note": ("count", 1.0)})
    part = saved(book, "Notes")
    assert (part.ref, part.totalsRowCount, part.autoFilter.ref) == ("A1:B4", 1, "A1:B3")
    assert [c.totalsRowLabel or c.totalsRowFunction for c in part.tableColumns] == ["All", "count"]
    table = again(book)
    assert table.totals_row_range.value == ["All", 1.0]
    with pytest.raises(CannotEdit, match="totals row"):
        table.resize(table.range.resize(row_size=9))
    table.show_totals = False
    part = saved(table.parent.book, "Notes")
    assert (part.ref, part.totalsRowCount) == ("A1:B3", None)
    assert table.parent["A4:B4"].value == [None, None]


def test_totals_never_cover_what_is_below_a_table(book: xw.Book, notes: xw.main.Table) -> None:
    book.sheets["Notes"]["B4"].value = "in the way"
    with pytest.raises(CannotEdit, match="row below the table Notes is not empty"):
        notes.show_totals = True


def test_a_table_takes_in_columns_and_leaves_out_rows(book: xw.Book, notes: xw.main.Table) -> None:
    book.sheets["Notes"]["C1"].value = "By"
    notes.resize(book.sheets["Notes"]["A1:D2"])
    part = saved(book, "Notes")
    assert (part.ref, part.autoFilter.ref) == ("A1:D2", "A1:D2")
    assert [column.name for column in part.tableColumns] == ["Of", "Note", "By", "Column4"]
    assert len({column.id for column in part.tableColumns}) == 4
    assert book.sheets["Notes"]["A1:D1"].value == ["Of", "Note", "By", "Column4"]


def test_filter_buttons_go_and_come_back(book: xw.Book, notes: xw.main.Table) -> None:
    notes.show_autofilter = False
    assert saved(book, "Notes").autoFilter is None
    table = again(book)
    assert not table.show_autofilter
    table.show_autofilter = True
    assert saved(table.parent.book, "Notes").autoFilter.ref == "A1:B3"


def test_a_table_is_updated_from_a_frame(book: xw.Book, notes: xw.main.Table) -> None:
    frame = pd.DataFrame({"Of": ["a", "b"], "Sum": [1.5, 2.0], 7: ["x", "y"]})
    notes.update(frame, index=False)
    assert book.sheets["Notes"]["A1:D3"].value == [
        ["Of", "Sum", 7.0, None], ["a", 1.5, "x", None], ["b", 2.0, "y", None]
    ]  # fmt: skip
    part = saved(book, "Notes")
    assert [column.name for column in part.tableColumns] == ["Of", "Sum", "7"]
    assert book.sheets["Notes"]["C1"].value == "7"


def test_rows_are_appended_where_there_is_room(book: xw.Book, notes: xw.main.Table) -> None:
    assert len(notes.rows) == 2
    assert notes.rows.add(["x", "y"]).index == 3
    assert saved(book, "Notes").ref == "A1:B4"
    book.sheets["Notes"]["A5"].value = "in the way"
    with pytest.raises(CannotEdit, match="cannot grow: the row below it is not empty"):
        notes.rows.add(["z", "z"])


def test_a_new_table_uses_its_empty_row_first(book: xw.Book) -> None:
    sheet = book.sheets.add("New", after=book.sheets[-1])
    sheet["A1"].value = ["a", "b"]
    table = sheet.tables.add(sheet["A1:B1"], name="New")
    assert len(table.rows) == 0
    table.rows.add([1, 2])
    table.rows.add([3, 4])
    assert table.data_body_range.value == [[1, 2], [3, 4]]
    assert [row.range.value for row in table.rows] == [[1, 2], [3, 4]]


def test_columns_are_appended_with_their_heading(book: xw.Book, notes: xw.main.Table) -> None:
    notes.columns.add("By")
    assert [column.name for column in notes.columns] == ["Of", "Note", "By"]
    assert notes.columns["By"].data_body_range.address == "$C$2:$C$3"
    assert [column.name for column in saved(book, "Notes").tableColumns] == ["Of", "Note", "By"]

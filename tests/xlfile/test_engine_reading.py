"""Reading a workbook file through xlwings gives what Excel would give."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xlwings as xw

from ar_xl.xlfile.addresses import AddressError
from ar_xl.xlfile.cells import StaleFormula
from ar_xl.xlfile.columns import CellKind
from tests.xlfile.engine_books import HEADINGS, make_invoices, opened


@pytest.fixture
def book(tmp_path: Path) -> xw.Book:
    return opened(make_invoices(tmp_path / "books.xlsx"))


def march(day: int) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-03-0{day}")


def test_a_book_names_its_file_and_sheets(book: xw.Book) -> None:
    assert book.name == "books.xlsx"
    assert Path(book.fullname).is_file()
    assert book.sheet_names == ["Invoices", "Notes"]
    assert book.sheets.active.name == "Invoices"
    assert book.sheets["notes"] == book.sheets[1]
    assert "Nowhere" not in book.sheets


def test_values_come_as_text_float_currency_and_moment(book: xw.Book) -> None:
    assert book.sheets["Invoices"]["A2:E2"].value == [
        "00123", "Alpha", march(1), Decimal("100.5"), 201.0
    ]  # fmt: skip


def test_one_cell_is_a_value_one_column_a_list_and_two_dimensions_stay(book: xw.Book) -> None:
    sheet = book.sheets["Invoices"]
    assert sheet["A2"].value == "00123"
    assert sheet["A2:A4"].value == ["00123", "1-2", "C9"]
    assert sheet["A2"].options(ndim=2).value == [["00123"]]
    assert sheet["B2:B3"].options(ndim=1, transpose=True).value == ["Alpha", "Alpha"]


def test_value2_gives_dates_and_currency_as_floats(book: xw.Book) -> None:
    assert book.sheets["Invoices"]["C2:D2"].api.Value2 == ((46082.0, 100.5),)


def test_an_error_is_none_or_its_text(book: xw.Book) -> None:
    cell = book.sheets["Notes"]["A6"]
    assert cell.value is None
    assert cell.options(err_to_str=True).value == "#N/A"


def test_a_table_becomes_a_data_frame(book: xw.Book) -> None:
    table = book.sheets["Invoices"].tables["Invoices"]
    frame = table.range.options(pd.DataFrame, index=False).value
    assert list(frame.columns) == HEADINGS
    assert list(frame["Due Date"]) == [march(1), march(2), march(3)]


def test_tables_know_their_parts(book: xw.Book) -> None:
    table = book.sheets["Invoices"].tables["Invoices"]
    assert table.range.address == "$A$1:$E$4"
    assert table.header_row_range.address == "$A$1:$E$1"
    assert table.data_body_range.address == "$A$2:$E$4"
    assert table.totals_row_range is None
    assert not table.show_totals
    assert book.sheets["Invoices"]["B3"].table == table
    assert book.sheets["Invoices"]["G3"].table is None


@pytest.mark.parametrize(
    ("named", "address"),
    [
        ("B2:C3", "$B$2:$C$3"),
        ("$B$2", "$B$2"),
        ("B:C", "$B:$C"),
        ("2:2", "$2:$2"),
        ("Invoices", "$A$2:$E$4"),
        ("Invoices[Amount]", "$D$2:$D$4"),
        ("Invoices[#All]", "$A$1:$E$4"),
        ("Invoices[#Headers]", "$A$1:$E$1"),
        ("Rate", "$B$6"),
        ("Notes!A1", "$A$1"),
        ((2, 3), "$C$2"),
    ],
)
def test_cells_go_by_reference_name_table_or_numbers(
    book: xw.Book, named: Any, address: str
) -> None:
    assert book.sheets["Invoices"].range(named).address == address


def test_what_nothing_is_called_is_refused(book: xw.Book) -> None:
    for named in ("Nobody", "Invoices[Nothing]"):
        with pytest.raises(AddressError, match="no"):
            book.sheets[0].range(named)


def test_a_name_leads_to_its_cells(book: xw.Book) -> None:
    assert book.names["Rate"].refers_to_range.value == 0.02
    assert book.names["Rate"].refers_to == "=Notes!$B$6"
    assert "Nobody" not in book.names


def test_a_range_moves_grows_and_is_cut(book: xw.Book) -> None:
    cell = book.sheets["Invoices"]["B2"]
    assert cell.offset(1, 2).address == "$D$3"
    assert cell.resize(2, 3).address == "$B$2:$D$3"
    assert cell.resize(2, 3)[1, 0].address == "$B$3"
    assert cell.resize(2, 3)[:, 1:].address == "$C$2:$D$3"
    assert cell.resize(2, 3).last_cell.address == "$D$3"
    assert cell.get_address(False, False, include_sheetname=True) == "Invoices!B2"


def test_expand_end_and_region_follow_the_filled_cells(book: xw.Book) -> None:
    sheet = book.sheets["Invoices"]
    assert sheet["A1"].expand().address == "$A$1:$E$4"
    assert sheet["B2"].expand("down").address == "$B$2:$B$4"
    assert sheet["A1"].end("right").address == "$E$1"
    assert sheet["A2"].end("down").address == "$A$4"
    assert sheet["A4"].end("down").address == "$A$1048576"
    assert sheet["D9"].end("up").address == "$D$4"
    assert sheet["G2"].end("left").address == "$E$2"
    assert sheet["C3"].current_region.address == "$A$1:$E$4"
    assert book.sheets["Notes"].used_range.address == "$A$1:$B$6"


def test_formulas_are_told_and_values_as_one_would_type_them(book: xw.Book) -> None:
    sheet = book.sheets["Invoices"]
    assert sheet["E2"].formula == "=Invoices[[#This Row],[Amount]]*2"
    assert sheet["A2:D2"].formula == (("00123", "Alpha", "46082", "100.5"),)


def test_a_formula_is_read_until_anything_changes_and_then_raises(book: xw.Book) -> None:
    sheet = book.sheets["Invoices"]
    assert sheet["E2:E4"].value == [201.0, 14.0, -6.5]
    sheet["D2"].value = 1
    with pytest.raises(StaleFormula, match="Invoices!E2"):
        _ = sheet["D2:E4"].value
    assert sheet["D2"].value == Decimal(1)


def test_in_bulk_a_formula_that_may_be_out_of_date_is_empty(book: xw.Book) -> None:
    sheet = book.sheets["Invoices"]
    assert sheet["E2:E4"].api.read_columns().columns[0].number.tolist() == [201.0, 14.0, -6.5]
    sheet["D2"].value = 1
    column = sheet["E2:E4"].api.read_columns().columns[0]
    assert column.formula.all()
    assert column.kind.tolist() == [CellKind.BLANK, CellKind.NUMBER, CellKind.NUMBER]
    assert np.isnan(column.number).tolist() == [True, False, False]


def test_formats_are_told_and_none_where_cells_differ(book: xw.Book) -> None:
    sheet = book.sheets["Invoices"]
    assert sheet["D2:D4"].number_format == '"$"#,##0.00'
    assert sheet["C2:D4"].number_format is None
    assert sheet["D900"].number_format == '"$"#,##0.00'
    assert sheet["A1"].column_width == pytest.approx(14)
    assert sheet["A1:C1"].column_width is None
    assert sheet["B2"].font.bold is False
    assert sheet["B2"].color is None


def test_bulk_columns_come_straight_from_the_file(book: xw.Book) -> None:
    block = book.sheets["Invoices"]["A2:E4"].api.read_columns([3, 0])
    amounts, numbers = block.columns
    assert amounts.number.tolist() == [100.5, 7.0, -3.25]
    assert [block.pool[index] for index in numbers.text] == ["00123", "1-2", "C9"]

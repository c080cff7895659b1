"""The blank workbook: what a new user opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ar_xl.book.template import build_template
from ar_xl.core.schema import Filler, Kind, Table
from ar_xl.core.settinglist import SETTINGS
from ar_xl.core.tables import TABLES
from ar_xl.core.terms import read_parts


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("template") / "new.xlsx"
    build_template(made, "Cassia Trading Ltd", "EUR")
    return made


@pytest.fixture(scope="module")
def workbook(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def sheet_of(workbook: openpyxl.Workbook, table: Table) -> Worksheet:
    sheet = workbook[table.sheet]
    assert isinstance(sheet, Worksheet)
    return sheet


def column_letter(table: Table, key: str) -> str:
    return get_column_letter([column.key for column in table.columns].index(key) + 1)


def checks_by_column(sheet: Worksheet) -> dict[str, str]:
    """Reference to formula of each check of a sheet."""
    found = sheet.data_validations.dataValidation
    return {str(check.sqref): str(check.formula1) for check in found}


def test_home_comes_first_and_is_shown(workbook: openpyxl.Workbook) -> None:
    assert workbook.sheetnames[0] == "Home"
    assert workbook.active is not None
    assert workbook.active.title == "Home"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_table_is_an_excel_table_with_its_headings(
    workbook: openpyxl.Workbook, table: Table
) -> None:
    sheet = sheet_of(workbook, table)
    assert list(sheet.tables) == [table.name]
    headings = [sheet.cell(1, number + 1).value for number in range(len(table.columns))]
    assert headings == [column.heading for column in table.columns]
    assert sheet.freeze_panes in ("A2", "B2", "D2")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_heading_says_what_it_means_and_who_fills_it_in(
    workbook: openpyxl.Workbook, table: Table
) -> None:
    sheet = sheet_of(workbook, table)
    for number, column in enumerate(table.columns, 1):
        comment = sheet.cell(1, number).comment
        assert comment is not None
        ours = column.filler is Filler.PRODUCT
        assert ("Filled in by ar_xl" in comment.text) is ours
        assert column.note in comment.text


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_whole_columns_carry_their_format_so_that_growth_edits_none(
    workbook: openpyxl.Workbook, table: Table
) -> None:
    wanted = {Kind.MONEY: "#,##0.00", Kind.DATE: "yyyy-mm-dd", Kind.TEXT: "@"}
    sheet = sheet_of(workbook, table)
    for column in table.columns:
        dimension = sheet.column_dimensions[column_letter(table, column.key)]
        if column.kind in wanted:
            assert dimension.number_format == wanted[column.kind]
        shaded = dimension.fill.fill_type == "solid"
        assert shaded is (column.filler is Filler.PRODUCT)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_drop_downs_reach_the_last_row(workbook: openpyxl.Workbook, table: Table) -> None:
    checks = checks_by_column(sheet_of(workbook, table))
    for column in table.columns:
        if column.filler is Filler.USER and (column.choices or column.kind is not Kind.TEXT):
            letter = column_letter(table, column.key)
            assert f"{letter}2:{letter}1048576" in checks
            if column.choices:
                listed = f'"{",".join(column.choices)}"'
                assert checks[f"{letter}2:{letter}1048576"] == listed


def test_lists_of_other_tables_grow_with_them(workbook: openpyxl.Workbook) -> None:
    names = workbook.defined_names
    assert names["list_Customers"].attr_text == "Customers[Customer ID]"
    invoices = next(table for table in TABLES if table.name == "Invoices")
    letter = column_letter(invoices, "customer_id")
    checks = checks_by_column(sheet_of(workbook, invoices))
    assert checks[f"{letter}2:{letter}1048576"] == "list_Customers"


def test_settings_hold_every_setting_with_its_note(workbook: openpyxl.Workbook) -> None:
    sheet = workbook["Settings"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [setting.name for setting in SETTINGS]
    assert [row[2] for row in rows] == [setting.note for setting in SETTINGS]
    values = {row[0]: row[1] for row in rows}
    assert values["Company"] == "Cassia Trading Ltd"
    assert values["Base Currency"] == "EUR"
    assert values["GL AR"] == "1200"


def test_the_terms_of_a_new_workbook_can_be_read(workbook: openpyxl.Workbook) -> None:
    rows = list(workbook["Terms"].iter_rows(min_row=2, values_only=True))
    assert {"Net 30", "2/10 Net 30", "End of month", "Due on receipt"} <= {row[0] for row in rows}
    assert [len(read_parts(str(row[10]))) for row in rows if row[10]] == [3]


def test_amounts_of_a_yen_workbook_show_no_decimals(tmp_path: Path) -> None:
    build_template(tmp_path / "yen.xlsx", "", "JPY")
    sheet = openpyxl.load_workbook(tmp_path / "yen.xlsx")["Invoices"]
    assert sheet.column_dimensions["H"].number_format == "#,##0"


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path, path: Path) -> None:
    again = tmp_path / "again.xlsx"
    build_template(again, "Cassia Trading Ltd", "EUR")
    assert again.read_bytes() == path.read_bytes()


def test_a_wide_table_prints_on_several_pages_each_with_its_numbers_and_its_name(
    workbook: openpyxl.Workbook,
) -> None:
    book: Any = workbook
    pages = {name: book[name].page_setup.fitToWidth for name in ("Match", "Invoices", "Rates")}
    assert pages == {"Match": 3, "Invoices": 2, "Rates": 1}
    assert book["Match"].print_title_cols == "$A:$A"
    assert book["Match"].oddFooter.center.text == "&A"

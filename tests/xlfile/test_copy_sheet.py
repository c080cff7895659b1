"""A sheet copied into a workbook brings its looks, tables, notes and checks along."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from ar_xl.book import host
from tests.xlfile.edits import loaded, packed


@pytest.fixture
def ours(tmp_path: Path) -> xw.Book:
    """A workbook with a sheet "Rates": a table, a note, a validation, a conditional format."""
    book: Any = Workbook()
    sheet = book.active
    sheet.title = "Rates"
    for row in (["Currency", "Rate"], ["EUR", 1.25], ["=A2", None]):
        sheet.append(row)
    sheet["A1"].font = Font(bold=True, color="FFFF0000")
    sheet["A1"].comment = Comment("what it is", "us")
    sheet["B2"].number_format = "0.000000"
    check = DataValidation(type="whole", operator="greaterThan", formula1="1")
    check.add("B2:B9")
    sheet.add_data_validation(check)
    rule: Any = FormulaRule
    sheet.conditional_formatting.add(
        "A2:A9", rule(['$A2="EUR"'], fill=PatternFill("solid", bgColor="FF00FF00"))
    )
    sheet.add_table(Table(displayName="Rates", ref="A1:B3"))
    sheet.print_title_rows = "1:1"
    book.save(tmp_path / "ours.xlsx")
    return host.open_book(tmp_path / "ours.xlsx")


@pytest.fixture
def theirs(tmp_path: Path) -> xw.Book:
    """A workbook of a user's, with formats, a conditional format and a chart of its own."""
    book: Any = Workbook()
    sheet = book.active
    sheet.title = "Mine"
    sheet.append(["a", 1])
    sheet["A1"].font = Font(italic=True)
    rule: Any = FormulaRule
    sheet.conditional_formatting.add("A1", rule(["TRUE"], font=Font(bold=True)))
    sheet.add_chart(BarChart(), "D4")
    book.save(tmp_path / "theirs.xlsx")
    return host.open_book(tmp_path / "theirs.xlsx")


def saved(book: xw.Book, path: Path) -> Any:
    host.save(book, path)
    return loaded(path)


def test_a_sheet_copied_to_another_workbook_looks_and_checks_as_before(
    ours: xw.Book, theirs: xw.Book, tmp_path: Path
) -> None:
    ours.sheets["Rates"].copy(after=theirs.sheets[-1])

    copy = saved(theirs, tmp_path / "out.xlsx")["Rates"]
    assert [[cell.value for cell in row] for row in copy.iter_rows()] == [
        ["Currency", "Rate"],
        ["EUR", 1.25],
        ["=A2", None],
    ]
    assert copy["A1"].font.b
    assert copy["A1"].font.color.rgb == "FFFF0000"
    assert copy["A1"].comment.text == "what it is"
    assert copy["B2"].number_format == "0.000000"
    (check,) = copy.data_validations.dataValidation
    assert (check.type, str(check.sqref)) == ("whole", "B2:B9")
    (rules,) = list(copy.conditional_formatting)
    assert rules.rules[0].dxf.fill.bgColor.rgb == "FF00FF00"
    assert copy.tables["Rates"].ref == "A1:B3"
    assert copy.print_title_rows == "$1:$1"


def test_a_copied_sheet_leaves_every_sheet_of_the_workbook_as_it_was(
    ours: xw.Book, theirs: xw.Book, tmp_path: Path
) -> None:
    ours.sheets["Rates"].copy(after=theirs.sheets[-1])
    host.show(theirs.sheets["Mine"])
    before = packed(Path(theirs.fullname))
    host.save(theirs, tmp_path / "out.xlsx")

    after = packed(tmp_path / "out.xlsx")
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {
        "[Content_Types].xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
    }


def test_a_copy_can_be_read_and_written_before_it_is_saved(
    ours: xw.Book, theirs: xw.Book, tmp_path: Path
) -> None:
    ours.sheets["Rates"]["A2"].value = "USD"
    copy = ours.sheets["Rates"].copy(after=theirs.sheets[-1])
    copy["B2"].value = 2.5

    assert (copy["A2"].value, copy["B2"].value) == ("USD", 2.5)
    sheet = saved(theirs, tmp_path / "out.xlsx")["Rates"]
    assert (sheet["A2"].value, sheet["B2"].value) == ("USD", 2.5)


def test_a_copy_in_the_same_workbook_gets_names_of_its_own(ours: xw.Book, tmp_path: Path) -> None:
    copy = ours.sheets["Rates"].copy()

    assert (copy.name, copy.tables[0].name) == ("Rates (2)", "Rates2")
    assert saved(ours, tmp_path / "out.xlsx")["Rates (2)"].tables["Rates2"].ref == "A1:B3"

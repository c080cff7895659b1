"""adopt brings our tables into a workbook of the user's and touches nothing else in it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from ar_xl.app import life
from ar_xl.app.answer import Answer
from ar_xl.app.commands.adopt import adopt_command
from ar_xl.core.findings import Exit
from ar_xl.core.settinglist import SCHEMA_VERSION
from ar_xl.core.tables import TABLES
from tests.app.conftest import done, run
from tests.xlfile.edits import packed

BUDGET = "data/workbooks/poi__simple-monthly-budget.xlsx"
LIST = "xl/_rels/workbook.xml.rels"
NOTHING = f"Nothing to add: all {len(TABLES)} tables are here."
REWRITTEN = {"[Content_Types].xml", "xl/styles.xml", "xl/workbook.xml", LIST}
# Excel makes the order of calculation anew.
REWRITTEN |= {"xl/calcChain.xml"}


def adopted(book: Path, *, preview: bool = False, out: Path | None = None) -> Answer:
    options = life.Options("Ada", preview=preview, out=out)
    given = {"book": book, "currency": "EUR", "company": "Alder"}
    return adopt_command(options, given, lambda _: None, lambda _: None)


@pytest.fixture
def theirs(shared: Path, tmp_path: Path) -> Path:
    """A workbook of a user's, with tables, a chart, pictures and formats."""
    return Path(shutil.copyfile(shared / BUDGET, tmp_path / "budget.xlsx"))


@pytest.mark.shared
def test_adopt_adds_every_table_and_changes_no_part_of_the_users(theirs: Path) -> None:
    before = packed(theirs)
    done(adopted(theirs))

    after = packed(theirs)
    assert {name for name in before if after.get(name) != before[name]} == REWRITTEN
    names = {name for sheet in load_workbook(theirs).worksheets for name in sheet.tables}
    assert names >= {table.name for table in TABLES}


@pytest.mark.shared
def test_commands_work_on_an_adopted_workbook_as_on_a_new_one(theirs: Path) -> None:
    done(adopted(theirs))

    assert not done(run("check", theirs)).findings
    settings = load_workbook(theirs)["Settings"]
    values = {row[0].value: row[1].value for row in settings.iter_rows()}
    assert (values["Company"], values["Base Currency"]) == ("Alder", "EUR")


@pytest.mark.shared
def test_a_second_adopt_adds_nothing(theirs: Path) -> None:
    done(adopted(theirs))
    once = theirs.read_bytes()

    assert done(adopted(theirs)).said == (NOTHING,)
    assert theirs.read_bytes() == once


@pytest.mark.shared
def test_a_preview_names_the_sheets_and_writes_nothing(theirs: Path) -> None:
    before = theirs.read_bytes()

    assert len(done(adopted(theirs, preview=True)).sheets) == len(TABLES)
    assert theirs.read_bytes() == before


@pytest.mark.shared
def test_out_leaves_the_workbook_alone(theirs: Path, tmp_path: Path) -> None:
    before = theirs.read_bytes()
    done(adopted(theirs, out=tmp_path / "new.xlsx"))

    assert theirs.read_bytes() == before
    assert "Invoices" in load_workbook(tmp_path / "new.xlsx").sheetnames


def test_names_that_the_user_gave_to_his_own_things_are_refused_each_with_its_place(
    tmp_path: Path,
) -> None:
    book: Any = Workbook()
    sheet = book.active
    sheet.title = "terms"
    sheet.append(["Kind", "Days"])
    sheet.append(["A", 1])
    sheet.add_table(Table(displayName="INVOICES", ref="A1:B2"))
    book.create_chartsheet("Rates")
    book.defined_names["Ladder"] = DefinedName("Ladder", attr_text="terms!$A$1")
    book.defined_names["list_Terms"] = DefinedName("list_Terms", attr_text="terms!$A$2")
    path = tmp_path / "book.xlsx"
    book.save(path)
    before = path.read_bytes()

    answer = adopted(path)
    assert answer.exit is Exit.REFUSED
    assert [(f.code.name, f.sheet, f.cell) for f in answer.findings] == [
        ("table_is_the_users_own", "terms", "A1"),
        ("sheet_is_the_users_own", "terms", ""),
        ("sheet_is_the_users_own", "Rates", ""),
        ("name_is_the_users_own", "", ""),
        ("name_is_the_users_own", "", ""),
    ]
    assert path.read_bytes() == before


def test_an_older_workbook_gets_the_tables_and_settings_that_it_lacks(blank_book: Path) -> None:
    book: Any = load_workbook(blank_book)
    del book["Rates"]
    settings = book["Settings"]
    rows = {row[0].value: row[0].row for row in settings.iter_rows()}
    settings.cell(rows["Schema Version"], 2).value = "0"
    settings.cell(rows["Tolerance %"], 1).value = "My own line"
    book.save(blank_book)

    answer = done(adopted(blank_book))
    assert (answer.sheets, answer.rows) == (("Rates",), {"Settings": 1})
    settings = load_workbook(blank_book)["Settings"]
    values = {row[0].value: row[1].value for row in settings.iter_rows()}
    assert values["Schema Version"] == str(SCHEMA_VERSION)
    assert list(values)[-1] == "Tolerance %"
    assert done(adopted(blank_book)).sheets == ()


def test_a_workbook_of_a_newer_version_is_refused(blank_book: Path) -> None:
    book: Any = load_workbook(blank_book)
    del book["Rates"]
    rows = {row[0].value: row[0].row for row in book["Settings"].iter_rows()}
    book["Settings"].cell(rows["Schema Version"], 2).value = str(SCHEMA_VERSION + 1)
    book.save(blank_book)

    answer = adopted(blank_book)
    assert [f.code.name for f in answer.findings] == ["workbook_of_a_newer_version"]


def test_a_column_of_ours_that_lost_its_heading_is_named(blank_book: Path) -> None:
    book: Any = load_workbook(blank_book)
    sheet = book["Invoices"]
    sheet["H1"].value = "Amount EUR"
    sheet.tables["Invoices"].tableColumns = []
    sheet.tables["Invoices"]._initialise_columns()
    for column, cell in zip(sheet.tables["Invoices"].tableColumns, sheet[1], strict=True):
        column.name = cell.value
    book.save(blank_book)

    (finding,) = adopted(blank_book).findings
    assert (finding.code.name, finding.sheet, finding.cell) == (
        "column_of_ours_is_missing", "Invoices", "H1",
    )  # fmt: skip


def without_memo(path: Path, version: str) -> None:
    """Take the column Memo from Receipts, as a workbook of an older version might lack it."""
    book: Any = load_workbook(path)
    sheet = book["Receipts"]
    place = [cell.value for cell in sheet[1]].index("Memo") + 1
    sheet.delete_cols(place)
    table = sheet.tables["Receipts"]
    del table.tableColumns[place - 1]
    table.ref = table.autoFilter.ref = f"A1:{get_column_letter(len(table.tableColumns))}2"
    settings = book["Settings"]
    rows = {row[0].value: row[0].row for row in settings.iter_rows()}
    settings.cell(rows["Schema Version"], 2).value = version
    book.save(path)


def test_an_older_workbook_gets_the_columns_that_it_lacks(blank_book: Path) -> None:
    without_memo(blank_book, "0")

    done(adopted(blank_book))
    sheet: Any = load_workbook(blank_book)["Receipts"]
    heading = sheet[1][-1]
    assert (heading.value, heading.font.b) == ("Memo", True)
    assert heading.comment.text.startswith("A note of yours.")
    assert sheet.tables["Receipts"].tableColumns[-1].name == "Memo"
    assert not done(run("check", blank_book)).findings
    assert done(adopted(blank_book)).said == (NOTHING,)


def test_a_column_missing_from_a_workbook_of_today_was_lost_and_is_not_made_anew(
    blank_book: Path,
) -> None:
    without_memo(blank_book, str(SCHEMA_VERSION))

    assert [f.code.name for f in adopted(blank_book).findings] == ["column_of_ours_is_missing"]

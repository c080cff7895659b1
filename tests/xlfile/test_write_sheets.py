"""Sheets added, removed and set up; what belongs to other sheets moves with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from ar_xl.xlfile.edit import Edit
from ar_xl.xlfile.errors import SignedWorkbook
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.specs import (
    ChartSeries,
    ChartSpec,
    PageSetup,
    TableSpec,
    Validation,
)
from ar_xl.xlfile.write_errors import CannotEdit
from tests.xlfile.edits import Editing, loaded, packed, text_of


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A workbook with the sheets One, Two, Three; Two is shown and has names of its own."""
    book: Any = Workbook()
    book.active.title = "One"
    for name in ("Two", "Three"):
        book.create_sheet(name)["A1"] = name
    book["Two"].defined_names["Local"] = DefinedName("Local", attr_text="Two!$A$1")
    book["Two"].print_title_rows = "1:2"
    book.defined_names["Whole"] = DefinedName("Whole", attr_text="Three!$A$1")
    book.active = 1
    path = tmp_path / "three.xlsx"
    book.save(path)
    return path


def result(edit: Edit, path: Path) -> Package:
    edit.write(path)
    loaded(path)
    return Package.open(path)


def names_by_sheet(package: Package) -> dict[str, str | None]:
    sheets = [sheet.name for sheet in package.sheets]
    return {
        name.name: None if name.sheet_index is None else sheets[name.sheet_index]
        for name in package.defined_names
    }


def test_a_sheet_comes_last_unless_told_where(three: Path, tmp_path: Path) -> None:
    edit = Edit(Package.open(three))
    edit.add_sheet("Last")
    edit.add_sheet("First", before="One")
    edit.add_sheet("Middle", after="Two")
    package = result(edit, tmp_path / "out.xlsx")

    names = [sheet.name for sheet in package.sheets]
    assert names == ["First", "One", "Two", "Middle", "Three", "Last"]


def test_names_of_a_sheet_and_the_sheet_shown_move_with_it(three: Path, tmp_path: Path) -> None:
    edit = Edit(Package.open(three))
    edit.add_sheet("First", before="One")
    package = result(edit, tmp_path / "out.xlsx")

    owners = names_by_sheet(package)
    assert owners == {"Local": "Two", "_xlnm.Print_Titles": "Two", "Whole": None}
    assert 'activeTab="2"' in text_of(tmp_path / "out.xlsx", "xl/workbook.xml")


def test_showing_another_sheet_leaves_no_two_sheets_grouped(three: Path, tmp_path: Path) -> None:
    edit = Edit(Package.open(three))
    edit.add_sheet("Report")
    edit.set_active("Report")
    package = result(edit, tmp_path / "out.xlsx")

    selected = [
        sheet.name for sheet in package.worksheets if b'tabSelected="1"' in package.read(sheet.part)
    ]
    assert selected == ["Report"]
    assert loaded(tmp_path / "out.xlsx").active.title == "Report"


def test_a_removed_sheet_takes_its_own_parts_and_names_and_no_other(
    three: Path, tmp_path: Path
) -> None:
    first = Edit(Package.open(three))
    first.add_sheet("Report", before="Two")
    first.set_block("Report", 1, 1, [["Name", "A", "B"], ["Amount", "", ""]])
    first.add_table("Report", TableSpec("A1:B3", "ReportRows", ["Name", "Amount"]))
    series = ChartSeries("Amount", "Report!$B$2:$B$3", [0.0, 0.0])
    chart = ChartSpec("column", "Title", "Report!$A$2:$A$3", ["A", "B"], [series], "D2")
    first.add_chart("Report", chart)
    first.page_setup("Report", PageSetup(title_rows=(1, 1)))
    with_report = result(first, tmp_path / "with.xlsx")
    before = packed(three)

    second = Edit(with_report)
    second.remove_sheet("Report")
    package = result(second, tmp_path / "without.xlsx")

    assert set(packed(tmp_path / "without.xlsx")) == set(before)
    assert names_by_sheet(package)["Local"] == "Two"
    assert [sheet.name for sheet in package.sheets] == ["One", "Two", "Three"]
    for sheet in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        assert packed(tmp_path / "without.xlsx")[sheet] == before[sheet]


def test_a_sheet_made_again_under_its_name_stands_in_its_old_place(
    three: Path, tmp_path: Path
) -> None:
    edit = Edit(Package.open(three))
    edit.remove_sheet("Two")
    edit.add_sheet("Two", before="Three")
    edit.set_block("Two", 1, 1, [["new"]])
    package = result(edit, tmp_path / "out.xlsx")

    assert [sheet.name for sheet in package.sheets] == ["One", "Two", "Three"]
    assert loaded(tmp_path / "out.xlsx")["Two"]["A1"].value == "new"
    assert loaded(tmp_path / "out.xlsx").active.title == "Three"


def test_the_last_visible_sheet_stays(tmp_path: Path) -> None:
    with pytest.raises(CannotEdit, match="only sheet that can be seen"):
        Editing(tmp_path).edit.remove_sheet("Data")


@pytest.mark.parametrize(
    "name", ["", "x" * 32, "a/b", "a[b", "'a", "a'", "History", "DATA", "a:b", "a\nb"]
)
def test_names_that_excel_refuses_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotEdit):
        Editing(tmp_path).edit.add_sheet(name)


def test_a_name_of_31_characters_is_taken(tmp_path: Path) -> None:
    book = Editing(tmp_path)
    book.edit.add_sheet("ä" * 30 + "&")

    assert book.written().sheets[1].name == "ä" * 30 + "&"


def test_only_sheets_of_this_edit_are_renamed(tmp_path: Path) -> None:
    book = Editing(tmp_path)
    book.edit.add_sheet("New")
    book.edit.page_setup("New", PageSetup(title_rows=(1, 3)))
    book.edit.rename_sheet("New", "Aging 2026-10-31")

    assert book.written().sheets[1].name == "Aging 2026-10-31"
    assert "'Aging 2026-10-31'!$1:$3" in text_of(book.out, "xl/workbook.xml")
    with pytest.raises(CannotEdit, match="cannot be renamed"):
        book.edit.rename_sheet("Data", "Other")


def test_what_surrounds_the_cells_stands_in_the_order_of_the_schema(tmp_path: Path) -> None:
    book = Editing(
        tmp_path,
        before='<sheetPr><outlinePr summaryBelow="0"/></sheetPr><sheetFormatPr defaultRowHeight='
        '"12"/><cols><col min="1" max="4" width="5" style="3"/></cols>',
        after='<conditionalFormatting sqref="A1"/><pageMargins left="1" right="1" top="1" '
        'bottom="1" header="0" footer="0"/><pageSetup r:id="rId9" scale="50"/><extLst/>',
    )
    edit = book.edit
    edit.freeze("Data", 3, 2)
    edit.tab_color("Data", "00B050")
    edit.set_column("Data", 2, width=20, last=3)
    edit.merge("Data", "A1:C1")
    edit.merge("Data", "A2:C2")
    setup = PageSetup(
        landscape=True, fit_to_width=1, paper=9, footer="&P", center_horizontally=True
    )
    edit.page_setup("Data", setup)
    edit.data_validation("Data", Validation("A1:A9", "list", '"a,b"', prompt="Pick & go"))
    edit.show_gridlines("Data", False)

    assert book.sheet().partition("main")[2].partition(">")[2] == (
        '<sheetPr><tabColor rgb="FF00B050"/><outlinePr summaryBelow="0"/>'
        '<pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0" showGridLines="0"><pane xSplit="1" ySplit="2" '
        'topLeftCell="B3" activePane="bottomRight" state="frozen"/><selection pane="topRight"/>'
        '<selection pane="bottomLeft"/><selection pane="bottomRight" activeCell="B3" sqref="B3"/>'
        '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="12"/><cols>'
        '<col min="1" max="1" width="5" style="3"/>'
        '<col min="2" max="3" width="20" style="3" customWidth="1"/>'
        '<col min="4" max="4" width="5" style="3"/></cols><sheetData></sheetData>'
        '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="A2:C2"/></mergeCells>'
        '<conditionalFormatting sqref="A1"/><dataValidations count="1"><dataValidation type="list" '
        'allowBlank="1" showInputMessage="1" showErrorMessage="1" prompt="Pick &amp; go" '
        'sqref="A1:A9"><formula1>"a,b"</formula1></dataValidation></dataValidations>'
        '<printOptions horizontalCentered="1"/><pageMargins left="1" right="1" top="1" bottom="1" '
        'header="0" footer="0"/><pageSetup r:id="rId9" scale="50" paperSize="9" fitToWidth="1" '
        'fitToHeight="0" orientation="landscape"/><headerFooter><oddFooter>&amp;P</oddFooter>'
        "</headerFooter><extLst/></worksheet>"
    )


def test_names_are_defined_replaced_and_removed(three: Path, tmp_path: Path) -> None:
    edit = Edit(Package.open(three))
    edit.set_name("WHOLE", "=One!$B$2")
    edit.set_name("Local", "One!$C$3")
    edit.set_name("Rate", "0.05", hidden=True)
    edit.remove_name("local", sheet="Two")
    package = result(edit, tmp_path / "out.xlsx")

    found = {(n.name, n.sheet_index): (n.refers_to, n.hidden) for n in package.defined_names}
    assert found.pop(("_xlnm.Print_Titles", 1))
    assert found == {
        ("WHOLE", None): ("One!$B$2", False),
        ("Local", None): ("One!$C$3", False),
        ("Rate", None): ("0.05", True),
    }


def test_everything_is_calculated_anew_on_opening(tmp_path: Path) -> None:
    book = Editing(tmp_path)
    book.edit.set_block("Data", 1, 1, [["x"]])
    book.written()

    assert '<calcPr fullCalcOnLoad="1"/>' in text_of(book.out, "xl/workbook.xml")


def test_an_edit_that_changed_nothing_says_so(tmp_path: Path) -> None:
    book = Editing(tmp_path)
    assert not book.edit.changed
    book.edit.set_row("Data", 1, height=20)
    assert book.edit.changed


def test_a_signed_workbook_is_not_changed(shared: Path) -> None:
    signed = shared / "data" / "workbooks" / "poi__hello-world-signed.xlsx"
    with pytest.raises(SignedWorkbook):
        Edit(Package.open(signed, signed=True))

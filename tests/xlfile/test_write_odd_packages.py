"""Packages that Excel itself would not write keep their form when something is added."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from defusedxml import ElementTree as DefusedET

from ar_xl.xlfile.edit import Edit
from ar_xl.xlfile.errors import SharedWorkbook
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.xmlparts import OFFICE_RELS
from proofs.making import MAIN, Making, sheet_xml, with_mine, write
from proofs.sink import write_all
from tests.xlfile.edits import text_of
from tests.xlfile.packages import shown_sheet

ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.fixture(scope="module")
def sink(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sink")
    write_all(folder)
    return folder


def made(making: Making, path: Path) -> Package:
    return Package.open(write(path, making.finished()))


def added(package: Package, path: Path, *, shown: bool = False) -> Package:
    """The workbook with a sheet more behind its last worksheet."""
    edit = Edit(package)
    edit.add_sheet("Ours", after=package.worksheets[-1].name)
    if shown:
        edit.set_active("Ours")
    edit.write(path)
    return Package.open(path)


def test_a_new_sheet_comes_behind_charts_and_macros_so_that_no_sheet_moves(
    sink: Path, tmp_path: Path
) -> None:
    package = Package.open(sink / "sheets-of-all-kinds.xlsx")
    names = [sheet.name for sheet in package.sheets]
    edit = Edit(package)
    edit.add_sheet("Ours", after="Hidden")
    edit.add_sheet("Last", after="Data")
    edit.write(tmp_path / "out.xlsx")

    now = [sheet.name for sheet in Package.open(tmp_path / "out.xlsx").sheets]
    assert now == [*names[:2], "Ours", *names[2:], "Last"]


def test_entries_for_folders_stay(sink: Path, tmp_path: Path) -> None:
    added(Package.open(sink / "zip-with-folders.xlsx"), tmp_path / "out.xlsx")

    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        assert "xl/media/" in archive.namelist()


@pytest.mark.parametrize("name", ["prefixed", "utf-16", "utf-16-without-mark", "form-comments"])
def test_another_sheet_can_be_shown_where_sheets_are_written_in_an_unusual_form(
    sink: Path, tmp_path: Path, name: str
) -> None:
    package = added(Package.open(sink / f"{name}.xlsx"), tmp_path / "out.xlsx", shown=True)

    assert Edit(package).shown == "Ours"


def test_only_one_sheet_is_marked_as_shown_whatever_stands_before_the_mark(tmp_path: Path) -> None:
    view = '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
    making = Making()
    making.sheet("Mine", ROW, "<!-- <sheetData> -->" + view)
    added(made(making, tmp_path / "a.xlsx"), tmp_path / "out.xlsx", shown=True)

    assert "tabSelected" not in text_of(tmp_path / "out.xlsx", "xl/worksheets/sheet1.xml")


def test_new_parts_go_into_the_folder_that_the_workbook_uses(sink: Path, tmp_path: Path) -> None:
    package = added(Package.open(sink / "upper-case-names.xlsx"), tmp_path / "out.xlsx")

    assert package.sheets[-1].part == "XL/worksheets/sheet2.xml"
    rels = text_of(tmp_path / "out.xlsx", "XL/_RELS/WORKBOOK.XML.RELS")
    assert 'Target="worksheets/sheet2.xml"' in rels


def test_rows_with_a_prefix_of_their_own_are_seen_where_cells_are_set(tmp_path: Path) -> None:
    row = f'<x:row xmlns:x="{MAIN}" r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
    making = Making()
    making.sheet("Mine", whole=sheet_xml(row))
    edit = Edit(made(making, tmp_path / "a.xlsx"))
    edit.set_block("Mine", 1, 2, [["new"]])
    edit.write(tmp_path / "out.xlsx")

    assert shown_sheet(Package.open(tmp_path / "out.xlsx")) == {"A1": 1.0, "B1": "new"}


def test_formats_added_to_empty_lists_get_the_numbers_that_cells_name(tmp_path: Path) -> None:
    making = with_mine()
    making.add(
        "xl/styles.xml",
        f'<styleSheet xmlns="{MAIN}"><fonts count="0"/><fills/><borders></borders><cellXfs/>'
        "</styleSheet>",
    )
    package = made(making, tmp_path / "a.xlsx")
    edit = Edit(package)
    other = Edit(made(with_mine(), tmp_path / "b.xlsx"))
    edit.copy_sheet(other, "Data", "Copy")
    edit.write(tmp_path / "out.xlsx")

    spec = Edit(Package.open(tmp_path / "out.xlsx")).style_spec(1)
    assert 'r="B2" s="1"' in text_of(tmp_path / "out.xlsx", "xl/worksheets/sheet2.xml")
    assert (spec.number_format, spec.font, spec.bold) == ('"EUR" #,##0.00', "Arial", True)


def test_a_workbook_shared_in_the_old_way_is_refused(sink: Path) -> None:
    with pytest.raises(SharedWorkbook, match="Stop sharing it"):
        Edit(Package.open(sink / "refused-shared-workbook.xlsx"))


def test_no_content_type_is_told_twice(sink: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    added(Package.open(sink / "types-of-parts-that-are-not-there.xlsx"), path)

    named = re.findall('PartName="([^"]*)"', text_of(path, "[Content_Types].xml"))
    assert len(named) == len(set(named))


def test_numbers_of_sheets_stay_within_what_excel_reads(sink: Path, tmp_path: Path) -> None:
    package = added(Package.open(sink / "sheet-ids-at-the-limit.xlsx"), tmp_path / "out.xlsx")

    assert [sheet.sheet_id for sheet in package.sheets] == [65_534, 1]


def test_a_new_sheet_declares_what_every_line_of_the_list_declares_for_itself(
    sink: Path, tmp_path: Path
) -> None:
    """openpyxl writes so where lxml is installed."""
    relations = re.compile(rf' xmlns:r="{re.escape(OFFICE_RELS)}"')
    with zipfile.ZipFile(sink / "sheets-of-all-kinds.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    book = relations.sub("", parts["xl/workbook.xml"].decode())
    declared = f'<sheet xmlns:r="{OFFICE_RELS}" '
    parts["xl/workbook.xml"] = book.replace("<sheet ", declared).encode()
    with zipfile.ZipFile(tmp_path / "in.xlsx", "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)

    after = added(Package.open(tmp_path / "in.xlsx"), tmp_path / "out.xlsx")

    assert "Ours" in [sheet.name for sheet in after.sheets]
    DefusedET.fromstring(after.read("xl/workbook.xml"))

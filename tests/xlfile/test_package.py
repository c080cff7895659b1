from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.xlfile.errors import DamagedWorkbook
from ar_xl.xlfile.package import DefinedName, Package, SheetEntry
from ar_xl.xlfile.tableparts import TableColumn

from .packages import MAIN, OFFICE, SHEET_PART, book_of, parts_of, sheet_xml, write_parts


def opened(shared: Path, name: str) -> Package:
    return Package.open(shared / "data" / "workbooks" / name)


@pytest.mark.shared
def test_sheets_are_listed_in_the_order_of_their_tabs_with_state_and_kind(shared: Path) -> None:
    sheets = opened(shared, "calamine__any_sheets.xlsx").sheets
    assert [(sheet.name, sheet.state, sheet.kind) for sheet in sheets] == [
        ("Visible", "visible", "worksheet"),
        ("Hidden", "hidden", "worksheet"),
        ("VeryHidden", "veryHidden", "worksheet"),
        ("Chart", "visible", "chartsheet"),
    ]


@pytest.mark.shared
def test_a_chart_sheet_in_between_is_no_worksheet(shared: Path) -> None:
    package = opened(shared, "poi__WithChartSheet.xlsx")
    kinds = [sheet.kind for sheet in package.sheets]
    assert kinds.count("chartsheet") == 1
    assert len(package.worksheets) == len(package.sheets) - 1


@pytest.mark.shared
def test_dates_count_from_the_epoch_that_the_workbook_says(shared: Path) -> None:
    assert opened(shared, "calamine__date_1904.xlsx").date1904
    assert not opened(shared, "poi__Tables.xlsx").date1904


@pytest.mark.shared
def test_tables_know_their_sheet_area_columns_and_formulas(shared: Path) -> None:
    (table,) = opened(shared, "phpss__TableFormulae.xlsx").tables
    assert (table.part, table.sheet_part) == ("xl/tables/table1.xml", SHEET_PART)
    assert (table.ref, table.row0, table.col0, table.row1, table.col1) == ("A1:E8", 0, 0, 7, 4)
    assert (table.header_rows, table.totals_rows, table.autofilter) == (1, 1, "A1:E7")
    assert table.columns[4] == TableColumn(
        id=5,
        name="Commission Amount",
        formula="DeptSales[[#This Row],[Sales\u00a0Amount]]*DeptSales[[#This Row],[% Commission]]",
        totals_label=None,
        totals_function="sum",
        totals_formula=None,
    )


def test_a_table_tells_its_totals_row_filter_style_and_calculated_columns(tmp_path: Path) -> None:
    parts = parts_of(sheet_xml(""))
    parts["xl/tables/t.xml"] = (
        f'<table xmlns="{MAIN}" id="7" name="internal" displayName="Sales" ref="B2:C9"'
        ' totalsRowCount="1"><autoFilter ref="B2:C8"/><tableColumns count="2">'
        '<tableColumn id="1" name="Net_x000a_EUR" totalsRowLabel="Total"/>'
        '<tableColumn id="4" name="Tax" totalsRowFunction="custom">'
        "<calculatedColumnFormula>Sales[[#This Row],[Net]]*0.2</calculatedColumnFormula>"
        "<totalsRowFormula>SUM(1,2)</totalsRowFormula></tableColumn></tableColumns>"
        '<tableStyleInfo name="TableStyleLight1" showRowStripes="1"/></table>'
    ).encode()
    rels = parts["_rels/.rels"].decode()
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        rels.replace('/officeDocument"', '/table"').replace("xl/workbook.xml", "../tables/t.xml")
    ).encode()
    (table,) = Package.open(write_parts(tmp_path / "a.xlsx", parts)).tables
    assert (table.id, table.name, table.display_name) == (7, "internal", "Sales")
    assert (table.row0, table.col0, table.row1, table.col1) == (1, 1, 8, 2)
    assert (table.totals_rows, table.autofilter) == (1, "B2:C8")
    assert (table.style, table.row_stripes, table.column_stripes) == (
        "TableStyleLight1", True, False
    )  # fmt: skip
    assert table.columns == (
        TableColumn(1, "Net\nEUR", None, "Total", None, None),
        TableColumn(4, "Tax", "Sales[[#This Row],[Net]]*0.2", None, "custom", "SUM(1,2)"),
    )


def test_defined_names_tell_their_sheet_and_whether_they_are_hidden(tmp_path: Path) -> None:
    parts = parts_of(sheet_xml(""))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"</workbook>",
        b'<definedNames><definedName name="Rate">Data!$A$1</definedName><definedName '
        b'name="_xlnm.Print_Area" localSheetId="0" hidden="1">Data!$A$1:$B$9</definedName>'
        b"</definedNames></workbook>",
    )
    package = Package.open(write_parts(tmp_path / "a.xlsx", parts))
    assert package.defined_names == [
        DefinedName("Rate", "Data!$A$1", None, False),
        DefinedName("_xlnm.Print_Area", "Data!$A$1:$B$9", 0, True),
    ]


def test_the_main_part_is_found_through_relationships_and_in_any_case(tmp_path: Path) -> None:
    parts = parts_of(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
    moved = {
        name.replace("xl/", "Book/", 1): content.replace(b"/xl/workbook", b"/BOOK/workbook")
        for name, content in parts.items()
    }
    moved["_rels/.rels"] = moved["_rels/.rels"].replace(b'"xl/workbook', b'"/book/workbook')
    package = Package.open(write_parts(tmp_path / "a.xlsx", moved))
    assert package.workbook_part == "Book/workbook.xml"
    assert package.sheets == [
        SheetEntry("Data", "Book/worksheets/sheet1.xml", 1, "rId1", "visible", "worksheet")
    ]
    assert package.content_type("Book/workbook.xml").endswith("sheet.main+xml")


def test_relationships_outside_the_file_keep_their_target(tmp_path: Path) -> None:
    parts = parts_of(sheet_xml(""))
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + f'<Relationship Id="a" Type="{OFFICE}/hyperlink" Target="https://x.test/a%20b" '.encode()
        + b'TargetMode="External"/></Relationships>'
    )
    (rel,) = Package.open(write_parts(tmp_path / "a.xlsx", parts)).rels(SHEET_PART)
    assert (rel.kind, rel.mode, rel.target) == ("hyperlink", "External", "https://x.test/a%20b")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r:id="rId1"', b'r:id="rId9"'),
        (b"</sheets>", b'<sheet name="DATA" sheetId="2" r:id="rId1"/></sheets>'),
        (b'sheetId="1"', b'sheetId="one"'),
        (b'sheetId="1"', b'sheetId="\xc2\xb2"'),
        (b'sheetId="1"', b'sheetId="' + b"9" * 5000 + b'"'),
    ],
)
def test_a_workbook_whose_list_of_sheets_is_wrong_is_damaged(
    tmp_path: Path, old: bytes, new: bytes
) -> None:
    parts = parts_of(sheet_xml(""))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(old, new)
    with pytest.raises(DamagedWorkbook):
        Package.open(write_parts(tmp_path / "a.xlsx", parts))


def test_a_stream_gives_the_same_bytes_as_a_read(tmp_path: Path) -> None:
    package = book_of(tmp_path, "".join(f'<row r="{n}"/>' for n in range(1, 5000)))
    pieces = list(package.stream(SHEET_PART, chunk=1000))
    assert max(map(len, pieces)) <= 1000
    assert b"".join(pieces) == package.read(SHEET_PART)

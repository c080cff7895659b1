from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from ar_xl.xlfile.errors import DamagedWorkbook, XlFileError
from ar_xl.xlfile.exact import ColumnLayout, Layout, read_formulas, read_layout
from ar_xl.xlfile.package import Package

from .packages import SHEET_PART, book_of

FORMULAS = (
    '<row r="1"><c r="A1"><f>B1*2</f><v>4</v></c><c r="B1"><v>2</v></c>'
    '<c r="C1" t="str"><f>"a"&amp;"&lt;b&gt;"</f><v>a&lt;b&gt;</v></c>'
    '<c r="D1"><f t="shared" ref="D1:D3" si="0">A1+$B$1</f><v>6</v></c></row>'
    '<row r="2"><c r="D2"><f t="shared" si="0"/><v>1</v></c>'
    '<c r="E2"><f t="array" ref="E2:E3">B1:B2*2</f><v>4</v></c>'
    '<c r="F2"><f t="dataTable" ref="F2:F3" dt2D="0" r1="A1"/><v>4</v></c></row>'
    '<row r="3"><c r="D3" s="1"><f t="shared" si="0"></f></c></row>'
)
EXPECTED = {
    (0, 0): "B1*2", (0, 2): '"a"&"<b>"', (0, 3): "A1+$B$1", (1, 3): "A2+$B$1", (2, 3): "A3+$B$1",
    (1, 4): "B1:B2*2", (1, 5): "",
}  # fmt: skip


@pytest.mark.parametrize("odd", ["", "<!-- found by the exact parser -->"])
def test_formulas_come_as_texts_and_shared_ones_moved_to_their_cells(
    tmp_path: Path, odd: str
) -> None:
    assert read_formulas(book_of(tmp_path, FORMULAS + odd), SHEET_PART) == EXPECTED


def test_a_shared_formula_that_is_nowhere_written_is_damage(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><f t="shared" si="3"/><v>1</v></c></row>'
    with pytest.raises(DamagedWorkbook, match="A1"):
        read_formulas(book_of(tmp_path, rows), SHEET_PART)


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_openpyxl_reads_the_same_formulas_and_merged_cells(shared: Path) -> None:
    compared = merged = 0
    for path in sorted((shared / "data" / "workbooks").glob("*.xls*")):
        try:
            package, book = Package.open(path), openpyxl.load_workbook(path)
        except (XlFileError, TypeError, IndexError):  # what we, or openpyxl, cannot open
            continue
        for sheet in package.worksheets:
            page, formulas = book[sheet.name], read_formulas(package, sheet.part)
            for (row, column), text in formulas.items():
                value = page.cell(row + 1, column + 1).value
                if isinstance(value, ArrayFormula):
                    value = value.text
                assert str(value).removeprefix("=") == text
                compared += 1
            areas = {
                (area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
                for area in page.merged_cells.ranges
            }
            assert set(read_layout(package, sheet.part).merged) == areas
            merged += len(areas)
    assert compared > 500
    assert merged > 500


AROUND = {
    "before": '<sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="2" '
    'topLeftCell="B3" state="frozen"/></sheetView></sheetViews><sheetFormatPr '
    'defaultColWidth="9.5" defaultRowHeight="15"/><cols><col min="1" max="3" width="12.7" '
    'style="2" customWidth="1"/><col min="5" max="5" hidden="1"/></cols>',
    "after": '<mergeCells count="1"><mergeCell ref="A1:C2"/></mergeCells>',
}


@pytest.mark.parametrize("odd", ["", "<!-- seen by the exact parser -->"])
def test_the_layout_tells_widths_merged_areas_and_frozen_panes(tmp_path: Path, odd: str) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' + odd
    assert read_layout(book_of(tmp_path, rows, **AROUND), SHEET_PART) == Layout(
        merged=[(0, 0, 1, 2)],
        columns=[ColumnLayout(0, 2, 12.7, 2, False), ColumnLayout(4, 4, None, 0, True)],
        default_width=9.5,
        frozen=(2, 1),
        default_height=15.0,
    )


def test_split_panes_are_not_frozen(tmp_path: Path) -> None:
    split = AROUND["before"].replace("frozen", "split")
    assert read_layout(book_of(tmp_path, "", before=split), SHEET_PART).frozen == (0, 0)


@pytest.mark.parametrize(
    "around", [{"after": '<mergeCells><mergeCell ref="A0"/></mergeCells>'},
               {"before": '<cols><col min="one" max="2"/></cols>'},
               {"before": "<cols><col></cols>"},
               {"before": AROUND["before"].replace('ySplit="2"', 'ySplit="1e999"')}],
)  # fmt: skip
def test_a_layout_that_makes_no_sense_is_damage(tmp_path: Path, around: dict[str, str]) -> None:
    with pytest.raises(DamagedWorkbook):
        read_layout(book_of(tmp_path, "", **around), SHEET_PART)


@pytest.mark.parametrize("cell", ["XFE1", "ZZZ1"])
def test_a_formula_beyond_the_last_column_is_damage(tmp_path: Path, cell: str) -> None:
    rows = f'<row r="1"><c r="{cell}"><f>1+1</f><v>2</v></c></row>'
    with pytest.raises(DamagedWorkbook):
        read_formulas(book_of(tmp_path, rows), SHEET_PART)

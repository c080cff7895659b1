"""Real workbooks of many programs: what is not ours stays, byte for byte."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from ar_xl.xlfile.edit import Edit
from ar_xl.xlfile.errors import SignedWorkbook, StrictWorkbook
from ar_xl.xlfile.package import Package, SheetEntry
from ar_xl.xlfile.reading import read_used
from ar_xl.xlfile.sheetframe import is_selected
from ar_xl.xlfile.specs import ChartSeries, ChartSpec, PageSetup, StyleSpec, TableSpec
from ar_xl.xlfile.strings import Pool
from tests.conftest import SHARED
from tests.xlfile.edits import loaded, packed, text_of
from tests.xlfile.packages import shown

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

BOOKS = sorted(path.name for path in (SHARED / "data" / "workbooks").glob("*.xls?"))
REFUSED = {
    "poi__SampleSS.strict.xlsx": StrictWorkbook,
    "poi__hello-world-signed.xlsx": SignedWorkbook,
}
# openpyxl cannot read this one, changed or not.
UNREADABLE_BY_OPENPYXL = "calamine__pivots.xlsx"
REWRITTEN = {"[Content_Types].xml", "styles.xml", "workbook.xml", "workbook.xml.rels"}
TEXTS = ["=1+1", "+1", "-1", "@x"]


def changed(source: Path, out: Path) -> tuple[Package, SheetEntry]:
    """Set cells of the first sheet, append a row, add two report sheets; write the result."""
    package = Package.open(source)
    sheet = package.worksheets[0]
    edit = Edit(package)
    first, last = first_free_column(package, sheet), max(last_row(package, sheet), 5) + 5
    edit.set_block(sheet.name, 2, first, [np.array([1.5, np.nan, -3.25, 4.0]), TEXTS])
    edit.set_block(sheet.name, last, 1, [["appended"]])
    head = edit.style(StyleSpec(bold=True, fill="1F4E78", color="FFFFFF"))
    money = edit.style(StyleSpec(number_format="#,##0.00"))
    for name in ("Our Report 1", "Our Report 2"):
        table = name.replace(" ", "_")
        edit.add_sheet(name)
        edit.set_block(name, 1, 1, [["Customer"], ["Amount"]], [head, head])
        edit.set_block(name, 2, 1, [["A & B", "C"], np.array([1.25, 2.5])], [None, money])
        edit.set_block(name, 4, 1, [["Total"]])
        edit.set_formula(name, 4, 2, f"=SUBTOTAL(109,{table}[Amount])", 3.75, money)
        totals = {"Customer": "Total", "Amount": "sum"}
        edit.add_table(name, TableSpec("A1:B4", table, ["Customer", "Amount"], totals=totals))
        series = ChartSeries("Amount", f"'{name}'!$B$2:$B$3", [1.25, 2.5], f"'{name}'!$B$1")
        places = f"'{name}'!$A$2:$A$3"
        edit.add_chart(name, ChartSpec("column", "Aging", places, ["A & B", "C"], [series], "D2"))
        edit.page_setup(name, PageSetup(True, 1, title_rows=(1, 1)))
        edit.freeze(name, 2, 1)
    edit.set_active("Our Report 1")
    edit.write(out)
    return Package.open(out), sheet


def first_free_column(package: Package, sheet: SheetEntry) -> int:
    """The first column right of all that the sheet uses, array formulas among it."""
    used = read_used(package, sheet.part, Pool(package))
    return used.col0 + len(used.block.columns) + 1


def last_row(package: Package, sheet: SheetEntry) -> int:
    used = read_used(package, sheet.part, Pool(package))
    return used.row0 + (len(used.block.columns[0].kind) if used.block.columns else 0)


def cells(package: Package, sheet: SheetEntry) -> dict[str, object]:
    used = read_used(package, sheet.part, Pool(package))
    return shown(used.block, used.row0, used.col0)


@pytest.mark.shared
@pytest.mark.parametrize("name", BOOKS)
def test_a_real_workbook_keeps_every_part_that_is_not_ours(
    shared: Path, tmp_path: Path, name: str
) -> None:
    source, out = shared / "data" / "workbooks" / name, tmp_path / name
    if name in REFUSED:
        with pytest.raises(REFUSED[name]):
            Package.open(source)
        return
    package, sheet = changed(source, out)

    before, after, old = packed(source), packed(out), Package.open(source)
    selected = {
        each.part
        for each in old.worksheets
        if is_selected(old.read(each.part).decode().partition("<sheetData")[0])
    }
    ours = {sheet.part, *selected, *(p for p in before if p.rpartition("/")[2] in REWRITTEN)}
    for part, compressed in before.items():
        if part not in ours and not part.endswith("calcChain.xml"):
            assert after[part] == compressed, part
    assert not any("calcChain" in part for part in after)
    assert [s.name for s in package.sheets][-2:] == ["Our Report 1", "Our Report 2"]

    now, then = cells(package, sheet), cells(old, sheet)
    assert {place: now[place] for place in then} == then
    added = sorted(str(value) for place, value in now.items() if place not in then)
    assert added == sorted(["1.5", "-3.25", "4.0", *TEXTS, "appended"])


@pytest.mark.shared
@pytest.mark.parametrize("name", [each for each in BOOKS if each not in REFUSED])
def test_what_surrounds_the_cells_of_a_changed_sheet_stays(
    shared: Path, tmp_path: Path, name: str
) -> None:
    source, out = shared / "data" / "workbooks" / name, tmp_path / name
    _, sheet = changed(source, out)

    before, after = text_of(source, sheet.part), text_of(out, sheet.part)
    behind = re.compile(r"(</sheetData>|<sheetData/>)")
    assert behind.split(before)[2] == behind.split(after)[2]
    rows = re.compile(r"<row .*?</row>", re.DOTALL)
    kept = [row for row in rows.findall(before) if not re.match(r'<row r="[2345]"', row)]
    assert all(row in after for row in kept)


@pytest.mark.shared
@pytest.mark.parametrize("name", [each for each in BOOKS if each not in REFUSED])
def test_openpyxl_and_calamine_read_what_was_written(
    shared: Path, tmp_path: Path, name: str
) -> None:
    source, out = shared / "data" / "workbooks" / name, tmp_path / name
    changed(source, out)

    report = CalamineWorkbook.from_path(str(out)).get_sheet_by_name("Our Report 2").to_python()
    assert report[1:4] == [["A & B", 1.25], ["C", 2.5], ["Total", 3.75]]
    if name == UNREADABLE_BY_OPENPYXL:
        return
    book = loaded(out)
    assert book.active.title == "Our Report 1"
    assert book["Our Report 1"].tables["Our_Report_1"].ref == "A1:B4"
    assert len(book["Our Report 1"]._charts) == 1
    original = loaded(source)
    for sheet in original.worksheets[1:]:
        values = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert values == [[cell.value for cell in row] for row in book[sheet.title].iter_rows()]


@pytest.mark.shared
@pytest.mark.libreoffice
@pytest.mark.parametrize(
    "names", [BOOKS[::8], pytest.param(BOOKS, marks=pytest.mark.heavy)], ids=["some", "all"]
)
def test_libreoffice_opens_them_with_the_same_values(
    shared: Path, tmp_path: Path, soffice: str, names: list[str]
) -> None:
    (tmp_path / "made").mkdir()
    for name in names:
        if name not in REFUSED:
            changed(shared / "data" / "workbooks" / name, tmp_path / "made" / name)
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "lo")]
    made = sorted(str(path) for path in (tmp_path / "made").iterdir())
    subprocess.run([*command, *made], check=True, capture_output=True, timeout=300)

    for path in made:
        converted = tmp_path / "lo" / (Path(path).stem + ".xlsx")
        report = CalamineWorkbook.from_path(str(converted)).get_sheet_by_name("Our Report 1")
        assert report.to_python()[1:4] == [["A & B", 1.25], ["C", 2.5], ["Total", 3.75]], path

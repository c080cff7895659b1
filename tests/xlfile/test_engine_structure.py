"""Sheets renamed, moved, hidden and deleted: whatever refers to them follows, or it is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw

from ar_xl.xlfile.engine import engine
from ar_xl.xlfile.sheetrefs import renamed
from ar_xl.xlfile.write_errors import CannotEdit
from tests.conftest import SHARED
from tests.xlfile.edits import text_of
from tests.xlfile.engine_books import make_invoices, opened

BOOKS = sorted(path.name for path in (SHARED / "data" / "workbooks").glob("*.xls?"))
REFUSED = {"poi__SampleSS.strict.xlsx", "poi__hello-world-signed.xlsx"}


@pytest.fixture
def book() -> Iterator[xw.Book]:
    app = xw.App(impl=engine.apps.add())
    book = app.books.add()
    for name in ("Sheet2", "Sheet3"):
        book.sheets.add(name, after=book.sheets[-1])
    yield book
    app.quit()


def names(book: xw.Book) -> list[str]:
    return [sheet.name for sheet in book.sheets]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=Data!A1+data!$B$2", "='New One'!A1+'New One'!$B$2"),
        ("=SUM('Data'!A1:B2)", "=SUM('New One'!A1:B2)"),
        ('="Data!A1"&Data!A1', "=\"Data!A1\"&'New One'!A1"),
        ("=MyData!A1+Data2!A1", "=MyData!A1+Data2!A1"),
        ("=[1]Data!A1+'[1]Data'!A1", "=[1]Data!A1+'[1]Data'!A1"),
        ("='C:\\[Book.xlsx]Data'!A1", "='C:\\[Book.xlsx]Data'!A1"),
        ("=SUM(Data:Other!A1)", "=SUM('New One:Other'!A1)"),
        ("=Table[Data!]+Data!A1", "=Table[Data!]+'New One'!A1"),
        ("=Table[['[Data]]!'']]+Data!A1", "=Table[['[Data]]!'']]+'New One'!A1"),
        ("=Data!Rate*Data", "='New One'!Rate*Data"),
    ],
)
def test_a_formula_calls_a_renamed_sheet_by_its_new_name(formula: str, expected: str) -> None:
    assert renamed(formula, "Data", "New One") == expected


def test_a_sheet_with_a_quote_and_an_ampersand_is_found(book: xw.Book, tmp_path: Path) -> None:
    book.sheets[0].name = "O'Brien & <Co>"
    book.sheets[1]["A1"].formula = "='O''Brien & <Co>'!A1"
    book.sheets[0].name = "Plain"
    assert book.sheets[1]["A1"].formula == "=Plain!A1"


def test_names_validations_and_other_sheets_follow_a_renamed_sheet(tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    with xlsxwriter.Workbook(path) as made:
        data, other = made.add_worksheet("Data"), made.add_worksheet("Other")
        data.write_column("A1", [1, 2, 3])
        other.write_formula("A1", "=SUM(Data!A1:A3)", None, 6)
        other.data_validation("B1", {"validate": "list", "source": "=Data!$A$1:$A$3"})
        other.conditional_format(
            "C1", {"type": "formula", "criteria": "=Data!$A$1>0", "format": made.add_format()}
        )
        other.write_url("D1", "internal:Data!A2")
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": "=Data!$A$1:$A$3"})
        other.insert_chart("E1", chart)
        made.define_name("Numbers", "=Data!$A$1:$A$3")
        data.print_area("A1:A3")
    book = opened(path)
    book.sheets["Data"].name = "Past Due"
    book.save()

    other_text = text_of(path, "xl/worksheets/sheet2.xml")
    assert "Data!" not in other_text.replace('display="Data!', "")  # a text for people
    assert other_text.count("'Past Due'!") == 4
    assert "'Past Due'!$A$1:$A$3" in text_of(path, "xl/charts/chart1.xml")
    workbook = text_of(path, "xl/workbook.xml")
    assert workbook.count("'Past Due'!$A$1:$A$3") == 2
    assert openpyxl.load_workbook(path, data_only=True)["Other"]["A1"].value == 6


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(set(BOOKS[::6]) - REFUSED))
def test_a_sheet_renamed_there_and_back_leaves_every_part_as_it_was(
    shared: Path, tmp_path: Path, name: str
) -> None:
    source, out = shared / "data" / "workbooks" / name, tmp_path / name
    book = opened(source)
    for number, sheet in enumerate(book.sheets):
        before = sheet.name
        sheet.name = f"zz {number} & 'q"
        sheet.name = before
    book.save(out)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out) as new:
        for info in old.infolist():
            listing = info.filename.endswith(("workbook.xml", "calcChain.xml", ".rels", "s].xml"))
            if not info.is_dir() and not listing:
                assert new.read(info.filename) == old.read(info.filename), info.filename


def test_a_name_that_is_taken_or_impossible_is_refused(book: xw.Book) -> None:
    with pytest.raises(ValueError, match="already"):
        book.sheets[0].name = "sheet2"
    for bad in ("a/b", "x" * 32, "History", ""):
        with pytest.raises((CannotEdit, ValueError)):
            book.sheets[0].name = bad
    book.sheets[0].name = "SHEET1"
    assert names(book) == ["SHEET1", "Sheet2", "Sheet3"]


def test_a_sheet_is_moved_with_the_names_that_are_its_own(book: xw.Book, tmp_path: Path) -> None:
    book.sheets["Sheet3"].names.add("Mine", "=Sheet3!$A$1")
    book.sheets["Sheet2"].activate()
    book.sheets["Sheet3"].move(before=book.sheets["Sheet1"])
    assert names(book) == ["Sheet3", "Sheet1", "Sheet2"]
    book.save(tmp_path / "moved.xlsx")
    text = text_of(tmp_path / "moved.xlsx", "xl/workbook.xml")
    assert 'localSheetId="0"' in text
    assert 'activeTab="2"' in text
    assert opened(tmp_path / "moved.xlsx").sheets.active.name == "Sheet2"


def test_a_sheet_added_in_the_middle_shifts_the_names_behind_it(
    book: xw.Book, tmp_path: Path
) -> None:
    book.sheets["Sheet2"].names.add("Mine", "=Sheet2!$A$1")
    book.sheets.add("New", before=book.sheets["Sheet2"])
    book.save(tmp_path / "added.xlsx")
    text = text_of(tmp_path / "added.xlsx", "xl/workbook.xml")
    assert 'name="Mine" localSheetId="2"' in text
    assert 'activeTab="1"' in text


def test_a_hidden_sheet_is_shown_again_and_the_last_one_stays(
    book: xw.Book, tmp_path: Path
) -> None:
    book.sheets[0].visible = False
    assert not book.sheets[0].visible
    book.save(tmp_path / "hidden.xlsx")
    again = opened(tmp_path / "hidden.xlsx")
    assert [sheet.visible for sheet in again.sheets] == [False, True, True]
    again.sheets[0].visible = True
    again.sheets[1].visible = again.sheets[2].visible = False
    with pytest.raises(CannotEdit, match="only sheet that can be seen"):
        again.sheets[0].visible = False


def test_hiding_the_sheet_that_is_shown_shows_the_next_one(book: xw.Book) -> None:
    book.sheets[1].activate()
    book.sheets[1].visible = False
    assert book.sheets.active.name == "Sheet3"


def test_a_sheet_that_formulas_refer_to_is_not_deleted(book: xw.Book) -> None:
    book.sheets[1]["A1"].formula = "=Sheet1!A1"
    with pytest.raises(CannotEdit, match="formulas on the sheet 'Sheet2'"):
        book.sheets[0].delete()
    book.sheets[1]["A1"].value = None
    book.sheets[0].delete()
    assert names(book) == ["Sheet2", "Sheet3"]


def test_a_sheet_whose_table_or_name_is_used_elsewhere_is_not_deleted(tmp_path: Path) -> None:
    book = opened(make_invoices(tmp_path / "invoices.xlsx"))
    book.sheets["Notes"]["D1"].formula = "=SUM(Invoices[Amount])"
    with pytest.raises(CannotEdit, match="'Notes'"):
        book.sheets["Invoices"].delete()
    book.sheets["Invoices"]["H1"].formula = "=Rate*2"
    with pytest.raises(CannotEdit, match="'Invoices'"):
        book.sheets["Notes"].delete()


def test_a_name_that_nothing_uses_becomes_an_error_when_its_sheet_goes(
    book: xw.Book, tmp_path: Path
) -> None:
    book.names.add("Rate", "=Sheet1!$B$2")
    book.sheets[0].names.add("Own", "=Sheet1!$B$3")
    book.sheets[0].delete()
    assert [(name.name, name.refers_to) for name in book.names] == [("Rate", "=#REF!$B$2")]
    book.save(tmp_path / "gone.xlsx")
    assert openpyxl.load_workbook(tmp_path / "gone.xlsx").sheetnames == ["Sheet2", "Sheet3"]


def test_a_deleted_sheet_takes_its_tables_and_charts_with_it(tmp_path: Path) -> None:
    book = opened(make_invoices(tmp_path / "invoices.xlsx"))
    book.sheets["Invoices"].delete()
    book.save()
    with zipfile.ZipFile(tmp_path / "invoices.xlsx") as packed:
        assert [n for n in packed.namelist() if "table" in n] == ["xl/tables/table2.xml"]
    assert "Invoices" not in [t.name for s in book.sheets for t in s.tables]
    assert book.sheets["Notes"].tables["Notes"].range.address == "$A$1:$B$3"


def test_changes_of_before_and_after_a_rename_are_all_saved(book: xw.Book, tmp_path: Path) -> None:
    first = book.sheets[0]
    first["A1"].value = "before"
    first.name = "Renamed"
    first["A2"].value = "after"
    assert first["A1:A2"].value == ["before", "after"]
    book.save(tmp_path / "both.xlsx")
    cells = openpyxl.load_workbook(tmp_path / "both.xlsx")["Renamed"]
    assert [cells["A1"].value, cells["A2"].value] == ["before", "after"]


@pytest.fixture
def rich(tmp_path: Path) -> xw.Book:
    """A sheet with a table, a name, a chart, a picture-free drawing, a link and formats."""
    path = tmp_path / "rich.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet, other = made.add_worksheet("Data"), made.add_worksheet("Other")
        columns = [{"header": "Item"}, {"header": "Amount"}, {"header": "Twice"}]
        columns[2]["formula"] = "=Sales[[#This Row],[Amount]]*2"
        sheet.add_table("A1:C3", {"name": "Sales", "columns": columns})
        sheet.write_column("A2", ["a", "b"])
        sheet.write_column("B2", [1, 2], made.add_format({"num_format": "0.00", "bold": True}))
        sheet.write_formula("E1", "=SUM(Sales[Amount])+SUM(Data!B2:B3)", None, 6)
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": "=Data!$B$2:$B$3"})
        sheet.insert_chart("G2", chart)
        sheet.set_column("A:A", 30)
        sheet.merge_range("E5:F6", "merged")
        sheet.print_area("A1:C3")
        made.define_name("Best", "=Data!$B$3")
        other.write_formula("A1", "=Best", None, 2)
    return opened(path)


def test_a_copy_refers_to_itself_and_not_to_the_sheet_it_was_made_from(
    rich: xw.Book, tmp_path: Path
) -> None:
    copy = rich.sheets["Data"].copy(after=rich.sheets["Data"])
    assert names(rich) == ["Data", "Data (2)", "Other"]
    assert rich.sheets.active == copy
    assert copy["E1"].formula == "=SUM(Sales2[Amount])+SUM('Data (2)'!B2:B3)"
    assert copy["C2"].formula == "=Sales2[[#This Row],[Amount]]*2"
    assert [table.name for table in copy.tables] == ["Sales2"]
    assert copy["Best"].get_address(include_sheetname=True, external=False) == "'Data (2)'!$B$3"
    assert rich.names["Best"].refers_to == "=Data!$B$3"
    assert copy.page_setup.print_area == "$A$1:$C$3"
    assert (copy["A1"].column_width, copy["E5"].merge_cells) == (30, True)
    assert (copy["B2"].number_format, copy["B2"].font.bold) == ("0.00", True)
    rich.save()
    made = openpyxl.load_workbook(tmp_path / "rich.xlsx")
    assert len(vars(made["Data (2)"])["_charts"]) == 1
    assert "'Data (2)'!$B$2:$B$3" in text_of(tmp_path / "rich.xlsx", "xl/charts/chart2.xml")
    assert "Data!$B$2:$B$3" in text_of(tmp_path / "rich.xlsx", "xl/charts/chart1.xml")
    column = made["Data (2)"].tables["Sales2"].tableColumns[2]
    assert column.calculatedColumnFormula.attr_text == "Sales2[[#This Row],[Amount]]*2"


def test_a_copy_in_another_workbook_brings_chart_and_table(rich: xw.Book, tmp_path: Path) -> None:
    target = rich.app.books.add()
    copy = rich.sheets["Data"].copy(before=target.sheets[0], name="Came")
    assert names(target) == ["Came", "Sheet1"]
    assert copy["A1:C3"].value == [["Item", "Amount", "Twice"], ["a", 1, 0], ["b", 2, 0]]
    assert (copy["B3"].number_format, copy["B3"].font.bold) == ("0.00", True)
    target.save(tmp_path / "target.xlsx")
    made = openpyxl.load_workbook(tmp_path / "target.xlsx")
    assert list(made["Came"].tables) == ["Sales"]
    assert "Came!$B$2:$B$3" in text_of(tmp_path / "target.xlsx", "xl/charts/chart1.xml")


def test_a_sheet_that_needs_what_stays_behind_is_not_copied(rich: xw.Book) -> None:
    target = rich.app.books.add()
    with pytest.raises(CannotEdit, match="'Best', which stays behind"):
        rich.sheets["Other"].copy(before=target.sheets[0])
    rich.sheets["Other"]["A1"].formula = "=Data!A1"
    with pytest.raises(CannotEdit, match="'Data', which stays behind"):
        rich.sheets["Other"].copy(before=target.sheets[0])
    assert names(target) == ["Sheet1"]


@pytest.mark.shared
def test_a_sheet_with_a_pivot_table_is_not_copied(shared: Path) -> None:
    book = opened(shared / "data" / "workbooks" / "calamine__pivots.xlsx")
    kinds = {}
    for sheet in book.sheets:
        try:
            sheet.copy(after=sheet)
        except CannotEdit as refusal:
            kinds[sheet.name] = refusal.sentence
    assert any("it has a pivotTable" in each for each in kinds.values())


@pytest.mark.shared
def test_texts_come_along_whatever_spaces_the_sheet_is_written_with(shared: Path) -> None:
    book = opened(shared / "data" / "workbooks" / "excelize__Book1.xlsx")
    target = book.app.books.add()
    copy = book.sheets["Sheet2"].copy(before=target.sheets[0])
    assert copy["A1:D4"].value == book.sheets["Sheet2"]["A1:D4"].value
    assert copy["A1"].value

"""Both hosts: what reports need beyond the public calls, in files and in Excel."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import openpyxl
import pandas as pd
import pytest
import python_calamine
import xlwings as xw

from ar_xl.book import host
from ar_xl.core.findings import Exit
from ar_xl.xlfile.write_errors import CannotEdit
from tests.xlfile.engine_books import make_invoices


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_invoices(tmp_path / "books.xlsx")


@pytest.fixture
def excel() -> Any:
    """A sheet as Excel shows it: whatever is set on it is remembered."""
    sheet = MagicMock()
    sheet.book.app.engine.name = "excel"
    return sheet


def draw_report(book: xw.Book) -> None:
    """A report as the product makes them: title, table with totals, chart, print set-up."""
    sheet = book.sheets.add("Aging 2026-03-31", after=book.sheets[-1])
    frame = pd.DataFrame(
        {"Customer": ["A", "B"], "Current": [100.5, 7.0], "Over 90": [0.0, 1234.25]}
    )
    sheet["A1"].value = "Aging"
    sheet["A1"].font.bold, sheet["A1"].font.size = True, 14
    sheet["A3"].options(index=False).value = frame
    sheet["B4:C6"].number_format = "#,##0.00"
    table = sheet.tables.add(sheet["A3:C5"], name="Aging_2026_03_31")
    host.set_totals(
        table,
        {"Customer": ("label", "Total"), "Current": ("sum", 107.5), "Over 90": ("sum", 1234.25)},
    )
    sheet["A:A"].column_width = 24
    host.freeze_panes(sheet, 4, 2)
    host.page_setup(sheet, landscape=True, title_rows=(3, 3), footer="&LAging&RPage &P of &N")
    host.tab_color(sheet, "2E75B6")
    host.add_chart(
        sheet,
        "column_stacked",
        "Open by age",
        sheet["A4:A5"],
        [("Current", sheet["B4:B5"]), ("Over 90", sheet["C4:C5"])],
        sheet["E3"],
        360,
        220,
    )
    host.put_formula(sheet["B8"], "=B6+C6", 1341.75)
    host.show(sheet)


def test_a_report_reads_back_in_openpyxl_and_calamine(path: Path) -> None:
    book = host.open_book(path)
    draw_report(book)
    with host.locked(path):
        host.save(book)
    found: Any = openpyxl.load_workbook(path)
    sheet = found["Aging 2026-03-31"]
    assert found.worksheets.index(found.active) == 2
    assert (sheet["A1"].font.b, sheet["A1"].font.sz) == (True, 14)
    assert sheet.freeze_panes == "B4"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.oddFooter.right.text == "Page &P of &N"
    assert sheet.sheet_properties.tabColor.rgb == "FF2E75B6"
    assert sheet.tables["Aging_2026_03_31"].ref == "A3:C6"
    assert sheet["C5"].number_format == "#,##0.00"
    assert len(sheet._charts) == 1
    assert len(found["Invoices"].tables) == 1
    rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet.title)
    assert rows.to_python()[2:8] == [
        ["Customer", "Current", "Over 90"],
        ["A", 100.5, 0.0],
        ["B", 7.0, 1234.25],
        ["Total", 107.5, 1234.25],
        ["", "", ""],
        ["", 1341.75, ""],
    ]


@pytest.mark.libreoffice
def test_libreoffice_calculates_the_same_totals(path: Path, soffice: str, tmp_path: Path) -> None:
    book = host.open_book(path)
    draw_report(book)
    with host.locked(path):
        host.save(book)
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3',
         "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = next(tmp_path.glob("*Aging*.csv")).read_text(encoding="utf-8")
    assert text.splitlines()[5] == "Total,107.5,1234.25"
    assert text.splitlines()[7] == ",1341.75,"


def test_saving_keeps_the_old_file_as_a_backup(path: Path) -> None:
    before = path.read_bytes()
    book = host.open_book(path)
    book.sheets["Notes"]["B2"].value = "Paid"
    with host.locked(path):
        backup = host.save(book)
    assert backup is not None
    assert backup.read_bytes() == before


def test_a_file_that_fails_its_check_is_not_put_in_place(path: Path) -> None:
    before = path.read_bytes()
    book = host.open_book(path)
    book.sheets["Notes"]["B2"].value = "Paid"

    def refuse(written: Path) -> None:
        assert host.open_book(written).sheets["Notes"]["B2"].value == "Paid"
        raise CannotEdit("The totals differ.")

    with host.locked(path), pytest.raises(host.FileProblem, match="totals"):
        host.save(book, verify=refuse)
    assert path.read_bytes() == before


def test_a_file_that_somebody_changed_is_not_overwritten(path: Path) -> None:
    mine, theirs = host.open_book(path), host.open_book(path)
    for book, text in ((theirs, "theirs"), (mine, "mine")):
        book.sheets["Notes"]["B2"].value = text
    with host.locked(path):
        host.save(theirs)
        with pytest.raises(host.FileProblem, match="changed") as problem:
            host.save(mine)
    assert host.exit_code(problem.value) is Exit.BUSY
    assert host.open_book(path).sheets["Notes"]["B2"].value == "theirs"


def test_one_run_writes_at_a_time(path: Path) -> None:
    with host.locked(path, user="Ann"), pytest.raises(host.FileProblem) as problem:  # noqa: SIM117
        with host.locked(path):
            pass
    assert host.exit_code(problem.value) is Exit.BUSY


def test_reading_alone_locks_nothing(path: Path) -> None:
    with host.locked(path), host.locked(None):
        assert host.open_book(path).sheets[0]["A2"].value == "00123"


def test_problems_with_a_file_have_their_exit_codes(tmp_path: Path) -> None:
    not_one = tmp_path / "letter.xlsx"
    not_one.write_text("Dear Sirs")
    for name in (not_one, tmp_path / "missing.xlsx"):
        with pytest.raises(host.FileProblem) as problem:
            host.open_book(name)
        assert host.exit_code(problem.value) is Exit.UNREADABLE
    assert host.exit_code(CannotEdit("no")) is Exit.REFUSED


def test_what_was_released_is_read_again(path: Path) -> None:
    book = host.open_book(path)
    sheet = book.sheets["Invoices"]
    assert sheet["A2"].value == "00123"
    host.release(book)
    assert sheet.used_range.address == "$A$1:$E$4"
    assert sheet["A3"].value == "1-2"


def test_tables_are_listed_with_their_places(path: Path) -> None:
    assert host.table_ranges(host.open_book(path)) == {
        "Invoices": ("Invoices", "A1:E4"),
        "Notes": ("Notes", "A1:B3"),
    }


def test_a_removed_sheet_is_gone(path: Path) -> None:
    book = host.open_book(path)
    host.remove_sheet(book.sheets["Notes"])
    assert book.sheet_names == ["Invoices"]


def test_the_same_file_has_the_same_fingerprint_until_it_is_saved(path: Path) -> None:
    before = host.fingerprint(path)
    assert host.fingerprint(path) == before
    book = host.open_book(path)
    book.sheets["Notes"]["B2"].value = "Paid"
    with host.locked(path):
        host.save(book)
    assert host.fingerprint(path) != before


def test_excel_freezes_in_the_window_and_shows_the_former_sheet_again(excel: Any) -> None:
    host.freeze_panes(excel, 4, 2)
    window = excel.book.app.api.ActiveWindow
    assert (window.SplitRow, window.SplitColumn, window.FreezePanes) == (3, 1, True)
    excel.book.sheets.active.activate.assert_called_once()


def test_excel_prints_landscape_fitted_with_titles_and_footer(excel: Any) -> None:
    host.page_setup(excel, title_rows=(3, 4), footer="&LAging&RPage &P of &N")
    setup = excel.api.PageSetup
    assert (setup.Orientation, setup.Zoom, setup.FitToPagesWide, setup.FitToPagesTall) == (
        2, False, 1, False
    )  # fmt: skip
    assert setup.PrintTitleRows == "$3:$4"
    assert (setup.LeftFooter, setup.RightFooter) == ("Aging", "Page &P of &N")


@pytest.mark.parametrize(
    ("footer", "parts"),
    [
        ("Confidential", {"Center": "Confidential"}),
        ("&LA&CB&RC", {"Left": "A", "Center": "B", "Right": "C"}),
        ("", {}),
    ],
)
def test_a_footer_has_up_to_three_parts(footer: str, parts: dict[str, str]) -> None:
    assert host.footer_parts(footer) == parts


def test_excel_gets_formulas_colours_and_totals_in_its_own_words(excel: Any) -> None:
    cell = SimpleNamespace(sheet=excel, api=MagicMock())
    host.put_formula(cell, "=B6+C6", 1341.75)
    assert cell.api.Formula == "=B6+C6"
    host.tab_color(excel, "2E75B6")
    assert excel.api.Tab.Color == 0x2E + 0x75 * 256 + 0xB6 * 65536
    table = MagicMock()
    table.parent = excel
    table.api.ListColumns.Count = 0
    host.set_totals(table, {"Current": ("sum", 107.5)})
    assert table.api.ShowTotals is True
    assert table.api.ListColumns("Current").TotalsCalculation == 1


def test_a_sheet_is_protected_and_its_rows_are_grouped_in_both_hosts(
    path: Path, excel: Any
) -> None:
    book = host.open_book(path)
    host.protect(book.sheets["Notes"])
    host.group_rows(book.sheets["Notes"]["2:3"])
    with host.locked(path):
        host.save(book)
    page = openpyxl.load_workbook(path)["Notes"]
    assert page.protection.sheet
    assert [page.row_dimensions[row].outlineLevel for row in (1, 2, 3)] == [0, 1, 1]
    host.protect(book.sheets["Notes"], on=False)
    with host.locked(path):
        host.save(book)
    assert not openpyxl.load_workbook(path)["Notes"].protection.sheet
    host.protect(excel)
    host.protect(excel, on=False)
    cells = SimpleNamespace(sheet=excel, api=MagicMock())
    host.group_rows(cells)
    excel.api.Protect.assert_called_once_with()
    excel.api.Unprotect.assert_called_once_with()
    cells.api.EntireRow.Group.assert_called_once_with()


def test_a_password_is_not_taken_away(path: Path) -> None:
    page = openpyxl.load_workbook(path)
    page["Notes"].protection.set_password("secret")
    page["Notes"].protection.enable()
    page.save(path)
    with pytest.raises(CannotEdit, match="protected with a password"):
        host.protect(host.open_book(path).sheets["Notes"], on=False)

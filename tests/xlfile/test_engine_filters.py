"""Filters of ranges and tables: criteria in the file, and rows that do not pass are hidden."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw
from openpyxl.worksheet.filters import ColorFilter, FilterColumn

from ar_xl.xlfile.cells import StaleFormula
from ar_xl.xlfile.write_errors import CannotEdit
from tests.xlfile.engine_books import opened

ROWS: list[tuple[Any, ...]] = [
    ("East", dt.date(2025, 1, 1), 10, 1000.5),
    ("West", dt.date(2025, 1, 2), 20, 20),
    ("east", dt.date(2025, 1, 3), 30, 0),
    ("North*", dt.date(2025, 1, 1), 20, 1000.5),
    ("", None, None, -7),
]


@pytest.fixture
def book(tmp_path: Path) -> xw.Book:
    """Two sheets with the same rows: cells A1:D6 with a total below, and a table."""
    path = tmp_path / "filters.xlsx"
    with xlsxwriter.Workbook(path) as made:
        day, money = (made.add_format({"num_format": code}) for code in ("yyyy-mm-dd", "#,##0.00"))
        for name in ("Cells", "Table"):
            sheet = made.add_worksheet(name)
            sheet.write_row("A1", ["Region", "Day", "Pieces", "Amount"])
            for row, (region, on, pieces, amount) in enumerate(ROWS, 1):
                sheet.write(row, 0, region)
                if on:
                    sheet.write_datetime(row, 1, dt.datetime.combine(on, dt.time()), day)
                    sheet.write_number(row, 2, pieces)
                sheet.write_number(row, 3, amount, money)
            sheet.write_formula("F1", "=SUBTOTAL(109,C2:C6)", None, 80)
            sheet.write_formula("F2", "=SUM(C2:C6)", None, 80)
        columns = [{"header": name} for name in ("Region", "Day", "Pieces", "Amount")]
        sheet.add_table("A1:D6", {"name": "Sales", "columns": columns})
    return opened(path)


@pytest.fixture
def cells(book: xw.Book) -> xw.Range:
    return book.sheets["Cells"]["A1:D6"]


@pytest.fixture
def table(book: xw.Book) -> xw.main.Table:
    return book.sheets["Table"].tables["Sales"]


def part(book: xw.Book, name: str) -> str:
    with zipfile.ZipFile(book.fullname) as package:
        return package.read(name).decode()


def shown(sheet: xw.Sheet) -> list[int]:
    return [row for row in range(1, 9) if not sheet[f"A{row}"].rows.hidden]


def told(found: xw.main.AutoFilter) -> list[tuple[Any, ...]]:
    return [
        (each.field, each.type, each.operator or each.values or each.count, each.value1)
        for each in found.criteria
        if each.type != "none"
    ]


Apply = Callable[[xw.main.AutoFilter], None]
CASES: list[tuple[Apply, list[int]]] = [
    (lambda f: f.apply_values(1, ["EAST"]), [2, 4]),
    (lambda f: f.apply_values(3, [10, 30.0]), [2, 4]),
    (lambda f: f.apply_values(1, ["West", ""]), [3, 6]),
    (lambda f: f.apply_values(4, [1000.5]), [2, 5]),
    (lambda f: f.apply_comparison(1, "equal_to", "North*"), [5]),
    (lambda f: f.apply_comparison(1, "not_equal_to", "West"), [2, 4, 5, 6]),
    (lambda f: f.apply_comparison(1, "equal_to", None), [6]),
    (lambda f: f.apply_comparison(3, "not_equal_to", None), [2, 3, 4, 5]),
    (lambda f: f.apply_comparison(3, "between", 15, 20), [3, 5]),
    (lambda f: f.apply_comparison(3, "not_between", 15, 20), [2, 4]),
    (lambda f: f.apply_comparison(4, "not_equal_to", 0), [2, 3, 5, 6]),
    (lambda f: f.apply_comparison(4, "less_than_or_equal", 0), [4, 6]),
    (lambda f: f.apply_comparison(2, "equal_to", dt.date(2025, 1, 1)), [2, 5]),
    (lambda f: f.apply_comparison(2, "greater_than", dt.datetime(2025, 1, 1, 12)), [3, 4]),
    (lambda f: f.apply_top_items(3, 2), [3, 4, 5]),
    (lambda f: f.apply_bottom_items(4, 1), [6]),
    (lambda f: f.apply_top_percent(4, 40), [2, 5]),
]


@pytest.mark.parametrize(("apply", "rows"), CASES)
def test_rows_that_do_not_pass_are_hidden(
    apply: Apply, rows: list[int], cells: xw.Range, table: xw.main.Table
) -> None:
    for found, sheet in ((cells.autofilter, cells.sheet), (table.autofilter, table.parent)):
        apply(found)
        assert shown(sheet) == [1, *rows, 7, 8]


def test_criteria_are_told_as_they_were_asked_for_after_saving_too(
    book: xw.Book, cells: xw.Range, table: xw.main.Table
) -> None:
    wanted = [
        (1, "values", ["East"], None),
        (3, "comparison", "between", "5"),
        (4, "comparison", "equal_to", "1000.5"),
    ]
    for found in (cells.autofilter, table.autofilter):
        found.apply_values(1, ["East"])
        found.apply_comparison(3, "between", 5, 50)
        found.apply_comparison(4, "equal_to", 1000.5)
        assert told(found) == wanted
    book.save()
    again = opened(Path(book.fullname))
    assert told(again.sheets["Cells"]["A1:D6"].autofilter) == wanted
    assert told(again.sheets["Table"].tables["Sales"].autofilter) == wanted
    assert shown(again.sheets["Table"]) == [1, 2, 7, 8]


def test_other_programs_see_the_filter_and_the_hidden_rows(book: xw.Book, cells: xw.Range) -> None:
    cells.autofilter.apply_values(1, ["East", "West"])
    cells.autofilter.apply_top_items(3, 2)
    book.save()
    sheet: Any = openpyxl.load_workbook(book.fullname)["Cells"]
    assert sheet.auto_filter.ref == "A1:D6"
    first, second = sheet.auto_filter.filterColumn
    assert (first.colId, first.filters.filter) == (0, ["East", "West"])
    assert (second.colId, second.top10.val, second.top10.filterVal) == (2, 2, 20)
    assert [row for row, line in sheet.row_dimensions.items() if line.hidden] == [2, 5, 6]
    assert sheet.sheet_properties.filterMode
    with_name = part(book, "xl/workbook.xml")
    assert "_xlnm._FilterDatabase" in with_name
    assert "Cells!$A$1:$D$6" in with_name
    assert len(book.names) == 0


def test_rows_come_back_when_the_filter_is_cleared_and_others_stay_hidden(cells: xw.Range) -> None:
    sheet, found = cells.sheet, cells.autofilter
    sheet["8:8"].rows.hidden = True
    found.apply_values(1, ["East"])
    found.apply_comparison(3, "greater_than", 15)
    assert shown(sheet) == [1, 4, 7]
    found.clear(1)
    assert shown(sheet) == [1, 3, 4, 5, 7]
    found.clear()
    assert shown(sheet) == [1, 2, 3, 4, 5, 6, 7]
    assert told(found) == []


def test_a_cleared_filter_leaves_the_table_as_it_was(book: xw.Book, table: xw.main.Table) -> None:
    before = part(book, "xl/tables/table1.xml")
    table.autofilter.apply_values(1, ["East"])
    table.autofilter.clear()
    book.save()
    assert part(book, "xl/tables/table1.xml") == before


def test_buttons_that_are_hidden_leave_no_row_hidden_and_come_back_with_a_filter(
    table: xw.main.Table,
) -> None:
    table.autofilter.apply_values(1, ["East"])
    table.show_autofilter = False
    assert shown(table.parent) == list(range(1, 9))
    table.autofilter.apply_values(1, ["West"])
    assert table.show_autofilter
    assert shown(table.parent) == [1, 3, 7, 8]


def test_a_second_filter_of_a_sheet_takes_the_place_of_the_first(cells: xw.Range) -> None:
    cells.autofilter.apply_values(1, ["East"])
    other = cells.sheet["C1:D4"]
    other.autofilter.apply_comparison(1, "equal_to", 20)
    assert shown(cells.sheet) == [1, 3, 5, 6, 7, 8]
    assert told(cells.autofilter) == []
    assert [each[:2] for each in told(other.autofilter)] == [(1, "comparison")]


def test_rows_that_a_filter_beside_hides_stay_hidden(table: xw.main.Table) -> None:
    sheet = table.parent
    sheet["H1"].value = [["Mark"], ["x"], ["x"], [None], [None], ["x"]]
    table.autofilter.apply_comparison(3, "greater_than", 10)
    sheet["H1:H6"].autofilter.apply_values(1, ["x"])
    assert shown(sheet) == [1, 3, 7, 8]
    table.autofilter.clear()
    assert shown(sheet) == [1, 2, 3, 6, 7, 8]


def test_the_cells_of_a_table_are_filtered_by_its_filter(table: xw.main.Table) -> None:
    sheet = table.parent
    sheet["A1:D6"].autofilter.apply_values(1, ["West"])
    assert told(table.autofilter) == [(1, "values", ["West"], None)]
    with pytest.raises(CannotEdit, match="not all of the table Sales"):
        _ = sheet["A1:B3"].autofilter


def test_totals_of_what_is_shown_are_not_known_any_more_and_other_sums_are(cells: xw.Range) -> None:
    cells.autofilter.apply_values(1, ["East"])
    assert cells.sheet["F2"].value == 80
    with pytest.raises(StaleFormula, match="F1"):
        _ = cells.sheet["F1"].value


def test_a_column_of_results_that_are_out_of_date_is_not_filtered(cells: xw.Range) -> None:
    cells.sheet["C6"].formula = "=SUM(A1:A2)"
    with pytest.raises(StaleFormula, match="C6"):
        cells.autofilter.apply_comparison(3, "greater_than", 5)
    assert shown(cells.sheet) == list(range(1, 9))


def test_a_column_with_a_formula_that_was_never_calculated_is_not_filtered(book: xw.Book) -> None:
    made: Any = openpyxl.load_workbook(book.fullname)
    made["Cells"]["C6"] = "=1+1"
    made.save(book.fullname)
    found = opened(Path(book.fullname)).sheets["Cells"]["A1:D6"].autofilter
    with pytest.raises(CannotEdit, match="Cells!C6 has no result yet"):
        found.apply_top_items(3, 1)


REFUSED: list[tuple[Apply, str]] = [
    (lambda f: f.apply_values(4, [20, 1000.5]), "Column D holds dates or formatted numbers"),
    (lambda f: f.apply_values(2, ["2025-01-01"]), "Column B holds dates"),
    (lambda f: f.apply_comparison(1, "greater_than", "M"), "order depends on the language"),
    (lambda f: f.apply_top_items(1, 3), "holds no numbers"),
]


@pytest.mark.parametrize(("apply", "why"), REFUSED)
def test_what_only_excel_can_judge_is_refused(apply: Apply, why: str, cells: xw.Range) -> None:
    with pytest.raises(CannotEdit, match=why):
        apply(cells.autofilter)
    assert (shown(cells.sheet), told(cells.autofilter)) == (list(range(1, 9)), [])


def test_a_filter_by_colour_is_kept_and_told_as_unknown(book: xw.Book) -> None:
    made: Any = openpyxl.load_workbook(book.fullname)
    made["Cells"].auto_filter.ref = "A1:D6"
    by_color = FilterColumn(colId=2, colorFilter=ColorFilter(dxfId=0))
    made["Cells"].auto_filter.filterColumn.append(by_color)
    made.save(book.fullname)
    again = opened(Path(book.fullname))
    found = again.sheets["Cells"]["A1:D6"].autofilter
    assert told(found) == [(3, "unknown", None, None)]
    with pytest.raises(CannotEdit, match="Column C is filtered in a way that only Excel can apply"):
        found.apply_values(1, ["East"])
    again.sheets["Cells"]["H1"].value = "work"
    again.save()
    assert "<colorFilter" in part(book, "xl/worksheets/sheet1.xml")
    found.clear(3)
    assert told(found) == []

"""Tables, charts and applications of the file engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw

from ar_xl.xlfile.engine import engine
from ar_xl.xlfile.write_errors import CannotEdit
from tests.xlfile.engine_books import make_invoices, opened

LINES = [["Customer", "Current", "Over 90"], ["A", 10.0, 0.5], ["B", 20.0, 1.5]]


@pytest.fixture
def book(tmp_path: Path) -> xw.Book:
    return opened(make_invoices(tmp_path / "books.xlsx"))


@pytest.fixture
def sheet(book: xw.Book) -> xw.Sheet:
    made = book.sheets.add("Aging", after=book.sheets[-1])
    made["A1"].value = LINES
    return made


def charts_of(book: xw.Book) -> Any:
    sheet: Any = openpyxl.load_workbook(book.fullname)["Aging"]
    return sheet._charts


def test_a_new_table_has_name_style_and_headings(book: xw.Book, sheet: xw.Sheet) -> None:
    table = sheet.tables.add(sheet["A1:C3"], name="Aging", table_style_name="TableStyleLight1")
    assert sheet["Aging[Current]"].value == [10.0, 20.0]
    assert [sheet.tables[0].name, table.table_style] == ["Aging", "TableStyleLight1"]
    book.save()
    found = openpyxl.load_workbook(book.fullname)["Aging"].tables["Aging"]
    assert found.ref == "A1:C3"
    assert [column.name for column in found.tableColumns] == LINES[0]
    assert found.tableStyleInfo is not None
    assert found.tableStyleInfo.name == "TableStyleLight1"


def test_headings_become_unique_text_as_in_excel(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["E1"].value = [["Due", 30, "due", None], [1, 2, 3, 4]]
    table = sheet.tables.add(sheet["E1:H2"], name="Odd")
    assert table.header_row_range.value == ["Due", "30", "due2", "Column4"]
    book.save()
    found = openpyxl.load_workbook(book.fullname)["Aging"].tables["Odd"]
    assert [column.name for column in found.tableColumns] == ["Due", "30", "due2", "Column4"]


def test_a_new_tables_columns_are_called_what_its_cells_say(book: xw.Book, sheet: xw.Sheet) -> None:
    table = sheet.tables.add(sheet["A1:C3"], name="Aging")
    sheet["B1"].value = "Not due"
    book.save()
    assert table.header_row_range.value[1] == "Not due"
    found = openpyxl.load_workbook(book.fullname)["Aging"].tables["Aging"]
    assert [c.name for c in found.tableColumns] == ["Customer", "Not due", "Over 90"]


def test_headings_do_not_change_under_their_totals(book: xw.Book, sheet: xw.Sheet) -> None:
    table = sheet.tables.add(sheet["A1:C3"], name="Aging")
    table.api.set_totals({"Current": ("sum", 30.0)})
    sheet["B1"].value = "Not due"
    with pytest.raises(CannotEdit, match="totals"):
        book.save()


def test_a_heading_of_a_table_of_the_file_changes_unless_a_formula_names_it(book: xw.Book) -> None:
    invoices = book.sheets["Invoices"]
    invoices["A1:B1"].value = ["Invoice No", "Client"]
    with pytest.raises(CannotEdit, match=r"headings.*Invoices!E2 names Amount"):
        invoices["D1"].value = "Total"
    again = opened(Path(book.fullname))
    again.sheets["Invoices"]["B1"].value = "Client"
    again.sheets["Notes"]["B1"].value = 30
    again.save()
    assert again.sheets["Notes"]["B1"].value == "30"
    found = openpyxl.load_workbook(again.fullname)
    assert found["Invoices"].tables["Invoices"].tableColumns[1].name == "Client"
    assert found["Notes"].tables["Notes"].tableColumns[1].name == "30"


def test_a_report_can_take_the_place_of_its_earlier_sheet(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet.tables.add(sheet["A1:C3"], name="Aging")
    book.save()
    for figure in (5.0, 6.0):
        book.sheets["Aging"].delete()
        made = book.sheets.add("Aging", after=book.sheets[-1])
        made["A1"].value = [["Customer", "Current"], ["A", figure]]
        made.tables.add(made["A1:B2"], name="Aging")
    book.save()
    found = openpyxl.load_workbook(book.fullname)
    assert found.sheetnames == ["Invoices", "Notes", "Aging"]
    assert found["Aging"].tables["Aging"].ref == "A1:B2"
    assert found["Aging"]["B2"].value == 6


@pytest.mark.parametrize("name", ["A1", "Two words", "", "9lives", "invoices", "rate", "a-b"])
def test_a_name_that_no_table_can_have_is_refused(sheet: xw.Sheet, name: str) -> None:
    made = sheet.tables.add(sheet["A1:C3"], name="Aging")
    with pytest.raises(ValueError, match="table"):
        made.name = name


def test_two_tables_cannot_share_cells(sheet: xw.Sheet) -> None:
    sheet.tables.add(sheet["A1:C3"])
    with pytest.raises(CannotEdit, match="A3:B5"):
        sheet.tables.add(sheet["A3:B5"])


def test_totals_are_formulas_that_carry_our_figures(book: xw.Book, sheet: xw.Sheet) -> None:
    table = sheet.tables.add(sheet["A1:C3"], name="Aging")
    table.api.set_totals(
        {"Customer": ("label", "Total"), "Current": ("sum", 30.0), "Over 90": ("sum", 2.0)}
    )
    assert table.show_totals
    assert table.totals_row_range.value == ["Total", 30.0, 2.0]
    assert table.data_body_range.address == "$A$2:$C$3"
    book.save()
    found = openpyxl.load_workbook(book.fullname)["Aging"]
    assert found["B4"].value == "=SUBTOTAL(109,Aging[Current])"
    assert found.tables["Aging"].totalsRowCount == 1
    assert found.tables["Aging"].tableColumns[1].totalsRowFunction == "sum"
    assert openpyxl.load_workbook(book.fullname, data_only=True)["Aging"]["C4"].value == 2


def test_totals_are_shown_as_the_column_is(sheet: xw.Sheet) -> None:
    sheet["B2:B3"].number_format = "#,##0.00"
    table = sheet.tables.add(sheet["A1:C3"], name="Aging")
    table.api.set_totals({"Current": ("sum", 30.0)})
    assert sheet["B4"].number_format == "#,##0.00"


def test_totals_do_not_overwrite_what_is_below(sheet: xw.Sheet) -> None:
    table = sheet.tables.add(sheet["A1:C3"])
    sheet["B4"].value = "mine"
    with pytest.raises(CannotEdit, match="not empty"):
        table.api.set_totals({"Current": ("sum", 30.0)})


def test_a_new_table_grows_and_gets_more_columns(sheet: xw.Sheet) -> None:
    table = sheet.tables.add(sheet["A1:C3"], name="Aging")
    sheet["D1"].value = "Total"
    table.resize(sheet["A1:D5"])
    assert table.range.address == "$A$1:$D$5"
    assert sheet["Aging[Total]"].address == "$D$2:$D$5"


def test_a_chart_is_drawn_from_labels_and_series(book: xw.Book, sheet: xw.Sheet) -> None:
    chart = sheet.charts.add(anchor=sheet["E2"], width=480, height=270)
    chart.chart_type = "column_stacked"
    chart.set_source_data(sheet["A1:C3"], "columns")
    chart.title = "Aging"
    assert (chart.chart_type, chart.title, chart.name) == ("column_stacked", "Aging", "Chart 1")
    assert chart.left == pytest.approx(sheet["E2"].left)
    book.save()
    found = charts_of(book)[0]
    assert (found.grouping, found.barDir) == ("stacked", "col")
    assert [series.val.numRef.f for series in found.series] == [
        "Aging!$B$2:$B$3",
        "Aging!$C$2:$C$3",
    ]
    assert found.series[0].tx.strRef.f == "Aging!$B$1"
    assert found.anchor._from.row == 1


@pytest.mark.parametrize("kind", ["column_clustered", "bar_stacked", "bar_clustered"])
def test_other_charts_keep_their_type(book: xw.Book, sheet: xw.Sheet, kind: str) -> None:
    sheet.charts.add(source=sheet["A1:C3"], chart_type=kind)
    book.save()
    found = charts_of(book)[0]
    direction, grouping = kind.split("_")
    assert found.barDir == {"column": "col", "bar": "bar"}[direction]
    assert found.grouping == grouping


def test_a_chart_of_nothing_is_refused_at_saving(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet.charts.add()
    before = Path(book.fullname).read_bytes()
    with pytest.raises(CannotEdit, match="Chart 1"):
        book.save()
    assert Path(book.fullname).read_bytes() == before


def test_a_deleted_chart_or_sheet_leaves_nothing(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet.charts.add(source=sheet["A1:C3"]).delete()
    sheet.tables.add(sheet["A1:C3"], name="Aging")
    sheet.delete()
    book.save()
    assert openpyxl.load_workbook(book.fullname).sheetnames == ["Invoices", "Notes"]


def test_properties_are_set_for_a_while(book: xw.Book) -> None:
    app = book.app
    with app.properties(screen_updating=False, calculation="manual", status_bar="Posting"):
        assert (app.screen_updating, app.calculation, app.status_bar) == (
            False,
            "manual",
            "Posting",
        )
    assert (app.screen_updating, app.calculation, app.status_bar) == (True, "automatic", False)


def test_a_message_is_kept_and_answered_by_the_safest_button(book: xw.Book) -> None:
    assert book.app.alert("Posted.") == "ok"
    assert book.app.alert("Close the month?", buttons="yes_no") == "no"
    assert book.app.impl.alerts == ["Posted.", "Close the month?"]


def test_applications_are_told_apart_and_quit(tmp_path: Path) -> None:
    path = make_invoices(tmp_path / "books.xlsx")
    one, other = opened(path), opened(path)
    assert one != other
    one.app.quit()
    assert one.app.pid not in engine.apps.keys()  # noqa: SIM118 - a method of xlwings, no dict
    assert other.sheets[0]["A2"].value == "00123"

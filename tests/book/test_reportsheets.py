"""Report sheets as an accountant would print them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
import xlwings as xw
from openpyxl.utils import get_column_letter

from ar_xl.book.reportplan import plan
from ar_xl.book.reportsheets import draw
from ar_xl.core.arrays import BLANK, text_array
from ar_xl.core.report import Chart, Drawn, Report, ReportBlock, ReportColumn, Show
from tests.book.workbooks import reopened, workbook

NAME = "Aging 2026-10-31"


def aging(currency: str = "USD", customers: int = 3) -> ReportBlock:
    amounts = np.arange(customers, dtype=np.int64) * 1_000 + 1_050
    return ReportBlock(
        "Aging",
        f"Open items in {currency}",
        currency,
        (
            ReportColumn("Customer ID", Show.TEXT, text_array(f"0{i}" for i in range(customers))),
            ReportColumn("Oldest", Show.DATE, np.full(customers, np.datetime64("2026-09-01"))),
            ReportColumn("Days", Show.WHOLE, np.arange(customers, dtype=np.int64)),
            ReportColumn("Habit", Show.TENTHS, np.full(customers, 125, dtype=np.int64)),
            ReportColumn("Current", Show.MONEY, amounts, total=True),
            ReportColumn("1-30", Show.MONEY, np.where(amounts > 2000, amounts, BLANK), total=True),
        ),
        Chart("What is open", "Customer ID", ("Current", "1-30")),
    )


def report(*blocks: ReportBlock, name: str = "Aging") -> Report:
    lines = (("Basis", "Days past the due date"), ("Drafts left out", "3 invoices"))
    return Report(name, date(2026, 10, 31), "Cassia & Sons", lines, blocks, ("A note.",))


@pytest.fixture
def book(tmp_path: Path) -> xw.Book:
    return workbook(tmp_path)


def test_a_report_is_a_sheet_with_title_table_totals_and_chart(
    book: xw.Book, tmp_path: Path
) -> None:
    assert draw(book, report(aging()), "2026-10-31 17:04 UTC by Eva") == NAME
    book.save(str(tmp_path / "after.xlsx"))
    sheet: Any = openpyxl.load_workbook(tmp_path / "after.xlsx")[NAME]
    texts = [cell.value for cell in sheet["A"]]
    assert texts[:4] == ["Cassia & Sons", "Aging as of 2026-10-31", "Basis", "Drafts left out"]
    table = sheet.tables["Aging_2026_10_31"]
    assert (table.ref, table.totalsRowCount) == ("A7:F11", 1)
    headings = [cell.value for cell in sheet[7]]
    assert headings == ["Customer ID", "Oldest", "Days", "Habit", "Current", "1-30"]
    assert [cell.value for cell in sheet[9]][2:] == [1, 12.5, 20.5, 20.5]
    assert sheet["A8"].value == "00"
    assert sheet["A11"].value == "Total"
    assert sheet["E11"].value == "=SUBTOTAL(109,Aging_2026_10_31[Current])"
    assert sheet["E8"].number_format.startswith("#,##0.00")
    assert sheet["B8"].number_format == "yyyy-mm-dd"
    assert len(sheet._charts) == 1
    assert texts[-1].startswith("Made by ar_xl 2026-10-31 17:04 UTC by Eva check ")


def test_totals_carry_the_figure_that_was_computed(book: xw.Book, tmp_path: Path) -> None:
    draw(book, report(aging()))
    book.save(str(tmp_path / "after.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "after.xlsx", data_only=True)[NAME]
    assert [sheet["E11"].value, sheet["F11"].value] == [61.5, 51]


def test_a_report_prints_landscape_one_page_wide_with_its_headings_repeated(
    book: xw.Book, tmp_path: Path
) -> None:
    draw(book, report(aging()))
    book.save(str(tmp_path / "after.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "after.xlsx")[NAME]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.print_title_rows == "$7:$7"
    assert sheet.freeze_panes == "A8"


def test_each_currency_has_a_table_of_its_own_with_its_decimals(
    book: xw.Book, tmp_path: Path
) -> None:
    draw(book, report(aging("USD"), aging("JPY")))
    book.save(str(tmp_path / "after.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "after.xlsx")[NAME]
    yen = sheet.tables["Aging_2026_10_31_2"].ref
    first = int(yen.split(":")[0].removeprefix("A")) + 1
    assert sheet[f"E{first}"].value == 1050
    assert sheet[f"E{first}"].number_format.startswith("#,##0_)")


def test_every_page_of_two_currencies_repeats_the_headings_they_share(
    book: xw.Book, tmp_path: Path
) -> None:
    draw(book, report(aging(), aging("JPY")))
    book.save(str(tmp_path / "after.xlsx"))
    sheet: Any = openpyxl.load_workbook(tmp_path / "after.xlsx")[NAME]
    assert sheet.print_title_rows == "$7:$7"


def test_strong_rows_are_bold_and_text_keeps_away_from_the_number_before_it(
    book: xw.Book, tmp_path: Path
) -> None:
    columns = (
        ReportColumn("Receivables", Show.TEXT, text_array(["Opening", "Closing"])),
        ReportColumn("Balance", Show.MONEY, np.array([100, 200])),
        ReportColumn("Remark", Show.TEXT, text_array(["", "agrees"])),
    )
    draw(book, report(ReportBlock("RollForward", "", "USD", columns, strong=(1,))))
    book.save(str(tmp_path / "after.xlsx"))
    sheet: Any = openpyxl.load_workbook(tmp_path / "after.xlsx")[NAME]
    closing = next(row for row in sheet.iter_rows() if row[0].value == "Closing")
    before = sheet[closing[0].row - 1]
    assert [cell.font.b for cell in closing[:3]] == [True, True, True]
    assert not any(cell.font.b for cell in before[:3])
    assert closing[2].number_format == "_)_)@"


def test_a_report_without_rows_says_so(book: xw.Book, tmp_path: Path) -> None:
    empty = replace(aging(), columns=tuple(replace(column, values=column.values[:0])
                                           for column in aging().columns))  # fmt: skip
    draw(book, report(empty))
    texts = [row[0] for row in book.sheets[NAME].used_range.options(ndim=2).value]
    assert "Nothing to show." in texts
    assert len(book.sheets[NAME].tables) == 0


def test_a_second_run_replaces_its_own_sheet_in_place(book: xw.Book, tmp_path: Path) -> None:
    draw(book, report(aging()))
    book = reopened(book, tmp_path / "first.xlsx")
    book.sheets.add("Mine", after=book.sheets[len(book.sheets) - 1])
    names = [sheet.name for sheet in book.sheets]
    assert draw(book, report(aging(customers=5))) == NAME
    assert [sheet.name for sheet in book.sheets] == names
    again = reopened(book, tmp_path / "second.xlsx")
    assert again.sheets[NAME].tables["Aging_2026_10_31"].range.shape == (7, 6)


def test_the_list_of_one_batch_is_replaced_only_by_that_of_the_same_batch(
    book: xw.Book, tmp_path: Path
) -> None:
    def of(batch: str) -> Report:
        return replace(report(aging(), name="Payments Posted"), lines=(("Batch", batch),))

    name, long = of("B-1").sheet_name, ", ".join(f"B-{i:06}" for i in range(1, 30))
    for batch, sheet in (
        ("none", name), ("B-1", name), ("B-2", f"{name} (2)"), ("B-1", name),
        ("none", f"{name} (3)"), (long, f"{name} (3)"), ("B-3", f"{name} (4)"),
        (long, f"{name} (3)"),
    ):  # fmt: skip
        assert draw(book, of(batch)) == sheet
        book = reopened(book, tmp_path / "next.xlsx")


def test_a_sheet_whose_values_were_touched_is_kept(book: xw.Book, tmp_path: Path) -> None:
    draw(book, report(aging()))
    book = reopened(book, tmp_path / "first.xlsx")
    book.sheets[NAME].range("H3").value = "called them on Monday"
    book = reopened(book, tmp_path / "second.xlsx")
    assert draw(book, report(aging())) == f"{NAME} (2)"
    assert book.sheets[NAME].range("H3").value == "called them on Monday"
    assert draw(book, report(aging())) == f"{NAME} (2)"


@pytest.mark.parametrize(("cell", "value"), [("E8", 10.51), ("A9", "1"), ("B2", "x"), ("A40", 1)])
def test_every_edit_is_seen(book: xw.Book, tmp_path: Path, cell: str, value: object) -> None:
    draw(book, report(aging()))
    book = reopened(book, tmp_path / "first.xlsx")
    book.sheets[NAME].range(cell).value = value
    assert draw(reopened(book, tmp_path / "second.xlsx"), report(aging())) == f"{NAME} (2)"


def test_a_sheet_of_the_users_with_the_same_name_is_kept(book: xw.Book) -> None:
    book.sheets.add(NAME, after=book.sheets[0])
    assert draw(book, report(aging())) == f"{NAME} (2)"


def test_a_long_name_keeps_room_for_its_number(book: xw.Book) -> None:
    long = report(aging(), name="A very long report name indeed")
    assert draw(book, long) == "A very long report n 2026-10-31"
    book.sheets[long.sheet_name].range("B2").value = "edited"
    assert draw(book, long) == "A very long report n 2026-1 (2)"


def test_a_chart_stands_below_a_short_table_and_beside_a_long_one() -> None:
    (short,) = plan(report(aging(customers=40))).blocks
    (long,) = plan(report(aging(customers=41))).blocks
    assert short.chart_at == (short.last_row + 3, 1)
    assert long.chart_at == (long.heading_row, 8)


def test_totals_are_summed_in_whole_cents() -> None:
    cents = np.full(3, 10, dtype=np.int64)
    block = replace(aging(), columns=(ReportColumn("A", Show.MONEY, cents, total=True),))
    (placed,) = plan(report(block)).blocks
    assert placed.totals == {"A": 0.3}


def drawn(name: str, how: Drawn) -> ReportBlock:
    """A table with a chart of its own kind."""
    chart = Chart(name, "Customer ID", ("Current", "1-30"), 2, how, ("70AD47", "C00000"))
    return replace(aging(), name=name, chart=chart)


def test_a_page_to_look_at_has_figures_then_charts_two_abreast_then_their_tables() -> None:
    plain = replace(aging(), chart=None)
    page = report(drawn("A", Drawn.BARS), plain, drawn("B", Drawn.COLUMNS), drawn("C", Drawn.BARS))
    layout = plan(replace(page, gallery=True))
    figures, *charted = layout.blocks
    assert figures.chart_at is None
    assert [placed.block.name for placed in charted] == ["A", "B", "C"]
    first, second, third = (placed.chart_at for placed in charted)
    assert first == (figures.last_row + 3, 1)
    assert second is not None
    assert second[0] == first[0]
    assert second[1] > 1
    assert third == (first[0] + 19, 1)
    left, right, whole = (placed.chart_points[0] for placed in charted)
    assert whole == pytest.approx(left + right + 8)
    assert charted[0].heading_row > third[0] + 18


@pytest.mark.parametrize(
    ("how", "lying", "grouped"),
    [
        (Drawn.STACKED, "col", "stacked"),
        (Drawn.COLUMNS, "col", "clustered"),
        (Drawn.BARS, "bar", "clustered"),
    ],
)
def test_a_chart_is_one_of_excels_own_and_points_at_its_cells(
    book: xw.Book, tmp_path: Path, how: Drawn, lying: str, grouped: str
) -> None:
    draw(book, report(drawn("Aging", how)))
    book.save(str(tmp_path / "after.xlsx"))
    sheet: Any = openpyxl.load_workbook(tmp_path / "after.xlsx")[NAME]
    (chart,) = sheet._charts
    assert (chart.barDir, chart.grouping) == (lying, grouped)
    assert [line.val.numRef.f for line in chart.series] == [
        f"'{NAME}'!$E$8:$E$9",
        f"'{NAME}'!$F$8:$F$9",
    ]
    colors = [line.graphicalProperties.solidFill.srgbClr for line in chart.series]
    assert colors == ["70AD47", "C00000"]


def test_columns_that_are_for_the_screen_are_not_printed(book: xw.Book, tmp_path: Path) -> None:
    block = aging()
    last = replace(block.columns[-1], on_paper=False)
    draw(book, report(replace(block, columns=(*block.columns[:-1], last))))
    book.save(str(tmp_path / "after.xlsx"))
    sheet: Any = openpyxl.load_workbook(tmp_path / "after.xlsx")[NAME]
    printed = sheet.print_area.rpartition(":")[2].replace("$", "").rstrip("0123456789")
    assert printed == get_column_letter(len(block.columns) - 1)
    assert sheet.cell(7, len(block.columns)).value == last.heading

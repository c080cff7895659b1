"""What a user put on our sheets and on his own is there after every command of a month."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import TableColumn, TableFormula

from ar_xl.book.template import build_template
from tests.app.conftest import done, run
from tests.app.office import bring_in
from tests.xlfile.edits import packed, text_of

DOUBLE = "Invoices[[#This Row],[Amount]]*2"
BEHIND = re.compile(r"</sheetData>(.*)", re.DOTALL)
MONTH = ("post-invoices", "post-payments", "late-fees", "aging", "collections")


def _own_columns(sheet: Any) -> None:
    """A calculated column and one of remarks to the right of our table of invoices."""
    table = sheet.tables["Invoices"]
    first, last = table.ref.split(":")
    width, bottom = len(table.tableColumns), int(re.sub(r"\D", "", last))
    sheet.cell(1, width + 1, "Double")
    sheet.cell(1, width + 2, "Remark")
    for row in range(2, bottom + 1):
        sheet.cell(row, width + 1, f"={DOUBLE}").font = Font(italic=True)
    sheet.cell(2, width + 2, "ask Eva").fill = PatternFill("solid", fgColor="FFFF00")
    column = TableColumn(id=width + 1, name="Double")
    column.calculatedColumnFormula = TableFormula(attr_text=DOUBLE)
    table.tableColumns += [column, TableColumn(id=width + 2, name="Remark")]
    table.ref = table.autoFilter.ref = f"{first}:{get_column_letter(width + 2)}{bottom}"


def worked_on(path: Path) -> Path:
    """The demo company's drafts, and what a user added around them."""
    build_template(path, company="Test & Sons", currency="USD")
    bring_in(path, "customers", "invoices", "receipts")
    book: Any = load_workbook(path)
    invoices, mine = book["Invoices"], book.create_sheet("Mine", 1)
    _own_columns(invoices)
    invoices["A2"].comment = Comment("my remark", "Eva")
    rule: Any = FormulaRule
    invoices.conditional_formatting.add("H2:H99", rule(["$H2>1000"], font=Font(bold=True)))
    check = DataValidation(type="textLength", formula1="1", formula2="9")
    check.add("K2:K99")
    invoices.add_data_validation(check)
    for row, sheet in ((40, invoices), (3, mine)):
        chart = BarChart()
        chart.add_data(Reference(invoices, min_col=8, min_row=1, max_row=5))
        sheet.add_chart(chart, f"B{row}")
    mine["A1"] = "=SUM(Invoices[Amount])"
    mine["A2"] = "text"
    mine["A2"].comment = Comment("mine", "Eva")
    mine.conditional_formatting.add("A1", rule(["TRUE"], font=Font(bold=True)))
    book.save(path)
    return path


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The workbook before and after the commands of a month."""
    folder = tmp_path_factory.mktemp("month")
    before = worked_on(folder / "before.xlsx")
    after = Path(shutil.copy(before, folder / "after.xlsx"))
    for command in MONTH:
        done(run(command, after))
    done(run("month-end", after, period="2026-10", close=True))
    return before, after


def test_a_month_of_commands_leaves_the_users_work_as_it_was(month: tuple[Path, Path]) -> None:
    before, after = packed(month[0]), packed(month[1])
    around = [BEHIND.findall(text_of(path, "xl/worksheets/sheet3.xml")) for path in month]
    his = re.compile(r"xl/(worksheets/sheet2\.xml|.*sheet[23]\.xml\.rels|charts|drawings|comments)")
    kept = [name for name in before if his.match(name)]
    assert len(kept) > 20
    assert [name for name in kept if after[name] != before[name]] == []
    assert around[0] == around[1]


def test_the_users_columns_go_on_with_the_rows_that_commands_add(
    month: tuple[Path, Path],
) -> None:
    sheet: Any = load_workbook(month[1])["Invoices"]
    headings = [cell.value for cell in sheet[1]]
    rows = [dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(2, values_only=True)]
    assert any(row["Type"] == "Late Fee" for row in rows)
    assert {row["Double"] for row in rows} == {f"={DOUBLE}"}
    assert [row["Remark"] for row in rows if row["Remark"]] == ["ask Eva"]
    double = headings.index("Double") + 1
    assert sheet.cell(sheet.max_row, double).font.i

"""A report that its user worked on is kept: what he put there is his, whatever it is."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break

from ar_xl.book import host
from ar_xl.book.reportsheets import draw
from tests.book.test_reportsheets import NAME, aging, report
from tests.book.workbooks import workbook

Work = Callable[[Any], None]
SHAPE = b"<xdr:absoluteAnchor><xdr:clientData/></xdr:absoluteAnchor></xdr:wsDr>"


def _validate(sheet: Any) -> None:
    check = DataValidation(type="whole", formula1="1", formula2="9")
    check.add("H1")
    sheet.add_data_validation(check)


def _colour(sheet: Any) -> None:
    sheet.conditional_formatting.add("E8:E10", FormulaRule(["E8>1"], font=Font(bold=True)))  # type: ignore[no-untyped-call]  # the stubs leave it out


def _note(sheet: Any) -> None:
    sheet["E8"].comment = Comment("called on Monday", "Eva")


def _mark(sheet: Any) -> None:
    sheet["A8"].fill = PatternFill("solid", fgColor=Color(theme=5, tint=0.4))


def _point(sheet: Any) -> None:
    sheet["E8"].number_format = "0"


def _write_bold(sheet: Any) -> None:
    sheet["H8"].font = Font(bold=True)


def _link(sheet: Any) -> None:
    sheet["A9"].hyperlink = "https://example.com"


WORK: dict[str, Work] = {
    "chart": lambda sheet: sheet.add_chart(BarChart(), "J2"),
    "note": _note,
    "conditional format": _colour,
    "validation": _validate,
    "fill": _mark,
    "number format": _point,
    "format of an empty cell": _write_bold,
    "link": _link,
    "merged cells": lambda sheet: sheet.merge_cells("H1:I2"),
    "protection": lambda sheet: sheet.protection.enable(),
    "page break": lambda sheet: sheet.row_breaks.append(Break(5)),
}


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    """A workbook with a report, saved."""
    book = workbook(tmp_path)
    draw(book, report(aging()))
    host.save(book)
    book.close()
    return Path(book.fullname)


def drawn_again(path: Path) -> str:
    return draw(host.open_book(path), report(aging(customers=4)))


def test_a_report_that_another_program_only_saved_again_is_replaced(drawn: Path) -> None:
    openpyxl.load_workbook(drawn).save(drawn)

    assert drawn_again(drawn) == NAME


def test_widths_and_filters_are_no_work_on_a_report(drawn: Path) -> None:
    book: Any = openpyxl.load_workbook(drawn)
    book[NAME].column_dimensions["A"].width = 50
    book[NAME].row_dimensions[9].hidden = True
    book.save(drawn)

    assert drawn_again(drawn) == NAME


@pytest.mark.parametrize("what", WORK)
def test_a_report_that_was_worked_on_is_kept_beside_the_new_one(drawn: Path, what: str) -> None:
    book = openpyxl.load_workbook(drawn)
    WORK[what](book[NAME])
    book.save(drawn)

    assert drawn_again(drawn) == f"{NAME} (2)"


def test_a_shape_on_a_report_is_kept(drawn: Path, tmp_path: Path) -> None:
    out = tmp_path / "shape.xlsx"
    with zipfile.ZipFile(drawn) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/drawings/drawing"):
                content = content.replace(b"</xdr:wsDr>", SHAPE)
            new.writestr(name, content)

    assert drawn_again(out) == f"{NAME} (2)"

"""Notes, links and validations of the file engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw

from ar_xl.xlfile.write_errors import CannotEdit
from tests.xlfile.edits import text_of
from tests.xlfile.engine_books import make_invoices, opened


@pytest.fixture
def book(tmp_path: Path) -> xw.Book:
    return opened(make_invoices(tmp_path / "books.xlsx"))


@pytest.fixture
def sheet(book: xw.Book) -> xw.Sheet:
    return book.sheets["Notes"]


def saved(book: xw.Book, sheet: str = "Notes") -> Any:
    book.save()
    return openpyxl.load_workbook(book.fullname)[sheet]


def test_notes_are_added_changed_and_deleted(book: xw.Book, sheet: xw.Sheet) -> None:
    assert len(sheet.notes) == 0
    sheet["A2"].add_note("first <line>\nsecond")
    sheet["B3"].add_note("other")
    assert [note.text for note in sheet.notes] == ["first <line>\nsecond", "other"]
    page = saved(book)
    assert [page["A2"].comment.text, page["B3"].comment.text] == ["first <line>\nsecond", "other"]
    again = opened(Path(book.fullname))
    notes = again.sheets["Notes"]
    notes["A2"].note.text = "changed"
    notes["B3"].note.delete()
    assert [notes["A2"].note.text, notes["B3"].note] == ["changed", None]
    page = saved(again)
    assert [page["A2"].comment.text, page["B3"].comment] == ["changed", None]
    boxes = text_of(Path(again.fullname), "xl/drawings/vmlDrawing1.vml")
    assert boxes.count("<v:shape ") == 1
    with pytest.raises(ValueError, match="already has a note"):
        notes["A2"].add_note("twice")


def test_a_link_leads_out_of_the_workbook_or_to_a_place_in_it(
    book: xw.Book, sheet: xw.Sheet
) -> None:
    sheet["D1"].add_hyperlink("https://example.com/?a=1&b=2", "1-2", "tip")
    sheet["D2"].add_hyperlink("#Invoices!A1", "there")
    sheet["D2"].add_hyperlink("#Invoices!A2", "there")
    assert sheet["D1"].hyperlink == "https://example.com/?a=1&b=2"
    page = saved(book)
    link = page["D1"].hyperlink
    assert (link.target, link.tooltip) == ("https://example.com/?a=1&b=2", "tip")
    assert (page["D1"].value, page["D1"].data_type, page["D1"].font.u) == ("1-2", "s", "single")
    assert page["D2"].hyperlink.location == "Invoices!A2"
    assert opened(Path(book.fullname)).sheets["Notes"]["D2"].hyperlink == "#Invoices!A2"
    with pytest.raises(Exception, match="doesn't seem to contain a hyperlink"):
        _ = sheet["D3"].hyperlink


def test_a_list_of_values_can_be_demanded(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["D2:D9"].data_validation.set_list(["Open", "Closed"], in_cell_dropdown=False)
    rule = sheet["D3"].data_validation
    assert (rule.type, rule.source, rule.in_cell_dropdown) == ("list", "Open,Closed", False)
    sheet["E2:E9"].data_validation.set_list(book.sheets["Invoices"]["B2:B4"])
    rules = saved(book).data_validations.dataValidation
    assert [(str(r.sqref), r.formula1) for r in rules] == [
        ("D2:D9", '"Open,Closed"'), ("E2:E9", "Invoices!$B$2:$B$4")
    ]  # fmt: skip


def test_a_rule_is_replaced_where_it_is_set_anew(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["D2:D9"].data_validation.set_whole_number("between", 1, 10)
    sheet["D5"].data_validation.set_decimal("greater_than", 0)
    assert sheet["D2:D9"].data_validation.type == "inconsistent"
    assert sheet["D1:D2"].data_validation.type == "mixed_criteria"
    assert sheet["A1"].data_validation.type == "none"
    rule = sheet["D2"].data_validation
    assert (rule.operator, rule.formula1, rule.formula2) == ("between", "=1", "=10")
    with pytest.raises(CannotEdit, match="D2:D9 have different validations"):
        sheet["D2:D9"].data_validation.set_custom("=D2>1")
    rules = saved(book).data_validations.dataValidation
    assert [(str(r.sqref), r.type) for r in rules] == [("D2:D4 D6:D9", "whole"), ("D5", "decimal")]
    sheet["D2:D9"].data_validation.delete()
    assert not saved(book).data_validations.dataValidation


def test_conditional_formats_are_added_before_the_others(book: xw.Book, sheet: xw.Sheet) -> None:
    rules = sheet["D2:D9"].conditional_formats
    rules.add_cell_value("less_than", 60, fill_color="#ffff00", font_italic=True)
    rules.add_custom("=$D2>100", font_color=(255, 0, 0), stop_if_true=True)
    sheet["E2:E9"].conditional_formats.add_color_scale(["#ff0000", "#00ff00"])
    assert [rule.type for rule in rules] == ["custom", "cell_value"]
    assert (rules[0].formula, rules[0].stop_if_true) == ("=$D2>100", True)
    assert (rules[1].operator, rules[1].formula1) == ("less_than", "=60")
    page = saved(book)
    found = {str(area.sqref): area.rules for area in page.conditional_formatting}
    assert [rule.formula for rule in found["D2:D9"]] == [["$D2>100"], ["60"]]
    assert [rule.priority for rule in found["D2:D9"]] == [2, 3]
    assert found["D2:D9"][1].dxf.fill.bgColor.rgb == "FFFFFF00"
    assert found["E2:E9"][0].colorScale.color[1].rgb == "FF00FF00"
    sheet["D4:D5"].conditional_formats.clear()
    assert {str(area.sqref) for area in saved(book).conditional_formatting} == {
        "D2:D3 D6:D9", "E2:E9"
    }  # fmt: skip

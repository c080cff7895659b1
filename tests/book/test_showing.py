"""After a report the user's sheet stays shown and is not touched; a sheet of ours gives way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import xlwings as xw
from openpyxl import load_workbook

from ar_xl.book import host
from ar_xl.book.reportsheets import draw
from ar_xl.book.template import build_template
from ar_xl.core.report import Report
from tests.xlfile.edits import packed

REPORT = Report("Aging", date(2026, 10, 31), "Alder", (), ())


def drawn(path: Path) -> xw.Book:
    book = host.open_book(path)
    draw(book, REPORT)
    host.save(book)
    return book


def test_a_report_is_shown_in_the_place_of_the_home_sheet(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    build_template(path, company="Alder", currency="USD")
    drawn(path)

    assert load_workbook(path).active.title == "Aging 2026-10-31"  # type: ignore[union-attr]  # a workbook has one


def test_a_sheet_of_the_users_stays_shown_and_byte_for_byte_the_same(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    build_template(path, company="Alder", currency="USD")
    book = load_workbook(path)
    book.active = book.create_sheet("Mine")
    book["Home"].sheet_view.tabSelected = False
    book.save(path)
    before = packed(path)
    drawn(path)

    assert load_workbook(path).active.title == "Mine"  # type: ignore[union-attr]  # a workbook has one
    parts = [name for name in before if "worksheets/sheet" in name]
    assert [packed(path)[name] == before[name] for name in parts] == [True] * len(parts)

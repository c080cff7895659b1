"""Bank tables in workbooks, and files that are no bank tables at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ar_xl.core.findings import Refusal, errors_of
from ar_xl.imports.bank.parts import BankFile, BankOptions, Source
from ar_xl.imports.bank.tables import bankcsv
from tests.imports.bank.tables import SHARED, balances, errors, rows


def _read(path: Path, asked: BankOptions | None = None) -> BankFile:
    return bankcsv.read(Source(path.name, path.read_bytes(), path), asked or BankOptions())


def _book(path: Path, *sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, cells in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in cells:
            sheet.append(row)
    book.save(path)
    return path


HEAD: list[object] = ["Buchungstag", "Betrag", "Saldo", "Verwendungszweck", "Kundenreferenz"]


@pytest.mark.parametrize("day", [date(2026, 1, 31), 46053, "31.01.2026", 20260131])
def test_dates_of_every_kind_stand_in_a_sheet(tmp_path: Path, day: object) -> None:
    file = _read(_book(tmp_path / "a.xlsx", [
        ["Konto:", "DE02120300000000202051"], ["Währung", "EUR"], ["Anfangssaldo", 1000], [],
        HEAD, [day, 190.5, 1190.5, "RE-1", 12345], ["Summe", 190.5],
    ]))  # fmt: skip
    assert balances(file) == ["DE02120300000000202051 | EUR | 1000.00 | 1190.50"]
    assert rows(file, "date", "amount", "reference", "place") == [
        "2026-01-31 | 190.50 | 12345 | row 6"
    ]
    assert not file.findings


def test_of_two_sheets_with_lines_one_must_be_named(tmp_path: Path) -> None:
    line: list[object] = [date(2026, 1, 31), 1.0, None, "x", None]
    path = _book(tmp_path / "a.xlsx", [HEAD, line], [HEAD, line], [["Info"]])
    assert errors(_read(path)) == ["import_sheet_ambiguous"]
    assert len(rows(_read(path, BankOptions(sheet="Sheet 2")))) == 1


def test_an_error_value_in_a_sheet_is_an_error_row(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", [HEAD, [date(2026, 1, 31), "#N/A", None, "x", None]])
    assert rows(_read(path), "amount") == [""]


def test_a_web_page_under_the_name_of_a_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "statement.xls"
    path.write_text(
        "<html><body><table><tr><td colspan=2>Account No</td><td>12345678</td></tr>"
        "<tr><th>Date<th>Text<th>Deposits<th>Balance</tr>"
        "<tr><td>31/01/2026</td><td>NEFT<br>ACME &amp; Co</td><td>1,200.50</td><td>1,200.50</td>"
        "</tr></table></body></html>",
        encoding="utf-8",
    )
    assert rows(_read(path), "date", "amount", "text") == ["2026-01-31 | 1200.50 | NEFT ACME & Co"]
    assert balances(_read(path)) == ["12345678 |  | 0.00 | 1200.50"]


def test_a_broken_web_page_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "statement.xls"
    path.write_text("<table><tr><td>Date<![NONSENSE x]]></table>", encoding="utf-8")
    with pytest.raises(Refusal, match="web page that cannot be read"):
        _read(path)


@pytest.mark.shared
def test_every_broken_file_ends_in_a_sentence() -> None:
    for path in sorted((SHARED / "bad").iterdir()):
        told = ""
        try:
            file = _read(path)
        except Refusal as refusal:
            told = refusal.seen
        assert (told and "\n" not in told) or errors_of(file.findings), path.name

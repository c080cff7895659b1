"""The command import on bank files: what is in the workbook afterwards, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl

from ar_xl.app import life
from ar_xl.app.answer import Answer
from ar_xl.book.template import build_template
from ar_xl.core.findings import Exit

MT940 = """:20:1
:25:DE1
:28C:1
:60F:C261001EUR100,00
:61:2610021002C60,00NTRFNONREF//7
:86:Miller invoice 4711
:62F:C261002EUR160,00
-
"""


def imported(book: Path, file: Path) -> Answer:
    params = dict.fromkeys(("kind", "map", "dates", "currency", "decimal", "sheet", "account"))
    given = {**params, "accept_unproved": None, "file": (file,)}
    return life.run("import", book, life.Options(user="Ann", as_of=date(2026, 10, 31)), given)


def test_a_workbook_without_the_tables_is_refused_with_what_to_do(tmp_path: Path) -> None:
    book, file = tmp_path / "book.xlsx", tmp_path / "bank.sta"
    build_template(book, company="Test", currency="EUR")
    file.write_text(MT940)
    old = openpyxl.load_workbook(book)
    del old["Bank"]
    old.save(book)
    answer = imported(book, file)
    assert answer.exit is Exit.WRONG_DATA
    assert answer.said[-1].startswith("No table `BankLines` and no sheet `Bank`")
    assert answer.said[-1].endswith("it adds the tables that are missing.")


def test_balances_and_lines_of_a_statement_are_explained_by_their_sum(tmp_path: Path) -> None:
    book, file = tmp_path / "book.xlsx", tmp_path / "bank.sta"
    build_template(book, company="Test", currency="EUR")
    file.write_text(MT940)
    answer, options = imported(book, file), life.Options(user="Ann", as_of=date(2026, 10, 31))
    assert answer.rows == {"BankStatements": 1, "BankLines": 1, "BankAccounts": 1}
    for sheet, cell, words in (
        ("BankStatements", "G2", ("160.00", "Opening: EUR 100.00", "Lines: EUR 60.00")),
        ("BankStatements", "I2", ("Difference: ", "Closing", "Less: Opening", "Less: Lines")),
        ("BankStatements", "J2", ("Proved", "to the last digit")),
        ("Bank", "G2", ("60.00", "MT940: bank.sta", "Proved")),
    ):
        given = {"sheet": sheet, "cell": cell}
        said = " ".join(life.run("explain", book, options, given).said)
        assert not [word for word in words if word not in said], said


def test_money_on_the_bank_of_which_nobody_decided_is_said_with_the_aging(tmp_path: Path) -> None:
    book, file = tmp_path / "book.xlsx", tmp_path / "bank.sta"
    build_template(book, company="Test", currency="EUR")
    file.write_text(MT940)
    imported(book, file)
    options = life.Options(user="Ann", as_of=date(2026, 10, 31))
    assert (
        "1 payment on the bank, EUR 60.00, waits for a decision on the Match sheet; what is paid "
        "so counts as open here."
    ) in life.run("aging", book, options).said

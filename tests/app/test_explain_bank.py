"""Why a figure of a bank statement or a bank line is what it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ar_xl.app import life
from ar_xl.book.template import build_template

MT940 = """:20:1
:25:DE1
:28C:1
:60F:C261001EUR100,00
:61:2610021002C60,00NTRFNONREF//7
:86:Miller invoice 4711
:62F:C261002EUR160,00
-
"""


def test_balances_and_lines_of_a_statement_are_explained_by_their_sum(tmp_path: Path) -> None:
    book, file = tmp_path / "book.xlsx", tmp_path / "bank.sta"
    build_template(book, company="Test", currency="EUR")
    file.write_text(MT940)
    options = life.Options(user="Ann", as_of=date(2026, 10, 31))
    params = dict.fromkeys(("kind", "map", "dates", "currency", "decimal", "sheet", "account"))
    params["accept_unproved"] = None
    answer = life.run("import", book, options, {**params, "file": (file,)})
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

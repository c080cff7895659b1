"""How the tests of bank tables are written: a file as text, its lines and statements as text."""

from __future__ import annotations

from pathlib import Path

from ar_xl.imports.bank.parts import BankFile, BankOptions, Source
from ar_xl.imports.bank.tables import bankcsv

SHARED = Path(__file__).parents[4] / "shared" / "data"


def read(text: str | bytes, asked: BankOptions | None = None, name: str = "bank.csv") -> BankFile:
    """A file whose lines are those of an indented text."""
    if isinstance(text, str):
        text = "\n".join(line.strip() for line in text.strip().split("\n")).encode()
    assert bankcsv.recognises(text)
    return bankcsv.read(Source(name, text), asked or BankOptions())


def rows(file: BankFile, *keys: str) -> list[str]:
    """The lines of all statements; date and amount, or the columns named."""
    return [
        " | ".join(getattr(each.rows, key)[row] for key in keys or ("date", "amount"))
        for each in file.statements
        for row in range(len(each.rows))
    ]


def balances(file: BankFile) -> list[str]:
    """The statements: account, currency, opening and closing balance."""
    return [f"{s.account} | {s.currency} | {s.opening} | {s.closing}" for s in file.statements]


def errors(file: BankFile) -> list[str]:
    """The codes of what was found in the whole file."""
    return [finding.code.name for finding in file.findings]

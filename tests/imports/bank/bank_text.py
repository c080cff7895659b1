"""Bank files in a few lines of text, and what was read of them in as few."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from ar_xl.imports.bank.formats import Format, recognised
from ar_xl.imports.bank.parts import BankFile, BankOptions, Source, Statement


def read_text(format_: Format, text: str | bytes, name: str = "bank.txt") -> BankFile:
    """Read a file of one format."""
    content = text if isinstance(text, bytes) else text.encode()
    return format_.read(Source(name, content), BankOptions())


def read_file(path: Path) -> BankFile:
    """Read a file by whatever format its bytes say."""
    content = path.read_bytes()
    format_ = recognised(content)
    assert format_ is not None, f"{path.name} is of no known format"
    return format_.read(Source(path.name, content, path), BankOptions())


def moved(statement: Statement) -> Decimal:
    """By how much its lines moved the account."""
    rows = statement.rows
    return sum(
        (Decimal(a) - Decimal(f or 0) for a, f in zip(rows.amount, rows.fee, strict=True) if a),
        Decimal(0),
    )


def difference(statement: Statement) -> Decimal:
    """Closing balance less opening balance less lines; 0 is proved."""
    return Decimal(statement.closing) - Decimal(statement.opening) - moved(statement)


def lines(statement: Statement, *keys: str) -> list[str]:
    """Some columns of its rows, one row a text."""
    columns = [getattr(statement.rows, key) for key in keys]
    return [" | ".join(cells) for cells in zip(*columns, strict=True)]

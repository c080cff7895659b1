"""How tests of bank formats are written: a file as bytes, its lines as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.core.findings import Refusal
from ar_xl.imports.bank.formats import Format, recognised
from ar_xl.imports.bank.parts import BankFile, BankOptions, Rows, Source, Statement

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "bank"


def real(name: str) -> bytes:
    """A file of some bank; the test is skipped where these files are not at hand."""
    path = REAL / name
    if not path.exists():
        pytest.skip(f"{path} is not there: this test did not run")
    return path.read_bytes()


def read(content: bytes | str, options: BankOptions | None = None) -> BankFile:
    """Read a file with the format that knows it."""
    content = content.encode() if isinstance(content, str) else content
    found = recognised(content)
    assert found is not None, "no format knows this file"
    return found.read(Source("file", content), options or BankOptions())


def refused(content: bytes | str) -> Refusal:
    """The refusal of a file."""
    with pytest.raises(Refusal) as caught:
        read(content)
    return caught.value


def lines(rows: Rows, *columns: str) -> list[str]:
    """Some columns of the lines of a statement, joined by ` | `."""
    picked = [getattr(rows, key) for key in columns or ("date", "amount")]
    return [" | ".join(row) for row in zip(*picked, strict=True)]


def one(file: BankFile) -> Statement:
    """The only statement of a file."""
    assert len(file.statements) == 1, [each.number for each in file.statements]
    return file.statements[0]


def codes(file: BankFile) -> list[str]:
    """The names of what was found."""
    return [each.code.name for each in file.findings]


def known(file: Format, content: bytes) -> bool:
    """Whether a format knows a file."""
    return file.recognises(content[: 1 << 16])

"""The bitness of a program, from its own header."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.addin.programs import Bitness, bitness, library_bits
from tests.addin.pretend import ARM, X64, X86, program


@pytest.mark.parametrize(
    ("made_for", "expected"),
    [(X86, Bitness.X86), (X64, Bitness.X64), (ARM, Bitness.ARM64), (0x01C0, Bitness.UNKNOWN)],
)
def test_the_header_says_it(tmp_path: Path, made_for: int, expected: Bitness) -> None:
    path = tmp_path / "EXCEL.EXE"
    path.write_bytes(program(made_for))
    assert bitness(path) is expected


@pytest.mark.parametrize(
    "content", [b"", b"MZ", b"\x7fELF" + b"\0" * 200, program(X64)[:0x84], program(X64)[:0x3D]]
)
def test_anything_else_is_unknown(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "EXCEL.EXE"
    path.write_bytes(content)
    assert bitness(path) is Bitness.UNKNOWN


def test_a_missing_file_is_unknown(tmp_path: Path) -> None:
    assert bitness(tmp_path / "none") is Bitness.UNKNOWN


def test_only_excel_of_32_bits_takes_the_library_of_32_bits() -> None:
    assert [library_bits(each) for each in Bitness] == [32, 64, 64, 64]

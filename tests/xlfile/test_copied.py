"""What was copied into a new file is compared with where it came from, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.xlfile.copied import check_written
from ar_xl.xlfile.errors import DamagedWorkbook
from ar_xl.xlfile.package import Package

from .packages import SHEET_PART, book_of, parts_of, sheet_xml, write_parts

ROWS = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 3000))


@pytest.fixture
def old(tmp_path: Path) -> Package:
    return book_of(tmp_path, ROWS)


def new(old: Package, content: bytes) -> Package:
    path = old.path.with_name("new.xlsx")
    path.write_bytes(content)
    return Package.open(path)


def changed(old: Package) -> bytes:
    """The file with one bit of the sheet's stored bytes changed."""
    content, member = bytearray(old.path.read_bytes()), old.member(SHEET_PART)
    content[member.header_offset + 30 + len(SHEET_PART) + member.compress_size // 2] ^= 1
    return bytes(content)


@pytest.mark.parametrize("copied", [True, False])
def test_a_file_that_is_what_was_written_holds(old: Package, copied: bool) -> None:
    check_written(new(old, old.path.read_bytes()), old, old.names() if copied else [])


@pytest.mark.parametrize("copied", [True, False])
def test_a_changed_bit_is_noticed_in_copied_parts_and_in_others(
    old: Package, copied: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ar_xl.xlfile.package.CHECKED_AT_ONCE_BYTES", 0)
    with pytest.raises(DamagedWorkbook):
        check_written(new(old, changed(old)), old, old.names() if copied else [])


def test_a_copied_part_that_is_missing_or_of_another_content_is_noticed(old: Package) -> None:
    parts = parts_of(sheet_xml(ROWS))
    other = Package.open(write_parts(old.path.with_name("new.xlsx"), parts | {"xl/x.xml": b"<a/>"}))
    check_written(other, old, old.names())
    with pytest.raises(DamagedWorkbook, match=r"xl/x\.xml"):
        check_written(old, other, other.names())
    parts[SHEET_PART] = sheet_xml(ROWS.replace("<v>7</v>", "<v>8</v>"))
    other = Package.open(write_parts(old.path.with_name("new.xlsx"), parts))
    with pytest.raises(DamagedWorkbook, match="sheet1"):
        check_written(other, old, old.names())

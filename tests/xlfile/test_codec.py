"""With ISA-L or without it, the same bytes come back, and broken streams are told."""

from __future__ import annotations

import random
import zlib
from pathlib import Path

import pytest

from ar_xl.xlfile import codec
from ar_xl.xlfile.errors import DamagedWorkbook
from ar_xl.xlfile.package import Package

from .packages import SHEET_PART, book_of

CONTENT = b"".join(
    b'<row r="%d"><c r="A%d" s="1" t="s"><v>%d</v></c></row>' % (n, n, n * 7919 % 5000)
    for n in range(20_000)
)


@pytest.fixture(params=["as installed", "standard library"])
def inflating(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "standard library":
        monkeypatch.setattr(codec, "_fast", None)


def deflated(content: bytes) -> bytes:
    stream = codec.deflater()
    return stream.compress(content) + stream.flush()


@pytest.mark.usefixtures("inflating")
def test_what_is_deflated_is_what_zlib_inflates_at_most_1_4_times_its_best_size() -> None:
    packed = deflated(CONTENT)
    assert zlib.decompress(packed, -15) == CONTENT
    assert len(packed) <= 1.4 * len(zlib.compress(CONTENT, 9))
    assert codec.crc32(CONTENT[7:], codec.crc32(CONTENT[:7])) == zlib.crc32(CONTENT)


@pytest.mark.usefixtures("inflating")
def test_no_more_is_inflated_at_once_than_was_asked_for() -> None:
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = bomb.compress(bytes(10_000_000)) + bomb.flush()
    stream = codec.inflater()
    pieces = [stream.decompress(packed, 100_000)]
    while pieces[-1]:
        pieces.append(stream.decompress(stream.unconsumed_tail, 100_000))
    assert max(map(len, pieces)) <= 100_000
    assert sum(map(len, pieces)) == 10_000_000
    assert stream.eof


@pytest.mark.usefixtures("inflating")
def test_a_part_with_changed_bytes_or_cut_off_is_damaged(tmp_path: Path) -> None:
    chance = random.Random(3)
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 40_000))
    package = book_of(tmp_path, rows)
    whole, member = package.path.read_bytes(), package.member(SHEET_PART)
    start = member.header_offset + 30 + len(SHEET_PART)
    for _ in range(20):
        changed = bytearray(whole)
        at = start + chance.randrange(member.compress_size)
        changed[at] ^= 1 << chance.randrange(8)
        package.path.write_bytes(changed)
        with pytest.raises(DamagedWorkbook):
            for _ in Package.open(package.path).stream(SHEET_PART):
                pass

"""The compound file: whatever is put in comes out, and its trees keep the rules."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from io import BytesIO

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ar_xl.addin.compound import MINI_BELOW, write
from ar_xl.addin.problem import CannotBuild, Deviation
from ar_xl.addin.strictcompound import read

SIZES = (0, 1, 63, 64, 65, 511, 512, 513, 4095, 4096, 4097, 70_000)


def by_olefile(content: bytes) -> dict[str, bytes]:
    with olefile.OleFileIO(BytesIO(content), raise_defects=olefile.DEFECT_UNSURE) as ole:
        return {"/".join(path): ole.openstream(path).read() for path in ole.listdir()}


NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,30}", fullmatch=True)
CONTENTS = st.one_of(
    st.binary(max_size=200),
    st.sampled_from(SIZES).map(lambda size: random.Random(size).randbytes(size)),
)


@pytest.mark.heavy
@settings(max_examples=40)
@given(
    st.dictionaries(NAMES.map(lambda name: "VBA/" + name.lower()), CONTENTS, min_size=1),
    st.dictionaries(NAMES.map(str.upper).filter(lambda name: name != "VBA"), CONTENTS),
)
def test_streams_of_any_length_and_number_come_out(
    inner: dict[str, bytes], outer: dict[str, bytes]
) -> None:
    streams = {**inner, **outer}
    content = write(streams)
    assert read(content) == streams == by_olefile(content)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 8, 15, 16, 100, 500])
def test_trees_of_names_are_balanced_whatever_their_number(count: int) -> None:
    streams = {f"VBA/Module{number}": bytes(number % 130) for number in range(count)}
    assert read(write(streams)) == streams


def test_a_shorter_name_comes_first_and_capitals_do_not_count() -> None:
    streams = {f"VBA/{name}": b"x" for name in ("bb", "A", "b", "Aa", "ZZ", "aab")}
    assert [path[4:] for path in read(write(streams))] == ["A", "b", "Aa", "bb", "ZZ", "aab"]


def test_names_that_differ_in_case_only_are_refused() -> None:
    with pytest.raises(CannotBuild, match="differ in case only"):
        write({"VBA/ArCalls": b"", "VBA/arcalls": b""})


def test_a_name_of_more_than_31_characters_is_refused() -> None:
    assert read(write({"V" * 31: b"x"}))
    with pytest.raises(CannotBuild, match="31 characters"):
        write({"V" * 32: b""})


def test_what_needs_a_further_table_is_refused() -> None:
    assert len(by_olefile(write({"long": bytes(6_900_000)}))["long"]) == 6_900_000
    with pytest.raises(CannotBuild, match="6 MB"):
        write({"long": bytes(7_200_000)})


WHOLE = write({"VBA/one": b"1" * 100, "VBA/two": b"2" * 5000, "VBA/three": b"3", "four": b"4"})
DIRECTORY = 512  # the first sector after the header


def put(at: int, value: bytes) -> Callable[[bytearray], None]:
    def damage(content: bytearray) -> None:
        content[at : at + len(value)] = value

    return damage


def line(name: str) -> int:
    return WHOLE.index(name.encode("utf-16-le") + b"\0\0", DIRECTORY)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (put(0, b"\0"), "the signature"),
        (put(8, b"1"), "the class id"),
        (put(24, b"\x3f"), "version"),
        (put(44, b"\x02"), "Sector|table"),
        (put(56, b"\xff"), "streams are long"),
        (put(80, struct.pack("<I", 5)), "more tables"),
        (put(line("one") + 66, b"\x05"), "two roots"),
        (put(line("one") + 66, b"\x07"), "no known kind"),
        (put(line("one") + 100, b"\x01"), "class id, state and times"),
        (put(line("three") + 67, b"\x00"), "not balanced"),
        (put(line("one"), "zzz".encode("utf-16-le")), "out of order"),
        (put(line("one") + 20, b"x"), "after its name"),
        (put(line("one") + 120, struct.pack("<Q", 90)), "after its end|another"),
        (put(line("one") + 116, struct.pack("<I", 2)), "do not fit its size"),
        (put(line("two") + 116, struct.pack("<I", 0)), "belongs to"),
        (put(line("two") + 76, struct.pack("<I", 3)), "stream with children"),
        (put(len(WHOLE) - 512, struct.pack("<I", 9999)), "Sector|sector"),
    ],
)
def test_a_damaged_compound_file_is_told_from_a_whole_one(
    damage: Callable[[bytearray], None], said: str
) -> None:
    content = bytearray(WHOLE)
    damage(content)
    assert content != WHOLE
    with pytest.raises(Deviation, match=said):
        read(bytes(content))


def test_short_streams_stand_in_short_sectors() -> None:
    assert MINI_BELOW == 4096
    assert len(write({"a": bytes(4095)})) == len(write({"a": bytes(4096)})) + 512

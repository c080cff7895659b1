"""Packing VBA text: the examples of [MS-OVBA] 3.2, and whatever goes in comes out."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oletools.olevba import decompress_stream

from ar_xl.addin.ovba import compress
from ar_xl.addin.problem import CannotBuild, Deviation
from ar_xl.addin.strictovba import unpack

NOT_REPEATED = b"abcdefghijklmnopqrstuv."
REPEATED = b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"
ALL_ALIKE = b"a" * 73
# 3.2.1, 3.2.2 and 3.2.3 of the specification.
SPECIFIED = {
    NOT_REPEATED: "0119b0006162636465666768006 96a6b6c6d6e6f70007172737475762e",
    REPEATED: "012fb00023616161626364658266007061676869 6a013808616b6c00306d6e6f700671027004"
    "10727374757610777 8797a003c",
    ALL_ALIKE: "0103b002614500",
}


@pytest.mark.parametrize("plain", SPECIFIED)
def test_the_examples_of_the_specification_are_read(plain: bytes) -> None:
    assert unpack(bytes.fromhex(SPECIFIED[plain].replace(" ", "")), "example") == plain


@pytest.mark.parametrize("plain", [NOT_REPEATED, ALL_ALIKE])
def test_the_examples_of_the_specification_are_written(plain: bytes) -> None:
    assert compress(plain) == bytes.fromhex(SPECIFIED[plain].replace(" ", ""))


def test_of_equally_long_repeats_the_nearest_is_named_and_the_length_is_as_specified() -> None:
    packed = compress(REPEATED)
    assert len(packed) == len(bytes.fromhex(SPECIFIED[REPEATED].replace(" ", "")))
    assert unpack(packed, "example") == REPEATED


TEXTS = st.one_of(
    st.binary(max_size=300),
    st.text("ab \r\n", max_size=400).map(lambda text: text.encode() * 40),
    st.lists(st.sampled_from([b"Dim x", b"\r\n", b"    ", b"ArCall", b"\0"]), max_size=900).map(
        b"".join
    ),
)


@given(TEXTS)
def test_what_goes_in_comes_out_for_our_reader_and_another(plain: bytes) -> None:
    packed = compress(plain)
    assert unpack(packed, "random") == plain
    assert decompress_stream(bytearray(packed)) == plain


@pytest.mark.parametrize("size", [1, 2, 3, 4095, 4096, 4097, 8191, 8192, 8193, 20_000])
@pytest.mark.parametrize("letters", [b"a", b"ab", b"Dim rate As Currency\r\n"])
def test_streams_around_the_size_of_a_chunk_come_out(size: int, letters: bytes) -> None:
    plain = (letters * size)[:size]
    assert unpack(compress(plain), "chunks") == plain


@pytest.mark.parametrize("chunks", [1, 3])
def test_whole_chunks_of_noise_are_stored_as_they_are(chunks: int) -> None:
    noise = random.Random(4).randbytes(4096 * chunks)
    packed = compress(noise)
    assert len(packed) == 1 + chunks * 4098
    assert unpack(packed, "noise") == noise == decompress_stream(bytearray(packed))


def test_noise_that_would_come_back_longer_is_refused() -> None:
    assert unpack(compress(random.Random(4).randbytes(3000)), "noise")
    with pytest.raises(CannotBuild, match="as random as noise"):
        compress(random.Random(4).randbytes(4000))


PACKED = compress(b"aaaa bbbb aaaa bbbb " * 300)  # two chunks


@pytest.mark.parametrize(
    ("damaged", "said"),
    [
        (b"\x00" + PACKED[1:], "the signature is 00"),
        (PACKED[:-1], "it ends at byte"),
        (PACKED + b"\x00", "short"),
        (bytes.fromhex("01 02b0 02 61 00"), "it ends at byte"),
        (bytes.fromhex("01 03b0 02 61 0010"), "reaches before"),
        (bytes.fromhex("01 02b0 04 61 62"), "did not come"),
        (bytes.fromhex("01 00b0 00"), "none came"),
        (bytes.fromhex("01 03c0 02 61 4500"), "signature of a chunk"),
        (bytes.fromhex("01 03b0 02 61 ff0f"), "more than 4,096"),
    ],
)
def test_a_broken_stream_is_told_from_a_whole_one(damaged: bytes, said: str) -> None:
    with pytest.raises(Deviation, match=said):
        unpack(damaged, "broken")

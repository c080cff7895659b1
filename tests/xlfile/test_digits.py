from __future__ import annotations

import math
import struct

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ar_xl.xlfile.digits import numbers, whole_numbers
from ar_xl.xlfile.piece import PADDING, Piece, Places


def in_a_piece(texts: list[str]) -> tuple[Piece, Places, Places]:
    """The texts as values of cells, with the places where they begin and end."""
    content = PADDING + b"".join(b"<v>%s</v>" % text.encode() for text in texts) + PADDING
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    ends = len(PADDING) + np.cumsum(lengths + 7) - 4
    return Piece(content), ends - lengths, ends


def bits(number: float) -> bytes:
    return struct.pack("<d", number)


MONEY = st.decimals(-(10**12), 10**12, places=2, allow_nan=False).map(str)
AS_EXCEL_WRITES = st.floats(allow_nan=False, allow_infinity=False).map(lambda x: f"{x:.17G}")
AS_PYTHON_WRITES = st.floats(allow_nan=False, allow_infinity=False).map(repr)
PLAIN = st.tuples(
    st.sampled_from(["", "-"]),
    st.from_regex(r"[0-9]{1,20}(\.[0-9]{0,20})?|\.[0-9]{1,20}", fullmatch=True),
).map("".join)


@given(st.lists(MONEY | AS_EXCEL_WRITES | AS_PYTHON_WRITES | PLAIN, min_size=1))
@example(["0", "-0", "5.", ".5", "-.5", "9007199254740993", "9007199254740992", "00012.50"])
@example(["12345678", "1234567.", ".1234567", "123456789", "12345678.90123456", "99999999.9999999"])
@example(["755.8200000000001", "1.1000000000000001", "1E+16", "5e-324", "-1.7976931348623157E+308"])
def test_every_number_is_rounded_as_python_rounds_it(texts: list[str]) -> None:
    found, good = numbers(*in_a_piece(texts))
    assert good.all()
    assert [bits(number) for number in found.tolist()] == [bits(float(text)) for text in texts]


NO_NUMBERS = [
    "", "-", ".", "-.", "1.2.3", "12345678.1.2", "1.23456789012.4", "--1", "1-", "1/2", "1:2",
    "abc",
    "nan", "inf", "-Infinity", "1_000", "12 ", " 12", "1,5", "1e", "1e999", "0x10", "\u0661",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_said_to_be_none(text: str) -> None:
    content = PADDING + text.encode() + PADDING
    start, end = np.array([len(PADDING)]), np.array([len(content) - len(PADDING)])
    _, good = numbers(Piece(content), start, end)
    assert not good.any()


@given(st.lists(st.integers(0, 99_999_999).map(str) | st.just("007"), min_size=1))
def test_whole_numbers_of_up_to_eight_digits(texts: list[str]) -> None:
    found, good = whole_numbers(*in_a_piece(texts))
    assert good.all()
    assert found.tolist() == [int(text) for text in texts]


@pytest.mark.parametrize("text", ["", "-1", "1.0", "123456789", "1e3", "1 ", "a"])
def test_other_whole_numbers_are_left_to_the_exact_parser(text: str) -> None:
    _, good = whole_numbers(*in_a_piece([text]))
    assert not good.any()


def test_a_number_is_told_from_what_stands_around_it() -> None:
    content = PADDING[:-8] + b"98765432" + b"1.5" + b"12345678" + PADDING
    start = np.array([len(PADDING)])
    found, good = numbers(Piece(content), start, start + 3)
    assert good.all()
    assert math.isclose(found[0], 1.5, rel_tol=0)

"""Rows picked from a table, put below others or changed are the same as if done at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ar_xl.core.arrays import one_for_all, text_array
from ar_xl.core.columns import JoinedColumns, ReplacedColumns
from ar_xl.core.frames import Frame, concat
from ar_xl.core.tables import INSTALMENTS

Lines = list[tuple[str, int]]


def instalments(lines: Lines) -> Frame:
    """Rows by invoice number and amount."""
    amounts = np.array([amount for _, amount in lines], dtype=np.int64)
    numbers = text_array([number for number, _ in lines])
    return Frame.build(INSTALMENTS, len(lines), invoice_no=numbers, amount=amounts)


def lines_of(frame: Frame) -> Lines:
    """Invoice number and amount of each row."""
    return list(zip(frame.text("invoice_no"), frame.ints("amount").tolist(), strict=True))


LINES = st.lists(st.tuples(st.sampled_from(["I-1", "I-2", "I-3"]), st.integers(-9, 9)), max_size=6)
STEPS = st.lists(
    st.tuples(st.sampled_from(["below", "pick", "mask", "change", "look"]), LINES, st.randoms()),
    max_size=8,
)


@given(LINES, STEPS)
def test_any_steps_give_what_lists_of_rows_would(
    first: Lines, steps: list[tuple[str, Lines, st.DataObject]]
) -> None:
    frame, plain = instalments(first), list(first)
    for step, more, random in steps:
        if step == "below":
            frame, plain = concat([frame, instalments(more)]), plain + more
        elif step == "pick":
            order = [random.randrange(len(plain)) for _ in plain]  # type: ignore[attr-defined]  # hypothesis' own Random
            frame = frame.take(np.array(order, dtype=np.int64))
            plain = [plain[at] for at in order]
        elif step == "mask":
            mask = [amount >= 0 for _, amount in plain]
            frame = frame.take(np.array(mask, dtype=np.bool_))
            plain = [line for line in plain if line[1] >= 0]
        elif step == "change":
            frame = frame.replace(amount=np.array([n + 1 for _, n in plain], dtype=np.int64))
            plain = [(number, amount + 1) for number, amount in plain]
        else:
            assert len(frame.ints("amount")) == len(plain)
        assert len(frame) == len(plain)
    assert lines_of(frame) == plain
    assert lines_of(frame.on_its_own()) == plain
    assert sum(int(np.sum(piece)) for piece in frame.pieces("amount")) == sum(n for _, n in plain)


def test_a_table_that_grows_again_and_again_is_held_in_its_pieces_once() -> None:
    grown = concat([instalments([("I-1", 1)]), instalments([("I-2", 2)])])
    assert grown.ints("amount").tolist() == [1, 2]
    changed = grown.replace(amount=np.array([5, 6], dtype=np.int64))
    again = concat([changed, instalments([("I-3", 3)])])
    assert isinstance(again.columns, ReplacedColumns)
    assert isinstance(again.columns.source, JoinedColumns)
    assert len(again.columns.source.sources) == 3
    assert lines_of(again) == [("I-1", 5), ("I-2", 6), ("I-3", 3)]


@pytest.mark.parametrize("key", ["invoice_no", "amount"])
def test_of_a_long_column_and_the_longer_one_made_of_it_one_copy_is_held(key: str) -> None:
    long, short = instalments([("I-1", n) for n in range(50)]), instalments([("I-2", 7)] * 3)
    whole = concat([long.replace(line=3), short])
    assert len(whole.columns[key]) == 53
    assert np.shares_memory(long.columns[key], whole.columns[key])
    assert not np.shares_memory(short.columns[key], whole.columns[key])
    assert lines_of(long) == [("I-1", n) for n in range(50)]


def test_all_rows_picked_are_the_frame_itself() -> None:
    frame = instalments([("I-1", 1), ("I-2", 2)])
    assert frame.take(np.ones(2, dtype=np.bool_)) is frame


def test_a_mask_or_a_column_of_another_length_is_our_mistake() -> None:
    frame = instalments([("I-1", 1), ("I-2", 2)])
    with pytest.raises(AssertionError, match="Instalments"):
        frame.take(np.ones(3, dtype=np.bool_))
    with pytest.raises(AssertionError, match="Instalments"):
        frame.replace(amount=np.ones(3, dtype=np.int64))


def test_a_column_of_one_value_is_held_once_and_cannot_be_written_to() -> None:
    same = one_for_all(np.full(1000, 7, dtype=np.int64))
    assert same.strides == (0,)
    assert not same.flags.writeable
    assert same.tolist() == [7] * 1000
    different = np.array([7, 8], dtype=np.int64)
    assert one_for_all(different) is different

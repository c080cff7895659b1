"""Texts by number: the same answer as matching the texts themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ar_xl.core import numbered
from ar_xl.core.arrays import codes_of, positions, text_array

TEXTS = st.lists(st.sampled_from(["", "I-1", "I-2", "i-1", "I-10", "ß", "0"]), max_size=30)


@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_numbered_columns_get_the_codes_that_their_texts_would(columns: list[list[str]]) -> None:
    arrays = [text_array(column) for column in columns]
    plain = pd.factorize(np.concatenate(arrays))
    codes, texts = codes_of(*arrays, keep=True)
    assert np.concatenate(codes).tolist() == plain[0].tolist()
    assert texts.tolist() == list(plain[1])


@given(TEXTS, TEXTS)
def test_numbered_columns_are_found_where_their_texts_first_stand(
    haystack: list[str], needles: list[str]
) -> None:
    held, sought = text_array(haystack), text_array(needles)
    codes_of(held, sought, keep=True)
    expected = [haystack.index(each) if each in haystack else -1 for each in needles]
    assert positions(held, sought).tolist() == expected


@given(TEXTS, st.lists(st.integers(0, 5), max_size=8))
def test_rows_picked_and_stacked_keep_their_numbers(texts: list[str], rows: list[int]) -> None:
    column = text_array([*texts, *["I-1"] * 6])
    codes_of(column, keep=True)
    chosen = numbered.picked(column, np.array(rows, dtype=np.int64))
    stacked = numbered.stacked([chosen, column])
    fresh = text_array([*chosen, *column])
    assert numbered.numbers_of(stacked).tolist() == numbered.numbers_of(fresh).tolist()


def test_a_numbered_column_cannot_be_changed_any_more() -> None:
    column = text_array(["I-1"] * 10)
    codes_of(column, keep=True)
    with pytest.raises(ValueError, match="read-only"):
        column[0] = "I-2"


def test_numbers_are_let_go_with_the_command() -> None:
    column = text_array(["I-1"] * 10)
    codes_of(column, keep=True)
    numbered.forget()
    assert not numbered.is_known(column)

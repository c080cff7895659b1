"""Texts that are nearly the same, counted by RapidFuzz and by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, Indel

from ar_xl.ops.matching import edits

words = st.text("AB01", max_size=8)


@given(words, words)
def test_both_ways_count_the_same_distance(one: str, other: str) -> None:
    assert edits.apart_by_hand(one, other) == Indel.distance(one, other)
    assert edits.one_edit_by_hand(one, other) == (OSA.distance(one, other) <= 1)


@pytest.mark.parametrize("by_hand", [False, True])
def test_without_the_library_the_answers_are_the_same(
    by_hand: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if by_hand:
        for name in ("OSA", "Indel", "cdist"):
            monkeypatch.setattr(edits, name, None)
    assert edits.likeness_percent("ACME FREIGHT", "ACME FRIGHT") == 96
    assert edits.likeness_percent("", "") == 0
    assert edits.pairs_by_one_edit(["1042", "77"], ["1024", "78", "9"]) == [(0, 0), (1, 1)]

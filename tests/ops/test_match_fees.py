"""Bank fees of the Match sheet: no more than a bank keeps back."""

from __future__ import annotations

from tests.ops.match_clerk import MatchClerk
from tests.ops.test_match import BOOKS, LINES


def test_a_bank_fee_no_bank_keeps_back_is_an_error_at_its_cell() -> None:
    at_work = MatchClerk(BOOKS + LINES).matches().decides("BL-1", "Accept", bank_fee="999999999")
    assert at_work.refused() == ["Matches bank_fee BL-1: match_fee_large"]
    assert at_work.decides("BL-1", "Accept", bank_fee="1112").refused()
    assert at_work.decides("BL-1", "Accept", bank_fee="1111").posts().holds()

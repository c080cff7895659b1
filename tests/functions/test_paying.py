"""AR_ALLOCATE, AR_MATCH, AR_DSO and AR_CEI on cells as they really come."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ar_xl.functions.errors import COM_BASE, NA, NUM, VALUE, CellError
from tests.functions.sheet import call, down, one, typed


def refusal(name: str, *given: Any) -> int:
    """The error value that a function answers as a whole."""
    with pytest.raises(CellError) as refused:
        call(name, *given)
    return refused.value.number


def test_two_different_sets_are_a_question_and_equal_ones_the_oldest() -> None:
    amounts = down(400.0, 100.0, 300.0, 200.0)
    assert refusal("AR_MATCH", one(500.0), amounts) == NA
    due = down(*[typed("2026-01-31")] * 4)
    assert refusal("AR_ALLOCATE", one(500.0), amounts, due) == NA
    assert call("AR_MATCH", one(5.0), down(3.0, 2.0, 3.0, 9.0)) == down(True, True, False, False)


def test_one_equal_item_comes_first_then_all_then_the_fewest_of_the_20_oldest() -> None:
    assert call("AR_MATCH", one(5.0), down(2.0, 3.0, 5.0, 5.0)) == down(False, False, True, False)
    assert call("AR_MATCH", one(10.0), down(2.0, 3.0, 5.0)) == down(True, True, True)
    many = [float(2**at) for at in range(25)]
    assert call("AR_MATCH", one(sum(many)), down(*many)) == down(*[True] * 25)
    old = [1.0] * 20
    assert call("AR_MATCH", one(40.0), down(*old, 20.5, 19.5)) == down(*[False] * 22)
    due = down(*[typed("2026-02-01")] * 20, *[typed("2026-01-01")] * 2)
    assert call("AR_MATCH", one(40.0), down(*old, 20.5, 19.5), due) == down(
        *[False] * 20, True, True
    )


def test_matching_looks_at_no_credit_and_a_blank_row_is_false() -> None:
    found = call("AR_MATCH", one(5.0), down(-5.0, None, "", 0.0, 5.0))
    assert found == down(False, False, False, False, True)


def test_a_bad_row_is_the_whole_answer_as_it_could_change_every_other() -> None:
    due = one(typed("2026-01-31"))
    assert refusal("AR_MATCH", one(5.0), down("Open", 5.0)) == VALUE
    assert refusal("AR_MATCH", one(5.0), down(1.001, 5.0)) == NUM
    assert refusal("AR_ALLOCATE", one(5.0), down(COM_BASE + NA, 5.0), due) == NA
    assert refusal("AR_ALLOCATE", one(5.0), down(1.0, 5.0), one(None)) == VALUE


@pytest.mark.parametrize(
    ("amount", "error"), [(0.0, NUM), (-1.0, NUM), (1.001, NUM), ("5", VALUE), (None, VALUE)]
)
def test_the_money_is_one_positive_amount(amount: Any, error: int) -> None:
    assert refusal("AR_MATCH", one(amount), one(5.0)) == error
    assert refusal("AR_ALLOCATE", one(amount), one(5.0), one(46053.0)) == error


def test_a_payment_of_all_that_is_past_due_on_its_day() -> None:
    amounts, due = down(30.0, 20.0, 70.0), down(46053.0, 46050.0, 46100.0)
    assert call("AR_ALLOCATE", one(50.0), amounts, due, one(46060.0), one(3.0)) == down(30, 20, 0)
    assert call("AR_ALLOCATE", one(50.0), amounts, due, None, one(3.0)) == down(0, 0, 0)


def test_rules_that_are_none_of_a_single_payment_are_refused() -> None:
    for rules in (one(1.0), ((2.0, 2.0),), one(6.0)):
        assert refusal("AR_ALLOCATE", one(5.0), one(5.0), one(46053.0), None, rules) == NUM


def test_blank_rows_stay_blank_and_credits_are_not_paid() -> None:
    found = call("AR_ALLOCATE", one(7.0), down(5.0, -3.0, None, ""), down(46053.0, None, None, ""))
    assert found == down(5, 0, "", "")


@given(st.lists(st.integers(1, 400), min_size=1, max_size=24), st.integers(1, 1500))
@settings(max_examples=150)
def test_what_matches_is_what_allocation_pays_by_rules_2_3_and_4(
    cents: list[int], wanted: int
) -> None:
    amounts, money = down(*(each / 100 for each in cents)), one(wanted / 100)
    due, rules = down(*(46053.0 + at for at in range(len(cents)))), ((2.0, 3.0, 4.0),)
    try:
        matched = call("AR_MATCH", money, amounts)
    except CellError as question:
        assert question.number == refusal("AR_ALLOCATE", money, amounts, due, None, rules)  # noqa: PT017
        return
    paid = call("AR_ALLOCATE", money, amounts, due, None, rules)
    assert [cell for (cell,) in matched] == [cell > 0 for (cell,) in paid]
    if any(cell for (cell,) in matched):
        assert round(sum(cell for (cell,) in paid) * 100) == wanted


def test_measures_without_a_positive_denominator_have_no_answer() -> None:
    found = call("AR_DSO", down(10.0, 10.0, 10.0, None, "x"), down(0.0, -5.0, 20.0, None, 1.0),
                 down(30.0, 30.0, 30.0, None, 1.0))  # fmt: skip
    assert found == down(CellError(NA), CellError(NA), 15, "", CellError(VALUE))
    assert call("AR_DSO", one(10.0), one(20.0), down(-3.0, 2.5)) == down(*[CellError(NUM)] * 2)
    assert call("AR_CEI", one(0.0), one(0.0), one(0.0), one(0.0)) == one(CellError(NA))
    assert call("AR_CEI", one(0.0), one(None), one(0.0), one(0.0)) == one(CellError(VALUE))

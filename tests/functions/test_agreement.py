"""Formulas and commands agree to the cent; more of it: `python -m proofs.functions`."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings

from ar_xl.core.ledger import Ledger
from tests.functions import agreement
from tests.functions.random_cases import (
    DAYS_AFTER,
    books,
    discount_cases,
    fee_cases,
    receipt_cases,
)
from tests.posted_lines import book

SOME = settings(max_examples=25)


@given(books(), DAYS_AFTER)
@SOME
def test_aging_and_balances_by_formula_are_those_of_the_command(
    case: tuple[str, dict[str, str]], as_of: date
) -> None:
    ledger = book(case[0], **case[1])
    agreement.aging_agrees(ledger, as_of)
    agreement.balances_agree(ledger, as_of)


@given(books(), DAYS_AFTER)
@SOME
def test_dso_and_cei_by_formula_are_those_of_the_month_end(
    case: tuple[str, dict[str, str]], last: date
) -> None:
    agreement.measures_agree(book(case[0]), last.replace(day=1), last)


@given(fee_cases())
@SOME
def test_late_fees_by_formula_are_those_that_the_command_charges(
    case: tuple[Ledger, list[date]],
) -> None:
    agreement.fees_agree(*case)


@given(discount_cases())
@SOME
def test_discounts_by_formula_are_those_that_posting_grants(case: tuple[Ledger, date]) -> None:
    agreement.discounts_agree(*case)


@given(receipt_cases())
@SOME
def test_allocation_by_formula_is_that_of_posting(case: tuple[Ledger, date]) -> None:
    agreement.allocation_agrees(*case)

"""Formulas and commands agree to the cent: `python -m proofs.functions [--books N] [--calls N]`.

Random books with credits, instalments, write-offs, reversals, drafts and two currencies, aged at
any date; late fees under every method over several months; discounts; receipts. Each worksheet
function is called as Excel calls it and compared with the command on the same books. Then each is
called with cells of every kind: it answers with proper values and error values, or one error value.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ar_xl.functions.catalogue import FUNCTIONS
from ar_xl.functions.errors import CellError
from ar_xl.functions.registry import Function
from tests.functions import agreement
from tests.functions.random_cases import (
    DAYS_AFTER,
    books,
    discount_cases,
    fee_cases,
    receipt_cases,
)
from tests.functions.sheet import Rows
from tests.functions.test_any_cells import answers_properly, arguments
from tests.posted_lines import book

Case = tuple[Any, ...]


@dataclass(frozen=True)
class Comparison:
    """A function or two, and what they are compared with.

    Args:
        what: in words.
        cases: random books and dates.
        check: raises where the two differ; says how many amounts were compared.
    """

    what: str
    cases: st.SearchStrategy[Case]
    check: Callable[..., int]


def _aged(text: str, changed: dict[str, str], as_of: date) -> int:
    return agreement.aging_agrees(book(text, **changed), as_of)


def _balances(text: str, changed: dict[str, str], as_of: date) -> int:
    return agreement.balances_agree(book(text, **changed), as_of)


def _measures(text: str, changed: dict[str, str], last: date) -> int:
    return agreement.measures_agree(book(text, **changed), last.replace(day=1), last)


_BOOKS = st.tuples(books(), DAYS_AFTER).map(lambda drawn: (*drawn[0], drawn[1]))
COMPARISONS = (
    Comparison("AR_OPEN and AR_AGING with aging", _BOOKS, _aged),
    Comparison("AR_BALANCE with aging", _BOOKS, _balances),
    Comparison("AR_DSO and AR_CEI with month-end", _BOOKS, _measures),
    Comparison("AR_LATE_FEE with late-fees", fee_cases(), agreement.fees_agree),
    Comparison("AR_DISCOUNT with post-payments", discount_cases(), agreement.discounts_agree),
    Comparison("AR_ALLOCATE with post-payments", receipt_cases(), agreement.allocation_agrees),
)


def compared(comparison: Comparison, count: int) -> tuple[int, int, str]:
    """Compare on so many random books.

    Returns:
        Books and amounts compared, and what differed first, "" where nothing did.
    """
    seen = [0, 0]

    @settings(deadline=None, max_examples=count, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(comparison.cases)
    def run(case: Case) -> None:
        amounts = comparison.check(*case)
        seen[0] += 1
        seen[1] += amounts

    try:
        run()
    except (AssertionError, CellError) as difference:
        return seen[0], seen[1], str(difference) or repr(difference)
    return seen[0], seen[1], ""


def called(function: Function, count: int) -> tuple[int, str]:
    """Call a function so often with cells of every kind.

    Returns:
        How many answers were more than one error value, and what was no proper answer, "" if none.
    """
    answered = 0

    @settings(deadline=None, max_examples=count, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(arguments(function))
    def run(given_cells: list[Rows | None]) -> None:
        nonlocal answered
        answered += answers_properly(function, given_cells)

    try:
        run()
    except Exception as mistake:  # noqa: BLE001 - any at all is what is looked for
        return answered, str(mistake) or repr(mistake)
    return answered, ""


def main(options: Sequence[str] | None = None) -> int:
    """Print the figures; 1 where a formula and a command differ, or an answer is improper."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=1000)
    parser.add_argument("--calls", type=int, default=1000)
    given_options = parser.parse_args(options)
    wrong = 0
    for comparison in COMPARISONS:
        cases, amounts, difference = compared(comparison, given_options.books)
        said = "they differ" if difference else "all agree"
        print(f"{comparison.what:34} {cases:6,} books, {amounts:8,} amounts: {said}")
        if difference:
            wrong += 1
            print(difference)
    for function in FUNCTIONS:
        answered, mistake = called(function, given_options.calls)
        said = "an improper answer" if mistake else "all answers proper"
        calls = f"{given_options.calls:6,} calls, {answered:8,} with values"
        print(f"{function.name:34} {calls}: {said}")
        if mistake:
            wrong += 1
            print(mistake)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

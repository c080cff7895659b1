"""Late fees on random ledgers: charged once, and tied to the aging like everything else."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.policy import FeePolicy, Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.aging import aging
from ar_xl.ops.batches import post
from ar_xl.ops.fees.late_fees import late_fees
from tests.ops.random_books import DAYS, FIRST, random_lines
from tests.posted_lines import book

MANY = settings(max_examples=60)
METHODS = ("flat", "percent", "monthly", "daily", "greater", "sum")
dates = st.integers(20, DAYS + 40).map(lambda days: FIRST + timedelta(days=days))


def office(text: str, method: str, compound: bool) -> Ledger:
    policy = FeePolicy("P", method, rate_percent=Decimal(12), flat=Decimal(1), compound=compound)
    return book(text, Policy(default_settings(default_fee_policy="P"), fee_policies={"P": policy}))


def charge(ledger: Ledger, as_of: date) -> tuple[Ledger, dict[str, int]]:
    """The ledger after a run, and what it charged by currency."""
    request = Request(as_of, "Ann", "2013-06-01T00:00:00Z", "late-fees")
    run = late_fees(ledger, request)
    return ledger.after(post(ledger, run.change, request)), run.totals()


@given(random_lines(), dates, st.sampled_from(METHODS), st.booleans())
@MANY
def test_a_second_run_adds_nothing_and_the_aging_grows_by_the_fees(
    text: str, as_of: date, method: str, compound: bool
) -> None:
    before = office(text, method, compound)
    after, charged = charge(before, as_of)
    again, nothing = charge(after, as_of)
    assert nothing == {}
    assert again is after or again.posted("Fees").row.size == after.posted("Fees").row.size
    grown = {
        currency: total - aging(before, as_of).by_currency().get(currency, 0)
        for currency, total in aging(after, as_of).by_currency().items()
    }
    assert {currency: fee for currency, fee in grown.items() if fee} == charged


@given(random_lines(), st.lists(dates, min_size=2, max_size=4), st.sampled_from(METHODS))
@MANY
def test_one_fee_a_customer_invoice_policy_and_period_whatever_the_order_of_runs(
    text: str, runs: list[date], method: str
) -> None:
    ledger = office(text, method, compound=False)
    for as_of in runs:
        ledger, _ = charge(ledger, as_of)
    fees = ledger.posted("Fees")
    keys = list(zip(fees.text("invoice_no"), fees.text("period"), strict=True))
    assert len(keys) == len(set(keys))
    numbers = ledger.posted("Invoices").text("invoice_no").tolist()
    assert len(numbers) == len(set(numbers))


@given(random_lines(), st.lists(dates, min_size=2, max_size=4, unique=True))
@MANY
def test_no_day_is_charged_twice(text: str, runs: list[date]) -> None:
    ledger = office(text, "daily", compound=False)
    for as_of in runs:
        ledger, _ = charge(ledger, as_of)
    fees = ledger.posted("Fees")
    windows: dict[str, list[tuple[str, str]]] = {}
    for i in range(len(fees)):
        span = str(fees.dates("from_date")[i]), str(fees.dates("to_date")[i])
        windows.setdefault(str(fees.text("invoice_no")[i]), []).append(span)
    for spans in windows.values():
        spans.sort()
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))

"""Late fees and the reminder ladder as other systems' tests expect them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.policy import FeePolicy, LadderStep, Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.aging import aging
from ar_xl.ops.collecting.collections import collections
from ar_xl.ops.fees.late_fees import assess, late_fees
from tests.oracles.cases import Case, cents, posted, with_rules
from tests.posted_lines import book

pytestmark = pytest.mark.shared


def rules(**policies: FeePolicy) -> Policy:
    """A workbook with some fee policies, the first of them the default."""
    return Policy(
        default_settings(default_fee_policy=next(iter(policies))), fee_policies=dict(policies)
    )


def charge(ledger: Ledger, policy: str, as_of: str) -> Ledger:
    """The ledger after a run of late fees under one of its policies."""
    settings = default_settings(default_fee_policy=policy)

    def decide(books: Ledger, request: Request) -> Change:
        return late_fees(books, request).change

    return posted(with_rules(ledger, settings=settings), decide, as_of)


def fees(ledger: Ledger) -> list[int]:
    return [int(fee) for fee in ledger.posted("Fees").ints("charged")]


def percent(value: Any) -> Decimal:
    return Decimal(str(value))


def test_fee_02_interest_and_a_flat_fee_are_two_documents(cases: dict[str, Case]) -> None:
    given, expected = cases["FEE-02"]["inputs"], cases["FEE-02"]["expected"]
    interest = FeePolicy("interest", "daily", rate_percent=percent(given["annual_rate_percent"]))
    flat = FeePolicy("flat", "flat", flat=Decimal(given["fee"]))
    ledger = book(
        f"invoice A Acme 2025-01-01 {given['invoice']}.00 due=2025-06-01",
        rules(interest=interest, flat=flat),
    )
    ledger = charge(charge(ledger, "interest", "2025-06-16"), "flat", "2025-06-16")
    assert fees(ledger) == [cents(expected["interest"]), cents(expected["fee"])]
    assert sum(fees(ledger)) == cents(expected["dunning_amount"])
    total = aging(ledger, date(2025, 6, 16)).by_currency()["USD"]
    assert total == cents(expected["grand_total"])


def test_fee_06_a_percentage_is_of_the_item_never_of_fees_on_it(cases: dict[str, Case]) -> None:
    expected = cases["FEE-06"]["expected"]
    first = FeePolicy("first", "flat", flat=Decimal(10))
    second = FeePolicy("second", "percent", rate_percent=Decimal(15))
    ledger = book(
        "invoice A Acme 2025-01-01 100.00 due=2025-01-01", rules(first=first, second=second)
    )
    ledger = charge(ledger, "first", "2025-01-06")
    after = [aging(ledger, date(2025, 1, 31)).by_currency()["USD"]]
    ledger = charge(ledger, "second", "2025-01-11")
    after.append(aging(ledger, date(2025, 1, 31)).by_currency()["USD"])
    assert fees(ledger) == [cents(fee) for fee in expected["fees"]]
    assert after == [cents(total) for total in expected["ar_after"]]


def test_fee_10_one_step_a_run_and_none_skipped(cases: dict[str, Case]) -> None:
    # Our ladder counts days past due and keeps their distance; its level 2 is 61 days here.
    given, expected = cases["FEE-10"]["inputs"], cases["FEE-10"]["expected"]
    ladder = (LadderStep("1", 10), LadderStep("2", 61), LadderStep("3", 71))
    policy = Policy(default_settings(), ladder=ladder)
    lines = f"invoice A Acme 2024-05-31 500.00 due={given['invoice']['due']}"
    levels = []
    for run in given["runs"]:
        calls = collections(book(lines, policy), date.fromisoformat(run)).calls
        assert str(calls.ripe_on[0]) <= run
        levels.append(int(calls.step[0]) + 1)
        lines += f"\nstep Acme {run} {levels[-1]}"
    assert levels == expected["levels"]


def test_fee_12_days_count_from_due_or_invoice_date_by_policy(cases: dict[str, Case]) -> None:
    given, expected = cases["FEE-12"]["inputs"], cases["FEE-12"]["expected"]
    rate = percent(given["annual_rate_percent"])
    as_of = date.fromisoformat(given["assessed"])
    for basis in ("due", "invoice"):
        policy = FeePolicy("P", "daily", basis=basis, rate_percent=rate)
        lines = f"invoice A Acme {given['invoice']} {given['balance']}.00 due=2025-01-31"
        run = assess(book(lines, rules(P=policy)), as_of)
        assert run.days.tolist() == [expected[f"days_from_{basis}"]]
        assert run.fee.tolist() == [cents(expected[f"charge_{basis}_basis"])]


def test_fee_14_interest_follows_the_declining_balance(cases: dict[str, Case]) -> None:
    given, expected = cases["FEE-14"]["inputs"], cases["FEE-14"]["expected"]
    policy = FeePolicy("P", "daily", rate_percent=percent(given["annual_rate_percent"]))
    paid = given["part_payment"]
    ledger = book(
        f"""
        invoice A Acme 2025-01-01 {given["invoice"]}.00 due={given["due"]}
        receipt R Acme {paid["date"]} {paid["amount"]}.00
        apply R A {paid["amount"]}.00 {paid["date"]}
        """,
        rules(P=policy),
    )
    run = assess(ledger, date.fromisoformat(given["charge_through"]))
    assert run.fee.tolist() == [cents(expected["total"])]
    assert run.days.tolist() == [sum(part["days"] for part in expected["segments"])]

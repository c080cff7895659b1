"""Measures and allowance (semantics, sections 11 and 12)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from ar_xl.core.frames import Frame
from ar_xl.core.policy import LossRate, Policy
from ar_xl.core.settings import default_settings
from ar_xl.core.tables import RESERVES
from ar_xl.ops.aging import aging
from ar_xl.ops.allowance import Allowance, allowance, loss_rates, required
from ar_xl.ops.measures import (
    Measures,
    collection_effectiveness,
    count_back,
    days_sales_outstanding,
    measures,
    tenths,
    turnover,
)
from tests.posted_lines import book

FIRST, LAST = date(2013, 2, 1), date(2013, 2, 28)


def test_a_quotient_in_tenths_is_rounded_half_up() -> None:
    assert [tenths(1, 20), tenths(-1, 20), tenths(1, 21), tenths(3, 2)] == [1, None, 0, 15]


@pytest.mark.parametrize("denominator", [0, -5])
def test_without_a_denominator_there_is_no_figure(denominator: int) -> None:
    assert days_sales_outstanding(100, denominator, 30) is None
    assert turnover(100, 0, denominator) is None
    assert collection_effectiveness(0, denominator, 0, 0) is None


def test_count_back_takes_whole_months_and_a_part_of_the_last() -> None:
    # 28 days of 500, 31 days of 400, and 100 of 200 in 30 days
    assert count_back(1000, [(500, 28), (400, 31), (200, 30)]) == 740
    assert count_back(0, [(500, 28)]) == 0
    assert count_back(2000, [(500, 28), (400, 31)]) is None


MONTH = """
    invoice A0 Acme 2013-01-10 200.00 due=2013-01-31
    invoice A1 Acme 2013-02-05 300.00 due=2013-03-05
    credit-memo C1 Acme 2013-02-06 20.00
    late-fee F1 Acme 2013-02-07 5.00
    receipt R1 Acme 2013-02-20 100.00
    apply R1 A0 100.00 2013-02-20
    """


def month(text: str, **settings: str) -> Measures:
    (found,) = measures(book(text, **settings), FIRST, LAST)
    return found


def test_the_measures_of_a_month() -> None:
    found = month(MONTH)
    # sales 300 - 20; receivables 200 + 280 + 5 - 100 = 385, of which 300 not due
    assert (found.sales, found.opening) == (28000, 20000)
    assert (found.closing, found.current) == (38500, 30000)
    assert found.dso == 385  # 385 / 280 x 28
    assert found.best_possible_dso == 300
    assert found.days_delinquent == 85
    assert found.count_back_dso == 443  # 28 days of 280, and 105 of 200 in 31
    assert found.turnover == 10  # 280 / 292.50
    assert found.cei == 528  # (200 + 280 - 385) / (200 + 280 - 300)


def test_late_fees_and_opening_balances_are_no_sales() -> None:
    text = f"{MONTH}\ninvoice OLD Acme 2012-12-01 50.00 posted=2013-02-02"
    assert month(text, cut_over="2013-01-01").sales == 28000


def test_unapplied_credits_reduce_what_is_overdue_first() -> None:
    overdue = "invoice A0 Acme 2013-01-10 200.00 due=2013-01-31"
    current = "invoice A1 Acme 2013-02-05 300.00 due=2013-03-05"
    assert month(f"{overdue}\n{current}\nreceipt R1 Acme 2013-02-20 250.00").current == 25000


def rules(*rates: tuple[str, str, str]) -> Policy:
    return Policy(
        default_settings(),
        loss_rates={name: LossRate(name, Decimal(rate), Decimal(f)) for name, rate, f in rates},
    )


def needed(text: str, *rates: tuple[str, str, str]) -> Allowance:
    ledger = book(text, rules(*rates))
    (found,) = allowance(ledger, aging(ledger, LAST))
    return found


def test_the_pool_takes_unrounded_rates_and_the_factor() -> None:
    found = needed(
        """
        invoice A1 Acme 2013-02-01 60000.00 due=2012-12-30
        invoice A2 Acme 2013-02-01 100.00 due=2013-02-28
        """,
        ("31-60", "8.69565217391", "1"), ("Current", "1.5", "1.1"),
    )  # fmt: skip
    assert {b.bucket: b.required for b in found.buckets if b.required} == {
        "Current": 165, "31-60": 521739,
    }  # fmt: skip
    assert found.required == 521904


def test_unapplied_credits_reduce_the_same_customers_oldest_bucket() -> None:
    found = needed(
        """
        invoice A1 Acme 2013-02-01 100.00 due=2012-12-30
        invoice A2 Other 2013-02-01 100.00 due=2012-12-30
        receipt R1 Acme 2013-02-02 30.00
        """,
        ("31-60", "10", "1"),
    )
    assert [b.pool for b in found.buckets] == [0, 0, 17000, 0, 0]
    assert found.required == 1700


def test_a_bucket_without_a_rate_needs_nothing() -> None:
    found = needed("invoice A1 Acme 2013-02-01 100.00 due=2012-12-30")
    assert (found.required, found.buckets[2].rate_percent) == (0, None)


def test_only_the_movement_is_to_be_posted() -> None:
    found = needed(
        """
        invoice A1 Acme 2013-02-01 100.00 due=2012-12-30
        entry 1290 2013-01-31 credit 8.00
        entry 1290 2013-03-31 credit 99.00
        """,
        ("31-60", "10", "1"),
    )
    assert (found.required, found.existing, found.movement) == (1000, 800, 200)


def test_documents_with_a_reserve_leave_the_pool() -> None:
    reserves = Frame.build(
        RESERVES,
        2,
        document_no=np.array(["A1", "A2"], dtype=object),
        amount=np.array([7000, np.iinfo(np.int64).min]),
        from_date="2013-01-01",
    )
    policy = rules(("31-60", "10", "1"))
    ledger = book(
        """
        invoice A1 Acme 2013-02-01 100.00 due=2012-12-30
        invoice A2 Acme 2013-02-01 50.00 due=2012-12-30
        invoice A3 Acme 2013-02-01 10.00 due=2012-12-30
        """,
        Policy(policy.settings, loss_rates=policy.loss_rates, reserves=reserves),
    )
    (found,) = allowance(ledger, aging(ledger, LAST))
    assert found.specific == (("A1", 10000, 7000), ("A2", 5000, 5000))
    assert found.required == 12100


def test_loss_rates_are_what_was_lost_of_what_reached_the_bucket() -> None:
    rates = loss_rates([100_000, 23_000, 0], 2_000)
    assert rates == (Fraction(1, 50), Fraction(2, 23), Fraction(0))
    assert required(np.array([300_000_00, 60_000_00, 5]), rates).tolist() == [600_000, 521_739, 0]


def test_what_is_below_zero_makes_no_days_times_or_percent() -> None:
    assert days_sales_outstanding(-1, 100, 30) is None
    assert count_back(-1, [(100, 30)]) is None
    assert turnover(-1, 100, 100) is None
    assert collection_effectiveness(100, 0, 101, 0) is None

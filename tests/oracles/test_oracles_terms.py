"""Payment terms as other systems' tests expect them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from ar_xl.core.policy import Policy
from ar_xl.core.settings import default_settings
from ar_xl.core.terms import Discount, Terms, read_parts
from ar_xl.ops.aging import aging
from ar_xl.ops.discounts import discount_windows
from ar_xl.ops.open_items import open_items
from ar_xl.ops.post_invoices import post_invoices
from ar_xl.ops.settlements import day_numbers
from tests.oracles.cases import Case, cents, posted
from tests.posted_lines import book

pytestmark = pytest.mark.shared


def days(texts: list[str]) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    return np.array(texts, dtype="datetime64[D]")


def test_inst_02_two_monthly_instalments_change_dates_never_the_amount(
    cases: dict[str, Case],
) -> None:
    expected = cases["INST-02"]["expected"]
    terms = Terms("T", parts=read_parts("50%@1m; rest@2m"))
    policy = Policy(default_settings(), terms={"T": terms})
    ledger = posted(
        book("draft invoice A Acme 2025-06-30 10.00 terms=T", policy), post_invoices, "2025-06-30"
    )
    report = aging(ledger, date(2025, 6, 30))
    assert report.detail.open.tolist() == [cents(part) for part in expected["instalments"]]
    assert int(report.total.sum()) == cents(expected["amount_still_to_pay"])


def test_term_02_each_part_falls_due_by_its_own_days(cases: dict[str, Case]) -> None:
    given, expected = cases["TERM-02"]["inputs"], cases["TERM-02"]["expected"]
    first, second = given["terms"]
    text = f"{first['percent']}%@{first['days']}; {second['percent']}%@{second['days']}"
    due = Terms("T", parts=read_parts(text)).part_due_dates(days(given["invoice_dates"]))
    assert [[str(part[i]) for part in due] for i in range(3)] == expected["due"]


def test_term_04_end_of_month_plus_days(cases: dict[str, Case]) -> None:
    given, expected = cases["TERM-04"]["inputs"], cases["TERM-04"]["expected"]
    due = Terms("T", "eom", net_days=45).due_dates(days(given["invoice_dates"]))
    assert due.astype(str).tolist() == expected["due"]


def test_term_07_the_last_day_of_the_discount(cases: dict[str, Case]) -> None:
    expected = cases["TERM-07"]["expected"]
    terms = Terms("T", net_days=30, tiers=(Discount(Decimal(10), 10),))
    policy = Policy(default_settings(), terms={"T": terms})
    ledger = posted(
        book("draft invoice A Acme 2019-01-01 100.00 terms=T", policy), post_invoices, "2019-01-01"
    )
    items = open_items(ledger, date(2019, 1, 1))
    windows = discount_windows(ledger, items)
    last = day_numbers(days([expected["last_discount_day"]]))
    first = np.array([0])
    assert windows.earned(first, last).tolist() == [1000]
    assert windows.earned(first, last + 1).tolist() == [0]


def test_term_09_weeks_and_days(cases: dict[str, Case]) -> None:
    # Two of its four rules end at a month's end after days or months: see not_covered.py.
    given, expected = cases["TERM-09"]["inputs"]["cases"], cases["TERM-09"]["expected"]["due"]
    net = {"2 weeks": 14, "15 days": 15}
    asked = [(case, due) for case, due in zip(given, expected, strict=True) if case["rule"] in net]
    assert len(asked) == 2
    for case, due in asked:
        terms = Terms("T", net_days=net[case["rule"]])
        assert terms.due_dates(days([case["invoice"]])).astype(str).tolist() == [due]


PARTS = "25%@30; 25%@1m; {fixed}@1m+30; rest@2m+44"


@pytest.mark.parametrize("name", ["TERM-13", "TERM-14"])
def test_term_13_14_percents_a_fixed_part_and_the_rest(name: str, cases: dict[str, Case]) -> None:
    # The last line falls due 2 months on, on the 15th, plus 30 days: 44 days for this date.
    given, expected = cases[name]["inputs"], cases[name]["expected"]["schedule"]
    terms = Terms("T", parts=read_parts(PARTS.format(fixed=given["terms"][2]["amount"])))
    amounts = terms.part_amounts(np.array([cents(given["total"])]), 2)
    due = terms.part_due_dates(days([given["invoice"]]))
    assert [int(part[0]) for part in amounts] == [cents(line["amount"]) for line in expected]
    assert [str(part[0]) for part in due] == [line["due"] for line in expected]
    assert sum(int(part[0]) for part in amounts) == cents(given["total"])

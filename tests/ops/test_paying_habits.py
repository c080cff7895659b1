"""Payers: averages that can be checked by hand, the latest payers first, one row a currency."""

from __future__ import annotations

from datetime import date, timedelta

from ar_xl.core.arrays import BLANK
from ar_xl.ops.collecting.expected import expected
from ar_xl.ops.collecting.paying_habits import Payers, payers
from tests.posted_lines import book

END = date(2013, 6, 30)


def paid(number: str, customer: str, due: str, late: int, amount: str, more: str = "") -> str:
    on = date.fromisoformat(due) + timedelta(days=late)
    return (
        f"invoice {number} {customer} 2013-01-01 {amount} due={due} {more}\n"
        f"receipt R{number} {customer} {on} {amount} {more}\n"
        f"apply R{number} {number} {amount} {on}\n"
    )


def said(text: str) -> Payers:
    ledger = book(text)
    return payers(ledger, END, expected(ledger, END))


ACME = (
    paid("A1", "Acme", "2013-01-31", 0, "100.00")
    + paid("A2", "Acme", "2013-01-31", 6, "100.00")
    + paid("A3", "Acme", "2013-01-31", -3, "100.00")
    + paid("A4", "Acme", "2013-05-31", 10, "100.00")
    + paid("A5", "Acme", "2013-05-31", 10, "100.00")
    + paid("A6", "Acme", "2013-05-31", 13, "500.00")
)


def test_days_late_are_averaged_over_all_items_and_over_their_amounts() -> None:
    row = said(ACME)
    assert row.count.tolist() == [6]
    assert row.average.tolist() == [60]  # (0 + 6 - 3 + 10 + 10 + 13) / 6
    assert row.weighted.tolist() == [88]  # (0 + 6 - 3 + 10 + 10 + 5 x 13) / 10
    assert row.share_late.tolist() == [667]  # four of six; early and on the day are not late


def test_the_trend_is_the_last_ninety_days_against_those_before() -> None:
    row = said(ACME)
    assert row.recent.tolist() == [110]
    assert row.earlier.tolist() == [10]
    assert row.trend.tolist() == [100]


def test_fewer_than_three_items_are_no_habit() -> None:
    row = said(paid("A1", "Acme", "2013-01-31", 9, "1.00"))
    assert row.count.tolist() == [1]
    assert row.share_late.tolist() == [1000]
    assert row.average.tolist() == row.weighted.tolist() == row.trend.tolist() == [BLANK]


def test_the_latest_payers_come_first_and_those_without_history_last() -> None:
    slow = "".join(paid(f"S{n}", "Slow", "2013-01-31", 40, "1.00") for n in range(3))
    owes = "invoice N1 New 2013-06-01 10.00 due=2013-06-30\n"
    assert said(ACME + slow + owes).customer_id.tolist() == ["Slow", "Acme", "New"]


def test_open_is_what_is_expected_later_and_apart_by_currency() -> None:
    text = (
        ACME
        + paid("E1", "Acme", "2013-05-31", 2, "7.00", "cur=EUR")
        + "invoice A7 Acme 2013-06-01 60.00 due=2013-06-30\n"
        + "dispute A7 2013-06-05 15.00\n"
        + "invoice E2 Acme 2013-06-01 9.00 due=2013-06-30 cur=EUR\n"
    )
    rows = said(text)
    assert rows.currency.tolist() == ["EUR", "USD"]
    assert rows.open.tolist() == [900, 6000]
    assert rows.apart.tolist() == [0, 1500]
    assert (rows.within + rows.later + rows.apart == rows.open).all()
    assert rows.weighted.tolist() == [BLANK, 88]  # euros weigh no dollars

"""Overview: figures of a date and of the month-end before, aging by month, promises by month."""

from __future__ import annotations

from datetime import date

from ar_xl.core.arrays import BLANK
from ar_xl.core.dates import last_month_ends
from ar_xl.ops.aging import aging
from ar_xl.ops.collecting.overview import (
    aged_months,
    headlines,
    largest_debtors,
    promise_months,
)
from ar_xl.ops.collecting.promises import promises
from tests.posted_lines import book

END = date(2013, 6, 15)
BOOKS = book("""
    invoice A1 Acme 2013-01-05 1000.00 due=2013-02-04
    invoice A2 Acme 2013-05-20 200.00 due=2013-06-19
    invoice B1 Bolt 2013-04-10 300.00 due=2013-05-10
    receipt R1 Bolt 2013-06-10 50.00
    dispute B1 2013-06-01 80.00
    plan PL-1 1 Acme A1 2013-07-01 1000.00 agreed=2013-06-05
    promise Acme 2013-03-01 2013-03-10 1000.00
    promise Bolt 2013-06-05 2013-06-10 50.00
    promise Bolt 2013-06-12 2013-06-30 100.00
    """)


def test_the_headline_says_what_is_owed_overdue_contested_and_on_plans() -> None:
    found = headlines(BOOKS, END)["USD"]
    assert (found.total, found.overdue, found.oldest) == (145000, 130000, 100000)
    assert (found.disputed, found.on_plans, found.unapplied) == (8000, 100000, -5000)
    # 1,450.00 / 500.00 sold from 18 March on x 90 days
    assert found.dso == 2610


def test_the_headline_of_an_earlier_date_knows_nothing_of_later_rows() -> None:
    found = headlines(BOOKS, date(2013, 5, 31))["USD"]
    assert (found.total, found.disputed, found.on_plans, found.unapplied) == (150000, 0, 0, 0)


def test_the_share_kept_counts_promises_that_are_over() -> None:
    assert headlines(BOOKS, END)["USD"].kept == 500  # one of two; the third still stands
    assert headlines(BOOKS, date(2013, 3, 5))["USD"].kept == BLANK
    made = promises(BOOKS, END)
    months = [date(2013, 3, 31), date(2013, 6, 15)]
    assert promise_months(made, "USD", months).tolist() == [[0, 1], [1, 0]]


def test_aging_by_month_is_the_aging_of_each_month_end() -> None:
    dates = last_month_ends(END, 3)
    assert aged_months(BOOKS, dates, "USD").tolist() == [
        [0, 0, 100000, 0, 0],
        [30000, 0, 0, 100000, 0],
        [20000, 30000, 0, 0, 100000],
    ]


def test_the_largest_debtors_are_those_with_the_most_past_due() -> None:
    found = largest_debtors(aging(BOOKS, END), "USD")
    assert found.customer_id.tolist() == ["Acme", "Bolt"]
    assert found.overdue.tolist() == [100000, 30000]
    assert found.total.tolist() == [120000, 25000]

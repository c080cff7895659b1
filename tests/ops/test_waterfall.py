"""Pouring, disputes and settlements: the small helpers under aging, fees and promises."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ar_xl.ops.collecting.disputes import disputed
from ar_xl.ops.open_items import open_items
from ar_xl.ops.settlements import settlements
from ar_xl.ops.waterfall import pour
from tests.posted_lines import book

END = date(2013, 3, 31)
portions = st.lists(st.tuples(st.integers(0, 2), st.integers(-5, 30)), max_size=8)


@given(portions, portions)
def test_pouring_equals_a_plain_loop(
    sources: list[tuple[int, int]], places: list[tuple[int, int]]
) -> None:
    room = [max(capacity, 0) for _, capacity in places]
    expected = []
    for s, (group, amount) in enumerate(sources):
        left = max(amount, 0)
        for p, (owner, _) in enumerate(places):
            used = min(left, room[p]) if owner == group else 0
            if used:
                expected.append((s, p, used))
                room[p] -= used
                left -= used
    columns = [np.array(list(c), dtype=np.int64) for c in (
        [g for g, _ in sources], [a for _, a in sources],
        [g for g, _ in places], [c for _, c in places],
    )]  # fmt: skip
    poured = pour(*columns)
    found = zip(poured.source.tolist(), poured.place.tolist(), poured.amount.tolist(), strict=True)
    assert sorted(found) == sorted(expected)


PARTS = """
    invoice A1 Acme 2013-01-01 100.00
    instalment A1 1 2013-02-01 40.00
    instalment A1 2 2013-03-01 60.00
    """


def contested(more: str, as_of: date = END) -> list[int]:
    ledger = book(PARTS + more)
    amounts = disputed(ledger, open_items(ledger, as_of), as_of)
    return [int(amount) for amount in amounts]


def test_a_dispute_without_a_line_fills_the_oldest_instalment_first() -> None:
    assert contested("dispute A1 2013-02-05 50.00") == [4000, 1000]


def test_a_dispute_of_a_line_stays_on_it_and_below_what_is_open() -> None:
    assert contested("dispute A1/2 2013-02-05 50.00") == [0, 5000]
    assert contested("dispute A1/1 2013-02-05 50.00") == [4000, 0]


def test_a_dispute_without_an_amount_is_about_all_of_it() -> None:
    assert contested("dispute A1 2013-02-05") == [4000, 6000]
    assert contested("dispute A1/2 2013-02-05") == [0, 6000]


def test_two_disputes_of_one_document_add_up() -> None:
    assert contested("dispute A1 2013-02-05 40.00\ndispute A1 2013-02-06 30.00") == [4000, 3000]


def test_a_dispute_counts_from_the_day_it_was_opened_to_the_day_it_was_closed() -> None:
    line = "dispute A1/1 2013-02-05 closed=2013-02-20"
    days = (date(2013, 2, 4), date(2013, 2, 5), date(2013, 2, 19), date(2013, 2, 20))
    assert [contested(line, on)[0] for on in days] == [0, 4000, 4000, 0]


def test_a_dispute_about_an_unknown_document_is_about_nothing() -> None:
    assert contested("dispute B7 2013-02-05 50.00") == [0, 0]


def settled_days(text: str) -> list[str]:
    ledger = book(text)
    found = settlements(ledger, open_items(ledger, END), END)
    return [str(np.datetime64(day, "D")) for day in found.day.tolist()]


def test_a_memo_posted_late_counts_for_interest_from_its_own_date() -> None:
    days = settled_days("""
        invoice A1 Acme 2013-01-01 100.00
        credit-memo C1 Acme 2013-01-20 10.00 posted=2013-02-01
        apply C1 A1 10.00 2013-02-01
        """)
    assert days == ["2013-01-20"]


def test_an_application_with_a_date_of_its_own_and_a_reversal_count_from_that_date() -> None:
    days = settled_days("""
        invoice A1 Acme 2013-01-01 100.00
        receipt R1 Acme 2013-01-20 10.00 posted=2013-02-01
        apply R1 A1 10.00 2013-02-10 batch=B7
        apply R1 A1 -10.00 2013-02-15 batch=B8 reverses=B7
        """)
    assert days == ["2013-02-10", "2013-02-15"]

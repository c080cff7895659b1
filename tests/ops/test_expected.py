"""Expected cash: what is open comes in as items as late came in before; all of it stands once."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ar_xl.core.dates import last_month_ends
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.backtest import accuracy, own_record, tried
from ar_xl.ops.collecting.expected import Expected, expected
from ar_xl.ops.collecting.payhistory import pay_history
from tests.ops.random_books import DAYS, FIRST, random_lines
from tests.posted_lines import book

END = date(2013, 6, 30)


def paid(number: str, customer: str, days_late: int, amount: str = "100.00") -> str:
    """An invoice due on 1 March, paid so many days later."""
    on = date(2013, 3, 1) + timedelta(days=days_late)
    return (
        f"invoice {number} {customer} 2013-02-01 {amount} due=2013-03-01\n"
        f"receipt R{number} {customer} {on} {amount}\n"
        f"apply R{number} {number} {amount} {on}\n"
    )


ACME = "".join(paid(f"A{n}", "Acme", late) for n, late in enumerate((0, 10, 10, 20)))


def weeks(found: Expected) -> list[int]:
    return [int(minor) for minor in found.weeks.sum(axis=0)]


def test_an_item_is_paid_week_by_week_as_often_as_items_as_late_were() -> None:
    # Due today. Of the three that were unpaid at all after the due day none came within 7 days,
    # two in the second week, the last one in the third.
    found = expected(book(ACME + "invoice B1 Acme 2013-06-01 900.00 due=2013-06-30"), END)
    assert weeks(found) == [0, 60000, 30000, *[0] * 11]
    # (10 + 10 + 20) / 3 days late, rounded
    assert str(found.pay_date[0]) == "2013-07-13"


def test_a_late_item_looks_only_at_items_that_were_as_late() -> None:
    found = expected(book(ACME + "invoice B1 Acme 2013-05-01 900.00 due=2013-06-15"), END)
    assert weeks(found) == [90000, *[0] * 13]  # 15 days late; the one later than that came on 20


def test_what_is_later_than_anybody_ever_paid_is_expected_never() -> None:
    found = expected(book(ACME + "invoice B1 Acme 2013-01-01 900.00 due=2013-01-31"), END)
    assert weeks(found) == [*[0] * 13, 90000]
    assert np.isnat(found.pay_date[0])


def test_a_customer_without_history_pays_as_all_do() -> None:
    found = expected(book(ACME + "invoice B1 New 2013-06-01 900.00 due=2013-06-30"), END)
    assert weeks(found)[:3] == [0, 60000, 30000]


def test_the_own_history_counts_beside_ten_items_of_the_book() -> None:
    bolt = "".join(paid(f"B{n}", "Bolt", 5) for n in range(8))
    found = expected(book(ACME + bolt + "invoice C1 Acme 2013-06-01 900.00 due=2013-06-30"), END)
    # first week: none of Acme's 3, 8 of the book's 11: (0 + 10 x 8/11) / (3 + 10)
    assert weeks(found)[0] == round(90000 * (10 * 8 / 11) / 13)


def test_what_was_never_paid_counts_as_unpaid() -> None:
    never = "".join(
        f"invoice N{n} Never 2013-02-01 1.00 due=2013-03-01\n" for n in range(3)
    )  # in the second week after the due day 2 of 3 were paid; with these 2 of 6
    found = expected(book(ACME + never + "invoice B1 New 2013-06-01 900.00 due=2013-06-30"), END)
    mine = found.items.invoice_no == "B1"
    assert found.weeks[mine].sum(axis=0).tolist()[:3] == [0, 30000, 15000]


def test_what_was_written_off_says_nothing_of_paying() -> None:
    off = (
        "invoice W1 Acme 2013-02-01 50.00 due=2013-03-01\n"
        "adjustment W2 Write-off W1 2013-03-05 50.00\n"
        "apply W2 W1 50.00 2013-03-05\n"
    )
    history = pay_history(book(ACME), END)
    with_write_off = pay_history(book(ACME + off), END)
    assert int((with_write_off.paid < 1 << 20).sum()) == int((history.paid < 1 << 20).sum()) == 4


def test_disputes_credits_and_customers_given_up_stand_apart_and_promises_on_their_day() -> None:
    found = expected(
        book(
            ACME
            + """
        customer Lost status=Agency
        invoice L1 Lost 2013-06-01 70.00 due=2013-06-30
        invoice D1 Acme 2013-06-01 120.00 due=2013-06-29
        invoice D2 Acme 2013-06-01 200.00 due=2013-06-30
        dispute D1 2013-06-10 20.00
        receipt R9 Acme 2013-06-20 30.00
        promise Acme 2013-06-28 2013-07-12 150.00
        """
        ),
        END,
    )
    assert found.disputed.sum() == 2000
    assert found.credited.sum() == 3000
    assert found.given_up.sum() == 7000
    # 70.00 of D1 is left, and 80.00 of D2 is promised with it, for the second week
    assert found.by_promise.sum(axis=0).tolist() == [0, 15000, *[0] * 12]
    assert found.by_habit.sum() == 12000


def test_what_a_plan_covers_is_expected_when_its_lines_are_due() -> None:
    found = expected(
        book(
            ACME
            + """
        invoice P1 Acme 2013-06-01 100.00 due=2013-06-30
        invoice P2 Acme 2013-06-01 60.00 due=2013-06-30
        plan PL-1 1 Acme P1;~P2 2013-07-10 80.00 agreed=2013-06-20 batch=B-9
        plan PL-1 2 Acme P1;~P2 2013-12-10 80.00 agreed=2013-06-20 batch=B-9
        """
        ),
        END,
    )
    assert found.by_plan.sum(axis=0).tolist() == [0, 8000, *[0] * 11, 8000]
    assert found.by_habit.sum() == 0


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


dates = st.integers(0, DAYS + 60).map(on)


@given(random_lines(), dates)
@settings(max_examples=25)
def test_every_cent_that_is_open_stands_in_one_week_or_apart(text: str, as_of: date) -> None:
    found = expected(book(text), as_of)
    apart = found.disputed + found.credited + found.given_up
    assert (found.weeks.sum(axis=1) + apart == found.items.open).all()
    assert (found.weeks >= 0).all()
    assert (apart >= 0).all()


def until(frame: Frame, as_of: date) -> Frame:
    """The rows posted by a date."""
    if not frame.table.posted:
        return frame
    return frame.take(np.flatnonzero(frame.dates("posting_date") <= np.datetime64(as_of, "D")))


@given(random_lines(), dates)
@settings(max_examples=25)
def test_rows_posted_later_change_nothing(text: str, as_of: date) -> None:
    after = book(text)
    before = Ledger({name: until(each, as_of) for name, each in after.tables.items()}, {},
                    after.policy)  # fmt: skip
    one, other = expected(before, as_of), expected(after, as_of)
    for name in ("weeks", "disputed", "credited", "given_up"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    assert one.pay_date.astype(str).tolist() == other.pay_date.astype(str).tolist()


def test_nothing_that_is_dated_later_counts_be_it_paid_promised_disputed_or_agreed() -> None:
    text = ACME + "invoice B1 Acme 2013-06-01 900.00 due=2013-06-15\n"
    later = """
        invoice B2 Acme 2013-07-01 50.00 due=2013-07-02
        receipt R9 Acme 2013-07-05 400.00
        apply R9 B1 400.00 2013-07-05
        promise Acme 2013-07-01 2013-07-09 900.00
        dispute B1 2013-07-01 500.00
        plan PL-1 1 Acme B1 2013-08-01 500.00 agreed=2013-07-02
        """
    one, other = expected(book(text), END), expected(book(text + later), END)
    assert weeks(one) == weeks(other)
    assert other.disputed.sum() == other.by_promise.sum() == other.by_plan.sum() == 0


def test_a_forecast_of_a_past_day_is_what_was_said_on_it() -> None:
    text = ACME + paid("B1", "Bolt", 33) + paid("B2", "Bolt", 9)
    for when in (date(2013, 2, 28), date(2013, 3, 8), date(2013, 3, 31)):
        now = tried(pay_history(book(text), END), "USD", when, END)
        then = expected(book(text), when)
        assert now.said[0].tolist() == weeks(then)[: now.weeks]


def test_the_error_is_what_the_weeks_were_off_of_what_came_in() -> None:
    one = tried(pay_history(book(ACME), END), "USD", date(2013, 2, 28), END)
    assert one.came_in.tolist()[:4] == [10000, 20000, 10000, 0]
    _, _, terms = accuracy([one])  # all 400.00 in the first week: 300 + 200 + 100 off of 400
    assert terms.by_week == 1500
    assert terms.four_weeks == 0


def test_books_with_little_history_have_no_record() -> None:
    assert own_record(book(ACME), END) == {"USD": ()}


def test_month_ends_are_those_on_or_before_a_date() -> None:
    found = last_month_ends(date(2013, 3, 30), 2)
    assert found == [date(2013, 1, 31), date(2013, 2, 28)]
    assert last_month_ends(date(2013, 3, 31), 1) == [date(2013, 3, 31)]

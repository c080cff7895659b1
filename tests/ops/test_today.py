"""Today and Worklist: what is due on a day, who has how much to do, what became of promises."""

from __future__ import annotations

from datetime import date

import pytest

from ar_xl.core.arrays import BLANK
from ar_xl.core.policy import LadderStep, Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.collecting.collections import collections
from ar_xl.ops.collecting.rework import rework
from ar_xl.ops.collecting.today import Today, today
from ar_xl.ops.collecting.worklist import Worklist, cash_bucket, cash_names, worklist
from tests.ledger_text import ledger as tables
from tests.posted_lines import book

END = date(2013, 3, 31)
LADDER = (LadderStep("Reminder", 5, "Letter"), LadderStep("Call", 20, "Call"))
INVOICE = "customer Acme collector=Ada\ninvoice A1 Acme 2013-01-01 1000.00 due=2013-02-28"


def on(text: str, as_of: date = END, collector: str = "") -> Today:
    return today(book(text, Policy(default_settings(), ladder=LADDER)), as_of, collector)


def promises(text: str, as_of: date = END) -> list[tuple[str, int, int]]:
    made = on(f"{INVOICE}\n{text}", as_of).promises
    return [
        (str(outcome), int(got), int(lacks))
        for outcome, got, lacks in zip(made.outcome, made.received, made.missing, strict=True)
    ]


PROMISE = "promise Acme 2013-03-20 2013-03-28 400.00"


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2013, 3, 27), []),
        (date(2013, 3, 28), [("standing", 0, 40000)]),
        (date(2013, 3, 29), []),  # in its days of grace
        (date(2013, 4, 1), [("broken", 0, 40000)]),
        (date(2013, 5, 1), [("broken", 0, 40000)]),
    ],
)
def test_a_promise_stands_on_its_day_and_once_it_is_broken(
    day: date, found: list[tuple[str, int, int]]
) -> None:
    assert promises(PROMISE, day) == found


def test_a_promise_of_which_a_part_came_in_is_part_kept_and_shows_what_is_missing() -> None:
    paid = "receipt R1 Acme 2013-03-27 150.00\napply R1 A1 150.00 2013-03-27"
    assert promises(f"{PROMISE}\n{paid}", date(2013, 4, 5)) == [("part kept", 15000, 25000)]


def test_a_kept_promise_stands_nowhere() -> None:
    paid = "receipt R1 Acme 2013-03-27 400.00\napply R1 A1 400.00 2013-03-27"
    assert promises(f"{PROMISE}\n{paid}", date(2013, 4, 5)) == []


def test_a_broken_promise_is_off_the_list_once_somebody_did_something() -> None:
    later = date(2013, 4, 9)
    assert promises(f"{PROMISE}\nnote Acme 2013-04-02", later) == []
    assert len(promises(f"{PROMISE}\nnote Acme 2013-03-30", later)) == 1
    assert len(promises(f"{PROMISE}\nstep Acme 2013-04-02 Call paper=a.pdf", later)) == 1


def test_calls_stand_from_the_day_they_were_scheduled_for() -> None:
    lines = f"{INVOICE}\nnote Acme 2013-03-20 next=Ring on=2013-03-28"
    assert on(lines, date(2013, 3, 27)).calls.action.tolist() == []
    assert on(lines).calls.action.tolist() == ["Ring"]
    assert on(f"{lines}\nnote Acme 2013-03-29").calls.action.tolist() == []
    assert on(f"{INVOICE}\nnote Acme 2013-03-20 next=Ring").calls.action.tolist() == ["Ring"]


def test_papers_stand_until_they_are_sent_and_collectors_see_their_own() -> None:
    lines = f"{INVOICE}\nstep Acme 2013-03-20 Reminder paper=a.pdf"
    assert on(lines).papers.text("paper").tolist() == ["a.pdf"]
    assert len(on(lines, collector="ADA")) == 1
    assert len(on(lines, collector="Bo")) == 0
    assert len(on(f"{lines} sent=2013-03-30")) == 0
    assert len(on(f"{lines} sent=2013-04-01")) == 1


def test_disputes_stand_from_the_day_of_their_call_until_they_end() -> None:
    books = """
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | ACME        | 2013-01-05   | 100.00

        Disputes (posted)
        Dispute No | Invoice No | Amount | Opened     | Call At    | Closed
        D-1        | INV-1      | 10.00  | 2013-02-01 | 2013-03-31 |
        D-2        | INV-1      | 10.00  | 2013-02-01 | 2013-04-01 |
        D-3        | INV-1      | 10.00  | 2013-02-01 | 2013-03-01 | 2013-03-02
        D-4        | INV-1      | 10.00  | 2013-02-01 |            |
    """
    assert today(tables(books), END).disputes.number.tolist() == ["D-1"]


def work(text: str, collector: str = "", **settings: str) -> Worklist:
    ledger = book(text, Policy(default_settings(**settings), ladder=LADDER))
    ranked = collections(ledger, END)
    return worklist(ledger, ranked.of(collector).calls if collector else ranked.calls, collector)


BOOKS = f"""
    {INVOICE}
    customer Bolt collector=Ada
    customer Cole collector=Bo
    invoice B1 Bolt 2013-01-01 50.00 due=2013-03-26
    invoice C1 Cole 2013-01-01 70.00 due=2013-03-29
    invoice D1 Dunn 2013-01-01 90.00 due=2013-02-01
    invoice D2 Dunn 2013-01-01 90.00 due=2013-02-01 cur=EUR
"""


def test_work_is_due_today_or_backlog_or_waits() -> None:
    found = work(BOOKS)
    assert found.collector.tolist() == ["Ada", "Bo", "(no collector)"]
    assert found.customers.tolist() == [2, 1, 1]  # Dunn once, in two currencies
    assert found.due_today.tolist() == [1, 0, 0]  # Bolt's reminder falls on the day
    assert found.backlog.tolist() == [1, 0, 1]
    # Acme's reminder was due on 2013-03-05, Dunn's on 2013-02-06
    assert found.oldest.tolist() == [26, BLANK, 53]


def test_days_of_work_are_customers_due_by_calls_a_day() -> None:
    assert work(BOOKS, calls_a_day="4").days.tolist() == [5, 0, 3]
    assert work(BOOKS, calls_a_day="0").days.tolist() == [BLANK] * 3


def test_the_list_of_a_collector_begins_with_who_is_due_by_score() -> None:
    assert work(BOOKS).calls.customer_id.tolist() == ["Acme", "Bolt", "Cole", "Dunn", "Dunn"]
    assert work(BOOKS, "ada").calls.customer_id.tolist() == ["Acme", "Bolt"]
    assert work(BOOKS, "ada").collector.tolist() == ["Ada"]


def test_promises_of_the_last_30_days_are_counted_kept_and_broken() -> None:
    found = work(f"""
        {BOOKS}
        promise Acme 2013-02-01 2013-03-01 400.00
        promise Acme 2013-03-06 2013-03-10 400.00
        promise Cole 2013-03-06 2013-03-10 10.00
        receipt R1 Cole 2013-03-09 10.00
        """)
    assert (found.kept.tolist(), found.broken.tolist()) == ([0, 1, 0], [1, 0, 0])


def test_unapplied_cash_stands_by_the_age_of_the_receipt() -> None:
    found = work(f"""
        {BOOKS}
        receipt R1 Bolt 2013-03-01 1.00
        receipt R2 Bolt 2013-02-28 2.00
        receipt R3 Zero 2012-02-28 4.00
        """)
    assert cash_names((30, 60)) == ("0-30 Days", "31-60 Days", "Over 60 Days")
    assert cash_bucket(found.unapplied, END, (30, 60)).tolist() == [0, 1, 2]
    assert found.collector[found.owner].tolist() == ["Ada", "Ada", "(no collector)"]


def test_rework_is_counted_for_who_had_posted_what_was_undone() -> None:
    found = rework(
        tables("""
        Batches (posted)
        Batch    | User | Command       | As Of      | Reverses
        B-000001 | Ada  | post-invoices | 2013-01-31 |
        B-000002 | Ada  | post-payments | 2013-03-05 |
        B-000003 | Bo   | undo          | 2013-03-06 | B-000001
        B-000004 | Bo   | post-payments | 2013-04-01 |
        """),
        END,
    )
    assert found.user.tolist() == ["Ada"]
    assert (found.posted.tolist(), found.undone.tolist()) == ([1], [1])

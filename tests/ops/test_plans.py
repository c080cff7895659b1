"""How plans stand: filled by receipts oldest first, missed, broken, paid, called off."""

from __future__ import annotations

from datetime import date

import pytest

from ar_xl.ops.collecting.plans import on_plan, plan_states
from ar_xl.ops.open_items import open_items
from tests.ledger_text import ledger, lines

BOOKS = """
    Invoices (posted)
    Invoice No | Customer ID | Invoice Date | Due Date   | Amount | Batch
    INV-1      | ACME        | 2026-01-05   | 2026-02-04 | 400.00 | B-000001
    INV-2      | ACME        | 2026-01-10   | 2026-02-09 | 500.00 | B-000001

    Plans (posted)
    Plan No | Line | Customer ID | Documents    | Currency | Due Date   | Amount | Agreed     | Batch
    PL-1    | 1    | ACME        | INV-1; INV-2 | USD      | 2026-04-01 | 300.00 | 2026-03-10 | B-000002
    PL-1    | 2    | ACME        | INV-1; INV-2 | USD      | 2026-05-01 | 300.00 | 2026-03-10 | B-000002
    PL-1    | 3    | ACME        | INV-1; INV-2 | USD      | 2026-06-01 | 300.00 | 2026-03-10 | B-000002
"""  # noqa: E501

PAID = """

    Receipts (posted)
    Receipt No | Receipt Date | Customer ID | Amount | Batch
    R-1        | 2026-04-02   | ACME        | 350.00 | B-000003

    Applications (posted)
    Application No | Date       | Source Type | Source No | Invoice No | Line | Amount | Source Amount | Batch
    A-1            | 2026-04-02 | Receipt     | R-1       | INV-1      | 1    | 350.00 | 350.00        | B-000003
"""  # noqa: E501


def shown(text: str, as_of: date) -> list[str]:
    """Each line: what is owed of it, filled, status."""
    states = plan_states(ledger(text), as_of)
    each = states.lines
    return [
        f"{each.line[i]} | {each.owed[i]} | {each.filled[i]} | {each.status[i]}"
        for i in range(len(each.line))
    ]


def test_receipts_fill_lines_oldest_first() -> None:
    assert shown(BOOKS + PAID, date(2026, 4, 10)) == lines(
        """
        1 | 30000 | 30000 | Paid
        2 | 30000 | 5000  | Due
        3 | 30000 | 0     | Due
        """
    )


def test_a_line_not_filled_by_its_due_date_and_grace_breaks_the_plan_from_the_day_after() -> None:
    books = ledger(BOOKS)
    on_last_day = plan_states(books, date(2026, 4, 4))
    after = plan_states(books, date(2026, 4, 5))
    assert (on_last_day.state[0], after.state[0]) == ("Live", "Broken")
    assert str(after.ended[0]) == "2026-04-05"
    assert after.lines.status.tolist() == ["Missed", "Broken", "Broken"]


def test_a_past_date_shows_what_was_then() -> None:
    states = plan_states(ledger(BOOKS + PAID), date(2026, 4, 1))
    assert states.lines.filled.tolist() == [0, 0, 0]
    assert not len(plan_states(ledger(BOOKS + PAID), date(2026, 3, 9)))


def test_a_live_plan_covers_its_documents_and_a_broken_one_nothing() -> None:
    books = ledger(BOOKS + PAID)
    live, broken = date(2026, 4, 30), date(2026, 5, 5)
    assert on_plan(books, open_items(books, live), live).tolist() == [5000, 50000]
    assert on_plan(books, open_items(books, broken), broken).tolist() == [0, 0]


def test_money_not_applied_yet_counts_from_the_day_it_was_received() -> None:
    unapplied = PAID.split("Applications")[0].replace("350.00", "300.00")
    states = plan_states(ledger(BOOKS + unapplied), date(2026, 4, 20))
    assert states.lines.status.tolist() == ["Paid", "Due", "Due"]
    books = ledger(BOOKS + unapplied)
    items = open_items(books, date(2026, 4, 20))
    assert on_plan(books, items, date(2026, 4, 20)).tolist() == [40000, 50000]


def test_a_credit_memo_shortens_the_plan_from_its_end() -> None:
    memo = PAID.replace("Receipt     | R-1 ", "Credit Memo | CM-1").split("Applications")[1]
    memo = "\n    Applications" + memo.replace("350.00", "400.00")
    assert shown(BOOKS + memo, date(2026, 4, 3)) == lines(
        """
        1 | 30000 | 0 | Due
        2 | 20000 | 0 | Due
        3 | 0     | 0 | Paid
        """
    )


def test_what_was_paid_before_the_plan_was_agreed_does_not_fill_it() -> None:
    earlier = PAID.replace("2026-04-02", "2026-03-01").replace("B-000003", "B-000001")
    assert plan_states(ledger(BOOKS + earlier), date(2026, 3, 20)).lines.filled.sum() == 0


OFF = BOOKS.replace(" | Batch\n    PL", " | Batch    | Posting Date | Reverses\n    PL").replace(
    "2026-03-10 | B-000002", "2026-03-10 | B-000002 | 2026-03-10 |"
)
OFF += "\n".join(
    line.replace("300.00", "-300.00").replace("B-000002 | 2026-03-10 |",
                                              "B-000003 | 2026-03-20 | B-000002")
    for line in OFF.splitlines() if "PL-1 " in line
)  # fmt: skip


@pytest.mark.parametrize(("day", "state"), [(19, "Live"), (20, "Called off"), (30, "Called off")])
def test_a_plan_that_is_called_off_stands_until_that_day(day: int, state: str) -> None:
    assert plan_states(ledger(OFF), date(2026, 3, day)).state.tolist() == [state]

"""Rules 2 to 5 of allocation, sentence by sentence."""

from __future__ import annotations

import pytest

from tests.ledger_text import frame_text, lines, policy
from tests.ops.receipt_books import (
    ONE_RECEIPT,
    TWO_INVOICES,
    applications,
    codes,
    paid,
    receipt_of,
    unapplied,
)

# Rule 2: one equal item


def test_one_equal_item_is_paid_though_an_older_one_is_open() -> None:
    assert applications(receipt_of("250.00")) == [
        "R-1 | INV-9 | 250.00 | 0.00 | 0.00 | 2 equal item"
    ]


def test_among_equal_items_the_oldest_is_paid() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount
        INV-1      | ACME        | 2026-01-05   | 2026-02-20 | 100.00
        INV-2      | ACME        | 2026-01-06   | 2026-02-10 | 100.00
        INV-3      | ACME        | 2026-01-06   | 2026-02-10 | 70.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-02-01   | ACME        | 100.00
    """)
    assert applications(change) == ["R-1 | INV-2 | 100.00 | 0.00 | 0.00 | 2 equal item"]


def test_an_item_net_of_its_earned_discount_is_equal() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Due Date   | Terms       | Amount
        INV-1      | ACME        | 2026-01-05   | 2026-01-20 | Net 30      | 50.00
        INV-2      | ACME        | 2026-01-25   | 2026-02-24 | 2/10 Net 30 | 100.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-02-04   | ACME        | 98.00
    """)
    assert applications(change) == ["R-1 | INV-2 | 98.00 | 2.00 | 0.00 | 2 equal item"]


def test_each_rule_runs_over_the_whole_batch_before_the_next() -> None:
    change = paid(
        TWO_INVOICES
        + """
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-01-20   | ACME        | 30.00
        R-2        | 2026-02-20   | ACME        | 100.00
    """
    )
    assert applications(change) == lines("""
        R-1 | INV-9 | 30.00  | 0.00 | 0.00 | 5 oldest first
        R-2 | INV-7 | 100.00 | 0.00 | 0.00 | 2 equal item
    """)


# Rule 3: the balance


def test_the_whole_balance_is_paid_at_once() -> None:
    assert applications(receipt_of("350.00")) == lines("""
        R-1 | INV-7 | 100.00 | 0.00 | 0.00 | 3 balance
        R-1 | INV-9 | 250.00 | 0.00 | 0.00 | 3 balance
    """)


def test_the_balance_past_due_at_the_receipt_date_is_paid_before_a_subset_is_sought() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount
        INV-1      | ACME        | 2026-01-05   | 2026-01-20 | 40.00
        INV-2      | ACME        | 2026-01-05   | 2026-01-31 | 60.00
        INV-3      | ACME        | 2026-01-05   | 2026-02-01 | 30.00
        INV-4      | ACME        | 2026-01-05   | 2026-03-01 | 70.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-02-01   | ACME        | 100.00
    """)
    assert applications(change) == lines("""
        R-1 | INV-1 | 40.00 | 0.00 | 0.00 | 3 balance
        R-1 | INV-2 | 60.00 | 0.00 | 0.00 | 3 balance
    """)


# Rule 4: an exact subset

FOUR = """
    Invoices (posted)
    Invoice No | Customer ID | Invoice Date | Due Date   | Amount
    INV-1      | ACME        | 2026-01-01   | 2026-02-01 | {0}
    INV-2      | ACME        | 2026-01-02   | 2026-02-02 | {1}
    INV-3      | ACME        | 2026-01-03   | 2026-02-03 | {2}
    INV-4      | ACME        | 2026-01-04   | 2026-02-04 | {3}
    INV-5      | ACME        | 2026-01-05   | 2026-02-05 | 999.00

    Receipts
    Receipt No | Receipt Date | Customer ID | Amount
    R-1        | 2026-01-20   | ACME        | {4}
"""


def test_the_subset_with_the_fewest_items_wins() -> None:
    change = paid(FOUR.format("10.00", "20.00", "30.00", "60.00", "90.00"))
    assert applications(change) == lines("""
        R-1 | INV-3 | 30.00 | 0.00 | 0.00 | 4 subset
        R-1 | INV-4 | 60.00 | 0.00 | 0.00 | 4 subset
    """)


def test_among_subsets_of_the_same_amounts_the_oldest_items_win() -> None:
    change = paid(FOUR.format("30.00", "50.00", "30.00", "30.00", "80.00"))
    assert [row.split(" | ")[1] for row in applications(change)] == ["INV-1", "INV-2"]


def test_two_subsets_of_different_amounts_are_a_question_and_the_money_stays_unapplied() -> None:
    change = paid(FOUR.format("10.00", "40.00", "20.00", "30.00", "50.00"))
    assert applications(change) == []
    assert unapplied(change) == ["R-1 | 50.00 | Unapplied"]
    assert codes(change) == ["allocation_question"]
    assert change.findings[0].seen == "50.00 is INV-1 + INV-2, but also INV-3 + INV-4"


def test_only_the_20_oldest_items_are_searched() -> None:
    invoices = "\n".join(
        f"INV-{at:02} | ACME | 2026-01-01 | 2026-02-{at:02} | {at * at * 10 + 1}.00"
        for at in range(1, 23)
    )
    text = """
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Due Date | Amount
        {0}

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-01-20   | ACME        | {1}
    """
    within = paid(text.format(invoices, str(19 * 19 * 10 + 20 * 20 * 10 + 2)))
    assert [row.split(" | ")[1] for row in applications(within)] == ["INV-19", "INV-20"]
    beyond = paid(text.format(invoices, str(19 * 19 * 10 + 21 * 21 * 10 + 2)))
    assert {row.split(" | ")[5] for row in applications(beyond)} == {"5 oldest first"}


def test_a_subset_net_of_earned_discounts_is_found_where_no_full_one_fits() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Due Date   | Terms       | Amount
        INV-1      | ACME        | 2026-01-01   | 2026-01-31 | Net 30      | 77.00
        INV-2      | ACME        | 2026-01-02   | 2026-02-01 | 2/10 Net 30 | 100.00
        INV-3      | ACME        | 2026-01-03   | 2026-02-02 | 2/10 Net 30 | 200.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-01-10   | ACME        | 294.00
    """)
    assert applications(change) == lines("""
        R-1 | INV-2 | 98.00  | 2.00 | 0.00 | 4 subset
        R-1 | INV-3 | 196.00 | 4.00 | 0.00 | 4 subset
    """)


# Rule 5: oldest first, and what is left


def test_oldest_due_date_first_then_invoice_date_then_number() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount
        INV-10     | ACME        | 2026-01-02   | 2026-02-01 | 10.00
        INV-9      | ACME        | 2026-01-02   | 2026-02-01 | 20.00
        INV-3      | ACME        | 2026-01-01   | 2026-02-01 | 40.00
        INV-1      | ACME        | 2026-01-01   | 2026-02-02 | 80.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-01-20   | ACME        | 145.00
    """)
    paid_in_order = [row.split(" | ")[1:3] for row in applications(change)]
    assert paid_in_order == [
        ["INV-3", "40.00"], ["INV-9", "20.00"], ["INV-10", "10.00"], ["INV-1", "75.00"]
    ]  # fmt: skip


def test_what_is_left_stays_unapplied() -> None:
    change = receipt_of("400.00")
    assert unapplied(change) == ["R-1 | 50.00 | Part applied"]
    assert change.totals["received"] == {"USD": 40000}
    assert change.totals["applied"] == {"USD": 35000}
    assert change.totals["unapplied"] == {"USD": 5000}


def test_disputed_amounts_are_skipped_by_rules_2_to_5_and_a_reference_pays_them() -> None:
    disputed = """
        Disputes
        Invoice No | Amount | Opened     | Closed
        INV-9      | 40.00  | 2026-01-20 |
        INV-7      | 40.00  | 2026-01-20 | 2026-01-25
    """
    plain = paid(TWO_INVOICES + disputed + ONE_RECEIPT.format(amount="340.00", names=""))
    assert applications(plain) == lines("""
        R-1 | INV-7 | 100.00 | 0.00 | 0.00 | 5 oldest first
        R-1 | INV-9 | 210.00 | 0.00 | 0.00 | 5 oldest first
    """)
    named = paid(TWO_INVOICES + disputed + ONE_RECEIPT.format(amount="250.00", names="INV-9"))
    assert applications(named) == ["R-1 | INV-9 | 250.00 | 0.00 | 0.00 | 1 reference"]


@pytest.mark.parametrize(("fees_paid", "first"), [("last", "INV-1"), ("first", "LF-1")])
def test_late_fees_are_paid_last_unless_the_policy_says_first(fees_paid: str, first: str) -> None:
    change = paid(
        """
        Invoices (posted)
        Invoice No | Type     | Customer ID | Invoice Date | Due Date   | Amount
        LF-1       | Late Fee | ACME        | 2026-01-01   | 2026-01-01 | 60.00
        INV-1      | Invoice  | ACME        | 2026-01-10   | 2026-02-09 | 70.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-02-01   | ACME        | 50.00
        """,
        policy(fees_paid=fees_paid),
    )
    assert applications(change) == [f"R-1 | {first} | 50.00 | 0.00 | 0.00 | 5 oldest first"]


def test_the_rules_of_the_settings_run_and_no_others() -> None:
    change = receipt_of("250.00", "INV-9", policy(allocation_rules="5"))
    assert applications(change) == lines("""
        R-1 | INV-7 | 100.00 | 0.00 | 0.00 | 5 oldest first
        R-1 | INV-9 | 150.00 | 0.00 | 0.00 | 5 oldest first
    """)
    assert applications(receipt_of("30.00", "", policy(allocation_rules="2,3"))) == []


def test_receipts_go_in_the_order_of_date_then_number() -> None:
    change = paid(
        TWO_INVOICES
        + """
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-3        | 2026-01-21   | ACME        | 70.00
        R-10       | 2026-01-20   | ACME        | 20.00
        R-9        | 2026-01-20   | ACME        | 25.00
    """
    )
    rows = frame_text(change.appends["Applications"], "Application No", "Source No", "Amount")
    assert rows == lines("""
        A-000001 | R-9  | 25.00
        A-000002 | R-10 | 20.00
        A-000003 | R-3  | 55.00
        A-000004 | R-3  | 15.00
    """)


def test_a_receipt_never_pays_an_item_of_another_currency() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Currency | Amount
        INV-1      | ACME        | 2026-01-05   | EUR      | 100.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Currency | Amount
        R-1        | 2026-02-01   | ACME        | USD      | 100.00
    """)
    assert applications(change) == []

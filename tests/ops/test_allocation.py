"""Allocation of receipts, sentence by sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ar_xl.core.ledger import Change, Request
from ar_xl.core.policy import Policy
from ar_xl.ops.post_payments import post_payments
from tests.ledger_text import frame_text, ledger, lines, policy

AS_OF = Request(date(2026, 3, 31), "tester")
TWO_INVOICES = """
    Invoices (posted)
    Invoice No | Customer ID | Invoice Date | Due Date   | Amount
    INV-7      | ACME        | 2026-01-05   | 2026-02-04 | 100.00
    INV-9      | ACME        | 2026-01-10   | 2026-02-09 | 250.00
"""
ONE_RECEIPT = """
    Receipts
    Receipt No | Receipt Date | Customer ID | Amount | Remittance
    R-1        | 2026-02-01   | ACME        | {amount} | {names}
"""


def paid(text: str, rules: Policy | None = None) -> Change:
    return post_payments(ledger(text, rules), AS_OF)


def receipt_of(amount: str, names: str = "", rules: Policy | None = None) -> Change:
    return paid(TWO_INVOICES + ONE_RECEIPT.format(amount=amount, names=names), rules)


def applications(change: Change) -> list[str]:
    if "Applications" not in change.appends:
        return []
    return frame_text(
        change.appends["Applications"], "Source No", "Invoice No", "Amount", "Discount",
        "Difference", "Rule",
    )  # fmt: skip


def unapplied(change: Change) -> list[str]:
    return frame_text(change.posts["Receipts"], "Receipt No", "Unapplied", "Status")


def codes(change: Change) -> list[str]:
    return [finding.code.name for finding in change.findings]


# Rule 1: references


def test_a_reference_pays_the_invoice_it_names_before_older_ones() -> None:
    change = receipt_of("250.00", "INV-9")
    assert applications(change) == ["R-1 | INV-9 | 250.00 | 0.00 | 0.00 | 1 reference"]


def test_a_reference_with_an_amount_pays_that_much() -> None:
    change = receipt_of("220.00", "INV-7; INV-9 120.00")
    assert applications(change) == lines("""
        R-1 | INV-7 | 100.00 | 0.00 | 0.00 | 1 reference
        R-1 | INV-9 | 120.00 | 0.00 | 0.00 | 1 reference
    """)
    assert unapplied(change) == ["R-1 | 0.00 | Applied"]


def test_references_without_amounts_are_paid_oldest_first_however_they_are_listed() -> None:
    change = receipt_of("150.00", "INV-9; INV-7")
    assert applications(change) == lines("""
        R-1 | INV-7 | 100.00 | 0.00 | 0.00 | 1 reference
        R-1 | INV-9 | 50.00  | 0.00 | 0.00 | 1 reference
    """)


@pytest.mark.parametrize("names", ["INV-7 100.01", "INV-7 60; INV-7 60"])
def test_a_reference_above_what_is_open_is_refused(names: str) -> None:
    change = receipt_of("120.00", names)
    assert codes(change) == ["reference_above_open"]
    assert change.findings[0].is_error
    assert "of which 100.00 is open" in change.findings[0].seen
    assert change.is_empty


def test_a_refused_receipt_leaves_its_money_to_nobody_and_the_others_are_posted() -> None:
    change = paid(TWO_INVOICES + """
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 500.00 | INV-7 500.00
        R-2        | 2026-02-02   | ACME        | 100.00 |
    """)
    assert applications(change) == ["R-2 | INV-7 | 100.00 | 0.00 | 0.00 | 2 equal item"]
    assert change.posts["Receipts"].row.tolist() == [3]


def test_an_unknown_reference_leaves_that_part_unapplied() -> None:
    change = receipt_of("150.00", "INV-7; INV-777 50.00")
    assert applications(change) == ["R-1 | INV-7 | 100.00 | 0.00 | 0.00 | 1 reference"]
    assert unapplied(change) == ["R-1 | 50.00 | Part applied"]
    assert codes(change) == ["reference_unknown"]


def test_a_reference_to_another_customers_invoice_stays_unapplied() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | OTHER       | 2026-01-05   | 100.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 100.00 | INV-1
    """)
    assert applications(change) == []
    assert unapplied(change) == ["R-1 | 100.00 | Unapplied"]
    assert codes(change) == ["reference_of_another_customer"]


def test_a_parent_may_pay_the_invoice_of_a_customer_it_pays_for() -> None:
    change = paid("""
        Customers
        Customer ID | Parent ID
        BRANCH      | ACME

        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | BRANCH      | 2026-01-05   | 100.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 100.00 | INV-1
    """)
    assert applications(change) == ["R-1 | INV-1 | 100.00 | 0.00 | 0.00 | 1 reference"]


def test_a_reference_in_another_currency_refuses_the_receipt() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Currency | Amount
        INV-1      | ACME        | 2026-01-05   | EUR      | 100.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Currency | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | USD      | 100.00 | INV-1
    """)
    assert change.is_empty
    assert codes(change) == ["reference_in_another_currency"]


def test_a_reference_to_a_draft_stays_unapplied() -> None:
    change = paid("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | ACME        | 2026-01-05   | 100.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 100.00 | INV-1
    """)
    assert unapplied(change) == ["R-1 | 100.00 | Unapplied"]
    assert codes(change) == ["reference_to_a_draft"]


def test_a_reference_to_an_invoice_posted_after_the_as_of_date_stays_unapplied() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | ACME        | 2026-04-05   | 100.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 100.00 | INV-1
    """)
    assert codes(change) == ["reference_to_a_draft"]
    assert applications(change) == []


def test_a_reference_to_a_settled_invoice_stays_unapplied() -> None:
    change = paid(TWO_INVOICES + """
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 100.00 | INV-7
        R-2        | 2026-02-02   | ACME        | 100.00 | INV-7
    """)
    assert applications(change) == ["R-1 | INV-7 | 100.00 | 0.00 | 0.00 | 1 reference"]
    assert unapplied(change) == lines("""
        R-1 | 0.00   | Applied
        R-2 | 100.00 | Unapplied
    """)
    assert codes(change) == ["reference_to_a_settled_document"]


def test_a_reference_to_a_credit_memo_is_said_and_pays_nothing() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Type        | Customer ID | Invoice Date | Amount
        INV-7      | Invoice     | ACME        | 2026-01-05   | 100.00
        CM-1       | Credit Memo | ACME        | 2026-01-06   | 20.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 80.00  | INV-7; CM-1
    """)
    assert applications(change) == ["R-1 | INV-7 | 80.00 | 0.00 | 0.00 | 1 reference"]
    assert codes(change) == ["reference_to_a_credit_memo"]


def test_a_receipt_with_references_goes_through_no_other_rule() -> None:
    change = receipt_of("350.00", "INV-7")
    assert applications(change) == ["R-1 | INV-7 | 100.00 | 0.00 | 0.00 | 1 reference"]
    assert unapplied(change) == ["R-1 | 250.00 | Part applied"]


def test_references_that_add_up_to_more_than_the_receipt_are_said() -> None:
    change = receipt_of("120.00", "INV-7 80.00; INV-9 60.00")
    assert applications(change) == lines("""
        R-1 | INV-7 | 80.00 | 0.00 | 0.00 | 1 reference
        R-1 | INV-9 | 40.00 | 0.00 | 0.00 | 1 reference
    """)
    assert codes(change) == ["references_above_receipt"]
    assert change.findings[0].seen == "references to 140.00 on a receipt of 120.00"


def test_a_reference_with_more_decimals_than_the_currency_is_refused() -> None:
    change = receipt_of("120.00", "INV-7 80.005")
    assert codes(change) == ["reference_amount_digits"]
    assert change.is_empty


def test_a_reference_pays_the_oldest_instalment_first() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount
        INV-1      | ACME        | 2026-01-05   | 2026-03-05 | 300.00

        Instalments (posted)
        Invoice No | Line | Due Date   | Amount | Posting Date
        INV-1      | 1    | 2026-02-05 | 100.00 | 2026-01-05
        INV-1      | 2    | 2026-03-05 | 200.00 | 2026-01-05

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 150.00 | INV-1
    """)
    rows = frame_text(change.appends["Applications"], "Invoice No", "Line", "Amount")
    assert rows == ["INV-1 | 1 | 100.00", "INV-1 | 2 | 50.00"]


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
    change = paid(TWO_INVOICES + """
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-01-20   | ACME        | 30.00
        R-2        | 2026-02-20   | ACME        | 100.00
    """)
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
    change = paid(TWO_INVOICES + """
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-3        | 2026-01-21   | ACME        | 70.00
        R-10       | 2026-01-20   | ACME        | 20.00
        R-9        | 2026-01-20   | ACME        | 25.00
    """)
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


# Tolerance


def test_a_small_underpayment_closes_the_item_and_is_booked_as_a_difference() -> None:
    change = receipt_of("99.50", "INV-7", policy(under_tolerance="0.50"))
    assert applications(change) == ["R-1 | INV-7 | 99.50 | 0.00 | 0.50 | 1 reference"]
    reason = frame_text(change.appends["Applications"], "Reason", "Discount Tax")
    assert reason == ["underpayment within tolerance | 0.00"]


def test_underpayment_is_judged_item_by_item() -> None:
    change = receipt_of("349.00", "INV-7; INV-9", policy(under_tolerance="1.00"))
    assert applications(change) == lines("""
        R-1 | INV-7 | 100.00 | 0.00 | 0.00 | 1 reference
        R-1 | INV-9 | 249.00 | 0.00 | 1.00 | 1 reference
    """)


def test_a_small_overpayment_is_taken_once_per_receipt() -> None:
    change = receipt_of("350.40", "INV-7; INV-9", policy(over_tolerance="0.50"))
    assert applications(change) == lines("""
        R-1 | INV-7 | 100.00 | 0.00 | 0.00  | 1 reference
        R-1 | INV-9 | 250.40 | 0.00 | -0.40 | 1 reference
    """)
    assert unapplied(change) == ["R-1 | 0.00 | Applied"]


@pytest.mark.parametrize(
    ("absolute", "percent", "closed"),
    [("5.00", "", True), ("", "1", True), ("5.00", "1", True), ("0.50", "1", False),
     ("5.00", "0.5", False), ("", "", False)],
)  # fmt: skip
def test_a_difference_is_at_most_the_smaller_of_amount_and_percent_and_blank_does_not_limit(
    absolute: str, percent: str, closed: bool
) -> None:
    rules = policy(under_tolerance=absolute, tolerance_percent=percent)
    difference = "1.00" if closed else "0.00"
    assert applications(receipt_of("99.00", "INV-7", rules)) == [
        f"R-1 | INV-7 | 99.00 | 0.00 | {difference} | 1 reference"
    ]


def test_the_tolerance_of_a_foreign_item_is_converted_at_the_rate() -> None:
    rules = policy(under_tolerance="100")
    text = """
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Currency | Amount
        INV-1      | ACME        | 2026-01-05   | EUR      | 1000.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Currency | Amount
        R-1        | 2026-02-01   | ACME        | EUR      | {0}
    """
    books = ledger(text.format("920.00"), rules)
    rates = ledger("""
        Rates
        Currency | Date       | Rate
        EUR      | 2026-01-01 | 1.25
    """).posted("Rates")
    books = replace(books, policy=replace(rules, rates=rates))
    assert applications(post_payments(books, AS_OF)) == [
        "R-1 | INV-1 | 920.00 | 0.00 | 80.00 | 5 oldest first"
    ]


# Dates


def test_an_application_is_dated_the_later_of_the_posting_dates() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | ACME        | 2026-02-10   | 100.00
        INV-2      | ACME        | 2026-01-10   | 50.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 150.00 | INV-1; INV-2
    """)
    rows = frame_text(change.appends["Applications"], "Invoice No", "Date", "Posting Date")
    assert sorted(rows) == lines("""
        INV-1 | 2026-02-10 | 2026-02-10
        INV-2 | 2026-02-01 | 2026-02-01
    """)


def test_a_receipt_of_a_closed_month_is_posted_on_the_first_open_day_and_says_so() -> None:
    change = paid(TWO_INVOICES + """
        Periods
        Period  | Closed At
        2026-01 | 2026-02-05

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-01-20   | ACME        | 100.00
    """)
    rows = frame_text(change.posts["Receipts"], "Receipt Date", "Posting Date")
    assert rows == ["2026-01-20 | 2026-02-01"]
    assert frame_text(change.appends["Applications"], "Date") == ["2026-02-01"]
    assert codes(change) == ["posted_in_first_open_period"]


def test_a_receipt_after_the_as_of_date_stays_a_draft_and_is_said() -> None:
    change = paid(TWO_INVOICES + """
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-04-01   | ACME        | 100.00
    """)
    assert change.is_empty
    assert codes(change) == ["dated_after_as_of"]


def test_a_receipt_posted_for_a_past_date_never_pays_what_was_settled_since() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | ACME        | 2026-01-05   | 100.00

        Receipts (posted)
        Receipt No | Receipt Date | Customer ID | Amount
        R-0        | 2026-04-15   | ACME        | 60.00

        Applications (posted)
        Application No | Date       | Source Type | Source No | Invoice No | Amount
        A-000007       | 2026-04-15 | Receipt     | R-0       | INV-1      | 60.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-02-01   | ACME        | 100.00
    """)
    rows = frame_text(change.appends["Applications"], "Application No", "Invoice No", "Amount")
    assert rows == ["A-000008 | INV-1 | 40.00"]

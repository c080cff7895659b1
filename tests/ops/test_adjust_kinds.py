"""Write-offs, waivers, credits applied and unapplied, refunds, single documents reversed."""

from __future__ import annotations

import pytest

from ar_xl.core.findings import Refusal
from tests.ledger_text import lines
from tests.ops.adjusting_books import office
from tests.ops.clerk import Clerk


def books() -> Clerk:
    """INV-1 of 100.00, INV-2 of 60.00, a credit memo of 30.00 and a receipt of 50.00, all open."""
    clerk = office().rules(allocation_rules="1")
    clerk.types(
        """
        Invoices
        Invoice No | Type        | Customer ID | Invoice Date | Amount | Terms
        INV-1      |             | ACME        | 2026-01-05   | 100.00 | Net 30
        INV-2      |             | ACME        | 2026-01-06   | 60.00  | Net 30
        CM-1       | Credit Memo | ACME        | 2026-01-07   | 30.00  |

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Method
        R-1        | 2026-01-10   | ACME        | 50.00  | Wire
        """
    )
    clerk.posts()
    return clerk


def adjusted(clerk: Clerk, *rows: str, head: str = "Document No | Amount | Apply To") -> list[str]:
    """Type adjustments of 20 January, a day later each, and post them; what was found."""
    typed = "\n".join(
        f"2026-01-{20 + i} | {kind} | {rest} | asked for"
        for i, (kind, _, rest) in enumerate(row.partition(" | ") for row in rows)
    )
    return clerk.types(f"Adjustments\nDate | Kind | {head} | Reason\n{typed}").adjusts()


def open_on(clerk: Clerk, day: str = "2026-12-31") -> dict[str, str]:
    """What is open of each document, credits negative."""
    assert clerk.holds()
    return clerk.open(day)


EVERYTHING = {"INV-1": "100.00", "INV-2": "60.00", "CM-1": "-30.00", "R-1": "-50.00"}


def test_a_write_off_goes_against_the_allowance() -> None:
    clerk = books()
    assert adjusted(clerk, "Write-off | INV-1 | 40.00 |") == []
    assert open_on(clerk) == {**EVERYTHING, "INV-1": "60.00"}
    assert clerk.booked() == lines(
        """
        2026-01-20 | 1200 | Cr 40.00
        2026-01-20 | 1290 | Dr 40.00
        """
    )


def test_no_more_is_written_off_than_is_open() -> None:
    clerk = books()
    assert adjusted(clerk, "Write-off | INV-1 | 100.01 |") == [
        "adjustment_above_open: USD 100.01 for INV-1, of which USD 100.00 is open"
    ]


def test_what_was_written_off_is_recovered_and_then_paid() -> None:
    clerk = books()
    adjusted(clerk, "Write-off | INV-1 | 100.00 |")
    assert adjusted(clerk, "Recovery | INV-1 | 25.00 |") == []
    assert open_on(clerk) == {**EVERYTHING, "INV-1": "25.00"}
    assert clerk.booked() == lines(
        """
        2026-01-20 | 1200 | Dr 25.00
        2026-01-20 | 1290 | Cr 25.00
        """
    )
    assert adjusted(clerk, "Apply | R-1 | | INV-1") == []
    assert open_on(clerk) == {"INV-2": "60.00", "CM-1": "-30.00", "R-1": "-25.00"}


def test_no_more_is_recovered_than_was_written_off() -> None:
    clerk = books()
    adjusted(clerk, "Write-off | INV-1 | 10.00 |", "Write-off | INV-1 | 5.00 |")
    assert adjusted(clerk, "Recovery | INV-1 | 12.00 |") == []
    assert adjusted(clerk, "Recovery | INV-1 | 3.01 |") == [
        "adjustment_above_open: USD 3.01 for INV-1, of which USD 3.00 is written off"
    ]


def test_a_write_off_and_its_recovery_may_be_typed_together() -> None:
    clerk = books()
    assert adjusted(clerk, "Write-off | INV-1 | 10.00 |", "Recovery | INV-1 | 10.00 |") == []
    assert open_on(clerk) == EVERYTHING
    assert open_on(clerk, "2026-01-20")["INV-1"] == "90.00"


def test_a_credit_is_applied_as_far_as_it_goes() -> None:
    clerk = books()
    assert adjusted(clerk, "Apply | CM-1 | | INV-2", "Apply | R-1 | 20.00 | INV-2") == []
    assert open_on(clerk) == {"INV-1": "100.00", "INV-2": "10.00", "R-1": "-30.00"}
    assert clerk.booked() == []


def test_a_credit_applied_is_dated_as_typed_but_not_before_either_document() -> None:
    clerk = books()
    clerk.types(
        """
        Adjustments
        Date       | Kind  | Document No | Apply To | Amount | Reason
        2026-01-02 | Apply | R-1         | INV-1    | 1.00   | asked
        2026-01-31 | Apply | R-1         | INV-1    | 2.00   | asked
        """
    ).adjusts()
    assert clerk.column("Applications", "Date") == ["2026-01-10", "2026-01-31"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("R-1 | 50.01 | INV-1", "USD 50.01 for R-1, of which USD 50.00 is not applied yet"),
        ("CM-1 | 30.01 | INV-1", "USD 30.01 for CM-1, of which USD 30.00 is not applied yet"),
    ],
)
def test_no_more_is_applied_than_is_left(row: str, said: str) -> None:
    assert adjusted(books(), f"Apply | {row}") == [f"adjustment_above_open: {said}"]


def test_two_rows_may_not_apply_the_same_money() -> None:
    clerk = books()
    assert adjusted(clerk, "Apply | R-1 | 50.00 | INV-1", "Apply | R-1 | 1.00 | INV-2") == [
        "adjustment_above_open: USD 1.00 for R-1, of which USD 0.00 is not applied yet"
    ]


def test_an_invoice_pays_nothing() -> None:
    assert adjusted(books(), "Apply | INV-2 | | INV-1") == [
        "adjusted_document_of_another_kind: `INV-2` is an Invoice"
    ]


def test_unapplied_money_is_there_again_from_that_day_on() -> None:
    clerk = books()
    adjusted(clerk, "Apply | R-1 | | INV-1")
    assert adjusted(clerk, "Unapply | | | | A-000001", head=HEAD_NUMBER) == []
    assert open_on(clerk) == EVERYTHING
    assert open_on(clerk, "2026-01-19") == EVERYTHING


HEAD_NUMBER = "Document No | Amount | Apply To | Application No"


def test_all_that_a_receipt_paid_is_unapplied_by_its_number_and_reapplied() -> None:
    clerk = books()
    adjusted(clerk, "Apply | R-1 | 10.00 | INV-1", "Apply | R-1 | 40.00 | INV-2")
    assert adjusted(clerk, "Unapply | R-1 | |", "Apply | R-1 | 50.00 | INV-1") == []
    assert open_on(clerk) == {"INV-1": "50.00", "INV-2": "60.00", "CM-1": "-30.00"}


def test_unapplying_restores_the_discount_too() -> None:
    clerk = office()
    clerk.types(
        """
        Invoices
        Invoice No | Customer ID | Invoice Date | Amount | Tax   | Terms
        INV-1      | ACME        | 2026-01-05   | 110.00 | 10.00 | 2/10 Net 30

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Method
        R-1        | 2026-01-10   | ACME        | 107.80 | Wire
        """
    )
    clerk.posts()
    assert open_on(clerk) == {}
    assert adjusted(clerk, "Unapply | INV-1 | |") == []
    assert open_on(clerk) == {"INV-1": "110.00", "R-1": "-107.80"}
    assert clerk.booked() == lines(
        """
        2026-01-20 | 1200 | Dr 2.20
        2026-01-20 | 2200 | Cr 0.20
        2026-01-20 | 4900 | Cr 2.00
        """
    )


def test_a_write_off_is_taken_back_by_a_recovery_and_not_unapplied() -> None:
    clerk = books()
    adjusted(clerk, "Write-off | INV-1 | 40.00 |")
    found = adjusted(clerk, "Unapply | | | | A-000001", head=HEAD_NUMBER)
    assert found == ["application_of_an_adjustment: A-000001 of ADJ-000001 to INV-1"]


def test_a_refund_pays_the_customers_credits_oldest_first() -> None:
    clerk = books()
    found = adjusted(clerk, "Refund | ACME | 45.00", head="Customer ID | Amount")
    assert found == ["refund_while_customer_owes: ACME owes USD 160.00"]
    assert open_on(clerk) == {"INV-1": "100.00", "INV-2": "60.00", "R-1": "-35.00"}
    assert clerk.booked() == lines(
        """
        2026-01-20 | 1000 | Cr 45.00
        2026-01-20 | 1200 | Dr 45.00
        """
    )


def test_a_refund_is_never_above_the_credit() -> None:
    clerk = books()
    assert adjusted(clerk, "Refund | ACME | 80.01", head="Customer ID | Amount") == [
        "refund_above_credit: USD 80.01 of ACME, whose credit is USD 80.00"
    ]


def test_a_refund_of_a_customer_without_credit_is_refused() -> None:
    clerk = books()
    assert adjusted(clerk, "Refund | BOLT | 1.00", head="Customer ID | Amount") == [
        "refund_above_credit: USD 1.00 of BOLT, whose credit is USD 0.00"
    ]


def test_a_reversed_refund_opens_the_credit_again() -> None:
    clerk = books()
    adjusted(clerk, "Refund | R-1 | 50.00 |")
    assert adjusted(clerk, "Reverse | RF-000001 | |") == []
    assert open_on(clerk) == EVERYTHING
    assert clerk.booked() == lines(
        """
        2026-01-20 | 1000 | Dr 50.00
        2026-01-20 | 1200 | Cr 50.00
        """
    )


def test_a_reversed_receipt_opens_what_it_paid() -> None:
    clerk = books()
    adjusted(clerk, "Apply | R-1 | | INV-1")
    assert adjusted(clerk, "Reverse | R-1 | |") == []
    assert open_on(clerk) == {"INV-1": "100.00", "INV-2": "60.00", "CM-1": "-30.00"}


def test_a_reversed_invoice_is_gone_and_its_number_free() -> None:
    clerk = books()
    assert adjusted(clerk, "Reverse | INV-1 | |") == []
    assert open_on(clerk) == {"INV-2": "60.00", "CM-1": "-30.00", "R-1": "-50.00"}
    assert open_on(clerk, "2026-01-19") == EVERYTHING
    clerk.types(
        """
        Invoices
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount
        INV-1      | BOLT        | 2026-02-01   | 2026-02-01 | 7.00
        """
    )
    assert clerk.findings() == []
    again = clerk.posts()
    assert open_on(clerk)["INV-1"] == "7.00"
    with pytest.raises(Refusal, match=again):
        clerk.undoes("B-000003")


def test_what_depends_on_a_document_is_named_and_keeps_it() -> None:
    clerk = books()
    adjusted(clerk, "Apply | R-1 | | INV-1")
    assert adjusted(clerk, "Reverse | INV-1 | |") == [
        "reversed_document_is_depended_on: `INV-1`, used by Receipt R-1 (batch B-000003)"
    ]


def test_a_refunded_receipt_is_not_reversed_but_may_bounce() -> None:
    clerk = books()
    adjusted(clerk, "Refund | R-1 | 50.00 |")
    assert adjusted(clerk, "Reverse | R-1 | |") == [
        "reversed_document_is_depended_on: `R-1`, used by refund RF-000001 (batch B-000003)"
    ]
    clerk.drops("Adjustments")
    assert adjusted(clerk, "Bounced | R-1 | |") == []
    assert open_on(clerk) == {
        "INV-1": "100.00", "INV-2": "60.00", "CM-1": "-30.00", "RF-000001": "50.00"
    }  # fmt: skip


def test_an_adjustment_is_reversed_by_its_number() -> None:
    clerk = books()
    adjusted(clerk, "Write-off | INV-1 | 40.00 |")
    assert adjusted(clerk, "Reverse | ADJ-000001 | |") == []
    assert open_on(clerk) == EVERYTHING
    assert sorted(clerk.column("Adjustments", "Status")) == ["Posted", "Reversed", "Reversed"]


def test_a_late_fee_is_waived() -> None:
    clerk = books()
    clerk.types(
        """
        Invoices
        Invoice No | Type     | Customer ID | Invoice Date | Amount
        LF-1       | Late Fee | ACME        | 2026-01-15   | 9.00
        """
    )
    clerk.posts()
    assert adjusted(clerk, "Fee Waiver | LF-1 | 4.00 |") == []
    assert open_on(clerk)["LF-1"] == "5.00"
    assert clerk.booked() == lines(
        """
        2026-01-20 | 1200 | Cr 4.00
        2026-01-20 | 4950 | Dr 4.00
        """
    )
    assert adjusted(clerk, "Fee Waiver | INV-1 | 4.00 |") == [
        "adjusted_document_of_another_kind: `INV-1` is an Invoice"
    ]


def test_a_waiver_without_an_amount_takes_back_all_that_is_open_of_the_fee() -> None:
    clerk = books()
    clerk.types(
        """
        Invoices
        Invoice No | Type     | Customer ID | Invoice Date | Amount
        LF-1       | Late Fee | ACME        | 2026-01-15   | 9.00
        """
    )
    clerk.posts()
    assert adjusted(clerk, "Fee Waiver | LF-1 | 4.00 |") == []
    assert adjusted(clerk, "Fee Waiver | LF-1 | |") == []
    assert "LF-1" not in open_on(clerk)
    assert adjusted(clerk, "Fee Waiver | LF-1 | |") == [
        "adjustment_above_open: nothing of LF-1 is open"
    ]


def test_special_discounts_in_a_row_are_posted_with_the_rest() -> None:
    clerk = books()
    found = clerk.types(
        """
        Adjustments
        Date       | Kind             | Document No | Percent | Amount | Reason | Approved By
        2026-01-20 | Special Discount | INV-1       | 10      |        | loyal  | Bea
        2026-01-21 | Special Discount | INV-1       | 5       |        | loyal  | Bea
        2026-01-22 | Write-off        | INV-1       |         | 5.00   | gone   |
        """
    ).adjusts()
    assert found == []
    assert open_on(clerk)["INV-1"] == "80.50"


@pytest.mark.parametrize(
    "rows",
    [
        ["Write-off | INV-1 | 40.00 |"],
        ["Apply | R-1 | | INV-1", "Apply | CM-1 | 10.00 | INV-2"],
        ["Refund | R-1 | 50.00 |"],
        ["Reverse | INV-1 | |", "Reverse | CM-1 | |"],
        ["Bounced | R-1 | |"],
    ],
)
def test_undoing_adjustments_restores_every_balance(rows: list[str]) -> None:
    clerk = books()
    found = adjusted(clerk, *rows)
    assert not [each for each in found if "above" in each]
    clerk.undoes(clerk.last())
    assert open_on(clerk) == EVERYTHING


def test_a_write_off_is_recovered_in_several_rows_of_one_run() -> None:
    clerk = books()
    adjusted(clerk, "Write-off | INV-1 | 40.00 |")
    assert adjusted(clerk, "Recovery | INV-1 | 10.00 |", "Recovery | INV-1 | 5.00 |") == []
    assert open_on(clerk)["INV-1"] == "75.00"
    assert clerk.last() == "B-000005"


def test_what_is_recovered_in_part_has_its_share_of_the_base_currency() -> None:
    clerk = office()
    clerk.types(
        """
        Invoices
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount | Currency
        INV-1      | EURO        | 2026-01-05   | 2026-02-05 | 100.00 | EUR
        """
    )
    clerk.posts()
    adjusted(clerk, "Write-off | INV-1 | 100.00 |")
    assert adjusted(clerk, "Recovery | INV-1 | 10.00 |") == []
    assert clerk.carried() == 1100
    clerk.undoes(clerk.last())
    assert clerk.carried() == 0
    assert clerk.holds()

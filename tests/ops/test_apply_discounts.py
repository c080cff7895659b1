"""Discounts granted after the fact, and special discounts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.policy import Policy
from ar_xl.ops.apply_discounts import apply_discounts
from ar_xl.ops.open_items import open_items
from ar_xl.ops.special_discounts import special_discounts
from tests.ledger_text import frame_text, ledger, lines, policy

AS_OF = Request(date(2026, 2, 28), "tester")


def books(*payments: str, more: str = "", rules: Policy | None = None) -> Ledger:
    """INV-1 of 100.00, 2 % until 2026-01-11, and receipts applied to it as typed."""
    received = "\n".join(
        f"R-{at} | ACME | {payment}" for at, payment in enumerate(payments, start=1)
    )
    applied = "\n".join(
        f"A-{at:06} | 2026-02-01 | Receipt | R-{at} | INV-1 | {payment.split('|')[1]}"
        for at, payment in enumerate(payments, start=1)
    )
    return ledger(
        f"""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Due Date   | Terms       | Amount | Tax
        INV-1      | ACME        | 2026-01-01   | 2026-01-31 | 2/10 Net 30 | 100.00 | 10.00

        Receipts (posted)
        Receipt No | Customer ID | Receipt Date | Amount
        {received}

        Applications (posted)
        Application No | Date | Source Type | Source No | Invoice No | Amount
        {applied}

        {more}
        """,
        rules,
    )


def rows(change: Change) -> list[str]:
    if "Applications" not in change.appends:
        return []
    return frame_text(
        change.appends["Applications"], "Application No", "Source No", "Amount", "Discount",
        "Discount Tax", "Source Amount", "Date",
    )  # fmt: skip


def test_a_receipt_of_the_window_that_was_applied_by_hand_later_earns_its_discount() -> None:
    change = apply_discounts(books("2026-01-11 | 98.00"), AS_OF)
    assert rows(change) == ["A-000002 | R-1 | 0.00 | 2.00 | 0.20 | 0.00 | 2026-02-28"]
    assert change.totals["discount"] == {"USD": 200}
    reason = frame_text(change.appends["Applications"], "Rule", "Reason")
    assert reason == ["discount earned | discount by 2/10 Net 30, paid 2026-01-11"]


def test_a_second_run_grants_nothing() -> None:
    before = books("2026-01-11 | 98.00")
    after = before.after(apply_discounts(before, AS_OF))
    assert open_items(after, AS_OF.as_of).open.tolist() == [0]
    assert apply_discounts(after, AS_OF).is_empty


def test_no_more_is_granted_than_is_open() -> None:
    assert rows(apply_discounts(books("2026-01-11 | 99.50"), AS_OF)) == [
        "A-000002 | R-1 | 0.00 | 0.50 | 0.05 | 0.00 | 2026-02-28"
    ]


@pytest.mark.parametrize(
    "payments",
    [("2026-01-12 | 98.00",), ("2026-01-11 | 97.99",), ("2026-01-11 | 50.00", "2026-01-12 | 48.00"),
     ("2026-01-11 | 100.00",)],
)  # fmt: skip
def test_late_short_and_full_payments_earn_nothing(payments: tuple[str, ...]) -> None:
    assert apply_discounts(books(*payments), AS_OF).is_empty


def test_two_receipts_of_the_window_that_close_the_item_together_earn_it_once() -> None:
    change = apply_discounts(books("2026-01-05 | 50.00", "2026-01-11 | 48.00"), AS_OF)
    assert rows(change) == ["A-000003 | R-2 | 0.00 | 2.00 | 0.20 | 0.00 | 2026-02-28"]


def test_with_partial_discount_each_receipt_of_the_window_earns_its_share() -> None:
    before = books("2026-01-05 | 49.00", "2026-01-12 | 20.00", rules=policy(partial_discount="yes"))
    change = apply_discounts(before, AS_OF)
    assert rows(change) == ["A-000003 | R-1 | 0.00 | 1.00 | 0.10 | 0.00 | 2026-02-28"]
    assert apply_discounts(before.after(change), AS_OF).is_empty


def test_a_bounced_receipt_earns_nothing() -> None:
    before = books("2026-01-11 | 98.00", "2026-01-10 | 1.00")
    bounced = ledger("""
        Applications (posted)
        Application No | Date       | Source Type | Source No | Invoice No | Amount | Reverses | Batch
        A-000001       | 2026-02-10 | Receipt     | R-1       | INV-1      | -98.00 | B-000001 | B-000002
    """).posted("Applications")  # noqa: E501
    after = before.after(Change(appends={"Applications": bounced}))
    assert apply_discounts(after, AS_OF).is_empty


def test_a_grant_is_dated_by_the_first_open_day() -> None:
    before = books("2026-01-11 | 98.00", more="""
        Periods
        Period  | Closed At
        2026-02 | 2026-03-05
    """)  # fmt: skip
    assert rows(apply_discounts(before, AS_OF))[0].endswith("2026-03-01")


# Special discounts

SPECIAL = """
        Adjustments
        Adjustment No | Date | Kind | Document No | Amount | Percent | Reason | Requested By | Approved By
        {0}
"""  # noqa: E501


def special(*asked: str) -> Change:
    drafts = SPECIAL.format("\n".join(asked))
    return apply_discounts(books("2026-02-01 | 1.00", more=drafts), AS_OF)


def test_special_discounts_in_a_row_multiply_each_rounded() -> None:
    assert special_discounts(100_00, [Decimal(10), Decimal(5)]) == [10_00, 4_50]
    assert special_discounts(9_99, [Decimal(5), Decimal(5)]) == [50, 47]


def test_approved_special_discounts_are_posted_on_the_base_less_the_earlier_ones() -> None:
    change = special(
        "| 2026-02-03 | Special Discount | INV-1 | | 10 | loyal | ann | bob",
        "| 2026-02-04 | Special Discount | INV-1 | | 5  | late truck | ann | bob",
    )
    assert rows(change) == lines("""
        A-000002 | ADJ-000001 | 0.00 | 10.00 | 1.00 | 10.00 | 2026-02-03
        A-000003 | ADJ-000002 | 0.00 | 4.50  | 0.45 | 4.50  | 2026-02-04
    """)
    posted = frame_text(
        change.posts["Adjustments"], "Adjustment No", "Amount", "Status", "Posting Date"
    )
    assert posted == lines("""
        ADJ-000001 | 10.00 | Posted | 2026-02-03
        ADJ-000002 | 4.50  | Posted | 2026-02-04
    """)
    assert change.totals["special discount"] == {"USD": 1450}


def test_a_special_discount_posted_before_counts_as_an_earlier_one() -> None:
    before = books("2026-02-01 | 1.00")
    for number, percent in ((1, 10), (2, 5)):
        row = (
            f"AD-{number} | 2026-02-0{number} | Special Discount | INV-1 | | {percent} | x | ann |"
        )
        row += " bob"
        drafts = ledger(SPECIAL.format(row).strip()).drafts
        change = apply_discounts(replace(before, drafts=drafts), AS_OF)
        before = before.after(change)
    assert frame_text(before.posted("Applications"), "Source No", "Discount")[1:] == lines("""
        AD-1 | 10.00
        AD-2 | 4.50
    """)


def test_special_discounts_are_outside_the_cap_of_d() -> None:
    before = books("2026-01-11 | 78.00", more=SPECIAL.format(
        "AD-1 | 2026-01-05 | Special Discount | INV-1 | 20.00 | | broken | ann | bob"
    ))  # fmt: skip
    after = before.after(apply_discounts(before, AS_OF))
    assert open_items(after, AS_OF.as_of).open.tolist() == [200]
    last = apply_discounts(after, AS_OF)
    assert rows(last) == ["A-000003 | R-1 | 0.00 | 2.00 | 0.20 | 0.00 | 2026-02-28"]


@pytest.mark.parametrize("approved", ["", "ann", "Ann.", "n/a"])
def test_a_special_discount_waits_for_another_persons_approval(approved: str) -> None:
    row = "AD-1 | 2026-02-03 | Special Discount | INV-1 | 5.00 | | x | ann | "
    change = special(row + approved)
    assert change.is_empty
    assert [f.code.name for f in change.findings] == ["special_discount_not_approved"]


def test_a_special_discount_above_the_open_amount_is_refused() -> None:
    change = special(
        "AD-1 | 2026-02-03 | Special Discount | INV-1 | 99.01 | | x | ann | bob",
        "AD-2 | 2026-02-04 | Special Discount | INV-1 | 1.00  | | y | ann | bob",
    )
    assert [f.code.name for f in change.findings] == ["special_discount_above_open"]
    assert change.findings[0].seen == "99.01 for INV-1, of which 99.00 is open"
    assert change.posts["Adjustments"].text("adjustment_no").tolist() == ["AD-2"]


def test_a_special_discount_after_the_as_of_date_waits() -> None:
    change = special("AD-1 | 2026-03-03 | Special Discount | INV-1 | 5.00 | | x | ann | bob")
    assert change.is_empty
    assert [f.code.name for f in change.findings] == ["dated_after_as_of"]


def test_other_kinds_of_adjustments_are_left_alone() -> None:
    change = special("AD-1 | 2026-02-03 | Write-off | INV-1 | 5.00 | | x | ann | bob")
    assert change.is_empty
    assert change.findings == ()

"""Disputes: numbers, drafts that settle them, and what stays apart before and after."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ar_xl.core.policy import FeePolicy
from ar_xl.ops.collecting.disputes import claims
from ar_xl.ops.open_items import open_items
from tests.ledger_text import policy
from tests.ops.dispute_clerk import PART, THOUSAND, DisputeClerk

BEFORE, AFTER = "2026-03-30", "2026-03-31"
LATER = date(2026, 12, 31)


def test_a_dispute_without_a_number_gets_the_next_one() -> None:
    more = PART + "    INV-1 | 10.00 | Price | 2026-02-11 |\n"
    clerk = DisputeClerk(THOUSAND + more).lists()
    assert clerk.row("Dispute No", "Amount") == ["D-000001 | 120.00", "D-000002 | 10.00"]
    assert clerk.lists().row("Dispute No") == ["D-000001", "D-000002"]


def test_120_of_1000_stand_apart_and_880_are_called_for() -> None:
    clerk = DisputeClerk()
    assert clerk.apart("2026-02-09") == "1,000.00 0.00 1,000.00"
    assert clerk.apart("2026-02-10") == "1,000.00 120.00 880.00"


def test_a_credit_memo_is_drafted_with_its_share_of_the_tax_and_the_account_of_the_invoice() -> (
    None
):
    clerk = DisputeClerk().wants("Credit Memo").lists()
    assert clerk.drafts(
        "Invoices", "Invoice No", "Type", "Customer ID", "Invoice Date", "Amount", "Tax",
        "Applies To", "Description", "GL Account",
    ) == [
        "CM-000001 | Credit Memo | ACME | 2026-03-31 | 120.00 | 9.60 | INV-1 | "
        "Dispute D-000001: Damage | 4100"
    ]  # fmt: skip
    assert clerk.row("Settled By", "Closed") == ["CM-000001 | "]
    assert clerk.open(AFTER) == ["D-000001 120.00 49"]


def test_posting_the_credit_memo_closes_the_dispute_from_that_day_on() -> None:
    clerk = DisputeClerk().wants("Credit Memo").lists().posts_invoices()
    assert clerk.row("Settled By", "Resolution", "Closed") == [
        "CM-000001 | Credit Memo CM-000001 | 2026-03-31"
    ]
    assert clerk.apart(BEFORE) == "1,000.00 120.00 880.00"
    assert clerk.apart(AFTER) == "880.00 0.00 880.00"
    assert clerk.holds()


def test_a_write_off_is_drafted_in_the_name_of_who_runs_it_and_closes_when_it_is_posted() -> None:
    clerk = DisputeClerk().wants("Write-off").lists()
    assert clerk.drafts(
        "Adjustments", "Adjustment No", "Date", "Kind", "Document No", "Line", "Amount", "Reason",
        "Requested By",
    ) == [
        "ADJ-000001 | 2026-03-31 | Write-off | INV-1 |  | 120.00 | Dispute D-000001: Damage | Ada"
    ]  # fmt: skip
    clerk.adjusts()
    assert clerk.row("Settled By", "Closed") == ["ADJ-000001 | 2026-03-31"]
    assert clerk.apart(BEFORE) == "1,000.00 120.00 880.00"
    assert clerk.apart(AFTER) == "880.00 0.00 880.00"


def test_a_release_closes_at_once_and_all_of_it_is_called_for_again() -> None:
    clerk = DisputeClerk().wants("Release").lists()
    assert clerk.row("Resolution", "Closed", "Settled By") == ["Released | 2026-03-31 | "]
    assert clerk.apart(BEFORE) == "1,000.00 120.00 880.00"
    assert clerk.apart(AFTER) == "1,000.00 0.00 1,000.00"


def test_a_second_run_makes_no_second_draft_before_or_after_posting() -> None:
    clerk = DisputeClerk().wants("Credit Memo").lists().lists()
    assert clerk.drafts("Invoices", "Invoice No") == ["CM-000001"]
    clerk.posts_invoices().lists().lists("2026-04-30")
    assert clerk.drafts("Invoices", "Invoice No") == []


@pytest.mark.parametrize("way", ["Credit Memo", "Write-off", "Release"])
def test_a_list_of_an_earlier_day_settles_nothing_that_was_settled_later(way: str) -> None:
    clerk = DisputeClerk().wants(way).lists().posts_invoices().adjusts()
    before = clerk.row("Closed", "Settled By")
    clerk.lists("2026-03-15")
    assert clerk.row("Closed", "Settled By") == before
    assert clerk.drafts("Invoices", "Amount") + clerk.drafts("Adjustments", "Amount") == []
    assert clerk.open("2026-03-15") == ["D-000001 120.00 33"]


def test_a_draft_that_was_deleted_is_drafted_again() -> None:
    clerk = DisputeClerk().wants("Write-off").lists().deletes_drafts().lists()
    assert clerk.drafts("Adjustments", "Adjustment No", "Amount") == ["ADJ-000001 | 120.00"]


def test_a_draft_with_another_number_is_still_the_draft_of_its_dispute() -> None:
    clerk = DisputeClerk().wants("Credit Memo").lists()
    drafts = clerk.books.drafts["Invoices"]
    clerk.books.drafts["Invoices"] = drafts.replace(invoice_no="G-77")  # type: ignore[index]
    assert clerk.lists().drafts("Invoices", "Invoice No") == ["G-77"]
    clerk.posts_invoices()
    assert clerk.row("Settled By", "Closed") == ["G-77 | 2026-03-31"]


def test_a_draft_without_its_number_is_not_drafted_twice() -> None:
    clerk = DisputeClerk().wants("Credit Memo").lists()
    drafts = clerk.books.drafts["Invoices"]
    clerk.books.drafts["Invoices"] = drafts.replace(invoice_no="")  # type: ignore[index]
    assert clerk.lists().drafts("Invoices", "Amount") == ["120.00"]
    assert clerk.posts_invoices().row("Settled By", "Closed") == ["CM-000001 | 2026-03-31"]


def test_undoing_the_settling_batch_opens_the_dispute_again() -> None:
    clerk = DisputeClerk().wants("Credit Memo").lists().posts_invoices().undoes()
    assert clerk.row("Closed", "Resolution") == [" | "]
    assert clerk.apart(AFTER) == "1,000.00 120.00 880.00"
    assert clerk.open(AFTER) == ["D-000001 120.00 49"]
    assert clerk.lists().drafts("Invoices", "Amount") == ["120.00"]
    clerk.posts_invoices()
    assert clerk.apart(AFTER) == "880.00 0.00 880.00"


def test_undone_from_a_later_day_the_dispute_is_settled_until_then() -> None:
    clerk = DisputeClerk().wants("Write-off").lists().adjusts().undoes(as_of="2026-04-15")
    assert clerk.apart("2026-04-14") == "880.00 0.00 880.00"
    assert clerk.apart("2026-04-15") == "1,000.00 120.00 880.00"


def test_undone_with_its_draft_brought_back_it_is_not_drafted_again() -> None:
    clerk = DisputeClerk().wants("Write-off").lists().adjusts().undoes(redraft=True).lists()
    assert clerk.drafts("Adjustments", "Adjustment No") == ["ADJ-000001"]
    assert clerk.adjusts().row("Closed") == ["2026-03-31"]


def test_a_dispute_that_a_person_closed_stays_closed_whatever_its_draft_does() -> None:
    clerk = DisputeClerk().wants("Write-off").lists().deletes_drafts()
    clerk.types("Disputes", 0, closed="2026-03-20", resolution="paid after all")
    assert clerk.lists().open(AFTER) == []
    assert clerk.drafts("Adjustments", "Amount") == []


def test_what_was_paid_meanwhile_is_neither_credited_nor_written_off() -> None:
    paid = """
    Receipts
    Receipt No | Receipt Date | Customer ID | Amount | Remittance
    R-1        | 2026-03-01   | ACME        | 950.00 | INV-1 950.00
    """
    clerk = DisputeClerk(f"{THOUSAND}{PART}\n{paid}")
    clerk.posts("2026-03-01")
    assert clerk.wants("Credit Memo").lists().drafts("Invoices", "Amount", "Tax") == [
        "50.00 | 4.00"
    ]


def test_what_is_paid_after_the_day_of_the_list_is_not_credited_either() -> None:
    paid = """
    Receipts
    Receipt No | Receipt Date | Customer ID | Amount | Remittance
    R-1        | 2026-04-10   | ACME        | 950.00 | INV-1 950.00
    """
    clerk = DisputeClerk(f"{THOUSAND}{PART}\n{paid}")
    clerk.posts("2026-04-10").wants("Write-off").lists("2026-03-31")
    assert clerk.open(AFTER) == ["D-000001 120.00 49"]
    assert clerk.drafts("Adjustments", "Amount") == ["50.00"]


def test_with_nothing_open_there_is_nothing_to_settle_and_that_is_said() -> None:
    paid = """
    Receipts
    Receipt No | Receipt Date | Customer ID | Amount   | Remittance
    R-1        | 2026-03-01   | ACME        | 1,000.00 | INV-1 1000.00
    """
    clerk = DisputeClerk(f"{THOUSAND}{PART}\n{paid}")
    clerk.posts("2026-03-01").wants("Write-off").lists()
    assert clerk.found()[0] == "dispute_nothing_to_settle"
    assert clerk.drafts("Adjustments", "Amount") == []


def test_another_way_than_the_draft_is_of_waits_until_the_draft_is_deleted() -> None:
    clerk = DisputeClerk().wants("Credit Memo").lists().wants("Release").lists()
    assert clerk.found()[0] == "dispute_has_another_draft"
    assert clerk.row("Closed") == [""]
    assert clerk.deletes_drafts().lists().row("Closed") == ["2026-03-31"]


INSTALMENTS = """
    Invoices (posted)
    Invoice No | Customer ID | Invoice Date | Due Date   | Amount
    INV-1      | ACME        | 2026-01-05   | 2026-03-05 | 300.00

    Instalments (posted)
    Invoice No | Line | Due Date   | Amount | Posting Date
    INV-1      | 1    | 2026-02-05 | 100.00 | 2026-01-05
    INV-1      | 2    | 2026-03-05 | 200.00 | 2026-01-05
"""


def test_an_instalment_is_disputed_by_itself_and_written_off_by_itself() -> None:
    text = (
        INSTALMENTS + "\n    Disputes\n    Invoice No | Line | Opened\n    INV-1 | 2 | 2026-03-06"
    )
    clerk = DisputeClerk(text)
    assert clerk.apart(AFTER) == "300.00 200.00 100.00"
    clerk.wants("Write-off").lists()
    assert clerk.drafts("Adjustments", "Line", "Amount") == ["2 | 200.00"]


def test_an_amount_without_a_line_fills_the_oldest_instalments_first() -> None:
    text = INSTALMENTS + (
        "\n    Disputes\n    Invoice No | Amount | Opened\n    INV-1 | 150.00 | 2026-03-06"
    )
    assert DisputeClerk(text).apart("2026-03-05") == "300.00 0.00 100.00"
    assert DisputeClerk(text).apart(AFTER) == "300.00 150.00 150.00"


def test_several_disputes_on_one_item_are_together_no_more_than_is_open() -> None:
    more = PART + "    INV-1 | 950.00 | Price | 2026-02-01 |\n"
    clerk = DisputeClerk(THOUSAND + more).lists()
    assert clerk.open(AFTER) == ["D-000002 950.00 58", "D-000001 50.00 49"]
    assert clerk.apart("2026-02-05") == "1,000.00 950.00 50.00"
    assert clerk.apart(AFTER) == "1,000.00 1,000.00 0.00"


def test_of_two_disputes_on_one_item_settling_one_leaves_the_other() -> None:
    more = PART + "    INV-1 | 200.00 | Price | 2026-02-01 |\n"
    clerk = DisputeClerk(THOUSAND + more).wants("Credit Memo", 1).lists().posts_invoices()
    assert clerk.open(AFTER) == ["D-000001 120.00 49"]
    assert clerk.apart(AFTER) == "800.00 120.00 680.00"


def test_a_dispute_that_ended_takes_nothing_from_a_later_one_on_the_same_invoice() -> None:
    text = (
        THOUSAND
        + """
    Disputes
    Invoice No | Amount   | Opened     | Closed
    INV-1      | 1,000.00 | 2026-02-05 | 2026-02-15
    INV-1      | 1,000.00 | 2026-03-01 | 2026-03-15
    """
    )
    clerk = DisputeClerk(text)
    amounts = [clerk.apart(on).split()[1] for on in ("2026-02-14", "2026-02-20", "2026-03-10")]
    assert amounts == ["1,000.00", "0.00", "1,000.00"]
    ended = claims(clerk.books, open_items(clerk.books, LATER), LATER)
    assert ended.amount.tolist() == [100000, 100000]


DAILY = policy(
    fees=(FeePolicy("Daily", "daily", rate_percent=Decimal("36.5")),), default_fee_policy="Daily"
)


@pytest.mark.parametrize(
    ("way", "charged"),
    [
        # 0.10 % a day: 6 days on 1,000.00 until the dispute, 29 on 880.00 until 11 March; in the
        # 20 days after it the 120.00 bear a fee only where they are owed again.
        ("", "49.12"),
        ("Credit Memo", "49.12"),
        ("Write-off", "49.12"),
        ("Release", "51.52"),
    ],
)
def test_a_disputed_part_bears_no_fee_while_it_is_disputed(way: str, charged: str) -> None:
    clerk = DisputeClerk(rules=DAILY).wants(way).lists("2026-03-11")
    clerk.posts_invoices("2026-03-11").adjusts("2026-03-11")
    assert clerk.fees("2026-03-31") == charged

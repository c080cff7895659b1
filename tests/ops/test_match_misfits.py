"""Accepted rows that do not fit any more are refused; a rest stays only where the row says so."""

from __future__ import annotations

from datetime import date

from ar_xl.ops.checks import all_findings
from tests.ops.match_clerk import MatchClerk
from tests.ops.test_match import BOOKS, LINES, clerk


def test_a_row_accepted_as_all_that_is_open_is_refused_once_another_receipt_paid_some_of_it() -> (
    None
):
    at_work = clerk("""

    Receipts
    Receipt No | Receipt Date | Customer ID | Method | Amount | Remittance
    R-1        | 2026-03-01   | ACME        | Cash   | 60.00  | INV-7
    """)
    found = [each for each in all_findings(at_work.books, date(2026, 12, 31)) if each.is_error]
    assert [(each.table, each.column, each.seen) for each in found] == [
        ("Matches", "documents", "of 100.00 only 40.00 finds something open")
    ]
    assert at_work.refused() == ["Matches documents BL-1: match_does_not_fit"]
    at_work.posts(skip_bad=True)
    assert at_work.receipts("Receipt No", "Unapplied") == ["R-1 | 0.00"]
    assert at_work.refused() == ["Matches documents BL-1: match_does_not_fit"]


def test_a_row_whose_customer_was_changed_to_one_without_the_documents_is_refused() -> None:
    at_work = clerk().decides("BL-1", "Accept", customer_id="BETA")
    assert at_work.refused() == ["Matches documents BL-1: match_does_not_fit"]


def test_a_rest_stays_unapplied_where_the_row_says_so() -> None:
    at_work = clerk().decides("BL-1", "Change", documents="INV-7 70.00").posts()
    assert at_work.receipts("Receipt No", "Unapplied") == ["BL-1 | 30.00"]
    assert at_work.desk is not None
    assert [each.code.name for each in at_work.desk.findings] == ["match_leaves_a_rest"]
    over = MatchClerk(BOOKS + LINES.replace("100.00", "130.00")).matches()
    assert over.sheet("Rule")[0].endswith("overpaid")
    over.decides("BL-1", "Accept").posts()
    assert over.receipts("Receipt No", "Unapplied") == ["BL-1 | 30.00"]


def test_documents_of_a_draft_that_do_not_fit_keep_it_a_draft_and_match_runs_again() -> None:
    at_work = clerk("""

    Receipts
    Receipt Date | Customer ID | Method | Amount | Memo
    2026-03-05   | BETA        | Check  | 80.00  | INV-20
    """)
    number = at_work.sheet("Line ID")[3]
    for documents, error in (("INV-20 90.00", "reference_above_open"),
                             ("INV-12", "match_does_not_fit")):  # fmt: skip
        at_work.decides(number, "Change", documents=documents).matches()
        assert len(at_work.sheet("Line ID")) == 4
        assert at_work.refused() == [f"Receipts remittance {number}: {error}"]
    at_work.posts(skip_bad=True)
    assert at_work.receipts("Receipt No") == ["BL-1"]


def test_a_bank_fee_no_bank_keeps_back_is_an_error_at_its_cell() -> None:
    at_work = MatchClerk(BOOKS + LINES).matches().decides("BL-1", "Accept", bank_fee="999999999")
    assert at_work.refused() == ["Matches bank_fee BL-1: match_fee_large"]
    assert at_work.decides("BL-1", "Accept", bank_fee="1112").refused()
    assert (
        at_work.decides("BL-1", "Change", documents="INV-7 100.00", bank_fee="1111").posts().holds()
    )

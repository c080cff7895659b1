"""The Match sheet: proposals are written, decided and posted, each line once."""

from __future__ import annotations

from datetime import date

from ar_xl.app.sheets.payments_sheet import payments_report
from ar_xl.core.ledger import Request
from ar_xl.ops.checks import all_findings
from tests.ledger_text import lines
from tests.ops.match_clerk import MatchClerk

BOOKS = """
    Customers
    Customer ID | Name       | Parent ID
    ACME        | Acme Ltd   |
    NORTH       | Acme North | ACME
    BETA        | Beta GmbH  |

    Invoices
    Invoice No | Customer ID | Invoice Date | Due Date   | Amount
    INV-7      | ACME        | 2026-01-05   | 2026-02-04 | 100.00
    INV-9      | ACME        | 2026-01-10   | 2026-02-09 | 250.00
    INV-12     | NORTH       | 2026-01-12   | 2026-02-11 | 60.00
    INV-20     | BETA        | 2026-01-20   | 2026-02-19 | 80.00
"""
LINES = """
    BankLines
    Line ID | Account | Date       | Kind    | Amount | Fee  | Currency | Payer    | Text
    BL-1    | DE1     | 2026-03-02 | Payment | 100.00 |      | USD      | Acme Ltd | INV-7
    BL-2    | DE1     | 2026-03-03 | Payment | 240.00 |      | USD      | ACME HQ  | thanks
    BL-3    | US2     | 2026-03-04 | Payment | 55.00  | 2.00 | USD      | Somebody | sale
    BL-4    | DE1     | 2026-03-04 | Fee     | -7.00  |      | USD      | Bank     | March
"""


def clerk(more: str = "") -> MatchClerk:
    return MatchClerk(BOOKS + LINES + more).matches()


def test_every_open_payment_of_the_bank_gets_a_row_and_fees_get_none() -> None:
    rows = clerk().sheet("Line ID", "Customer ID", "Documents", "Decision")
    assert rows[0] == "BL-1 | ACME | INV-7 | Accept"
    assert [row.split(" | ")[0] for row in rows] == ["BL-1", "BL-2", "BL-3"]


def test_matching_again_changes_nothing_and_adds_nothing() -> None:
    at_work = clerk()
    before = at_work.sheet("Line ID", "Why", "Decision")
    assert at_work.matches().sheet("Line ID", "Why", "Decision") == before
    assert at_work.desk is not None
    assert not at_work.desk.changes


def test_a_row_that_somebody_decided_is_left_as_it_is() -> None:
    at_work = clerk().decides("BL-2", "Change", customer_id="ACME", documents="INV-9 240.00")
    assert at_work.matches().sheet("Line ID", "Documents", "Decision")[1] == (
        "BL-2 | INV-9 240.00 | Change"
    )


def test_what_is_accepted_is_posted_once_as_a_receipt_with_the_number_of_the_line() -> None:
    at_work = clerk().posts()
    assert at_work.receipts("Receipt No", "Receipt Date", "Customer ID", "Amount", "Status") == [
        "BL-1 | 2026-03-02 | ACME | 100.00 | Applied"
    ]
    assert at_work.bank()[0] == "BL-1 | Posted | BL-1"
    assert at_work.sheet("Line ID", "Done")[0] == "BL-1 | B-000002"
    at_work.posts().matches().posts()
    assert len(at_work.receipts("Receipt No")) == 1
    assert at_work.holds()


def test_a_change_posts_what_the_row_says_and_the_rest_stays_open() -> None:
    at_work = clerk().decides("BL-2", "Change", customer_id="ACME", documents="INV-9 240.00")
    at_work.posts()
    assert at_work.receipts("Receipt No", "Amount", "Unapplied") == lines("""
        BL-1 | 100.00 | 0.00
        BL-2 | 240.00 | 0.00
    """)


def test_a_bank_fee_credits_the_customer_in_full() -> None:
    at_work = clerk().decides(
        "BL-2", "Change", customer_id="ACME", documents="INV-9", bank_fee="1000"
    )
    at_work.posts()
    assert at_work.receipts("Receipt No", "Amount", "Bank Amount", "Bank Fee", "Status")[1] == (
        "BL-2 | 250.00 | 240.00 | 10.00 | Applied"
    )


def test_a_fee_that_the_line_itself_names_is_the_receipts_fee() -> None:
    at_work = clerk().decides("BL-3", "Change", customer_id="NORTH", documents="INV-12").posts()
    assert at_work.receipts("Receipt No", "Amount", "Bank Amount", "Bank Fee")[1] == (
        "BL-3 | 55.00 | 53.00 | 2.00"
    )


def test_undo_opens_the_line_again_and_it_is_asked_about_not_accepted_by_itself() -> None:
    at_work = clerk().posts().undoes()
    assert at_work.bank()[0] == "BL-1 |  | "
    at_work.posts()
    assert at_work.receipts("Receipt No") == []
    rows = at_work.matches().sheet("Line ID", "Documents", "Decision", "Done")
    assert rows[0] == "BL-1 | INV-7 |  | "
    at_work.decides("BL-1", "Accept").posts()
    assert at_work.receipts("Receipt No") == ["BL-1"]
    assert at_work.holds()


def test_a_line_that_came_back_as_a_draft_is_not_matched_beside_it() -> None:
    at_work = clerk().posts().undoes(redraft=True).matches()
    assert at_work.sheet("Line ID", "Decision", "Done")[0] == "BL-1 | Accept | B-000002"
    at_work.posts()
    assert at_work.receipts("Receipt No", "Amount") == ["BL-1 | 100.00"]
    assert at_work.bank()[0] == "BL-1 | Posted | BL-1"


def test_documents_that_do_not_fit_any_more_are_errors_with_their_cell_and_nothing_is_posted() -> (
    None
):
    at_work = clerk("""

    Receipts
    Receipt No | Receipt Date | Customer ID | Method | Amount | Remittance
    R-1        | 2026-03-01   | ACME        | Cash   | 30.00  | INV-9
    """)
    at_work.decides("BL-2", "Change", customer_id="ACME", documents="INV-9 240.00")
    assert at_work.refused() == ["Matches documents BL-2: reference_above_open"]
    at_work.posts(skip_bad=True)
    assert at_work.receipts("Receipt No") == ["R-1", "BL-1"]
    assert at_work.sheet("Line ID", "Done")[1] == "BL-2 | "


def test_a_row_without_a_customer_cannot_be_accepted() -> None:
    at_work = clerk().decides("BL-2", "Accept", customer_id="")
    assert at_work.refused() == ["Matches customer_id BL-2: match_without_customer"]


def test_a_customer_pays_for_another_of_its_group_and_for_strangers_only_by_change() -> None:
    at_work = clerk().decides("BL-3", "Accept", customer_id="ACME", documents="INV-12").posts()
    assert at_work.receipts("Receipt No", "Unapplied")[1] == "BL-3 | 0.00"
    at_work = clerk().decides("BL-3", "Accept", customer_id="ACME", documents="INV-20")
    assert at_work.refused() == ["Matches documents BL-3: match_does_not_fit"]
    at_work = clerk().decides("BL-3", "Change", customer_id="ACME", documents="INV-20").posts()
    assert at_work.receipts("Receipt No", "Unapplied")[1] == "BL-3 | 0.00"


def test_a_rejected_line_stays_out_with_its_reason() -> None:
    at_work = clerk().decides("BL-3", "Reject", reason_code="Sale of a car").posts()
    assert at_work.bank()[2] == "BL-3 | Rejected | Sale of a car"
    assert at_work.sheet("Line ID", "Done")[2] == "BL-3 | Rejected"
    at_work.matches().posts()
    assert at_work.receipts("Receipt No") == ["BL-1"]


def test_rejecting_alone_posts_no_batch() -> None:
    at_work = clerk().decides("BL-1", "Reject").posts()
    assert at_work.books.posted("Batches").text("batch").tolist() == ["B-000001"]
    assert at_work.bank()[0] == "BL-1 | Rejected | "


BY_HAND = """

    Receipts
    Receipt No | Receipt Date | Customer ID | Method | Check/Ref | Amount | Remittance
    R-55       | 2026-03-01   | NORTH       | Wire   | SALE77    | 53.00  | INV-12
"""


def test_a_line_booked_by_hand_before_is_linked_and_not_posted_again() -> None:
    at_work = MatchClerk(BOOKS + LINES.replace("| sale", "| sale77") + BY_HAND).posts().matches()
    assert at_work.sheet("Line ID", "Documents", "Rule")[2] == (
        "BL-3 | Already booked R-55 | Already booked"
    )
    at_work.decides("BL-3", "Accept").posts()
    assert at_work.bank()[2] == "BL-3 | Linked | R-55"
    assert at_work.receipts("Receipt No") == ["R-55", "BL-1"]
    at_work.matches().posts()
    assert at_work.receipts("Receipt No") == ["R-55", "BL-1"]


def test_a_link_ends_with_the_receipt_it_names() -> None:
    at_work = MatchClerk(BOOKS + LINES.replace("| sale", "| sale77") + BY_HAND).posts().matches()
    at_work.decides("BL-3", "Accept").decides("BL-1", "").posts().undoes("B-000002")
    assert at_work.bank()[2] == "BL-3 |  | "


def test_a_draft_receipt_without_remittance_gets_the_documents_that_were_accepted() -> None:
    at_work = clerk("""

    Receipts
    Receipt Date | Customer ID | Method | Amount | Memo
    2026-03-05   | BETA        | Check  | 80.00  | INV-20
    """)
    row = at_work.sheet("Source", "Customer ID", "Documents", "Decision")[3]
    assert row == "Receipt | BETA | INV-20 | Accept"
    at_work.posts()
    number = at_work.sheet("Line ID")[3]
    assert f"{number} | INV-20 | Check | Applied" in at_work.receipts(
        "Receipt No", "Remittance", "Method", "Status"
    )


def test_accepted_rows_keep_their_documents_from_being_proposed_twice() -> None:
    at_work = clerk().decides("BL-2", "Change", customer_id="BETA", documents="INV-20")
    at_work.imports("""
    BankLines
    Line ID | Account | Date       | Kind    | Amount | Currency | Payer     | Text
    BL-9    | DE1     | 2026-03-09 | Payment | 80.00  | USD      | Beta GmbH | INV-20
    """)
    documents = at_work.matches().sheet("Line ID", "Documents")[3]
    assert documents == "BL-9 | "


def test_one_account_alone_can_be_matched() -> None:
    at_work = MatchClerk(BOOKS + LINES).matches(account="us2")
    assert at_work.sheet("Line ID") == ["BL-3"]


def test_check_says_beforehand_what_posting_the_accepted_rows_would_say() -> None:
    at_work = clerk().decides("BL-2", "Change", customer_id="ACMY", documents="INV-9 400.00")
    found = [
        f"{each.table} {each.column} {each.row_id}: {each.code.name}"
        for each in all_findings(at_work.books, date(2026, 12, 31)) if each.is_error
    ]  # fmt: skip
    assert found == [
        "Matches customer_id BL-2: customer_unknown", "Matches documents BL-2: reference_above_open"
    ]  # fmt: skip


def test_a_match_that_pays_for_another_customer_says_so_and_so_does_the_report() -> None:
    at_work = clerk().decides("BL-3", "Accept", customer_id="ACME", documents="INV-12").posts()
    batch = str(max(at_work.books.posted("Batches").text("batch").astype(str)))
    report = payments_report(at_work.books, Request(date(2026, 12, 31), "Ada"), batch)
    columns = {column.heading: list(column.values) for column in report.blocks[0].columns}
    assert columns["Pays For"] == ["", "NORTH"]


def test_a_rejected_line_comes_back_once_its_decision_says_something_else() -> None:
    at_work = clerk().decides("BL-3", "Reject").posts()
    at_work.decides("BL-3", "Change", customer_id="NORTH", documents="INV-12").posts()
    assert at_work.bank()[2] == "BL-3 | Posted | BL-3"
    at_work = clerk().decides("BL-3", "Reject").posts().decides("BL-3", "").matches()
    assert at_work.bank()[2] == "BL-3 |  | "
    assert at_work.sheet("Line ID", "Done")[2] == "BL-3 | "


def test_a_draft_equal_to_a_receipt_posted_before_is_matched_as_another_payment() -> None:
    draft = """

    Receipts
    Receipt Date | Customer ID | Method | Amount | Memo
    2026-03-05   | BETA        | Wire   | 40.00  | half
    """
    at_work = MatchClerk(BOOKS + draft).posts()
    at_work.imports(draft).matches()
    number = at_work.sheet("Line ID")[0]
    assert number.endswith("-2")
    at_work.decides(number, "Change", documents="INV-20 40.00").posts()
    assert [row.rpartition("-")[2] for row in at_work.receipts("Receipt No")] == ["1", "2"]


def test_money_and_date_alone_ask_about_a_receipt_booked_by_hand() -> None:
    at_work = MatchClerk(BOOKS + LINES + BY_HAND).posts().matches()
    assert at_work.sheet("Line ID", "Documents", "Confidence", "Decision")[2] == (
        "BL-3 | Already booked R-55 | 60 | "
    )


TYPED = """

    Receipts
    Receipt Date | Customer ID | Method | Check/Ref | Amount | Remittance
    2026-03-01   | ACME        | ACH    | T1        | 100.00 | INV-7
"""


def typed(*other: tuple[str, str]) -> MatchClerk:
    """A draft receipt of the money of BL-1, typed by hand."""
    text = BOOKS + LINES + TYPED
    for old, new in other:
        text = text.replace(old, new)
    return MatchClerk(text).matches()


def test_a_line_that_was_typed_as_a_draft_too_is_a_question_that_names_the_draft() -> None:
    row = typed().sheet("Line ID", "Rule", "Confidence", "Decision", "Why")[0]
    assert row.startswith("BL-1 | Perhaps typed by hand | 60 |  | Perhaps the draft receipt R-")
    assert "(Receipts row 2)" in row


def test_a_line_and_its_typed_draft_are_not_posted_together() -> None:
    at_work = typed().decides("BL-1", "Accept")
    assert at_work.refused() == ["Matches decision BL-1: bank_line_typed_as_draft_too"]
    at_work.decides("BL-1", "").posts().matches()
    assert at_work.sheet("Line ID", "Documents")[0].startswith("BL-1 | Already booked R-")


def test_customer_amount_and_day_alone_are_a_warning_when_line_and_draft_are_posted() -> None:
    at_work = typed(("| T1        | 100.00 | INV-7", "|           | 100.00 | INV-9 100.00"))
    at_work.decides("BL-1", "Accept").posts()
    assert at_work.desk is not None
    assert [f.code.name for f in at_work.desk.findings] == ["bank_line_perhaps_typed_too"]


def test_cash_and_checks_and_other_days_are_no_copies_of_a_bank_line() -> None:
    for other in (
        ("ACH ", "Check"),
        ("ACH ", "Cash"),
        ("2026-03-01   | ACME", "2026-03-08   | ACME"),
    ):
        assert typed(other).sheet("Line ID", "Decision")[0] == "BL-1 | Accept"


def test_a_draft_without_remittance_and_its_line_are_not_added_up_as_two_payments() -> None:
    rows = typed(
        ("| 100.00 | INV-7", "| 100.00 |"), ("| 2026-02-04 | 100.00", "| 2026-02-04 | 200.00")
    )
    found = rows.sheet("Line ID", "Documents", "Decision", "Rule")
    assert found[0] == "BL-1 | INV-7 100.00 |  | Perhaps typed by hand"
    assert found[3].endswith(" |  |  | Perhaps typed by hand")


def test_a_line_undone_from_a_date_on_is_posted_again_in_the_books_of_that_date() -> None:
    at_work = clerk().posts().undoes(as_of="2026-03-31").matches()
    at_work.decides("BL-1", "Accept").posts()
    assert at_work.receipts("Receipt Date", "Posting Date", "Status") == [
        "2026-03-02 | 2026-03-31 | Applied"
    ]
    assert at_work.desk is not None
    assert [f"{f.table}: {f.seen}" for f in at_work.desk.findings] == [
        "Matches: 2026-03-02, a line whose earlier posting was undone on 2026-03-31; posted then"
    ]
    assert at_work.holds()


def test_a_line_that_undo_left_as_a_draft_is_posted_when_its_number_is_free() -> None:
    at_work = clerk().posts().undoes(redraft=True, as_of="2026-03-31").posts()
    assert at_work.receipts("Receipt No", "Posting Date") == ["BL-1 | 2026-03-31"]
    assert at_work.holds()


def test_a_line_is_left_for_later_until_the_day_its_number_is_free() -> None:
    at_work = clerk().posts().undoes(as_of="2026-03-31").matches()
    at_work.decides("BL-1", "Accept").posts(as_of="2026-03-30")
    assert at_work.receipts("Receipt No") == []
    assert at_work.sheet("Line ID", "Decision", "Done")[0] == "BL-1 | Accept | "


PAID = """

    Receipts
    Receipt No | Receipt Date | Customer ID | Method | Amount | Remittance
    R-1        | 2026-03-01   | ACME        | Cash   | 100.00 | INV-7
"""


def paid_meanwhile(at_work: MatchClerk, paid: str = PAID) -> MatchClerk:
    """A cash receipt for the same document is posted while what is accepted waits."""
    kept = at_work.books.posted("Matches").text("decision").tolist()
    for line in ("BL-1", "BL-2"):
        at_work.decides(line, "")
    at_work.imports(paid).posts()
    for line, decision in zip(("BL-1", "BL-2"), kept, strict=False):
        at_work.decides(line, decision)
    return at_work.matches()


def test_match_takes_back_what_it_accepted_when_the_document_is_paid_meanwhile() -> None:
    at_work = paid_meanwhile(clerk())
    row = at_work.sheet("Line ID", "Documents", "Decision", "Why")[0]
    assert row.startswith("BL-1 |  |  | ")


def test_match_says_that_documents_of_a_person_do_not_fit_any_more_and_keeps_the_decision() -> None:
    at_work = clerk().decides("BL-2", "Change", customer_id="ACME", documents="INV-9 240.00")
    at_work = paid_meanwhile(at_work, PAID.replace("INV-7", "INV-9"))
    row = at_work.sheet("Line ID", "Documents", "Decision", "Confidence", "Why")[1]
    assert row.startswith(
        "BL-2 | INV-9 240.00 | Change | 0 | Does not fit any more: 240.00 for INV-9"
    )
    assert (
        at_work.matches().sheet("Line ID", "Documents", "Decision", "Confidence", "Why")[1] == row
    )


def test_match_names_documents_of_an_accepted_draft_that_do_not_fit_any_more() -> None:
    at_work = clerk("""

    Receipts
    Receipt Date | Customer ID | Method | Amount | Memo
    2026-03-05   | BETA        | Check  | 80.00  | INV-20
    """)
    number = at_work.sheet("Line ID")[3]
    at_work.decides(number, "Change", documents="INV-20 90.00").matches()
    assert at_work.sheet("Decision", "Confidence", "Why")[3].startswith(
        "Change | 0 | Does not fit any more: 90.00 for INV-20, of which 80.00 is open."
    )

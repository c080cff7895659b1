"""Returned ACH payments: which receipt came back, once only, and what a person has to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.core.ledger import Ledger
from ar_xl.imports.bank import nacha
from ar_xl.imports.bank.importer import Asked, import_bank
from ar_xl.imports.bank.parts import BankOptions
from ar_xl.imports.result import ImportResult
from tests.imports.bank.ach_text import ach, entry, returned
from tests.ledger_text import frame_text, ledger

BOOK = """
    Customers
    Customer ID | Name
    ACME        | Acme Widgets Incorporated of Ohio
    BOLT        | Jones, Paul
    CORK        | Bob Marley

    Receipts (posted)
    Receipt No | Receipt Date | Customer ID | Method | Check/Ref | Amount | Batch
    R-1        | 2025-12-03   | BOLT        | ACH    |           | 123.54 | B-1
    R-2        | 2026-01-03   | BOLT        | ACH    |           | 123.54 | B-1
    R-3        | 2026-01-03   | ACME        | ACH    | 4711-A    | 123.54 | B-1
    R-4        | 2026-01-03   | CORK        | Cash   |           | 45.65  | B-1
    R-5        | 2026-01-02   | CORK        | ACH    |           | 99.00  | B-1
    R-6        | 2026-01-04   | CORK        | ACH    |           | 99.00  | B-1
"""


def brought(
    tmp_path: Path, *records: str, book: Ledger | None = None, text: str = "", **options: bool
) -> tuple[ImportResult, Ledger]:
    """Import one ACH file; the result, and the books after it."""
    path = tmp_path / "returns.ach"
    path.write_text(text or ach(*records))
    book = book or ledger(BOOK)
    result = import_bank([path], book, Asked(BankOptions(), **options), (nacha,))
    return result, book.after(result.change)


def drafts(book: Ledger) -> list[str]:
    """The drafts on the sheet Adjustments."""
    return frame_text(
        book.draft("Adjustments"), "Date", "Kind", "Document No", "Customer ID", "Amount", "Reason"
    )


def codes(result: ImportResult) -> list[str]:
    """Names of the codes of all findings."""
    return [each.code.name for each in result.findings]


PAUL = (entry("26", 12354, "Jones, Paul", trace=5), returned("R01", 91400600000001))


def test_a_returned_debit_is_a_draft_bounced_of_the_receipt_that_came_back(tmp_path: Path) -> None:
    # Of two equal ones, that of the last days: a bank returns for want of money within days.
    result, book = brought(tmp_path, *PAUL)
    assert drafts(book) == ["2026-01-05 | Bounced | R-2 | BOLT | 123.54 | R01 Insufficient funds"]
    assert frame_text(book.draft("Adjustments"), "Check/Ref") == ["091400600000001"]
    assert codes(result) == []
    assert "Returns: 1 row read = 1 new + 0 already known" in " ".join(result.said)


def test_the_same_return_again_adds_nothing(tmp_path: Path) -> None:
    _, book = brought(tmp_path, *PAUL)
    result, again = brought(tmp_path, *PAUL, book=book)
    assert drafts(again) == drafts(book)
    assert result.change.is_empty
    assert result.counts["Returns"].known == 1


def test_a_return_that_was_posted_adds_nothing_and_is_new_once_that_was_undone(
    tmp_path: Path,
) -> None:
    posted = """
    Adjustments (posted)
    Adjustment No | Date | Kind | Document No | Amount | Check/Ref | Reason | Reverses | Batch
    ADJ-1 | 2026-01-05 | Bounced | R-2 | 123.54 | 091400600000001 | R01 Insufficient funds | | B-2
    """
    undone = (
        "    ADJ-1 | 2026-01-06 | Bounced | R-2 | -123.54 | 091400600000001 | R01 x | B-2 | B-3\n"
    )
    _, book = brought(tmp_path, *PAUL, book=ledger(BOOK + posted))
    assert drafts(book) == []
    _, book = brought(tmp_path, *PAUL, book=ledger(BOOK + posted + undone))
    assert len(drafts(book)) == 1


def test_a_number_of_ours_decides_before_a_name(tmp_path: Path) -> None:
    _, book = brought(tmp_path, entry("26", 12354, "Jones, Paul", "4711-A"), returned("R01", 7))
    assert [row.split(" | ")[2] for row in drafts(book)] == ["R-3"]


def test_a_name_that_the_file_cuts_off_is_found_by_its_beginning(tmp_path: Path) -> None:
    _, book = brought(tmp_path, entry("26", 12354, "ACME WIDGETS INCORPORA"), returned("R01", 7))
    assert [row.split(" | ")[2] for row in drafts(book)] == ["R-3"]


@pytest.mark.parametrize(
    ("cents", "name", "named"),
    [(9900, "Bob Marley", "R-6 of 2026-01-04"), (12354, "Nobody", "R-3 of 2026-01-03"),
     (4565, "Bob Marley", "no receipt is like it")],
)  # fmt: skip
def test_where_none_or_several_fit_the_document_is_left_open_and_candidates_are_named(
    tmp_path: Path, cents: int, name: str, named: str
) -> None:
    result, book = brought(tmp_path, entry("26", cents, name), returned("R01", 7))
    assert [row.split(" | ")[2] for row in drafts(book)] == [""]
    assert codes(result) == ["return_receipt_open"]
    assert named in result.findings[0].seen


def test_two_returns_never_take_one_receipt(tmp_path: Path) -> None:
    _, book = brought(
        tmp_path, *PAUL, entry("26", 12354, "Jones, Paul", trace=6), returned("R01", 91400600000002)
    )
    assert [row.split(" | ")[2] for row in drafts(book)] == ["R-2", "R-1"]


def test_codes_of_closed_accounts_leave_a_note_to_stop_the_autopay(tmp_path: Path) -> None:
    _, book = brought(tmp_path, entry("26", 12354, "Jones, Paul"), returned("R02", 7))
    assert frame_text(book.posted("Activities"), "Date", "Customer ID", "Kind", "Outcome") == [
        "2026-01-05 | BOLT | Note | USD 123.54 came back: R02 Account closed "
        "(Jones, Paul, account …2345, trace 000000000000007)"
    ]
    assert "Stop automatic debits" in book.posted("Activities").text("next_action")[0]


def test_changed_bank_details_are_a_note_and_no_money_once(tmp_path: Path) -> None:
    change = (entry("21", 0, "Bob Marley"), returned("C01", 7, "1918171614"))
    _, book = brought(tmp_path, *change)
    result, again = brought(tmp_path, *change, book=book)
    assert drafts(again) == []
    assert frame_text(again.posted("Activities"), "Customer ID", "Outcome") == [
        "CORK | C01 Account number changed. The bank says: account …1614 "
        "(Bob Marley, account …2345, trace 000000000000007)"
    ]
    assert result.counts["Returns"].known == 1


def test_money_that_we_had_sent_is_told_apart(tmp_path: Path) -> None:
    result, _ = brought(tmp_path, entry("21", 4565, "Bob Marley"), returned("R03", 7))
    assert codes(result) == ["return_receipt_open", "return_of_money_sent"]


def test_returns_of_a_file_whose_totals_do_not_hold_come_in_only_when_accepted(
    tmp_path: Path,
) -> None:
    text = ach(*PAUL).replace("8200000002", "8200000003")
    result, book = brought(tmp_path, text=text)
    assert (codes(result), drafts(book)) == (["bank_statement_unproved"], [])
    assert result.counts["Returns"].refused == 1
    _, book = brought(tmp_path, text=text, skip_bad=True)
    assert drafts(book) == []
    _, book = brought(tmp_path, text=text, accept_unproved=True)
    assert len(drafts(book)) == 1


def test_an_amount_that_cannot_be_read_is_refused_and_no_zero(tmp_path: Path) -> None:
    text = ach(*PAUL).replace("0000012354", "00000x2354", 1)
    result, book = brought(tmp_path, text=text, accept_unproved=True)
    assert "bank_row_unreadable" in codes(result)
    assert drafts(book) == []

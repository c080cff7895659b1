"""The command escalate on a workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from ar_xl.book import host
from ar_xl.book.reader import read_ledger
from ar_xl.core.ledger import Ledger
from tests.app.conftest import done, run

WHO = "0379-NEVHP"


def ledger_of(book: Path) -> Ledger:
    """What stands in a workbook."""
    opened = host.open_book(book)
    try:
        return read_ledger(opened).ledger
    finally:
        opened.close()


def status_of(book: Path) -> str:
    rows = ledger_of(book).posted("Customers")
    return str(rows.text("status")[list(rows.text("customer_id")).index(WHO)])


@pytest.mark.heavy
def test_a_customer_is_handed_over_and_taken_back_and_nothing_is_posted(ibm_book: Path) -> None:
    before = ledger_of(ibm_book).posted("Batches")
    handed = done(run("escalate", ibm_book, as_of="2013-06-15", customer=WHO, to="agency",
                      reason="no answer"))  # fmt: skip
    assert status_of(ibm_book) == "Agency"
    package = ibm_book.parent / f"Hand-over {WHO} 2013-06-15"
    assert sorted(paper.name for paper in package.iterdir()) == [
        "1 Cover sheet.pdf",
        "2 Statement of account.pdf",
        "3 Open invoices.pdf",
        "4 What happened.pdf",
    ]
    cover = "".join(page.extract_text() for page in PdfReader(package / "1 Cover sheet.pdf").pages)
    assert "no answer" in cover
    assert WHO in cover
    statement = PdfReader(package / "2 Statement of account.pdf").pages
    assert "will be charged" not in "".join(page.extract_text() for page in statement)
    assert handed.rows == {"Activities": 1}
    done(run("escalate", ibm_book, customer=WHO, back=True, reason="paid"))
    assert status_of(ibm_book) == "Active"
    assert len(ledger_of(ibm_book).posted("Batches")) == len(before)


def test_a_preview_changes_nothing(ibm_book: Path) -> None:
    before = ibm_book.read_bytes()
    done(run("escalate", ibm_book, customer=WHO, to="legal", reason="x", preview=True))
    assert ibm_book.read_bytes() == before
    assert [p.name for p in ibm_book.parent.iterdir()] == [ibm_book.name]

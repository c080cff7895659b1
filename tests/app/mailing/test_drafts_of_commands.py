"""Drafts that statements and letters make on a workbook, as a mail program finds them."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from ar_xl.book import host
from tests.app.conftest import done, run

pytestmark = pytest.mark.heavy
WHO, ON = "0783-PEPYR", "2013-06-15"


@pytest.fixture
def mailable(ibm_book: Path) -> Path:
    """Real invoices, one customer with an address, and ours."""
    opened = host.open_book(ibm_book)
    settings, customers = opened.sheets["Settings"], opened.sheets["Customers"]
    for row in range(2, 120):
        if settings.range((row, 1)).value == "Email":
            settings.range((row, 2)).value = "ar@sons.example"
        if customers.range((row, 1)).value == WHO:
            customers.range((row, 5)).value = "ap@cust.example"
    host.save(opened, ibm_book)
    opened.close()
    return ibm_book


def papers_of(draft: Path) -> list[str]:
    read = message_from_bytes(draft.read_bytes(), policy=default)
    assert isinstance(read, EmailMessage)
    assert read["To"].addresses[0].addr_spec == "ap@cust.example"
    return [str(paper.get_filename()) for paper in read.iter_attachments()]


def test_a_statement_has_its_draft_and_who_has_no_address_is_said(mailable: Path) -> None:
    answer = done(run("statements", mailable, as_of=ON, customer=f"{WHO},0688-XNJRO", email=True))
    (draft,) = (mailable.parent / f"Statements {ON}" / "E-mail").iterdir()

    assert papers_of(draft) == [f"{WHO}.pdf"]
    missing = [f.row_id for f in answer.findings if f.code.name == "email_missing"]
    assert missing == ["0688-XNJRO"]


def test_a_letter_goes_with_the_statement(mailable: Path) -> None:
    step = run("letters", mailable, as_of=ON, customer=WHO, email=True)
    drafts = list((mailable.parent / f"Letters {ON}" / "E-mail").iterdir())

    assert len(drafts) == 1, step.said
    name = drafts[0].stem
    assert papers_of(drafts[0]) == [f"{name}.docx", f"{name} statement.pdf"]
    assert done(run("send", mailable, as_of=ON)).said[0] == (
        f"1 e-mail to 1 customer can be sent: {WHO}."
    )

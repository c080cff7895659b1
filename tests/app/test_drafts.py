"""Drafts of an outbox: one e-mail a customer, with the papers as they lie in the folder."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from ar_xl.app.drafts import Mailing, add_drafts, draft_of
from ar_xl.app.outbox import Outbox, Paper, shelf_beside, staged_papers
from ar_xl.app.papers.mailwords import About
from ar_xl.core.findings import Finding, Refusal
from ar_xl.core.ledger import Request
from tests.ledger_text import ledger, policy

CUSTOMERS = """
    Customers
    Customer ID | Name    | Contact | Email                          | Language
    ACME        | Acme AG | Jo Kay  | jo@acme.example; ap@acme.example | de
    BOLT        | Bolt    |         | none                           |
    CARO        | Caro    |         |                                |
    """
ON = Request(date(2026, 10, 31), "Ada")


def mailing(customer: str, *papers: str) -> Mailing:
    return Mailing(customer, customer.title(), papers, About.LETTER)


def made(
    folder: Path, box: Outbox, *mailings: Mailing, email: str = "ar@sons.example"
) -> list[Finding]:
    """Make the papers of an outbox and their drafts."""
    book = ledger(CUSTOMERS, policy(company="Sons", email=email))
    found = add_drafts(book, ON, box, mailings)
    shelf = shelf_beside(str(folder / "books.xlsx"), "")
    with staged_papers(lambda: shelf, [box], lambda _: None):
        pass
    return found


def opened(path: Path) -> EmailMessage:
    read = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(read, EmailMessage)
    return read


def test_a_letter_goes_as_the_pdf_that_was_printed_of_it(tmp_path: Path) -> None:
    def printing(folder: Path) -> tuple[str, ...]:
        (folder / "Acme.pdf").write_bytes(b"printed")
        return ()

    papers = [Paper("Acme.docx", lambda: b"word"), Paper("Acme Statement.xlsx", lambda: b"xl")]
    box = Outbox("Letters", papers, printing)
    found = made(tmp_path, box, mailing("ACME", "Acme.docx", "Acme Statement.xlsx"))
    read = opened(tmp_path / draft_of("Letters/Acme.docx"))

    assert found == []
    assert [(p.get_filename(), p.get_content()) for p in read.iter_attachments()] == [
        ("Acme.pdf", b"printed"),
        ("Acme Statement.xlsx", b"xl"),
    ]
    assert read["To"] == "Acme AG <jo@acme.example>, Acme AG <ap@acme.example>"
    assert read["From"] == "Sons <ar@sons.example>"
    assert read["Subject"] == "Unser Schreiben vom 31.10.2026 zu Ihrem Konto - Sons"
    part = read.get_body()
    assert part is not None
    assert part.get_content().startswith("Guten Tag Jo Kay,")


def test_who_has_no_address_or_a_wrong_one_is_said_and_gets_the_paper_alone(tmp_path: Path) -> None:
    box = Outbox("Letters", [Paper(f"{n}.docx", lambda: b"1") for n in ("Acme", "Bolt", "Caro")])
    found = made(
        tmp_path, box, *[mailing(n.upper(), f"{n}.docx") for n in ("Acme", "Bolt", "Caro")]
    )

    assert [(f.code.name, f.row, f.row_id, f.seen) for f in found] == [
        ("email_not_an_address", 3, "BOLT", "`none`"),
        ("email_missing", 4, "CARO", "no Email"),
    ]
    assert [p.name for p in (tmp_path / "Letters" / "E-mail").iterdir()] == ["Acme.eml"]
    assert (tmp_path / "Letters" / "Bolt.docx").exists()


@pytest.mark.parametrize("email", ["", "sons", "a@x.example; b@x.example"])
def test_without_an_address_of_our_own_no_draft_is_made(tmp_path: Path, email: str) -> None:
    with pytest.raises(Refusal, match="Email on the Settings sheet"):
        made(tmp_path, Outbox("Letters"), email=email)


def test_papers_that_no_server_would_take_are_refused_and_nothing_is_left(tmp_path: Path) -> None:
    box = Outbox("Letters", [Paper("Acme.docx", lambda: bytes(20_000_001))])

    with pytest.raises(Refusal, match="20 MB"):
        made(tmp_path, box, mailing("ACME", "Acme.docx"))
    assert list(tmp_path.iterdir()) == []

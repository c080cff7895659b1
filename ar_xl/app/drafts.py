"""Drafts: an e-mail for each customer of an outbox, in its folder `E-mail`.

They are made last, from the papers as they lie in the folder, so that what is attached is the very
file, a letter that was printed to PDF included.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from pathlib import Path, PurePosixPath

import numpy as np

from ar_xl.app.outbox import Outbox
from ar_xl.app.papers.addresses import addresses, named
from ar_xl.app.papers.mail import MOST_BYTES, Attachment, Message, draft
from ar_xl.app.papers.mailwords import About, Covering, body, subject
from ar_xl.app.papers.wording import Wording
from ar_xl.core.findings import Exit, Finding, Refusal, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.settings import Settings

EMAIL_WRONG = code(
    "email_not_an_address",
    Severity.WARNING,
    "an address such as ann@example.com; several with semicolons between them",
    "Correct the Email on the Customers sheet; until then this customer gets no e-mail.",
)
EMAIL_MISSING = code(
    "email_missing",
    Severity.NOTE,
    "an address such as ann@example.com",
    "Type the Email on the Customers sheet, or send the paper by post.",
)
SENDER_WRONG = code(
    "email_sender_missing",
    Severity.ERROR,
    "one address, such as receivables@example.com",
    "Type your own address as Email on the Settings sheet, then run again.",
    Exit.WRONG_DATA,
)
DRAFT_TOO_LARGE = code(
    "email_too_large",
    Severity.ERROR,
    f"papers of at most {MOST_BYTES // 1_000_000} MB together",
    "Make the papers without e-mail drafts and send these another way.",
    Exit.REFUSED,
)
FOLDER = "E-mail"


@dataclass(frozen=True)
class Mailing:
    """One customer's papers that go in one e-mail.

    Args:
        customer_id: whose.
        name: of the draft, without its ending: as the main paper's.
        papers: file names in the outbox; a Word file that has a PDF beside it goes as PDF.
        about: what they are.
    """

    customer_id: str
    name: str
    papers: tuple[str, ...]
    about: About


def add_drafts(
    ledger: Ledger, request: Request, box: Outbox, mailings: Sequence[Mailing]
) -> list[Finding]:
    """Let an outbox make drafts too, after whatever it finishes with.

    Args:
        ledger: its Customers and Settings.
        request: for its as-of date.
        box: gets the drafts.
        mailings: one a customer.

    Returns:
        Who has no address, or one that is none: that customer gets no draft.

    Raises:
        Refusal: the settings have no address to send from.
    """
    sender = own_address(ledger.policy.settings)
    findings, made = [], []
    for mailing in mailings:
        row = customer_row(ledger, mailing.customer_id)
        problem = address_finding(row)
        if problem is not None:
            findings.append(problem)
            continue
        covering = _covering(ledger.policy.settings, request, row, mailing.about)
        wording = Wording.of(row.text("language")[0], ledger.policy.settings.language)
        made.append(_maker(sender, row, mailing, subject(wording, covering),
                           body(wording, covering)))  # fmt: skip
    before = box.finish

    def finish(folder: Path) -> tuple[str, ...]:
        said = tuple(before(folder)) if before is not None else ()
        if made:
            (folder / FOLDER).mkdir(mode=0o700)
        for make in made:
            make(folder)
        return said

    box.finish = finish
    return findings


def own_address(settings: Settings) -> Address:
    """The company's name and address, which e-mail is sent from.

    Raises:
        Refusal: Email of the settings is empty or no address.
    """
    found = addresses(settings.email)
    if len(found.good) != 1 or found.wrong:
        raise Refusal(SENDER_WRONG, f"Email on the Settings sheet: `{settings.email}`.")
    return named(settings.company, found.good[0])


def customer_row(ledger: Ledger, customer_id: str) -> Frame:
    """The row of a customer; without rows where there is none."""
    rows = ledger.posted("Customers")
    return rows.take(np.flatnonzero(rows.text("customer_id") == customer_id)[:1])


def address_finding(row: Frame) -> Finding | None:
    """What is wrong with a customer's address; None where it can be written to.

    Args:
        row: of Customers.
    """
    cell = row.text("email")[0] if len(row) else ""
    found = addresses(cell)
    if found.good and not found.wrong:
        return None
    at = int(row.row[0]) if len(row) else 0
    customer_id = row.text("customer_id")[0] if len(row) else ""
    if not found.wrong:
        return Finding(EMAIL_MISSING, "Customers", at, "email", customer_id, "no Email")
    wrong = ", ".join(f"`{part}`" for part in found.wrong)
    return Finding(EMAIL_WRONG, "Customers", at, "email", customer_id, wrong)


def draft_of(paper: str) -> str:
    """Where the draft of a paper lies: `Letters 2026-10-31/Acme.docx` has one in `E-mail`.

    Args:
        paper: as the Paper column of Activities names it.
    """
    path = PurePosixPath(paper)
    return str(path.parent / FOLDER / f"{path.stem}.eml")


def _covering(settings: Settings, request: Request, row: Frame, about: About) -> Covering:
    signed_by = row.text("collector")[0] or settings.signed_by
    return Covering(
        about, request.as_of, settings.company, settings.phone, signed_by, row.text("contact")[0]
    )


def _maker(
    sender: Address, row: Frame, mailing: Mailing, about: str, text: str
) -> Callable[[Path], None]:
    known_as = row.text("name")[0]
    to = tuple(
        each if each.display_name else named(known_as, each)
        for each in addresses(row.text("email")[0]).good
    )

    def make(folder: Path) -> None:
        papers = [_attached(folder, name) for name in mailing.papers]
        size = sum(len(paper.content) for paper in papers)
        if size > MOST_BYTES:
            raise Refusal(DRAFT_TOO_LARGE, f"The e-mail to {mailing.customer_id} would hold "
                          f"{size // 1_000_000} MB.")  # fmt: skip
        raw = draft(Message(sender, to, about, text, papers))
        (folder / FOLDER / f"{mailing.name}.eml").write_bytes(raw)

    return make


def _attached(folder: Path, name: str) -> Attachment:
    path = folder / name
    printed = path.with_name(f"{path.stem}.pdf")
    chosen = printed if path.suffix == ".docx" and printed.exists() else path
    return Attachment(chosen.name, chosen.read_bytes())

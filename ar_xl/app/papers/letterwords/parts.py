"""What a starting template consists of, whatever its language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Body:
    """What one letter says around its table; each paragraph may hold fields.

    Args:
        subject: the line in bold.
        before, after: the paragraphs above and below the table.
    """

    subject: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class LetterWords:
    """The words of one language.

    Args:
        reference, customer: labels above the subject.
        dear, dear_nobody: the salutation, with and without a contact.
        amounts_in: above each table.
        document, date, due, days, open, disputed: headings of the table.
        total, less_disputed, less_planned, less_credits, less_promised, please_pay: below them.
        in_dispute, pay_to: sentences that stand where there is something to say.
        closing: before the signature.
        page: of the footer; PAGE and PAGES stand for the numbers.
        bodies: by the name of the letter.
    """

    reference: str
    customer: str
    dear: str
    dear_nobody: str
    amounts_in: str
    document: str
    date: str
    due: str
    days: str
    open: str
    disputed: str
    total: str
    less_disputed: str
    less_planned: str
    less_credits: str
    less_promised: str
    please_pay: str
    in_dispute: str
    pay_to: str
    closing: str
    page: str
    bodies: Mapping[str, Body]

"""Statements that go along with other papers: a customer's open items as PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ar_xl.app.commands.statements import logo, notices, statement_pdf, texts_of
from ar_xl.app.desk import Desk
from ar_xl.app.papers.sender import Sender
from ar_xl.app.papers.statement_pages import Making
from ar_xl.app.papers.typefaces import undrawable
from ar_xl.ops.statements.deciding import Asked, statements


def statement_makers(desk: Desk, customers: Sequence[str]) -> dict[str, Callable[[], bytes]]:
    """What makes the statement of each customer, by Customer ID.

    Args:
        desk: the command at work; its as-of date is that of the statements.
        customers: whose. One with nothing open has none, nor has one with letters that no font
            here has.
    """
    settings = desk.ledger.policy.settings
    asked = Asked(desk.request.as_of, customers=tuple(customers))
    decided = statements(desk.ledger, asked)
    sender = Sender(settings, logo(desk))
    making = Making(sender, asked, decided.names, notices(desk.ledger, asked.as_of))
    ours = [sender.name, *sender.lines(""), settings.pay_to]
    return {
        each.recipient.customer_id: partial(statement_pdf, making, [each])
        for each in decided.papers
        if not undrawable([*ours, *texts_of(making, each)])
    }

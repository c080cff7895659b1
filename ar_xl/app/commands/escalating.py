"""Escalation: hand a customer over to an agency or a lawyer, with a package, or take one back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ar_xl.app.attached import statement_makers
from ar_xl.app.desk import Desk
from ar_xl.app.outbox import Outbox, Paper
from ar_xl.app.papers import dossier_words as words
from ar_xl.app.papers.dossier_pages import Handing, cover_pages, history_pages, invoice_pages
from ar_xl.app.papers.drawing import Page, page_size, pdf
from ar_xl.app.papers.sender import Sender
from ar_xl.app.papers.wording import Phrase, Wording
from ar_xl.core.findings import Refusal
from ar_xl.core.money import totals_by_currency
from ar_xl.ops.collecting.dossier import Dossier, dossier
from ar_xl.ops.collecting.escalation import ESCALATION_UNCLEAR, escalated, taken_back


def escalate_command(desk: Desk) -> None:
    """Set the customer's Status, say who did it and why, and make the package."""
    desk.insist_on_posted_rows()
    customer_id, reason = desk.params["customer"] or "", desk.request.reason
    if desk.params["back"]:
        desk.draft(taken_back(desk.ledger, desk.request, customer_id, reason))
        desk.said.append(f"{customer_id}: Status Active; late fees and reminders go on.")
        return
    to = desk.params["to"]
    if not to:
        raise Refusal(ESCALATION_UNCLEAR, "Nobody is named to hand the customer over to.",
                      fix="Choose agency or legal, or take the customer back.")  # fmt: skip
    folder = desk.shelf().free(f"Hand-over {customer_id} {desk.request.as_of}")
    cover = _named(1, words.COVER, Wording.of("", desk.ledger.policy.settings.language))
    change = escalated(
        desk.ledger, desk.request, customer_id, to, reason, f"{folder}/{cover}"
    )  # fmt: skip
    known = dossier(desk.ledger, desk.request.as_of, customer_id)
    desk.draft(change)  # before its papers: a customer who is handed over bears no late fees
    papers = _package(desk, known, to, reason)
    currency, amount, late = known.items.currency, known.items.open, known.overdue
    desk.add_totals({"Open": totals_by_currency(currency, amount)})
    desk.add_totals({"Overdue": totals_by_currency(currency[late], amount[late])})
    desk.outboxes.append(Outbox(folder, papers))
    desk.said.append(f"{customer_id}: Status {to.capitalize()}; no late fees, reminders or "
                     "calls until the customer is taken back.")  # fmt: skip


def _package(desk: Desk, known: Dossier, to: str, reason: str) -> list[Paper]:
    """The cover sheet, the statement, the open invoices and what happened."""
    settings = desk.ledger.policy.settings
    customer_id = known.customer.text("customer_id")[0]
    statement = statement_makers(desk, [customer_id]).get(customer_id)
    enclosed = (*([words.STATEMENT] if statement else []), words.INVOICES, words.HISTORY)
    size = page_size(settings.base_currency)
    handing = Handing(
        Sender(settings), known, to, reason, desk.request.user, size, enclosed
    )  # fmt: skip
    makers: dict[Phrase, Callable[[], bytes]] = {
        words.COVER: partial(_pdf, handing, words.COVER, cover_pages),
        **({words.STATEMENT: statement} if statement else {}),
        words.INVOICES: partial(_pdf, handing, words.INVOICES, invoice_pages),
        words.HISTORY: partial(_pdf, handing, words.HISTORY, history_pages),
    }
    return [
        Paper(_named(number, title, handing.said), make)
        for number, (title, make) in enumerate(makers.items(), 1)
    ]


def _named(number: int, title: Phrase, said: Wording) -> str:
    return f"{number} {said.say(title)}.pdf"


def _pdf(handing: Handing, title: Phrase, pages: Callable[[Handing], list[Page]]) -> bytes:
    sender = handing.sender
    return pdf([pages(handing)], handing.size, handing.said.say(title), sender.name)

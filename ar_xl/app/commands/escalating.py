"""Escalation: hand a customer over to an agency or a lawyer, with a package, or take one back."""

from __future__ import annotations

from ar_xl.app.desk import Desk
from ar_xl.core.findings import Refusal
from ar_xl.core.money import totals_by_currency
from ar_xl.ops.collecting.dossier import dossier
from ar_xl.ops.collecting.escalation import ESCALATION_UNCLEAR, escalated, taken_back


def escalate_command(desk: Desk) -> None:
    """Set the customer's Status, say who did it and why."""
    desk.insist_on_posted_rows()
    customer_id, reason = desk.params["customer"] or "", desk.request.reason
    if desk.params["back"]:
        desk.draft(taken_back(desk.ledger, desk.request, customer_id, reason))
        desk.said.append(f"{customer_id} is Active again: late fees and reminders go on.")
        return
    to = desk.params["to"]
    if not to:
        raise Refusal(ESCALATION_UNCLEAR, "Nobody is named to hand the customer over to.",
                      fix="Choose agency or legal, or take the customer back.")  # fmt: skip
    change = escalated(desk.ledger, desk.request, customer_id, to, reason, "")
    known = dossier(desk.ledger, desk.request.as_of, customer_id)
    currency, amount = known.items.currency, known.items.open
    desk.add_totals({"Open": totals_by_currency(currency, amount)})
    late = known.overdue
    desk.add_totals({"Overdue": totals_by_currency(currency[late], amount[late])})
    desk.draft(change)
    desk.said.append(f"{customer_id}: Status is now {to.capitalize()}; no more late fees, letters "
                     "or calls until the customer is taken back.")  # fmt: skip

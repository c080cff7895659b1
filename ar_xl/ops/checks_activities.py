"""Checks of Activities: rows that name nobody, or somebody else's invoice.

What a promise says is judged in `ops/checks_promises.py`.
"""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import positions, text_array
from ar_xl.core.findings import Finding, Severity, code, rows_found
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.events import EVENTS
from ar_xl.ops.open_items import live_rows

CUSTOMER_OF_NONE = code(
    "activity_customer_unknown",
    Severity.WARNING,
    "a Customer ID that stands on the Customers sheet",
    "Correct Customer ID; until then the row counts for nobody.",
)
INVOICE_OF_NONE = code(
    "activity_invoice_unknown",
    Severity.WARNING,
    "the number of a posted document, or an empty cell",
    "Correct Invoice No, or empty it where the row is about the whole account.",
)
INVOICE_OF_ANOTHER = code(
    "activity_invoice_of_another",
    Severity.WARNING,
    "an invoice of the customer of the row",
    "Correct Customer ID or Invoice No.",
)
STEP_UNKNOWN = code(
    "activity_step_unknown",
    Severity.WARNING,
    "a step that stands on the Ladder sheet",
    "Choose the step from the drop-down; until then it counts as no step.",
)


def activity_findings(ledger: Ledger) -> list[Finding]:
    """What makes no sense in the log of calls, letters and notes.

    Args:
        ledger: its Activities, Customers, ladder and what was posted or drafted.
    """
    rows = ledger.posted("Activities")
    if not len(rows):
        return []
    who, about, step = rows.text("customer_id"), rows.text("invoice_no"), rows.text("step")
    customers = ledger.posted("Customers").text("customer_id")
    documents, _ = live_rows(ledger.posted("Invoices"), "invoice_no")
    drafts = ledger.draft("Invoices")
    numbers = np.concatenate([documents.text("invoice_no"), drafts.text("invoice_no")])
    owners = np.concatenate([documents.text("customer_id"), drafts.text("customer_id")])
    at = positions(numbers, about)
    owner = np.append(owners, "")[at]
    named = about != ""
    stranger = (who == "") | (positions(customers, who) < 0)
    other = named & (at >= 0) & (owner != who) & ~stranger
    ladder = text_array([*(each.name for each in ledger.policy.ladder), *EVENTS])
    lost = (step != "") & (positions(ladder, step) < 0)

    def seen(text: str) -> str:
        return f"`{text}`" if text else "an empty cell"

    return [
        *rows_found(stranger, rows, CUSTOMER_OF_NONE, "customer_id", "customer_id",
                    lambda i: seen(str(who[i]))),
        *rows_found(named & (at < 0), rows, INVOICE_OF_NONE, "invoice_no", "customer_id",
                    lambda i: seen(str(about[i]))),
        *rows_found(other, rows, INVOICE_OF_ANOTHER, "invoice_no", "customer_id",
                    lambda i: f"`{about[i]}`, an invoice of {owner[i]}"),
        *rows_found(lost, rows, STEP_UNKNOWN, "step", "customer_id",
                    lambda i: seen(str(step[i]))),
    ]  # fmt: skip

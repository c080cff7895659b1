"""Figures of Late Fees What-If: the run and the run under another policy, reckoned again."""

from __future__ import annotations

import numpy as np

from ar_xl.app.explaining.of_fees import segment_words
from ar_xl.app.sheets.parts import fee_policy_words
from ar_xl.app.sheets.what_if_sheet import BY_INVOICE
from ar_xl.core.explanation import Explanation, Part, Unit
from ar_xl.core.findings import Refusal
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import ReportCell
from ar_xl.ops.fees.overdue import overdue
from ar_xl.ops.fees.reckoning import reckoning
from ar_xl.ops.fees.sidebyside import pair
from ar_xl.ops.fees.whatif import under, what_if
from ar_xl.ops.past import before
from ar_xl.ops.tracing import item_rows

_RULES = {
    "Fee": "What the run charges by the fee policies as they are.",
    "What-If Fee": "What the same run would charge.",
    "Difference": "What the run would charge more, or less, than by the policies as they are.",
    "Taken Off": "What ceilings and caps of the what-if took off.",
    "Left Out": "What is open of items that are past due and bear no fee in the what-if.",
    "Overdue": "What is past due of the document, less what is in dispute, promised or covered by "
    "unapplied credits.",
    "Days": "Days that the run charges; of several items of a document the longest.",
}
_COLUMNS = {
    "Fee": "fee", "What-If Fee": "other", "Taken Off": "taken_off", "Left Out": "left_out",
    "Overdue": "overdue", "Days": "days",
}  # fmt: skip


def what_if_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """A figure of a customer, of an invoice, or the sum of a column."""
    name = cell.caption.removesuffix(f", {cell.currency}").removesuffix(BY_INVOICE)
    if cell.heading not in _RULES or not cell.currency:
        return None
    try:
        found = what_if(ledger, cell.as_of, [name])
    except Refusal:  # the policy is gone since
        return None
    both = pair(found.actual, found.others[0][1], cell.currency)
    mine = np.full(len(both.fee), True)
    if not cell.is_total:
        mine &= both.customer_id == cell.line.get("Customer ID", "")
        if "Invoice No" in cell.headings:
            mine &= both.invoice_no == cell.line.get("Invoice No", "")
    if not mine.any():
        return None
    if cell.heading == "Difference":
        value = int((both.other - both.fee)[mine].sum())
    else:
        value = int(getattr(both, _COLUMNS[cell.heading])[mine].sum())
    policy = ledger.policy.fee_policies.get(name)
    words = fee_policy_words(policy, cell.currency) if policy else "no late fees"
    rule = f"{_RULES[cell.heading]} The what-if: {words}."
    if cell.heading == "Days":
        return Explanation(rule, Unit.WHOLE, value)
    books = before(ledger, found.run_taken_back) if found.run_taken_back else ledger
    late = overdue(under(books, name), cell.as_of)
    chosen = np.isin(late.root.astype(str), both.invoice_no[mine].astype(str))
    late = late.take(np.flatnonzero(chosen & late.is_charged))
    see: tuple[str, ...] = ()
    of_one = "Invoice No" in cell.headings and not cell.is_total
    if cell.heading == "What-If Fee" and of_one and len(late.items):
        see = segment_words(reckoning(books, late, cell.as_of), cell.currency)
    open_now = late.items.take(late.items.open != 0)
    parts = (Part("Open items", item_rows(books, cell.as_of, open_now)),)
    return Explanation(rule, Unit.MONEY, value, cell.currency, parts, adds_up=False, see=see)

"""Credit limits: what a customer would owe once the drafts are posted (semantics, section 8).

Exposure is what is open, less unapplied credits, plus the drafts. At the limit passes; an empty
limit is unlimited, 0 is no credit at all. The overdue limit looks at the overdue part alone. A
limit is in the customer's currency; documents in others are not counted against it. What is no more
than Overdue Limit Days past due is not counted as overdue yet.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, IntArray, TextArray, codes_of, positions, sum_by
from ar_xl.core.dates import LAST_DATE, day
from ar_xl.core.findings import Code, Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.ops.checks_common import resolved_currencies
from ar_xl.ops.customers import customer_amounts
from ar_xl.ops.open_items import credits, open_items

LIMIT_EXCEEDED = code(
    "credit_limit_exceeded",
    Severity.WARNING,
    "what the customer owes, drafts included, within the Credit Limit",
    "Ask before you deliver more. The documents are posted as they stand.",
)
OVERDUE_EXCEEDED = code(
    "overdue_limit_exceeded",
    Severity.WARNING,
    "what the customer owes past due within the Overdue Limit",
    "Ask for payment before you deliver more. The documents are posted as they stand.",
)


def credit_findings(ledger: Ledger, as_of: date | None = None) -> list[Finding]:
    """Customers with draft documents whose limits are, or would be, exceeded.

    Args:
        ledger: posted documents and drafts.
        as_of: the day that overdue is reckoned on; None is the last date among the drafts.
    """
    drafts = ledger.draft("Invoices")
    drafts = drafts.take((drafts.text("customer_id") != "") & (drafts.ints("amount") != BLANK))
    if not len(drafts):
        return []
    (codes,), customers = codes_of(drafts.text("customer_id"))
    limits = {
        key: customer_amounts(ledger, customers, key) for key in ("credit_limit", "overdue_limit")
    }
    if all(bool((values == BLANK).all()) for values in limits.values()):
        return []
    currency = _currencies(ledger, customers)
    mine = resolved_currencies(ledger, drafts) == currency[codes]
    sign = np.where(drafts.text("type") == "Credit Memo", -1, 1)
    new = sum_by(np.where(mine, codes, -1), drafts.ints("amount") * sign, len(customers))
    written = drafts.dates("invoice_date")
    known = written[~np.isnat(written)]
    on = day(as_of) if as_of else (known.max() if len(known) else day(LAST_DATE))
    open_now, overdue = _owed(ledger, customers, currency, on)
    first = np.full(len(customers), -1, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    rows = _Rows(drafts, first, currency)
    return [
        *rows.exceeded(LIMIT_EXCEEDED, open_now + new, limits["credit_limit"],
                       "would owe {0} of a limit of {1}"),
        *rows.exceeded(OVERDUE_EXCEEDED, overdue, limits["overdue_limit"],
                       "owes {0} past due, limit {1}"),
    ]  # fmt: skip


class _Rows:
    """Where a finding about a customer is shown: the customer's first draft."""

    def __init__(self, drafts: Frame, first: IntArray, currency: TextArray) -> None:
        self.drafts, self.first, self.currency = drafts, first, currency

    def exceeded(self, found: Code, owed: IntArray, limits: IntArray, words: str) -> list[Finding]:
        """Findings for customers above their limits."""
        wrong: BoolArray = np.asarray((limits != BLANK) & (owed > limits), dtype=np.bool_)
        findings = []
        for i in np.flatnonzero(wrong).tolist():
            row, code_ = int(self.first[i]), str(self.currency[i])
            who = str(self.drafts.text("customer_id")[row])
            shown = [f"{code_} {money_text(int(v[i]), code_)}" for v in (owed, limits)]
            findings.append(
                Finding(
                    found, "Invoices", int(self.drafts.row[row]), "customer_id",
                    str(self.drafts.text("invoice_no")[row]), f"{who} {words.format(*shown)}",
                )
            )  # fmt: skip
        return findings


def _currencies(ledger: Ledger, customers: TextArray) -> TextArray:
    table = ledger.posted("Customers")
    at = positions(table.text("customer_id"), customers)
    own = np.concatenate([table.text("currency"), np.array([""], dtype=object)])[at]
    return np.where(own == "", ledger.policy.settings.base_currency, own).astype(object)


def _owed(
    ledger: Ledger, customers: TextArray, currency: TextArray, on: np.datetime64
) -> tuple[IntArray, IntArray]:
    """What each customer owes in its currency: in all, and past due; credits reduce both."""
    items, unused = open_items(ledger, LAST_DATE), credits(ledger, LAST_DATE)
    item, credit = positions(customers, items.customer_id), positions(customers, unused.customer_id)
    item = np.where((item >= 0) & (items.currency == currency[item]), item, -1)
    credit = np.where((credit >= 0) & (unused.currency == currency[credit]), credit, -1)
    margin = np.timedelta64(int(ledger.policy.settings.overdue_limit_days), "D")
    late = np.where(items.due_date + margin < on, item, -1)
    reduced = sum_by(credit, unused.unapplied, len(customers))
    owed = sum_by(item, items.open, len(customers)) - reduced
    overdue = np.maximum(sum_by(late, items.open, len(customers)) - reduced, 0)
    return owed, overdue

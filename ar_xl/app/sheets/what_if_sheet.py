"""Late Fees What-If: a run under other policies beside the run, per customer and per invoice."""

from __future__ import annotations

import numpy as np

from ar_xl.app.sheets.parts import (
    currencies_of,
    drafts_line,
    fee_policy_words,
    money,
    text,
    whole,
)
from ar_xl.core.arrays import IntArray, codes_of, sum_by, text_array
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.report import Report, ReportBlock
from ar_xl.ops.customers import customer_values
from ar_xl.ops.fees.sidebyside import Pair, joined_texts, pair
from ar_xl.ops.fees.whatif import WhatIf

NAME = "Late Fees What-If"
BY_INVOICE = ", by invoice"
_NOTES = (
    "Nothing was posted. Both runs are reckoned by the same rules on the same books; in the "
    "what-if one policy stands in place of every customer's own. Fees of ladder steps stay.",
    "Taken Off is what ceilings and caps of the what-if took off; Left Out is what "
    "is past due and bears no fee in it, with the reason below.",
)


def what_if_report(ledger: Ledger, request: Request, found: WhatIf) -> Report:
    """The comparison: per what-if policy and currency a table of customers, then of invoices.

    Args:
        ledger: as it stands.
        request: whose command it is.
        found: the runs.
    """
    home = ledger.policy.settings.base_currency
    lines = []
    for name, run in found.others:
        own = [policy for policy in run.policies if not policy.step]
        shown = sorted(own, key=lambda policy: policy.ceiling_source)
        lines += [("What if", fee_policy_words(policy, home)) for policy in shown]
        lines += [] if shown else [("What if", f"{name}: no late fees")]
    looked = found.run_taken_back
    lines += [
        ("Books", f"as before {looked}, the run that was posted for {found.actual.period}"
         if looked else "as they stand"),
        drafts_line(ledger),
    ]  # fmt: skip
    currencies = currencies_of(
        np.concatenate([found.actual.currency, *(run.currency for _, run in found.others)])
    )
    pairs = [
        (name, currency, pair(found.actual, run, currency))
        for name, run in found.others
        for currency in currencies
    ]
    blocks = [_customers(ledger, name, currency, both) for name, currency, both in pairs]
    blocks += [_invoices(name, currency, both) for name, currency, both in pairs]
    return Report(
        NAME, request.as_of, ledger.policy.settings.company, tuple(lines), tuple(blocks), _NOTES
    )


def _customers(ledger: Ledger, name: str, currency: str, both: Pair) -> ReportBlock:
    (code,), names = codes_of(both.customer_id)

    def added(values: IntArray) -> IntArray:
        return sum_by(code, values, len(names))

    fee, other = added(both.fee), added(both.other)
    order = np.lexsort((names.astype(str), -np.maximum(fee, other), -np.abs(other - fee)))
    customers = text_array(names)[order]
    return ReportBlock(
        "WhatIf",
        f"{name}, {currency}",
        currency,
        (
            text("Customer ID", customers),
            text("Name", customer_values(ledger, customers, "name")),
            text("Policy", joined_texts(len(names), code, both.policy)[order], 24),
            money("Fee", fee[order]),
            money("What-If Fee", other[order]),
            money("Difference", (other - fee)[order]),
            money("Taken Off", added(both.taken_off)[order]),
            money("Left Out", added(both.left_out)[order]),
        ),
    )


def _invoices(name: str, currency: str, both: Pair) -> ReportBlock:
    gap = np.abs(both.other - both.fee)
    order = np.lexsort((both.invoice_no.astype(str), -both.overdue, -gap))
    return ReportBlock(
        "WhatIfInvoices",
        f"{name}{BY_INVOICE}, {currency}",
        currency,
        (
            text("Customer ID", both.customer_id[order]),
            text("Invoice No", both.invoice_no[order]),
            whole("Days", both.days[order]),
            money("Fee", both.fee[order]),
            money("What-If Fee", both.other[order]),
            money("Difference", (both.other - both.fee)[order]),
            money("Overdue", both.overdue[order]),
            money("Left Out", both.left_out[order]),
            text("Note", both.note[order]),
        ),
    )

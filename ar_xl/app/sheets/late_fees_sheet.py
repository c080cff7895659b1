"""Late Fees: every fee of a run with how it was reckoned, and what was left out and why."""

from __future__ import annotations

import numpy as np

from ar_xl.app.sheets.parts import (
    batch_line,
    currencies_of,
    drafts_line,
    fee_policy_words,
    money,
    text,
    whole,
)
from ar_xl.core.arrays import codes_of, sum_by, text_array
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.report import Report, ReportBlock
from ar_xl.ops.customers import customer_values
from ar_xl.ops.fees.late_fees import LateFees
from ar_xl.ops.fees.waivers import Waived, waived_in_year


def late_fees_report(ledger: Ledger, request: Request, run: LateFees) -> Report:
    """The run, one table a currency: charged documents first, the largest fee on top.

    Args:
        ledger: after the run was posted, so that its batch can be named.
        request: whose command it is.
        run: as assessed.
    """
    fees = ledger.posted("Fees")
    numbers = run.fee_invoice_no[run.fee > 0]
    mine = np.isin(fees.text("fee_invoice_no").astype(str), numbers.astype(str))
    home = ledger.policy.settings.base_currency
    used = sorted(run.policies, key=lambda policy: (policy.name, policy.ceiling_source))
    lines = [("Policy", fee_policy_words(policy, home)) for policy in used]
    gone = waived_in_year(ledger, run.as_of)
    return Report(
        "Late Fees",
        run.as_of,
        ledger.policy.settings.company,
        (
            *(lines or [("Policy", "no customer with something overdue has a fee policy")]),
            ("Period", run.period),
            drafts_line(ledger),
            batch_line(fees.text("batch")[mine].tolist()),
        ),
        (
            *(_block(run, currency) for currency in currencies_of(run.currency)),
            *(_waived(ledger, run, gone, currency) for currency in currencies_of(gone.currency)),
        ),
        ("Overdue is what the fee is on: past due less what is left out.",),
    )


def _block(run: LateFees, currency: str) -> ReportBlock:
    rows = np.flatnonzero(run.currency == currency)
    by_number = run.invoice_no[rows].astype(str)
    rows = rows[np.lexsort((by_number, -run.overdue[rows], -run.fee[rows]))]
    return ReportBlock(
        "LateFees",
        currency,
        currency,
        (
            text("Customer ID", run.customer_id[rows]),
            text("Invoice No", run.invoice_no[rows]),
            # With a step's fee beside interest the same balance would count twice.
            money("Overdue", run.overdue[rows], total=not any(p.step for p in run.policies)),
            whole("Days", run.days[rows]),
            text("Rate", run.rate[rows]),
            money("Fee", run.fee[rows]),
            text("Fee Invoice No", run.fee_invoice_no[rows]),
            text("Note", run.note[rows]),
        ),
    )


def _waived(ledger: Ledger, run: LateFees, gone: Waived, currency: str) -> ReportBlock:
    """What was waived this year, per customer."""
    mine = np.flatnonzero(gone.currency == currency)
    (code,), names = codes_of(gone.customer_id[mine])
    amounts = sum_by(code, gone.amount[mine], len(names))
    count = sum_by(code, np.sign(gone.amount[mine]), len(names))
    order = np.lexsort((names.astype(str), -amounts))
    customers = text_array(names)[order]
    return ReportBlock(
        "Waived",
        f"Waived in {run.as_of.year}, {currency}",
        currency,
        (
            text("Customer ID", customers),
            text("Name", customer_values(ledger, customers, "name")),
            money("Waived", amounts[order]),
            whole("Waivers", count[order]),
        ),
    )

"""Aging and Aging Detail: what every customer owes, by days past due."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ar_xl.app.sheets.parts import (
    aging_policy_line,
    amount,
    currencies_of,
    dates,
    drafts_line,
    money,
    text,
    whole,
)
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.report import Chart, Report, ReportBlock
from ar_xl.ops.aging import Aging, AgingDetail
from ar_xl.ops.collecting.planinterest import told_types
from ar_xl.ops.customers import customer_values
from ar_xl.ops.tie_out import control_balances

CHARTED = 15  # customers that a chart shows


def aging_report(ledger: Ledger, request: Request, aged: Aging) -> Report:
    """The summary: one table a currency, the largest total first, tied to the control account.

    Args:
        ledger: as it stands; its journal is the control account.
        request: whose command it is.
        aged: the aging of a date.
    """
    blocks = []
    for currency in currencies_of(aged.currency):
        mine = np.flatnonzero(aged.currency == currency)
        customers = aged.customer_id[mine]
        buckets = [money(name, aged.buckets[mine, index]) for index, name in enumerate(aged.names)]
        blocks.append(
            ReportBlock(
                "Aging",
                currency,
                currency,
                (
                    text("Customer ID", customers),
                    text("Name", customer_values(ledger, customers, "name")),
                    *buckets,
                    money("Unapplied", aged.unapplied[mine]),
                    money("Total", aged.total[mine]),
                ),
                Chart(
                    f"The largest customers by days past due, {currency}",
                    "Customer ID",
                    aged.names,
                    CHARTED,
                ),
            )
        )
    return Report(
        "Aging",
        aged.as_of,
        ledger.policy.settings.company,
        (aging_policy_line(ledger), *control_lines(ledger, aged), drafts_line(ledger)),
        tuple(blocks),
        (
            "Unapplied receipts and open credit memos stand in Unapplied and reduce no bucket.",
            *(() if len(aged) else (f"Nothing is open on {aged.as_of}.",)),
        ),
    )


def control_lines(ledger: Ledger, aged: Aging) -> list[tuple[str, str]]:
    """The aging total against the control account, one line a currency."""
    control, total = control_balances(ledger, aged.as_of), aged.by_currency()
    lines = []
    for currency in sorted({*control, *total}):
        books, ours = control.get(currency, 0), total.get(currency, 0)
        if books == ours:
            said = f"{amount(books, currency)}, the same as the total below"
        else:
            off = amount(books - ours, currency)
            said = f"{amount(books, currency)}: differs by {off}; see Month-End and run verify"
        lines.append(("Control account", said))
    return lines


def aging_detail_report(ledger: Ledger, request: Request, aged: Aging) -> Report:
    """The detail: every open instalment, credit memo and receipt, one table a currency."""
    settings = ledger.policy.settings
    rows = aged.detail
    rows = replace(rows, type=told_types(ledger, rows.document_no, rows.type))
    blocks = tuple(
        _detail_block(aged, rows.take(np.flatnonzero(rows.currency == currency)), currency)
        for currency in currencies_of(rows.currency)
    )
    return Report(
        "Aging Detail",
        aged.as_of,
        settings.company,
        (aging_policy_line(ledger), drafts_line(ledger)),
        blocks,
        (
            "Disputed is the contested part of Open; it ages on.",
            "Future is settled by rows dated after this date that are posted already.",
        ),
    )


def _detail_block(aged: Aging, rows: AgingDetail, currency: str) -> ReportBlock:
    names = np.array([*aged.names, "Unapplied"], dtype=object)
    return ReportBlock(
        "AgingDetail",
        currency,
        currency,
        (
            text("Customer ID", rows.customer_id),
            text("Invoice No", rows.document_no),
            whole("Line", rows.line),
            text("Type", rows.type),
            dates("Invoice Date", rows.invoice_date),
            dates("Due Date", rows.due_date),
            whole("Days Past Due", rows.days_past_due),
            text("Bucket", names[rows.bucket]),
            money("Amount", rows.amount, total=False),
            money("Open", rows.open),
            money("Disputed", rows.disputed),
            money("Future", rows.future),
            money("After Future", rows.after_future),
        ),
    )

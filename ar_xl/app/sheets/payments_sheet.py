"""Payments Posted: every receipt of a batch, what it paid and by which rule."""

from __future__ import annotations

import numpy as np

from ar_xl.app.sheets.parts import batch_line, currencies_of, dates, drafts_line, money, text
from ar_xl.core.arrays import IntArray, TextArray, codes_of, filled, positions, sum_by
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.report import Report, ReportBlock, ReportColumn
from ar_xl.ops.remittance.deductions import deducted_words

MOST_NAMED = 20  # documents named in one cell


def payments_report(ledger: Ledger, request: Request, batch: str) -> Report:
    """The receipts of a batch, one table a currency, in the order of their dates.

    Args:
        ledger: after the batch was posted.
        request: whose command it is.
        batch: its number.
    """
    receipts, used = ledger.posted("Receipts"), ledger.posted("Applications")
    receipts = receipts.take(np.flatnonzero(receipts.text("batch") == batch))
    mine = (used.text("batch") == batch) & (used.text("source_type") == "Receipt")
    used = used.take(np.flatnonzero(mine))
    rules = ",".join(str(rule) for rule in ledger.policy.settings.allocation_rules)
    return Report(
        "Payments Posted",
        request.as_of,
        ledger.policy.settings.company,
        (
            ("Policy", f"Allocation rules {rules}; tax mode {ledger.policy.settings.tax_mode}"),
            drafts_line(ledger),
            batch_line([batch]),
        ),
        tuple(
            _block(
                ledger,
                receipts.take(np.flatnonzero(receipts.text("currency") == currency)),
                used,
            )
            for currency in currencies_of(receipts.text("currency"))
        ),
        ("Applied and Unapplied make up the Amount; Discount and Write-off come on top.",),
    )


def _block(ledger: Ledger, receipts: Frame, used: Frame) -> ReportBlock:
    order = np.lexsort((receipts.text("receipt_no").astype(str), receipts.dates("receipt_date")))
    receipts = receipts.take(order)
    (mine, source), names = codes_of(receipts.text("receipt_no"), used.text("source_no"))
    place = np.full(len(names), -1, dtype=np.int64)
    place[mine] = np.arange(len(receipts))
    at, count = place[source], len(receipts)
    spent = sum_by(at, used.ints("source_amount"), count)
    currency = str(receipts.text("currency")[0])
    return ReportBlock(
        "PaymentsPosted",
        currency,
        currency,
        (
            text("Receipt No", receipts.text("receipt_no")),
            dates("Date", receipts.dates("receipt_date")),
            text("Customer ID", receipts.text("customer_id")),
            text("Method", receipts.text("method")),
            money("Amount", receipts.ints("amount")),
            money("Applied", spent),
            money("Discount", sum_by(at, used.ints("discount"), count)),
            money("Write-off", sum_by(at, used.ints("difference"), count)),
            money("Unapplied", receipts.ints("amount") - spent),
            text("Invoices", joined(used.text("invoice_no"), at, count), width=30),
            text("Rule", joined(used.text("rule"), at, count)),
            *_only_if_any("Deducted", deducted_words(ledger, receipts)),
            *_only_if_any("Pays For", _others(ledger, receipts, used, at)),
        ),
    )


def _only_if_any(heading: str, words: TextArray) -> tuple[ReportColumn, ...]:
    """A column that only some batches need."""
    return (text(heading, words, width=24),) if (words != "").any() else ()


def _others(ledger: Ledger, receipts: Frame, used: Frame, at: IntArray) -> TextArray:
    """The customers other than the payer whose documents each receipt paid."""
    invoices = ledger.posted("Invoices")
    place = positions(invoices.text("invoice_no"), used.text("invoice_no"))
    owner = np.append(invoices.text("customer_id"), "").astype(object)[place]
    payer = np.append(receipts.text("customer_id"), "").astype(object)[at]
    return joined(owner, np.where(owner == payer, -1, at), len(receipts))


def joined(texts: TextArray, owner: IntArray, count: int) -> TextArray:
    """The different texts of each owner, in their order, at most `MOST_NAMED` of them."""
    out = filled(count, "")
    known = np.flatnonzero(owner >= 0)
    order = known[np.argsort(owner[known], kind="stable")]
    begin = np.searchsorted(owner[order], np.arange(count + 1), side="left")
    single = np.flatnonzero(np.diff(begin) == 1)
    out[single] = texts[order[begin[single]]]
    sorted_texts, bounds = texts[order].tolist(), begin.tolist()
    for i in np.flatnonzero(np.diff(begin) > 1).tolist():
        parts = list(dict.fromkeys(sorted_texts[bounds[i] : bounds[i + 1]]))
        more = f" and {len(parts) - MOST_NAMED} more" if len(parts) > MOST_NAMED else ""
        out[i] = ", ".join(parts[:MOST_NAMED]) + more
    return out

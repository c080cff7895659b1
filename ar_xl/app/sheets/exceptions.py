"""Exceptions of a month: what someone should look at before it is closed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ar_xl.app.sheets.parts import amount, text, whole
from ar_xl.core.dates import day
from ar_xl.core.ledger import Ledger
from ar_xl.core.report import ReportBlock
from ar_xl.ops.aging import Aging
from ar_xl.ops.banking.overdue import overdue_receipts, overdue_slips
from ar_xl.ops.banking.undecided import TO_DO, undecided_of
from ar_xl.ops.tie_out import TieOut

SLIPS_LATE = "Deposits not on the bank in time"
WAITING = "Receipts not deposited in time"
_DATED = {"Invoices": "invoice_date", "Receipts": "receipt_date", "Adjustments": "date"}


def exceptions_block(ledger: Ledger, aged: Aging, tied: Sequence[TieOut]) -> ReportBlock:
    """One row an exception; a block without rows where there is none.

    Args:
        ledger: after everything of the month was posted.
        aged: the aging of its last day.
        tied: the tie-out of every currency.
    """
    last = day(aged.as_of)
    rows: list[tuple[str, int, str]] = []
    for table, dated in _DATED.items():
        drafts = ledger.draft(table)
        due = int((~(drafts.dates(dated) > last)).sum())
        if due:
            label = f"Drafts in {table} dated up to {aged.as_of}"
            rows.append((label, due, "They count nowhere: post, correct or delete them."))
    rows += [
        (
            f"Unexplained difference, {amount(found.unexplained, found.currency)}",
            1,
            "Find it before closing: compare the general ledger's entries with Batches.",
        )
        for found in tied
        if found.unexplained
    ]
    detail = aged.detail
    rows += _counted(
        ("Unapplied credits", detail.bucket < 0, "Apply or refund them."),
        ("Disputed items", detail.disputed > 0, "Settle them; they bear no fee meanwhile."),
    )
    status = ledger.posted("Customers").text("status")
    rows += _counted(("Customers still New", status == "New", "Complete their rows."))
    rows += [
        (label, count, what)
        for label, count, what in (
            (SLIPS_LATE, len(overdue_slips(ledger, aged.as_of)), "Reconcile; ask the bank."),
            (WAITING, len(overdue_receipts(ledger, aged.as_of)), "Deposit them, or find them."),
            *(
                (name, len(undecided_of(ledger, name, aged.as_of)), do)
                for name, do in TO_DO.items()
            ),
        )
        if count
    ]
    return ReportBlock(
        "Exceptions",
        "Exceptions",
        "",
        (
            text("Exception", [label for label, _, _ in rows]),
            whole("Count", [count for _, count, _ in rows]),
            text("What To Do", [what for _, _, what in rows]),
        ),
    )


def _counted(
    *found: tuple[str, np.ndarray[tuple[int], np.dtype[np.bool_]], str],
) -> list[tuple[str, int, str]]:
    return [(label, int(mask.sum()), what) for label, mask, what in found if mask.any()]

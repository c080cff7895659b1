"""Exceptions of a month: what someone should look at before it is closed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ar_xl.app.sheets.parts import amount, text, whole
from ar_xl.core.ledger import Ledger
from ar_xl.core.report import ReportBlock
from ar_xl.ops.aging import Aging, drafts_left_out
from ar_xl.ops.tie_out import TieOut


def exceptions_block(ledger: Ledger, aged: Aging, tied: Sequence[TieOut]) -> ReportBlock:
    """One row an exception; a block without rows where there is none.

    Args:
        ledger: after everything of the month was posted.
        aged: the aging of its last day.
        tied: the tie-out of every currency.
    """
    rows: list[tuple[str, int, str]] = [
        (f"Drafts in {table}", count, "They count nowhere: post, correct or delete them.")
        for table, count in drafts_left_out(ledger).items()
    ]
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

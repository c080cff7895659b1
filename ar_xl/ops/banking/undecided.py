"""Bank lines that nothing is known of yet, by what has to be done with them."""

from __future__ import annotations

from datetime import date

import numpy as np

from ar_xl.core.arrays import positions
from ar_xl.core.dates import day, period_bounds, period_of
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.banking.reconcile import FEES, OTHER_LINES, REFUNDS, RETURNS, TRANSFERS, group_of
from ar_xl.ops.banking.side import undecided_lines

UNDECIDED = "Bank lines of which nobody said what they are"
TO_DO = {
    UNDECIDED: "Match them.",
    RETURNS: "Post them with Adjustments, or reconcile.",
    REFUNDS: "Post them with Adjustments, or reconcile.",
    TRANSFERS: "Book them there; those of this month.",
    FEES: "Book them there; those of this month.",
    OTHER_LINES: "Book them there; those of this month.",
}
_ELSEWHERE = (TRANSFERS, FEES, OTHER_LINES)  # booked where we cannot see it


def undecided_of(ledger: Ledger, label: str, as_of: date) -> Frame:
    """The lines up to a date of which nothing is known yet, of one group.

    Args:
        ledger: bank lines, and what became of them.
        label: a key of `TO_DO`; `UNDECIDED` are those that Match asks about.
        as_of: the last date that counts. Lines for the general ledger are those of its month:
            nobody can say here that they are booked, so they would stay for ever.
    """
    lines = undecided_lines(ledger, as_of)
    group = group_of(lines)
    if label == UNDECIDED:
        paid = (lines.text("kind") == "Payment") & (lines.ints("amount") > 0)
        drafts = ledger.draft("Receipts").text("receipt_no")
        mine = paid & (positions(drafts, lines.text("line_id")) < 0)
    else:
        mine = group == label
    if label in _ELSEWHERE:
        mine &= lines.dates("date") >= day(period_bounds(period_of(as_of))[0])
    return lines.take(np.asarray(mine, dtype=np.bool_))

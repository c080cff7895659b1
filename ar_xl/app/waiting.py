"""Money that the bank has and the books have not: said wherever it would change what is owed."""

from __future__ import annotations

import numpy as np

from ar_xl.app.answer import counted
from ar_xl.app.desk import Desk
from ar_xl.core.money import totals_by_currency, totals_shown
from ar_xl.ops.banking.side import undecided_lines


def say_money_waiting(desk: Desk) -> None:
    """Say how many payments on the bank nobody decided about by the as-of date, and how much."""
    lines = undecided_lines(desk.ledger, desk.request.as_of)
    paid = (lines.text("kind") == "Payment") & (lines.ints("amount") > 0)
    lines = lines.take(np.asarray(paid, dtype=np.bool_))
    if not len(lines):
        return
    waits = "waits" if len(lines) == 1 else "wait"
    total = totals_shown(totals_by_currency(lines.text("currency"), lines.ints("amount")))
    desk.said.append(
        f"{counted(len(lines), 'payment')} on the bank, {total}, {waits} for a decision on the "
        "Match sheet; what is paid so counts as open here."
    )

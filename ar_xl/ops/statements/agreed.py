"""What a customer agreed to: promises that stand and the next payment of each plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.dates import as_date, day
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.promises import STANDING, promises
from ar_xl.ops.open_items import posted_by


@dataclass(frozen=True)
class Agreed:
    """One payment that a customer agreed to make.

    Args:
        plan_no: of the plan, "" for a promise.
        invoice_no: the document that a promise is about, "" for all that is due.
        currency, amount: minor units still to come.
        due: until when.
    """

    plan_no: str
    invoice_no: str
    currency: str
    amount: int
    due: date


def agreed(ledger: Ledger, as_of: date) -> dict[str, list[Agreed]]:
    """What stands agreed at a date, by customer.

    Args:
        ledger: its Activities and Plans.
        as_of: what was agreed later does not count.
    """
    made: dict[str, list[Agreed]] = {}
    standing = promises(ledger, as_of)
    standing = standing.take(np.flatnonzero(standing.state == STANDING))
    for at in range(len(standing.wanted)):
        left = int(standing.wanted[at] - max(int(standing.received[at]), 0))
        if left > 0:
            made.setdefault(str(standing.customer_id[at]), []).append(
                Agreed("", str(standing.invoice_no[at]), str(standing.currency[at]), left,
                       as_date(standing.due[at]))
            )  # fmt: skip
    for customer, payment in _of_plans(ledger, as_of):
        made.setdefault(customer, []).append(payment)
    return made


def _of_plans(ledger: Ledger, as_of: date) -> list[tuple[str, Agreed]]:
    """The next payment of each plan that stands."""
    rows = posted_by(ledger.posted("Plans"), as_of)
    undone = rows.text("plan_no") + "\t" + rows.text("reverses")
    gone = undone[rows.text("reverses") != ""]
    stands = (rows.text("reverses") == "") & (rows.dates("agreed") <= day(as_of))
    stands &= np.isnat(rows.dates("ended")) | (rows.dates("ended") > day(as_of))
    stands &= ~np.isin((rows.text("plan_no") + "\t" + rows.text("batch")).astype(str),
                       gone.astype(str))  # fmt: skip
    stands &= (rows.text("status") == "Due") | (rows.text("status") == "")
    rows = rows.take(np.flatnonzero(stands))
    rows = rows.take(np.argsort(rows.dates("due_date"), kind="stable"))
    _, first = np.unique(rows.text("plan_no").astype(str), return_index=True)
    rows = rows.take(np.sort(first))
    return [
        (
            str(rows.text("customer_id")[at]),
            Agreed(str(rows.text("plan_no")[at]), "", str(rows.text("currency")[at]),
                   int(rows.ints("amount")[at]), as_date(rows.dates("due_date")[at])),
        )
        for at in range(len(rows))
    ]  # fmt: skip

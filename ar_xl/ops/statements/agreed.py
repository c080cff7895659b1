"""What a customer agreed to: promises that stand and the next payment of each plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.dates import as_date
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.plans import LIVE, plan_states
from ar_xl.ops.collecting.promises import STANDING, promises


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
    """The next payment of each live plan: the first line that is not filled, and what it takes."""
    if not len(ledger.posted("Plans")):
        return []
    states = plan_states(ledger, as_of)
    lines = states.lines
    left = lines.owed - lines.filled
    waits = np.flatnonzero((left > 0) & (states.state[lines.plan] == LIVE))
    _, first = np.unique(lines.plan[waits], return_index=True)
    return [
        (
            str(states.customer_id[lines.plan[at]]),
            Agreed(str(states.plan_no[lines.plan[at]]), "", str(states.currency[lines.plan[at]]),
                   int(left[at]), as_date(lines.due_date[at])),
        )
        for at in waits[first].tolist()
    ]  # fmt: skip

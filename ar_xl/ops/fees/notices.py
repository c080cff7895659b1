"""Notices: what a customer is told about late fees on a statement or letter.

By which rule fees are charged, what was charged so far and is unpaid, and what comes next if
nothing is paid by a date. The next fee is that of a run on that day: the same arithmetic, on the
same books.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import TextArray, codes_of, sum_by
from ar_xl.core.ledger import Ledger
from ar_xl.core.policy import FeePolicy
from ar_xl.ops.fees.ceilings import under_ceilings
from ar_xl.ops.fees.history import waived
from ar_xl.ops.fees.late_fees import assess
from ar_xl.ops.fees.overdue import policies_of
from ar_xl.ops.open_items import open_items

Key = tuple[str, str]


@dataclass(frozen=True)
class FeeNotice:
    """What one customer is told about late fees in one currency; minor units.

    Args:
        customer_id, currency: whose, and of what.
        policy: the rule, under the ceiling of the customer's place; its `ceiling_source` names
            the place and the statute where that lowered it. Method `none`: nothing is charged.
        charged: all fees so far, less what was waived.
        open: of these, what is unpaid.
        next_on: the day by which nothing is paid.
        next_fee: what a run on that day would charge; 0 where it would charge nothing.
    """

    customer_id: str
    currency: str
    policy: FeePolicy
    charged: int
    open: int
    next_on: date
    next_fee: int

    @property
    def says_something(self) -> bool:
        """Whether there is anything to print: fees that were charged, or may be."""
        return bool(self.charged or self.open or self.next_fee or self.policy.method != "none")


def fee_notices(ledger: Ledger, as_of: date, unpaid_by: date) -> dict[Key, FeeNotice]:
    """What every customer who owes something is told about late fees.

    Args:
        ledger: posted rows count.
        as_of: what was charged and paid by this day.
        unpaid_by: the day of the next fee; after `as_of`.

    Returns:
        By Customer ID and currency, for whoever owes anything or was ever charged a fee.
    """
    assert unpaid_by > as_of, f"the next fee on {unpaid_by} is not after {as_of}"
    items = open_items(ledger, as_of)
    is_fee = items.type == "Late Fee"
    items = items.take(np.flatnonzero((items.open > 0) | is_fee))
    is_fee = items.type == "Late Fee"
    named, policies, _ = policies_of(ledger, items)
    ruled = under_ceilings(ledger, items.customer_id, named, policies, as_of)
    (group,), keys = codes_of(_keys(items.customer_id, items.currency))
    charged = np.where(is_fee, items.amount, 0) - waived(ledger, items.invoice_no, as_of)
    run = assess(ledger, unpaid_by)
    (of_run,), run_keys = codes_of(_keys(run.customer_id, run.currency))
    to_come = dict(zip(run_keys.tolist(), sum_by(of_run, run.fee, len(run_keys)), strict=True))
    sums = zip(
        keys.tolist(),
        sum_by(group, charged, len(keys)).tolist(),
        sum_by(group, np.where(is_fee, items.open, 0), len(keys)).tolist(),
        _last(group.tolist(), ruled.code.tolist(), len(keys)),
        strict=True,
    )
    made = {}
    for key, so_far, unpaid, code in sums:
        customer, currency = key.split("\t")
        made[customer, currency] = FeeNotice(
            customer, currency, ruled.policies[code], so_far, unpaid, unpaid_by,
            int(to_come.get(key, 0)),
        )  # fmt: skip
    return made


def _keys(customers: TextArray, currencies: TextArray) -> TextArray:
    return np.asarray(customers + "\t" + currencies, dtype=object)


def _last(group: list[int], values: list[int], count: int) -> list[int]:
    """A value of each group; a customer's items all have his policy."""
    out = [0] * count
    for at, value in zip(group, values, strict=True):
        out[at] = value
    return out

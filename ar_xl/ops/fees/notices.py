"""Notices: what a customer is told about late fees on a statement or letter.

By which rule fees are charged, what was charged so far and is unpaid, and what comes next if
nothing is paid by a date. The next fee is that of a run on that day: the same arithmetic, on the
same books. Who bears no fees as things stand is told of none to come: customers who are handed
over, blocked or in a place whose law is unknown, documents in dispute or on a plan that is kept.
The interest of a plan was agreed and is no late fee.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, TextArray, codes_of, sum_by
from ar_xl.core.ledger import Ledger
from ar_xl.core.policy import FeePolicy
from ar_xl.ops.collecting.disputes import disputed
from ar_xl.ops.collecting.planinterest import is_plan_interest
from ar_xl.ops.collecting.plans import on_plan
from ar_xl.ops.customers import customer_values
from ar_xl.ops.fees.ceilings import Ruled, under_ceilings
from ar_xl.ops.fees.history import waived
from ar_xl.ops.fees.late_fees import assess
from ar_xl.ops.fees.overdue import GONE, NO_POLICY, policies_of
from ar_xl.ops.open_items import OpenItems, open_items

Key = tuple[str, str]


@dataclass(frozen=True)
class FeeNotice:
    """What one customer is told about late fees in one currency; minor units.

    Args:
        customer_id, currency: whose, and of what.
        policy: the rule, under the ceiling of the customer's place; its `ceiling_source` names
            the place and the statute where that lowered it. Method `none`: nothing is charged,
            by the rule or because nothing that is open bears a fee as things stand.
        charged: all fees so far, less what was waived; without interest of plans.
        open: of these, what is unpaid.
        next_on: the day by which nothing is paid.
        next_fee: what a run on that day would charge; 0 where it would charge nothing. Documents
            on a plan that is kept today are not in it.
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
    is_fee = _are_fees(ledger, items)
    items = items.take(np.flatnonzero((items.open > 0) | is_fee))
    is_fee = _are_fees(ledger, items)
    named, policies, _ = policies_of(ledger, items)
    ruled = under_ceilings(ledger, items.customer_id, named, policies, as_of)
    planned = on_plan(ledger, items, as_of)
    free = items.open - disputed(ledger, items, as_of) - planned
    bears = _bear_fees(ledger, items, ruled) & (free > 0)
    (group,), keys = codes_of(_keys(items.customer_id, items.currency))
    charged = np.where(is_fee, items.amount, 0) - waived(ledger, items.invoice_no, as_of)
    run = assess(ledger, unpaid_by)
    (of_run,), run_keys = codes_of(_keys(run.customer_id, run.currency))
    on_plans = set(items.invoice_no[planned > 0].tolist())
    kept = np.array([number in on_plans for number in run.invoice_no], dtype=np.bool_)
    fees = sum_by(of_run, np.where(kept, 0, run.fee), len(run_keys))
    to_come = dict(zip(run_keys.tolist(), fees.tolist(), strict=True))
    sums = zip(
        keys.tolist(),
        sum_by(group, charged, len(keys)).tolist(),
        sum_by(group, np.where(is_fee, items.open, 0), len(keys)).tolist(),
        _last(group[bears].tolist(), ruled.code[bears].tolist(), len(keys)),
        strict=True,
    )
    made = {}
    for key, so_far, unpaid, code in sums:
        customer, currency = key.split("\t")
        made[customer, currency] = FeeNotice(
            customer, currency, ruled.policies[code] if code >= 0 else NO_POLICY, so_far, unpaid,
            unpaid_by, to_come.get(key, 0),
        )  # fmt: skip
    return made


def _are_fees(ledger: Ledger, items: OpenItems) -> BoolArray:
    interest = is_plan_interest(ledger, items.invoice_no, items.type)
    return np.asarray((items.type == "Late Fee") & ~interest, dtype=np.bool_)


def _bear_fees(ledger: Ledger, items: OpenItems, ruled: Ruled) -> BoolArray:
    """Items of customers who bear fees; a fee itself bears one where fees are compounded."""
    status = customer_values(ledger, items.customer_id, "status")
    block = customer_values(ledger, items.customer_id, "reminder_block")
    compound = np.array([policy.compound for policy in ruled.policies], dtype=np.bool_)
    bears = (items.type != "Late Fee") | compound[ruled.code]
    resting = np.isin(status.astype(str), list(GONE)) | (block != "") | ruled.unknown
    return np.asarray(bears & ~resting, dtype=np.bool_)


def _keys(customers: TextArray, currencies: TextArray) -> TextArray:
    return np.asarray(customers + "\t" + currencies, dtype=object)


def _last(group: list[int], values: list[int], count: int) -> list[int]:
    """A value of each group, -1 where it has none; a customer's items all have his policy."""
    out = [-1] * count
    for at, value in zip(group, values, strict=True):
        out[at] = value
    return out

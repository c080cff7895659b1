"""The fee that goes with a step of the ladder.

Once a step was really done, its fee policy applies to the items that were old enough for it on
that day: all of the customer's, or those of the invoice that the activity names.

* A policy that charges once (flat, percent, sum) is charged once per invoice and step, beside the
  customer's own policy: a reminder fee does not end the interest.
* A policy that charges days (daily, monthly, greater) takes the place of the customer's own one
  from the day of the step on; the days before bear the one that applied then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from ar_xl.core.arrays import BoolArray, IntArray
from ar_xl.core.ledger import Ledger
from ar_xl.core.policy import FeePolicy, LadderStep, Policy
from ar_xl.ops.collecting.ladder import done_by, done_days
from ar_xl.ops.fees.amounts import TIMED
from ar_xl.ops.open_items import OpenItems
from ar_xl.ops.settlements import day_numbers

NEVER = 1 << 21


@dataclass(frozen=True)
class Steps:
    """The steps of the ladder that carry a fee, and since when they apply to which item.

    Args:
        policies: of the steps, in the order of the ladder, each named with its step.
        since: days since 1970, one row a step and one column an item; NEVER where the step was
            not done, or the item was not old enough for it.
    """

    policies: tuple[FeePolicy, ...]
    since: IntArray

    def taken_over(self, after: int = -1) -> IntArray:
        """The day from which a step later than another charges the days of each item.

        Args:
            after: place of the step; -1 stands for the customer's own policy.
        """
        rows = [row for row, policy in enumerate(self.policies) if row > after and not policy.once]
        none = np.full(self.since.shape[1], NEVER, dtype=np.int64)
        return np.asarray(np.minimum.reduce([none, *(self.since[row] for row in rows)]))


def policy_of_step(policy: Policy, step: LadderStep) -> FeePolicy | None:
    """The fee policy of a step, named with it; None where the step carries none."""
    known = policy.fee_policies.get(step.fee_policy)
    if known is None or known.method == "none":
        return None
    return replace(
        known, name=f"{known.name} ({step.name})", step=step.name, once=known.method not in TIMED
    )


def step_policies(policy: Policy) -> tuple[tuple[LadderStep, FeePolicy], ...]:
    """The steps that carry a fee, with their policies, in the order of the ladder."""
    pairs = ((step, policy_of_step(policy, step)) for step in policy.ladder)
    return tuple((step, made) for step, made in pairs if made is not None)


def fee_policy_named(policy: Policy, name: str) -> FeePolicy | None:
    """The policy that a Fees row names: one of Fee Policies, or that of a step."""
    of_steps = {made.name: made for _, made in step_policies(policy)}
    return policy.fee_policies.get(name) or of_steps.get(name)


def steps_on(
    ledger: Ledger, items: OpenItems, own: IntArray, policies: tuple[FeePolicy, ...], as_of: date
) -> Steps:
    """Find out which steps were done for which items.

    Args:
        ledger: its Activities and Ladder.
        items: the items asked about.
        own, policies: the customers' own policies; a step that names the same one changes nothing.
        as_of: what was done by this day counts.
    """
    steps = step_policies(ledger.policy)
    rows = ledger.posted("Activities")
    rows = rows.take(np.flatnonzero(done_by(rows, as_of)))
    on, due = day_numbers(done_days(rows)), day_numbers(items.due_date)
    since = np.full((len(steps), len(items)), NEVER, dtype=np.int64)
    wanted = pd.DataFrame({"customer": items.customer_id, "item": np.arange(len(items))})
    for at, (step, made) in enumerate(steps):
        mine = np.flatnonzero(rows.text("step") == step.name)
        done = pd.DataFrame(
            {"customer": rows.text("customer_id")[mine], "day": on[mine],
             "invoice": rows.text("invoice_no")[mine]}
        )  # fmt: skip
        pairs = done.merge(wanted, on="customer")
        item, day = pairs["item"].to_numpy(), pairs["day"].to_numpy()
        invoice = pairs["invoice"].to_numpy()
        fits = (invoice == "") | (invoice == items.invoice_no[item])
        fits &= due[item] + step.after_days <= day
        fits &= made.once | ~_same(own, policies, step.fee_policy)[item]
        np.minimum.at(since[at], item[fits], day[fits])
    return Steps(tuple(made for _, made in steps), since)


def _same(own: IntArray, policies: tuple[FeePolicy, ...], name: str) -> BoolArray:
    named = np.array([policy.name == name for policy in policies], dtype=np.bool_)
    return np.asarray(named[own], dtype=np.bool_)

"""What came in for payment plans since they were agreed, and what else made their documents less.

Money is what receipts applied to a plan's documents, and what the customer paid since and nobody
applied yet; it counts from the day it was received. Everything else that relieved a document
(credit memos, write-offs, discounts, waivers) shortens the plan from its end. What was applied
before the plan was agreed is in the amounts that the plan began with, so it does not count again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, DateArray, IntArray, TextArray, codes_of, positions, sum_by
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.disputes import pairs
from ar_xl.ops.lives import order_of_batches
from ar_xl.ops.open_items import credits, live_rows, posted_by
from ar_xl.ops.settlements import DAYS, day_numbers


@dataclass(frozen=True)
class PlanDocuments:
    """Which documents belong to which plan, one element a pair.

    Args:
        plan: index of the plan.
        number: of the document.
        is_interest: it is the interest of the plan itself.
    """

    plan: IntArray
    number: TextArray
    is_interest: BoolArray


@dataclass(frozen=True)
class PlanTimes:
    """When plans count, one element a plan, days since 1970.

    Args:
        customer_id, currency: whose plan it is, and of what money.
        agreed: the day; money received earlier counts on it.
        batch: the posting that brought the plan.
        until: what comes on this day or later is no more the plan's.
    """

    customer_id: TextArray
    currency: TextArray
    agreed: IntArray
    batch: TextArray
    until: IntArray


@dataclass(frozen=True)
class PlanMoney:
    """What came in for plans, one element a receipt and plan, by plan and then by day.

    Args:
        plan, day, amount: index of the plan, day received, minor units above zero.
        reduced: what else relieved the documents of each plan, minor units, not negative.
        relieved: what was relieved of each plan's principal, applied money included.
    """

    plan: IntArray
    day: IntArray
    amount: IntArray
    reduced: IntArray
    relieved: IntArray

    def until(self, plan: IntArray, day: IntArray) -> IntArray:
        """What had come in for each plan by the end of a day."""
        running = np.concatenate([[0], np.cumsum(self.amount)])
        upto = np.searchsorted(self.plan * DAYS + self.day, plan * DAYS + day, side="right")
        start = np.searchsorted(self.plan, plan, side="left")
        return np.asarray(running[np.maximum(upto, start)] - running[start], dtype=np.int64)

    def reached(self, wanted: IntArray) -> DateArray:
        """The day on which each plan had received so much, NaT where it has not."""
        out = np.full(len(wanted), np.datetime64("NaT", "D"))
        have = self.until(self.plan, self.day) >= wanted[self.plan]
        plans, first = np.unique(self.plan[have], return_index=True)
        out[plans] = self.day[have][first].astype("datetime64[D]")
        return out


def plan_money(
    ledger: Ledger, times: PlanTimes, documents: PlanDocuments, wanted: IntArray, as_of: date
) -> PlanMoney:
    """Find what came in for plans by a date.

    Args:
        ledger: posted rows count.
        times, documents: the plans.
        wanted: the sum of each plan's lines; unapplied money fills no more than that.
        as_of: the last Posting Date that counts.
    """
    plans = len(times.agreed)
    if not plans:
        none = np.zeros(0, dtype=np.int64)
        return PlanMoney(none, none, none, none, none)
    rows, pair = _applied(ledger, times, documents, as_of)
    plan = documents.plan[pair]
    paid = np.where(rows.text("source_type") == "Receipt", rows.ints("amount"), 0)
    relief = rows.ints("amount") + rows.ints("discount") + rows.ints("difference")
    reduced = np.maximum(sum_by(plan, relief - paid, plans), 0)
    principal = np.where(documents.is_interest[pair], 0, relief)
    relieved = np.maximum(sum_by(plan, principal, plans), 0)
    by_plan, days, amounts = _by_receipt(ledger, times, plan, rows.text("source_no"), paid)
    room = wanted - reduced - sum_by(by_plan, amounts, plans)
    more, when, unapplied = _unapplied(ledger, times, room, as_of)
    by_plan, days = np.concatenate([by_plan, more]), np.concatenate([days, when])
    amounts = np.concatenate([amounts, unapplied])
    order = np.lexsort((days, by_plan))
    return PlanMoney(by_plan[order], days[order], amounts[order], reduced, relieved)


def _applied(
    ledger: Ledger, times: PlanTimes, documents: PlanDocuments, as_of: date
) -> tuple[Frame, IntArray]:
    """The applications that count for plans, and the pair of plan and document of each."""
    rows = posted_by(ledger.posted("Applications"), as_of)
    (named, used), texts = codes_of(documents.number, rows.text("invoice_no"), keep=True)
    about = np.zeros(len(texts), dtype=np.bool_)
    about[named] = True
    mine = np.flatnonzero(about[used])
    rows, used = rows.take(mine), used[mine]
    pair, row = pairs(named, np.arange(len(named)), used)
    rows, plan = rows.take(row), documents.plan[pair]
    own, agreed = order_of_batches(rows.text("batch"), times.batch)
    posted = day_numbers(rows.dates("posting_date"))
    # An application of before the plan is in its amounts, and so is whatever takes it back.
    before = (rows.text("reverses") == "") & (posted <= times.agreed[plan]) & (own < agreed[plan])
    (number,), numbers = codes_of(rows.text("application_no"))
    _, group = np.unique(plan * (len(numbers) + 1) + number, return_inverse=True)
    begun = np.zeros(len(group), dtype=np.bool_)
    np.logical_or.at(begun, group, before)
    counted = np.flatnonzero(~begun[group] & (posted < times.until[plan]))
    return rows.take(counted), pair[counted]


def _by_receipt(
    ledger: Ledger, times: PlanTimes, plan: IntArray, source: TextArray, paid: IntArray
) -> tuple[IntArray, IntArray, IntArray]:
    """Plan, day and amount of what is applied of each receipt; what bounced is nothing."""
    (codes,), names = codes_of(source)
    keys, group = np.unique(plan * (len(names) + 1) + codes, return_inverse=True)
    amount = sum_by(group.astype(np.int64), paid, len(keys))
    kept = np.flatnonzero(amount > 0)
    by_plan, number = keys[kept] // (len(names) + 1), names[keys[kept] % (len(names) + 1)]
    receipts, _ = live_rows(ledger.posted("Receipts"), "receipt_no")
    at = positions(receipts.text("receipt_no"), number)
    received = day_numbers(receipts.dates("receipt_date")[at]) if len(receipts) else at
    return by_plan, np.maximum(received, times.agreed[by_plan]), amount[kept]


def _unapplied(
    ledger: Ledger, times: PlanTimes, room: IntArray, as_of: date
) -> tuple[IntArray, IntArray, IntArray]:
    """What customers paid since they agreed and nobody applied: their oldest plan first."""
    paid = credits(ledger, as_of)
    paid = paid.take(np.flatnonzero((paid.source_type == "Receipt") & (paid.unapplied > 0)))
    paid = paid.take(np.argsort(paid.date, kind="stable"))
    (owner, payer), _ = codes_of(
        times.customer_id + "\t" + times.currency, paid.customer_id + "\t" + paid.currency
    )
    left, days = paid.unapplied.copy(), day_numbers(paid.date)
    found = [np.zeros((3, 0), dtype=np.int64)]
    for plans in _by_rank(owner, times.agreed):
        plan, receipt = pairs(owner[plans], np.arange(len(plans)), payer)
        plan = plans[plan]
        in_time = (times.agreed[plan] <= days[receipt]) & (days[receipt] < times.until[plan])
        plan, receipt = plan[in_time], receipt[in_time]
        running = np.cumsum(left[receipt])
        first = np.searchsorted(plan_order := _groups(plan), plan_order, side="left")
        before = running - left[receipt]
        upto = np.minimum(running - before[first], room[plan])
        took = np.maximum(upto - (before - before[first]), 0)
        left[receipt] -= took
        found.append(np.stack([plan, days[receipt], took])[:, took > 0])
    plan, when, amount = np.concatenate(found, axis=1)
    return plan, when, amount


def _groups(plan: IntArray) -> IntArray:
    """0, 0, 1, 1, 1, ... for runs of equal plans."""
    return np.cumsum(np.append(False, plan[1:] != plan[:-1])[: len(plan)])


def _by_rank(owner: IntArray, agreed: IntArray) -> list[IntArray]:
    """The plans that are the first of their customer, the second, and so on."""
    order = np.lexsort((agreed, owner))
    start = np.searchsorted(owner[order], owner[order], side="left")
    rank = np.arange(len(order)) - start
    return [order[rank == nth] for nth in range(int(rank.max(initial=-1)) + 1)]

"""Collections: whom to call first, why, and what to do next (semantics, section 8).

What is overdue is past due less disputed amounts, kept payment plans and unapplied credits
(`chasing`); the score is made of six factors (`score`); what is promised does not count in its
amount.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from ar_xl.core.arrays import IntArray, codes_of, sum_by
from ar_xl.core.dates import day, days_between
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.calllist import CallList, Collections
from ar_xl.ops.collecting.chasing import Chased, chased
from ar_xl.ops.collecting.habits import habits
from ar_xl.ops.collecting.ladder import next_steps
from ar_xl.ops.collecting.payers import broken, left_out, limit_use, promise_due, returned
from ar_xl.ops.collecting.plans import plan_states
from ar_xl.ops.collecting.score import points
from ar_xl.ops.customers import customer_values
from ar_xl.ops.open_items import OpenItems
from ar_xl.ops.settlements import all_settlements


def collections(ledger: Ledger, as_of: date) -> Collections:
    """Rank the customers to call at a date, highest score first, by currency.

    Args:
        ledger: posted rows count; nothing after the date does.
        as_of: the date.
    """
    late = chased(ledger, as_of)
    items, made, left = late.items, late.promises, late.left
    (currency, customer), names = codes_of(items.currency, items.customer_id)
    keys, owner = np.unique(currency * len(names) + customer, return_inverse=True)
    owner, count = owner.astype(np.int64), len(keys)
    customers = names[keys % len(names)] if count else names
    currencies = names[keys // len(names)] if count else names
    oldest = _oldest(items, owner, left, count)
    recent, earlier = habits(late.everything, all_settlements(ledger, as_of), as_of).of(customers)
    overdue = sum_by(owner, left, count)
    broke = broken(made, plan_states(ledger, as_of), customers, as_of)
    taken = _taken_off(late, owner, count)
    none = np.zeros(count, dtype=np.int64)
    found = CallList(
        as_of=as_of,
        currency=currencies,
        customer_id=customers,
        collector=customer_values(ledger, customers, "collector"),
        rank=none,
        overdue=overdue,
        oldest_days=days_between(day(as_of), items.due_date[oldest]),
        oldest_due=items.due_date[oldest],
        oldest_no=items.invoice_no[oldest],
        disputed=taken[0],
        planned=taken[1],
        unapplied=taken[2],
        promised=sum_by(owner, late.covered, count),
        promise_due=promise_due(made, customers),
        broken=broke[0],
        broken_plan=broke[1],
        recent=recent,
        earlier=earlier,
        limit_use=limit_use(ledger, late.everything, customers, currencies, as_of),
        returned=returned(ledger, customers, as_of),
        points=np.zeros((count, 1), dtype=np.int64),
        step=none,
        ripe_on=items.due_date[oldest],
        left_out=left_out(ledger, customers, overdue, taken),
    )
    return _ranked(ledger, found, items)


def _ranked(ledger: Ledger, found: CallList, items: OpenItems) -> Collections:
    """Score, ladder and order."""
    made = points(ledger.policy.settings, found)
    steps = next_steps(ledger, found.as_of, found.customer_id, found.oldest_due, items.invoice_no)
    done = replace(found, points=made, step=steps.step, ripe_on=steps.ripe_on)
    order = np.lexsort(
        (
            done.customer_id.astype(str),
            -done.oldest_days,
            -done.overdue,
            -done.score,
            done.currency.astype(str),
        )
    )
    ranked = done.take(order)
    called = ranked.left_out == ""
    calls = ranked.take(called)
    first = np.searchsorted(calls.currency.astype(str), calls.currency.astype(str), side="left")
    calls = replace(calls, rank=np.arange(len(calls)) - first + 1)
    return Collections(calls, ranked.take(~called))


def _taken_off(late: Chased, owner: IntArray, count: int) -> tuple[IntArray, IntArray, IntArray]:
    """Disputed, planned and netted of each customer."""
    one, two, three = late.contested, late.planned, late.netted
    return sum_by(owner, one, count), sum_by(owner, two, count), sum_by(owner, three, count)


def _oldest(items: OpenItems, owner: IntArray, left: IntArray, count: int) -> IntArray:
    """The oldest item of each customer and currency, one with something left if there is."""
    order = np.lexsort((items.invoice_date, items.due_date, left <= 0, owner))
    first = np.searchsorted(owner[order], np.arange(count), side="left")
    return np.asarray(order[first], dtype=np.int64)

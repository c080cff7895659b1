"""What is known of each customer on the call list beside what is overdue."""

from __future__ import annotations

from datetime import date

import numpy as np

from ar_xl.core.arrays import (
    BLANK,
    DateArray,
    IntArray,
    TextArray,
    codes_of,
    positions,
    sum_by,
    text_array,
)
from ar_xl.core.dates import day
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import ratio_rounded
from ar_xl.ops.collecting.plans import PlanStates
from ar_xl.ops.collecting.promises import BROKEN, STANDING, Promises
from ar_xl.ops.customers import customer_amounts, customer_values, first_filled
from ar_xl.ops.open_items import OpenItems, credits

YEAR = np.timedelta64(365, "D")
STATUSES_LEFT_OUT = {
    "Agency": "with a collection agency",
    "Legal": "in legal action",
    "Closed": "the account is closed",
}
# Why nothing may be left to call for, in the order in which amounts are taken off.
TAKEN = ("disputed", "on a payment plan that is kept", "covered by unapplied credits")


def promise_due(made: Promises, customers: TextArray) -> DateArray:
    """The latest day that each customer promised, NaT where no promise stands."""
    due = np.full(len(customers), np.datetime64("NaT", "D"))
    standing = made.take(np.flatnonzero(made.state == STANDING))
    newest = standing.take(np.argsort(standing.due, kind="stable")[::-1])
    at = positions(newest.customer_id, customers)
    due[at >= 0] = newest.due[at[at >= 0]]
    return due


def broken(
    made: Promises, plans: PlanStates, customers: TextArray, as_of: date
) -> tuple[IntArray, TextArray]:
    """How many promises and plans of the last year each customer broke, and the last such plan.

    Args:
        made, plans: the promises and plans of the date.
        customers: whom to ask about.
        as_of: the date.

    Returns:
        The count, and `payment plan PL-1 broken on 2026-04-05`, "" where none was.
    """
    counted = (made.state == BROKEN) & (made.due > day(as_of) - YEAR)
    late = np.flatnonzero(plans.broken_on > day(as_of) - YEAR)
    late = late[np.argsort(plans.broken_on[late], kind="stable")[::-1]]
    count = _count(made.customer_id[counted], customers)
    count += _count(plans.customer_id[late], customers)
    words = text_array(
        f"payment plan {plans.plan_no[i]} broken on {plans.broken_on[i]}" for i in late.tolist()
    )
    at = positions(plans.customer_id[late], customers)
    return count, np.asarray(np.append(words, "")[at], dtype=object)


def _count(rows: TextArray, customers: TextArray) -> IntArray:
    (mine, theirs), names = codes_of(customers, rows)
    counted = sum_by(theirs, np.ones(len(theirs), dtype=np.int64), len(names))
    return np.asarray(counted[mine], dtype=np.int64)


def returned(ledger: Ledger, customers: TextArray, as_of: date) -> IntArray:
    """Payments that bounced in the last year, undone ones left out."""
    rows = ledger.posted("Adjustments")
    dates = rows.dates("posting_date")
    rows = rows.take(
        np.flatnonzero(
            (rows.text("kind") == "Bounced") & (dates <= day(as_of)) & (dates > day(as_of) - YEAR)
        )
    )
    receipts = ledger.posted("Receipts")
    at = positions(receipts.text("receipt_no"), rows.text("document_no"))
    payer = rows.text("customer_id").copy()
    payer[at >= 0] = receipts.text("customer_id")[at[at >= 0]]
    genuine = rows.text("reverses") == ""
    net = _count(payer[genuine], customers) - _count(payer[~genuine], customers)
    return np.asarray(np.maximum(net, 0), dtype=np.int64)


def limit_use(
    ledger: Ledger, items: OpenItems, customers: TextArray, currencies: TextArray, as_of: date
) -> IntArray:
    """Exposure (open items less unapplied credits) in tenths of a percent of the limit."""
    home = ledger.policy.settings.base_currency
    limit = customer_amounts(ledger, customers, "credit_limit")
    own = customer_values(ledger, customers, "currency")
    own[own == ""] = home
    limit = np.where(own == currencies, limit, BLANK)
    if bool((limit == BLANK).all()):
        return limit
    paid = credits(ledger, as_of)
    mine = customers + "\t" + currencies
    (rows, debit, credit), names = codes_of(
        mine, items.customer_id + "\t" + items.currency, paid.customer_id + "\t" + paid.currency
    )
    owed = sum_by(debit, items.open, len(names)) - sum_by(credit, paid.unapplied, len(names))
    exposure = np.maximum(owed[rows], 0)
    use = ratio_rounded(exposure, 1000, np.maximum(limit, 1))
    use = np.where(limit == 0, np.where(exposure > 0, 1000, 0), use)
    return np.where(limit == BLANK, BLANK, use)


def left_out(
    ledger: Ledger, customers: TextArray, overdue: IntArray, taken: tuple[IntArray, ...]
) -> TextArray:
    """Why a customer is not called, the strongest reason; "" where it is.

    Args:
        ledger: its Customers.
        customers: whom to ask about.
        overdue: what is left to call for.
        taken: what was taken off for each of `TAKEN`, minor units.
    """
    reason: TextArray = np.full(len(customers), "", dtype=object)
    for i in np.flatnonzero(overdue <= 0).tolist():
        ways = [words for words, off in zip(TAKEN, taken, strict=True) if off[i]]
        reason[i] = f"all of it is {' or '.join(ways)}"
    status = customer_values(ledger, customers, "status")
    for name, words in STATUSES_LEFT_OUT.items():
        reason[status == name] = words
    block = customer_values(ledger, customers, "reminder_block")
    return first_filled(_prefixed("reminders are blocked: ", block), reason)


def _prefixed(prefix: str, texts: TextArray) -> TextArray:
    out = texts.copy()
    blocked = np.flatnonzero(texts != "")
    out[blocked] = [prefix + text for text in texts[blocked]]
    return out

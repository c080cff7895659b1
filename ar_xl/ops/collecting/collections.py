"""Collections: whom to call first, why, and what to do next (semantics, section 8).

The score adds up, by the weights of the settings: the overdue amount (against the largest of
its currency), the age of the oldest item (full weight at twice the last bucket edge), broken
promises of the last year (full weight at three), paying later than before (full weight at 30
days) and the use of the credit limit. Disputed amounts and unapplied credits are taken off what
is overdue first; what is promised does not count in the amount.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np

from ar_xl.core.arrays import (
    BLANK,
    BoolArray,
    DateArray,
    IntArray,
    TextArray,
    codes_of,
    positions,
    sum_by,
)
from ar_xl.core.dates import day, days_between
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import ratio_rounded
from ar_xl.core.settings import Settings
from ar_xl.ops.collecting.disputes import disputed
from ar_xl.ops.collecting.habits import habits
from ar_xl.ops.collecting.ladder import next_steps
from ar_xl.ops.collecting.promises import BROKEN, STANDING, Promises, promised, promises
from ar_xl.ops.customers import customer_amounts, customer_values, first_filled
from ar_xl.ops.open_items import Credits, OpenItems, credits, open_items
from ar_xl.ops.settlements import all_settlements
from ar_xl.ops.waterfall import Poured, pour

FULL_PROMISES, FULL_HABIT = 3, 300  # broken promises; tenths of days later than before
YEAR = np.timedelta64(365, "D")
STATUSES_LEFT_OUT = {
    "Agency": "with a collection agency",
    "Legal": "in legal action",
    "Closed": "the account is closed",
}


@dataclass(frozen=True)
class CallList:
    """Customers with something overdue, one element a customer and currency.

    Args:
        as_of: the date.
        currency, customer_id: whose row it is.
        overdue: past due less disputed amounts and unapplied credits, minor units.
        oldest_days: days past due of the oldest item that is left.
        oldest_due, oldest_no: its due date and number.
        disputed, unapplied: taken off what is past due.
        promised: of what is overdue, covered by standing promises.
        promise_due: the latest day promised, NaT where none stands.
        broken: promises broken in the last year.
        recent, earlier: average days late in tenths, BLANK without history.
        limit_use: exposure in tenths of a percent of the credit limit, BLANK without limit.
        returned: payments that bounced in the last year.
        score: tenths; the weights of the settings add up to the highest.
        step, ripe_on: index of the ladder's next step, and from when on it is due.
        left_out: why the customer is not called, "" where it is.
    """

    as_of: date
    currency: TextArray
    customer_id: TextArray
    overdue: IntArray
    oldest_days: IntArray
    oldest_due: DateArray
    oldest_no: TextArray
    disputed: IntArray
    unapplied: IntArray
    promised: IntArray
    promise_due: DateArray
    broken: IntArray
    recent: IntArray
    earlier: IntArray
    limit_use: IntArray
    returned: IntArray
    score: IntArray
    step: IntArray
    ripe_on: DateArray
    left_out: TextArray

    def __len__(self) -> int:
        return len(self.overdue)

    def take(self, chosen: IntArray | BoolArray) -> CallList:
        """The rows that an index or a mask picks."""
        names = [name for name in self.__dataclass_fields__ if name != "as_of"]
        return replace(self, **{name: getattr(self, name)[chosen] for name in names})


@dataclass(frozen=True)
class Collections:
    """Whom to call, and who is left out.

    Args:
        calls: highest score first within each currency.
        left_out: customers with something past due who are not called, with the reason.
    """

    calls: CallList
    left_out: CallList

    def __len__(self) -> int:
        return len(self.calls)


@dataclass(frozen=True)
class Chased:
    """What is past due at a date, one element an item, and what is taken off it; minor units.

    Args:
        everything: all items, settled ones included.
        items: those past due.
        promises: made by the date.
        contested: in dispute.
        paid: the customers' unapplied credits.
        taken: which credit stands on which item.
        netted: credits on each item.
        covered: by standing promises, of what is left.
    """

    everything: OpenItems
    items: OpenItems
    promises: Promises
    contested: IntArray
    paid: Credits
    taken: Poured
    netted: IntArray
    covered: IntArray

    @property
    def left(self) -> IntArray:
        """What is overdue of each item: open less disputed amounts and credits."""
        return np.asarray(self.items.open - self.contested - self.netted, dtype=np.int64)


def chased(ledger: Ledger, as_of: date) -> Chased:
    """Find what is past due at a date and take off what is disputed or covered by credits.

    Args:
        ledger: posted rows count.
        as_of: the date; an item due on it is not past due.
    """
    everything = open_items(ledger, as_of)
    made = promises(ledger, as_of)
    items = everything.take(
        np.flatnonzero((everything.open > 0) & (everything.due_date < day(as_of)))
    )
    contested = disputed(ledger, items, as_of)
    paid = credits(ledger, as_of)
    paid = paid.take(np.flatnonzero(paid.unapplied > 0))
    taken = _taken(paid, items, items.open - contested)
    netted = sum_by(taken.place, taken.amount, len(items))
    covered = promised(made, items, items.open - contested - netted)
    return Chased(everything, items, made, contested, paid, taken, netted, covered)


def collections(ledger: Ledger, as_of: date) -> Collections:
    """Rank the customers to call at a date, highest score first, by currency.

    Args:
        ledger: posted rows count; nothing after the date does.
        as_of: the date.
    """
    late = chased(ledger, as_of)
    everything, items, made = late.everything, late.items, late.promises
    contested, netted, covered, left = late.contested, late.netted, late.covered, late.left
    (currency, customer), names = codes_of(items.currency, items.customer_id)
    keys, owner = np.unique(currency * len(names) + customer, return_inverse=True)
    owner, count = owner.astype(np.int64), len(keys)
    customers = names[keys % len(names)] if count else names
    currencies = names[keys // len(names)] if count else names
    oldest = _oldest(items, owner, left, count)
    recent, earlier = habits(everything, all_settlements(ledger, as_of), as_of).of(customers)
    overdue = sum_by(owner, left, count)
    found = CallList(
        as_of=as_of,
        currency=currencies,
        customer_id=customers,
        overdue=overdue,
        oldest_days=days_between(day(as_of), items.due_date[oldest]),
        oldest_due=items.due_date[oldest],
        oldest_no=items.invoice_no[oldest],
        disputed=sum_by(owner, contested, count),
        unapplied=sum_by(owner, netted, count),
        promised=sum_by(owner, covered, count),
        promise_due=_promise_due(made, customers),
        broken=_broken(made, customers, as_of),
        recent=recent,
        earlier=earlier,
        limit_use=_limit_use(ledger, everything, customers, currencies, as_of),
        returned=_returned(ledger, customers, as_of),
        score=np.zeros(count, dtype=np.int64),
        step=np.zeros(count, dtype=np.int64),
        ripe_on=items.due_date[oldest],
        left_out=_left_out(ledger, customers, overdue),
    )
    return _ranked(ledger, found, items)


def _ranked(ledger: Ledger, found: CallList, items: OpenItems) -> Collections:
    """Score, ladder and order."""
    score = _score(ledger.policy.settings, found)
    steps = next_steps(ledger, found.as_of, found.customer_id, found.oldest_due, items.invoice_no)
    done = replace(found, score=score, step=steps.step, ripe_on=steps.ripe_on)
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
    return Collections(ranked.take(called), ranked.take(~called))


def _taken(paid: Credits, items: OpenItems, room: IntArray) -> Poured:
    """Which unapplied credit stands on which item, oldest item first."""
    if not len(paid):
        none = np.zeros(0, dtype=np.int64)
        return Poured(none, none, none)
    oldest = np.lexsort((items.line, items.invoice_date, items.due_date))
    (source, place), _ = codes_of(
        paid.customer_id + "\t" + paid.currency,
        (items.customer_id + "\t" + items.currency)[oldest],
    )
    poured = pour(source, paid.unapplied, place, room[oldest])
    return replace(poured, place=oldest[poured.place])


def _oldest(items: OpenItems, owner: IntArray, left: IntArray, count: int) -> IntArray:
    """The oldest item of each customer and currency, one with something left if there is."""
    order = np.lexsort((items.invoice_date, items.due_date, left <= 0, owner))
    first = np.searchsorted(owner[order], np.arange(count), side="left")
    return np.asarray(order[first], dtype=np.int64)


def _promise_due(made: Promises, customers: TextArray) -> DateArray:
    due = np.full(len(customers), np.datetime64("NaT", "D"))
    standing = made.take(np.flatnonzero(made.state == STANDING))
    newest = standing.take(np.argsort(standing.due, kind="stable")[::-1])
    at = positions(newest.customer_id, customers)
    due[at >= 0] = newest.due[at[at >= 0]]
    return due


def _broken(made: Promises, customers: TextArray, as_of: date) -> IntArray:
    counted = (made.state == BROKEN) & (made.due > day(as_of) - YEAR)
    return _count(made.customer_id[counted], customers)


def _count(rows: TextArray, customers: TextArray) -> IntArray:
    (mine, theirs), names = codes_of(customers, rows)
    counted = sum_by(theirs, np.ones(len(theirs), dtype=np.int64), len(names))
    return np.asarray(counted[mine], dtype=np.int64)


def _returned(ledger: Ledger, customers: TextArray, as_of: date) -> IntArray:
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


def _limit_use(
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


def _left_out(ledger: Ledger, customers: TextArray, overdue: IntArray) -> TextArray:
    """Why a customer is not called, the strongest reason."""
    reason: TextArray = np.full(len(customers), "", dtype=object)
    reason[overdue <= 0] = "all of it is disputed or covered by unapplied credits"
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


@dataclass(frozen=True)
class ScorePart:
    """One factor of the score, one element a customer.

    Args:
        name: what it looks at.
        weight: its full points.
        points: of each customer, in thousandths.
    """

    name: str
    weight: Decimal
    points: IntArray


def score_parts(settings: Settings, found: CallList) -> tuple[ScorePart, ...]:
    """The factors of the score, each from 0 to its weight.

    Args:
        settings: their weights.
        found: all customers with something past due, those left out included: the overdue amount
            counts against the largest of its currency.
    """
    wanted = np.maximum(found.overdue - found.promised, 0)
    (codes,), names = codes_of(found.currency)
    largest = np.ones(len(names), dtype=np.int64)
    np.maximum.at(largest, codes, wanted)
    full_age = 2 * settings.aging_edges[-1]
    known = (found.recent != BLANK) & (found.earlier != BLANK)
    later = np.where(known, found.recent - found.earlier, 0)
    use = np.where(found.limit_use == BLANK, 0, found.limit_use)
    factors = (
        ("overdue amount", settings.weight_overdue, wanted, largest[codes]),
        ("age of the oldest item", settings.weight_age, found.oldest_days, full_age),
        ("broken promises", settings.weight_promises, found.broken, FULL_PROMISES),
        ("paying later than before", settings.weight_habit, later, FULL_HABIT),
        ("use of the credit limit", settings.weight_limit, use, 1000),
    )
    made = []
    for name, weight, value, full in factors:
        part = np.minimum(np.maximum(value, 0), full)
        numerator, denominator = (weight * 1000).as_integer_ratio()
        points = ratio_rounded(part, numerator, np.asarray(full, dtype=object) * denominator)
        made.append(ScorePart(name, weight, points))
    return tuple(made)


def _score(settings: Settings, found: CallList) -> IntArray:
    """The weighted sum of the factors, in tenths."""
    total = np.zeros(len(found), dtype=np.int64)
    for part in score_parts(settings, found):
        total += part.points
    return ratio_rounded(total, 1, 100)

"""What is past due of each item, and what is taken off it before anyone is called.

Disputed amounts first, then documents on a payment plan that is kept, then the customer's
unapplied credits, oldest item first. What is promised stays overdue; it is only told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ar_xl.core.arrays import IntArray, codes_of, sum_by
from ar_xl.core.dates import day
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.disputes import disputed
from ar_xl.ops.collecting.plans import on_plan
from ar_xl.ops.collecting.promises import Promises, promised, promises
from ar_xl.ops.open_items import Credits, OpenItems, credits, open_items
from ar_xl.ops.waterfall import Poured, pour


@dataclass(frozen=True)
class Chased:
    """What is past due at a date, one element an item, and what is taken off it; minor units.

    Args:
        everything: all items, settled ones included.
        items: those past due.
        promises: made by the date.
        contested: in dispute.
        planned: on a payment plan that is kept.
        paid: the customers' unapplied credits.
        taken: which credit stands on which item.
        netted: credits on each item.
        covered: by standing promises, of what is left.
    """

    everything: OpenItems
    items: OpenItems
    promises: Promises
    contested: IntArray
    planned: IntArray
    paid: Credits
    taken: Poured
    netted: IntArray
    covered: IntArray

    @property
    def left(self) -> IntArray:
        """What is overdue of each item: open less what is taken off."""
        off = self.contested + self.planned + self.netted
        return np.asarray(self.items.open - off, dtype=np.int64)


def chased(ledger: Ledger, as_of: date, coming: bool = False) -> Chased:
    """Find what is past due at a date and take off what nobody is called for.

    Args:
        ledger: posted rows count.
        as_of: the date; an item due on it is not past due.
        coming: items that are not past due yet too; credits still stand on the oldest first.
    """
    everything = open_items(ledger, as_of)
    made = promises(ledger, as_of)
    wanted = (everything.open > 0) & (coming | (everything.due_date < day(as_of)))
    items = everything.take(np.flatnonzero(wanted))
    contested = disputed(ledger, items, as_of)
    planned = on_plan(ledger, items, as_of)
    room = items.open - contested - planned
    paid = credits(ledger, as_of)
    paid = paid.take(np.flatnonzero(paid.unapplied > 0))
    taken = _taken(paid, items, room)
    netted = sum_by(taken.place, taken.amount, len(items))
    covered = promised(made, items, room - netted)
    return Chased(everything, items, made, contested, planned, paid, taken, netted, covered)


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

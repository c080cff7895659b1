"""Payers: how each customer pays, in figures that can be checked by hand, and what he owes.

Days late run from the due date to the day on which the item was settled in full. Recent are the
items settled in the last 90 days. An average of fewer than three items is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray, TextArray, codes_of, sum_by
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import ratio_rounded
from ar_xl.ops.collecting.expected import Expected
from ar_xl.ops.collecting.expecting import WEEKS
from ar_xl.ops.collecting.habits import FEWEST, done_items, habits
from ar_xl.ops.open_items import open_items
from ar_xl.ops.settlements import all_settlements

SOON = 4  # weeks


@dataclass(frozen=True)
class Payers:
    """How customers pay, one element a customer and currency, the latest payers first.

    Args:
        currency, customer_id: whose row it is; rows of a currency stand together.
        count, late: settled items, and those of them that were settled after the due date.
        average: days late of all of them, tenths.
        weighted: the same, each item counting by its amount.
        recent, earlier: of items settled in the last 90 days and before; those of all currencies
            of the customer, as Collections has them.
        trend: recent less earlier; above zero he pays later than he did.
        open: what is open, minor units.
        soon, within, later: expected in four weeks, in thirteen, and later or never.
        apart: in dispute, covered by credits, or with an agency.

    Averages are BLANK where they rest on fewer than three items.
    """

    currency: TextArray
    customer_id: TextArray
    count: IntArray
    late: IntArray
    average: IntArray
    weighted: IntArray
    recent: IntArray
    earlier: IntArray
    trend: IntArray
    open: IntArray
    soon: IntArray
    within: IntArray
    later: IntArray
    apart: IntArray

    @property
    def share_late(self) -> IntArray:
        """The share of items paid late in tenths of a percent, BLANK without items."""
        share = ratio_rounded(self.late, 1000, np.maximum(self.count, 1))
        return np.where(self.count > 0, share, BLANK)

    def __len__(self) -> int:
        return len(self.count)

    def take(self, chosen: IntArray) -> Payers:
        """The rows that an index picks."""
        return Payers(**{name: getattr(self, name)[chosen] for name in self.__dataclass_fields__})


def payers(ledger: Ledger, as_of: date, found: Expected) -> Payers:
    """Say how every customer pays who has paid anything or owes anything.

    Args:
        ledger: posted rows count; nothing after the date does.
        as_of: the date.
        found: the expected cash of the same date.
    """
    everything, settled = open_items(ledger, as_of), all_settlements(ledger, as_of)
    done = done_items(everything, settled, as_of)
    (owed, of_done), pairs = codes_of(
        found.items.currency + "\t" + found.items.customer_id,
        (everything.currency + "\t" + everything.customer_id)[done.item],
    )
    count = len(pairs)
    ones = np.ones(len(done.item), dtype=np.int64)
    items = sum_by(of_done, ones, count)
    days = sum_by(of_done, done.late, count)
    amount = everything.amount[done.item].astype(object)
    weighted_days = _exact(of_done, amount * done.late, count)
    weights = _exact(of_done, amount, count)
    known = items >= FEWEST
    split = [str(pair).split("\t", 1) for pair in pairs.tolist()]  # customers, not rows
    currency = np.array([code for code, _ in split], dtype=object)
    customer = np.array([who for _, who in split], dtype=object)
    recent, earlier = habits(everything, settled, as_of).of(customer)
    both = (recent != BLANK) & (earlier != BLANK)
    weeks = found.weeks
    made = Payers(
        currency, customer, items, sum_by(of_done, (done.late > 0).astype(np.int64), count),
        np.where(known, ratio_rounded(days, 10, np.maximum(items, 1)), BLANK),
        np.where(known, ratio_rounded(weighted_days, 10, np.maximum(weights, 1)), BLANK),
        recent, earlier, np.where(both, recent - earlier, BLANK),
        sum_by(owed, found.items.open, count),
        sum_by(owed, weeks[:, :SOON].sum(axis=1), count),
        sum_by(owed, weeks[:, :WEEKS].sum(axis=1), count),
        sum_by(owed, weeks[:, WEEKS], count),
        sum_by(owed, found.disputed + found.credited + found.given_up, count),
    )  # fmt: skip
    codes = np.unique(currency.astype(str), return_inverse=True)[1] if count else items
    return made.take(np.lexsort((-made.open, -made.average.clip(min=-(1 << 40)), codes)))


def _exact(codes: IntArray, amounts: IntArray, groups: int) -> IntArray:
    """Sums in Python's integers: days times amounts may pass int64."""
    out = np.zeros(groups, dtype=object)
    np.add.at(out, codes, amounts)
    return out

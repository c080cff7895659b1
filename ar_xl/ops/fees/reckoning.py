"""Reckoning: what a run of late fees works with, document by document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import IntArray, TextArray, codes_of, positions, sum_by
from ar_xl.core.dates import period_of
from ar_xl.core.ledger import Ledger
from ar_xl.core.policy import FeePolicy
from ar_xl.ops.collecting.disputes import claims
from ar_xl.ops.fees.amounts import Amounts, Bases, fee_amounts
from ar_xl.ops.fees.history import History, history
from ar_xl.ops.fees.overdue import Overdue
from ar_xl.ops.fees.segments import Segments, segments
from ar_xl.ops.fees.windows import Windows, windows
from ar_xl.ops.open_items import live_rows
from ar_xl.ops.settlements import settlements


@dataclass(frozen=True)
class Reckoning:
    """What a run reckons with: items by document, windows, segments, bases and amounts.

    Args:
        as_of: charged to this day.
        late: the items; `group` is the index of each one's document, `documents` their numbers
            and `first` the first item of each.
        past: what was charged before.
        window: from when to when each item is charged.
        parts: the balances within it.
        bases, amounts: of the documents.
        netted: unapplied credits taken off each item.
    """

    as_of: date
    late: Overdue
    group: IntArray
    documents: TextArray
    first: IntArray
    past: History
    window: Windows
    parts: Segments
    bases: Bases
    amounts: Amounts
    netted: IntArray

    @property
    def policies(self) -> list[FeePolicy]:
        """The policy of each document."""
        return [self.late.policies[code] for code in self.late.policy_code[self.first]]

    def summed(self, values: IntArray) -> IntArray:
        """Values of items added up by document."""
        return sum_by(self.group, values, len(self.documents))


def reckoning(
    ledger: Ledger, late: Overdue, as_of: date, besides: dict[str, int] | None = None
) -> Reckoning:
    """Reckon the fees of overdue items, document by document.

    Args:
        ledger: the one that the items were found in.
        late: those that are charged; all of a document's.
        as_of: charged to this day.
        besides: what the same run charges on documents under other policies; it counts into
            their limits.
    """
    (group,), documents = codes_of(late.root)
    first = np.full(len(documents), -1, dtype=np.int64)
    first[group[::-1]] = np.arange(len(group))[::-1]
    policies = [late.policies[code] for code in late.policy_code[first]]
    past = history(ledger, documents, policies, period_of(as_of))
    monthly = np.array([policy.method == "monthly" for policy in late.policies], dtype=np.bool_)
    window = windows(
        late.begin, past.own_day[group], past.other_day[group], monthly[late.policy_code],
        late.until,
    )  # fmt: skip
    parts = segments(
        late.items.open, late.planned + late.promised, window.start, window.end,
        settlements(ledger, late.items, as_of), claims(ledger, late.items, as_of), late.netted,
    )  # fmt: skip
    netted = sum_by(late.netted.item, late.netted.amount, len(group))
    free = late.items.open - late.disputed - late.planned - late.promised - netted
    day_sum, leap_sum = parts.day_sums()
    months = parts.base_after(window.month_item, window.month_begin)
    month_sum = sum_by(window.month_item, months, len(group))
    bases = Bases(
        policy_code=late.policy_code[first],
        policies=late.policies,
        currency=late.items.currency[first],
        overdue=sum_by(group, free, len(documents)),
        day_sum=sum_by(group, day_sum, len(documents)),
        leap_sum=sum_by(group, leap_sum, len(documents)),
        month_sum=sum_by(group, month_sum, len(documents)),
        document_amount=_document_amounts(ledger, documents),
        charged_before=past.charged + _of_run(documents, besides or {}),
    )
    return Reckoning(
        as_of, late, group, documents, first, past, window, parts, bases, fee_amounts(bases),
        netted,
    )  # fmt: skip


def _of_run(documents: TextArray, besides: dict[str, int]) -> IntArray:
    return np.array([besides.get(number, 0) for number in documents.tolist()], dtype=np.int64)


def _document_amounts(ledger: Ledger, documents: TextArray) -> IntArray:
    """The amount of each invoice, also where only a fee on it is overdue."""
    live, amounts = live_rows(ledger.posted("Invoices"), "invoice_no")
    return amounts[positions(live.text("invoice_no"), documents)]

"""Exchange: what applications of foreign documents relieve in the base currency, and the gain.

A document stands in the books at its own rate, a receipt or memo at its own. What an application
takes of either is the base value of all that is taken so far less that of before, so that a
document that is paid in full, in however many parts, leaves nothing in base (semantics, section
14). What the two sides differ by is the realised gain or loss, on the applied part alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray, TextArray, codes_of
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import RATE_ONE
from ar_xl.ops.lives import order_of_batches, postings_of
from ar_xl.ops.rates import in_base


@dataclass(frozen=True)
class Relief:
    """What each of some applications takes of its two sides, in minor units of the base currency.

    Args:
        document: of the document it pays, at the document's rate.
        source: of the receipt or memo that pays, at that one's rate; what the application books
            itself where it is an adjustment.
        currency, paid: the currencies of document and source.
        rate, paid_rate: scaled by 10**10.
    """

    document: IntArray
    source: IntArray
    currency: TextArray
    paid: TextArray
    rate: IntArray
    paid_rate: IntArray


def relief(ledger: Ledger, applications: Frame) -> Relief:
    """What applications take of their documents and sources in the base currency.

    Args:
        ledger: with the applications in it, posted or about to be; earlier ones decide about
            the rounding of later ones.
        applications: rows of it.
    """
    rows = ledger.posted("Applications")
    mine = _places(rows, applications)
    currency, rate = _side(ledger, rows, "Invoices", "invoice_no")
    paid, paid_rate = currency.copy(), rate.copy()
    owed = rows.ints("amount") + rows.ints("discount") + rows.ints("difference")
    for kind, table, key in (("Receipt", "Receipts", "receipt_no"),
                             ("Credit Memo", "Invoices", "invoice_no")):  # fmt: skip
        of_kind = np.flatnonzero(rows.text("source_type") == kind)
        names, rates = _side(ledger, rows.take(of_kind), table, key, "source_no")
        paid[of_kind], paid_rate[of_kind] = names, rates
    home = ledger.policy.settings.base_currency
    adjusted = rows.text("source_type") == "Adjustment"
    document = _taken(rows, rows.text("invoice_no"), owed, currency, rate, home)
    source_no = rows.text("source_type") + "\t" + rows.text("source_no")
    source = _taken(rows, source_no, rows.ints("source_amount"), paid, paid_rate, home)
    booked = in_base(rows.ints("amount"), currency, rate, home)
    source = np.where(adjusted, booked, source)
    return Relief(document[mine], source[mine], currency[mine], paid[mine], rate[mine],
                  paid_rate[mine])  # fmt: skip


def _places(rows: Frame, chosen: Frame) -> IntArray:
    """Where some applications stand among all, by number and batch."""
    codes, _ = codes_of(rows.text("application_no"), chosen.text("application_no"))
    batches, _ = codes_of(rows.text("batch"), chosen.text("batch"))
    width = int(max(batches[0].max(initial=0), batches[1].max(initial=0))) + 1
    keys, wanted = codes[0] * width + batches[0], codes[1] * width + batches[1]
    order = np.argsort(keys, kind="stable")
    spot = np.minimum(np.searchsorted(keys[order], wanted), max(len(order) - 1, 0))
    assert not len(wanted) or bool((keys[order][spot] == wanted).all()), "not in the ledger"
    return order[spot] if len(wanted) else np.empty(0, dtype=np.int64)


def _side(
    ledger: Ledger, rows: Frame, table: str, key: str, named: str = "invoice_no"
) -> tuple[TextArray, IntArray]:
    """Currency and rate of the posting that each application means."""
    frame = ledger.posted(table)
    at = postings_of(frame, key, rows.text(named), rows)
    home = ledger.policy.settings.base_currency
    currency = np.concatenate([frame.text("currency"), np.array([home], dtype=object)])[at]
    return currency, np.append(frame.ints("rate"), RATE_ONE)[at]


def _taken(
    rows: Frame, owner: TextArray, amount: IntArray, currency: TextArray, rate: IntArray, home: str
) -> IntArray:
    """The base value that each row takes of its owner."""
    out = amount.copy()
    foreign = np.flatnonzero(currency != home)
    if not len(foreign):
        return out
    rows, amount = rows.take(foreign), amount[foreign]
    (batch,) = order_of_batches(rows.text("batch"))
    numbers = rows.text("application_no").astype(str)
    (group,), _ = codes_of(owner[foreign])
    order = np.lexsort((numbers, np.char.str_len(numbers), batch, group))
    group, sums = group[order], np.cumsum(amount[order])
    first = np.flatnonzero(np.diff(group, prepend=-1))
    begun = np.repeat(sums[first] - amount[order][first], np.diff(np.append(first, len(group))))
    after = in_base(sums - begun, currency[foreign][order], rate[foreign][order], home)
    taken = np.diff(after, prepend=0)
    taken[first] = after[first]
    undone = rows.text("reverses")[order] != ""
    if undone.any():
        _mirror(rows.take(order), group, undone, amount[order], after, taken)
    out[foreign[order]] = taken
    return out


def _mirror(
    rows: Frame,
    group: IntArray,
    undone: BoolArray,
    amount: IntArray,
    after: IntArray,
    taken: IntArray,
) -> None:
    """Give a contra row the mirror of what it undoes, and the next row what that left over.

    One that takes back a part only, as a recovery may, takes what that part is worth. A loop over
    the rows of those owners of whose applications some were taken back: few, and each depends on
    the one before.
    """
    names, batches = rows.text("application_no"), rows.text("batch")
    reverses = rows.text("reverses")
    for owner in np.unique(group[undone]).tolist():
        start, stop = np.searchsorted(group, [owner, owner + 1]).tolist()
        so_far, made = 0, dict[tuple[str, str, int], int]()
        for at in range(start, stop):
            original = made.get((str(names[at]), str(reverses[at]), -int(amount[at])))
            taken[at] = after[at] - so_far if original is None else -original
            so_far += int(taken[at])
            made[str(names[at]), str(batches[at]), int(amount[at])] = int(taken[at])

"""Early-payment discounts: what each open item earns, and until when (semantics, section 5).

D of a document is its base times the rate, rounded once. Instalments share D in proportion, the
last takes the remainder. A credit memo dated inside a window lowers the base. No more than D is
ever granted on one invoice; special discounts do not count towards D.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray, TextArray, codes_of, sum_by
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import percent_fraction, ratio_rounded
from ar_xl.core.terms import Discount, Terms
from ar_xl.ops.open_items import OpenItems, live_rows, zero_if_blank
from ar_xl.ops.settlements import day_numbers, find_items

NO_WINDOW = -(2**40)  # a last day before every date: nothing is earned
DISCOUNTED_TYPES = ("Invoice", "Debit Memo")


@dataclass(frozen=True)
class Windows:
    """Until when each item earns which discount; two windows, the earlier one first.

    Args:
        until: last day of each window as a day number; the second ends no earlier.
        discount: the item's share of D in that window, minor units.
        left: what of it may still be granted, minor units.
    """

    until: tuple[IntArray, IntArray]
    discount: tuple[IntArray, IntArray]
    left: tuple[IntArray, IntArray]

    def take(self, chosen: IntArray | BoolArray) -> Windows:
        """The windows of the items that an index or a mask picks."""
        return Windows(
            (self.until[0][chosen], self.until[1][chosen]),
            (self.discount[0][chosen], self.discount[1][chosen]),
            (self.left[0][chosen], self.left[1][chosen]),
        )

    def earned(self, item: IntArray, days: IntArray) -> IntArray:
        """What a receipt of a day earns on an item by closing it.

        Args:
            item: indexes of items.
            days: day number of the receipt beside each.
        """
        second = np.where(days <= self.until[1][item], self.left[1][item], 0)
        return np.where(days <= self.until[0][item], self.left[0][item], second)

    def any(self) -> bool:
        """Whether anything can be earned at all."""
        return bool(self.left[0].any() or self.left[1].any())


def discountable(amount: IntArray, tax: IntArray, other: IntArray, tax_mode: str) -> IntArray:
    """The base of the discount: amount less non-discountable, and less tax but for `included`."""
    base = amount - other
    return base if tax_mode == "included" else base - tax


def discount_windows(ledger: Ledger, items: OpenItems) -> Windows:
    """What each item can earn and until when, less what was granted before.

    Args:
        ledger: its terms, tax mode, and everything posted so far whatever its date.
        items: all items of their documents, in the order of `open_items`.
    """
    slots: list[tuple[IntArray, IntArray]] = []
    (code,), names = codes_of(items.terms)
    for slot in (0, 1):
        until = np.full(len(items), NO_WINDOW, dtype=np.int64)
        discount = np.zeros(len(items), dtype=np.int64)
        for index, name in enumerate(names):
            terms = ledger.policy.terms.get(name)
            if terms is not None and terms.tiers:
                rows = np.flatnonzero((code == index) & earns_discount(items.type))
                until[rows], discount[rows] = _window(ledger, items, rows, terms, slot)
        slots.append((until, discount))
    granted = granted_so_far(ledger, items)
    (until_1, discount_1), (until_2, discount_2) = slots
    return Windows(
        (until_1, until_2),
        (discount_1, discount_2),
        (_left(items, discount_1, granted), _left(items, discount_2, granted)),
    )


def earns_discount(types: TextArray) -> BoolArray:
    """Which document types earn a discount: late fees and refunds never do."""
    (code,), names = codes_of(types)
    return np.isin(code, [i for i, name in enumerate(names) if name in DISCOUNTED_TYPES])


def best_tier(terms: Terms, slot: int) -> Discount:
    """The better of the tiers still open in a window: in the first window both are."""
    return max(terms.tiers[min(slot, len(terms.tiers) - 1) :], key=lambda tier: tier.percent)


def _window(
    ledger: Ledger, items: OpenItems, rows: IntArray, terms: Terms, slot: int
) -> tuple[IntArray, IntArray]:
    """Last day and D of some items under one row of terms; rows hold whole documents."""
    invoiced = day_numbers(items.invoice_date[rows])
    mode = ledger.policy.settings.tax_mode
    base = discountable(
        items.document_amount[rows], items.tax[rows], items.non_discountable[rows], mode
    )
    dated_by = invoiced + best_tier(terms, slot).days + terms.grace_days
    memos = lowered_by_memos(ledger, items, rows, dated_by)
    until, discount = window_of(terms, slot, invoiced, base - memos)
    return until, _shares(items.document[rows], items.amount[rows], discount)


def window_of(
    terms: Terms, slot: int, invoiced: IntArray, base: IntArray
) -> tuple[IntArray, IntArray]:
    """The last day of a window, and D of documents in it.

    Args:
        terms: with one or two tiers.
        slot: 0 for the earlier window, 1 for the later one; the same where there is one tier.
        invoiced: day numbers of the invoice dates.
        base: what the discount is reckoned on, minor units; a negative one earns nothing.
    """
    last = terms.tiers[min(slot, len(terms.tiers) - 1)]
    fraction = percent_fraction(best_tier(terms, slot).percent)
    until = invoiced + last.days + terms.grace_days
    return until, ratio_rounded(np.maximum(base, 0), *fraction)


def _shares(document: IntArray, amount: IntArray, total: IntArray) -> IntArray:
    """Split each document's total over its lines by amount; the last takes the remainder."""
    if not len(document):
        return total
    first = np.flatnonzero(np.diff(document, prepend=document[0] - 1))
    if len(first) == len(document):
        return total
    last = np.append(first[1:], len(document)) - 1
    lines = last - first + 1
    whole = np.add.reduceat(amount, first)
    raw = ratio_rounded(total, amount, np.repeat(np.maximum(whole, 1), lines))
    return _capped(raw, total, first, last)


def _capped(parts: IntArray, total: IntArray, first: IntArray, last: IntArray) -> IntArray:
    """Parts that never pass their document's total when added up; the last fills it up."""
    lines = last - first + 1
    running = np.cumsum(parts)
    running -= np.repeat(running[first] - parts[first], lines)
    running = np.minimum(running, total)
    running[last] = total[last]
    before = np.concatenate([[0], running[:-1]])
    before[first] = 0
    return np.asarray(running - before, dtype=np.int64)


def _left(items: OpenItems, discount: IntArray, granted: IntArray) -> IntArray:
    """What may still be granted: per item, and never more than D on the document."""
    left: IntArray = np.maximum(discount - granted, 0)
    if not granted.any():
        return left
    groups = len(items.documents)
    if not (granted > discount).any():
        return left
    room = np.maximum(sum_by(items.document, discount - granted, groups), 0)[items.document]
    running = np.cumsum(left)
    first = np.flatnonzero(np.diff(items.document, prepend=-1))
    lines = np.diff(np.append(first, len(items)))
    running = running - np.repeat(running[first] - left[first], lines)
    return np.asarray(np.maximum(np.minimum(left, room - (running - left)), 0), dtype=np.int64)


def granted_so_far(ledger: Ledger, items: OpenItems) -> IntArray:
    """Early-payment discount granted on each item so far; special discounts are left out."""
    applications = ledger.posted("Applications")
    counted = applications.ints("discount") != 0
    if not counted.any():
        return np.zeros(len(items), dtype=np.int64)
    counted &= applications.text("source_type") == "Receipt"
    mine = applications.take(counted)
    at = find_items(items, mine.text("invoice_no"), mine.ints("line"))
    return sum_by(at, mine.ints("discount"), len(items))


def lowered_by_memos(
    ledger: Ledger, items: OpenItems, rows: IntArray, last_day: IntArray
) -> IntArray:
    """What credit memos dated up to a day took off the base of each item's document.

    Args:
        ledger: its applications of credit memos.
        items: in the order of `open_items`.
        rows: which items; of a document all, or one.
        last_day: day number beside each of the rows; the day itself still counts.
    """
    nothing = np.zeros(len(rows), dtype=np.int64)
    applications = ledger.posted("Applications")
    used = applications.take(applications.text("source_type") == "Credit Memo")
    if not len(used) or not len(rows):
        return nothing
    document, base, dated = _memo_bases(ledger, items, used)
    last_of = np.full(len(items.documents), NO_WINDOW, dtype=np.int64)
    last_of[items.document[rows]] = last_day
    inside = (document >= 0) & (dated <= last_of[document])
    lowered = sum_by(np.where(inside, document, -1), base, len(items.documents))
    return np.maximum(lowered, 0)[items.document[rows]]


def _memo_bases(
    ledger: Ledger, items: OpenItems, used: Frame
) -> tuple[IntArray, IntArray, IntArray]:
    """Per application of a memo: the document it reduces, by how much its base, the memo's day."""
    invoices = ledger.posted("Invoices")
    memos, _ = live_rows(invoices.take(invoices.text("type") == "Credit Memo"), "invoice_no")
    (memo, source), texts = codes_of(memos.text("invoice_no"), used.text("source_no"))
    at = np.full(len(texts), -1, dtype=np.int64)
    at[memo] = np.arange(len(memos))
    row = at[source]
    assert bool((row >= 0).all()), "an application has no credit memo"
    amount = memos.ints("amount")[row]
    base = discountable(
        amount,
        zero_if_blank(memos.ints("tax"))[row],
        zero_if_blank(memos.ints("non_discountable"))[row],
        ledger.policy.settings.tax_mode,
    )
    share = ratio_rounded(used.ints("amount"), np.maximum(base, 0), np.maximum(amount, 1))
    (document, wanted), names = codes_of(
        items.documents.text("invoice_no"), used.text("invoice_no")
    )
    document_of = np.full(len(names), -1, dtype=np.int64)
    document_of[document] = np.arange(len(items.documents))
    dated = day_numbers(memos.dates("invoice_date")[row])
    return document_of[wanted], share, dated


def discount_tax(
    discounts: IntArray, before: IntArray, tax: IntArray, amount: IntArray, tax_mode: str
) -> IntArray:
    """The tax part of discounts, so that the parts of one document add up to the part of all.

    Args:
        discounts: granted now, minor units.
        before: granted on the same document before each.
        tax, amount: of the document.
        tax_mode: only `included` has a tax part.
    """
    if tax_mode != "included":
        return np.zeros(len(discounts), dtype=np.int64)
    whole = np.maximum(amount, 1)
    return ratio_rounded(before + discounts, tax, whole) - ratio_rounded(before, tax, whole)

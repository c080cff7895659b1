"""Discounts that posted payments earned and that were not granted; approved special discounts.

Rules do not see every early payment when it is posted: a receipt applied later by hand, terms
corrected since, a credit memo that made a short payment enough. What the receipt's own date
earned is granted here, once; a second run finds nothing left to grant.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray, TextArray, positions, sum_by, text_array
from ar_xl.core.dates import as_date, day
from ar_xl.core.frames import Frame, concat
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.money import ratio_rounded
from ar_xl.core.periods import closed_months
from ar_xl.core.tables import APPLICATIONS
from ar_xl.ops.allocation import payable_items
from ar_xl.ops.discounts import Windows, discount_tax, discount_windows, granted_so_far
from ar_xl.ops.numbering import application_numbers
from ar_xl.ops.open_items import OpenItems, live_rows, posted_by
from ar_xl.ops.settlements import day_numbers, find_items
from ar_xl.ops.special_discounts import grant_special_discounts

LATE_RULE = "discount earned"


@dataclass(frozen=True)
class _Payments:
    """What reduced items that may earn a discount, one element a source and item, by day.

    Args:
        item: index of the item.
        day: own date of the source as a day number.
        amount: relieved in all, minor units.
        paid, granted: of that what a receipt paid, and the discount that came with it.
        source_no: the receipt; "" for other sources.
    """

    item: IntArray
    day: IntArray
    amount: IntArray
    paid: IntArray
    granted: IntArray
    source_no: TextArray

    def take(self, chosen: IntArray | BoolArray) -> _Payments:
        return _Payments(**{name: getattr(self, name)[chosen] for name in self.__annotations__})


def apply_discounts(ledger: Ledger, request: Request) -> Change:
    """Grant early-payment discounts that posted receipts earned, and post special discounts.

    Args:
        ledger: posted receipts and their applications; drafts of special discounts.
        request: applications and documents posted by the as-of date count; grants are dated by
            it, or the first open day.

    Returns:
        Applications (the receipt pays nothing more, the discount closes or reduces the item),
        the posted adjustments, and the totals `discount` and `special discount` per currency.
        What is asked for above the open amount is an error finding and stays a draft.
    """
    items = payable_items(ledger, request.as_of)
    late = _late_grants(ledger, items, request)
    after = ledger.after(Change(appends={"Applications": late}))
    special = grant_special_discounts(after, payable_items(after, request.as_of), request)
    applications = concat([late, special.applications])
    applications = applications.replace(
        application_no=application_numbers(ledger, len(applications))
    )
    return Change(
        posts={"Adjustments": special.adjustments} if len(special.adjustments) else {},
        appends={"Applications": applications} if len(applications) else {},
        findings=special.findings,
        totals={
            "discount": discounts_by_currency(items, late),
            "special discount": discounts_by_currency(items, special.applications),
        },
    )


def discounts_by_currency(items: OpenItems, applications: Frame) -> dict[str, int]:
    """The discount of applications to some items, minor units by currency."""
    at = positions(items.invoice_no, applications.text("invoice_no"))
    totals: dict[str, int] = {}
    for currency in dict.fromkeys(items.currency[at]):
        rows = items.currency[at] == currency
        totals[str(currency)] = int(applications.ints("discount")[rows].sum())
    return totals


def _late_grants(ledger: Ledger, items: OpenItems, request: Request) -> Frame:
    """Applications of discounts earned and not granted, one a receipt and item."""
    windows = discount_windows(ledger, items)
    can_earn = (items.open > 0) & ((windows.left[0] > 0) | (windows.left[1] > 0))
    payments = _payments(ledger, items, can_earn, request)
    earned = (_earned_in_part if ledger.policy.settings.partial_discount else _earned_by_closing)(
        items, windows, payments
    )
    chosen = np.flatnonzero(earned > 0)
    return _rows(ledger, items, payments.take(chosen), earned[chosen], request)


def _payments(ledger: Ledger, items: OpenItems, wanted: BoolArray, request: Request) -> _Payments:
    rows = posted_by(ledger.posted("Applications"), request.as_of)
    item = find_items(items, rows.text("invoice_no"), rows.ints("line"))
    rows = rows.take(np.flatnonzero((item >= 0) & wanted[item]))
    item = find_items(items, rows.text("invoice_no"), rows.ints("line"))
    by_receipt = rows.text("source_type") == "Receipt"
    source = np.where(by_receipt, rows.text("source_no"), "").astype(object)
    days = _own_days(ledger, rows)
    key = text_array(
        f"{i}\t{d}\t{s}" for i, d, s in zip(item.tolist(), days.tolist(), source, strict=True)
    )
    at = positions(key, key)
    first, group = np.unique(at, return_inverse=True)
    amount = rows.ints("amount") + rows.ints("discount") + rows.ints("difference")
    count = len(first)
    total = sum_by(group.astype(np.int64), amount, count)
    paid = sum_by(group.astype(np.int64), np.where(by_receipt, rows.ints("amount"), 0), count)
    granted = sum_by(group.astype(np.int64), np.where(by_receipt, rows.ints("discount"), 0), count)
    made = _Payments(item[first], days[first], total, paid, granted, source[first])
    order = np.lexsort((made.source_no.astype(str), made.day, made.item))
    return made.take(order)


def _own_days(ledger: Ledger, rows: Frame) -> IntArray:
    """The own date of each application's source; of adjustments the application's date."""
    days = day_numbers(rows.dates("date")).copy()
    for source_type, table, number, own in (
        ("Receipt", "Receipts", "receipt_no", "receipt_date"),
        ("Credit Memo", "Invoices", "invoice_no", "invoice_date"),
    ):
        live, _ = live_rows(ledger.posted(table), number)
        mine = np.flatnonzero(rows.text("source_type") == source_type)
        at = positions(live.text(number), rows.text("source_no")[mine])
        assert bool((at >= 0).all()), f"an application has no {source_type}"
        days[mine] = day_numbers(live.dates(own)[at])
    return days


def _earned_by_closing(items: OpenItems, windows: Windows, payments: _Payments) -> IntArray:
    """What is open, where a receipt in the window left no more of the item than its discount.

    Receipts of later days do not count for it; other credits count while the window is open.
    """
    earned = np.zeros(len(payments.item), dtype=np.int64)
    done: set[int] = set()
    left = windows.earned(payments.item, payments.day)
    for at in np.flatnonzero((payments.source_no != "") & (left > 0) & (payments.paid > 0)):
        item, now = int(payments.item[at]), int(payments.day[at])
        if item in done:
            continue
        same = payments.take(np.arange(*np.searchsorted(payments.item, [item, item + 1])))
        last = windows.until[0 if now <= windows.until[0][item] else 1][item]
        too_late = np.where(same.source_no != "", same.day > now, same.day > last)
        open_then = int(items.open[item]) + int(same.amount[too_late].sum())
        if open_then <= left[at]:
            earned[at] = items.open[item]
            done.add(item)
    return earned


def _earned_in_part(items: OpenItems, windows: Windows, payments: _Payments) -> IntArray:
    """What each receipt in the window earned with its part, less what it was granted."""
    earned = np.zeros(len(payments.item), dtype=np.int64)
    in_window = windows.earned(payments.item, payments.day)
    closing = _earned_by_closing(items, windows, payments)
    closed = set(payments.item[closing > 0].tolist())
    room: dict[int, int] = {}
    for at in np.flatnonzero((payments.source_no != "") & (in_window > 0) & (payments.paid > 0)):
        item = int(payments.item[at])
        if item in closed:
            earned[at] = closing[at]
            continue
        slot = 0 if payments.day[at] <= windows.until[0][item] else 1
        discount = windows.discount[slot][item]
        rest = int(items.amount[item] - discount)
        if rest <= 0:
            continue
        share = int(ratio_rounded(payments.paid[at : at + 1], int(discount), rest)[0])
        most = room.setdefault(item, min(int(in_window[at]), int(items.open[item])))
        earned[at] = max(0, min(share - int(payments.granted[at]), most))
        room[item] -= int(earned[at])
    return earned


def _rows(
    ledger: Ledger, items: OpenItems, payments: _Payments, earned: IntArray, request: Request
) -> Frame:
    closed = closed_months(ledger.posted("Periods"))
    dated = closed.posting_dates(np.full(len(earned), day(request.as_of)))
    document = items.document[payments.item]
    granted = sum_by(items.document, granted_so_far(ledger, items), len(items.documents))
    before = np.cumsum(earned) - earned
    first = np.flatnonzero(np.diff(document, prepend=-1))
    before -= np.repeat(before[first], np.diff(np.append(first, len(document))))
    tax = discount_tax(
        earned, granted[document] + before, items.tax[payments.item],
        items.document_amount[payments.item], ledger.policy.settings.tax_mode,
    )  # fmt: skip
    paid_on = payments.day.astype("datetime64[D]")
    return Frame.build(
        APPLICATIONS,
        len(earned),
        date=dated,
        posting_date=dated,
        source_type="Receipt",
        source_no=payments.source_no,
        invoice_no=items.invoice_no[payments.item],
        line=items.line[payments.item],
        amount=0,
        discount=earned,
        discount_tax=tax,
        difference=0,
        source_amount=0,
        rule=LATE_RULE,
        reason=text_array(
            f"discount by {terms}, paid {as_date(paid)}"
            for terms, paid in zip(items.terms[payments.item], paid_on, strict=True)
        ),
    )

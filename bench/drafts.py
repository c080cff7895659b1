"""Drafts of the last month: invoices, and receipts of every kind that an accountant meets.

A third of the receipts name what they pay; the others pay one item exactly, the customer's
whole balance, several items, or some other amount.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ar_xl.core.arrays import DateArray, IntArray, text_array
from ar_xl.core.frames import Frame
from ar_xl.core.money import plain_text
from ar_xl.core.tables import RECEIPTS
from bench.history import methods
from bench.population import LAST_DAY, LAST_MONTH_START, Items, Size

# What a draft receipt pays, and how many in nine do: a third are references.
_KINDS = ("reference", "item", "balance", "several", "part")
_SHARES = (3 / 9, 2 / 9, 1 / 9, 1 / 9, 2 / 9)


def draft_invoices(invoices: Frame) -> Frame:
    """Documents as they are typed: number, customer, date and amounts; the rest is for posting."""
    return Frame.build(
        invoices.table,
        len(invoices),
        **{
            key: invoices.columns[key]
            for key in (
                "invoice_no", "customer_id", "invoice_date", "amount", "tax", "non_discountable",
                "po", "description", "gl_account",
            )
        },
    )  # fmt: skip


@dataclass
class _Owed:
    """What one customer owes while receipts are made up for it, oldest first."""

    numbers: list[str] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    known_from: list[int] = field(default_factory=list)
    discount: list[int] = field(default_factory=list)
    until: list[int] = field(default_factory=list)
    named: set[str] = field(default_factory=set)

    def left(self, kind: str) -> list[int]:
        """What a receipt of a kind may still pay; a document is referred to only once."""
        wanted = [i for i, amount in enumerate(self.open) if amount]
        if kind == "reference":
            return [i for i in wanted if self.numbers[i] not in self.named]
        return wanted


@dataclass(frozen=True)
class _Receipt:
    day: int
    customer: int
    amount: int
    remittance: str


def draft_receipts(
    size: Size,
    items: Items,
    open_amounts: IntArray,
    invoices: Frame,
    customers: Frame,
    rng: np.random.Generator,
) -> Frame:
    """The receipts of the last month.

    Args:
        size: of the workload.
        items: of all documents, drafts included.
        open_amounts: what is open of each item before these receipts, minor units.
        invoices: all documents, for their numbers.
        customers: for their ids and currencies.
        rng: the source of all chance.
    """
    wanted = size.receipts - size.posted_receipts
    owed = _owed_by_customer(size, items, open_amounts, invoices)
    kinds = np.sort(rng.choice(len(_KINDS), wanted, p=_SHARES))
    made: list[_Receipt] = []
    payers = np.array([i for i, each in enumerate(owed) if each.open], dtype=np.int64)
    currency = customers.text("currency")
    span = int((LAST_DAY - LAST_MONTH_START).astype(np.int64))
    for kind in kinds.tolist():
        customer = _payer(owed, payers, _KINDS[kind], rng)
        day = int(rng.integers(0, span + 1))
        receipt = _one(_KINDS[kind], owed[customer], customer, day, currency[customer], rng)
        made.append(receipt)
    return _frame(size, made, customers)


def _payer(owed: list[_Owed], payers: IntArray, kind: str, rng: np.random.Generator) -> int:
    """A customer, one that still owes something where a few tries find it."""
    for customer in rng.choice(payers, 8).tolist():
        if owed[customer].left(kind):
            break
    return int(customer)


def _owed_by_customer(
    size: Size, items: Items, open_amounts: IntArray, invoices: Frame
) -> list[_Owed]:
    owed = [_Owed() for _ in range(size.customers)]
    rows = np.flatnonzero(open_amounts > 0)
    rows = rows[np.lexsort((items.date[rows], items.due[rows], items.customer[rows]))]
    start = LAST_MONTH_START.astype(np.int64)
    known = np.maximum(items.date[rows].astype(np.int64) - start, 0).tolist()
    until = (items.date[rows].astype(np.int64) + items.window[rows] - start).tolist()
    numbers = invoices.text("invoice_no")[items.document[rows]].tolist()
    discount = np.where(open_amounts[rows] == items.amount[rows], items.discount[rows], 0)
    columns = zip(
        items.customer[rows].tolist(), numbers, open_amounts[rows].tolist(), known,
        discount.tolist(), until, strict=True,
    )  # fmt: skip
    for customer, number, amount, known_from, earned, last in columns:
        mine = owed[customer]
        mine.numbers.append(number)
        mine.open.append(amount)
        mine.known_from.append(known_from)
        mine.discount.append(earned)
        mine.until.append(last)
    return owed


def _one(
    kind: str, owed: _Owed, customer: int, day: int, currency: str, rng: np.random.Generator
) -> _Receipt:
    """One receipt of a kind; where nothing is left to pay, an advance payment."""
    left = owed.left(kind)
    if not left:
        return _Receipt(day, customer, int(rng.integers(1_000, 90_000)), "")
    chosen = _chosen(kind, left, rng)
    day = max(day, *(owed.known_from[i] for i in chosen))
    remittance, amount = [], 0
    for i in chosen:
        pays, text = owed.open[i], owed.numbers[i]
        if kind in ("reference", "item") and 0 < owed.discount[i] < pays and day <= owed.until[i]:
            pays -= owed.discount[i]
            owed.open[i] -= owed.discount[i]
        elif kind == "reference" and rng.random() < 0.2 and pays > 100:
            pays = pays * 2 // 3
            text = f"{text} {plain_text(pays, currency)}"
        elif kind == "part":
            pays = max(1, int(pays * (0.3 + rng.random())))
        owed.open[i] -= min(pays, owed.open[i])
        owed.named |= {owed.numbers[i]} if kind == "reference" else set()
        amount += pays
        remittance.append(text)
    named = "; ".join(dict.fromkeys(remittance)) if kind == "reference" else ""
    return _Receipt(day, customer, amount, named)


def _chosen(kind: str, left: list[int], rng: np.random.Generator) -> list[int]:
    if kind == "balance":
        return left
    if kind == "several":
        count = min(len(left), int(rng.integers(2, 4)))
        return sorted(rng.choice(left, count, replace=False).tolist())
    if kind == "reference":
        count = min(len(left), int(rng.integers(1, 4)))
        return sorted(rng.choice(left, count, replace=False).tolist())
    return [left[0]] if kind == "part" else [int(rng.choice(left))]


def _frame(size: Size, made: list[_Receipt], customers: Frame) -> Frame:
    made = sorted(made, key=lambda receipt: receipt.day)
    customer = np.array([receipt.customer for receipt in made], dtype=np.int64)
    days = np.array([receipt.day for receipt in made], dtype=np.int64)
    first = size.posted_receipts + 1
    count = len(made)
    dates: DateArray = LAST_MONTH_START + days.astype("timedelta64[D]")
    amounts = np.array([receipt.amount for receipt in made], dtype=np.int64)
    assert int(amounts.min(initial=1)) > 0, "a receipt of nothing"
    return Frame.build(
        RECEIPTS,
        count,
        receipt_no=text_array(f"R-{i:07d}" for i in range(first, first + count)),
        receipt_date=dates,
        customer_id=customers.text("customer_id")[customer],
        method=methods(count),
        check_ref=text_array(
            f"ref {i * 7919 % 9_999_991:07d}" for i in range(first, first + count)
        ),
        amount=amounts,
        remittance=text_array(receipt.remittance for receipt in made),
    )

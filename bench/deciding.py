"""Deciding: how long it takes to work out what each receipt pays, nothing read or written.

A seeded ledger in memory, 9 receipts to 10 invoices. Timed once oldest first only, and once by
all five rules with discounts; then every application is compared with a plain integer loop.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from time import perf_counter

import numpy as np

from ar_xl.core.arrays import IntArray, TextArray, text_array
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.money import RATE_ONE, ratio_rounded
from ar_xl.core.policy import Policy
from ar_xl.core.settings import default_settings
from ar_xl.core.tables import INVOICES, RECEIPTS
from ar_xl.core.terms import Discount, Terms
from ar_xl.ops.allocation import Allocation, allocate_batch, prepare
from ar_xl.ops.post_payments import post_payments
from ar_xl.ops.receipts import draft_receipts
from bench.plain_allocation import PlainBooks, PlainItem, PlainReceipt

SEED = 20260131
AS_OF = date(2026, 3, 31)
FIRST = np.datetime64("2026-01-01", "D")
INVOICES_PER_CUSTOMER = 10
TWO_TEN = Terms("2/10 Net 30", net_days=30, tiers=(Discount(Decimal(2), 10),))
NET_30 = Terms("Net 30", net_days=30)
# what receipts are: share, kind
KINDS = {"reference": 0.60, "equal": 0.20, "balance": 0.04, "subset": 0.06, "other": 0.10}


@dataclass(frozen=True)
class Shape:
    """The drawn columns, before they become a ledger or plain books."""

    invoice_no: TextArray
    customer: IntArray
    invoice_day: IntArray
    amount: IntArray
    discounted: IntArray
    receipt_no: TextArray
    payer: IntArray
    receipt_day: IntArray
    received: IntArray
    names: TextArray


def draw(invoices: int) -> Shape:
    """Draw invoices of 10 per customer, and receipts of the five kinds."""
    chance = np.random.default_rng(SEED)
    customers = max(1, invoices // INVOICES_PER_CUSTOMER)
    customer = np.sort(chance.integers(0, customers, invoices))
    day = chance.integers(0, 60, invoices)
    amount = chance.integers(1_000, 900_000, invoices)
    discounted = (chance.random(invoices) < 0.3).astype(np.int64)
    net = amount - discounted * ratio_rounded(amount, 2, 100)
    count = invoices * 9 // 10
    kind = chance.choice(len(KINDS), count, p=list(KINDS.values()))
    one = chance.permutation(invoices)[:count]
    early = chance.random(count) < 0.5
    receipt_day = day[one] + np.where(early, chance.integers(0, 10, count), 30)
    received = np.where(early, net[one], amount[one])
    pair = np.minimum(one + 1, invoices - 1)
    paired = (kind == 3) & (customer[pair] == customer[one]) & (pair != one)
    received = np.where(paired, amount[one] + amount[pair], received)
    total = np.zeros(customers, dtype=np.int64)
    np.add.at(total, customer, amount)
    received = np.where(kind == 2, total[customer[one]], received)
    received = np.where(kind == 4, chance.integers(1_000, 900_000, count), received)
    numbers = text_array(f"INV-{at:06d}" for at in range(1, invoices + 1))
    return Shape(
        numbers, customer, day, amount, discounted,
        text_array(f"R-{at:06d}" for at in chance.permutation(count) + 1), customer[one],
        receipt_day, received, np.where(kind == 0, numbers[one], ""),
    )  # fmt: skip


def ledger_of(shape: Shape, rules: str) -> Ledger:
    """The drawn columns as a ledger whose settings run some of the rules."""
    count = len(shape.amount)
    invoices = Frame.build(
        INVOICES, count, invoice_no=shape.invoice_no, type="Invoice",
        customer_id=_customers(shape.customer), invoice_date=FIRST + shape.invoice_day,
        posting_date=FIRST + shape.invoice_day, due_date=FIRST + shape.invoice_day + 30,
        terms=np.where(shape.discounted > 0, TWO_TEN.name, NET_30.name).astype(object),
        currency="USD", amount=shape.amount, tax=0, non_discountable=0, rate=RATE_ONE,
        batch="B-000001",
    )  # fmt: skip
    receipts = Frame.build(
        RECEIPTS, len(shape.received), receipt_no=shape.receipt_no,
        customer_id=_customers(shape.payer), receipt_date=FIRST + shape.receipt_day,
        method="ACH", currency="USD", amount=shape.received, remittance=shape.names,
    )  # fmt: skip
    rows = np.arange(2, len(receipts) + 2, dtype=np.int64)
    policy = Policy(
        settings=default_settings(allocation_rules=rules),
        terms={terms.name: terms for terms in (TWO_TEN, NET_30)},
    )
    return Ledger({"Invoices": invoices}, {"Receipts": Frame(RECEIPTS, receipts.columns, rows)},
                  policy)  # fmt: skip


def _customers(codes: IntArray) -> TextArray:
    named = text_array(f"C-{at:05d}" for at in range(int(codes.max()) + 1))
    return np.asarray(named[codes], dtype=object)


def plain_books(shape: Shape, discounts: bool) -> PlainBooks:
    """The drawn columns for the plain loop."""
    items = [
        PlainItem(number, 1, f"C-{owner:05d}", day + 30, day, amount, amount,
                  tiers=((day + 10, (2 * amount * 2 + 100) // 200),) if terms else ())
        for number, owner, day, amount, terms in zip(
            shape.invoice_no, shape.customer.tolist(), shape.invoice_day.tolist(),
            shape.amount.tolist(), (shape.discounted * discounts).tolist(), strict=True,
        )
    ]  # fmt: skip
    receipts = [
        PlainReceipt(number, f"C-{payer:05d}", day, amount, [(name, None)] if name else [])
        for number, payer, day, amount, name in zip(
            shape.receipt_no, shape.payer.tolist(), shape.receipt_day.tolist(),
            shape.received.tolist(), shape.names, strict=True,
        )
    ]  # fmt: skip
    return PlainBooks(items, receipts)


def run(n: int) -> dict[str, float | int]:
    """Time the deciding of `n` invoices and 9/10 n receipts, and compare with the plain loop.

    Returns:
        Seconds of oldest first alone and of all five rules with discounts, both on prepared
        arrays and (`post_payments`) from ledger to rows; applications made; and how many cents
        differ from the plain loop.
    """
    shape = draw(n)
    plain_shape = Shape(**{**vars(shape), "discounted": shape.discounted * 0})
    found: dict[str, float | int] = {"invoices": n, "receipts": len(shape.received)}
    cases = {"oldest_first": ("5", plain_shape), "all_rules": ("1,2,3,4,5", shape)}
    for label, (rules, drawn) in cases.items():
        ledger = ledger_of(drawn, rules)
        drafts, _ = draft_receipts(ledger, AS_OF)
        batch = prepare(ledger, drafts, AS_OF)
        gc.collect()
        start = perf_counter()
        decided = allocate_batch(ledger, batch)
        found[f"{label}_seconds"] = perf_counter() - start
        start = perf_counter()
        post_payments(ledger, Request(AS_OF, "bench"))
        found[f"{label}_post_payments_seconds"] = perf_counter() - start
        start = perf_counter()
        books = plain_books(drawn, discounts=True)
        expected = books.run([int(rule) for rule in rules.split(",")])
        found[f"{label}_plain_loop_seconds"] = perf_counter() - start
        found[f"{label}_applications"] = len(decided.paid)
        found[f"{label}_cents_of_difference"] = cents_of_difference(decided, expected)
    return found


def cents_of_difference(
    decided: Allocation, expected: list[tuple[str, str, int, int, int, int, int]]
) -> int:
    """The sum of all absolute differences between two sets of applications, minor units."""
    paid, batch = decided.paid, decided.batch
    ours: dict[tuple[str, str, int], tuple[int, int, int]] = {}
    for receipt, item, amount, discount, difference in zip(
        paid.receipt.tolist(), paid.item.tolist(), paid.amount.tolist(),
        paid.discount.tolist(), paid.difference.tolist(), strict=True,
    ):  # fmt: skip
        key = (
            str(batch.receipts.text("receipt_no")[receipt]), str(batch.items.invoice_no[item]),
            int(batch.items.line[item]),
        )  # fmt: skip
        ours[key] = (amount, discount, difference)
    theirs = {row[:3]: row[3:6] for row in expected}
    assert len(theirs) == len(expected), "the plain loop applied a pair twice"
    assert len(ours) == len(paid), "a pair was applied twice"
    nothing = (0, 0, 0)
    return sum(
        abs(mine - other)
        for key in ours.keys() | theirs.keys()
        for mine, other in zip(ours.get(key, nothing), theirs.get(key, nothing), strict=True)
    )

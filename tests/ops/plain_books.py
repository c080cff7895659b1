"""The same open items and receipts twice: as a ledger, and for the plain loop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np

from ar_xl.core.arrays import BLANK, text_array
from ar_xl.core.collectingtables import DISPUTES
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import RATE_ONE
from ar_xl.core.policy import Policy
from ar_xl.core.tables import INSTALMENTS, INVOICES, RECEIPTS
from ar_xl.core.terms import Discount, Terms
from bench.plain_allocation import PlainBooks, PlainItem, PlainReceipt

FIRST_DAY = date(2026, 1, 1)
TERMS = {
    "Net 30": Terms("Net 30", net_days=30),
    "2/10": Terms("2/10", net_days=30, tiers=(Discount(Decimal(2), 10),), grace_days=1),
    "3/5 1/20": Terms(
        "3/5 1/20", net_days=30, tiers=(Discount(Decimal(3), 5), Discount(Decimal(1), 20))
    ),
}


@dataclass(frozen=True)
class Invoice:
    """A posted document; `day` and `due` count from FIRST_DAY, amounts are cents."""

    number: str
    customer: str
    day: int
    due: int
    amount: int
    terms: str = "Net 30"
    tax: int = 0
    freight: int = 0
    late_fee: bool = False
    disputed: int = 0
    parts: int = 1


@dataclass(frozen=True)
class Receipt:
    """A draft receipt; `names` as `Remittance` would say it."""

    number: str
    customer: str
    day: int
    amount: int
    names: tuple[tuple[str, int | None], ...] = ()


def _dates(days: list[int]) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    first = np.datetime64(FIRST_DAY, "D")
    return np.array([first + day for day in days], dtype="datetime64[D]")


def day_after(days: int) -> date:
    """The date so many days after the first."""
    return FIRST_DAY + timedelta(days=days)


def as_ledger(invoices: list[Invoice], receipts: list[Receipt], policy: Policy) -> Ledger:
    """The books as tables in memory."""
    documents = Frame.build(
        INVOICES, len(invoices),
        invoice_no=text_array(i.number for i in invoices),
        type=text_array("Late Fee" if i.late_fee else "Invoice" for i in invoices),
        customer_id=text_array(i.customer for i in invoices),
        invoice_date=_dates([i.day for i in invoices]),
        posting_date=_dates([i.day for i in invoices]),
        due_date=_dates([i.due for i in invoices]),
        terms=text_array(i.terms for i in invoices), currency="USD",
        amount=np.array([i.amount for i in invoices], dtype=np.int64),
        tax=np.array([i.tax for i in invoices], dtype=np.int64),
        non_discountable=np.array([i.freight for i in invoices], dtype=np.int64),
        rate=RATE_ONE, batch="B-000001",
    )  # fmt: skip
    lines = [(i, line, amount) for i in invoices for line, amount in _lines(i)]
    instalments = Frame.build(
        INSTALMENTS, len(lines),
        invoice_no=text_array(i.number for i, _, _ in lines),
        line=np.array([line for _, line, _ in lines], dtype=np.int64),
        due_date=_dates([i.due + line - 1 for i, line, _ in lines]),
        posting_date=_dates([i.day for i, _, _ in lines]),
        amount=np.array([amount for _, _, amount in lines], dtype=np.int64), batch="B-000001",
    )  # fmt: skip
    contested = [i for i in invoices if i.disputed]
    disputes = Frame.build(
        DISPUTES, len(contested),
        invoice_no=text_array(i.number for i in contested),
        opened=_dates([i.day for i in contested]),
        amount=np.array([i.disputed for i in contested], dtype=np.int64),
    )  # fmt: skip
    money = Frame.build(
        RECEIPTS, len(receipts),
        receipt_no=text_array(r.number for r in receipts),
        receipt_date=_dates([r.day for r in receipts]),
        customer_id=text_array(r.customer for r in receipts), currency="USD",
        amount=np.array([r.amount for r in receipts], dtype=np.int64),
        bank_fee=BLANK,
        remittance=text_array(_remittance(r) for r in receipts),
    )  # fmt: skip
    rows = np.arange(2, len(receipts) + 2, dtype=np.int64)
    return Ledger(
        {"Invoices": documents, "Instalments": instalments, "Disputes": disputes},
        {"Receipts": Frame(money.table, money.columns, rows)},
        policy,
    )


def _lines(invoice: Invoice) -> list[tuple[int, int]]:
    if invoice.parts == 1:
        return []
    each = invoice.amount // invoice.parts
    amounts = [each] * (invoice.parts - 1)
    return list(enumerate([*amounts, invoice.amount - sum(amounts)], start=1))


def _remittance(receipt: Receipt) -> str:
    parts = []
    for number, amount in receipt.names:
        parts.append(number if amount is None else f"{number} {Decimal(amount) / 100:.2f}")
    return "; ".join(parts)


def as_plain(invoices: list[Invoice], receipts: list[Receipt], policy: Policy) -> PlainBooks:
    """The same books for the plain loop."""
    settings = policy.settings
    items = []
    for invoice in invoices:
        to_contest = invoice.disputed
        tiers = _tiers(invoice, policy)
        for line, amount in _lines(invoice) or [(1, invoice.amount)]:
            contested = min(to_contest, amount)
            to_contest -= contested
            items.append(PlainItem(
                number=invoice.number, line=line, customer=invoice.customer,
                due=invoice.due + (line - 1), invoiced=invoice.day, amount=amount, open=amount,
                late_fee=invoice.late_fee, disputed=contested,
                tiers=tuple((last, shares[line - 1]) for last, shares in tiers),
                under=_limit(settings.under_tolerance, settings.tolerance_percent, amount),
                over=_limit(settings.over_tolerance, settings.tolerance_percent, amount),
            ))  # fmt: skip
    return PlainBooks(
        items=items,
        receipts=[
            PlainReceipt(r.number, r.customer, r.day, r.amount, list(r.names)) for r in receipts
        ],
        partial=settings.partial_discount,
        credit_on_full=settings.discount_on_full == "credit",
        fees_first=settings.fees_paid == "first",
    )


def _tiers(invoice: Invoice, policy: Policy) -> list[tuple[int, list[int]]]:
    if invoice.late_fee:
        return []
    base = invoice.amount - invoice.freight
    if policy.settings.tax_mode != "included":
        base -= invoice.tax
    terms = policy.terms[invoice.terms]
    tiers = []
    for at, tier in enumerate(terms.tiers):
        percent = max(later.percent for later in terms.tiers[at:])
        whole = int(Fraction(base) * Fraction(percent) / 100 + Fraction(1, 2))
        shares: list[int] = []
        for line, amount in _lines(invoice) or [(1, invoice.amount)]:
            share = int(Fraction(whole * amount, invoice.amount) + Fraction(1, 2))
            left = whole - sum(shares)
            shares.append(left if line == invoice.parts else min(share, left))
        tiers.append((invoice.day + tier.days + terms.grace_days, shares))
    return tiers


def _limit(absolute: Decimal | None, percent: Decimal | None, amount: int) -> int:
    limits = []
    if absolute is not None:
        limits.append(int(absolute * 100))
    if percent is not None:
        limits.append(int(Fraction(amount) * Fraction(percent) / 100))
    return min(limits, default=0)

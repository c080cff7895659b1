"""A month-end as the plainest possible loop over whole cents, written from the rules' text.

It knows what the workload holds (one currency, no memos, no disputes, no tolerance) and shares
nothing with the product but the workbook. Slow on purpose.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bench.plain_allocation import PlainBooks, PlainItem, PlainReceipt
from bench.plain_rows import PlainBook, Row, cents, day_number

AS_OF = date(2025, 12, 31).toordinal()
NET_DAYS = {"Net 30": 30, "2/10 Net 30": 30, "Net 45": 45, "Net 60": 60}
RULES = (1, 2, 3, 4, 5)
EDGES = (0, 30, 60, 90)
Line = tuple[str, int]


def rounded(numerator: int, denominator: int) -> int:
    """A positive fraction as the nearest whole number, halves up."""
    return (2 * numerator + denominator) // (2 * denominator)


def months_on(start: int, months: int) -> int:
    """A day some months later, clamped to the month's end."""
    first = date.fromordinal(start)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(first.day, last)).toordinal()


@dataclass
class PlainMonthEnd:
    """What a month-end must come to.

    Args:
        items: every line of every document.
        customer_of: customer of each document.
        unapplied: what is left of each receipt.
        payer_of: customer of each receipt.
        fees: the late fee of each document that bears one.
        asked: receipts that two different sets of documents explain.
    """

    items: list[PlainItem] = field(default_factory=list)
    customer_of: dict[str, str] = field(default_factory=dict)
    unapplied: dict[str, int] = field(default_factory=dict)
    payer_of: dict[str, str] = field(default_factory=dict)
    fees: dict[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def receivable(self) -> int:
        """What customers owe, less what they paid in advance."""
        owed = sum(item.open for item in self.items) + sum(self.fees.values())
        return owed - sum(self.unapplied.values())

    def aging(self) -> dict[str, list[int]]:
        """What is open per customer and bucket, late fees included."""
        table: dict[str, list[int]] = defaultdict(lambda: [0] * (len(EDGES) + 1))
        for item in self.items:
            days = AS_OF - item.due
            bucket = sum(days > edge for edge in EDGES)
            table[item.customer][bucket] += item.open
        for number, fee in self.fees.items():
            table[self.customer_of[number]][0] += fee
        return table


def month_end(path: Path) -> PlainMonthEnd:
    """Do the month-end of a workbook of the workload."""
    book, made = PlainBook(path), PlainMonthEnd()
    customers = {
        row["Customer ID"]: row
        for row in book.rows("Customers", "Customer ID", "Terms", "Fee Policy")
    }
    _documents(book, customers, made)
    by_line = {(item.number, item.line): item for item in made.items}
    settled: dict[Line, list[tuple[int, int]]] = defaultdict(list)
    used: dict[str, int] = defaultdict(int)
    for row in book.rows(
        "Applications", "Source No", "Date", "Invoice No", "Line", "Amount", "Discount"
    ):
        line = (row["Invoice No"], int(row["Line"]))
        paid, discount = cents(row["Amount"]), cents(row["Discount"])
        by_line[line].open -= paid + discount
        by_line[line].granted += discount
        settled[line].append((day_number(row["Date"]), paid + discount))
        used[row["Source No"]] += paid
    received = _pay(book, made, used, settled)
    _late_discounts(made, settled)
    _late_fees(customers, made, settled, received)
    return made


def _documents(book: PlainBook, customers: dict[str, Row], made: PlainMonthEnd) -> None:
    """Every document line by line; drafts get terms and due dates."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in book.rows("Instalments", "Invoice No", "Line", "Due Date", "Amount"):
        parts[row["Invoice No"]].append(row)
    for row in book.rows(
        "Invoices", "Invoice No", "Customer ID", "Invoice Date", "Due Date", "Terms", "Amount",
        "Non-discountable",
    ):  # fmt: skip
        number, customer = row["Invoice No"], row["Customer ID"]
        terms = row["Terms"] or customers[customer]["Terms"]
        invoiced, amount = day_number(row["Invoice Date"]), cents(row["Amount"])
        made.customer_of[number] = customer
        lines = [(int(r["Line"]), day_number(r["Due Date"]), cents(r["Amount"]))
                 for r in parts[number]] or [(1, day_number(row["Due Date"]), amount)]  # fmt: skip
        if not day_number(row["Due Date"]):
            lines = list(_lines(terms, invoiced, amount))
        tiers: tuple[tuple[int, int], ...] = ()
        if terms == "2/10 Net 30":
            tiers = ((invoiced + 10, rounded((amount - cents(row["Non-discountable"])) * 2, 100)),)
        made.items += [
            PlainItem(number, line, customer, due, invoiced, part, part, tiers=tiers)
            for line, due, part in lines
        ]


def _lines(terms: str, invoiced: int, amount: int) -> Iterator[tuple[int, int, int]]:
    """Line, due date and amount by the terms."""
    if terms == "Thirds 30/60/90":
        third = rounded(amount * 3333, 10_000)
        yield 1, invoiced + 30, third
        yield 2, invoiced + 60, third
        yield 3, invoiced + 90, amount - 2 * third
    elif terms in NET_DAYS:
        yield 1, invoiced + NET_DAYS[terms], amount
    else:
        day = date.fromordinal(invoiced)
        last = calendar.monthrange(day.year, day.month)[1]
        yield 1, day.replace(day=last).toordinal() + 30, amount


def _pay(
    book: PlainBook,
    made: PlainMonthEnd,
    used: dict[str, int],
    settled: dict[Line, list[tuple[int, int]]],
) -> dict[str, tuple[str, int]]:
    """Apply the draft receipts; returns customer and day of every receipt."""
    drafts, received = [], {}
    for row in book.rows(
        "Receipts", "Receipt No", "Customer ID", "Receipt Date", "Amount", "Remittance", "Batch"
    ):
        number, amount = row["Receipt No"], cents(row["Amount"])
        day = day_number(row["Receipt Date"])
        received[number] = (row["Customer ID"], day)
        made.payer_of[number] = row["Customer ID"]
        if row["Batch"]:
            made.unapplied[number] = amount - used[number]
        else:
            names = list(_references(row["Remittance"]))
            drafts.append(PlainReceipt(number, row["Customer ID"], day, amount, names))
    paying = PlainBooks([item for item in made.items if item.open], drafts)
    applied = paying.run(RULES)
    assert not paying.refused, f"receipts {sorted(paying.refused)[:3]} cannot be posted"
    made.asked = paying.asked
    made.unapplied |= {receipt.number: receipt.left for receipt in drafts}
    for receipt_no, number, line, amount, discount, difference, _ in applied:
        settled[number, line].append((received[receipt_no][1], amount + discount + difference))
    return received


def _references(text: str) -> Iterator[tuple[str, int | None]]:
    for piece in filter(None, text.split("; ")):
        number, _, amount = piece.partition(" ")
        yield number, round(float(amount) * 100) if amount else None


def _late_discounts(made: PlainMonthEnd, settled: dict[Line, list[tuple[int, int]]]) -> None:
    """Where a receipt in the window left no more than the discount, that rest is granted."""
    for item in made.items:
        for last, discount in item.tiers:
            history = settled[item.number, item.line]
            for day in sorted(day for day, _ in history if day <= last):
                rest = item.open + sum(amount for later, amount in history if later > day)
                if item.open and rest <= discount - item.granted:
                    item.granted += item.open
                    history.append((AS_OF, item.open))
                    item.open = 0


def _late_fees(
    customers: dict[str, Row],
    made: PlainMonthEnd,
    settled: dict[Line, list[tuple[int, int]]],
    received: dict[str, tuple[str, int]],
) -> None:
    """1.5 % of what was open at the beginning of every completed month past due.

    What was paid late within the month counts up to the day it was paid (docs/adr/0005).
    """
    credits: dict[str, list[list[int]]] = defaultdict(list)
    for number in sorted(made.unapplied, key=lambda n: (received[n][1], n)):
        if made.unapplied[number]:
            customer, day = received[number]
            credits[customer].append([day, made.unapplied[number]])
    month_began = date.fromordinal(AS_OF).replace(day=1).toordinal()
    until: dict[Line, int] = {}
    for item in made.items:
        paid_on = max((day for day, amount in settled[item.number, item.line] if amount), default=0)
        if item.open:
            until[item.number, item.line] = AS_OF
        elif paid_on >= month_began and paid_on > item.due:
            until[item.number, item.line] = paid_on
    late = [i for i in made.items if i.due < AS_OF and (i.number, i.line) in until]
    late.sort(key=lambda item: (item.due, item.invoiced, item.number, item.line))
    base: dict[str, int] = defaultdict(int)
    for item in late:
        history = list(settled[item.number, item.line])
        room = item.open
        for credit in credits[item.customer]:
            part = min(room, credit[1])
            room -= part
            credit[1] -= part
            history.append((credit[0], part))
        if customers[item.customer]["Fee Policy"] == "None":
            continue
        months = 0
        while months_on(item.due, months + 1) <= until[item.number, item.line]:
            begin = months_on(item.due, months)
            base[item.number] += item.amount - sum(
                amount for day, amount in history if day <= begin
            )
            months += 1
    for number, amount in base.items():
        fee = rounded(amount * 15, 1000)
        if fee:
            made.fees[number] = fee

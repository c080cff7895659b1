"""The script that people write today: openpyxl, loops over rows, Decimal, save.

It does the same month-end in the usual style: fill in the drafts, pay the oldest invoices first,
age, charge late fees, write the report sheets. It keeps no seals, no journal per date and
account, no backup and checks nothing, which favours it.
"""

from __future__ import annotations

import calendar
from collections import defaultdict, deque
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import openpyxl

from bench.laps import Laps

AS_OF = date(2025, 12, 31)
BATCH = "B-TYPICAL"
NET_DAYS = {"Net 30": 30, "2/10 Net 30": 30, "Net 45": 45, "Net 60": 60, "Thirds 30/60/90": 90}
RATE = Decimal("0.015")
CENT = Decimal("0.01")
EDGES = (0, 30, 60, 90)
BUCKETS = ("Current", "1-30", "31-60", "61-90", "Over 90")


def job(source: str, target: str) -> dict[str, object]:
    """Run the script once.

    Args:
        source: the workbook before.
        target: where it is saved.
    """
    laps = Laps()
    book = openpyxl.load_workbook(source)
    laps.lap("load")
    customers = {row["Customer ID"]: row for row in _rows(book["Customers"])}
    invoices = _post_invoices(book["Invoices"], customers)
    paid = _open_amounts(book["Applications"], invoices)
    _post_receipts(book, invoices, paid)
    fees = _late_fees(book, customers, invoices)
    total = _reports(book, customers, invoices)
    laps.lap("compute")
    book.save(target)
    laps.lap("save")
    return laps.result(open=str(total), fees=str(fees))


def _rows(sheet: Any) -> Iterator[dict[str, Any]]:
    """The rows of a sheet as dictionaries by heading, with the row number."""
    headings = [cell.value for cell in sheet[1]]
    for number, values in enumerate(sheet.iter_rows(min_row=2, values_only=True), 2):
        row = dict(zip(headings, values, strict=True))
        row["row"] = number
        yield row


def _money(value: Any) -> Decimal:
    return Decimal(str(value or 0)).quantize(CENT)


def _day(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else value


def _due(invoiced: date, terms: str) -> date:
    if terms in NET_DAYS:
        return invoiced + timedelta(days=NET_DAYS[terms])
    last = calendar.monthrange(invoiced.year, invoiced.month)[1]
    return invoiced.replace(day=last) + timedelta(days=30)


def _columns(sheet: Any) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[1]}


def _post_invoices(sheet: Any, customers: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Fill in terms, due date, currency and batch of the drafts; all invoices by number."""
    at = _columns(sheet)
    invoices = {}
    for row in _rows(sheet):
        if row["Invoice No"] is None:
            continue
        if row["Batch"] is None:
            customer = customers[row["Customer ID"]]
            row["Terms"] = row["Terms"] or customer["Terms"]
            row["Due Date"] = _due(_day(row["Invoice Date"]), row["Terms"])
            filled = {
                "Type": "Invoice", "Terms": row["Terms"], "Due Date": row["Due Date"],
                "Currency": customer["Currency"], "Rate": 1, "Posting Date": row["Invoice Date"],
                "Batch": BATCH,
            }  # fmt: skip
            for heading, value in filled.items():
                sheet.cell(row["row"], at[heading], value)
        row["open"] = _money(row["Amount"])
        invoices[row["Invoice No"]] = row
    return invoices


def _open_amounts(sheet: Any, invoices: dict[str, dict[str, Any]]) -> int:
    """Take what was applied off the invoices; the number of applications."""
    count = 0
    for row in _rows(sheet):
        if row["Invoice No"] is None:
            continue
        invoice = invoices[row["Invoice No"]]
        invoice["open"] -= _money(row["Amount"]) + _money(row["Discount"])
        count += 1
    return count


def _post_receipts(book: Any, invoices: dict[str, dict[str, Any]], count: int) -> None:
    """Pay the oldest open invoices of the customer with each draft receipt."""
    queues: dict[str, deque[dict[str, Any]]] = defaultdict(deque)
    for invoice in sorted(invoices.values(), key=lambda row: _day(row["Due Date"])):
        if invoice["open"] > 0:
            queues[invoice["Customer ID"]].append(invoice)
    sheet, applications = book["Receipts"], book["Applications"]
    at = _columns(sheet)
    for receipt in _rows(sheet):
        if receipt["Receipt No"] is None or receipt["Batch"] is not None:
            continue
        left = amount = _money(receipt["Amount"])
        queue = queues[receipt["Customer ID"]]
        while left > 0 and queue:
            invoice = queue[0]
            part = min(left, invoice["open"])
            left -= part
            invoice["open"] -= part
            if not invoice["open"]:
                queue.popleft()
            count += 1
            applications.append([
                f"AP-{count:07d}", receipt["Receipt Date"], "Receipt", receipt["Receipt No"],
                invoice["Invoice No"], 1, float(part), 0, 0, 0, float(part), "oldest first", None,
                receipt["Receipt Date"], None, None, BATCH,
            ])  # fmt: skip
        status = "Applied" if not left else "Unapplied" if left == amount else "Part applied"
        for heading, value in (
            ("Status", status), ("Unapplied", float(left)), ("Batch", BATCH),
            ("Posting Date", receipt["Receipt Date"]),
        ):  # fmt: skip
            sheet.cell(receipt["row"], at[heading], value)


def _late_fees(
    book: Any, customers: dict[str, Any], invoices: dict[str, dict[str, Any]]
) -> Decimal:
    """Charge 1.5 % of what is open per month past due; one document an invoice."""
    sheet, rows = book["Fees"], book["Invoices"]
    total = Decimal(0)
    for invoice in list(invoices.values()):
        due = _day(invoice["Due Date"])
        months = (AS_OF.year - due.year) * 12 + AS_OF.month - due.month
        months -= AS_OF.day < due.day
        policy = customers[invoice["Customer ID"]]["Fee Policy"]
        if invoice["open"] <= 0 or months < 1 or policy == "None":
            continue
        fee = (invoice["open"] * RATE * months).quantize(CENT, ROUND_HALF_UP)
        number = f"LF-{invoice['Invoice No']}"
        sheet.append([
            number, invoice["Invoice No"], policy, "2025-12", due, AS_OF, float(invoice["open"]),
            (AS_OF - due).days, float(fee), float(fee), AS_OF, None, None, BATCH,
        ])  # fmt: skip
        rows.append([
            number, "Late Fee", invoice["Customer ID"], AS_OF, AS_OF, None, "USD", float(fee),
        ])  # fmt: skip
        invoices[number] = {
            **invoice, "Invoice No": number, "Type": "Late Fee", "open": fee, "Invoice Date": AS_OF,
            "Due Date": AS_OF,
        }  # fmt: skip
        total += fee
    return total


def _bucket(days: int) -> int:
    return next((i for i, edge in enumerate(EDGES) if days <= edge), len(EDGES))


def _reports(book: Any, customers: dict[str, Any], invoices: dict[str, dict[str, Any]]) -> Decimal:
    """Write aging, detail and call list; returns what is open."""
    aging = {key: [Decimal(0)] * len(BUCKETS) for key in customers}
    oldest = dict.fromkeys(customers, 0)
    detail = book.create_sheet("Aging Detail")
    detail.append(["Customer ID", "Invoice No", "Due Date", "Days Past Due", "Bucket", "Open"])
    for invoice in invoices.values():
        if not invoice["open"]:
            continue
        due = _day(invoice["Due Date"])
        days = (AS_OF - due).days
        bucket, customer = _bucket(days), invoice["Customer ID"]
        aging[customer][bucket] += invoice["open"]
        oldest[customer] = max(oldest[customer], days)
        detail.append([
            customer, invoice["Invoice No"], due, days, BUCKETS[bucket], float(invoice["open"]),
        ])  # fmt: skip
    summary = book.create_sheet("Aging")
    summary.append(["Customer ID", "Name", *BUCKETS, "Total"])
    for key, row in aging.items():
        summary.append([key, customers[key]["Name"], *map(float, row), float(sum(row))])
    calls = book.create_sheet("Collections")
    calls.append(["Rank", "Customer ID", "Name", "Phone", "Overdue", "Oldest Days"])
    overdue = {key: sum(row[1:], Decimal(0)) for key, row in aging.items()}
    ranked = sorted((key for key in overdue if overdue[key]), key=lambda key: -overdue[key])
    for rank, key in enumerate(ranked, 1):
        who = customers[key]
        calls.append([rank, key, who["Name"], who["Phone"], float(overdue[key]), oldest[key]])
    return sum((sum(row, Decimal(0)) for row in aging.values()), Decimal(0))

"""What a formula says and what a command says, on the same books: they agree to the cent.

Each check takes books and raises an AssertionError where the two differ.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np
import pytest

from ar_xl.core.dates import as_date
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.money import exponent
from ar_xl.functions.errors import NA, CellError
from ar_xl.ops.aging import aging
from ar_xl.ops.allocation import allocate
from ar_xl.ops.batches import post
from ar_xl.ops.fees.late_fees import late_fees
from ar_xl.ops.measures import measures
from ar_xl.ops.post_payments import post_payments
from tests.functions.sheet import Rows, call, one
from tests.functions.workbook import aging_by_formula, column, table, without_errors


def moment(day: date) -> datetime:
    """A date as a cell holds it."""
    return datetime(day.year, day.month, day.day)


def major(minor: Any, currency: str) -> float:
    """Minor units as a cell holds them."""
    return float(int(minor) / 10 ** exponent(currency))


def aging_agrees(ledger: Ledger, as_of: date) -> int:
    """AR_AGING over AR_OPEN against the aging report; the number of amounts compared."""
    report = aging(ledger, as_of)
    expected: list[tuple[Any, ...]] = [
        ("Customer ID", "Currency", *report.names, "Unapplied", "Total")
    ]
    for money in dict.fromkeys(report.currency.tolist()):
        mine = np.flatnonzero(report.currency == money)
        lines = np.column_stack([report.buckets[mine], report.unapplied[mine], report.total[mine]])
        lines = np.vstack([lines, lines.sum(axis=0)])
        names = [*report.customer_id[mine].tolist(), "Total"]
        for name, line in zip(names, lines.tolist(), strict=True):
            expected.append((name, money, *(major(each, money) for each in line)))
    assert without_errors(aging_by_formula(ledger, as_of)) == tuple(expected)
    return sum(len(row) - 2 for row in expected[1:])


def balances_agree(ledger: Ledger, as_of: date) -> int:
    """AR_BALANCE of every customer and currency against the aging's totals."""
    report = aging(ledger, as_of)
    totals = {
        (customer, money): major(total, money)
        for customer, money, total in zip(
            report.customer_id, report.currency, report.total, strict=True
        )
    }
    names = ("Invoices", "Receipts", "Applications")
    tables = [table(ledger, name) for name in names]
    posted = [ledger.posted(name) for name in names[:2]]
    customers = sorted({str(each) for frame in posted for each in frame.text("customer_id")})
    currencies = sorted({str(each) for frame in posted for each in frame.text("currency")})
    for money in currencies:
        found = call(
            "AR_BALANCE", column(customers), *tables, one(moment(as_of)), one(money)
        )  # fmt: skip
        assert found == column(totals.get((customer, money), 0.0) for customer in customers)
    return len(customers) * len(currencies)


def measures_agree(ledger: Ledger, first: date, last: date) -> int:
    """AR_DSO and AR_CEI against the measures of the Month-End sheet."""
    found = measures(ledger, first, last)
    for each in found:
        opening, closing, current, sales = (
            one(major(amount, each.currency))
            for amount in (each.opening, each.closing, each.current, each.sales)
        )
        days, money = one(float((last - first).days + 1)), one(each.currency)
        assert call("AR_DSO", closing, sales, days, money) == one(_tenths(each.dso))
        assert call("AR_CEI", opening, sales, closing, current, money) == one(_tenths(each.cei))
    return 2 * len(found)


def _tenths(value: int | None) -> Any:
    return CellError(NA) if value is None else value / 10


def fees_agree(ledger: Ledger, dates: list[date]) -> int:
    """AR_LATE_FEE against runs of late fees in several months; the number of fees compared."""
    compared = 0
    policies = table(ledger, "FeePolicies")
    charged: dict[str, tuple[datetime, float]] = {}
    for as_of in dates:
        request = Request(as_of, "Ann", "2013-06-01T00:00:00Z", "late-fees")
        run = late_fees(ledger, request)
        posted = dict(zip(run.invoice_no, run.fee, strict=True))
        invoices = ledger.posted("Invoices")
        invoices = invoices.take(invoices.text("type") == "Invoice")
        numbers = invoices.text("invoice_no").tolist()
        amounts = column(invoices.ints("amount") / 100)
        given = [charged.get(number, (None, None)) for number in numbers]
        found = call(
            "AR_LATE_FEE", amounts, _dates(invoices.dates("due_date")), one(moment(as_of)),
            one(ledger.policy.settings.default_fee_policy), policies,
            column(last for last, _ in given), _dates(invoices.dates("invoice_date")), amounts,
            column(before for _, before in given), one("USD"),
        )  # fmt: skip
        assert found == column(posted.get(number, 0) / 100 for number in numbers), as_of
        ledger = ledger.after(post(ledger, run.change, request))
        fees = ledger.posted("Fees")
        for number, last in zip(fees.text("invoice_no"), fees.dates("to_date"), strict=True):
            mine = fees.ints("charged")[fees.text("invoice_no") == number].sum()
            charged[number] = (moment(as_date(last)), float(mine / 100))
        compared += len(numbers)
    return compared


def _dates(days: Any) -> Rows:
    return column(moment(as_date(each)) for each in days)


def discounts_agree(ledger: Ledger, as_of: date) -> int:
    """AR_DISCOUNT against posting drafts that pay each invoice less the discount it names."""
    change = post_payments(ledger, Request(as_of, "Ann"))
    rows = change.appends.get("Applications")
    granted = {} if rows is None else dict(
        zip(rows.text("invoice_no"), rows.ints("discount"), strict=True)
    )  # fmt: skip
    invoices = ledger.posted("Invoices")
    receipts = ledger.draft("Receipts")
    paid = dict(zip(receipts.text("remittance"), receipts.dates("receipt_date"), strict=True))
    numbers = invoices.text("invoice_no").tolist()
    found = call(
        "AR_DISCOUNT", column(invoices.ints("amount") / 100),
        _dates(invoices.dates("invoice_date")),
        column(moment(as_date(paid[number])) for number in numbers),
        column(invoices.text("terms")), table(ledger, "Terms"),
        column(invoices.ints("tax") / 100), column(invoices.ints("non_discountable") / 100),
        one(ledger.policy.settings.tax_mode),
    )  # fmt: skip
    assert found == column(granted.get(number, 0) / 100 for number in numbers)
    return len(numbers)


def allocation_agrees(ledger: Ledger, as_of: date) -> int:
    """AR_ALLOCATE against the allocation of one draft receipt; rows in the order of numbers."""
    receipt = ledger.draft("Receipts")
    decided = allocate(ledger, receipt, as_of)
    batch, paid = decided.batch, decided.paid
    expected: Any = np.zeros(len(ledger.posted("Invoices")), dtype=np.int64)
    place = {number: at for at, number in enumerate(ledger.posted("Invoices").text("invoice_no"))}
    for item, amount in zip(paid.item, paid.amount, strict=True):
        expected[place[batch.items.invoice_no[item]]] += amount
    invoices = ledger.posted("Invoices")
    opened = column(invoices.ints("amount") / 100)
    rules = (tuple(float(r) for r in ledger.policy.settings.allocation_rules if r != 1),)
    money = one(int(receipt.ints("amount")[0]) / 100)
    due = _dates(invoices.dates("due_date"))
    given = (money, opened, due, _dates(receipt.dates("receipt_date")), rules)
    if decided.findings:
        with pytest.raises(CellError, match="#N/A"):
            call("AR_ALLOCATE", *given)
        return 1
    assert call("AR_ALLOCATE", *given) == column(expected / 100)
    return len(place)

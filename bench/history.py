"""The posted part of the workload: eleven months, posted and closed month by month.

The batches are genuine: `ops.batches.post` numbers, seals, journals and chains them, and
`ops.close` closes every month, exactly as the commands do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np

from ar_xl.book.template_rows import starting_rows
from ar_xl.core.arrays import BLANK, IntArray, TextArray, sum_by, text_array
from ar_xl.core.dates import as_date, month_end, period_of
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.money import RATE_ONE
from ar_xl.core.policy import FeePolicy, Policy
from ar_xl.core.settings import default_settings
from ar_xl.core.tables import APPLICATIONS, INSTALMENTS, INVOICES, RATES, RECEIPTS
from ar_xl.ops.batches import post
from ar_xl.ops.close import close
from ar_xl.ops.closings import CLOSED_BY, closing_reason
from ar_xl.ops.derived import derived_changes
from ar_xl.ops.open_items import receivable_by_currency
from ar_xl.ops.rates import rates_for
from bench.payments import Paid
from bench.population import FEE_POLICY, MONTHS, TERMS, YEAR_START, Documents, Items, Size

_METHODS = ("ACH", "Wire", "Check", "Card", "Cash")
_RATE_STEP = RATE_ONE // 200


def make_policy(size: Size) -> Policy:
    """The policy that the workbook's Settings, Terms, FeePolicies and Rates sheets say."""
    return Policy(
        settings=default_settings(
            company="Benchmark Supply Ltd",
            base_currency=size.currencies[0],
            default_terms="Net 30",
        ),
        terms={terms.name: terms for terms in TERMS},
        fee_policies={
            FEE_POLICY: FeePolicy(FEE_POLICY, "monthly", rate_percent=Decimal("1.5")),
            "None": FeePolicy("None"),
        },
        rates=_rates(size),
    )


def _rates(size: Size) -> Frame:
    """A rate at the start of every month for every currency but the first."""
    foreign = size.currencies[1:]
    first = (YEAR_START.astype("datetime64[M]") + np.arange(MONTHS)).astype("datetime64[D]")
    step = np.arange(MONTHS, dtype=np.int64) * _RATE_STEP
    return Frame.build(
        RATES,
        MONTHS * len(foreign),
        currency=text_array(code for code in foreign for _ in range(MONTHS)),
        date=np.tile(first, len(foreign)),
        rate=np.concatenate(
            [RATE_ONE + RATE_ONE // 10 * (i + 1) + step for i in range(len(foreign))]
            or [np.empty(0, dtype=np.int64)]
        ),
    )


def settings_rows(size: Size) -> dict[str, tuple[tuple[str | float | None, ...], ...]]:
    """The rows of the policy sheets, as a new workbook has them, with our default terms."""
    rows = dict(starting_rows("Benchmark Supply Ltd", size.currencies[0]))
    rows["Settings"] = tuple(
        (row[0], "Net 30", *row[2:]) if row[0] == "Default Terms" else row
        for row in rows["Settings"]
    )
    return rows


def invoice_frame(
    size: Size, documents: Documents, items: Items, customers: Frame, policy: Policy
) -> Frame:
    """All documents as posted Invoices rows without batch: complete, in order of date."""
    count = len(documents)
    currency = customers.text("currency")[documents.customer]
    last_line = np.concatenate([items.document[1:] != items.document[:-1], [True]])
    return Frame.build(
        INVOICES,
        count,
        invoice_no=text_array(f"INV-{i:07d}" for i in range(1, count + 1)),
        type="Invoice",
        customer_id=customers.text("customer_id")[documents.customer],
        invoice_date=documents.date,
        due_date=items.due[last_line],
        terms=customers.text("terms")[documents.customer],
        currency=currency,
        amount=documents.amount,
        tax=documents.tax,
        non_discountable=documents.freight,
        po=text_array(f"PO-{i * 7919 % 9_999_991:07d}" if i % 3 == 0 else "" for i in range(count)),
        description=text_array(f"Delivery of article group {n}" for n in documents.text.tolist()),
        gl_account=text_array("4010" if t % 5 == 0 else "" for t in documents.text.tolist()),
        rate=rates_for(policy, currency, documents.date),
        posting_date=documents.date,
    )


def instalment_frame(invoices: Frame, items: Items) -> Frame:
    """The instalments of the documents that have more than one."""
    several = np.bincount(items.document, minlength=len(invoices))[items.document] > 1
    lines = items.take(several)
    return Frame.build(
        INSTALMENTS,
        len(lines.line),
        invoice_no=invoices.text("invoice_no")[lines.document],
        line=lines.line,
        due_date=lines.due,
        amount=lines.amount,
        posting_date=invoices.dates("posting_date")[lines.document],
    )


def receipt_frame(
    paid: Paid, items: Items, invoices: Frame, customers: Frame, policy: Policy
) -> Frame:
    """The posted receipts without batch; a third names what it paid."""
    count = len(paid.amount)
    first = np.full(count, -1, dtype=np.int64)
    order = np.arange(len(paid.receipt))[::-1]
    first[paid.receipt[order]] = items.document[paid.item[order]]
    named = (first >= 0) & (np.arange(count) % 3 == 0)
    remittance = np.where(named, invoices.text("invoice_no")[first], "").astype(object)
    currency = customers.text("currency")[paid.customer]
    return Frame.build(
        RECEIPTS,
        count,
        receipt_no=text_array(f"R-{i:07d}" for i in range(1, count + 1)),
        receipt_date=paid.date,
        customer_id=customers.text("customer_id")[paid.customer],
        method=methods(count),
        check_ref=text_array(f"ref {i * 7919 % 9_999_991:07d}" for i in range(count)),
        currency=currency,
        amount=paid.amount,
        remittance=remittance,
        rate=rates_for(policy, currency, paid.date),
        posting_date=paid.date,
    )


def methods(count: int) -> TextArray:
    """How receipts were paid, in turn."""
    return text_array(_METHODS[i % len(_METHODS)] for i in range(count))


def application_frame(paid: Paid, items: Items, invoices: Frame, receipts: Frame) -> Frame:
    """What the posted receipts paid, in their order; oldest first."""
    count = len(paid.receipt)
    document = items.document[paid.item]
    tax, amount = invoices.ints("tax")[document], invoices.ints("amount")[document]
    gross = np.where(tax == BLANK, 0, tax)
    discount_tax = (2 * paid.discount * gross + amount) // (2 * amount)
    dates = receipts.dates("receipt_date")[paid.receipt]
    return Frame.build(
        APPLICATIONS,
        count,
        application_no=text_array(f"AP-{i:07d}" for i in range(1, count + 1)),
        date=dates,
        source_type="Receipt",
        source_no=receipts.text("receipt_no")[paid.receipt],
        invoice_no=invoices.text("invoice_no")[document],
        line=items.line[paid.item],
        amount=paid.applied,
        discount=paid.discount,
        discount_tax=discount_tax,
        difference=0,
        source_amount=paid.applied,
        rule="oldest first",
        reason=text_array("paid within the discount window" if d else "" for d in paid.discount),
        posting_date=dates,
    )


def post_history(
    ledger: Ledger, invoices: Frame, instalments: Frame, receipts: Frame, applications: Frame
) -> Ledger:
    """Post and close the months one by one.

    Args:
        ledger: customers and policy, nothing posted.
        invoices, instalments, receipts, applications: the posted part, without batches.

    Returns:
        The ledger with all rows, batches and closed months; rows know their place in the sheet.
    """
    for month in range(MONTHS - 1):
        first = YEAR_START.astype("datetime64[M]") + month
        last = as_date(month_end(np.array([first.astype("datetime64[D]")]))[0])
        mine = {
            frame.table.name: frame.take(
                frame.dates("posting_date").astype("datetime64[M]") == first
            )
            for frame in (invoices, instalments, receipts, applications)
        }
        documents = {name: mine[name] for name in ("Invoices", "Instalments")}
        payments = {name: mine[name] for name in ("Receipts", "Applications")}
        ledger = _posted(ledger, Change(appends=documents), _request(last, "post-invoices"))
        ledger = _posted(ledger, Change(appends=payments), _request(last, "post-payments"))
        control = receivable_by_currency(ledger, last)
        said = closing_reason(period_of(last), control)
        closing = replace(_request(last, CLOSED_BY), reason=said)
        change = close(ledger, closing, period_of(last), control)
        ledger = ledger.after(post(ledger, change, closing, even_without_rows=True))
    return _placed(ledger)


def _posted(ledger: Ledger, change: Change, request: Request) -> Ledger:
    return ledger.after(post(ledger, change, request))


def _request(last: date, command: str) -> Request:
    return Request(last, "clerk", f"{last.isoformat()}T17:00:00Z", command, "benchmark")


def _placed(ledger: Ledger) -> Ledger:
    """Number the sheet rows and bring the derived columns up to date."""
    tables = {
        name: replace(frame, row=np.arange(2, len(frame) + 2, dtype=np.int64))
        for name, frame in ledger.tables.items()
    }
    placed = replace(ledger, tables=tables)
    return placed.after(Change(derived=derived_changes(placed)))


def open_lines(items: Items, paid: Paid) -> IntArray:
    """What of each item is still open after the posted payments, minor units."""
    settled = sum_by(paid.item, paid.applied + paid.discount, len(items.document))
    return items.amount - settled

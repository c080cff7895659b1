"""AR_BALANCE: what customers owe by the tables of a workbook."""

from __future__ import annotations

from datetime import date

import numpy as np

from ar_xl.core import numbered
from ar_xl.core.arrays import AnyArray, IntArray, TextArray, codes_of, positions, sum_by
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import exponents
from ar_xl.core.schema import Kind, Table
from ar_xl.core.tables import APPLICATIONS, INVOICES, RECEIPTS
from ar_xl.functions.cells import (
    Cell,
    Column,
    Rows,
    amounts_of,
    cells_of,
    column_of,
    dates_of,
    refuse_errors,
    refuse_huge,
    texts_of,
    zero_if_blank,
)
from ar_xl.functions.errors import VALUE
from ar_xl.functions.results import money_cells, rows_of
from ar_xl.functions.single import date_of, digits_of, single
from ar_xl.functions.tables import headed
from ar_xl.ops.open_items import credits, open_items

_POSTED = ("posting_date", "reverses", "batch")
_NEEDED: dict[str, tuple[str, ...]] = {
    "Invoices": ("invoice_no", "type", "customer_id", "currency", "amount", *_POSTED),
    "Receipts": ("receipt_no", "customer_id", "currency", "amount", *_POSTED),
    "Applications": (
        "source_type", "source_no", "invoice_no", "amount", "discount", "difference",
        "source_amount", *_POSTED,
    ),
}  # fmt: skip


def balance(
    customers: Rows,
    invoices: Rows,
    receipts: Rows,
    applications: Rows,
    as_of: Rows | None = None,
    currency: Rows | None = None,
) -> tuple[tuple[Cell, ...], ...]:
    """AR_BALANCE: open items less unapplied credits, of each customer."""
    asked = column_of(customers)
    wanted, errors = texts_of(asked)
    only = _currency(currency)
    at = LAST_DATE if single(as_of) is None else date_of(as_of)
    try:
        owner, money, amounts = _owed(_ledger(invoices, receipts, applications), at)
    finally:
        numbered.forget()  # the process that serves Excel lives on, and each call has new tables
    if only:
        amounts = np.where(money == only, amounts, 0)
    kept = np.flatnonzero(amounts != 0)
    (mine, theirs), names = codes_of(wanted, owner[kept])
    (of_money,), currencies = codes_of(money[kept])
    pair = theirs * max(len(currencies), 1) + of_money
    sums = sum_by(pair, amounts[kept], len(names) * max(len(currencies), 1))
    sums = sums.reshape(len(names), -1)
    used = np.zeros(sums.shape, dtype=np.bool_)
    used[theirs, of_money] = True
    place = used.argmax(axis=1)
    found = sums[np.arange(len(names)), place]
    digits = exponents(currencies)[place] if len(currencies) else np.full(len(names), 2)
    several = used.sum(axis=1) > 1
    errors = np.where((errors == 0) & several[mine], VALUE, errors)
    cells = money_cells(found[mine], digits[mine])
    cells[asked.blank] = ""
    return rows_of(cells, errors, asked.across)


def _currency(rows: Rows | None) -> str:
    given = single(rows)
    if given is None:
        return ""
    text = str(given.values[0]).strip().upper()
    digits_of(text)
    return text


def _owed(ledger: Ledger, as_of: date) -> tuple[TextArray, TextArray, IntArray]:
    """Customer, currency and minor units of everything open; credits are negative."""
    items, owed_back = open_items(ledger, as_of), credits(ledger, as_of)
    return (
        np.concatenate([items.customer_id, owed_back.customer_id]),
        np.concatenate([items.currency, owed_back.currency]),
        np.concatenate([items.open, -owed_back.unapplied]),
    )


def _ledger(invoices: Rows, receipts: Rows, applications: Rows) -> Ledger:
    """The posted rows of three tables; a cell that cannot be read is the answer of the whole."""
    documents = _posted(INVOICES, invoices)
    received = _posted(RECEIPTS, receipts)
    applied = _posted(APPLICATIONS, applications)
    money = {"Invoices": _text(documents, "currency"), "Receipts": _text(received, "currency")}
    numbers = _text(documents, "invoice_no")
    paid = positions(numbers, _text(applied, "invoice_no"))
    own = positions(numbers, _text(applied, "source_no"))
    receipt = positions(_text(received, "receipt_no"), _text(applied, "source_no"))
    is_receipt = _text(applied, "source_type") == "Receipt"
    source = np.where(is_receipt, _at(money["Receipts"], receipt), _at(money["Invoices"], own))
    document = _at(money["Invoices"], paid)
    source = np.where(source == "", document, source)
    return Ledger(
        tables={
            "Invoices": _frame(INVOICES, documents, {"amount": money["Invoices"]}),
            "Receipts": _frame(RECEIPTS, received, {"amount": money["Receipts"]}),
            "Applications": _frame(
                APPLICATIONS,
                applied,
                dict.fromkeys(("amount", "discount", "difference"), document)
                | {"source_amount": source},
            ).replace(line=1),  # a balance does not ask which instalment was paid
        }
    )


def _posted(table: Table, rows: Rows) -> dict[str, Column]:
    """The columns that are needed, of rows with a batch; drafts count nowhere."""
    columns = headed(rows, table, _NEEDED[table.name])
    kept = np.flatnonzero(~columns["batch"].blank)
    if len(kept) == len(columns["batch"]):
        return columns
    return {key: cells_of(column.values[kept].tolist()) for key, column in columns.items()}


def _text(columns: dict[str, Column], key: str) -> TextArray:
    texts, errors = texts_of(columns[key])
    refuse_errors(errors)
    return texts


def _at(texts: TextArray, places: IntArray) -> TextArray:
    if not len(texts):
        return np.full(len(places), "", dtype=object)
    return np.where(places >= 0, texts[places], "")


def _frame(table: Table, columns: dict[str, Column], currency: dict[str, TextArray]) -> Frame:
    made: dict[str, AnyArray | str | int] = {}
    for key, column in columns.items():
        kind = table.by_key[key].kind
        if kind is Kind.TEXT:
            made[key] = _text(columns, key)
            continue
        if kind is Kind.DATE:
            made[key], errors = dates_of(column)
        else:
            minor, errors = amounts_of(column, exponents(currency[key]))
            minor = zero_if_blank(minor)
            refuse_huge(minor)
            made[key] = minor
        refuse_errors(errors)
    return Frame.build(table, len(columns["batch"]), **made)

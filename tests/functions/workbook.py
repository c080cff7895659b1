"""A ledger as the cells of its workbook, and its aging by formulas over them.

Each step stands as an accountant would type it; nothing here knows how the commands reckon.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import numpy as np

from ar_xl.book.cellvalues import cell_column
from ar_xl.core.arrays import AnyArray, text_array
from ar_xl.core.dates import as_date
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import exponents
from ar_xl.core.schema import Kind
from ar_xl.functions.errors import CellError
from tests.functions.sheet import Rows, call, one

Row = dict[str, Any]
TABLES = ("Invoices", "Instalments", "Receipts", "Applications")


def table(ledger: Ledger, name: str) -> Rows:
    """`Name[#All]`: headings, posted rows, then drafts and a blank row."""
    frames = [ledger.posted(name), ledger.draft(name)]
    headings = tuple(column.heading for column in frames[0].table.columns)
    rows = [row for frame in frames for row in _rows(ledger, frame)]
    return (headings, *rows, (None,) * len(headings))


def _rows(ledger: Ledger, frame: Frame) -> list[tuple[Any, ...]]:
    digits = _digits(ledger, frame)
    made = [_cells(column.kind, frame.columns[column.key], digits.get(column.key, 2))
            for column in frame.table.columns]  # fmt: skip
    return list(zip(*made, strict=True))


def _digits(ledger: Ledger, frame: Frame) -> dict[str, Any]:
    """Digits of the money columns, by the currency of each row's document."""
    keys = [c.key for c in frame.table.columns if c.kind is Kind.MONEY]
    if "currency" in frame.columns:
        return dict.fromkeys(keys, exponents(frame.text("currency")))
    if frame.table.name not in ("Applications", "Instalments"):
        return {}
    money: dict[str, str] = {}
    for name, key in (("Invoices", "invoice_no"), ("Receipts", "receipt_no")):
        posted = ledger.posted(name)
        money |= dict(zip(posted.text(key), posted.text("currency"), strict=True))
    own = exponents(text_array(money[number] for number in frame.text("invoice_no")))
    found = dict.fromkeys(keys, own)
    if "source_no" in frame.columns:
        sources = zip(frame.text("source_no"), frame.text("invoice_no"), strict=True)
        paid = [money.get(source, money[number]) for source, number in sources]
        found["source_amount"] = exponents(text_array(paid))
    return found


def _cells(kind: Kind, values: AnyArray, digits: Any) -> list[Any]:
    if kind is Kind.DATE:
        days = [None if np.isnat(each) else as_date(each) for each in values]
        return [day and datetime(day.year, day.month, day.day) for day in days]
    listed = cell_column(kind, values, digits).tolist()
    return [None if each in ("", None) or each != each else each for each in listed]


def records(rows: Rows) -> list[Row]:
    """The rows of a table as records, the blank ones at its end included."""
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def column(cells: Iterable[Any]) -> Rows:
    """Cells below one another."""
    return tuple((cell,) for cell in cells)


def aging_by_formula(ledger: Ledger, as_of: date) -> Rows:
    """The aging of a ledger by formulas over the tables of its workbook."""
    settings = ledger.policy.settings
    tables = {name: table(ledger, name) for name in TABLES}
    return aging_of_tables(tables, as_of, settings.aging_edges, settings.aging_basis == "invoice")


def aging_of_tables(
    tables: Mapping[str, Rows], as_of: date, edges: Iterable[int], by_invoice: bool = False
) -> Rows:
    """AR_AGING over AR_OPEN over the columns of Invoices, Instalments, Receipts, Applications."""
    at = datetime(as_of.year, as_of.month, as_of.day)
    invoices, instalments, receipts, applications = (
        [row for row in records(tables[name]) if _counts(row, at)] for name in TABLES
    )
    lines = {(row["Invoice No"], row["Batch"]) for row in instalments}
    items = [_document(row, lines) for row in invoices]
    items += [_instalment(row, invoices) for row in instalments]
    items += [row | {"Key": (row["Receipt No"], "receipt"), "Amount": -row["Amount"]}
              for row in receipts]  # fmt: skip
    items.sort(key=lambda row: row["Batch"])  # a number that came back stands in its last row
    used = [_paid(row) for row in applications] + [_spent(row) for row in applications]
    opened = call(
        "AR_OPEN",
        tuple(row["Key"] for row in items) or ((None, None),),
        column(row["Amount"] for row in items) or one(None),
        tuple(key for key, _ in used) or ((None, None),),
        column(amount for _, amount in used) or one(None),
        one(3.0),
    )
    day = "Invoice Date" if by_invoice else "Due Date"
    result: Rows = call(
        "AR_AGING",
        column(row["Customer ID"] for row in items) or one(None),
        column(row.get(day) or row.get("Invoice Date") for row in items) or one(None),
        opened,
        one(at),
        (tuple(float(edge) for edge in edges),),
        column(row["Currency"] for row in items) or one(None),
    )
    return result


def _counts(row: Row, at: datetime) -> bool:
    return bool(row["Batch"]) and row["Posting Date"] <= at


def _document(row: Row, lines: set[tuple[str, str]]) -> Row:
    """A document; a memo is a credit, one with instalments stands in their rows."""
    if row["Type"] == "Credit Memo":
        return row | {"Key": (row["Invoice No"], "memo"), "Amount": -row["Amount"]}
    split = (row["Invoice No"], row["Batch"]) in lines
    amount = 0.0 if split else row["Amount"]
    return row | {"Key": (row["Invoice No"], "whole" if split else 1.0), "Amount": amount}


def _instalment(row: Row, invoices: list[Row]) -> Row:
    owner = next(each for each in invoices if each["Invoice No"] == row["Invoice No"]
                 and each["Batch"] == row["Batch"])  # fmt: skip
    return owner | row | {"Key": (row["Invoice No"], row["Line"])}


def _paid(row: Row) -> tuple[tuple[str, float], float]:
    settled = row["Amount"] + (row["Discount"] or 0) + (row["Difference"] or 0)
    return (row["Invoice No"], row["Line"]), settled


def _spent(row: Row) -> tuple[tuple[str, str], float]:
    kind = {"Receipt": "receipt", "Credit Memo": "memo"}.get(row["Source Type"], "adjustment")
    return (row["Source No"], kind), -row["Source Amount"]


def without_errors(rows: Rows) -> Rows:
    """The rows, which must hold no error value."""
    assert not [cell for row in rows for cell in row if isinstance(cell, CellError)], rows
    return rows

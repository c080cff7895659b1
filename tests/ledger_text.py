"""One notation for input, expectation and bug report: tables as an accountant would jot them.

    Invoices
    Invoice No | Customer ID | Invoice Date | Amount
    INV-1      | ACME        | 2026-01-05   | 100.00

    Receipts (posted)
    Receipt No | Receipt Date | Customer ID | Amount | Batch
    ...

The first line of a table names it; `(posted)` makes its rows posted ones: what they leave out
(posting date, batch, type, currency) is filled in plainly. Without it they are drafts.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from ar_xl.core.arrays import BLANK, AnyArray
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import RATE_ONE, exponent, money_text
from ar_xl.core.policy import FeePolicy, LadderStep, LossRate, Policy
from ar_xl.core.schema import Column, Kind, Table, empty_column
from ar_xl.core.settings import default_settings
from ar_xl.core.tables import BY_NAME
from ar_xl.core.terms import Discount, Terms

NET_30 = Terms("Net 30", net_days=30)
TWO_TEN = Terms("2/10 Net 30", net_days=30, tiers=(Discount(Decimal(2), 10),))
OWN_DATE = {"Invoices": "invoice_date", "Receipts": "receipt_date", "Adjustments": "date",
            "Applications": "date", "Journal": "date", "Plans": "agreed"}  # fmt: skip


def policy(
    terms: tuple[Terms, ...] = (NET_30, TWO_TEN),
    fees: tuple[FeePolicy, ...] = (),
    ladder: tuple[LadderStep, ...] = (),
    losses: tuple[LossRate, ...] = (),
    **settings: str,
) -> Policy:
    """A policy of a test: settings as texts by attribute name."""
    return Policy(
        settings=default_settings(**settings),
        terms={each.name: each for each in terms},
        fee_policies={each.name: each for each in fees},
        ladder=ladder,
        loss_rates={each.bucket: each for each in losses},
    )


def ledger(text: str, rules: Policy | None = None) -> Ledger:
    """Read tables in the notation above into a ledger."""
    tables: dict[str, Frame] = {}
    drafts: dict[str, Frame] = {}
    currencies: dict[str, str] = {}
    for name, posted, headings, rows in _blocks(text):
        table = BY_NAME[name]
        frame = _frame(table, headings, rows, currencies)
        if posted:
            frame = _as_posted(frame)
        (tables if posted or not table.posted else drafts)[name] = frame
        for column in ("invoice_no", "receipt_no"):
            if column in table.by_key and "currency" in table.by_key:
                pairs = zip(frame.text(column), frame.text("currency"), strict=True)
                currencies |= {number: code or "USD" for number, code in pairs if number}
    return Ledger(tables, drafts, rules or policy())


def frame_text(frame: Frame, *headings: str) -> list[str]:
    """Rows as lines, `INV-1 | 100.00 | 2026-01-05`, for comparison with expected lines."""
    columns = [frame.table.by_heading[heading] for heading in headings]
    return [
        " | ".join(_shown(column, frame.columns[column.key][i], frame, i) for column in columns)
        for i in range(len(frame))
    ]


def lines(text: str) -> list[str]:
    """The lines of an indented text, cells separated by single bars."""
    cleaned = (line.strip() for line in text.strip().splitlines())
    return [" | ".join(cell.strip() for cell in line.split("|")) for line in cleaned if line]


def _blocks(text: str) -> list[tuple[str, bool, list[str], list[list[str]]]]:
    blocks = []
    for paragraph in "\n".join(line.strip() for line in text.strip().splitlines()).split("\n\n"):
        title, header, *body = [line for line in paragraph.splitlines() if line.strip()]
        name, _, mark = title.partition("(")
        headings = [cell.strip() for cell in header.split("|")]
        rows = [[cell.strip() for cell in line.split("|")] for line in body]
        blocks.append((name.strip(), "posted" in mark, headings, rows))
    return blocks


def _frame(
    table: Table, headings: list[str], rows: list[list[str]], currencies: dict[str, str]
) -> Frame:
    columns: dict[str, AnyArray] = {}
    for at, heading in enumerate(headings):
        column = table.by_heading[heading]
        values = empty_column(column.kind, len(rows))
        for i, row in enumerate(rows):
            if row[at]:
                values[i] = _value(column, row[at], _currency(headings, row, currencies))
        columns[column.key] = values
    built = Frame.build(table, len(rows), **columns)
    return Frame(table, built.columns, np.arange(2, len(rows) + 2, dtype=np.int64))


def _currency(headings: list[str], row: list[str], known: dict[str, str]) -> str:
    if "Currency" in headings and row[headings.index("Currency")]:
        return row[headings.index("Currency")]
    for heading in ("Invoice No", "Document No", "Receipt No"):
        if heading in headings:
            return known.get(row[headings.index(heading)], "USD")
    return "USD"


def _value(column: Column, text: str, currency: str) -> Any:
    if column.kind is Kind.MONEY:
        return int(Decimal(text.replace(",", "")).scaleb(exponent(currency)))
    if column.kind is Kind.DATE:
        return np.datetime64(text, "D")
    if column.kind is Kind.INT:
        return int(text)
    if column.kind is Kind.RATE:
        return int(Decimal(text) * RATE_ONE)
    return Decimal(text) if column.kind is Kind.NUMBER else text


def _as_posted(frame: Frame) -> Frame:
    table = frame.table
    changed: dict[str, AnyArray] = {}
    if "posting_date" in table.by_key and table.name in OWN_DATE:
        own = frame.dates(OWN_DATE[table.name])
        given = frame.dates("posting_date")
        changed["posting_date"] = np.where(np.isnat(given), own, given)
    for key, usual in (("batch", "B-000001"), ("type", "Invoice"), ("currency", "USD")):
        if key in table.by_key:
            texts = frame.text(key).copy()
            texts[texts == ""] = usual
            changed[key] = texts
    if "rate" in table.by_key:
        rate = frame.ints("rate")
        changed["rate"] = np.where(rate == BLANK, RATE_ONE, rate)
    if table.name == "Invoices":
        due = frame.dates("due_date")
        changed["due_date"] = np.where(np.isnat(due), frame.dates("invoice_date"), due)
    for key in ("discount", "discount_tax", "difference", "source_amount", "line"):
        if table.name == "Applications" and key in table.by_key:
            plain = frame.ints("amount") if key == "source_amount" else int(key == "line")
            amounts = frame.ints(key)
            changed[key] = np.where(amounts == BLANK, plain, amounts)
    return frame.replace(**changed)


def _shown(column: Column, value: Any, frame: Frame, i: int) -> str:
    if column.kind is Kind.MONEY:
        currency = frame.text("currency")[i] if "currency" in frame.columns else "USD"
        return money_text(int(value), currency or "USD")
    if column.kind is Kind.DATE:
        return "" if np.isnat(value) else str(value)
    if column.kind in (Kind.INT, Kind.RATE):
        return "" if value == BLANK else str(value)
    return "" if value is None else str(value)

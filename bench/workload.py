"""The seeded month-end workbook: genuinely posted history, and drafts of the last month.

Customers are a twentieth of the invoices, receipts nine tenths. Eleven twelfths are posted, month
by month, and closed; the last twelfth are drafts. About a fifth of the invoices are open and
there are about 1.7 applications per invoice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from ar_xl.core.frames import Frame, concat
from ar_xl.core.ledger import Ledger
from ar_xl.core.tables import TABLES
from bench.bookfile import write_book
from bench.drafts import draft_invoices, draft_receipts
from bench.history import (
    application_frame,
    instalment_frame,
    invoice_frame,
    make_policy,
    open_lines,
    post_history,
    receipt_frame,
    settings_rows,
)
from bench.payments import make_payments
from bench.population import Size, make_customers, make_documents, make_items


@dataclass(frozen=True)
class Book:
    """A generated workbook.

    Args:
        path: of the file.
        size: what it was made from.
        cells: how many filled cells it has.
        open_share: open documents in a thousand invoices, drafts not counted as open.
        applications: posted applications.
    """

    path: Path
    size: Size
    cells: int
    open_share: int
    applications: int


def make_ledger(size: Size) -> Ledger:
    """The whole workload in memory: posted rows, drafts and policy."""
    rng = np.random.default_rng(size.seed)
    customers, terms_of = make_customers(size, rng)
    documents = make_documents(size, terms_of, rng)
    items = make_items(documents)
    posted_items = items.take(items.document < size.posted_invoices)
    paid = make_payments(size, posted_items, rng)
    policy = make_policy(size)
    invoices = invoice_frame(size, documents, items, customers, policy)
    posted = invoices.take(np.arange(len(invoices)) < size.posted_invoices)
    receipts = receipt_frame(paid, posted_items, invoices, customers, policy)
    ledger = post_history(
        Ledger({"Customers": customers, "Rates": policy.rates}, {}, policy),
        posted,
        instalment_frame(posted, posted_items),
        receipts,
        application_frame(paid, posted_items, invoices, receipts),
    )
    open_amounts = items.amount.copy()
    open_amounts[: len(posted_items.document)] = open_lines(posted_items, paid)
    drafts = {
        "Invoices": draft_invoices(invoices.take(np.arange(len(invoices)) >= len(posted))),
        "Receipts": draft_receipts(size, items, open_amounts, invoices, customers, rng),
    }
    return Ledger(ledger.tables, drafts, policy)


def rows_in_sheet_order(ledger: Ledger) -> dict[str, Frame]:
    """Every table that has rows in the ledger: posted rows first, drafts below them."""
    frames = {}
    for table in TABLES:
        frame = concat([ledger.posted(table.name), ledger.draft(table.name)])
        if len(frame):
            frames[table.name] = frame
    return frames


def build(size: Size, folder: Path) -> Book:
    """Make the workbook of a size, or find it in the folder.

    Args:
        size: of the workload.
        folder: where generated books are kept between runs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{size.name}.xlsx"
    facts = path.with_suffix(".json")
    if path.exists() and facts.exists():
        return Book(path, size, **json.loads(facts.read_text("utf-8")))
    ledger = make_ledger(size)
    cells = write_book(path, rows_in_sheet_order(ledger), settings_rows(size), size.currencies[0])
    book = Book(path, size, cells, _open_share(ledger), len(ledger.posted("Applications")))
    kept: Mapping[str, object] = asdict(book)
    facts.write_text(
        json.dumps({key: kept[key] for key in ("cells", "open_share", "applications")}), "utf-8"
    )
    return book


def _open_share(ledger: Ledger) -> int:
    invoices, applications = ledger.posted("Invoices"), ledger.posted("Applications")
    index = {number: i for i, number in enumerate(invoices.text("invoice_no").tolist())}
    left = invoices.ints("amount").copy()
    where = np.array([index[n] for n in applications.text("invoice_no").tolist()], dtype=np.int64)
    np.subtract.at(left, where, applications.ints("amount") + applications.ints("discount"))
    return int(np.count_nonzero(left)) * 1000 // max(1, len(invoices))


def job(folder: str, invoices: int, seed: int) -> dict[str, object]:
    """Make a workbook or find it; its facts."""
    book = build(Size(invoices, seed), Path(folder))
    return {
        "path": str(book.path),
        "cells": book.cells,
        "open_share": book.open_share,
        "applications": book.applications,
        "bytes": book.path.stat().st_size,
    }

"""Open items: what is owed, instalment by instalment, as of any date (semantics, section 3).

Only Applications rows and their reversals change what is open. A row counts when its Posting
Date is on or before the as-of date. A contra row carries the same number and the negative
amount, so what is open is the sum over a number's rows; the words of a document (customer,
dates, terms) are those of its latest posting that is not a contra row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import (
    BLANK,
    BoolArray,
    DateArray,
    IntArray,
    TextArray,
    codes_of,
    filled,
    sum_by,
)
from ar_xl.core.dates import day
from ar_xl.core.frames import Frame, concat
from ar_xl.core.ledger import Ledger, view
from ar_xl.core.numbered import picked
from ar_xl.ops.lives import order_of_batches


@dataclass(frozen=True)
class OpenItems:
    """Debit items (invoices, debit memos, late fees, refunds), one element an instalment.

    Args:
        invoice_no, line: the item; line is 1 where a document has only one.
        type, customer_id, currency, terms: of the document.
        invoice_date, due_date: the due date is the instalment's own.
        amount: of the instalment, minor units, positive.
        document_amount, tax, non_discountable: of the whole document.
        applied: settled so far, amount + discount + difference of its applications.
        discount: early-payment discount granted on it so far.
        open: amount - applied; zero where settled.
        document: index of the item's document in `documents`.
        documents: the live posted Invoices rows the items come from.
    """

    invoice_no: TextArray
    line: IntArray
    type: TextArray
    customer_id: TextArray
    currency: TextArray
    terms: TextArray
    invoice_date: DateArray
    due_date: DateArray
    amount: IntArray
    document_amount: IntArray
    tax: IntArray
    non_discountable: IntArray
    applied: IntArray
    discount: IntArray
    open: IntArray
    document: IntArray
    documents: Frame

    def __len__(self) -> int:
        return len(self.line)

    def take(self, chosen: IntArray | BoolArray) -> OpenItems:
        """The items that an index or a mask picks."""
        picked = {
            name: getattr(self, name)[chosen]
            for name in self.__dataclass_fields__
            if name != "documents"
        }
        return OpenItems(**picked, documents=self.documents)


@dataclass(frozen=True)
class Credits:
    """Receipts and credit memos that may still pay something.

    Args:
        source_type: Receipt or Credit Memo.
        source_no, customer_id, currency, date: of the source; its own date.
        amount: of the source, minor units, positive.
        unapplied: amount - what its applications used, in the source's currency.
        applies_to: the invoice a credit memo names.
    """

    source_type: TextArray
    source_no: TextArray
    customer_id: TextArray
    currency: TextArray
    date: DateArray
    amount: IntArray
    unapplied: IntArray
    applies_to: TextArray

    def __len__(self) -> int:
        return len(self.amount)

    def take(self, chosen: IntArray | BoolArray) -> Credits:
        """The credits that an index or a mask picks."""
        return Credits(**{name: getattr(self, name)[chosen] for name in self.__dataclass_fields__})


def posted_by(frame: Frame, as_of: date) -> Frame:
    """The rows whose Posting Date is on or before a date."""
    counted = frame.dates("posting_date") <= day(as_of)
    return frame if counted.all() else frame.take(counted)


def live_rows(frame: Frame, number: str) -> tuple[Frame, IntArray]:
    """One row per number: the latest posting that is not a contra row, with the summed amount.

    Args:
        frame: posted rows of Invoices or Receipts.
        number: the key of the column that numbers them.

    Returns:
        The live rows, and the sum of Amount over all rows of each number; a document that was
        undone has the sum zero.
    """
    (codes,), texts = codes_of(frame.text(number), keep=True)
    total = sum_by(codes, frame.ints("amount"), len(texts))
    genuine = np.flatnonzero(frame.text("reverses") == "")
    if len(genuine) == len(texts) == len(frame):
        return frame, frame.ints("amount")
    (posted,) = order_of_batches(frame.text("batch")[genuine])
    by_batch = genuine[np.argsort(posted, kind="stable")]
    chosen = np.full(len(texts), -1, dtype=np.int64)
    chosen[codes[by_batch]] = by_batch
    found = chosen >= 0
    return frame.take(chosen[found]), total[found]


@view("Invoices", "Instalments", "Applications", of_rows_posted_by=True)
def open_items(ledger: Ledger, as_of: date) -> OpenItems:
    """Every debit item posted by a date, settled ones and undone ones (amount 0) included.

    Args:
        ledger: posted rows count, drafts do not.
        as_of: the last Posting Date that counts.
    """
    documents = posted_by(ledger.posted("Invoices"), as_of)
    documents = documents.take(documents.text("type") != "Credit Memo")
    live, total = live_rows(documents, "invoice_no")
    instalments = posted_by(ledger.posted("Instalments"), as_of)
    if len(instalments):
        document, line, due, amount = _split(live, total, instalments)
    else:
        document = np.arange(len(live), dtype=np.int64)
        line = np.ones(len(live), dtype=np.int64)
        due, amount = live.dates("due_date"), total
    applied, discount = _settled(ledger, as_of, live.text("invoice_no"), document, line)
    return OpenItems(
        invoice_no=picked(live.text("invoice_no"), document),
        line=line,
        type=live.text("type")[document],
        customer_id=live.text("customer_id")[document],
        currency=live.text("currency")[document],
        terms=live.text("terms")[document],
        invoice_date=live.dates("invoice_date")[document],
        due_date=due,
        amount=amount,
        document_amount=live.ints("amount")[document],
        tax=zero_if_blank(live.ints("tax"))[document],
        non_discountable=zero_if_blank(live.ints("non_discountable"))[document],
        applied=applied,
        discount=discount,
        open=amount - applied,
        document=document,
        documents=live,
    )


def zero_if_blank(amounts: IntArray) -> IntArray:
    """Amounts with 0 where a cell was empty."""
    return np.where(amounts == BLANK, 0, amounts)


def _split(
    live: Frame, total: IntArray, instalments: Frame
) -> tuple[IntArray, IntArray, DateArray, IntArray]:
    """Replace documents that have instalments by their lines, in document then line order."""
    (owner, parts), texts = codes_of(
        live.text("invoice_no"), instalments.text("invoice_no"), keep=True
    )
    document_of = np.full(len(texts), -1, dtype=np.int64)
    document_of[owner] = np.arange(len(live))
    number = instalments.ints("line")
    key = document_of[parts] * 4096 + number
    genuine = (instalments.text("reverses") == "") & (document_of[parts] >= 0)
    genuine &= instalments.text("batch") == live.text("batch")[document_of[parts]]
    keys, inverse = np.unique(key, return_inverse=True)
    amounts = sum_by(inverse.astype(np.int64), instalments.ints("amount"), len(keys))
    rows = np.flatnonzero(genuine)
    where = np.searchsorted(keys, key[rows])
    single = np.ones(len(live), dtype=bool)
    single[document_of[parts[rows]]] = False
    whole = np.flatnonzero(single).astype(np.int64)
    document = np.concatenate([whole, document_of[parts[rows]]])
    line = np.concatenate([np.ones(len(whole), dtype=np.int64), number[rows]])
    due = np.concatenate([live.dates("due_date")[whole], instalments.dates("due_date")[rows]])
    amount = np.concatenate([total[whole], amounts[where]])
    order = np.lexsort((line, document))
    return document[order], line[order], due[order], amount[order]


def _settled(
    ledger: Ledger, as_of: date, numbers: TextArray, document: IntArray, line: IntArray
) -> tuple[IntArray, IntArray]:
    """What applications settled of each item, and the discount within it."""
    applications = posted_by(ledger.posted("Applications"), as_of)
    applied = np.zeros(len(line), dtype=np.int64)
    discount = np.zeros(len(line), dtype=np.int64)
    if not len(applications) or not len(line):
        return applied, discount
    (owner, used), texts = codes_of(numbers, applications.text("invoice_no"), keep=True)
    document_of = np.full(len(texts), -1, dtype=np.int64)
    document_of[owner] = np.arange(len(numbers))
    item_key, used_key = (
        document * 4096 + line,
        document_of[used] * 4096 + applications.ints("line"),
    )
    # A line that is not there any more is one of an earlier document of the same number, which was
    # undone with all that paid it.
    where = np.searchsorted(item_key, used_key)
    where = np.minimum(where, len(item_key) - 1)
    where[(document_of[used] < 0) | (item_key[where] != used_key)] = -1
    settled = (
        applications.ints("amount")
        + applications.ints("discount")
        + applications.ints("difference")
    )
    return (
        sum_by(where, settled, len(line)),
        sum_by(where, applications.ints("discount"), len(line)),
    )


@view("Receipts", "Invoices", "Applications", of_rows_posted_by=True)
def credits(ledger: Ledger, as_of: date) -> Credits:
    """Every receipt and credit memo posted by a date, used up ones included."""
    receipts, received = live_rows(posted_by(ledger.posted("Receipts"), as_of), "receipt_no")
    invoices = posted_by(ledger.posted("Invoices"), as_of)
    memos, credited = live_rows(invoices.take(invoices.text("type") == "Credit Memo"), "invoice_no")
    used = posted_by(ledger.posted("Applications"), as_of)
    parts = [
        _left(used, "Receipt", receipts.text("receipt_no"), received),
        _left(used, "Credit Memo", memos.text("invoice_no"), credited),
    ]
    return Credits(
        source_type=np.concatenate(
            [filled(len(receipts), "Receipt"), filled(len(memos), "Credit Memo")]
        ),
        source_no=np.concatenate([receipts.text("receipt_no"), memos.text("invoice_no")]),
        customer_id=np.concatenate([receipts.text("customer_id"), memos.text("customer_id")]),
        currency=np.concatenate([receipts.text("currency"), memos.text("currency")]),
        date=np.concatenate([receipts.dates("receipt_date"), memos.dates("invoice_date")]),
        amount=np.concatenate([received, credited]),
        unapplied=np.concatenate(parts),
        applies_to=np.concatenate([filled(len(receipts), ""), memos.text("applies_to")]),
    )


def _left(used: Frame, source_type: str, numbers: TextArray, amounts: IntArray) -> IntArray:
    mine = used.take(used.text("source_type") == source_type)
    if not len(mine):
        return amounts.copy()
    (owner, sources), texts = codes_of(numbers, mine.text("source_no"), keep=True)
    spent = sum_by(sources, mine.ints("source_amount"), len(texts))
    return amounts - spent[owner]


def receivable_by_currency(ledger: Ledger, as_of: date) -> dict[str, int]:
    """What customers owe by currency: open items less unapplied credits, minor units."""
    items, open_credits = open_items(ledger, as_of), credits(ledger, as_of)
    (debit, credit), currencies = codes_of(items.currency, open_credits.currency)
    owed = sum_by(debit, items.open, len(currencies))
    owed -= sum_by(credit, open_credits.unapplied, len(currencies))
    return {str(code): int(amount) for code, amount in zip(currencies, owed, strict=True)}


def with_drafts(ledger: Ledger, table: str) -> Frame:
    """Posted and draft rows of a table together, for checks of numbers."""
    return concat([ledger.posted(table), ledger.draft(table)])

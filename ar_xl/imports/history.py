"""History: one row per invoice with the date it was settled, as an invoice and its receipt."""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.tables import RECEIPTS
from ar_xl.imports import codes
from ar_xl.imports.invoices import Documents
from ar_xl.imports.reading import Reader
from ar_xl.imports.result import Outcome
from ar_xl.ops.numbering import receipt_numbers


def settled_documents(documents: Documents) -> IntArray:
    """Which documents a receipt is made for: debits with a date of settlement."""
    memo = documents.frame.text("type") == "Credit Memo"
    settled = ~np.isnat(documents.settled) & ~memo
    settled &= (documents.outcomes != Outcome.LEFT_OUT) & (documents.signed != BLANK)
    return np.flatnonzero(settled).astype(np.int64)


def make_receipts(
    reader: Reader, ledger: Ledger, documents: Documents
) -> tuple[Documents, IntArray]:
    """The receipts that settled the documents of a history.

    Args:
        reader: of the file.
        ledger: for the prefix of receipt numbers.
        documents: of the file; what it says was paid is the receipt's amount, else the whole.

    Returns:
        One receipt per settled document, with the document as its remittance, and the index of
        the document of each.
    """
    chosen = settled_documents(documents)
    invoices = documents.frame.take(chosen)
    settled, paid = documents.settled[chosen], documents.paid[chosen]
    early = settled < invoices.dates("invoice_date")
    for index in np.flatnonzero(early).tolist():
        row = int(documents.first[chosen[index]])
        seen = f"settled {settled[index]}, invoiced {invoices.dates('invoice_date')[index]}"
        reader.finding(codes.SETTLED_BEFORE, row, "settled_date", seen)
    amount = np.where((paid == BLANK) | (paid <= 0), invoices.ints("amount"), paid)
    frame = Frame.build(
        RECEIPTS,
        len(chosen),
        receipt_date=settled,
        customer_id=invoices.text("customer_id"),
        method="Other",
        currency=invoices.text("currency"),
        amount=amount,
        remittance=invoices.text("invoice_no"),
    )
    prefix = ledger.policy.settings.receipt_prefix
    frame = frame.replace(receipt_no=receipt_numbers(prefix, frame))
    outcomes = np.where(documents.outcomes[chosen] == Outcome.REFUSED, Outcome.REFUSED, Outcome.NEW)
    made = Documents(
        frame=frame,
        names=documents.names[chosen],
        rows=np.ones(len(chosen), dtype=np.int64),
        first=documents.first[chosen],
        outcomes=outcomes.astype(np.int64),
        signed=amount,
        settled=settled,
        paid=paid,
        dropped=0,
    )
    return made, chosen

"""Reason Code of the Match sheet: why less was paid than the documents have open.

A deduction that Documents writes without a reason (`INV-9 95.00 -5.00`) takes it from there. Where
Documents writes no deduction and names one document, what is short of it is deducted.
"""

from __future__ import annotations

import re

import numpy as np

from ar_xl.core.dates import LAST_DATE
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import from_decimal, plain_text
from ar_xl.ops.matching.pasted import documents_text
from ar_xl.ops.open_items import open_items, zero_if_blank
from ar_xl.ops.remittance.references import Reference
from ar_xl.ops.remittance.remittances import Remittances

REASON_FOR_WHICH = code(
    "reason_code_for_which_document",
    Severity.ERROR,
    "one document that is paid short, or the deduction in Documents: `INV-9 95.00 -5.00 Damage`",
    "Write the deduction behind its document, or empty the Reason Code.",
)
_BARE = re.compile(r"(\s[-\u2212]\d[\d.,]*)\s*(?=;|\n|$)")


def with_reason_codes(ledger: Ledger, rows: Frame) -> tuple[Frame, list[Finding]]:
    """The rows with their documents complete.

    Args:
        ledger: its open documents.
        rows: accepted rows of Matches; documents are read from Remittance where they are empty.

    Returns:
        The rows, and findings about those whose reason fits no document; they carry the negative
        of their sheet row, as receipts made from this sheet do.
    """
    coded = rows.text("reason_code") != ""
    pasted = (rows.text("documents") == "") & (rows.text("remittance") != "")
    if not (coded | pasted).any():
        return rows, []
    items = open_items(ledger, LAST_DATE)
    numbers = items.documents.text("invoice_no")
    open_by_document = np.zeros(len(numbers), dtype=np.int64)
    np.add.at(open_by_document, items.document, items.open)
    reader = Remittances(numbers, ledger.policy.settings.deduction_reasons)
    documents, found = rows.text("documents").copy(), []
    for at in np.flatnonzero(coded | pasted).tolist():
        currency, reason = str(rows.text("currency")[at]), str(rows.text("reason_code")[at])
        text = str(documents[at] or rows.text("remittance")[at])
        if reason:
            text = _BARE.sub(rf"\1 {reason}", text)
        read = reader.read(text)
        if pasted[at] and read.references:
            text = documents_text(read.references, currency)
        documents[at] = text
        if not reason or any(each.deductions for each in read.references):
            continue
        paid = int(rows.ints("amount")[at]) + int(zero_if_blank(rows.ints("bank_fee"))[at])
        short = _short(read.references, open_by_document, paid, currency)
        if short is None:
            found.append(
                Finding(REASON_FOR_WHICH, "Receipts", -int(rows.row[at]), "reason_code",
                        str(rows.text("line_id")[at]), f"`{reason}`, and documents `{text}`")
            )  # fmt: skip
        elif short:
            documents[at] = f"{text} -{plain_text(short, currency)} {reason}"
    return rows.replace(documents=documents), found


def _short(
    references: tuple[Reference, ...],
    open_by_document: np.ndarray[tuple[int], np.dtype[np.int64]],
    paid: int,
    currency: str,
) -> int | None:
    """By how much the only document is paid short; None where there is no such document."""
    if len(references) != 1 or references[0].document < 0:
        return None
    named = references[0].amount
    amount = paid if named is None else from_decimal(named, currency)
    if amount is None:
        return None
    return max(int(open_by_document[references[0].document]) - amount, 0)

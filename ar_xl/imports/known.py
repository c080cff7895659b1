"""What the workbook has already: the same document again adds nothing, a different one is named.

A number counts while its posting is not undone; a receipt that bounced keeps its number, so
that the file it came from does not bring it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, IntArray, TextArray, positions
from ar_xl.core.findings import Code, Finding
from ar_xl.core.frames import Frame, concat
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.core.schema import Kind
from ar_xl.imports import codes
from ar_xl.imports.result import Outcome
from ar_xl.ops.customers import customer_values, first_filled
from ar_xl.ops.numbering import receipt_numbers
from ar_xl.ops.open_items import live_rows


@dataclass(frozen=True)
class Difference:
    """A document that the workbook has with other content.

    Args:
        index: of the document in the frame compared.
        column: the key of the first column that differs.
        code: what kind of finding it is.
        seen: both contents in words.
    """

    index: int
    column: str
    code: Code
    seen: str


INVOICE_CONTENT = (
    "type", "customer_id", "invoice_date", "currency", "amount", "due_date", "tax", "applies_to",
)  # fmt: skip
RECEIPT_CONTENT = ("receipt_date", "customer_id", "currency", "amount")


def standing_invoices(ledger: Ledger) -> Frame:
    """Invoices and memos that stand in the workbook, posted or draft, with their defaults."""
    posted, total = live_rows(ledger.posted("Invoices"), "invoice_no")
    drafts = ledger.draft("Invoices")
    drafts = drafts.take(drafts.text("invoice_no") != "")
    standing = concat([posted.take(total != 0), drafts])
    kind = standing.text("type").copy()
    kind[kind == ""] = "Invoice"
    return standing.replace(type=kind, currency=_currencies(ledger, standing))


def standing_receipts(ledger: Ledger) -> Frame:
    """Receipts that stand in the workbook, posted, bounced or draft, with their numbers."""
    posted, total = live_rows(ledger.posted("Receipts"), "receipt_no")
    adjustments = ledger.posted("Adjustments")
    bounced = adjustments.text("document_no")[adjustments.text("kind") == "Bounced"]
    stands = (total != 0) | np.isin(posted.text("receipt_no"), bounced)
    drafts = ledger.draft("Receipts")
    method = drafts.text("method").copy()
    method[method == ""] = "Other"  # as posting does before it makes a number of the content
    drafts = drafts.replace(currency=_currencies(ledger, drafts), method=method)
    number = drafts.text("receipt_no").copy()
    unnumbered = number == ""
    prefix = ledger.policy.settings.receipt_prefix
    number[unnumbered] = receipt_numbers(prefix, drafts.take(unnumbered))
    standing = concat([posted.take(stands), drafts.replace(receipt_no=number)])
    return standing.replace(currency=_currencies(ledger, standing))


def _currencies(ledger: Ledger, frame: Frame) -> TextArray:
    customers = customer_values(ledger, frame.text("customer_id"), "currency")
    base = np.full(len(frame), ledger.policy.settings.base_currency, dtype=object)
    return first_filled(frame.text("currency"), customers, base)


def compare(
    ledger: Ledger,
    documents: Frame,
    standing: Frame,
    number: str,
    content: Sequence[str],
    outcomes: IntArray,
) -> tuple[IntArray, list[Difference]]:
    """Tell which documents are new, known, or known with other content.

    Args:
        ledger: for rows of the workbook that could not be read.
        documents: of the file; a blank cell of theirs is not compared.
        standing: of the workbook.
        number: the key of the column that numbers them.
        content: keys of the columns that must be equal.
        outcomes: so far; only new documents are compared.

    Returns:
        The outcomes, and a difference for each document refused here.
    """
    out = outcomes.copy()
    numbers = documents.text(number)
    open_ = (out == Outcome.NEW) & (numbers != "")
    differences = _unread(ledger, documents, number, open_)
    out[[d.index for d in differences]] = Outcome.REFUSED
    at = positions(standing.text(number), numbers)
    rows = np.flatnonzero(open_ & (out == Outcome.NEW) & (at >= 0))
    out[rows] = Outcome.KNOWN
    for key in content:
        mine, theirs = documents.columns[key][rows], standing.columns[key][at[rows]]
        kind = documents.table.by_key[key].kind
        differs = (mine != theirs) & ~_blank(kind, mine) & ~_blank(kind, theirs)
        for row in rows[differs].tolist():
            if out[row] == Outcome.KNOWN:
                out[row] = Outcome.REFUSED
                seen = _both(documents, row, standing, int(at[row]), key)
                differences.append(Difference(row, key, codes.DIFFERS, seen))
    return out, differences


def _blank(kind: Kind, values: np.ndarray[tuple[int], np.dtype[np.generic]]) -> BoolArray:
    if kind is Kind.DATE:
        return np.asarray(np.isnat(values.astype("datetime64[D]")), dtype=np.bool_)
    return np.asarray(values == (BLANK if kind is Kind.MONEY else ""), dtype=np.bool_)


def _both(documents: Frame, row: int, standing: Frame, at: int, key: str) -> str:
    heading = documents.table.by_key[key].heading
    mine, theirs = _shown(documents, row, key), _shown(standing, at, key)
    where = f" (row {int(standing.row[at])})" if standing.row[at] else ""
    return f"{heading}: `{mine}` in the file, `{theirs}` in the workbook{where}"


def _shown(frame: Frame, row: int, key: str) -> str:
    if frame.table.by_key[key].kind is Kind.MONEY:
        return money_text(int(frame.ints(key)[row]), str(frame.text("currency")[row]))
    return str(frame.columns[key][row])


def _unread(ledger: Ledger, documents: Frame, number: str, open_: BoolArray) -> list[Difference]:
    """Documents whose number stands in a row of the workbook that the reader could not take."""
    table = documents.table.name
    unread = {f.row_id: f for f in ledger.findings if f.is_error and f.table == table and f.row_id}
    if not unread:
        return []
    found = np.isin(documents.text(number), np.array(list(unread), dtype=object)) & open_
    made = []
    for row in np.flatnonzero(found).tolist():
        finding: Finding = unread[documents.text(number)[row]]
        seen = f"row {finding.row} of {table} has that number and an error ({finding.code.name})"
        made.append(Difference(row, number, codes.STANDS_WITH_ERROR, seen))
    return made

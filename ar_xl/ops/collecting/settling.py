"""What settles a dispute: the credit memo or write-off that its row names, and since when.

The document decides, not the Closed cell: a dispute is settled from the day its document was
posted, and open again once that is undone, so that the report of any date stays true. The cell
counts where nobody but a person closed the dispute.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import (
    BLANK,
    NAT,
    BoolArray,
    DateArray,
    IntArray,
    TextArray,
    filled,
    positions,
)
from ar_xl.core.dates import LAST_DATE, day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger

CREDIT_MEMO, WRITE_OFF, RELEASE = "Credit Memo", "Write-off", "Release"
DRAFT, POSTED, UNDONE = "draft", "posted", "undone"


@dataclass(frozen=True)
class Source:
    """Where the documents of one way to settle stand: the keys of their columns."""

    way: str
    table: str
    number: str
    kind: str
    about: str
    dated: str
    words: str


SOURCES = (
    Source(CREDIT_MEMO, "Invoices", "invoice_no", "type", "applies_to", "invoice_date",
           "description"),
    Source(WRITE_OFF, "Adjustments", "adjustment_no", "kind", "document_no", "date", "reason"),
)  # fmt: skip


@dataclass(frozen=True)
class Settlings:
    """What settles the disputes, one element a row of Disputes.

    Args:
        state: draft, posted or undone; "" where no such document is there.
        way: Credit Memo or Write-off, "" without a document.
        own, posting: the document's own date and its Posting Date; NaT while it is not posted.
        amount: of the document, minor units; BLANK without one.
    """

    state: TextArray
    way: TextArray
    own: DateArray
    posting: DateArray
    amount: IntArray


def settlings(ledger: Ledger, as_of: date = LAST_DATE) -> Settlings:
    """Find the document that each dispute names as what settles it.

    Args:
        ledger: posted rows and drafts.
        as_of: what is posted later is not there yet.

    A number that stands for a document about another invoice settles nothing.
    """
    rows = ledger.posted("Disputes")
    count = len(rows)
    found = Settlings(
        filled(count, ""), filled(count, ""), np.full(count, NAT), np.full(count, NAT),
        np.full(count, BLANK, dtype=np.int64),
    )  # fmt: skip
    named = rows.text("settled_by")
    if not (named != "").any():
        return found
    for source in SOURCES:
        _note_drafts(rows, source, ledger.draft(source.table), found)
        _note_posted(rows, source, ledger.posted(source.table), as_of, found)
    return found


def _note_drafts(rows: Frame, source: Source, drafts: Frame, found: Settlings) -> None:
    mine = drafts.take(np.flatnonzero(drafts.text(source.kind) == source.way))
    at = _at(rows, source, mine)
    for row in np.flatnonzero(at >= 0).tolist():
        found.state[row], found.way[row] = DRAFT, source.way
        found.amount[row] = mine.ints("amount")[at[row]]


def _note_posted(rows: Frame, source: Source, posted: Frame, as_of: date, found: Settlings) -> None:
    """A draft of a number that was posted and undone before is a draft: it comes first."""
    wanted = rows.text("settled_by")
    wanted = wanted[wanted != ""]
    mine = posted.take(np.flatnonzero(positions(wanted, posted.text(source.number)) >= 0))
    mine = mine.take(
        np.flatnonzero(
            (mine.text(source.kind) == source.way) & (mine.dates("posting_date") <= day(as_of))
        )
    )
    genuine = mine.take(np.flatnonzero(mine.text("reverses") == "")[::-1])
    at = _at(rows, source, genuine)
    for row in np.flatnonzero(at >= 0).tolist():
        lives = mine.text(source.number) == rows.text("settled_by")[row]
        left = int(mine.ints("amount")[lives].sum())
        if left == 0 and found.state[row] == DRAFT:
            continue
        found.way[row] = source.way
        found.state[row] = POSTED if left else UNDONE
        found.amount[row] = left
        if left:
            found.own[row] = genuine.dates(source.dated)[at[row]]
            found.posting[row] = genuine.dates("posting_date")[at[row]]


def _at(rows: Frame, source: Source, documents: Frame) -> IntArray:
    """Which of some documents each dispute names, -1 where none is about its invoice."""
    keys = documents.text(source.number) + "\t" + documents.text(source.about)
    named = rows.text("settled_by")
    at = positions(keys, named + "\t" + rows.text("invoice_no"))
    return np.where(named == "", -1, at)


def settled_words(way: str, number: str) -> str:
    """What Resolution says of a dispute that a document settled: `Credit Memo CM-000004`."""
    return f"{way} {number}"


def closed_by_us(rows: Frame) -> BoolArray:
    """Which rows carry a Closed that follows from their document and says nothing by itself."""
    pairs = zip(rows.text("resolution").tolist(), rows.text("settled_by").tolist(), strict=True)
    ours = [
        bool(number) and said in (settled_words(source.way, number) for source in SOURCES)
        for said, number in pairs
    ]
    return np.array(ours, dtype=np.bool_)


@dataclass(frozen=True)
class Endings:
    """When each dispute ended as a date sees it, one element a row of Disputes.

    Args:
        closed: it has ended by the date.
        on: the day it ended: of a settled one the document's own date; NaT while it is open.
    """

    closed: BoolArray
    on: DateArray


def endings(ledger: Ledger, as_of: date) -> Endings:
    """Tell which disputes have ended by a date, and when.

    Args:
        ledger: its Disputes and what was posted.
        as_of: a closing after it, or a document posted after it, does not count.
    """
    rows = ledger.posted("Disputes")
    settled = settlings(ledger, as_of)
    typed = rows.dates("closed").copy()
    typed[closed_by_us(rows)] = NAT
    typed[typed > day(as_of)] = NAT
    on = np.fmin(typed, np.where(settled.state == POSTED, settled.own, NAT))
    return Endings(~np.isnat(on), on.astype("datetime64[D]"))

"""What became of each bank line: posted, linked to a receipt, rejected, or still open.

Nothing is stored twice: a receipt made from a line has the line's ID as its number, so a line is
posted while that receipt stands, and open again once it was undone. What a person decided without
a posting (linked, rejected) stands in the Done column of Matches.
"""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import BoolArray, TextArray, filled, positions
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Derived, Ledger
from ar_xl.ops.open_items import live_rows

POSTED, LINKED, REJECTED = "Posted", "Linked", "Rejected"
ACCEPT, CHANGE, REJECT = "Accept", "Change", "Reject"  # decisions of the Match sheet
_MINE = ("", POSTED, LINKED, REJECTED)


def standing_receipts(ledger: Ledger) -> Frame:
    """The posted receipts that were not undone, one row each."""
    receipts, total = live_rows(ledger.posted("Receipts"), "receipt_no")
    return receipts.take(total != 0)


def bounced_receipts(ledger: Ledger) -> TextArray:
    """The numbers of receipts that the bank gave back.

    Their line stays what it was: the money came, and it left with a line of its own.
    """
    rows = ledger.posted("Adjustments")
    rows = rows.take(np.flatnonzero(rows.text("kind") == "Bounced"))
    back = rows.text("adjustment_no")[rows.text("reverses") != ""]
    stands = (rows.text("reverses") == "") & (positions(back, rows.text("adjustment_no")) < 0)
    return np.asarray(rows.text("document_no")[stands], dtype=object)


def linked_receipts(ledger: Ledger) -> tuple[TextArray, TextArray]:
    """Line IDs that a person linked to a receipt posted by hand, and those receipts' numbers."""
    matches = ledger.posted("Matches")
    done = matches.text("done")
    mine = np.array([text.startswith(LINKED + " ") for text in done.tolist()], dtype=bool)
    numbers = done[mine]
    bare = np.array([text[len(LINKED) + 1 :] for text in numbers.tolist()] + [""], dtype=object)
    return matches.text("line_id")[mine], bare[:-1]


def pending(matches: Frame) -> BoolArray:
    """Which rows of Matches somebody decided and posting has not carried out.

    A line that was rejected waits again once its Decision says something else.
    """
    decision, done = matches.text("decision"), matches.text("done")
    again = (done == REJECTED) & (decision != REJECT)
    return np.asarray((decision != "") & ((done == "") | again), dtype=np.bool_)


def line_states(ledger: Ledger) -> tuple[TextArray, TextArray]:
    """Status and Matched To of every row of BankLines.

    Args:
        ledger: posted receipts, and what Matches says is done.

    Returns:
        Both as texts, "" and "" for a line that is open. A status of another command stays.
    """
    lines, matches = ledger.posted("BankLines"), ledger.posted("Matches")
    ids = lines.text("line_id")
    theirs = ~np.isin(lines.text("status").astype(str), _MINE)
    status = np.where(theirs, lines.text("status"), filled(len(lines), ""))
    matched = np.where(theirs, lines.text("matched_to"), filled(len(lines), ""))
    status, matched = status.astype(object), matched.astype(object)
    standing = standing_receipts(ledger).text("receipt_no")
    came = np.concatenate([standing, bounced_receipts(ledger)])

    def set_where(rows: BoolArray, state: str, to: TextArray) -> None:
        chosen = rows & (status == "")
        status[chosen], matched[chosen] = state, to[chosen]

    set_where(positions(came, ids) >= 0, POSTED, ids)
    linked, receipts = linked_receipts(ledger)
    stands = positions(standing, receipts) >= 0
    at = positions(linked[stands], ids)
    set_where(at >= 0, LINKED, np.append(receipts[stands], "").astype(object)[at])
    rejected = (matches.text("done") == REJECTED) & (matches.text("decision") == REJECT)
    out = matches.take(rejected)
    at = positions(out.text("line_id"), ids)
    set_where(at >= 0, REJECTED, np.append(out.text("reason_code"), "").astype(object)[at])
    return status, matched


def line_changes(ledger: Ledger) -> tuple[Derived, ...]:
    """What Status and Matched To of bank lines should say and do not.

    Args:
        ledger: as it stands after a posting or a decision.
    """
    lines = ledger.posted("BankLines")
    if not len(lines):
        return ()
    made = []
    for key, wanted in zip(("status", "matched_to"), line_states(ledger), strict=True):
        rows = np.flatnonzero((lines.text(key) != wanted) & (lines.row > 0))
        made.append(Derived("BankLines", key, lines.row[rows], wanted[rows]))
    return tuple(change for change in made if len(change.rows))

"""Posting of receipts together with what the Match sheet accepts: one batch for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, positions, text_array
from ar_xl.core.findings import Finding
from ar_xl.core.frames import Frame, concat
from ar_xl.core.ledger import Change, Derived, Ledger, Request
from ar_xl.ops.banking.states import (
    CHANGE,
    LINKED,
    REJECT,
    REJECTED,
    line_changes,
    standing_receipts,
)
from ar_xl.ops.matching.accepted import Accepted, accepted, link_target, without_made
from ar_xl.ops.matching.aliases import Confirmed, learnt
from ar_xl.ops.matching.misfits import misfits
from ar_xl.ops.matching.parts import BANK_LINE
from ar_xl.ops.post_payments import post_payments


def post_with_matches(ledger: Ledger, request: Request, asked: Accepted) -> Change:
    """Post draft receipts and the receipts that were made from the Match sheet.

    Args:
        ledger: with both among its drafts, as `accepted` gives it.
        request: who, when; later-dated ones stay as they are.
        asked: what the Match sheet asks for.

    Returns:
        As `post_payments`; receipts made from bank lines are new rows. An accepted row of which
        money would stay unapplied, though it does not say so, is an error finding.
    """
    change = decided(ledger, request, asked)
    receipts = change.posts.get("Receipts")
    if receipts is None:
        return change
    made = receipts.row < 0
    posts = {**change.posts, "Receipts": receipts.take(~made)}
    appends = dict(change.appends)
    if made.any():
        appends = {"Receipts": receipts.take(made).detached(), **appends}
    return replace(change, posts={name: f for name, f in posts.items() if len(f)}, appends=appends)


def decided(ledger: Ledger, request: Request, asked: Accepted) -> Change:
    """What `post_payments` decides, with an error for each accepted row that does not fit."""
    change = post_payments(ledger, request, asked.for_anybody)
    return replace(change, findings=(*change.findings, *misfits(ledger, change, asked.receipts)))


def as_if_posted(ledger: Ledger, request: Request) -> tuple[Ledger, tuple[Finding, ...]]:
    """The ledger as it would be if the accepted rows were posted, for proposing what is left.

    Rows that are refused are left out; one that leaves money over keeps what it pays. Nothing of
    this is kept. Beside it what posting them would say.
    """
    asked = accepted(ledger)
    if not len(asked.receipts):
        return ledger, ()
    mine = asked.receipts.text("line_id")
    drafts = asked.ledger.draft("Receipts")
    chosen = positions(mine, drafts.text("receipt_no")) >= 0
    alone = replace(asked.ledger, drafts={"Receipts": drafts.take(chosen)})
    change = post_with_matches(alone, request, asked)
    after = alone.after(replace(change, findings=()))
    own = ledger.draft("Receipts")
    done = change.posts["Receipts"].row if "Receipts" in change.posts else own.row[:0]
    left = own.take(~np.isin(own.row, done))  # else one that is posted is numbered anew
    return replace(without_made(after), drafts={**ledger.drafts, "Receipts": left}), change.findings


def done_changes(ledger: Ledger, asked: Accepted, batch: str, as_of: date) -> tuple[Change, ...]:
    """What the Match sheet, the bank lines and the payer aliases say once it is done.

    Args:
        ledger: after the posting.
        asked: what was asked for.
        batch: the number of the posting, "" where nothing was posted.
        as_of: the day, for the aliases.

    Returns:
        The changes, to be taken in one after the other; rows whose receipt was left for later
        stay as they are.
    """
    standing = standing_receipts(ledger)
    standing = standing.take(standing.text("batch") == batch)
    posted = positions(standing.text("receipt_no"), asked.receipts.text("line_id")) >= 0
    receipts = _original(ledger, asked.receipts.take(posted)).replace(done=batch)
    links = [f"{LINKED} {link_target(text)}" for text in asked.links.text("documents").tolist()]
    others = concat([
        asked.links.replace(done=text_array(links)),
        asked.rejects.replace(done=REJECTED),
    ])  # fmt: skip
    if not len(receipts) and not len(others):
        return ()
    # Of a hundred thousand rows that were posted one cell each is written, not all of them.
    done = Derived("Matches", "done", receipts.row, receipts.text("done"))
    sheet = Change(
        posts={"Matches": others} if len(others) else {},
        derived=(done,) if len(receipts) else (),
    )
    after = ledger.after(sheet)
    taught = learnt(ledger, _verdicts(ledger, concat([receipts, others])), as_of)
    return replace(sheet, derived=(*sheet.derived, *line_changes(after))), taught


def _original(ledger: Ledger, rows: Frame) -> Frame:
    """The rows as they stand on the sheet, whatever was completed in memory."""
    sheet = ledger.posted("Matches")
    return sheet.take(np.isin(sheet.row, rows.row))


def _verdicts(ledger: Ledger, done: Frame) -> Confirmed:
    """What the rows that are done say about who pays under which name."""
    rows = done.take(done.text("source") == BANK_LINE)
    lines = ledger.posted("BankLines")
    at = positions(lines.text("line_id"), rows.text("line_id"))
    linked: BoolArray = np.array([t.startswith(LINKED) for t in rows.text("done").tolist()], bool)
    rows, at = rows.take(~linked), at[~linked]
    decision = rows.text("decision")
    verdict = np.where(decision == REJECT, -1, np.where(decision == CHANGE, 2, 1))
    return Confirmed(
        lines.text("payer")[at], lines.text("payer_account")[at], rows.text("customer_id"),
        verdict.astype(np.int64),
    )  # fmt: skip

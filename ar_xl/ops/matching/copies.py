"""Bank lines whose payment somebody typed as a draft receipt too, so that one of them is posted.

Match asks about such a line and leaves the draft out of what it adds up; posting refuses the two
together where reference or documents are the same, and warns where customer, money and date are.
Drafts by cash, check and card are no such copies: their money comes with a deposit slip.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

import numpy as np

from ar_xl.core.arrays import (
    BLANK,
    BoolArray,
    IntArray,
    TextArray,
    filled,
    positions,
    text_array,
)
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.ops.matching.already_booked import NEAR, named_by, nearest
from ar_xl.ops.matching.money import numbered_drafts
from ar_xl.ops.matching.parts import RECEIPT, Incoming, Proposals
from ar_xl.ops.open_items import zero_if_blank
from ar_xl.ops.remittance.references import read_references

RULE = "Perhaps typed by hand"
_ASK = 60  # percent at most: a question
_METHODS = ("", "ACH", "Wire", "Other")
TYPED_TOO = code(
    "bank_line_typed_as_draft_too",
    Severity.ERROR,
    "one receipt for one payment",
    "Delete the draft receipt. Or empty the Decision of the line and post the draft: Match links "
    "the two then.",
)
PERHAPS_TYPED_TOO = code(
    "bank_line_perhaps_typed_too",
    Severity.WARNING,
    "one receipt for one payment",
    "Look whether it is one payment. Both are posted if both stand.",
)


@dataclass(frozen=True)
class Copies:
    """The draft receipt that each bank line may be.

    Args:
        lines: Line IDs.
        receipts: beside each the number of a draft receipt.
        rows: and its sheet row.
    """

    lines: TextArray
    receipts: TextArray
    rows: IntArray


def draft_copies(ledger: Ledger, lines: Frame, payers: TextArray) -> Copies:
    """The bank lines that stand among the draft receipts as well.

    Args:
        ledger: its draft receipts.
        lines: open rows of BankLines.
        payers: the customer that seems to have paid each line, "" where nobody knows.
    """
    typed = _typed(ledger)
    receipts, _ = nearest(lines, typed, payers)
    some = receipts != ""
    at = positions(typed.text("receipt_no"), receipts[some])
    return Copies(lines.text("line_id")[some], receipts[some], typed.row[at])


def _typed(ledger: Ledger) -> Frame:
    """Draft receipts by transfer that were typed or imported as receipts."""
    own = ledger.draft("Receipts")
    own = own.take(own.row >= 0)
    drafts = numbered_drafts(replace(ledger, drafts={**ledger.drafts, "Receipts": own}))
    amount = drafts.ints("amount")
    chosen = np.isin(drafts.text("method").astype(str), _METHODS)
    chosen &= ~np.isnat(drafts.dates("receipt_date")) & (amount != BLANK) & (amount > 0)
    chosen &= positions(ledger.posted("BankLines").text("line_id"), drafts.text("receipt_no")) < 0
    return drafts.take(chosen)


def is_copy(incoming: Incoming, copies: Copies) -> BoolArray:
    """Which of the money is a draft receipt that is a bank line too."""
    drafts = incoming.source == RECEIPT
    return np.asarray(drafts & (positions(copies.receipts, incoming.line_id) >= 0), dtype=np.bool_)


def without_copies(
    incoming: Incoming, copied: BoolArray, kept: Proposals, copies: Copies
) -> Proposals:
    """Proposals for all of the money, made for what is no copy; for a copy nothing is proposed.

    Args:
        incoming: all of the money.
        copied: which of it is a copy.
        kept: the proposals for the rest.
        copies: the lines of the copies.
    """
    at = positions(copies.receipts, incoming.line_id[copied])
    lines = copies.lines[at]
    why = "Perhaps bank line " + lines + ": the same money, a date near. It is asked about there."
    count = int(copied.sum())
    none = np.zeros(count, dtype=np.int64)
    blank = filled(count, "")
    theirs = Proposals(
        incoming.line_id[copied], incoming.customer_id[copied], blank, none, none,
        filled(count, RULE), why, blank, np.zeros(count, dtype=np.bool_),
    )  # fmt: skip
    place = np.empty(len(incoming), dtype=np.int64)
    place[~copied] = np.arange(len(kept))
    place[copied] = len(kept) + np.arange(count)
    return Proposals(
        **{
            each.name: np.concatenate([getattr(kept, each.name), getattr(theirs, each.name)])[place]
            for each in fields(Proposals)
        }
    )


def with_copies_asked(rows: Frame, copies: Copies, by_itself: str) -> Frame:
    """Rows of Matches in which a line that was typed too is a question.

    Args:
        rows: proposed.
        copies: the lines that were typed.
        by_itself: the sentence about an acceptance without a person, which is taken out of Why.
    """
    at = positions(copies.lines, rows.text("line_id"))
    some = np.flatnonzero((at >= 0) & (rows.text("source") != RECEIPT))
    if not len(some):
        return rows
    changed = {key: rows.text(key).copy() for key in ("why", "rule", "decision")}
    confidence = rows.ints("confidence").copy()
    for row in some.tolist():
        draft, sheet_row = copies.receipts[at[row]], int(copies.rows[at[row]])
        place = f" (Receipts row {sheet_row})" if sheet_row else ""
        why = changed["why"][row].replace(f" {by_itself}", "")
        changed["why"][row] = (
            f"Perhaps the draft receipt {draft}{place}: the same money, a date near. If so, delete "
            f"the draft, or post it before this line. {why}"
        )
    changed["rule"][some], changed["decision"][some] = RULE, ""
    confidence[some] = np.minimum(confidence[some], _ASK)
    return rows.replace(**changed, confidence=confidence)


def copies_together(ledger: Ledger) -> list[Finding]:
    """Bank lines accepted on the Match sheet whose payment stands among the drafts as well."""
    drafts = ledger.draft("Receipts")
    made = drafts.take(drafts.row < 0)
    if not len(made) or len(made) == len(drafts):
        return []
    typed = _typed(ledger)
    pairs = sorted(_pairs(ledger, made, typed))
    found, done, used = [], set(), set()
    for differs, days, line, draft in pairs:
        if line in done or draft in used:
            continue
        done.add(line)
        used.add(draft)
        row = int(typed.row[draft])
        money = money_text(int(typed.ints("amount")[draft]), str(typed.text("currency")[draft]))
        seen = (
            f"the draft receipt {typed.text('receipt_no')[draft]}{f' (row {row})' if row else ''} "
            f"of {typed.text('customer_id')[draft]}, {money}, {_apart(days)}"
        )
        what = PERHAPS_TYPED_TOO if differs else TYPED_TOO
        number = str(made.text("receipt_no")[line])
        found.append(Finding(what, "Receipts", int(made.row[line]), "decision", number, seen))
    return found


def _apart(days: int) -> str:
    return f"{days} day{'s' if days > 1 else ''} apart" if days else "on the same day"


def _pairs(ledger: Ledger, made: Frame, typed: Frame) -> Iterator[tuple[bool, int, int, int]]:
    """Whether neither reference nor documents agree, days apart, receipt of a line, and draft."""
    by_money: dict[tuple[str, str, int], list[int]] = {}
    for at, key in enumerate(_keys(typed)):
        by_money.setdefault(key, []).append(at)
    lines = ledger.posted("BankLines")
    lines = lines.take(positions(lines.text("line_id"), made.text("receipt_no")))
    days = [frame.dates("receipt_date").astype(np.int64) for frame in (made, typed)]
    for line, key in enumerate(_keys(made)):
        for draft in by_money.get(key, ()):
            apart = abs(int(days[0][line]) - int(days[1][draft]))
            if apart <= NEAR:
                same = _same_reference(lines, line, str(typed.text("check_ref")[draft]))
                same = same or _same_documents(
                    ledger, made.text("remittance")[line], typed.text("remittance")[draft]
                )
                yield not same, apart, line, draft


def _keys(receipts: Frame) -> Iterator[tuple[str, str, int]]:
    net = receipts.ints("amount") - zero_if_blank(receipts.ints("bank_fee"))
    texts = (receipts.text("currency"), receipts.text("customer_id"))
    return zip(*texts, net.tolist(), strict=True)


def _same_reference(lines: Frame, line: int, reference: str) -> bool:
    wanted = "".join(reference.split()).casefold()
    own = ("".join(lines.text(key)[line].split()).casefold() for key in ("reference", "bank_id"))
    return bool(wanted) and (wanted in own or named_by(lines, line, reference))


def _same_documents(ledger: Ledger, one: str, other: str) -> bool:
    if not one or not other:
        return False
    codes, read = read_references(
        text_array([one, other]), ledger.posted("Invoices").text("invoice_no")
    )
    named = [{each.document for each in read[at] if each.document >= 0} for at in codes.tolist()]
    return bool(named[0]) and named[0] == named[1]

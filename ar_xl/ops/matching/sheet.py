"""The Match sheet: which rows it gets, and which of them are left as they are.

A row that somebody decided is never touched. One that nobody decided is refreshed in place, with
what the engine proposes now; money seen for the first time gets a row below. A row whose posting
was undone is asked about again, and never accepted by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, IntArray, TextArray, differs, filled, positions
from ar_xl.core.frames import Frame, concat
from ar_xl.core.ledger import Change, Ledger
from ar_xl.core.money import totals_by_currency
from ar_xl.core.tables import BY_NAME
from ar_xl.ops.banking.states import (
    ACCEPT,
    line_states,
    pending,
    standing_receipts,
)
from ar_xl.ops.customers import customer_values
from ar_xl.ops.matching.already_booked import SAID, already_booked
from ar_xl.ops.matching.copies import (
    Copies,
    draft_copies,
    is_copy,
    with_copies_asked,
    without_copies,
)
from ar_xl.ops.matching.money import OpenMoney, numbered_drafts, open_money
from ar_xl.ops.matching.parts import (
    BANK_LINE,
    RECEIPT,
    Incoming,
    Proposals,
    from_bank_lines,
    from_receipts,
)
from ar_xl.ops.matching.pasted import with_others, with_pasted
from ar_xl.ops.matching.propose import propose

BY_ITSELF = "Accepted by itself (setting Auto Accept)."
BOOKED_RULE = "Already booked"
_BOOKED, _PERHAPS = 95, 60  # sure enough to propose, not to do without asking
_LONGEST = 500  # characters of the bank's text that are shown
_MINE = (
    "date", "amount", "currency", "payer", "text", "customer_id", "name", "documents", "bank_fee",
    "confidence", "rule", "why", "alternatives", "decision", "done",
)  # fmt: skip
Ask = Callable[[Ledger, Incoming, date, Callable[[int, int], None]], Proposals]


@dataclass(frozen=True)
class Matched:
    """What Match does to its sheet, and what it says about it.

    Args:
        change: rows of Matches that are new or changed.
        lines: how many bank lines and draft receipts were looked at.
        rules: how many of them each rule decided.
        totals: accepted, to decide and no proposal per currency, minor units.
        left: rows that somebody had decided and that are not posted yet.
        waiting: lines of statements that are not final.
    """

    change: Change
    lines: int
    rules: Mapping[str, int]
    totals: Mapping[str, Mapping[str, int]]
    left: int
    waiting: int


def match(
    ledger: Ledger,
    as_of: date,
    account: str = "",
    progress: Callable[[int, int], None] = lambda done, of: None,
    ask: Ask = propose,
) -> Matched:
    """Decide what the Match sheet should say.

    Args:
        ledger: the whole workbook; accepted rows that are not posted yet should be in it as if
            they were, so that their documents are not proposed again.
        as_of: money dated up to it is matched, documents posted by it can be paid.
        account: one bank account, "" for all.
        progress: called with lines done and lines in all.
        ask: the engine.
    """
    money = open_money(ledger, as_of, account)
    sheet = ledger.posted("Matches")
    incoming = Incoming.gather([from_bank_lines(money.lines), from_receipts(money.receipts)])
    at = positions(_keys(sheet.text("source"), sheet.text("line_id")),
                   _keys(incoming.source, incoming.line_id))  # fmt: skip
    decided = pending(sheet)
    waits = np.append(decided, False)[at]
    incoming, at = incoming.take(~waits), at[~waits]
    found, copies = _asked(ledger, money, incoming, lambda some: ask(ledger, some, as_of, progress))
    rows = _rows(ledger, money, incoming, found)
    again = np.append(sheet.text("done") != "", False)[at]
    rows = with_copies_asked(_settled(ledger, rows, sheet, at, again), copies, BY_ITSELF)
    change = _change(ledger, sheet, rows, at)
    return Matched(
        change, len(incoming), _counted(rows.text("rule")), _totals(rows), int(decided.sum()),
        money.waiting,
    )  # fmt: skip


def _keys(source: TextArray, number: TextArray) -> TextArray:
    return np.asarray(source + "\x1f" + number, dtype=object) if len(source) else source


def _asked(
    ledger: Ledger, money: OpenMoney, incoming: Incoming, ask: Callable[[Incoming], Proposals]
) -> tuple[Proposals, Copies]:
    """What the engine proposes, asked once more without drafts that are a bank line typed too."""
    found = ask(incoming)
    is_line = incoming.source == BANK_LINE
    place = positions(money.lines.text("line_id"), incoming.line_id[is_line])
    lines, payers = money.lines.take(place), found.customer_id[is_line]
    free = already_booked(ledger, lines, payers)[0] == ""
    copies = draft_copies(ledger, lines.take(free), payers[free])
    copied = is_copy(incoming, copies)
    if copied.any():
        found = without_copies(incoming, copied, ask(incoming.take(~copied)), copies)
    return found, copies


def _rows(ledger: Ledger, money: OpenMoney, incoming: Incoming, found: Proposals) -> Frame:
    """A row of Matches for each line, as the engine and the posted receipts propose."""
    documents, confidence = found.documents.copy(), found.confidence.copy()
    rule, why = found.rule.copy(), found.why.copy()
    is_line = incoming.source == BANK_LINE
    place = positions(money.lines.text("line_id"), incoming.line_id)
    lines = money.lines.take(place[is_line])
    customers = found.customer_id.copy()
    booked, sure = filled(len(incoming), ""), np.zeros(len(incoming), dtype=np.bool_)
    booked[is_line], sure[is_line] = already_booked(ledger, lines, customers[is_line])
    hand = booked != ""
    documents[hand] = SAID + booked[hand]
    confidence[hand], rule[hand] = np.where(sure, _BOOKED, _PERHAPS)[hand], BOOKED_RULE
    also = np.where(sure, ", its reference or customer too", " and nothing else")
    why[hand] = (
        "Receipt " + booked[hand] + " was posted by hand: the same money, a date near"
        + also[hand].astype(object) + ". Accept links the two and posts nothing."
    )  # fmt: skip
    auto = found.auto & ~hand
    why[auto] = why[auto] + " " + BY_ITSELF
    decision = filled(len(incoming), "")
    decision[auto] = ACCEPT
    fee = np.where(hand | (found.bank_fee == 0), BLANK, found.bank_fee)
    return Frame.build(
        BY_NAME["Matches"],
        len(incoming),
        line_id=incoming.line_id,
        source=incoming.source,
        date=incoming.date,
        amount=incoming.amount,
        currency=incoming.currency,
        payer=incoming.payer,
        text=_short(incoming.text),
        customer_id=customers,
        name=customer_values(ledger, customers, "name"),
        documents=documents,
        bank_fee=fee,
        confidence=confidence,
        rule=rule,
        why=why,
        alternatives=found.alternatives,
        decision=decision,
    )


def _short(texts: TextArray) -> TextArray:
    out: TextArray = np.empty(len(texts), dtype=object)
    out[:] = [t if len(t) <= _LONGEST else t[: _LONGEST - 3] + "..." for t in texts.tolist()]
    return out


def _settled(ledger: Ledger, rows: Frame, sheet: Frame, at: IntArray, again: BoolArray) -> Frame:
    """Rows with what a person pasted into them, and without acceptance where they were undone."""
    kept = {
        key: np.append(sheet.text(key), "").astype(object)[at]
        for key in ("remittance", "reason_code", "done")
    }
    rows = rows.replace(remittance=kept["remittance"], reason_code=kept["reason_code"])
    rows = with_others(ledger, with_pasted(ledger, rows))
    if not again.any():
        return rows
    why, decision = rows.text("why").copy(), rows.text("decision").copy()
    decision[again] = ""
    plain = [text.replace(" " + BY_ITSELF, "") for text in why[again].tolist()]
    why[again] = [f"{text} Asked again: it was undone or withdrawn." for text in plain]
    return rows.replace(why=why, decision=decision)


def _change(ledger: Ledger, sheet: Frame, rows: Frame, at: IntArray) -> Change:
    """New rows, rows that say something else now, and rows whose money was settled otherwise."""
    known = np.flatnonzero(at >= 0)
    before = sheet.take(at[known])
    after = before.replace(
        **{key: rows.take(known).columns[key] for key in (*_MINE, "reason_code", "remittance")}
    )
    other = np.zeros(len(known), dtype=bool)
    for key in _MINE:
        other |= differs(after.columns[key], before.columns[key])
    changed = [after.take(np.flatnonzero(other)), _gone(ledger, sheet, at[known])]
    new = rows.take(np.flatnonzero(at < 0))
    posts = concat(changed)
    return Change(
        appends={"Matches": new} if len(new) else {},
        posts={"Matches": posts} if len(posts) else {},
        as_drafts=True,
    )


def _gone(ledger: Ledger, sheet: Frame, seen: IntArray) -> Frame:
    """Undecided rows whose money was posted or linked some other way since, or is not there."""
    status, _ = line_states(ledger)
    lines = ledger.posted("BankLines").text("line_id")
    place = positions(lines, sheet.text("line_id"))
    state = np.append(status, "").astype(object)[place]
    gone = (sheet.text("done") == "") & (sheet.text("decision") == "")
    gone &= (sheet.text("source") == BANK_LINE) & (state != "")
    gone[seen] = False
    done = filled(len(sheet), "")
    done[gone] = state[gone] + " otherwise"
    drafts = (sheet.text("done") == "") & (sheet.text("decision") == "")
    drafts &= sheet.text("source") == RECEIPT
    drafts &= positions(numbered_drafts(ledger).text("receipt_no"), sheet.text("line_id")) < 0
    standing = positions(standing_receipts(ledger).text("receipt_no"), sheet.text("line_id")) >= 0
    done[drafts] = np.where(standing[drafts], "Posted otherwise", "No draft any more")
    rows = np.flatnonzero(done != "")
    return sheet.take(rows).replace(done=done[rows])


def _counted(rules: TextArray) -> dict[str, int]:
    names, counts = np.unique(rules.astype(str), return_counts=True)
    return dict(zip(names.tolist(), counts.tolist(), strict=True))


def _totals(rows: Frame) -> dict[str, dict[str, int]]:
    """Amounts accepted by themselves, waiting for a person, and without a proposal."""
    accepted = rows.text("decision") == ACCEPT
    nothing = ~accepted & (rows.text("customer_id") == "") & (rows.text("documents") == "")
    made = {}
    for label, chosen in (
        ("accepted", accepted),
        ("to decide", ~accepted & ~nothing),
        ("no proposal", nothing),
    ):
        mine = rows.take(np.flatnonzero(chosen))
        if len(mine):
            made[label] = totals_by_currency(mine.text("currency"), mine.ints("amount"))
    return made

"""Links between bank lines and what is booked already: found where only one thing can be meant."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np

from ar_xl.core.arrays import TextArray, codes_of, positions, text_array
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.banking.book import CHARGED, DEPOSIT, FEE, RETURNED, BookEntries, book_entries
from ar_xl.ops.banking.reconcile import LATE, entry_names, lines_of, sides, window
from ar_xl.ops.banking.side import Accounts, moved, undecided_lines
from ar_xl.ops.customers import customer_values
from ar_xl.ops.pairing import Side, paired

SHORTEST_NAME, SHORTEST_NUMBER = 4, 3  # letters of what a line must speak of to be believed
_WORD = re.compile(r"\w+")


def direct_ties(ledger: Ledger, accounts: Accounts, as_of: date) -> list[tuple[str, str]]:
    """Lines of what was booked without one: receipts typed by hand, refunds, returned payments.

    Args:
        ledger: lines that nobody decided on.
        accounts, as_of: which, and up to when.

    Returns:
        Line ID and name of the entry, only where one line and one entry can be meant, and the
        line speaks of the customer or the document, or of nobody. A returned payment and the
        bank's fee for it may come as one line.
    """
    entries = book_entries(ledger, accounts, as_of)
    free = (lines_of(ledger, entries) == "") & ~np.isin(entries.kind.astype(str), (DEPOSIT, FEE))
    entries = entries.take(np.flatnonzero(free))
    lines = undecided_lines(ledger, as_of)
    here = accounts.has(lines.text("account")) & (lines.text("currency") == accounts.currency)
    lines = lines.take(np.asarray(here, dtype=np.bool_))
    if not len(entries) or not len(lines):
        return []
    named = entry_names(entries)
    made = _linked(ledger, entries, named, lines)
    bound, done = {line for line, _ in made}, {name for _, name in made}
    left = [i for i, name in enumerate(named.tolist()) if name not in done]
    sums, names = _with_fees(ledger, entries.take(np.array(left, dtype=np.int64)))
    free = np.array([name not in bound for name in lines.text("line_id")], dtype=np.bool_)
    return [*made, *_linked(ledger, sums, names, lines.take(free))]


def _with_fees(ledger: Ledger, entries: BookEntries) -> tuple[BookEntries, TextArray]:
    """Returned payments and the fees for them as one amount each, and what their lines say."""
    fees = {}
    adjustments = ledger.posted("Adjustments")
    document = dict(
        zip(adjustments.text("adjustment_no"), adjustments.text("document_no"), strict=True)
    )
    for i in np.flatnonzero(entries.kind == CHARGED).tolist():
        fees[document.get(entries.number[i], ""), entries.batch[i]] = i
    back = [
        i for i in np.flatnonzero(entries.kind == RETURNED).tolist()
        if (entries.number[i], entries.batch[i]) in fees
    ]  # fmt: skip
    mine = entries.take(np.array(back, dtype=np.int64))
    fee = np.array([fees[entries.number[i], entries.batch[i]] for i in back], dtype=np.int64)
    named = entry_names(mine)
    both = [f"{name}; {entries.number[i]}" for name, i in zip(named, fee.tolist(), strict=True)]
    return replace(mine, amount=mine.amount + entries.amount[fee]), text_array(both)


def _linked(
    ledger: Ledger, entries: BookEntries, named: TextArray, lines: Frame
) -> list[tuple[str, str]]:
    if not len(entries) or not len(lines):
        return []
    pairs = paired(*sides(entries, lines), *window(entries))
    words = _words(ledger, entries)
    ids = lines.text("line_id")
    return [
        (str(ids[line]), str(named[entry]))
        for entry, line, sure in zip(
            pairs.left.tolist(), pairs.right.tolist(), pairs.sure.tolist(), strict=True
        )
        if sure and _fits(lines, line, str(entries.kind[entry]), words[entry])
    ]


def _words(ledger: Ledger, entries: BookEntries) -> list[set[str]]:
    """By what a bank line may call each entry: customer, document, check number; small letters."""
    names = customer_values(ledger, entries.customer_id, "name")
    receipts = ledger.posted("Receipts")
    at = positions(receipts.text("receipt_no"), entries.number)
    refs = np.append(receipts.text("check_ref"), "")[at]
    made = []
    for name, *others in zip(names, entries.customer_id, entries.number, refs, strict=True):
        words = {word for word in _WORD.findall(str(name)) if len(word) >= SHORTEST_NAME}
        words |= {str(other) for other in others if len(str(other)) >= SHORTEST_NUMBER}
        made.append({word.casefold() for word in words})
    return made


def _fits(lines: Frame, line: int, kind: str, words: set[str]) -> bool:
    """Whether a line of the amount speaks of the entry, or of nothing, or is a fee as it is."""
    if kind == CHARGED and lines.text("kind")[line] == "Fee":
        return True
    said = " ".join(str(lines.text(key)[line]) for key in ("payer", "reference", "text"))
    return not said.strip() or any(word in said.casefold() for word in words)


def transfers(ledger: Ledger, as_of: date) -> list[tuple[str, str]]:
    """Payouts of one account of ours that came to another: each line, and the other one."""
    lines = undecided_lines(ledger, as_of)
    out = lines.take(np.asarray((lines.text("kind") == "Payout") & (moved(lines) < 0)))
    into = lines.take(moved(lines) > 0)
    if not len(out) or not len(into):
        return []
    (left, right), _ = codes_of(out.text("currency"), into.text("currency"))
    days = np.full(len(out), LATE, dtype=np.int64)
    pairs = paired(
        Side(left, -moved(out), out.dates("date")), Side(right, moved(into), into.dates("date")),
        np.zeros_like(days), days,
    )  # fmt: skip
    made = []
    for a, b, sure in zip(pairs.left, pairs.right, pairs.sure, strict=True):
        if sure and out.text("account")[a] != into.text("account")[b]:
            one, other = str(out.text("line_id")[a]), str(into.text("line_id")[b])
            made += [(one, other), (other, one)]
    return made

"""Before a batch is written, its rows, its journal and its control total must agree.

What the rows do to the customers' balances is what the other two say, to the minor unit. The books
of before were verified, open items, journal and control total among them; what is left to compare
is what the batch adds to each. It is reckoned from the batch's rows, without the journal.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ar_xl.core.arrays import BoolArray, IntArray, TextArray, codes_of, filled, sum_by
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.core.frames import Frame, concat
from ar_xl.core.ledger import Change, Ledger
from ar_xl.core.money import totals_shown
from ar_xl.core.numbered import numbers_of
from ar_xl.ops.batches import control_movement, read_control_total

DOES_NOT_BALANCE = code(
    "batch_does_not_balance",
    Severity.ERROR,
    "open items, journal and control total that change by the same amount",
    "Nothing was written; your workbook is as it was. Please report this.",
    Exit.OUR_BUG,
)


def insist_on_balance(after: Ledger, batch: Change) -> None:
    """Refuse a batch whose rows and journal do not agree, or overdraw: a mistake of ours.

    Args:
        after: the ledger as it stands once the batch is written.
        batch: the whole batch, as `batches.post` completed it.

    Raises:
        Refusal: naming the three amounts and the difference, or the documents overdrawn.
    """
    line, journal = batch.appends["Batches"], _rows(batch, "Journal")
    number = line.text("batch")[0]
    uneven = _uneven(journal)
    if uneven:
        raise Refusal(
            DOES_NOT_BALANCE,
            f"The journal of batch {number} has debits and credits that differ by {uneven}.",
        )
    before, now = (read_control_total(line.text(key)[0])
                   for key in ("control_before", "control_after"))  # fmt: skip
    currencies = {*before, *now}
    views = {
        "what customers owe": balances_moved(after, batch),
        "the control account": control_movement(journal, after.policy.settings.gl_ar),
        "the control total": {c: now.get(c, 0) - before.get(c, 0) for c in currencies},
    }
    moved = {name: {c: amount for c, amount in view.items() if amount}
             for name, view in views.items()}  # fmt: skip
    if len({tuple(sorted(view.items())) for view in moved.values()}) == 1:
        _insist_on_enough(after, batch, number)
        return
    words = ", ".join(f"{name} by {totals_shown(view)}" for name, view in moved.items())
    raise Refusal(
        DOES_NOT_BALANCE,
        f"Batch {number} would change {words}: a difference of {totals_shown(_difference(moved))}.",
    )


def _insist_on_enough(after: Ledger, batch: Change, number: str) -> None:
    overdrawn = _overdrawn(after, batch)
    if overdrawn:
        raise Refusal(
            DOES_NOT_BALANCE,
            f"Batch {number} would take more than there is of {', '.join(overdrawn[:5])}.",
        )


def balances_moved(after: Ledger, batch: Change) -> dict[str, int]:
    """What the rows of a batch add to the documents' balances, minor units by currency.

    Invoices add, credit memos and receipts subtract. An application takes from the document it
    names and uses up its source; one whose document or source is not there does nothing to it.

    Args:
        after: the ledger as it stands once the batch is written.
        batch: the rows.
    """
    invoices, receipts = _rows(batch, "Invoices"), _rows(batch, "Receipts")
    sign = np.where(invoices.text("type") == "Credit Memo", -1, 1)
    parts = [
        (invoices.text("currency"), sign * invoices.ints("amount")),
        (receipts.text("currency"), -receipts.ints("amount")),
        *_applied(after, _rows(batch, "Applications")),
    ]
    codes, currencies = codes_of(*(currency for currency, _ in parts))
    total = np.zeros(len(currencies), dtype=np.int64)
    for which, (_, amount) in zip(codes, parts, strict=True):
        total += sum_by(which, amount, len(currencies))
    return {str(c): int(amount) for c, amount in zip(currencies, total, strict=True)}


def _uneven(journal: Frame) -> str:
    """By how much debits and credits of a journal differ, in words; "" where they do not."""
    (which,), currencies = codes_of(journal.text("currency"))
    amount = journal.ints("debit") - journal.ints("credit")
    total = sum_by(which, amount, len(currencies))
    uneven = {str(c): int(t) for c, t in zip(currencies, total, strict=True) if t}
    base = int(journal.ints("base_debit").sum() - journal.ints("base_credit").sum())
    if uneven:
        return totals_shown(uneven)
    return f"{base} of the smallest unit of the base currency" if base else ""


def _applied(after: Ledger, rows: Frame) -> list[tuple[TextArray, IntArray]]:
    """Currency and amount of what applications do to documents, and to their sources."""
    if not len(rows):
        return []
    invoices, receipts = after.posted("Invoices"), after.posted("Receipts")
    settled = rows.ints("amount") + rows.ints("discount") + rows.ints("difference")
    document = _places(invoices.text("invoice_no"), rows.text("invoice_no"))
    document[~_lines_there(after, rows)] = -1
    parts = [_found(invoices, document, -settled)]
    for kind, frame, key in (("Receipt", receipts, "receipt_no"),
                             ("Credit Memo", invoices, "invoice_no")):  # fmt: skip
        mine = rows.take(rows.text("source_type") == kind)
        if len(mine):
            source = _places(frame.text(key), mine.text("source_no"))
            parts.append(_found(frame, source, mine.ints("source_amount")))
    return parts


def _places(haystack: TextArray, needles: TextArray) -> IntArray:
    """Where each needle stands, -1 where nowhere; quicker than `positions` for few needles."""
    (which,), texts = codes_of(needles)
    found = pd.Index(texts, dtype=object).get_indexer(pd.Index(haystack, dtype=object))
    place = np.full(len(texts), -1, dtype=np.int64)
    there = np.flatnonzero(found >= 0)
    place[found[there]] = there
    return place[which]


def _found(frame: Frame, at: IntArray, amount: IntArray) -> tuple[TextArray, IntArray]:
    there = at >= 0
    return frame.text("currency")[at[there]], amount[there]


def _lines_there(after: Ledger, rows: Frame) -> BoolArray:
    """Which applications name a line that a document has: 1, or one of its instalments."""
    number = rows.ints("line")
    there = np.asarray(number == 1, dtype=np.bool_)
    later = np.flatnonzero(~there)
    if len(later):
        lines = after.posted("Instalments")
        (have, want), texts = codes_of(lines.text("invoice_no"), rows.text("invoice_no")[later])
        keys = number[later] * len(texts) + want
        there[later] = np.isin(keys, lines.ints("line") * len(texts) + have)
    return there


def _rows(batch: Change, name: str) -> Frame:
    """The rows of a table that a batch posts or appends."""
    groups = [group[name] for group in (batch.posts, batch.appends) if name in group]
    return concat(groups) if groups else Ledger().posted(name)


def _difference(moved: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    currencies = sorted({currency for view in moved.values() for currency in view})
    amounts = {c: [view.get(c, 0) for view in moved.values()] for c in currencies}
    return {c: max(each) - min(each) for c, each in amounts.items() if max(each) > min(each)}


def _overdrawn(after: Ledger, batch: Change) -> list[str]:
    """The documents of which a batch takes more than there is: overpaid, overused or not there.

    A batch that gives back is let through whatever it finds: it may be what mends the books.
    """
    mine = _rows(batch, "Applications")
    invoices, receipts = _rows(batch, "Invoices"), _rows(batch, "Receipts")
    keys = ("invoice_no", "source_no")
    named = np.concatenate([*(mine.text(key) for key in keys),
                            invoices.text("invoice_no"), receipts.text("receipt_no")])  # fmt: skip
    if not len(named):
        return []
    touched = np.unique(numbers_of(named)).astype(np.int64)
    rows = after.posted("Applications")
    applied = rows.take(
        np.flatnonzero(_among(rows.text(keys[0]), touched) | _among(rows.text(keys[1]), touched))
    )
    left = _rests(
        _whole(after.posted("Invoices"), "invoice_no", touched),
        _whole(after.posted("Receipts"), "receipt_no", touched),
        applied,
    )
    moved = _rests(invoices, receipts, mine)
    worse = moved.index[moved < 0]
    return sorted({str(number) for _, number in worse.intersection(left.index[left < 0])})


def _whole(frame: Frame, key: str, touched: IntArray) -> Frame:
    return frame.take(np.flatnonzero(_among(frame.text(key), touched)))


def _among(column: TextArray, touched: IntArray) -> BoolArray:
    """Which texts have one of some numbers."""
    numbers = numbers_of(column)
    wanted = np.zeros(max(int(numbers.max(initial=0)), int(touched[-1])) + 1, dtype=np.bool_)
    wanted[touched] = True
    return wanted[numbers]


def _rests(invoices: Frame, receipts: Frame, applied: Frame) -> pd.Series[int]:
    """What is open of each debit and left of each credit, by kind and number, minor units."""
    memo = invoices.text("type") == "Credit Memo"
    settled = applied.ints("amount") + applied.ints("discount") + applied.ints("difference")
    pieces = [
        (np.where(memo, "Credit Memo", ""), invoices.text("invoice_no"), invoices.ints("amount")),
        (filled(len(receipts), "Receipt"), receipts.text("receipt_no"), receipts.ints("amount")),
        (filled(len(applied), ""), applied.text("invoice_no"), -settled),
        (applied.text("source_type"), applied.text("source_no"), -applied.ints("source_amount")),
    ]
    kind, number, amount = (np.concatenate(each) for each in zip(*pieces, strict=True))
    standing = np.isin(kind.astype(str), ("", "Receipt", "Credit Memo"))
    return pd.Series(amount[standing]).groupby([kind[standing], number[standing]]).sum()

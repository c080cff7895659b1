"""What each posted adjustment did: the rows it made, its document before and after, its journal.

Nothing is decided here. The rows of a batch are given to the adjustments that made them: an
application and a document name theirs in Reason and Description, a contra row stands for the
document that the adjustment names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ar_xl.core.arrays import BoolArray, TextArray
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.ops.adjusting.affected import ADJUSTMENT, RECEIPT, around
from ar_xl.ops.journal import journal
from ar_xl.ops.movements import Movements, movements
from ar_xl.ops.past import before

MOST_NAMED = 6  # applications named in one cell
_KEYS = {"Invoices": "invoice_no", "Receipts": "receipt_no", "Instalments": "invoice_no"}
_NEAR = {"Invoices": "invoice_no", "Receipts": "receipt_no", "Adjustments": "adjustment_no"}
_TAKES_BACK = ("Bounced", "Reverse")
Key = tuple[bool, str]  # is a receipt, number


@dataclass(frozen=True)
class Told:
    """One posted adjustment.

    Args:
        row: its row of Adjustments.
        currency: of its amounts.
        made: the rows it made, by table.
        before, after: what is open of the document it names, or left of a credit; None where it
            names none that stands in the books.
        moved: what it does to receivables.
        booked: its journal.
    """

    row: Frame
    currency: str
    made: Mapping[str, Frame]
    before: int | None
    after: int | None
    moved: Movements
    booked: Frame

    @property
    def number(self) -> str:
        """Its number."""
        return str(self.row.text("adjustment_no")[0])

    @property
    def receivables(self) -> int:
        """What it adds to receivables in its currency, minor units."""
        return int(self.moved.amount[self.moved.currency == self.currency].sum())


def told(ledger: Ledger, batch: str) -> Iterator[Told]:
    """The adjustments of a batch in the order they were decided.

    Args:
        ledger: with the batch in it, and perhaps later ones.
        batch: its number.
    """
    names = ("Adjustments", "Applications", "Invoices", "Receipts")
    rows = {name: _of_batch(ledger.posted(name), batch) for name in names}
    every = rows["Adjustments"]
    every = every.take(np.flatnonzero(every.text("reverses") == ""))
    if not len(every):
        return
    earlier = before(ledger, batch)
    touched = _numbers(rows)
    known = around(earlier, touched)
    balances: dict[Key, int] = defaultdict(int)
    balances |= {key: document.left for key, document in known.documents.items()}
    near = _near(ledger, batch, touched)
    places = _places(near)
    for at in range(len(every)):
        row = every.take(np.array([at]))
        made = _made(rows, row)
        key = _key(balances, str(row.text("document_no")[0]))
        was = balances[key] if key is not None else None
        for changed, amount in _changes(made):
            balances[changed] += amount
        now = balances[key] if key is not None else None
        part = _with(near, places, {**made, "Adjustments": row})
        moved = movements(part)
        moved = moved.take(np.flatnonzero(moved.batch == batch))
        booked = journal(part, {**made, "Adjustments": row}, "")
        yield Told(row, _currency(part, row, made), made, was, now, moved, booked)


def happened(each: Told) -> str:
    """What it did in words: what pays what, what no longer does, what was made or taken back."""
    used = each.made["Applications"]
    words = [_application(used, i, each.currency) for i in range(min(len(used), MOST_NAMED))]
    if len(used) > MOST_NAMED:
        words.append(f"and {len(used) - MOST_NAMED} more")
    for name, word in (("Invoices", ""), ("Receipts", RECEIPT)):
        frame = each.made[name]
        for i in range(len(frame)):
            kind = word or str(frame.text("type")[i])
            amount = money_text(abs(int(frame.ints("amount")[i])), str(frame.text("currency")[i]))
            done = "made" if frame.text("reverses")[i] == "" else "taken back"
            words.append(f"{kind} {frame.text(_KEYS[name])[i]} {amount} {done}")
    fee = int(each.row.ints("bank_fee")[0])
    if each.row.text("kind")[0] == "Bounced" and fee > 0:
        words.append(f"bank fee {money_text(fee, each.currency)}")
    return "; ".join(words)


def journal_words(lines: Frame) -> str:
    """Journal lines in a cell: `Dr 1200 525.00; Cr 1000 525.00`."""
    words = []
    for i in range(len(lines)):
        currency = str(lines.text("currency")[i])
        for side, key in (("Dr", "debit"), ("Cr", "credit")):
            amount = int(lines.ints(key)[i])
            if amount:
                account = lines.text("account")[i]
                words.append(f"{side} {account} {money_text(amount, currency)}")
    return "; ".join(sorted(words, reverse=True))


def _application(used: Frame, i: int, currency: str) -> str:
    amount, discount = int(used.ints("amount")[i]), int(used.ints("discount")[i])
    discount += int(used.ints("difference")[i])
    source, invoice = used.text("source_no")[i], used.text("invoice_no")[i]
    back = amount + discount < 0
    if used.text("source_type")[i] == ADJUSTMENT:
        verb = "no longer takes" if back else "takes"
        return f"{source} {verb} {money_text(abs(amount + discount), currency)} off {invoice}"
    shown = money_text(abs(amount), currency)
    more = f" and {money_text(abs(discount), currency)} discount" if discount else ""
    return f"{source} {'no longer pays' if back else 'pays'} {shown}{more} of {invoice}"


def _of_batch(frame: Frame, batch: str) -> Frame:
    return frame.take(np.flatnonzero(frame.text("batch") == batch))


def _numbers(rows: Mapping[str, Frame]) -> set[str]:
    """The documents that a batch of adjustments touches."""
    named = set(rows["Adjustments"].text("document_no").tolist())
    for key in ("source_no", "invoice_no"):
        named |= set(rows["Applications"].text(key).tolist())
    for name in ("Invoices", "Receipts"):
        named |= set(rows[name].text(_KEYS[name]).tolist())
    return named - {""}


def _near(ledger: Ledger, batch: str, numbers: set[str]) -> Ledger:
    """The posted rows of some documents, those of a batch and later ones left out."""
    tables = dict(before(ledger, batch).tables)
    for name, key in _NEAR.items():
        if name in tables:
            tables[name] = tables[name].take(_among(tables[name].text(key), numbers))
    for name in ("Applications", "Journal", "Fees", "Instalments"):
        tables.pop(name, None)
    return Ledger(tables, {}, ledger.policy)


def _places(near: Ledger) -> dict[str, dict[str, list[int]]]:
    """Where the rows of each document stand, by table and number."""
    made: dict[str, dict[str, list[int]]] = {}
    for name, key in _NEAR.items():
        mine = made.setdefault(name, {})
        for at, number in enumerate(near.posted(name).text(key).tolist()):
            mine.setdefault(number, []).append(at)
    return made


def _with(
    near: Ledger, places: Mapping[str, Mapping[str, list[int]]], made: Mapping[str, Frame]
) -> Ledger:
    """The rows of the documents of one adjustment, and what it made."""
    tables, numbers = dict(near.tables), _numbers(made)
    for name in _NEAR:
        if name in tables:
            at = [i for number in sorted(numbers) for i in places[name].get(number, ())]
            tables[name] = tables[name].take(np.array(at, dtype=np.int64))
    for name, frame in made.items():
        if len(frame):
            tables[name] = _joined(tables[name], frame) if name in tables else frame
    return Ledger(tables, {}, near.policy)


def _joined(first: Frame, second: Frame) -> Frame:
    columns = {key: np.concatenate([first.columns[key], second.columns[key]])
               for key in first.table.by_key}  # fmt: skip
    return Frame(first.table, columns, np.concatenate([first.row, second.row]))


def _made(rows: Mapping[str, Frame], row: Frame) -> dict[str, Frame]:
    """The rows of the batch that an adjustment made."""
    number, kind = str(row.text("adjustment_no")[0]), str(row.text("kind")[0])
    document = str(row.text("document_no")[0])
    used, invoices, receipts = rows["Applications"], rows["Invoices"], rows["Receipts"]
    mine = _begins(used.text("reason"), f"{number}: ")
    own = (used.text("source_type") == ADJUSTMENT) & (used.text("source_no") == number)
    mine |= own & (used.text("reverses") == "")
    taken = kind in _TAKES_BACK
    gone = (invoices.text("reverses") != "") & (invoices.text("invoice_no") == document) & taken
    back = (receipts.text("reverses") != "") & (receipts.text("receipt_no") == document) & taken
    new = (invoices.text("reverses") == "") & _begins(invoices.text("description"), f"{number}: ")
    return {
        "Applications": used.take(np.flatnonzero(mine)),
        "Invoices": invoices.take(np.flatnonzero(gone | new)),
        "Receipts": receipts.take(np.flatnonzero(back)),
    }


def _begins(texts: TextArray, start: str) -> BoolArray:
    return np.fromiter((text.startswith(start) for text in texts), np.bool_, len(texts))


def _changes(made: Mapping[str, Frame]) -> Iterator[tuple[Key, int]]:
    """What rows add to what is open of documents and left of credits."""
    used = made["Applications"]
    settled = used.ints("amount") + used.ints("discount") + used.ints("difference")
    for i in range(len(used)):
        yield (False, str(used.text("invoice_no")[i])), -int(settled[i])
        kind = str(used.text("source_type")[i])
        if kind != ADJUSTMENT:
            key = (kind == RECEIPT, str(used.text("source_no")[i]))
            yield key, -int(used.ints("source_amount")[i])
    for name in ("Invoices", "Receipts"):
        frame = made[name]
        for number, amount in zip(frame.text(_KEYS[name]).tolist(), frame.ints("amount").tolist(),
                                  strict=True):  # fmt: skip
            yield (name == "Receipts", str(number)), int(amount)


def _key(balances: Mapping[Key, int], number: str) -> Key | None:
    """The one document of a number that stands in the books."""
    found = [(receipt, number) for receipt in (False, True) if (receipt, number) in balances]
    return found[0] if len(found) == 1 else None


def _currency(near: Ledger, row: Frame, made: Mapping[str, Frame]) -> str:
    """The currency of an adjustment: that of its document, else of what it made."""
    names = [str(row.text("document_no")[0]), *made["Invoices"].text("invoice_no").tolist(),
             *made["Applications"].text("invoice_no").tolist()]  # fmt: skip
    for name in names:
        for table in ("Invoices", "Receipts"):
            frame = near.posted(table)
            at = np.flatnonzero(frame.text(_KEYS[table]) == name)
            if len(at):
                return str(frame.text("currency")[at[-1]])
    return near.policy.settings.base_currency


def _among(texts: TextArray, wanted: set[str]) -> BoolArray:
    return np.array(pd.Series(texts, dtype=object).isin(wanted), dtype=np.bool_)

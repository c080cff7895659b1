"""The disputes of a date: what is contested, by whom it is settled, and how the last ones ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ar_xl.core.arrays import (
    BLANK,
    BoolArray,
    DateArray,
    IntArray,
    TextArray,
    filled,
    positions,
    sum_by,
    text_array,
)
from ar_xl.core.dates import day, days_between, month_start
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.disputes import claims, contested
from ar_xl.ops.collecting.settling import (
    DRAFT,
    POSTED,
    RELEASE,
    endings,
    settled_words,
    settlings,
)
from ar_xl.ops.open_items import OpenItems, open_items

NO_REASON, NOBODY = "(no reason)", "(nobody)"


@dataclass(frozen=True)
class DisputeCases:
    """Disputes with what they come to, one element each; amounts in minor units.

    Args:
        row: index in the Disputes table.
        number, invoice_no, customer_id, currency: of the dispute; an unknown invoice has no
            customer, and the base currency.
        line: the instalment, BLANK where the dispute names none.
        claimed: what it claims of the document, not limited to what is open.
        disputed: the part of that which is open; of ended ones 0.
        invoice_open: what is open of the whole document.
        rest: of that, what no dispute contests.
        reason, owner: as typed, in words where the cell is empty.
        opened, ended: days; `ended` is NaT while the dispute is open.
        age: days from the one to the as-of date, or to the end.
        call_at: the day of the conference call, NaT without one.
        settled: by which document, in words; "" without one.
        settled_amount: of that document, BLANK without one.
        state: of that document: draft, posted, undone or "".
        known: the invoice is posted and stands.
    """

    row: IntArray
    number: TextArray
    invoice_no: TextArray
    customer_id: TextArray
    currency: TextArray
    line: IntArray
    claimed: IntArray
    disputed: IntArray
    invoice_open: IntArray
    rest: IntArray
    reason: TextArray
    owner: TextArray
    opened: DateArray
    ended: DateArray
    age: IntArray
    call_at: DateArray
    settled: TextArray
    settled_amount: IntArray
    state: TextArray
    known: BoolArray

    def __len__(self) -> int:
        return len(self.row)

    def take(self, chosen: IntArray | BoolArray) -> DisputeCases:
        """The disputes that an index or a mask picks."""
        return replace(
            self, **{name: getattr(self, name)[chosen] for name in self.__dataclass_fields__}
        )


@dataclass(frozen=True)
class DisputeList:
    """The disputes of a date.

    Args:
        as_of: the date.
        open: those open then, oldest first; those about nothing that is open come last.
        ended: those that ended in its month, up to the date, in the order of their ends.
    """

    as_of: date
    open: DisputeCases
    ended: DisputeCases


def dispute_list(ledger: Ledger, as_of: date) -> DisputeList:
    """List the disputes of a date.

    Args:
        ledger: its Disputes; posted rows count, drafts only as what is to settle a dispute.
        as_of: disputes opened later are not listed, nor does what ended later count as ended.
    """
    every = dispute_cases(ledger, as_of)
    begun = every.opened <= day(as_of)
    first = month_start(np.array([day(as_of)]))[0]
    standing = every.take(np.flatnonzero(begun & np.isnat(every.ended)))
    ended = every.take(np.flatnonzero(begun & (every.ended >= first)))
    order = np.lexsort((standing.row, standing.opened, standing.disputed == 0))
    last = np.lexsort((ended.row, ended.ended))
    return DisputeList(as_of, standing.take(order), ended.take(last))


def dispute_cases(ledger: Ledger, as_of: date) -> DisputeCases:
    """Every row of Disputes with what it comes to at a date, in the order of the sheet.

    Args:
        ledger: its Disputes and what was posted.
        as_of: the date.
    """
    rows, items = ledger.posted("Disputes"), open_items(ledger, as_of)
    items = items.take(np.flatnonzero(positions(rows.text("invoice_no"), items.invoice_no) >= 0))
    count, numbers = len(rows), rows.text("invoice_no")
    found, every = contested(ledger, items, as_of), claims(ledger, items, as_of)
    by_item = sum_by(found.item, found.amount, len(items))
    at = positions(items.invoice_no, numbers)
    known = at >= 0
    known[known] = _amounts(items, numbers[known], items.amount) != 0
    ended, settled = endings(ledger, as_of), settlings(ledger, as_of)
    opened = rows.dates("opened")
    until = np.where(ended.closed, ended.on, day(as_of))
    is_open = _amounts(items, numbers, items.open)
    return DisputeCases(
        row=np.arange(count),
        number=rows.text("dispute_no"),
        invoice_no=numbers,
        customer_id=_of_item(items.customer_id, at, ""),
        currency=_of_item(items.currency, at, ledger.policy.settings.base_currency),
        line=rows.ints("line"),
        claimed=sum_by(every.row, every.amount, count),
        disputed=sum_by(found.row, found.amount, count),
        invoice_open=is_open,
        rest=np.asarray(is_open - _amounts(items, numbers, by_item), dtype=np.int64),
        reason=_or(rows.text("reason"), NO_REASON),
        owner=_or(rows.text("owner"), NOBODY),
        opened=opened,
        ended=np.fmax(ended.on, np.where(ended.closed, opened, ended.on)),
        age=np.maximum(days_between(until, opened), 0),
        call_at=rows.dates("call_at"),
        settled=_words(rows.text("settled_by"), settled.way, settled.state),
        settled_amount=np.where(settled.state == "", BLANK, settled.amount),
        state=settled.state,
        known=known,
    )


def how_it_ended(ledger: Ledger, cases: DisputeCases) -> TextArray:
    """How each of some ended disputes ended, in words.

    Args:
        ledger: with the Disputes that the cases come from.
        cases: ended ones.
    """
    rows = ledger.posted("Disputes").take(cases.row)
    typed, by = rows.text("resolution"), rows.text("resolve_by")
    pairs = zip(cases.settled, cases.state, typed, by, strict=True)
    return text_array(
        settled if state == POSTED else said or ("Released" if way == RELEASE else "Closed")
        for settled, state, said, way in pairs
    )


def _amounts(items: OpenItems, numbers: TextArray, amount: IntArray) -> IntArray:
    """The sum of an amount over the lines of each document."""
    names = np.array(sorted(set(numbers.tolist())), dtype=object)
    sums = sum_by(positions(names, items.invoice_no), amount, len(names))
    return np.asarray(sums[positions(names, numbers)], dtype=np.int64)


def _of_item(column: TextArray, at: IntArray, missing: str) -> TextArray:
    return np.asarray(np.append(column, missing)[at], dtype=object)


def _or(texts: TextArray, empty: str) -> TextArray:
    return np.where(texts == "", filled(len(texts), empty), texts)


def _words(number: TextArray, way: TextArray, state: TextArray) -> TextArray:
    rows = zip(number.tolist(), way.tolist(), state.tolist(), strict=True)
    return text_array(
        "" if not was else f"{settled_words(how, no)}{', a draft' if was == DRAFT else ''}"
        for no, how, was in rows
    )

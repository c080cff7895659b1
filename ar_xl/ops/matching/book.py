"""The open documents that money may pay, and what of them is left while a batch is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray, TextArray, codes_of, positions, sum_by
from ar_xl.core.ledger import Ledger
from ar_xl.ops.allocation import payable_items
from ar_xl.ops.collecting.disputes import disputed
from ar_xl.ops.discounts import NO_WINDOW, discount_windows
from ar_xl.ops.open_items import OpenItems
from ar_xl.ops.settlements import day_numbers

NOBODY = -1


@dataclass(frozen=True)
class People:
    """The customers, by index.

    Args:
        ids, names: as in Customers; a customer that only documents know has no name.
        parent: index of the customer that pays for it, NOBODY where there is none.
        children: the customers that each one pays for.
    """

    ids: TextArray
    names: TextArray
    parent: list[int]
    children: dict[int, list[int]]

    def pays_for(self, payer: int, owner: int) -> bool:
        """Whether a customer pays documents of another: its own, or its child's."""
        return payer == owner or self.parent[owner] == payer

    def related(self, one: int, other: int) -> bool:
        """Whether two customers belong to one family: same, parent and child, or siblings."""
        mine, theirs = self.parent[one], self.parent[other]
        return one in (other, theirs) or mine == other or (mine >= 0 and mine == theirs)


def people_of(ledger: Ledger, seen: TextArray) -> People:
    """The customers of a ledger and those that documents name besides."""
    customers = ledger.posted("Customers")
    ids, named = customers.text("customer_id"), customers.text("name")
    _, every = codes_of(ids, seen)
    every = every[every != ""]
    at = positions(ids, every)
    names = np.append(named, "").astype(object)[at]
    parents = np.append(customers.text("parent_id"), "").astype(object)[at]
    parent = np.where(parents == "", NOBODY, positions(every, parents))
    parent[parent == np.arange(len(every))] = NOBODY
    children: dict[int, list[int]] = {}
    for child in np.flatnonzero(parent >= 0).tolist():
        children.setdefault(int(parent[child]), []).append(child)
    return People(every, names, parent.tolist(), children)


@dataclass(frozen=True)
class OpenBook:
    """Documents with something open, by customer and currency, the oldest due first.

    Args:
        people: the customers.
        number, reference, purchase_order: texts of each document.
        owner: index of the customer.
        currency: index into `currencies`.
        currencies: texts.
        due, invoiced: day numbers.
        open: what is left of it, minor units; falls as a batch is proposed.
        contested: what of it is in dispute.
        until, earning: last day and amount of the discounts of both windows.
        parts: of documents with several open instalments what is due up to each but the last.
        whole: nothing of it was taken by this batch yet.
        start, stop: the slice of documents of each customer * len(currencies) + currency.
    """

    people: People
    number: TextArray
    reference: TextArray
    purchase_order: TextArray
    owner: IntArray
    currency: IntArray
    currencies: TextArray
    due: IntArray
    invoiced: IntArray
    open: IntArray
    contested: IntArray
    until: tuple[IntArray, IntArray]
    earning: tuple[IntArray, IntArray]
    parts: dict[int, list[int]]
    whole: BoolArray
    start: IntArray
    stop: IntArray

    def __len__(self) -> int:
        return len(self.open)

    def currency_of(self, code: str) -> int:
        """The index of a currency, NOBODY where no open document has it."""
        at = np.flatnonzero(self.currencies == code)
        return int(at[0]) if len(at) else NOBODY

    def slice_of(self, customer: int, currency: int) -> slice:
        """Where the documents of a customer in a currency stand."""
        key = customer * len(self.currencies) + currency
        return slice(int(self.start[key]), int(self.stop[key]))

    def earned(self, chosen: slice | IntArray, day: int) -> IntArray:
        """What money of a day earns on documents by closing them."""
        first = day <= self.until[0][chosen]
        second = np.where(day <= self.until[1][chosen], self.earning[1][chosen], 0)
        found = np.where(first, self.earning[0][chosen], second)
        return np.where(self.whole[chosen] & (found < self.open[chosen]), found, 0)

    def earned_on(self, document: int, day: int) -> int:
        """What money of a day earns on one document by closing it."""
        if not self.whole[document]:
            return 0
        for slot in (0, 1):
            if day <= self.until[slot][document]:
                found = int(self.earning[slot][document])
                return found if found < self.open[document] else 0
        return 0

    def take(self, document: int, amount: int) -> None:
        """Let a proposal use some of what a document has open."""
        assert 0 < amount <= self.open[document], f"{amount} of {self.open[document]}"
        self.open[document] -= amount
        self.whole[document] = False
        self.parts.pop(document, None)


def open_book(ledger: Ledger, as_of: date, seen: TextArray) -> OpenBook:
    """Index what is open.

    Args:
        ledger: its documents posted by the date.
        as_of: the last Posting Date that counts.
        seen: customers that the money itself names.
    """
    items = payable_items(ledger, as_of)
    documents = items.documents
    people = people_of(ledger, np.concatenate([seen, documents.text("customer_id")]))
    live = items.open > 0
    count = len(documents)
    left = sum_by(items.document[live], items.open[live], count)
    kept = np.flatnonzero(left > 0)
    owner = positions(people.ids, documents.text("customer_id")[kept])
    (currency,), currencies = codes_of(documents.text("currency")[kept])
    due = np.full(count, np.iinfo(np.int64).max, dtype=np.int64)
    np.minimum.at(due, items.document[live], day_numbers(items.due_date[live]))
    invoiced = day_numbers(documents.dates("invoice_date")[kept])
    key = owner * max(len(currencies), 1) + currency
    names = documents.text("invoice_no")[kept]
    by_name = np.argsort(np.argsort(names.astype(str), kind="stable"), kind="stable")
    order = np.lexsort((by_name, invoiced, due[kept], key))
    rows = kept[order]
    keys = np.arange(len(people.ids) * max(len(currencies), 1))
    contested = np.minimum(disputed(ledger, items, as_of), np.maximum(items.open, 0))
    until, earning = _discounts(ledger, items, live, rows)
    return OpenBook(
        people=people,
        number=documents.text("invoice_no")[rows],
        reference=documents.text("reference")[rows],
        purchase_order=documents.text("po")[rows],
        owner=owner[order],
        currency=currency[order],
        currencies=currencies,
        due=due[rows],
        invoiced=invoiced[order],
        open=left[rows],
        contested=sum_by(items.document, contested, count)[rows],
        until=until,
        earning=earning,
        parts=_parts(items, live, rows),
        whole=np.ones(len(rows), dtype=bool),
        start=np.searchsorted(key[order], keys, side="left"),
        stop=np.searchsorted(key[order], keys, side="right"),
    )


def _discounts(
    ledger: Ledger, items: OpenItems, live: BoolArray, rows: IntArray
) -> tuple[tuple[IntArray, IntArray], tuple[IntArray, IntArray]]:
    """Last days and amounts of both windows, per document."""
    windows, count = discount_windows(ledger, items), len(items.documents)
    until, earning = [], []
    for slot in (0, 1):
        last = np.full(count, NO_WINDOW, dtype=np.int64)
        last[items.document] = windows.until[slot]
        until.append(last[rows])
        earning.append(sum_by(items.document[live], windows.left[slot][live], count)[rows])
    return (until[0], until[1]), (earning[0], earning[1])


def _parts(items: OpenItems, live: BoolArray, rows: IntArray) -> dict[int, list[int]]:
    """What is due up to each open instalment but the last, for documents with several."""
    lines = np.bincount(items.document[live], minlength=len(items.documents))
    several = np.flatnonzero(lines[rows] > 1)
    place = np.full(len(items.documents), NOBODY, dtype=np.int64)
    place[rows[several]] = several
    found: dict[int, list[int]] = {}
    mine = np.flatnonzero(live & (place[items.document] >= 0))
    for document, amount in zip(
        place[items.document[mine]].tolist(), items.open[mine].tolist(), strict=True
    ):
        sums = found.setdefault(document, [])
        sums.append(amount + (sums[-1] if sums else 0))
    return {document: sums[:-1] for document, sums in found.items()}

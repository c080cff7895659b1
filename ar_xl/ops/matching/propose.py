"""Proposals for a batch of money: which documents each line pays, how sure that is, and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import numpy as np

from ar_xl.core.arrays import filled, positions
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.ops.matching.book import open_book
from ar_xl.ops.matching.parts import PAYMENT, SURE, Incoming, Proposals

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]*")
STEP = 1000  # lines between two words of progress


def _silent(done: int, of: int) -> None:
    """Say nothing."""


def propose(
    ledger: Ledger,
    money: Incoming,
    as_of: date,
    progress: Callable[[int, int], None] = _silent,
) -> Proposals:
    """Propose what each line pays; the order of the lines changes nothing.

    Args:
        ledger: its open documents, customers, payer aliases and settings.
        money: lines to explain; amounts that are no receipts are said as what they are.
        as_of: the last Posting Date of documents that counts.
        progress: called with lines done and lines in all.
    """
    book = open_book(ledger, as_of, money.customer_id)
    count = len(money)
    customers, documents, rules = (filled(count, "") for _ in range(3))
    why, alternatives = filled(count, ""), filled(count, "")
    confidence = np.zeros(count, dtype=np.int64)
    auto = np.zeros(count, dtype=bool)
    order = np.lexsort((money.line_id.astype(str), money.date))
    for done, line in enumerate(order.tolist()):
        if done % STEP == 0:
            progress(done, count)
        amount = int(money.amount[line])
        if money.kind[line] != PAYMENT or amount <= 0:
            rules[line] = "not a receipt"
            why[line] = f"{money.kind[line]}: no money from a customer."
            continue
        words = np.array(_WORD.findall(str(money.text[line])), dtype=object)
        found = [at for at in dict.fromkeys(positions(book.number, words).tolist()) if at >= 0]
        here = book.currency_of(str(money.currency[line]))
        found = [at for at in found if book.currency[at] == here and book.open[at] > 0]
        if not found or int(book.open[found].sum()) != amount:
            rules[line], why[line] = "nothing found", "No document fits."
            continue
        for at in found:
            book.take(at, int(book.open[at]))
        numbers = [str(book.number[at]) for at in found]
        shown = money_text(amount, str(money.currency[line]))
        customers[line] = book.people.ids[book.owner[found[0]]]
        documents[line] = "; ".join(numbers)
        rules[line], confidence[line], auto[line] = "number and amount", SURE, True
        why[line] = f"Names {', '.join(numbers)}, and {shown} is what is open."
    progress(count, count)
    fees = np.zeros(count, dtype=np.int64)
    return Proposals(
        money.line_id, customers, documents, fees, confidence, rules, why, alternatives, auto
    )

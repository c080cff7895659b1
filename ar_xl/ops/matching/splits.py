"""One document paid by several lines: each is a part, together they are what is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ar_xl.core.arrays import IntArray
from ar_xl.core.money import money_text
from ar_xl.ops.matching import confidence as sure
from ar_xl.ops.matching.by_number import customer_for
from ar_xl.ops.matching.case import Case, Engine, Guess
from ar_xl.ops.matching.fits import PART, Fit, Use
from ar_xl.ops.matching.names import LIKE
from ar_xl.ops.matching.textnumbers import ANNOUNCED
from ar_xl.ops.subset import OLDEST, exact_subset

APART = 14  # days that lines of one split may lie apart
TRIED = 60  # documents of a payer that splits are looked for among
MOST = 3  # lines of one split that name no document

Guesses = list[tuple[Guess, ...]]


def mark_splits(engine: Engine, case_of: Callable[[int], Case], guesses: Guesses) -> None:
    """Raise parts of a document that name it and together pay all of it.

    Args:
        engine: what is left open after all lines took what they pay.
        case_of: a line by its place.
        guesses: of each line, changed in place.
    """
    for document, lines in engine.taken.items():
        if len(lines) < 2 or engine.book.open[document] > 0:
            continue
        best = [guesses[line][0] for line in lines]
        if any(
            guess.fit is None
            or guess.fit.documents != (document,)
            or guess.fit.uses[0].amount != case_of(line).amount
            or guess.asked
            or not guess.evidence
            or min(each.level for each in guess.evidence) < ANNOUNCED
            or guess.confidence <= sure.FOREIGN
            for line, guess in zip(lines, best, strict=True)
        ):
            continue
        number = engine.book.number[document]
        for line, guess in zip(lines, best, strict=True):
            case = case_of(line)
            assert guess.fit is not None, "a part"
            part = Fit(PART, (Use(document, case.amount, False),), off=guess.fit.off)
            note = f"With {len(lines) - 1} more that name it, all of {number} is paid."
            raised = replace(
                guess, rule="Split payment", fit=part, twofold=True, notes=(note,),
                confidence=max(guess.confidence, sure.SPLIT),
            )  # fmt: skip
            guesses[line] = (raised, *guesses[line][1:])


def pay_in_splits(engine: Engine, case_of: Callable[[int], Case], guesses: Guesses) -> None:
    """Explain lines of one payer that fit nothing alone but together pay one document.

    Args:
        engine: what is left open; what the splits pay is taken from it.
        case_of: a line by its place.
        guesses: of each line, changed in place.
    """
    for customer, lines in _left_over(guesses).items():
        cases = {line: case_of(line) for line in lines}
        pool = engine.open_of(customer, cases[lines[0]])[:TRIED]
        for document in pool.tolist():
            found = _together(engine, document, [at for at in lines if at in cases], cases)
            if found:
                _book(engine, document, found, cases, guesses)
                for line in found:
                    del cases[line]


def _left_over(guesses: Guesses) -> dict[int, list[int]]:
    """Lines of which no more than the payer is known, by customer; at least two each."""
    by_customer: dict[int, list[int]] = {}
    for line, (best, *_) in enumerate(guesses):
        known = best.payer is not None and best.payer.level >= LIKE
        if best.fit is None and known and not best.asked:
            by_customer.setdefault(best.customer, []).append(line)
    return {each: lines for each, lines in sorted(by_customer.items()) if len(lines) > 1}


def _together(engine: Engine, document: int, lines: list[int], cases: dict[int, Case]) -> list[int]:
    """Lines that together are what is open on a document."""
    due = int(engine.book.open[document])
    some = [at for at in lines if cases[at].currency == engine.book.currency[document]]
    some = [at for at in some if cases[at].amount < due][:OLDEST]
    if len(some) < 2:
        return []
    found = exact_subset([cases[at].amount for at in some], due)
    if found is None or found.other or not 2 <= len(found.items) <= MOST:
        return []
    chosen = [some[at] for at in found.items]
    days: IntArray = np.array([cases[at].day for at in chosen])
    return chosen if int(days.max() - days.min()) <= APART else []


def _book(
    engine: Engine, document: int, lines: list[int], cases: dict[int, Case], guesses: Guesses
) -> None:
    number = engine.book.number[document]
    due = money_text(int(engine.book.open[document]), cases[lines[0]].code)
    for line in lines:
        case, before = cases[line], guesses[line][0]
        left = int(engine.book.open[document])
        way = Fit(PART, (Use(document, case.amount, False),), off=left - case.amount)
        engine.book.take(document, case.amount)
        engine.taken.setdefault(document, []).append(line)
        owner = int(engine.book.owner[document])
        note = f"With {len(lines) - 1} more of this payer it is the {due} open on {number}."
        guess = Guess(
            "Payer: split payment", sure.SPLIT_UNNAMED, customer_for(engine, before.payer, {owner}),
            way, (), before.payer, (note,), True,
        )  # fmt: skip
        guesses[line] = (guess, *guesses[line])

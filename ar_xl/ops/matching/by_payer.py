"""What a payer may mean: documents of the customer, by the amount; and amounts without a payer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray
from ar_xl.ops.matching import confidence as sure
from ar_xl.ops.matching.by_number import customer_for, guess_of
from ar_xl.ops.matching.case import Case, Engine, Guess
from ar_xl.ops.matching.fits import (
    CLOSING,
    EXACT,
    INSTALMENT,
    LATE,
    NET,
    UNDISPUTED,
    Fit,
)
from ar_xl.ops.matching.names import SAME, WEAK, Payer
from ar_xl.ops.matching.search import ONE, Found, run_of, subset_of
from ar_xl.ops.matching.textnumbers import ANNOUNCED, DIGITS, Read

PAYERS = 3  # customers that one line is tried with
MISTYPED = 60  # documents that an amount does not fit, compared with mistyped numbers
NEAR = 12  # documents of nearly the amount that are looked at


def by_payer(engine: Engine, case: Case) -> list[Guess]:
    """Every way in which the likely payers may mean their own documents."""
    guesses: list[Guess] = []
    for payer in case.payers[:PAYERS]:
        mine = _of_payer(engine, case, payer)
        guesses += mine
        if any(guess.confidence >= sure.EQUALS for guess in mine):
            break
    return guesses


def _of_payer(engine: Engine, case: Case, payer: Payer) -> list[Guess]:
    own = engine.open_of(payer.customer, case)
    children = engine.book.people.children.get(payer.customer, ())
    pools = [own]
    if children:
        theirs = [engine.open_of(child, case) for child in children]
        every = np.concatenate([own, *theirs])
        pools.append(every[np.argsort(engine.book.due[every], kind="stable")])
    out: list[Guess] = []
    for pool in pools:
        out += _mistyped(engine, case, pool)
        out += _single(engine, case, payer, pool)
        if not any(guess.confidence >= sure.FEWER_NAMED for guess in out):
            out += _several(engine, case, payer, pool)
        if any(guess.confidence >= sure.FEWER_NAMED for guess in out):
            return out
    note = "None of its documents fits the amount." if len(own) else "It has no open document."
    alone = sure.PAYER_ALONE[payer.level] if len(own) else sure.PAYER_ALONE[payer.level] - 10
    return [*out, Guess("Payer alone", alone, payer.customer, None, (), payer, (note,))]


def _mistyped(engine: Engine, case: Case, pool: IntArray) -> list[Guess]:
    """Documents of the payer whose number differs by one sign from a word of the text."""
    if not case.read.words:
        return []
    owners, owner = set(engine.book.owner[pool].tolist()), engine.book.owner
    fitting = [each for each in engine.equal(case).tolist() if int(owner[each]) in owners]
    compared = np.array(fitting, dtype=np.int64) if fitting else pool[:MISTYPED]
    out = []
    for each in engine.numbers.alike(case.read.words, compared)[:NEAR]:
        found = engine.fit(case, np.array([each.document]))
        if found is not None:
            out.append(guess_of(engine, case, [each], found))
    return out


def _single(engine: Engine, case: Case, payer: Payer, pool: IntArray) -> list[Guess]:
    """One document of the payer that the amount fits."""
    book, amount = engine.book, case.amount
    left = book.open[pool]
    net = left - book.earned(pool, case.day)
    closing = pool[(left == amount) | (net == amount)]
    if len(closing):
        return [_closing(engine, case, payer, closing)]
    near = [pool[(book.contested[pool] > 0) & (left - book.contested[pool] == amount)]]
    if book.parts:
        parts = [at for at in pool.tolist() if amount in book.parts.get(at, ())]
        near.append(np.array(parts, dtype=np.int64))
    late = np.maximum(book.earning[0][pool], book.earning[1][pool])
    near.append(pool[(late > 0) & book.whole[pool] & (left - late == amount)])
    most = engine.limits.under[pool] if len(pool) else left
    fee = engine.limits.fee[case.currency] if len(pool) else 0
    most = np.maximum(most, fee)
    near += [pool[(due > amount) & (due - amount <= most)] for due in (left, net)]
    out = []
    for document in dict.fromkeys(np.concatenate(near)[:NEAR].tolist()):
        found = engine.fit(case, np.array([document]))
        if found is None or found.kind not in sure.BY_PAYER:
            continue
        guess = _paid_by(engine, case, payer, found, sure.BY_PAYER[found.kind][payer.level])
        out.append(guess)
    if len(out) > 1:
        out = [each.lowered(sure.SEVERAL_SETS, "Several documents are near.") for each in out]
    return out


def _closing(engine: Engine, case: Case, payer: Payer, closing: IntArray) -> Guess:
    """The document that the amount closes; of several the oldest that is dated by then."""
    book = engine.book
    dated = closing[book.invoiced[closing] <= case.day]
    chosen = int((dated if len(dated) else closing)[0])
    found = engine.fit(case, np.array([chosen]))
    assert found is not None, "a document that the amount closes"
    if found.kind not in (EXACT, NET):
        found = Fit(EXACT, found.uses)
    others = engine.equal(case)
    elsewhere = len(others) - len(closing)
    others = others[book.owner[others] != payer.customer]
    likely = {each.customer for each in case.payers if each.customer != payer.customer}
    alike = not likely.isdisjoint(book.owner[others].tolist())
    confidence = sure.BY_PAYER[found.kind][payer.level]
    guess = _paid_by(engine, case, payer, found, confidence)
    rivals = dated if len(dated) else closing
    if len(rivals) > 1:
        several = f"{len(rivals)} of its open documents have this amount; this is the oldest."
        guess = replace(guess.lowered(sure.EQUALS, several), choice=True)
    if payer.level < SAME and alike:
        guess = guess.less(2 * sure.COMMON_COSTS, "One of a like name has such a document too.")
    elif payer.level < SAME and not payer.clear and elsewhere >= sure.COMMON_AMOUNT:
        guess = guess.less(sure.COMMON_COSTS, f"{elsewhere} documents of others have this amount.")
    if not len(dated):
        guess = guess.less(sure.DATED_LATER, "But the document is dated after the payment.")
    return guess


def _paid_by(engine: Engine, case: Case, payer: Payer, found: Fit, confidence: int) -> Guess:
    owners = {int(engine.book.owner[each]) for each in found.documents}
    customer = customer_for(engine, payer, owners)
    twofold = payer.level > WEAK and found.kind in CLOSING | {INSTALMENT, UNDISPUTED, LATE}
    guess = Guess(
        f"Payer: {found.kind}", confidence, customer, found, (), payer, (), twofold
    )  # fmt: skip
    return less_what_is_named(engine, case.read, guess)


def less_what_is_named(engine: Engine, read: Read, guess: Guess) -> Guess:
    """Lower a guess by amount where the text names other documents."""
    assert guess.fit is not None
    paid = set(guess.fit.documents)
    others = [each for each in read.named if each.document not in paid]
    strong = [each for each in others if each.level >= ANNOUNCED]
    named = {each.document for each in read.named if each.level >= ANNOUNCED}
    if paid & named and paid - named:
        guess = guess.lowered(sure.ONE_MORE, "But the text names only some of them.")
    weak = [
        each
        for each in others
        if each.level == DIGITS and engine.book.owner[each.document] == guess.customer
    ]
    for some, points in ((strong, sure.NAMES_OTHERS), (weak, sure.DATED_LATER)):
        if some:
            names = ", ".join(str(engine.book.number[each.document]) for each in some[:3])
            return guess.less(points, f"But the text names {names}.")
    return guess


def _several(engine: Engine, case: Case, payer: Payer, pool: IntArray) -> list[Guess]:
    """Several documents of the payer that add up: the balance, a run, what is late, a subset."""
    book = engine.book
    free = pool[book.open[pool] > book.contested[pool]]
    if len(free) < 2:
        return []
    left = book.open[free] - book.contested[free]
    for amounts, kind in ((left, EXACT), (left - book.earned(free, case.day), NET)):
        if kind == NET and (amounts == left).all():
            continue
        for found in _ways(amounts, case.amount, book.due[free] < case.day):
            chosen = free[list(found.places)]
            way = engine.fit(case, chosen)
            if way is not None and way.kind in (EXACT, NET):
                return [_together(engine, case, payer, way, found, free)]
    return []


def _ways(amounts: IntArray, target: int, late: BoolArray) -> Iterator[Found]:
    """Sets that add up, the most natural first; a run that is one of many waits for a subset."""
    run = run_of(amounts, target)
    if run is not None and run.name == "balance":
        yield run
    overdue = np.flatnonzero(late)
    if len(overdue) > 1 and int(amounts[overdue].sum()) == target:
        yield Found("all past due", tuple(overdue.tolist()), 2 * ONE // max(target, 2))
    subset = subset_of(amounts, target)
    if run is not None and (subset is None or run.chance <= subset.chance):
        yield run
    if subset is not None:
        yield subset


def _together(
    engine: Engine, case: Case, payer: Payer, way: Fit, found: Found, free: IntArray
) -> Guess:
    confidence = sure.less_chance(sure.TOGETHER[payer.level], found.chance)
    guess = _paid_by(engine, case, payer, way, confidence)
    name = found.name if way.kind == EXACT else f"{found.name}, {way.kind}"
    guess = replace(guess, rule=f"Payer: {name}")
    left = engine.book.open[free]
    chosen = np.isin(free, way.documents)
    if np.isin(left[~chosen], left[chosen]).any():
        note = "Other open documents have the same amounts."
        guess = replace(guess.lowered(sure.EQUALS, note), choice=True)
    if found.other:
        other = " + ".join(str(engine.book.number[free[at]]) for at in found.other[:6])
        guess = guess.lowered(sure.SEVERAL_SETS, f"But {other} add up too.")
    return guess


def by_amount(engine: Engine, case: Case) -> list[Guess]:
    """Documents that the amount alone closes, whoever owes them."""
    equal = engine.equal(case)
    out = []
    for each in engine.numbers.alike(case.read.words, equal):
        found = engine.fit(case, np.array([each.document]))
        assert found is not None, "a document that the amount closes"
        out.append(guess_of(engine, case, [each], found))
    known = any(payer.level >= SAME for payer in case.payers)
    if not out and len(equal) and not known:
        out = _alone(engine, case, equal)
    return out


def _alone(engine: Engine, case: Case, equal: IntArray) -> list[Guess]:
    """The amount with no more than a faint likeness of names."""
    likeness = [
        engine.payers.alike(case.payer, int(engine.book.owner[each])) if case.payer else 0
        for each in equal.tolist()
    ]
    best = int(np.argmax(likeness))
    document, like = int(equal[best]), likeness[best]
    found = engine.fit(case, np.array([document]))
    assert found is not None, "a document that the amount closes"
    if like < sure.LIKENESS_FROM and len(equal) > sure.FEW_AMOUNTS:
        return []
    confidence = sure.AMOUNT_AND_LIKENESS if like >= sure.LIKENESS_FROM else sure.AMOUNT_ALONE
    owner = int(engine.book.owner[document])
    rule = "Amount and likeness" if like >= sure.LIKENESS_FROM else "Amount alone"
    notes = (f"The payer's name is {like} % like the customer's.",) if like else ()
    guess = Guess(rule, confidence, owner, found, (), None, notes)
    if len(equal) > 1:
        guess = guess.less(
            confidence - confidence // len(equal), f"{len(equal)} open documents have this amount."
        )
    return [less_what_is_named(engine, case.read, guess)]

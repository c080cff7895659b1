"""What a text names: documents by their numbers, and how the amount fits them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np

from ar_xl.core.arrays import IntArray
from ar_xl.core.money import exponent
from ar_xl.ops.matching import confidence as sure
from ar_xl.ops.matching.book import NOBODY
from ar_xl.ops.matching.case import Case, Engine, Guess
from ar_xl.ops.matching.fits import (
    CLOSING,
    EXACT,
    INSTALMENT,
    NET,
    UNDISPUTED,
    Fit,
    Use,
    in_turn,
)
from ar_xl.ops.matching.names import SAME, Payer
from ar_xl.ops.matching.textnumbers import ANNOUNCED, DIGITS, TYPO, Named
from ar_xl.ops.subset import OLDEST, exact_subset

MOST = 60  # documents that one text may name
COMPARED = 400  # documents whose numbers are compared with mistyped words
NAMED_AMOUNTS = "amounts named"
_FULL = CLOSING | {INSTALMENT, UNDISPUTED, NAMED_AMOUNTS}
_AMOUNT = re.compile(
    r"[ :=(-]{0,3}(?:[A-Z]{3} ?|[$€£] ?)?"
    r"(\d{1,3}(?:[., ']\d{3})+[.,]\d{1,4}|\d+[.,]\d{1,4})(?![\d.,])"
)
_WORDS = {TYPO: "Mistyped number", DIGITS: "Number without prefix"}


def by_number(engine: Engine, case: Case) -> list[Guess]:
    """Every way in which the documents that a text names may be meant, the likeliest first."""
    named = _payable(engine, case)
    if not named:
        return []
    guesses: list[Guess] = []
    for some in _sets(engine, case, named):
        guesses += _fitting(engine, case, some)
        if guesses and guesses[-1].confidence >= sure.SURE:
            return guesses
    strong = [each for each in named if each.level >= ANNOUNCED]
    if not any(_settles(guess) for guess in guesses):
        guesses += _named_amounts(engine, case, strong)
        guesses += _with_mistyped(engine, case, strong)
        guesses += _one_more(engine, case, strong)
        guesses += _some_of(engine, case, named)
    if not guesses and len(strong) > 1:
        guesses += _short(engine, case, strong)
    return guesses


def _payable(engine: Engine, case: Case) -> list[Named]:
    book = engine.book
    good = (
        each
        for each in case.read.named
        if book.currency[each.document] == case.currency and book.open[each.document] > 0
    )
    return list(islice(good, MOST))


def _settles(guess: Guess) -> bool:
    return guess.fit is not None and guess.fit.kind in _FULL and guess.confidence >= sure.RIVAL


def _sets(engine: Engine, case: Case, named: list[Named]) -> list[list[Named]]:
    """The sets that are likely to be meant together, none twice."""
    strong = [each for each in named if each.level >= ANNOUNCED]
    sets = [strong, named]
    if case.payers:
        owner, related = engine.book.owner, engine.book.people.related
        first = case.payers[0].customer
        sets.append([each for each in named if related(first, int(owner[each.document]))])
    if len(named) <= 6:
        sets += [[each] for each in named]
    seen: set[tuple[int, ...]] = set()
    out = []
    for some in sets:
        key = tuple(sorted(each.document for each in some))
        if some and key not in seen:
            seen.add(key)
            out.append(some)
    return out


def _indexes(named: Iterable[Named]) -> IntArray:
    return np.array(sorted(each.document for each in named), dtype=np.int64)


def _fitting(engine: Engine, case: Case, named: Sequence[Named]) -> list[Guess]:
    found = engine.fit(case, _indexes(named))
    return [] if found is None else [guess_of(engine, case, named, found)]


def guess_of(
    engine: Engine, case: Case, named: Sequence[Named], found: Fit, at_most: int = 100
) -> Guess:
    """Put named documents and the way the amount fits them into a guess with its confidence.

    Args:
        engine, case: the line.
        named: the documents that are paid, as the text names them.
        found: how the amount fits.
        at_most: no higher confidence than this.
    """
    owners = {int(engine.book.owner[each]) for each in found.documents}
    payer = engine.agreeing(case, owners)
    level = min(each.level for each in named)
    kind = EXACT if found.kind == NAMED_AMOUNTS else found.kind
    confidence = min(sure.BY_NUMBER[level][kind][0 if payer else 1], at_most)
    schemes = {each.scheme for each in named if each.scheme}
    evidence = "Structured reference" if schemes else _WORDS.get(level, "Number")
    if len(found.uses) > 1 and not schemes:
        evidence = evidence.replace("umber", "umbers")
    guess = Guess(
        f"{evidence}: {found.kind}",
        confidence,
        customer_for(engine, payer, owners),
        found,
        tuple(named),
        payer,
        twofold=found.kind in _FULL or (payer is not None and payer.level >= SAME),
    )
    return _doubted(engine, case, guess, owners, level)


def customer_for(engine: Engine, payer: Payer | None, owners: set[int]) -> int:
    """Who paid: the payer where it pays for all owners, else the owner, or the parent of all."""
    people = engine.book.people
    if payer is not None and all(people.pays_for(payer.customer, each) for each in owners):
        return payer.customer
    if len(owners) == 1:
        return next(iter(owners))
    for head in sorted(owners | {people.parent[each] for each in owners} - {NOBODY}):
        if all(people.pays_for(head, each) for each in owners):
            return head
    return min(owners)


def _doubted(engine: Engine, case: Case, guess: Guess, owners: set[int], level: int) -> Guess:
    """Lower the confidence for what speaks against a guess."""
    people, found = engine.book.people, guess.fit
    assert found is not None, "a guess that pays documents"
    if guess.payer is None:
        known = [each for each in case.payers if each.level >= SAME]
        if known:
            other = people.ids[known[0].customer]
            guess = guess.lowered(
                sure.FOREIGN, f"But the payer is {other}, whose documents they are not."
            )
        elif level <= DIGITS and len(engine.equal(case)) >= sure.COMMON_AMOUNT:
            guess = guess.less(sure.COMMON_COSTS, "Many open documents have this amount.")
    if len(owners) > 1 and not _one_family(engine, owners):
        guess = guess.lowered(sure.STRANGERS, "But they belong to customers that are not related.")
    guess = _read_once(case, guess)
    paid = set(found.documents)
    mentions = {each.at for each in case.read.named if each.document in paid}
    mentions |= {each.at for each in guess.evidence}
    left_out = [
        each
        for each in case.read.named
        if each.level >= ANNOUNCED and each.document not in paid and each.at not in mentions
    ]
    if left_out:
        others = ", ".join(str(engine.book.number[each.document]) for each in left_out[:3])
        fits = found.kind in _FULL
        most = sure.FEWER_NAMED if fits else sure.FEWER_AND_UNFIT
        guess = guess.lowered(most, f"But the text names {others} too.")
    return guess


def _read_once(case: Case, guess: Guess) -> Guess:
    """Doubt a mistyped number that is the right number of another document."""
    typed = {each.at for each in guess.evidence if each.level == TYPO}
    right = {each.at for each in guess.evidence if each.level > TYPO}
    if typed & right or len(typed) < sum(each.level == TYPO for each in guess.evidence):
        return guess.lowered(sure.READ_TWICE, "But one number cannot stand for two documents.")
    others = {each.at for each in case.read.named if each.level >= ANNOUNCED}
    if guess.payer is None and typed & others:
        return guess.lowered(sure.READ_TWICE, "But the number is that of another document.")
    return guess


def _one_family(engine: Engine, owners: set[int]) -> bool:
    listed = sorted(owners)
    return all(engine.book.people.related(listed[0], each) for each in listed[1:])


def _some_of(engine: Engine, case: Case, named: Sequence[Named]) -> list[Guess]:
    """Some of the documents named, where they alone add up."""
    some = sorted(named, key=lambda each: (-each.level, each.document))[:OLDEST]
    index = np.array([each.document for each in some], dtype=np.int64)
    for amounts in (
        engine.book.open[index],
        engine.book.open[index] - engine.book.earned(index, case.day),
    ):
        found = exact_subset(amounts.tolist(), case.amount)
        if found is not None and len(found.items) > 1:
            at_most = sure.SEVERAL_SETS if found.other else 100
            chosen = [some[at] for at in found.items]
            way = engine.fit(case, _indexes(chosen))
            if way is not None and way.kind in (EXACT, NET):
                return [guess_of(engine, case, chosen, way, at_most)]
    return []


def _named_amounts(engine: Engine, case: Case, strong: Sequence[Named]) -> list[Guess]:
    """Numbers with amounts beside them that add up: `INV-7 120.00, INV-9 80.00`."""
    uses, total, book = [], 0, engine.book
    for each in strong:
        match = _AMOUNT.match(case.read.upper, each.at)
        amount = _minor(match[1], case.code) if match else 0
        left = int(book.open[each.document])
        net = left - book.earned_on(each.document, case.day)
        if not 0 < amount <= left:
            return []
        total += amount
        closes = amount in (left, net)
        uses.append(Use(each.document, left if closes else amount, closes))
    if not uses or total != case.amount:
        return []
    return [guess_of(engine, case, strong, Fit(NAMED_AMOUNTS, tuple(uses)), sure.SURE)]


def _minor(text: str, currency: str) -> int:
    """An amount with decimals as minor units; 0 where its decimals are not the currency's."""
    mark = max(text.rfind("."), text.rfind(","))
    digits = exponent(currency)
    if len(text) - mark - 1 != digits:
        return 0
    return int("".join(sign for sign in text if sign.isdigit()))


def _with_mistyped(engine: Engine, case: Case, strong: Sequence[Named]) -> list[Guess]:
    """Documents of the same owners whose numbers differ by one sign from a word of the text."""
    owners = {int(engine.book.owner[each.document]) for each in strong}
    owners |= {payer.customer for payer in case.payers[:2]}
    pool = [engine.open_of(each, case)[:COMPARED] for each in sorted(owners)[:4]]
    mistyped = engine.numbers.alike(case.read.words, np.concatenate(pool)) if pool else []
    known = {each.document for each in strong}
    mistyped = [each for each in mistyped if each.document not in known]
    if not mistyped:
        return []
    together = [*strong, *mistyped]
    guesses = _fitting(engine, case, together) if len(together) > 1 else []
    if not any(_settles(guess) for guess in guesses):
        guesses += [g for each in mistyped[:6] for g in _fitting(engine, case, [*strong, each])]
        guesses += _some_of(engine, case, together)
    return [guess for guess in guesses if guess.fit is not None and guess.fit.kind in CLOSING]


def _one_more(engine: Engine, case: Case, strong: Sequence[Named]) -> list[Guess]:
    """One document more of the same owners that makes up the amount."""
    if not strong:
        return []
    index = _indexes(strong)
    full = int(engine.book.open[index].sum())
    net = full - int(engine.book.earned(index, case.day).sum())
    for owner in sorted({int(engine.book.owner[each]) for each in index.tolist()})[:3]:
        pool = np.setdiff1d(engine.open_of(owner, case), index)
        left = engine.book.open[pool]
        mine = left - engine.book.earned(pool, case.day)
        for rest, offered in ((case.amount - full, left), (case.amount - net, mine)):
            hits = pool[offered == rest] if rest > 0 else pool[:0]
            if len(hits) == 1:
                way = engine.fit(case, np.sort(np.append(index, hits)))
                if way is not None and way.kind in (EXACT, NET):
                    number = engine.book.number[hits[0]]
                    guess = guess_of(engine, case, strong, way, sure.ONE_MORE)
                    note = f"{number} is not named, but makes up the amount."
                    return [guess.lowered(sure.ONE_MORE, note)]
    return []


def _short(engine: Engine, case: Case, strong: Sequence[Named]) -> list[Guess]:
    """Several documents that are named but that the amount does not cover."""
    index = np.array([each.document for each in strong], dtype=np.int64)
    way = in_turn(engine.book, index, case.amount)
    paid = [each for each in strong if each.document in way.documents]
    note = "The amount does not cover them all; they are paid in the order of the text."
    return [guess_of(engine, case, paid, way, sure.IN_TURN).lowered(sure.IN_TURN, note)]

"""Proposals in words: what is paid, why, and what else it could be."""

from __future__ import annotations

from collections.abc import Sequence

from ar_xl.core.money import money_text, plain_text
from ar_xl.ops.matching import fits
from ar_xl.ops.matching.book import NOBODY
from ar_xl.ops.matching.by_number import NAMED_AMOUNTS
from ar_xl.ops.matching.case import Case, Engine, Guess
from ar_xl.ops.matching.names import GIVEN
from ar_xl.ops.matching.textnumbers import TYPO, Named, plain

SHOWN = 6  # documents that a sentence names

NOT_RECEIPTS = {
    "Fee": "A fee of the bank: no receipt. It is booked as an expense.",
    "Payout": "A payout of a payment service: its single payments are the receipts.",
    "Return": "A payment that came back: no receipt. A Bounced adjustment reopens what it paid.",
    "Reversal": "A reversal of an earlier line: no receipt.",
    "Refund": "A refund to a customer: no receipt.",
}
_AMOUNTS = {
    fits.EXACT: "{amount} is what is open{where}.",
    fits.NET: "{amount} is what is open{where} less the discount of {off} earned by that day.",
    fits.INSTALMENT: "{amount} is what of it falls due first.",
    fits.UNDISPUTED: "{amount} is what is open without the {off} in dispute.",
    fits.TOLERANCE: "{amount} differs by {off}, which is within tolerance.",
    fits.FEE: "{amount} is short by {off}, which a bank may have kept back.",
    fits.LATE: "{amount} is short by the discount of {off}, which is not earned any more.",
    fits.PART: "{amount} is {off} less than what is open{where}.",
    fits.OVER: "{amount} is {off} more than what is open{where}; that stays unapplied.",
    NAMED_AMOUNTS: "The amounts beside the numbers add up to {amount}.",
}


def documents_text(engine: Engine, case: Case, guess: Guess) -> str:
    """What is paid, as Remittance writes it: `INV-7 100.00; INV-9`."""
    if guess.fit is None:
        return ""
    numbers = engine.book.number
    return "; ".join(
        str(numbers[use.document])
        if use.whole
        else f"{numbers[use.document]} {plain_text(use.amount, case.code)}"
        for use in guess.fit.uses
    )


def why(engine: Engine, case: Case, guess: Guess) -> str:
    """The evidence for a guess in sentences, what speaks against it last."""
    parts = [_named(engine, guess.evidence)] if guess.evidence else []
    if guess.fit is not None:
        words = _AMOUNTS[guess.fit.kind]
        where = " on it" if len(guess.fit.uses) == 1 else " on them"
        if not guess.evidence:
            where = f" on {_numbers(engine, guess.fit.documents)}"
        parts.append(
            words.format(
                amount=money_text(case.amount, case.code),
                off=money_text(abs(guess.fit.off), case.code),
                where=where,
            )
        )
    if guess.payer is not None and guess.payer.level < GIVEN:
        who = engine.book.people.ids[guess.payer.customer]
        parts.append(f"The payer is {who}: {guess.payer.why}.")
    return " ".join([*parts, *guess.notes])


def _numbers(engine: Engine, documents: Sequence[int]) -> str:
    shown = [str(engine.book.number[each]) for each in documents[:SHOWN]]
    more = len(documents) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _named(engine: Engine, evidence: Sequence[Named]) -> str:
    """Which documents the text names, and how it writes them."""
    parts = []
    for each in evidence[:SHOWN]:
        number = str(engine.book.number[each.document])
        written = each.text.strip()
        if each.scheme:
            parts.append(f"{number} (by the {each.scheme} {written})")
        elif each.level == TYPO:
            parts.append(f"{number} (mistyped as {written})")
        else:
            same = plain(written) == plain(number)
            parts.append(number if same else f"{number} (as {written})")
    more = len(evidence) - len(parts)
    return f"The text names {', '.join(parts)}{f' and {more} more' if more else ''}."


def alternative(engine: Engine, case: Case, guess: Guess) -> str:
    """A guess in a few words, for the column of alternatives."""
    customer = engine.book.people.ids[guess.customer] if guess.customer != NOBODY else "?"
    paid = documents_text(engine, case, guess) or "no document"
    if len(paid) > 80:
        paid = f"{len(guess.fit.uses) if guess.fit else 0} documents"
    return f"{customer}: {paid} ({guess.confidence} %)"

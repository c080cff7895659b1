"""Proposals for a batch of money: which documents each line pays, how sure that is, and why.

Every line is looked at by itself first. Then the surest proposals take what they pay from the
open amounts, and lines that find it taken are looked at again, so that nothing is proposed
twice. The order of the lines changes nothing.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np

from ar_xl.core.arrays import filled
from ar_xl.core.ledger import Ledger
from ar_xl.ops.matching import confidence as sure
from ar_xl.ops.matching.book import NOBODY
from ar_xl.ops.matching.by_number import by_number
from ar_xl.ops.matching.by_payer import by_amount, by_payer
from ar_xl.ops.matching.case import Case, Engine, Guess
from ar_xl.ops.matching.names import LIKE
from ar_xl.ops.matching.parts import PAYMENT, Incoming, Proposals
from ar_xl.ops.matching.splits import mark_splits, pay_in_splits
from ar_xl.ops.matching.textnumbers import ANNOUNCED, UNREAD
from ar_xl.ops.matching.wording import NOT_RECEIPTS, alternative, documents_text, why
from ar_xl.ops.settlements import day_numbers

STEP = 1000  # lines between two words of progress
TRIES = 6  # times that a line is looked at again because others took what it wanted
SAID = 3  # documents that are paid already which a sentence names
KEPT = 3  # guesses per line: the best, and two that are named beside it
CLOSE = 2  # a rival guess with so little less confidence makes a question
NOTHING = Guess("Nothing found", 0)
NO_RECEIPT = Guess("Not a receipt", 0)


def _silent(done: int, of: int) -> None:
    """Say nothing."""


def propose(
    ledger: Ledger,
    money: Incoming,
    as_of: date,
    progress: Callable[[int, int], None] = _silent,
) -> Proposals:
    """Propose what each line pays.

    Args:
        ledger: its open documents, customers, payer aliases and settings.
        money: lines to explain, each with a number of its own; what is no receipt is said as
            what it is.
        as_of: the last Posting Date of documents that counts.
        progress: called with lines done and lines in all.
    """
    return _Batch(ledger, money, as_of, progress).run()


class _Batch:
    """The lines of one run, in the order of their dates and numbers."""

    def __init__(
        self, ledger: Ledger, money: Incoming, as_of: date, progress: Callable[[int, int], None]
    ) -> None:
        self._accept = ledger.policy.settings.auto_accept
        self._as_given = money
        self._order = np.lexsort((money.line_id.astype(str), money.date))
        self.money = money.take(self._order)
        self.engine = Engine.of(ledger, as_of, money.customer_id)
        self._days = day_numbers(self.money.date).tolist()
        self._amounts: list[int] = self.money.amount.tolist()
        self._currency = {c: self.engine.book.currency_of(c) for c in set(money.currency.tolist())}
        self._progress = progress
        self.guesses: list[tuple[Guess, ...]] = []
        self.rivals: set[int] = set()

    def run(self) -> Proposals:
        count = len(self.money)
        for line in range(count):
            if line % STEP == 0:
                self._progress(line, count)
            self.guesses.append(self._look(line))
        self._settle()
        pay_in_splits(self.engine, self.bare, self.guesses)
        mark_splits(self.engine, self.bare, self.guesses)
        self._progress(count, count)
        return self._answer()

    def bare(self, line: int) -> Case:
        """What the bank says of a line, its texts not read."""
        code = str(self.money.currency[line])
        return Case(
            self._amounts[line], self._days[line], self._currency[code], code,
            str(self.money.payer[line]), (), UNREAD,
        )  # fmt: skip

    def case(self, line: int) -> Case:
        """What is known of a line."""
        money, engine = self.money, self.engine
        payer, given = str(money.payer[line]), str(money.customer_id[line])
        read = engine.numbers.read(str(money.text[line]))
        if given:
            payers = engine.payers.given(given)
        else:
            payers = engine.payers.who(payer, str(money.payer_account[line]))
            if not any(each.level >= LIKE for each in payers):
                payers = (*engine.payers.in_text(read.upper), *payers)
        code = str(money.currency[line])
        return Case(
            self._amounts[line], self._days[line], self._currency[code], code, payer, payers, read
        )

    def _look(self, line: int) -> tuple[Guess, ...]:
        if self.money.kind[line] != PAYMENT or self._amounts[line] <= 0:
            return (NO_RECEIPT,)
        return ranked(self.engine, self.case(line))

    def _settle(self) -> None:
        """Let the surest take first; who finds it taken looks again."""
        waiting = [
            (_turn(guesses[0]), line, 0)
            for line, guesses in enumerate(self.guesses)
            if guesses[0].fit is not None
        ]
        heapq.heapify(waiting)
        while waiting:
            _, line, tries = heapq.heappop(waiting)
            wanted = self.guesses[line][0]
            if self._take(line, wanted):
                continue
            again = self._again(line, wanted) if tries < TRIES else (NOTHING,)
            self.guesses[line] = again
            if again[0].fit is not None:
                heapq.heappush(waiting, (_turn(again[0]), line, tries + 1))

    def _take(self, line: int, guess: Guess) -> bool:
        assert guess.fit is not None, "a guess that pays something"
        book = self.engine.book
        if any(
            use.amount > book.open[use.document]
            or (use.whole and use.amount != book.open[use.document])
            for use in guess.fit.uses
        ):
            return False
        for use in guess.fit.uses:
            book.take(use.document, use.amount)
            self.engine.taken.setdefault(use.document, []).append(line)
        return True

    def _again(self, line: int, wanted: Guess) -> tuple[Guess, ...]:
        """Look again at a line whose documents others took; a loser makes the winner doubtful."""
        case = self.case(line)
        found = ranked(self.engine, case)
        best = replace(found[0], confidence=min(found[0].confidence, wanted.confidence))
        named = {each.document for each in case.read.named if each.level >= ANNOUNCED}
        assert wanted.fit is not None, "a guess that pays something"
        lost = [each for each in wanted.fit.documents if each in self.engine.taken]
        if best.confidence < wanted.confidence - sure.COMMON_COSTS:
            for document in lost:
                self._doubt_winners(document, line, wanted, document in named)
        gone = [each for each in lost if each in named]
        if gone:
            best = self._paid_before(best, gone[0])
        return (best, *found[1:])

    def _doubt_winners(self, document: int, line: int, wanted: Guess, named: bool) -> None:
        for winner in self.engine.taken[document]:
            guess = self.guesses[winner][0]
            by_name = any(each.document == document for each in guess.evidence)
            if by_name or (wanted.confidence < guess.confidence - 2 * sure.COMMON_COSTS):
                continue
            if winner not in self.rivals and not named:
                self.rivals.add(winner)
                note = f"But {self.money.line_id[line]} fits it as well."
                self.guesses[winner] = (guess.lowered(sure.RIVAL, note), *self.guesses[winner][1:])

    def _paid_before(self, best: Guess, document: int) -> Guess:
        number = self.engine.book.number[document]
        other = self.money.line_id[self.engine.taken[document][0]]
        note = f"{number}, which the text names, is proposed for {other}: paid twice?"
        if best.fit is None:
            owner = int(self.engine.book.owner[document])
            return Guess("Paid before", sure.PAYER_ALONE[LIKE], owner, None, (), None, (note,))
        return replace(best.lowered(sure.TAKEN, note), asked=True)

    def _answer(self) -> Proposals:
        """The best guess of each line as columns, in the order in which the lines were given."""
        count = len(self.money)
        texts = [filled(count, "") for _ in range(5)]
        customers, documents, rules, reasons, others = texts
        fee, confidence = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
        auto = np.zeros(count, dtype=bool)
        for at, (place, guesses) in enumerate(zip(self._order.tolist(), self.guesses, strict=True)):
            best = guesses[0]
            rules[place], confidence[place] = best.rule, best.confidence
            if best is NO_RECEIPT:
                reasons[place] = self._no_receipt(at)
                continue
            case = self.bare(at)
            if best.customer != NOBODY:
                customers[place] = self.engine.book.people.ids[best.customer]
            documents[place] = documents_text(self.engine, case, best)
            fee[place] = best.fit.fee if best.fit else 0
            reasons[place] = self._reason(case, best)
            others[place] = "; or ".join(
                alternative(self.engine, case, each) for each in guesses[1:] if each.confidence
            )
            enough = self._accept is not None and best.confidence >= self._accept
            auto[place] = enough and best.twofold and not best.asked and best.fit is not None
        return Proposals(
            self._as_given.line_id, customers, documents, fee, confidence, rules, reasons, others,
            auto,
        )  # fmt: skip

    def _reason(self, case: Case, best: Guess) -> str:
        if best is NOTHING or best.rule == NOTHING.rule:
            known = case.currency != NOBODY
            return "No document fits." if known else f"Nothing is open in {case.code}."
        return why(self.engine, case, best)

    def _no_receipt(self, line: int) -> str:
        kind = str(self.money.kind[line])
        if kind in NOT_RECEIPTS:
            return NOT_RECEIPTS[kind]
        return "Money that went out, or no payment of a customer: no receipt."


def ranked(engine: Engine, case: Case) -> tuple[Guess, ...]:
    """The likeliest guesses for a line, best first; what is paid already makes it a question."""
    found = _likeliest(engine, case)
    if not case.read.settled:
        return found
    said = "; ".join(engine.paid.said(number) for number in case.read.settled[:SAID])
    note = f"But the text names a document that takes no money: {said}."
    if found == (NOTHING,):
        return (Guess("Paid before", 0, notes=(note,), asked=True),)
    return tuple(replace(each.less(sure.NAMES_SETTLED, note), asked=True) for each in found)


def _likeliest(engine: Engine, case: Case) -> tuple[Guess, ...]:
    """The likeliest guesses for a line, the best first; a close rival makes it a question."""
    guesses = by_number(engine, case)
    if not _sure(guesses):
        guesses += by_payer(engine, case)
    if not _sure(guesses, sure.RIVAL):
        guesses += by_amount(engine, case)
    best: dict[tuple[int, ...], Guess] = {}
    for guess in guesses:
        key = guess.fit.documents if guess.fit else (NOBODY, guess.customer)
        if key not in best or guess.confidence > best[key].confidence:
            best[key] = guess
    listed = sorted(
        best.items(), key=lambda pair: (-pair[1].confidence, pair[1].fit is None, pair[0])
    )
    found = [guess for _, guess in listed[:KEPT]]
    if not found:
        return (NOTHING,)
    if found[0].confidence > sure.SURE:
        return (found[0],)
    if len(found) > 1 and found[0].fit and found[1].fit and found[0].confidence <= sure.SURE:
        apart = not set(found[0].fit.documents) & set(found[1].fit.documents)
        if apart and found[1].confidence >= found[0].confidence - CLOSE:
            found[0] = found[0].lowered(sure.RIVAL, "But another proposal is as likely.")
    return tuple(found)


def _turn(guess: Guess) -> int:
    """When a guess may take what it pays: the surest first, a choice among equals last."""
    return 0 if guess.choice else -guess.confidence


def _sure(guesses: list[Guess], enough: int = sure.SURE) -> bool:
    return any(guess.confidence >= enough and guess.fit is not None for guess in guesses)

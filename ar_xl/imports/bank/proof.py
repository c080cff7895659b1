"""Proof of balances: opening plus lines is closing, per account and statement, to the minor unit.

Counts and totals that a file states about itself have to hold too. A statement that does not
prove brings nothing unless someone accepts it; one that tells no balances cannot be proved and
says so; one that is not final is only looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray
from ar_xl.core.findings import Finding
from ar_xl.core.frames import Frame
from ar_xl.core.money import money_text
from ar_xl.imports.bank import codes
from ar_xl.imports.bank.gather import Booked, Lines, ReadFile

PROVED, ACCEPTED, NO_BALANCE, NOT_FINAL = "Proved", "Accepted", "No balance", "Not final"
OVERLAP_DIFFERS = "The two overlap and do not agree: look whether a line is missing in one of them."
UNPROVED = ""  # no status of a statement that is taken


@dataclass(frozen=True)
class Proof:
    """What came of proving one statement; money in minor units, BLANK where there is none.

    Args:
        statement: what was proved.
        id: its Statement ID.
        lines: how many it has.
        moved: by how much its lines moved the account.
        difference: closing - opening - moved.
        status: of BankStatements; "" is unproved and not accepted.
        words: the sum in words, or why nothing could be proved.
    """

    statement: Booked
    id: str
    lines: int
    moved: int
    difference: int
    status: str
    words: str

    @property
    def opening(self) -> int:
        """The opening balance; where only the closing is told, what it must have been."""
        told = self.statement
        if told.opening == BLANK and told.closing != BLANK:
            return told.closing - self.moved
        return told.opening


def prove(booked: Sequence[Booked], lines: Lines, accepted: bool, before: Frame) -> list[Proof]:
    """Prove every statement.

    Args:
        booked, lines: as gathered.
        accepted: whether unproved statements are taken too.
        before: BankStatements of the workbook; what was accepted once stays accepted.
    """
    count = len(booked)
    moved, number = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    np.add.at(moved, lines.statement, lines.moved)
    np.add.at(number, lines.statement, 1)
    told = _accepted_before(before)
    return [
        _prove(each, int(moved[i]), int(number[i]), accepted, told) for i, each in enumerate(booked)
    ]


def _accepted_before(before: Frame) -> frozenset[str]:
    return frozenset(before.text("statement_id")[before.text("status") == ACCEPTED].tolist())


def _prove(booked: Booked, moved: int, lines: int, accepted: bool, told: frozenset[str]) -> Proof:
    difference, number = BLANK, _statement_id(booked, moved, lines)
    if booked.opening != BLANK and booked.closing != BLANK:
        difference = booked.closing - booked.opening - moved
    failed = [f"{each.what}: stated {each.stated}, found {each.found}" for each in booked.controls]
    words = "; ".join([*_sum_in_words(booked, moved, difference), *failed])
    good = not failed and difference in (0, BLANK)
    if not booked.final:
        status = NOT_FINAL
    elif good and difference == 0 and not booked.unread:
        status = PROVED
    elif good and difference == BLANK:
        status = NO_BALANCE
    else:
        status = ACCEPTED if (accepted or number in told) and not booked.refused else UNPROVED
    return Proof(booked, number, lines, moved, difference, status, words)


def _statement_id(booked: Booked, moved: int, lines: int) -> str:
    """Made from what the statement is, not from the file or the number that it came under."""
    parts = (
        booked.account.upper(), booked.currency, booked.first, booked.last, booked.opening,
        booked.closing, booked.final, moved, lines,
    )  # fmt: skip
    text = "|".join(str(part) for part in parts)
    return f"ST-{hashlib.sha256(text.encode()).hexdigest()[:10].upper()}"


def _sum_in_words(booked: Booked, moved: int, difference: int) -> list[str]:
    code = booked.currency
    if difference == BLANK:
        if booked.closing == BLANK:
            return [f"lines {money_text(moved, code)}, no balances told"]
        closing = money_text(booked.closing, code)
        return [f"lines {money_text(moved, code)}, closing {closing}, no opening told"]
    found = money_text(booked.opening + moved, code)
    total = (
        f"opening {money_text(booked.opening, code)} + lines {money_text(moved, code)} = {found}"
    )
    if difference == 0:
        return [f"{total}, the closing balance"]
    return [
        f"{total}, but it closes with {money_text(booked.closing, code)}: "
        f"a difference of {money_text(difference, code)}"
    ]


def title(proof: Proof) -> str:
    """A statement in words: `DE12 EUR 2026-10-01 to 2026-10-31`."""
    booked = proof.statement
    days = ""
    if not np.isnat(booked.last):
        days = f" {booked.last}"
        if not np.isnat(booked.first) and booked.first != booked.last:
            days = f" {booked.first} to {booked.last}"
    number = f", statement {booked.number}" if booked.number else ""
    return f"{booked.account} {booked.currency}{days}{number}"


def unproved(proofs: Sequence[Proof], files: Sequence[ReadFile]) -> list[Finding]:
    """What to say about statements that do not prove: refused, or taken because that was asked."""
    found = []
    for proof in proofs:
        code = {UNPROVED: codes.UNPROVED, ACCEPTED: codes.ACCEPTED}.get(proof.status)
        if code is None or proof.statement.refused:
            continue
        words = f"{proof.words}; a line of it cannot be read" if (
            proof.statement.unread and proof.difference in (0, BLANK)
        ) else proof.words  # fmt: skip
        name = files[proof.statement.file].name
        found.append(Finding(code, seen=f"{title(proof)}: {words}", sheet=name))
    return found


@dataclass(frozen=True)
class _Link:
    """A statement in the chain of its account; `number` among those of the files, -1 before."""

    first: np.datetime64
    last: np.datetime64
    opening: int
    closing: int
    number: int


def gaps(proofs: Sequence[Proof], taken: IntArray, before: Frame, lines: Lines) -> list[Finding]:
    """Say where a statement does not begin with what the one before closed with.

    Statements that overlap are no gap where the lines of one lead to a balance of the other.

    Args:
        proofs: of the statements of all files.
        taken: numbers of those that come in.
        before: BankStatements of the workbook.
        lines: of all files.
    """
    chains: dict[tuple[str, str], list[_Link]] = {}
    for row in np.flatnonzero(before.text("status") != NOT_FINAL).tolist():
        key = before.text("account")[row], before.text("currency")[row]
        link = _Link(
            before.dates("from_date")[row], before.dates("to_date")[row],
            int(before.ints("opening")[row]), int(before.ints("closing")[row]), -1,
        )  # fmt: skip
        chains.setdefault(key, []).append(link)
    for number in taken.tolist():
        proof = proofs[number]
        told = proof.statement
        if told.final:
            link = _Link(told.first, told.last, proof.opening, told.closing, number)
            chains.setdefault((told.account, told.currency), []).append(link)
    return [finding for key, links in chains.items() for finding in _gaps(*key, links, lines)]


def _gaps(account: str, currency: str, links: list[_Link], lines: Lines) -> list[Finding]:
    told = [each for each in links if each.closing != BLANK and not np.isnat(each.last)]
    told.sort(key=lambda each: (each.last, each.first if not np.isnat(each.first) else each.last))
    closings = {each.closing for each in told}
    found = []
    for earlier, later in pairwise(told):
        dated, some_new = not np.isnat(later.first), max(earlier.number, later.number) >= 0
        within = dated and later.first <= earlier.first
        if not some_new or within or later.opening in closings:
            continue
        overlaps = dated and later.first <= earlier.last
        if overlaps and (
            earlier.closing in _balances(later, earlier.last, lines)
            or later.opening in _balances(earlier, later.first, lines)
        ):
            continue
        seen = (
            f"{account}: the statement up to {earlier.last} closes with {currency} "
            f"{money_text(earlier.closing, currency)}, the next one (up to {later.last}) begins "
            f"with {money_text(later.opening, currency)}"
        )
        fix = OVERLAP_DIFFERS if dated and later.first < earlier.last else ""
        found.append(Finding(codes.GAP, seen=seen, fix=fix))
    return found


def _balances(link: _Link, day: np.datetime64, lines: Lines) -> set[int]:
    """The balances that a statement of the files had on a day, the oldest line first or last."""
    rows = np.flatnonzero(lines.statement == link.number)
    if link.number < 0 or link.opening == BLANK or np.isnat(lines.date[rows]).any():
        return set()
    found: set[int] = set()
    for each in (rows, rows[::-1]):
        each = each[np.argsort(lines.date[each], kind="stable")]
        start, stop = (int(np.searchsorted(lines.date[each], day, s)) for s in ("left", "right"))
        run = link.opening + np.concatenate(([0], np.cumsum(lines.moved[each])))
        found.update(run[start : stop + 1].tolist())
    return found

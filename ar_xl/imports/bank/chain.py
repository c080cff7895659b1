"""Statements of one day that follow one another: equal lines of theirs are different payments.

Two statements prove, and the second opens with what the first closed with: then no line stands on
both, even where two lines cannot be told apart. Within a file lines are counted anyway; this is
about the second statement of a day that comes in a file of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import IntArray
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.imports.bank.gather import Lines
from ar_xl.imports.bank.proof import PROVED, Proof
from ar_xl.ops.banking.line_ids import contents_of


@dataclass(frozen=True)
class _Link:
    """A statement that proves; `file` is -1 where it stands in the workbook."""

    id: str
    file: int
    number: int
    account: tuple[str, str]
    first: np.datetime64
    last: np.datetime64
    opening: int
    closing: int

    def follows(self, other: _Link) -> bool:
        """Whether this statement begins on the day, and with the balance, that another ends."""
        return other.account == self.account and other.last == self.first and (
            other.closing == self.opening
            and other.opening != other.closing  # else it could be a part of this one
            and self.opening != self.closing
        )  # fmt: skip


def counted_before(
    lines: Lines, contents: Sequence[str], proofs: Sequence[Proof], ledger: Ledger
) -> IntArray:
    """How many equal lines stand on statements of the same day that a line's statement follows.

    Args:
        lines: of all files.
        contents: what each is known by.
        proofs: of the statements.
        ledger: what stands.
    """
    out = np.zeros(len(lines), dtype=np.int64)
    before = _standing(ledger.posted("BankStatements"))
    known = {each.id for each in before}
    new = [
        _Link(p.id, p.statement.file, i, (p.statement.account.upper(), p.statement.currency),
              p.statement.first, p.statement.last, p.statement.opening, p.statement.closing)
        for i, p in enumerate(proofs) if p.status == PROVED and p.id not in known
    ]  # fmt: skip
    by_end: dict[tuple[tuple[str, str], object, int], list[_Link]] = {}
    for link in (*before, *new):
        by_end.setdefault((link.account, link.last, link.closing), []).append(link)
    for link in new:
        earlier = _earlier(link, by_end)
        mine = {each.id for each in new if each.file == link.file} if earlier else set()
        earlier = {name: each for name, each in earlier.items() if name not in mine}
        if earlier:
            counts = _counts(earlier, link, lines, contents, ledger)
            rows = np.flatnonzero((lines.statement == link.number) & (lines.date == link.first))
            out[rows] = [counts[contents[row]] for row in rows.tolist()]
    return out


def _standing(frame: Frame) -> list[_Link]:
    rows = np.flatnonzero(frame.text("status") == PROVED).tolist()
    return [
        _Link(frame.text("statement_id")[i], -1, -1,
              (frame.text("account")[i].upper(), frame.text("currency")[i]),
              frame.dates("from_date")[i], frame.dates("to_date")[i],
              int(frame.ints("opening")[i]), int(frame.ints("closing")[i]))
        for i in rows
    ]  # fmt: skip


def _earlier(
    link: _Link, by_end: Mapping[tuple[tuple[str, str], object, int], Sequence[_Link]]
) -> dict[str, _Link]:
    """All statements of the day on which one begins that it follows, also over several steps."""
    found: dict[str, _Link] = {}
    at = [link]
    while at:
        now = at.pop()
        for other in by_end.get((now.account, link.first, now.opening), ()):
            if other.id not in found and other.id != link.id and now.follows(other):
                found[other.id] = other
                at.append(other)
    return found


def _counts(
    earlier: Mapping[str, _Link], link: _Link, lines: Lines, contents: Sequence[str],
    ledger: Ledger,
) -> Counter[str]:  # fmt: skip
    counts: Counter[str] = Counter()
    for each in earlier.values():
        if each.file >= 0:
            rows = np.flatnonzero((lines.statement == each.number) & (lines.date == link.first))
            counts.update(contents[row] for row in rows.tolist())
    old = [each.id for each in earlier.values() if each.file < 0]
    frame = ledger.posted("BankLines")
    there = np.isin(frame.text("statement_id"), np.array(old, dtype=object))
    mine = frame.take(there & (frame.dates("date") == link.first))
    counts.update(contents_of(mine.columns))
    return counts

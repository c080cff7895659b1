"""Once: a line that the workbook has already adds nothing, whichever file brings it again.

A line is its account, day, amount and currency, and the bank's own number of it; without one, all
that the bank tells in words. Equal lines of one file are counted, so that two equal payments on
one day stay two, and the same file again still adds none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ar_xl.core.arrays import (
    BoolArray,
    DateArray,
    IntArray,
    TextArray,
    codes_of,
    positions,
    text_array,
)
from ar_xl.core.findings import Code, Finding
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.imports.bank import codes
from ar_xl.imports.bank.batches import batch_of, by_batch, has_parts
from ar_xl.imports.bank.chain import counted_before
from ar_xl.imports.bank.gather import Lines, ReadFile
from ar_xl.imports.bank.proof import PROVED, Proof
from ar_xl.imports.bank.standing import Standing, has_other_headings, kind_of
from ar_xl.imports.result import Outcome
from ar_xl.ops.banking.line_ids import contents_of, line_id

DAYS_MOVED = 5  # by which a bank may book a line of the same number and amount later than announced


def line_ids(lines: Lines, contents: Sequence[str], before: IntArray) -> tuple[TextArray, IntArray]:
    """The Line ID of each line: `BL-` and a hash of its content and of how often it stood before.

    The count is per file: which file a line comes from does not matter, nor in which order lines
    stand.

    Args:
        lines: of all files.
        contents: what each is known by.
        before: how many equal ones stand on statements that its own follows (module `chain`).

    Returns:
        The IDs, and a number for each content: lines that cannot be told apart have the same.
    """
    (content,), _ = codes_of(text_array(contents))
    nth = (_nth(np.stack((lines.file, content))) + before).tolist()
    ids = [line_id(text, count) for text, count in zip(contents, nth, strict=True)]
    return text_array(ids), content


def _nth(keys: IntArray) -> IntArray:
    """How many equal columns stand before each column of a matrix of whole numbers."""
    if len(np.unique(keys[-1])) == keys.shape[1]:  # all differ, as they mostly do
        return np.zeros(keys.shape[1], dtype=np.int64)
    frame = pd.DataFrame(keys.T)
    counted = frame.groupby(list(frame.columns), sort=False).cumcount()
    return np.asarray(counted.to_numpy(), dtype=np.int64)


@dataclass
class _Match:
    """Lines of files of one kind beside those that came before them.

    Args:
        lines, ids: of all files.
        rows: those of the files of this kind.
        kind: of the files.
        standing: what they are compared with.
        found: rows of `standing` that a line of the files was recognised as.
        findings: what to say.
    """

    lines: Lines
    ids: TextArray
    rows: IntArray
    kind: str
    files: Sequence[ReadFile]
    standing: Standing
    found: BoolArray
    findings: list[Finding]

    def new(self) -> IntArray:
        """The rows that are new so far."""
        return self.rows[np.flatnonzero(self.lines.outcome[self.rows] == Outcome.NEW)]

    def numbered(self) -> IntArray:
        """The rows that are new so far and have a number of the bank."""
        rows = self.new()
        return rows[np.flatnonzero(self.lines.bank_id[rows] != "")]

    def say(self, code: Code, row: int, seen: str) -> None:
        """Say something about a line."""
        name, place = self.files[int(self.lines.file[row])].name, self.lines.place[row]
        where = f"{name}, {place}" if place else name
        self.findings.append(Finding(code, seen=seen, sheet=where))

    def shown(self, row: int) -> str:
        """A line in words."""
        lines = self.lines
        amount = money_text(int(lines.amount[row]), str(lines.currency[row]))
        return f"{lines.currency[row]} {amount} on {lines.date[row]}"


def mark_known(
    lines: Lines, files: Sequence[ReadFile], ledger: Ledger, proofs: Sequence[Proof]
) -> tuple[TextArray, list[Finding]]:
    """Mark the lines that the workbook or a file before has, and refuse contradictions.

    Args:
        lines: their `outcome` is changed: only lines that are new so far are looked at.
        files: for the words of findings.
        ledger: what stands.
        proofs: of the statements.

    Returns:
        The Line ID of each line, and what to say.
    """
    contents = contents_of(vars(lines))
    before = counted_before(lines, contents, proofs, ledger)
    ids, content = line_ids(lines, contents, before)
    proved = np.array([each.status == PROVED for each in proofs], dtype=np.bool_)
    standing = Standing.of(ledger)
    findings: list[Finding] = []
    kinds = [kind_of(each.source) for each in files]
    # A notification first: it tells each payment of a batch that its statement has in one sum.
    for kind in sorted(dict.fromkeys(kinds), key=lambda each: each != "CAMT.054"):
        mine = np.array([each == kind for each in kinds], dtype=np.bool_)
        rows = np.flatnonzero(mine[lines.file]) if len(lines) else np.zeros(0, dtype=np.int64)
        found = np.zeros(len(standing.line_id), dtype=np.bool_)
        match = _Match(lines, ids, rows, kind, files, standing, found, findings)
        _by_id(match)
        _by_number(match)
        _by_batch(match)
        _from_elsewhere(match)
        _numbers_within(match, proved)
        _alike(match, content)
        standing = standing.plus(lines, ids, match.new(), kind)
    return ids, findings


def _by_id(match: _Match) -> None:
    """The same content again: in the workbook, or in a file before this one."""
    rows, outcome = match.new(), match.lines.outcome
    at = positions(match.standing.line_id, match.ids[rows])
    outcome[rows[at >= 0]] = Outcome.KNOWN
    match.found[at[at >= 0]] = True
    rows = rows[at < 0]
    outcome[rows[pd.Series(match.ids[rows]).duplicated().to_numpy()]] = Outcome.KNOWN


def _by_number(match: _Match) -> None:
    """A number of the bank that stands in the workbook with another day or amount."""
    lines, standing = match.lines, match.standing
    rows, free = match.numbered(), np.flatnonzero(~match.found & (standing.bank_id != ""))
    if not len(rows) or not len(free):
        return
    (mine, theirs), _ = codes_of(
        _joined(lines.account[rows], lines.bank_id[rows]),
        _joined(standing.account[free], standing.bank_id[free]),
    )
    others = _rows_by(theirs, free, mine)
    for code, row in zip(mine.tolist(), rows.tolist(), strict=True):
        if code in others:
            _judge(match, row, others[code])


def _rows_by(codes_: IntArray, rows: IntArray, wanted: IntArray) -> dict[int, list[int]]:
    """Rows by code, of the codes that are wanted."""
    by: dict[int, list[int]] = {}
    shared = np.isin(codes_, wanted)
    for code, row in zip(codes_[shared].tolist(), rows[shared].tolist(), strict=True):
        by.setdefault(code, []).append(row)
    return by


def _judge(match: _Match, row: int, others: list[int]) -> None:
    """Decide about a line whose number stands in the workbook with something else."""
    lines, standing = match.lines, match.standing
    named = f"{match.shown(row)} has the bank's number {lines.bank_id[row]}"
    for other in others:
        same = standing.amount[other] == lines.amount[row]
        same &= standing.currency[other] == lines.currency[row]
        if same and not match.found[other]:
            when = standing.date[other]
            if abs(int((lines.date[row] - when).astype(np.int64))) <= DAYS_MOVED:
                match.found[other] = True
                lines.outcome[row] = Outcome.KNOWN
            else:
                match.say(codes.NUMBER_AGAIN, row, f"{named}, as had a line of {when}")
            return
    others = [each for each in others if not match.found[each]]
    if not others:  # the bank gives several payments one number, and this is another of them
        return
    other = others[0]
    was = money_text(int(standing.amount[other]), str(standing.currency[other]))
    stands = f"{standing.currency[other]} {was} ({standing.line_id[other]})"
    seen = f"{named}, which stands in the workbook with {stands}"
    match.say(codes.SAME_NUMBER_OTHER_AMOUNT, row, seen)
    lines.outcome[row] = Outcome.REFUSED


def _by_batch(match: _Match) -> None:
    """A batch in one sum that stands in parts, or parts of one that stands in one sum."""
    lines, standing = match.lines, match.standing
    free = np.flatnonzero(~match.found & (standing.bank_id != ""))
    rows = match.numbered()
    if not (has_parts(lines.bank_id[rows]) or has_parts(standing.bank_id[free])):
        return
    wholes, parts = by_batch(lines.account, lines.currency, lines.bank_id, rows)
    old_wholes, old_parts = by_batch(standing.account, standing.currency, standing.bank_id, free)
    for mine, theirs in ((wholes, old_parts), (parts, old_wholes)):
        for key in mine.keys() & theirs.keys():
            _judge_batch(match, np.array(mine[key]), np.array(theirs[key]))


def _judge_batch(match: _Match, mine: IntArray, theirs: IntArray) -> None:
    """Decide about lines of a batch that stands in the workbook told otherwise."""
    lines, standing = match.lines, match.standing
    first, currency = int(mine[0]), str(lines.currency[mine[0]])
    sums = [int(lines.amount[mine].sum()), int(standing.amount[theirs].sum())]
    new, there = (f"{currency} {money_text(each, currency)}" for each in sums)
    number = batch_of(lines.bank_id[first]) or lines.bank_id[first]
    if sums[0] == sums[1]:
        match.found[theirs] = True
        lines.outcome[mine] = Outcome.KNOWN
        told = "one line" if len(theirs) == 1 else f"{len(theirs):,} payments"
        seen = f"the batch {number} of {new} is in the workbook as {told}"
        match.say(codes.BATCH_KNOWN, first, seen)
        return
    lines.outcome[mine] = Outcome.REFUSED
    seen = f"{new} has the bank's number {number}, which stands in the workbook with {there}"
    match.say(codes.SAME_NUMBER_OTHER_AMOUNT, first, seen)


def _from_elsewhere(match: _Match) -> None:
    """The same account, day and amount from a file of another kind, which tells it otherwise."""
    lines, standing = match.lines, match.standing
    rows, free = match.new(), np.flatnonzero(~match.found)
    if not len(rows) or not len(free):
        return
    (mine, theirs), _ = codes_of(
        _keys(lines.account[rows], lines.date[rows], lines.amount[rows], lines.currency[rows]),
        _keys(standing.account[free], standing.date[free], standing.amount[free],
              standing.currency[free]),
    )  # fmt: skip
    left = _rows_by(theirs, free, mine)
    for code, row in zip(mine.tolist(), rows.tolist(), strict=True):
        other = next((each for each in left.get(code, ()) if _is_other(match, row, each)), None)
        if other is None:
            continue
        left[code].remove(other)
        match.found[other] = True
        lines.outcome[row] = Outcome.KNOWN
        other_headings = has_other_headings(match.kind, standing.kinds[other])
        what = "with other headings" if other_headings else "of another kind"
        was = f"{standing.line_id[other]}, from a file {what}"
        match.say(codes.KNOWN_FROM_ELSEWHERE, row, f"{match.shown(row)} is there as {was}")


def _is_other(match: _Match, row: int, other: int) -> bool:
    """Whether two lines differ in how files of different kinds tell the same payment."""
    theirs = match.standing.kinds[other]
    numbers = bool(match.lines.bank_id[row]), bool(match.standing.bank_id[other])
    if has_other_headings(match.kind, theirs):  # numbers of one exporter tell payments apart
        return not all(numbers)
    return numbers[0] != numbers[1] or theirs not in ("", match.kind)


def _numbers_within(match: _Match, proved: BoolArray) -> None:
    """One number with several amounts among the new lines.

    Lines of one statement whose balances prove are what they are: some banks give all payments
    of a batch one number. Otherwise the second is refused.
    """
    lines = match.lines
    rows = match.numbered()
    (number,), _ = codes_of(_joined(lines.account[rows], lines.bank_id[rows]))
    first = rows[np.unique(number, return_index=True)[1]][number]
    wrong = (lines.amount[rows] != lines.amount[first]) | (
        lines.currency[rows] != lines.currency[first]
    )
    same = lines.statement[rows] == lines.statement[first]
    wrong &= ~(same & proved[lines.statement[rows]])
    for row, other in zip(rows[wrong].tolist(), first[wrong].tolist(), strict=True):
        shown, number_ = match.shown(other), lines.bank_id[row]
        seen = f"{match.shown(row)} has the bank's number {number_}, as has {shown}"
        match.say(codes.SAME_NUMBER_OTHER_AMOUNT, row, seen)
        lines.outcome[row] = Outcome.REFUSED


def _alike(match: _Match, contents: IntArray) -> None:
    """Say which new lines cannot be told apart; both count."""
    lines = match.lines
    rows = match.new()
    rows = rows[lines.bank_id[rows] == ""]
    content = contents[rows]
    counts = np.bincount(content)
    order = np.argsort(content, kind="stable")
    starts = np.cumsum(counts) - counts
    for code in np.flatnonzero(counts > 1).tolist():
        row = int(rows[order[starts[code]]])
        seen = f"{counts[code]} lines of {match.shown(row)} cannot be told apart"
        match.say(codes.POSSIBLE_DUPLICATE, row, seen)


def _joined(accounts: TextArray, others: TextArray) -> TextArray:
    pairs = zip(accounts.tolist(), others.tolist(), strict=True)
    return text_array(f"{account.upper()}|{other}" for account, other in pairs)


def _keys(
    accounts: TextArray, dates: DateArray, amounts: IntArray, currencies: TextArray
) -> TextArray:
    days = dates.astype("datetime64[D]").astype(np.int64)
    rows = zip(accounts.tolist(), days.tolist(), amounts.tolist(), currencies.tolist(), strict=True)
    return text_array("|".join((a.upper(), str(d), str(m), c)) for a, d, m, c in rows)

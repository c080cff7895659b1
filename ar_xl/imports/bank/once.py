"""Once: a line that the workbook has already adds nothing, whichever file brings it again.

A line is its account, day, amount and currency, and the bank's own number of it; without one, all
that the bank tells in words. Equal lines of one file are counted, so that two equal payments on
one day stay two, and the same file again still adds none.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ar_xl.core.arrays import BoolArray, IntArray, TextArray, codes_of, text_array
from ar_xl.core.findings import Code, Finding
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.imports.bank import codes
from ar_xl.imports.bank.gather import Lines, ReadFile
from ar_xl.imports.result import Outcome

DAYS_MOVED = 5  # by which a bank may book a line of the same number and amount later than announced
_WORDS = re.compile(r"[\W_]+")
_ID_BYTES = 8  # of SHA-256: 64 bits, so that a million lines meet by chance once in 10**7 workbooks


def line_ids(lines: Lines) -> TextArray:
    """The Line ID of each line: `BL-` and a hash of its content and of how often it stood before.

    The count is per file: which file a line comes from does not matter, nor in which order lines
    stand.
    """
    contents = text_array(_contents(lines))
    (content,), _ = codes_of(contents)
    nth = _nth(np.stack((lines.file, content)))
    return text_array(
        f"BL-{_short(f'{text}|{count}')}"
        for text, count in zip(contents.tolist(), nth.tolist(), strict=True)
    )


def _contents(lines: Lines) -> Iterator[str]:
    told = zip(
        lines.bank_id.tolist(), lines.payer.tolist(), lines.payer_account.tolist(),
        lines.reference.tolist(), lines.text.tolist(), strict=True,
    )  # fmt: skip
    days = lines.date.astype(np.int64).tolist()
    rows = zip(lines.account.tolist(), days, lines.amount.tolist(), lines.currency.tolist(), told,
               strict=True)  # fmt: skip
    for account, day, amount, currency, (bank_id, *words) in rows:
        told_by = f"#{bank_id}" if bank_id else _WORDS.sub("", "".join(words).casefold())
        yield f"{account.upper()}|{day}|{amount}|{currency}|{told_by}"


def _short(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()[:_ID_BYTES]
    return b32encode(digest).decode("ascii").rstrip("=")


def _nth(keys: IntArray) -> IntArray:
    """How many equal columns stand before each column of a matrix of whole numbers."""
    frame = pd.DataFrame(keys.T)
    counted = frame.groupby(list(frame.columns), sort=False).cumcount()
    return counted.to_numpy(dtype=np.int64)


@dataclass(frozen=True)
class Standing:
    """Bank lines that stand in the workbook.

    Args:
        frame: rows of BankLines.
        kinds: what kind of file each came from, `CAMT.053`; "" where that is not known.
    """

    frame: Frame
    kinds: TextArray

    @classmethod
    def of(cls, ledger: Ledger) -> Standing:
        """Those of a ledger."""
        frame, statements = ledger.posted("BankLines"), ledger.posted("BankStatements")
        ids, sources = statements.text("statement_id"), statements.text("source")
        kind_of = {
            name: source.partition(": ")[0] if ": " in source else ""
            for name, source in zip(ids.tolist(), sources.tolist(), strict=True)
        }
        kinds = (kind_of.get(each, "") for each in frame.text("statement_id").tolist())
        return cls(frame, text_array(kinds))


@dataclass
class _Match:
    """Lines of files beside those that came before them, as one comparison goes on.

    Args:
        lines, ids: of the files.
        standing: what they are compared with.
        found: rows of `standing` that a line of the files was recognised as.
        findings: what to say.
    """

    lines: Lines
    ids: TextArray
    files: Sequence[ReadFile]
    standing: Standing
    found: BoolArray
    findings: list[Finding]

    def say(self, code: Code, row: int, seen: str) -> None:
        name, place = self.files[int(self.lines.file[row])].name, self.lines.place[row]
        where = f"{name}, {place}" if place else name
        self.findings.append(Finding(code, seen=seen, sheet=where))

    def shown(self, row: int) -> str:
        """A line in words."""
        lines = self.lines
        amount = money_text(int(lines.amount[row]), str(lines.currency[row]))
        return f"{lines.currency[row]} {amount} on {lines.date[row]}"


def mark_known(
    lines: Lines, files: Sequence[ReadFile], ledger: Ledger
) -> tuple[TextArray, list[Finding]]:
    """Mark the lines that the workbook or a file before has, and refuse contradictions.

    Args:
        lines: their `outcome` is changed: only lines that are new so far are looked at.
        files: for the words of findings.
        ledger: what stands.

    Returns:
        The Line ID of each line, and what to say.
    """
    ids, standing = line_ids(lines), Standing.of(ledger)
    open_ = lines.outcome == Outcome.NEW
    before = pd.Index(standing.frame.text("line_id"), dtype=object)
    at = before.get_indexer(pd.Index(ids, dtype=object)) if before.is_unique else _first_at(
        before, ids
    )  # fmt: skip
    known = open_ & (at >= 0)
    lines.outcome[known] = Outcome.KNOWN
    found = np.zeros(len(standing.frame), dtype=np.bool_)
    found[at[at >= 0]] = True
    rows = np.flatnonzero(open_ & ~known)
    again = pd.Series(ids[rows]).duplicated().to_numpy()
    lines.outcome[rows[again]] = Outcome.KNOWN
    match = _Match(lines, ids, files, standing, found, [])
    _by_number(match)
    _from_elsewhere(match)
    _numbers_within(match)
    _alike(match)
    return ids, match.findings


def _first_at(before: pd.Index, ids: TextArray) -> IntArray:
    kept = np.flatnonzero(~before.duplicated())
    found = before[kept].get_indexer(pd.Index(ids, dtype=object))
    return np.where(found >= 0, kept[found], -1).astype(np.int64)


def _by_number(match: _Match) -> None:
    """A number of the bank that stands in the workbook with another day or amount."""
    lines, frame = match.lines, match.standing.frame
    rows = np.flatnonzero((lines.outcome == Outcome.NEW) & (lines.bank_id != ""))
    free = np.flatnonzero(~match.found & (frame.text("bank_id") != ""))
    if not len(rows) or not len(free):
        return
    (mine, theirs), _ = codes_of(
        _joined(lines.account[rows], lines.bank_id[rows]),
        _joined(frame.text("account")[free], frame.text("bank_id")[free]),
    )
    by_number: dict[int, list[int]] = {}
    shared = np.isin(theirs, mine)
    for code, row in zip(theirs[shared].tolist(), free[shared].tolist(), strict=True):
        by_number.setdefault(code, []).append(row)
    for code, row in zip(mine.tolist(), rows.tolist(), strict=True):
        others = by_number.get(code)
        if others:
            _judge(match, row, others)


def _judge(match: _Match, row: int, others: list[int]) -> None:
    """Decide about a line whose number stands in the workbook with something else."""
    lines, frame = match.lines, match.standing.frame
    number = lines.bank_id[row]
    for other in others:
        same = frame.ints("amount")[other] == lines.amount[row]
        same &= frame.text("currency")[other] == lines.currency[row]
        if same and not match.found[other]:
            moved = abs(int((lines.date[row] - frame.dates("date")[other]).astype(np.int64)))
            when = frame.dates("date")[other]
            if moved <= DAYS_MOVED:
                match.found[other] = True
                lines.outcome[row] = Outcome.KNOWN
                return
            seen = f"{match.shown(row)} has the bank's number {number}, as had a line of {when}"
            match.say(codes.NUMBER_AGAIN, row, seen)
            return
    other = others[0]
    was = money_text(int(frame.ints("amount")[other]), str(frame.text("currency")[other]))
    seen = (
        f"{match.shown(row)} has the bank's number {number}, which stands in the workbook with "
        f"{frame.text('currency')[other]} {was} ({frame.text('line_id')[other]})"
    )
    match.say(codes.SAME_NUMBER_OTHER_AMOUNT, row, seen)
    lines.outcome[row] = Outcome.REFUSED


def _from_elsewhere(match: _Match) -> None:
    """The same account, day and amount from a file of another kind, which tells it otherwise."""
    lines, frame = match.lines, match.standing.frame
    rows = np.flatnonzero(lines.outcome == Outcome.NEW)
    free = np.flatnonzero(~match.found)
    if not len(rows) or not len(free):
        return
    (mine, theirs), _ = codes_of(
        _keys(lines.account[rows], lines.date[rows], lines.amount[rows], lines.currency[rows]),
        _keys(frame.text("account")[free], frame.dates("date")[free], frame.ints("amount")[free],
              frame.text("currency")[free]),
    )  # fmt: skip
    left: dict[int, list[int]] = {}
    shared = np.isin(theirs, mine)
    for code, row in zip(theirs[shared].tolist(), free[shared].tolist(), strict=True):
        left.setdefault(code, []).append(row)
    for code, row in zip(mine.tolist(), rows.tolist(), strict=True):
        kind = match.files[int(lines.file[row])].content.format
        others = left.get(code, ())
        other = next((each for each in others if _is_other(match, row, each, kind)), None)
        if other is None:
            continue
        left[code].remove(other)
        match.found[other] = True
        lines.outcome[row] = Outcome.KNOWN
        was = frame.text("line_id")[other]
        seen = f"{match.shown(row)} stands in the workbook as {was}, from a file of another kind"
        match.say(codes.KNOWN_FROM_ELSEWHERE, row, seen)


def _is_other(match: _Match, row: int, other: int, kind: str) -> bool:
    """Whether two lines differ in how files of different kinds tell the same payment."""
    theirs = match.standing.kinds[other]
    one_number = bool(match.lines.bank_id[row]) != bool(match.standing.frame.text("bank_id")[other])
    return one_number or (theirs != "" and theirs != kind)


def _numbers_within(match: _Match) -> None:
    """One number with several amounts among the new lines: the statement's balance decides."""
    lines = match.lines
    rows = np.flatnonzero((lines.outcome == Outcome.NEW) & (lines.bank_id != ""))
    if not len(rows):
        return
    (number,), _ = codes_of(_joined(lines.account[rows], lines.bank_id[rows]))
    twice = rows[pd.Series(number).duplicated(keep="first").to_numpy()]
    first = rows[~pd.Series(number).duplicated(keep="first").to_numpy()]
    at = {code: row for code, row in zip(number[np.isin(rows, first)].tolist(), first.tolist(),
                                         strict=True)}  # fmt: skip
    for code, row in zip(number[np.isin(rows, twice)].tolist(), twice.tolist(), strict=True):
        if lines.file[at[code]] != lines.file[row] and (
            lines.amount[at[code]] != lines.amount[row]
        ):
            other = match.shown(at[code])
            seen = f"{match.shown(row)} and {other} have the same number {lines.bank_id[row]}"
            match.say(codes.SAME_NUMBER_OTHER_AMOUNT, row, seen)
            lines.outcome[row] = Outcome.REFUSED


def _alike(match: _Match) -> None:
    """Say which new lines cannot be told apart; both count."""
    lines = match.lines
    rows = np.flatnonzero((lines.outcome == Outcome.NEW) & (lines.bank_id == ""))
    if not len(rows):
        return
    picked = Lines(**{key: column[rows] for key, column in vars(lines).items()})
    (content,), _ = codes_of(text_array(_contents(picked)))
    counts = np.bincount(content)
    for code in np.flatnonzero(counts > 1).tolist():
        same = rows[content == code]
        row = int(same[0])
        match.say(
            codes.POSSIBLE_DUPLICATE, row,
            f"{len(same)} lines of {match.shown(row)} cannot be told apart",
        )  # fmt: skip


def _joined(accounts: TextArray, others: TextArray) -> TextArray:
    pairs = zip(accounts.tolist(), others.tolist(), strict=True)
    return text_array(f"{account.upper()}|{other}" for account, other in pairs)


def _keys(
    accounts: TextArray, dates: TextArray, amounts: IntArray, currencies: TextArray
) -> TextArray:
    days = dates.astype("datetime64[D]").astype(np.int64)
    rows = zip(accounts.tolist(), days.tolist(), amounts.tolist(), currencies.tolist(), strict=True)
    return text_array("|".join((a.upper(), str(d), str(m), c)) for a, d, m, c in rows)

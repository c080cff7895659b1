"""Remittance advices as people paste them: the text of an e-mail becomes references.

Each line that names a document says what is paid of it: in words (`Invoice INV-7 Amount 1,200.00
Discount 24.00 Paid 1,176.00`), in a table below headings, or as bare numbers. A line such as
`less 50.00 damaged goods` belongs to the document named before it. What the grammar of
`ops/remittance/references.py` understands is never read here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from ar_xl.ops.remittance.amounts import (
    Amount,
    amounts_in,
    currencies_in,
    decimal_comma,
    without_dates,
)
from ar_xl.ops.remittance.cleaning import lines_of
from ar_xl.ops.remittance.lines import (
    Line,
    differences,
    once,
    settle,
    shown_line,
    take_off_later,
)
from ar_xl.ops.remittance.references import UNKNOWN, Deduction, Reference, References
from ar_xl.ops.remittance.words import (
    MONEY_WORDS,
    Word,
    named_documents,
    reason_meant,
    words_in,
)

Find = Callable[[str], int]
_PIECE = re.compile(r"[^\s|;]+")
_EDGES = " .,:;()[]{}\"'*#<>\u201e\u201c\u201d"
_CELLS = re.compile(r"\s*(?:\t|\||\s{2,})\s*")
_LEAST_DIGITS = 4  # of a bare number that counts as a document without being called one
_MOST_LINES = 2000
_MOST_SAID = 3  # lines that were not understood


@dataclass(frozen=True)
class Reading:
    """What a pasted text was understood as.

    Args:
        references: the documents and what is paid of each.
        shown: the same in words, for a person to compare.
        said: what does not add up or was left out.
        total: the total that the text gives, major units; None where it gives none.
        currency: the currency that it names; "" where it names none.
        problem: why it is not used at all; "" where it is.
    """

    references: References
    shown: str = ""
    said: tuple[str, ...] = ()
    total: Decimal | None = None
    currency: str = ""
    problem: str = ""


def against(reading: Reading, amount: Decimal, currency: str) -> list[str]:
    """What a reading does not have in common with the money that came, in words.

    Args:
        reading: of the text.
        amount: received, major units.
        currency: of the money.
    """
    said = list(reading.said)
    named = [each.amount for each in reading.references if each.amount is not None]
    together = sum(named, Decimal(0))
    if named and len(named) == len(reading.references) and together != amount:
        said.append(f"the documents come to {together:,}, the money to {amount:,}")
    if reading.total is not None and reading.total not in (amount, together):
        said.append(f"the text's total is {reading.total:,}, the money is {amount:,}")
    if reading.currency and reading.currency != currency:
        said.append(f"it names {reading.currency}, the money is {currency}")
    return said


def read_text(
    text: str,
    find: Find,
    find_called: Find,
    reasons: Iterable[str],
    received: Decimal | None = None,
) -> Reading:
    """Read a pasted remittance advice.

    Args:
        text: as pasted.
        find: from a number as written to the index of its document, UNKNOWN or SEVERAL.
        find_called: the same for what the text calls an invoice, however shortly.
        reasons: of the setting Deduction Reasons.
        received: the amount of the receipt, major units, which decides between readings.

    Returns:
        The reading; one without references where the text names no document.
    """
    currencies = currencies_in(text)
    if len(currencies) > 1:
        return Reading((), problem=f"amounts in {' and '.join(currencies)} in one text")
    reader = _Reader(find, find_called, list(reasons))
    lines = [without_dates(line) for line in lines_of(text)[:_MOST_LINES]]
    reader.comma = decimal_comma(lines)
    for line in lines:
        reader.take(line)
    return reader.result(received, currencies[0] if currencies else "")


class _Reader:
    """Reads a text line by line."""

    def __init__(self, find: Find, find_called: Find, reasons: list[str]) -> None:
        self.find, self.find_called, self.reasons, self.comma = find, find_called, reasons, False
        self.lines: list[Line] = []
        self.total: Decimal | None = None
        self.said: list[str] = []
        self.columns: list[Word] = []
        self.orphans: list[Deduction] = []
        self.pending: Word | None = None
        self.left_out: list[str] = []

    def take(self, line: str) -> None:
        """Take in the next line."""
        spots = self._documents(line)
        plain = _blanked(line, [(start, end) for start, end, _, _ in spots])
        amounts = amounts_in(plain, self.comma)
        if not spots and not amounts:
            self._headings(line)
            return
        pending, self.pending = self.pending, None
        if not spots:
            self._without_document(plain, amounts, pending)
        elif len(spots) == 1:
            self.lines.append(Line(spots[0][2], spots[0][3]))
            self._attribute(self.lines[-1], plain, amounts)
        else:
            self._several(plain, spots, amounts)

    def _documents(self, line: str) -> list[tuple[int, int, str, int]]:
        """Begin, end, text and index of every document that a line names."""
        found: list[tuple[int, int, str, int]] = []
        called = named_documents(line)
        by_name = _marked(line, [(start, end) for start, end, _ in called])
        pieces = [(each.start(), each.end()) for each in _PIECE.finditer(line)]
        at = 0
        while at < len(pieces):
            for count in (3, 2, 1):
                if at + count > len(pieces):
                    continue
                start, end = pieces[at][0], pieces[at + count - 1][1]
                text = line[start:end].strip(_EDGES)
                document = self.find(text) if text else UNKNOWN
                bare = text.isdigit() and len(text) < _LEAST_DIGITS
                if document != UNKNOWN and not (bare and by_name.find(1, start, end) < 0):
                    found.append((start, end, text, document))
                    at += count - 1
                    break
            at += 1
        taken = _marked(line, [(start, end) for start, end, _, _ in found])
        found += [
            (start, end, text, self.find_called(text)) for start, end, text in called
            if taken.find(1, start, end) < 0
        ]  # fmt: skip
        return sorted(found)

    def _headings(self, line: str) -> None:
        """A line without numbers may say what the columns below it are."""
        kinds = [word for _, _, word in words_in(line)]
        if self.lines or not kinds:
            self.pending = kinds[-1] if kinds else None
            return
        flat = len(line.split()) <= 3 and len(kinds) == 1
        if flat:
            self.columns.append(kinds[0])
        elif len(set(kinds)) > 1:
            self.columns = [
                next((w for _, _, w in words_in(cell)), Word.OTHER)
                for cell in _CELLS.split(line.strip("\t| ")) if cell
            ]  # fmt: skip
            if len(self.columns) < len(kinds):
                self.columns = kinds
            self.columns = [Word.PAID if w is Word.TOTAL else w for w in self.columns]

    def _several(
        self, line: str, spots: list[tuple[int, int, str, int]], amounts: list[Amount]
    ) -> None:
        """A line of several documents: what stands behind each is about it."""
        ends = [*(start for start, _, _, _ in spots[1:]), len(line)]
        places = [each.start for each in amounts]
        behind = [
            amounts[bisect_right(places, start) : bisect_left(places, end)]
            for (start, _, _, _), end in zip(spots, ends, strict=True)
        ]
        listed = sum(bool(each) for each in behind) == 1 and bool(behind[-1])
        for (start, _, text, document), end, mine in zip(spots, ends, behind, strict=True):
            self.lines.append(Line(text, document))
            if not listed:
                there = [a._replace(start=a.start - start, end=a.end - start) for a in mine]
                self._attribute(self.lines[-1], line[start:end], there)
        if listed:
            self.total = self.total or behind[-1][-1].value

    def _attribute(self, entry: Line, line: str, amounts: list[Amount]) -> None:
        """Give a document the amounts of its line."""
        by_cell = self._by_cell(line, amounts)
        words, before = words_in(line), 0
        for number, amount in enumerate(amounts):
            if by_cell is not None:
                word: Word | None = by_cell[number]
            else:
                word = _word_between(words, before, amount.start)
            following = amounts[number + 1].start if number + 1 < len(amounts) else len(line)
            beside = line[before : amount.start] + " " + line[amount.end : following]
            before = amount.end
            self._note(entry, word, amount, beside)

    def _note(self, entry: Line, word: Word | None, amount: Amount, beside: str) -> None:
        """Take one amount of a document in as what the word says."""
        if word is Word.OTHER:
            return
        if word is Word.DISCOUNT:
            entry.discount += amount.value
        elif word is Word.DEDUCTION:
            entry.deductions.append(Deduction(amount.value, reason_meant(beside, self.reasons)))
        elif amount.negative:
            entry.credit = amount.value
        elif word is Word.PAID:
            entry.paid = amount.value
        elif word is Word.GROSS or word is Word.TOTAL:
            entry.gross = amount.value
        elif amount.sure:
            entry.bare.append(amount.value)

    def _by_cell(self, line: str, amounts: list[Amount]) -> list[Word] | None:
        """What the headings of a table say about the amounts of a row; None without a table."""
        money = [word for word in self.columns if word in MONEY_WORDS]
        if not money or any(word in MONEY_WORDS for _, _, word in words_in(line)):
            return None
        sure = [each for each in amounts if each.sure]
        if len(sure) != len(money):
            return None
        kinds = iter(money)
        return [next(kinds) if each.sure else Word.OTHER for each in amounts]

    def _without_document(self, line: str, amounts: list[Amount], pending: Word | None) -> None:
        """A line without a document: a deduction, a total, or cells of a flattened table."""
        kinds = {word for _, _, word in words_in(line)}
        sure = [each for each in amounts if each.sure]
        if not sure:
            return
        bare = not re.sub(r"[\W\d_]", "", _blanked(line, _spans(amounts)))
        if bare and pending is not None:
            kinds = {pending}
        if Word.TOTAL in kinds or (Word.PAID in kinds and not kinds & {Word.DEDUCTION}):
            if self.total is None or Word.TOTAL in kinds:
                self.total = self._total_of(sure)
        elif kinds & {Word.DEDUCTION, Word.DISCOUNT}:
            self._later(kinds, line, sure[0])
        elif self.lines and bare:
            self.lines[-1].bare += [each.value for each in sure]
        elif Word.OTHER not in kinds:
            self.left_out.append(" ".join(line.split()))

    def _total_of(self, sure: list[Amount]) -> Decimal:
        """The total of what is paid: of a table the column that says so, else the last amount."""
        money = [word for word in self.columns if word in MONEY_WORDS]
        if len(money) == len(sure) and Word.PAID in money:
            return sure[money.index(Word.PAID)].value
        return sure[-1].value

    def _later(self, kinds: set[Word], line: str, amount: Amount) -> None:
        """`less 50.00 damaged goods`, below the document that it is about."""
        if self.lines:
            self.lines[-1].later = True
        if Word.DISCOUNT in kinds:
            if self.lines:
                self.lines[-1].discount += amount.value
            return
        kept = Deduction(amount.value, reason_meant(line, self.reasons))
        (self.lines[-1].deductions if self.lines else self.orphans).append(kept)

    def result(self, received: Decimal | None, currency: str) -> Reading:
        """What the lines taken in come to."""
        if self.orphans and len({line.text for line in self.lines}) == 1:
            self.lines[0].deductions += self.orphans
        elif self.orphans:
            self.said.append("a deduction that belongs to no document")
        self._read_flat()
        kept = [line for line in self.lines if line.credit is None or line.paid is not None]
        for line in self.lines:
            if line.credit is not None and line.paid is None:
                self.said.append(f"{line.text} is taken as a credit of {line.credit:,}")
        wanted = self.total if self.total is not None else received
        for line in kept:
            settle(line)
        kept = [line for line in kept if line.paid != 0 or line.deductions]
        kept = once(kept, wanted)
        take_off_later(kept, wanted)
        for line in kept:
            self.said += differences(line)
        self.said += [f"not understood: `{text[:60]}`" for text in self.left_out[:_MOST_SAID]]
        references = tuple(
            Reference(line.text, line.document, line.paid, tuple(line.deductions)) for line in kept
        )
        paid = sum((line.paid or Decimal(0) for line in kept), Decimal(0))
        complete = bool(kept) and all(line.paid is not None for line in kept)
        if complete and self.total is not None and paid != self.total:
            self.said.append(f"the lines add up to {paid:,}, the text says {self.total:,}")
        shown = "; ".join(shown_line(line) for line in kept)
        return Reading(references, shown, tuple(self.said), self.total, currency)

    def _read_flat(self) -> None:
        """Give the bare amounts of flattened tables the meaning that the headings say."""
        money = [word for word in self.columns if word in MONEY_WORDS]
        for line in self.lines:
            if money and len(line.bare) == len(money):
                bare, line.bare = line.bare, []
                for word, value in zip(money, bare, strict=True):
                    self._note(line, word, Amount(0, 0, value, False, True), "")


def _word_between(words: list[tuple[int, int, Word]], start: int, end: int) -> Word | None:
    """The last word of money between two places of a line."""
    at = bisect_right(words, end, key=lambda each: each[1]) - 1
    while at >= 0 and words[at][0] >= start:
        if words[at][2] is not Word.DOCUMENT:
            return words[at][2]
        at -= 1
    return None


def _marked(line: str, spans: Iterable[tuple[int, int]]) -> bytearray:
    """For each character of a line 1 where one of some spans covers it, else 0."""
    marks = bytearray(len(line))
    for start, end in spans:
        marks[start:end] = b"\1" * (end - start)
    return marks


def _spans(amounts: list[Amount]) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in amounts]


def _blanked(line: str, spans: list[tuple[int, int]]) -> str:
    marks = list(line)
    for start, end in spans:
        marks[start:end] = " " * (end - start)
    return "".join(marks)

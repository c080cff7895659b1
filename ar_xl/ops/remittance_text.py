"""Remittance advices as people paste them: the text of an e-mail becomes references.

Each line that names a document says what is paid of it: in words (`Invoice INV-7 Amount 1,200.00
Discount 24.00 Paid 1,176.00`), in a table below headings, or as bare numbers. A line such as
`less 50.00 damaged goods` belongs to the document named before it. What the grammar of
`ops/references.py` understands is never read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from ar_xl.ops.references import SEVERAL, UNKNOWN, Deduction, Reference, References
from ar_xl.ops.remittance_amounts import (
    Amount,
    amounts_in,
    currencies_in,
    decimal_comma,
    without_dates,
)
from ar_xl.ops.remittance_cleaning import lines_of
from ar_xl.ops.remittance_words import (
    MONEY_WORDS,
    Word,
    named_documents,
    reason_meant,
    words_in,
)

Find = Callable[[str], int]
_PIECE = re.compile(r"[^\s|;]+")
_EDGES = ".,:;()[]{}\"'*#<>\u201e\u201c\u201d"
_CELLS = re.compile(r"\s*(?:\t|\||\s{2,})\s*")
_LEAST_DIGITS = 4  # of a bare number that counts as a document without being called one
_MOST_LINES = 2000


@dataclass
class _Line:
    """What the text says about one document, while it is read."""

    text: str
    document: int
    gross: Decimal | None = None
    paid: Decimal | None = None
    discount: Decimal = Decimal(0)
    deductions: list[Deduction] = field(default_factory=list)
    bare: list[Decimal] = field(default_factory=list)
    credit: Decimal | None = None

    @property
    def less(self) -> Decimal:
        """Discount and deductions together."""
        return self.discount + sum((each.amount for each in self.deductions), Decimal(0))


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


def read_text(
    text: str, find: Find, reasons: Iterable[str], received: Decimal | None = None
) -> Reading:
    """Read a pasted remittance advice.

    Args:
        text: as pasted.
        find: from a number as written to the index of its document, UNKNOWN or SEVERAL.
        reasons: of the setting Deduction Reasons.
        received: the amount of the receipt, major units, which decides between readings.

    Returns:
        The reading; one without references where the text names no document.
    """
    currencies = currencies_in(text)
    if len(currencies) > 1:
        return Reading((), problem=f"amounts in {' and '.join(currencies)} in one text")
    reader = _Reader(find, list(reasons))
    lines = [without_dates(line) for line in lines_of(text)[:_MOST_LINES]]
    reader.comma = decimal_comma(lines)
    for line in lines:
        reader.take(line)
    return reader.result(received, currencies[0] if currencies else "")


class _Reader:
    """Reads a text line by line."""

    def __init__(self, find: Find, reasons: list[str]) -> None:
        self.find, self.reasons, self.comma = find, reasons, False
        self.lines: list[_Line] = []
        self.total: Decimal | None = None
        self.said: list[str] = []
        self.columns: list[Word] = []
        self.orphans: list[Deduction] = []

    def take(self, line: str) -> None:
        """Take in the next line."""
        spots = self._documents(line)
        plain = _blanked(line, [(start, end) for start, end, _, _ in spots])
        amounts = amounts_in(plain, self.comma)
        if not spots and not amounts:
            self._headings(line)
        elif not spots:
            self._without_document(plain, amounts)
        elif len(spots) == 1:
            self.lines.append(_Line(spots[0][2], spots[0][3]))
            self._attribute(self.lines[-1], plain, amounts)
        else:
            self._several(plain, spots, amounts)

    def _documents(self, line: str) -> list[tuple[int, int, str, int]]:
        """Begin, end, text and index of every document that a line names."""
        found: list[tuple[int, int, str, int]] = []
        called = named_documents(line)
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
                if document != UNKNOWN and not (bare and not _called(called, start, end)):
                    found.append((start, end, text, document))
                    at += count - 1
                    break
            at += 1
        taken = [(start, end) for start, end, _, _ in found]
        found += [
            (start, end, text, UNKNOWN) for start, end, text in called
            if not any(start < other_end and other < end for other, other_end in taken)
        ]  # fmt: skip
        return sorted(found)

    def _headings(self, line: str) -> None:
        """A line without numbers may say what the columns below it are."""
        kinds = [word for _, _, word in words_in(line)]
        if self.lines or not kinds:
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
        behind = [
            [each for each in amounts if start < each.start < end]
            for (start, _, _, _), end in zip(spots, ends, strict=True)
        ]
        listed = sum(bool(each) for each in behind) == 1 and bool(behind[-1])
        for (start, _, text, document), end, mine in zip(spots, ends, behind, strict=True):
            self.lines.append(_Line(text, document))
            if not listed:
                shift = " " * start + line[start:end]
                self._attribute(self.lines[-1], shift, mine)
        if listed:
            self.total = self.total or behind[-1][-1].value

    def _attribute(self, entry: _Line, line: str, amounts: list[Amount]) -> None:
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

    def _note(self, entry: _Line, word: Word | None, amount: Amount, beside: str) -> None:
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

    def _without_document(self, line: str, amounts: list[Amount]) -> None:
        """A line without a document: a deduction, a total, or cells of a flattened table."""
        words = words_in(line)
        kinds = {word for _, _, word in words}
        sure = [each for each in amounts if each.sure]
        if not sure:
            return
        if Word.TOTAL in kinds or (Word.PAID in kinds and not kinds & {Word.DEDUCTION}):
            if self.total is None or Word.TOTAL in kinds:
                self.total = sure[-1].value
        elif kinds & {Word.DEDUCTION, Word.DISCOUNT}:
            self._later(kinds, line, sure[0])
        elif self.lines and not re.sub(r"[\W\d_]", "", _blanked(line, _spans(amounts))):
            self.lines[-1].bare += [each.value for each in sure]

    def _later(self, kinds: set[Word], line: str, amount: Amount) -> None:
        """`less 50.00 damaged goods`, below the document that it is about."""
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
            if line not in kept:
                self.said.append(f"{line.text} is taken as a credit of {line.credit:,}")
        for line in kept:
            self._settle(line)
        kept = _once(kept, self.total if self.total is not None else received)
        references = tuple(
            Reference(line.text, line.document, line.paid, tuple(line.deductions)) for line in kept
        )
        paid = sum((line.paid or Decimal(0) for line in kept), Decimal(0))
        complete = bool(kept) and all(line.paid is not None for line in kept)
        if complete and self.total is not None and paid != self.total:
            self.said.append(f"the lines add up to {paid:,}, the text says {self.total:,}")
        shown = "; ".join(_shown(line) for line in kept)
        return Reading(references, shown, tuple(self.said), self.total, currency)

    def _read_flat(self) -> None:
        """Give the bare amounts of flattened tables the meaning that the headings say."""
        money = [word for word in self.columns if word in MONEY_WORDS]
        for line in self.lines:
            if money and len(line.bare) == len(money):
                bare, line.bare = line.bare, []
                for word, value in zip(money, bare, strict=True):
                    self._note(line, word, Amount(0, 0, value, False, True), "")

    def _settle(self, line: _Line) -> None:
        """Decide what is paid of a document, and say where its amounts do not add up."""
        bare = line.bare
        if line.paid is None and bare:
            line.paid = bare[-1]
            if len(bare) > 1 and line.gross is None:
                line.gross = max(bare)
            if len(bare) == 3 and bare[0] - bare[1] == bare[2] and not line.discount:
                line.discount = bare[1]
        if line.paid is None and line.gross is not None:
            line.paid = line.gross - line.less
        if line.paid is None or line.gross is None:
            return
        line.deductions = [each for each in line.deductions if each.amount]
        rest = line.gross - line.less - line.paid
        if rest:
            self.said.append(
                f"{line.text}: {line.gross:,} less {line.less:,} is {line.gross - line.less:,}, "
                f"the text says {line.paid:,} is paid"
            )


def _once(lines: list[_Line], total: Decimal | None) -> list[_Line]:
    """Lines that an answered mail repeats count once, unless the total says they come twice."""
    seen: dict[tuple[object, ...], _Line] = {}
    for line in lines:
        key = (line.document if line.document >= 0 else line.text, line.paid, line.discount)
        seen.setdefault(key, line)
    if len(seen) == len(lines):
        return lines
    both = sum((line.paid or Decimal(0) for line in lines), Decimal(0))
    return lines if total is not None and both == total else list(seen.values())


def _shown(line: _Line) -> str:
    parts = [line.text if line.document >= 0 else f"{line.text} (unknown)"]
    if line.document == SEVERAL:
        parts = [f"{line.text} (fits several)"]
    if line.paid is not None:
        parts.append(f"{line.paid:,}")
    if line.discount:
        parts.append(f"after discount {line.discount:,}")
    parts += [f"less {each.amount:,} {each.reason}" for each in line.deductions]
    return " ".join(parts)


def _word_between(words: list[tuple[int, int, Word]], start: int, end: int) -> Word | None:
    """The last word of money between two places of a line."""
    between = [word for begin, stop, word in words if start <= begin and stop <= end]
    between = [word for word in between if word is not Word.DOCUMENT]
    return between[-1] if between else None


def _called(called: list[tuple[int, int, str]], start: int, end: int) -> bool:
    return any(start < stop and begin < end for begin, stop, _ in called)


def _spans(amounts: list[Amount]) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in amounts]


def _blanked(line: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        line = line[:start] + " " * (end - start) + line[end:]
    return line

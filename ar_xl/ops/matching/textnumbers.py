"""Document numbers in the texts of payments, as written, shortened, misread or mistyped.

A number is known by its letters and digits alone, leading zeros of its last digits left out:
`INV-001043`, `inv 1043` and `INV/1043` are one. The prefixes are those of the book's own
numbers. A misread letter (O for 0) is read as the digit; a mistyped digit is looked for only
among documents that the amount or the payer speaks for, see `Numbers.alike`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from ar_xl.core.arrays import IntArray, TextArray
from ar_xl.ops.matching.edits import one_edit, pairs_by_one_edit
from ar_xl.ops.matching.structured import structured_references

EXACT, ANNOUNCED, DIGITS, TYPO = 4, 3, 2, 1
WORDS = 600  # of a text that are looked at
TYPED = 24  # words of a text that may be mistyped numbers
SELF_EVIDENT = 8  # digits that are hardly anything but a number, even without a prefix
SHORTEST = 3  # digits that are a number without a prefix
SHORTEST_TYPED = 4  # letters and digits of a number that may be mistyped
PREFIXES = 40  # the usual ones of the book; a mistyped one is looked for among them
SHARED = 40  # documents that one reference may stand for

_RUN = re.compile(r"[A-Z0-9]+")
_PARTS = re.compile(r"([A-Z]*)(\d+)([A-Z]?)")
_MISREAD = str.maketrans("OQILSBZ", "0011582")
_NOT_PLAIN = re.compile(r"[^A-Z0-9]")
_GLUE = " -/._#:\\"
# Words that announce the number of a document, in the languages of payment texts.
_ANNOUNCING = (
    "INV INVOICE INVOICES INVNO BILL NO NR NUM NUMBER N RE RG RNR RGNR RECHNUNG RECHNR BELEG"
    " FACTURE FACT FAC FACTURA FRA FATTURA FT FAKTURA FV FAKTUR FACTUUR REF REFERENCE DOC"
)
_ANNOUNCES = frozenset(_ANNOUNCING.split())


class Named(NamedTuple):
    """A document that a text names.

    Args:
        document: its index.
        level: EXACT, ANNOUNCED (misread, or digits after a word such as `invoice`), DIGITS (no
            prefix; or a customer's reference or order number), TYPO (one sign differs).
        text: as it was written.
        at: where the text goes on behind it.
        scheme: the name of the structured reference it comes from, "" where from none.
    """

    document: int
    level: int
    text: str
    at: int
    scheme: str = ""


Word = tuple[str, int]


class Read(NamedTuple):
    """What a text says.

    Args:
        named: documents, each once, in the order of the text.
        words: what may be a mistyped number, with where the text goes on behind it.
        settled: numbers of our documents that it names and on which nothing is open.
        upper: the text in capitals.
    """

    named: tuple[Named, ...]
    words: tuple[Word, ...]
    settled: tuple[str, ...]
    upper: str


UNREAD = Read((), (), (), "")


class _Index:
    """Texts to documents; most stand for one."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self._more: dict[str, list[int]] = {}

    def add(self, text: str, document: int) -> None:
        known = self._first.setdefault(text, document)
        if known != document:
            more = self._more.setdefault(text, [known])
            if more[-1] != document:
                more.append(document)

    def __contains__(self, text: str) -> bool:
        return text in self._first

    def __getitem__(self, text: str) -> list[int]:
        if text in self._more:
            return self._more[text]
        first = self._first.get(text, -1)
        return [first] if first >= 0 else []


def plain(text: str) -> str:
    """A number as letters and digits, leading zeros of its last digits left out.

    >>> plain("inv-001043"), plain("2026/0007"), plain("R-7b")
    ('INV1043', '20260007', 'R7B')
    """
    return _stripped(_NOT_PLAIN.sub("", text.upper()))


def _stripped(letters: str) -> str:
    head = letters.rstrip("0123456789")
    last = letters[len(head) :].lstrip("0")
    return head + last if last else letters


def _pieces(number: str) -> tuple[str, str]:
    """The last digits of a number without leading zeros, and what stands before them."""
    runs = _RUN.findall(number.upper())
    match = _PARTS.fullmatch(runs[-1]) if runs else None
    if match is None:
        return "", ""
    return match[2].lstrip("0"), "".join(runs[:-1]) + match[1]


class Numbers:
    """Finds documents in texts.

    Args:
        numbers: of the open documents.
        references, purchase_orders: what their customers call them, "" where unknown.
        settled: numbers of documents on which nothing is open.
    """

    def __init__(
        self, numbers: TextArray, references: TextArray, purchase_orders: TextArray,
        settled: Iterable[str] = (),
    ) -> None:  # fmt: skip
        self._whole, self._misread, self._digits, self._theirs = (_Index() for _ in range(4))
        self._dates = _Index()  # years and numbers without zeros between: 20261126 may be a date
        self._forms: list[str] = []
        self._cores: list[str] = []
        self._prefixes: Counter[str] = Counter()
        self._settled: dict[str, str] = {}
        self._settled_cores: dict[str, str] = {}
        for number in settled:
            core, prefix = _pieces(number)
            self._settled.setdefault(plain(number), number)
            if core and not prefix.isdigit():
                self._settled.setdefault(prefix + core, number)
            self._settled_cores.setdefault(core, number)
        # One turn per open document: each is a text to be taken apart.
        for document, number in enumerate(numbers.tolist()):
            form = plain(number)
            core, prefix = _pieces(number)
            self._forms.append(form)
            self._cores.append(core)
            self._whole.add(form, document)
            if core:
                short = self._whole if not prefix.isdigit() else self._dates
                short.add(prefix + core, document)
                self._digits.add(core, document)
                letters = prefix.rstrip("0123456789")
                if letters:
                    self._prefixes[letters] += 1
                if core != form:
                    self._misread.add(_stripped(form.translate(_MISREAD)), document)
        self._usual = [p for p, _ in self._prefixes.most_common(PREFIXES) if len(p) <= 8]
        for texts in (references, purchase_orders):
            for document in np.flatnonzero(texts != "").tolist():
                self._theirs.add(plain(texts[document]), document)

    def read(self, text: str) -> Read:
        """Find what a text names; it is looked at up to WORDS words."""
        upper = text.upper()
        runs = []
        for match in _RUN.finditer(upper):
            runs.append((match[0], match.start(), match.end()))
            if len(runs) == WORDS:
                break
        found: dict[int, Named] = {}
        for named in self._structured(upper):
            _keep(found, named)
        words: list[Word] = []
        settled: list[str] = []
        at = 0
        while at < len(runs):
            used = self._longest(upper, runs, at, found, settled)
            if not used:
                used = 1
                self._by_digits(upper, runs, at, found, settled)
            exact = self._is_exactly("".join(run for run, _, _ in runs[at : at + used]))
            for place in range(at, at + used if not exact else at):
                words += self._typed(upper, runs, place) if len(words) < TYPED else []
            at += used
        ordered = sorted(found.values(), key=lambda named: named.at)
        return Read(tuple(ordered), tuple(words[:TYPED]), tuple(dict.fromkeys(settled)), upper)

    def _structured(self, upper: str) -> list[Named]:
        out = []
        for each in structured_references(upper, self._knows):
            whole = self._theirs[plain(each.text)]
            documents = whole or self._theirs[plain(each.body)]
            if not documents and (each.sure or len(each.body) >= SHORTEST_TYPED):
                documents = self._of_body(each.body, each.sure)
            level = EXACT if each.sure or whole else DIGITS
            if len(documents) == 1:
                end = each.at + len(each.text)
                out.append(Named(documents[0], level, each.text, end, each.scheme))
        return out

    def _knows(self, body: str) -> bool:
        """Whether the body of a payment number can stand for a document at all."""
        return body in self._theirs or body in self._digits or body in self._whole

    def _of_body(self, body: str, by_end: bool) -> list[int]:
        """The documents that the body of a structured reference means: by number, or its end."""
        found = self._whole[plain(body)] or self._digits[body.lstrip("0")]
        if found or not body.isdigit() or not by_end:
            return found
        for length in range(min(len(body) - 1, 12), SHORTEST_TYPED - 1, -1):
            tail = body[-length:]
            if tail[0] != "0" and tail in self._digits:
                return self._digits[tail]
        return []

    def _longest(
        self, upper: str, runs: list[tuple[str, int, int]], at: int, found: dict[int, Named],
        settled: list[str],
    ) -> int:  # fmt: skip
        """Look up to three runs that follow one another; how many of them were a number."""
        joined, tries, announced = "", [], _announced(upper, runs, at)
        following = [run for run, _, _ in runs[at : at + 3]]
        if all(map(str.isalpha, following)):
            return 0
        for count in range(3):
            if at + count == len(runs):
                break
            run, start, end = runs[at + count]
            if count and not _close(upper, runs[at + count - 1][2], start):
                break
            joined += run
            tries.append((count + 1, joined, end))
        for count, text, end in reversed(tries):
            if len(text) > 1 and not text.isalpha():
                number = self._settled_as(text, upper[runs[at][1] : end], announced)
                if number:
                    settled.append(number)
                    return count
                level, documents = self._look(text, count)
                if level == DIGITS and documents and announced:
                    level = EXACT
                for document in documents[:SHARED]:
                    written = upper[runs[at][1] : end]
                    _keep(found, Named(document, level, written, end))
                if documents:
                    return count
        return 0

    def _settled_as(self, joined: str, written: str, announced: bool) -> str:
        """The settled document that some runs are exactly, "" where none; digits may be a date."""
        text = _stripped(joined)
        number = self._settled.get(text, "")
        if not number or text in self._whole:
            return ""
        evident = len(text) >= SELF_EVIDENT and joined == written
        same = joined != written and written == number.upper()
        return number if announced or evident or same or not text.isdigit() else ""

    def _look(self, written: str, runs: int) -> tuple[int, list[int]]:
        text = _stripped(written)
        bare = text.isdigit()
        if bare and len(text) < SHORTEST:
            return DIGITS, []
        if text in self._whole:
            return (DIGITS if bare and len(text) < SELF_EVIDENT else EXACT), self._whole[text]
        if text in self._dates:
            return (ANNOUNCED if runs > 1 else DIGITS), self._dates[text]
        if not bare:
            misread = _stripped(written.translate(_MISREAD))
            if misread in self._misread:
                return ANNOUNCED, self._misread[misread]
        if len(text) >= SHORTEST_TYPED and text in self._theirs and runs < 3:
            return DIGITS, self._theirs[text]
        return DIGITS, []

    def _by_digits(
        self, upper: str, runs: list[tuple[str, int, int]], at: int, found: dict[int, Named],
        settled: list[str],
    ) -> None:  # fmt: skip
        """A run whose digits are those of a number, whatever stands before them."""
        run, start, end = runs[at]
        match = _PARTS.fullmatch(run)
        if match is None:
            return
        core = match[2].lstrip("0")
        documents = self._digits[core] if core else []
        paid = "" if documents or len(core) < SHORTEST else self._settled_cores.get(core, "")
        if len(documents) > SHARED or not (documents or paid):
            return
        before = match[1]
        if not before and at and _close(upper, runs[at - 1][2], start):
            before = runs[at - 1][0]
        announced = before in _ANNOUNCES or self._like_a_prefix(before)
        if len(core) < SHORTEST and not announced:
            return
        if paid and announced:
            settled.append(paid)
        for document in documents:
            _keep(found, Named(document, ANNOUNCED if announced else DIGITS, run, end))

    def _like_a_prefix(self, letters: str) -> bool:
        if letters in self._prefixes:
            return True
        if not 2 <= len(letters) <= 8 or not letters.isalpha():
            return False
        return len(letters) > 2 and any(one_edit(letters, known) for known in self._usual)

    def _typed(self, upper: str, runs: list[tuple[str, int, int]], at: int) -> list[Word]:
        """A run, alone and with the one before it, as what may be a mistyped number."""
        run, start, end = runs[at]
        if not any(sign.isdigit() for sign in run):
            return []
        out = [(_stripped(run), end)] if len(run) >= SHORTEST_TYPED else []
        if at and _close(upper, runs[at - 1][2], start):
            out.append((_stripped(runs[at - 1][0] + run), end))
        return [
            word for word in out
            if not self._is_exactly(word[0]) and word[0] not in self._settled_cores
        ]  # fmt: skip

    def _is_exactly(self, written: str) -> bool:
        """Whether letters and digits are the number of a document: no other one mistyped."""
        text = _stripped(written)
        return text in self._whole or text in self._settled

    def alike(self, words: tuple[Word, ...], documents: IntArray) -> list[Named]:
        """Documents of a few whose number differs by one sign, or two turned round, from a word.

        Args:
            words: as `read` gives them.
            documents: which to compare with.
        """
        if not words or not len(documents):
            return []
        listed, typed = documents.tolist(), [word for word, _ in words]
        found: dict[int, Named] = {}
        for forms in ([self._forms[at] for at in listed], [self._cores[at] for at in listed]):
            for word, place in pairs_by_one_edit(typed, forms):
                form = forms[place]
                if len(form) >= SHORTEST_TYPED and sum(map(str.isdigit, form)) >= SHORTEST:
                    _keep(found, Named(listed[place], TYPO, *words[word]))
        return list(found.values())


def _close(upper: str, end: int, start: int) -> bool:
    """Whether two runs follow one another with no more than a sign or two between."""
    return start - end <= 2 and not upper[end:start].strip(_GLUE)


def _announced(upper: str, runs: list[tuple[str, int, int]], at: int) -> bool:
    """Whether the word before a run says that a number follows."""
    if not at or runs[at - 1][0] not in _ANNOUNCES:
        return False
    return _close(upper, runs[at - 1][2], runs[at][1])


def _keep(found: dict[int, Named], named: Named) -> None:
    known = found.get(named.document)
    if known is None or named.level > known.level:
        found[named.document] = named

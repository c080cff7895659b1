"""Lines to documents: an export with one row per line is reduced to one row per document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, IntArray, TextArray, codes_of, sum_by
from ar_xl.core.money import money_text
from ar_xl.imports import codes
from ar_xl.imports.headings import squeezed
from ar_xl.imports.reading import Reader

# Headings of a tax column that repeats the document's tax on each line; any other is the line's.
_DOCUMENT_TAX = frozenset(
    map(squeezed, ("Tax Total", "Total Tax", "VAT Total", "Total Taxes and Charges"))
)


@dataclass(frozen=True)
class Groups:
    """Which rows make up a document.

    Args:
        document: index of each row's document.
        first: row of each document's first line, which holds its heading.
        rows: how many rows each has.
    """

    document: IntArray
    first: IntArray
    rows: IntArray

    def __len__(self) -> int:
        return len(self.first)

    def sums(self, amounts: IntArray) -> IntArray:
        """Sum a column of lines by document; BLANK where any line is BLANK, or none has any."""
        total = sum_by(self.document, np.where(amounts == BLANK, 0, amounts), len(self))
        filled = sum_by(self.document, (amounts != BLANK).astype(np.int64), len(self))
        return np.where(filled == 0, BLANK, total)


def has_lines(reader: Reader) -> bool:
    """Whether the file has one row per line of a document."""
    return reader.has("line_amount", "line_item")


def group_rows(reader: Reader, numbers: TextArray, head: Sequence[str]) -> Groups:
    """Put the rows of each document together.

    Args:
        reader: rows; those of one number belong together, and in a file of lines also rows
            with neither number nor any of `head`, which belong to the document above.
        numbers: of the documents, "" where a row has none.
        head: fields that stand on the first line of a document.
    """
    rows = np.arange(len(numbers), dtype=np.int64)
    owner = numbers.copy()
    if has_lines(reader):
        continued = (numbers == "") & (rows > 0)
        for key in head:
            continued &= ~reader.filled(key)
        above = np.maximum.accumulate(np.where(continued, 0, rows))
        owner = numbers[above]
        alone = owner == ""
        owner[alone] = [f"\x00{row}" for row in above[alone].tolist()]
        (document,), texts = codes_of(owner)
    else:
        document, texts = rows, numbers
    first = np.full(len(texts), -1, dtype=np.int64)
    first[document[::-1]] = rows[::-1]
    return Groups(document, first, np.bincount(document, minlength=len(texts)).astype(np.int64))


def check_alike(reader: Reader, groups: Groups, keys: Sequence[str]) -> None:
    """Find lines whose document fields differ from those of the first line.

    Args:
        reader: the rows.
        groups: which belong together.
        keys: fields of the document; a blank on a later line is as the first.
    """
    for key in keys:
        if not reader.has(key):
            continue
        texts = reader.text(key)
        wanted = texts[groups.first][groups.document]
        differs = (texts != wanted) & (texts != "")
        for row in np.flatnonzero(differs).tolist():
            seen = f"`{texts[row]}`, on the first line `{wanted[row]}`"
            reader.finding(codes.LINES_DISAGREE, row, key, seen)


def line_taxes(reader: Reader, money: Mapping[str, IntArray]) -> IntArray:
    """The tax that stands on each line, 0 where the file has none."""
    total = np.zeros(len(reader), dtype=np.int64)
    keys = ["line_tax", "line_tax_2"]
    if not is_document_tax(reader):
        keys.append("tax")
    for key in keys:
        if key in money:
            total += np.where(money[key] == BLANK, 0, money[key])
    return total


def is_document_tax(reader: Reader) -> bool:
    """Whether the tax column is the document's, repeated on its lines."""
    at = reader.match.columns.get("tax")
    return at is not None and squeezed(reader.table.headings[at]) in _DOCUMENT_TAX


def totals_of_lines(
    reader: Reader, groups: Groups, money: Mapping[str, IntArray]
) -> tuple[IntArray, IntArray]:
    """The total and the tax of each document, added up from its lines.

    Returns:
        Minor units per document. Where tax stands beside the line amounts, a subtotal column
        must prove whether they contain it; otherwise the document gets a finding.
    """
    amounts, taxes = money["line_amount"], line_taxes(reader, money)
    total, tax = groups.sums(amounts), groups.sums(taxes)
    missing = (amounts == BLANK) & ~reader.filled("line_amount")
    reader.each(missing, codes.CELL_MISSING, "line_amount")
    taxed = np.flatnonzero(tax != 0)
    if not len(taxed):
        return total, tax
    if "line_subtotal" in money:
        included = groups.sums(money["line_subtotal"]) + tax == total
    else:
        included = np.zeros(len(groups), dtype=np.bool_)
    for document in taxed[~included[taxed]].tolist():
        row = int(groups.first[document])
        reader.finding(codes.LINE_TAX_OPEN, row, "line_amount", "tax beside the line amounts")
    return total, tax


def check_against_lines(
    reader: Reader,
    groups: Groups,
    money: Mapping[str, IntArray],
    currencies: TextArray,
    which: BoolArray,
) -> None:
    """Compare the totals that documents state with their lines; a difference is said.

    Args:
        reader: the rows.
        groups: which belong together.
        money: minor units by field, one element a row.
        currencies: of the documents.
        which: documents to look at.
    """
    if "line_amount" not in money or "amount" not in money:
        return
    total = money["amount"][groups.first]
    lines = groups.sums(money["line_amount"])
    extras = [np.zeros(len(groups), dtype=np.int64), groups.sums(line_taxes(reader, money))]
    for key in ("tax", "non_discountable"):
        if key in money:
            once = money[key][groups.first]
            extras.append(np.where(once == BLANK, 0, once))
    if "non_discountable" in money:
        extras += [extra + extras[-1] for extra in extras[1:-1]]
    explained = np.zeros(len(groups), dtype=np.bool_)
    for extra in extras:
        explained |= lines + extra == total
    odd = which & ~explained & (total != BLANK) & (lines != BLANK)
    for document in np.flatnonzero(odd).tolist():
        row, code = int(groups.first[document]), str(currencies[document])
        seen = (
            f"total {money_text(int(total[document]), code)}, lines "
            f"{money_text(int(lines[document]), code)}"
        )
        reader.finding(codes.LINES_DIFFER, row, "amount", seen)


def check_unique(reader: Reader, numbers: TextArray, key: str) -> None:
    """Find numbers that several rows of a file without lines have.

    Args:
        reader: the rows.
        numbers: of each.
        key: the field of the number.
    """
    (codes_,), texts = codes_of(numbers)
    times = np.bincount(codes_, minlength=len(texts))
    twice = (times[codes_] > 1) & (numbers != "")
    for row in np.flatnonzero(twice).tolist():
        reader.finding(
            codes.TWICE_IN_FILE, row, key, f"`{numbers[row]}` on {times[codes_[row]]} rows"
        )

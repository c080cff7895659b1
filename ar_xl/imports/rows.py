"""What the rows of a foreign table are: documents, totals, or notes between them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray, TextArray
from ar_xl.core.findings import Finding
from ar_xl.core.money import exponent, money_text
from ar_xl.imports import codes
from ar_xl.imports.amounts import minor_units, take_apart
from ar_xl.imports.headings import squeezed
from ar_xl.imports.rawtable import RawKind, RawTable
from ar_xl.imports.reading import Reader
from ar_xl.imports.words import TOTAL_WORDS, number_of

_TOTALS = frozenset(map(squeezed, TOTAL_WORDS))
_BEGINNINGS = frozenset(word[0] for word in TOTAL_WORDS)


def drop_notes(reader: Reader, telling: Sequence[str]) -> int:
    """Drop rows that are no data: group titles, remarks, repeated headings. Says how many.

    Args:
        reader: afterwards without them.
        telling: fields of which a document has at least one.

    Returns:
        How many were dropped.
    """
    data = np.zeros(len(reader), dtype=np.bool_)
    for key in telling:
        data |= reader.filled(key)
    repeated = np.ones(len(reader), dtype=np.bool_)
    for index, heading in enumerate(reader.table.headings):
        texts = reader.table.grid.columns[index].texts
        repeated &= texts == heading
    notes = ~data | repeated
    if notes.any():
        lines = reader.table.grid.lines[notes][:10].tolist()
        more = ", ..." if int(notes.sum()) > len(lines) else ""
        reader.said.append(
            f"Left out: {number_of(int(notes.sum()), 'row')} without a document "
            f"({', '.join(map(str, lines))}{more})."
        )
        reader.keep(~notes)
    return int(notes.sum())


def split_totals(reader: Reader, absent: Sequence[str]) -> RawTable:
    """Take the totals rows out: rows whose first text is a word for totals.

    Args:
        reader: afterwards without them.
        absent: fields that a totals row has empty, its own word aside.

    Returns:
        The totals rows, for `check_totals`.
    """
    first = _first_texts(reader)
    totals = np.fromiter((_is_total(text) for text in first), bool, len(first))
    for row in np.flatnonzero(totals).tolist():
        cells = [reader.column(key).texts[row] for key in absent if reader.filled(key)[row]]
        totals[row] = all(_is_total(str(text)) for text in cells)
    table = reader.table.take(totals)
    if totals.any():
        reader.keep(~totals)
    return table


def _is_total(text: str) -> bool:
    if text.lstrip()[:1].casefold() not in _BEGINNINGS:
        return False
    plain = squeezed(text)
    return plain in _TOTALS or squeezed(text.split(" ")[0].rstrip(":")) in _TOTALS


def _first_texts(reader: Reader) -> TextArray:
    """The first text from the left of each row."""
    first = reader.blank_texts()
    for column in reader.table.grid.columns:
        wanting = (first == "") & (column.kinds == RawKind.TEXT)
        first[wanting] = column.texts[wanting]
    return first


def check_widths(reader: Reader) -> None:
    """Find rows of a text file with more or fewer cells than there are headings."""
    headings = reader.table.headings
    wanted = max((i for i, heading in enumerate(headings, start=1) if heading), default=0)
    grid = reader.table.grid
    if grid.is_sheet:
        return
    ragged = grid.widths < wanted
    for column in grid.columns[wanted:]:
        ragged |= column.filled
    for row in np.flatnonzero(ragged).tolist():
        seen = f"{int(grid.widths[row])} cells under {wanted} headings"
        reader.finding(codes.ROW_RAGGED, row, "", seen)


def check_totals(
    reader: Reader, totals: RawTable, key: str, counted: IntArray, currencies: TextArray
) -> None:
    """Compare totals rows with the rows above them; a difference is said, it stops nothing.

    Args:
        reader: the other rows; its amounts were read.
        totals: from `split_totals`.
        key: the field of the amount.
        counted: minor units that each row brings in; 0 or BLANK for those that bring none.
        currencies: of the rows; where there are several, nothing is compared.
    """
    names = set(currencies.tolist())
    index = reader.match.columns.get(key)
    if not len(totals) or len(names) != 1 or index is None or not reader.mark:
        return
    code = str(names.pop())
    parts = take_apart(totals.grid.columns[index])
    digits = np.full(len(totals), exponent(code), dtype=np.int64)
    shown, _ = minor_units(parts, reader.mark, digits)
    running = np.concatenate([[0], np.cumsum(np.where(counted == BLANK, 0, counted))])
    above = np.searchsorted(reader.table.grid.lines, totals.grid.lines)
    before = 0
    for row, amount in enumerate(shown.tolist()):
        whole = int(running[above[row]])
        part, before = whole - before, whole
        if amount == BLANK:
            continue
        cell = totals.cell(row, index)
        if amount in (whole, part):
            said = f"The totals row ({cell}) agrees with the rows: {code} "
            reader.said.append(f"{said}{money_text(amount, code)}.")
            continue
        seen = f"{code} {money_text(amount, code)}; the rows above it: {money_text(whole, code)}"
        line = int(totals.grid.lines[row])
        reader.findings.append(
            Finding(codes.TOTAL_DIFFERS, row=line, column=key, seen=seen,
                    sheet=totals.grid.source, cell=cell)
        )  # fmt: skip

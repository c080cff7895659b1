"""What the rows of a bank's table are: lines, totals, balances, notes, or not booked yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ar_xl.core.arrays import BoolArray, TextArray, codes_of
from ar_xl.imports import codes
from ar_xl.imports.bank.tables.facts import (
    Facts,
    facts_of,
    is_all_closing,
    is_all_opening,
    is_closing,
    is_opening,
)
from ar_xl.imports.bank.tables.heads import Heads
from ar_xl.imports.bank.tables.names import NOT_BOOKED, TOTALS
from ar_xl.imports.bank.tables.texts import with_columns
from ar_xl.imports.headings import squeezed
from ar_xl.imports.rawtable import RawColumn, RawGrid, RawKind, RawTable
from ar_xl.imports.reading import Reader
from ar_xl.imports.words import number_of

MONEY = ("amount", "debit", "credit")
_TOTALS = frozenset(map(squeezed, TOTALS))


@dataclass(frozen=True)
class Around:
    """What stands around the lines.

    Args:
        facts: account, currency and balances that the file states beside its lines.
        totals: rows of totals, for a comparison.
        left_out: rows that are no lines, with totals and balances.
    """

    facts: Facts
    totals: RawTable
    left_out: int


def keep_lines(reader: Reader, grid: RawGrid, heads: Heads, counts_pending: bool) -> Around:
    """Keep the lines of a table; notes, balances, totals and lines not booked are said.

    Args:
        reader: the rows below the headings; afterwards the lines alone.
        grid: the whole file, for what stands above the headings.
        heads: where the headings stand, and the columns of texts.
        counts_pending: pending rows that show a balance have moved it.
    """
    facts = facts_of(grid, range(heads.heading_record))
    before = len(reader)
    _join_texts(reader, heads.texts)
    facts = _drop_notes(reader, facts)
    totals = _drop_totals(reader)
    facts = _drop_balances(reader, facts)
    _drop_not_booked(reader, counts_pending)
    _settle_blank_amounts(reader)
    return Around(facts, totals, before - len(reader))


def _join_texts(reader: Reader, texts: tuple[int, ...]) -> None:
    """Rows of nothing but text go on with the line above, where most lines of a file have one."""
    if not texts:
        return
    only = ~_looks_dated(reader) & ~_telling(reader)
    only[:1] = False
    columns = reader.table.grid.columns
    for index, column in enumerate(columns):
        only &= ~column.filled if index not in texts else True
    if not only.any() or 2 * int(only.sum()) < len(reader) - int(only.sum()):
        return
    rows = np.arange(len(reader), dtype=np.int64)
    above = np.maximum.accumulate(np.where(only, 0, rows))
    joined = columns[texts[0]].texts.copy()
    for row in np.flatnonzero(only).tolist():
        more = [str(columns[index].texts[row]) for index in texts]
        joined[above[row]] = " ".join(filter(None, [joined[above[row]], *more]))
    kinds = np.where(joined != "", RawKind.TEXT, columns[texts[0]].kinds).astype(np.uint8)
    changed = RawColumn(joined, kinds, columns[texts[0]].numbers)
    reader.table = with_columns(reader.table, {texts[0]: changed})
    count = number_of(int(only.sum()), "row")
    reader.said.append(f"{count} of text alone went on with the text of the line above.")
    reader.keep(~only)


def _telling(reader: Reader) -> BoolArray:
    filled = np.zeros(len(reader), dtype=np.bool_)
    for key in (*MONEY, "balance"):
        filled |= reader.filled(key)
    return filled


def _has_money(reader: Reader) -> BoolArray:
    filled = np.zeros(len(reader), dtype=np.bool_)
    for key in MONEY:
        filled |= reader.filled(key)
    return filled


def _dated(reader: Reader) -> BoolArray:
    return np.asarray(reader.filled("date") | reader.filled("value_date"), dtype=np.bool_)


def _looks_dated(reader: Reader) -> BoolArray:
    """Rows whose date cell holds a digit or is a date; a label stands there otherwise."""
    found = np.zeros(len(reader), dtype=np.bool_)
    for key in ("date", "value_date"):
        column = reader.column(key)
        (codes_,), distinct = codes_of(column.texts)
        digits = np.fromiter((any(map(str.isdigit, t)) for t in distinct), bool, len(distinct))
        found |= column.filled & (digits[codes_] if len(distinct) else False)
    return found


def _drop_notes(reader: Reader, facts: Facts) -> Facts:
    """Rows with neither date nor money, and repeated headings; they may state balances."""
    named = [i for i, text in enumerate(reader.table.headings) if not text.startswith("Column ")]
    repeated = np.full(len(reader), bool(named), dtype=np.bool_)
    for index in named:
        repeated &= reader.table.grid.columns[index].texts == reader.table.headings[index]
    undated = ~_looks_dated(reader)
    labelled = _where(
        _first_texts(reader), lambda text: is_opening(text) or is_closing(text), undated
    )
    notes = repeated | labelled | (undated & ~_telling(reader))
    if not notes.any():
        return facts
    below = facts_of(reader.table.grid, np.flatnonzero(notes & ~repeated))
    say_left_out(reader, notes, "no lines of the account")
    reader.keep(~notes)
    return Facts(
        facts.account or below.account,
        facts.currency or below.currency,
        facts.opening if facts.opening is not None else below.opening,
        facts.closing if facts.closing is not None else below.closing,
    )


def say_left_out(reader: Reader, which: BoolArray, why: str) -> None:
    """Say that some rows are left out, and where they stand."""
    lines = reader.table.grid.lines[which][:10].tolist()
    more = ", ..." if int(which.sum()) > len(lines) else ""
    reader.said.append(
        f"Left out, {why}: {number_of(int(which.sum()), 'row')} "
        f"({'row' if reader.table.grid.is_sheet else 'line'} {', '.join(map(str, lines))}{more})."
    )


def _drop_totals(reader: Reader) -> RawTable:
    first, undated = _first_texts(reader), ~_looks_dated(reader)
    totals = _where(first, lambda text: squeezed(text) in _TOTALS, undated)
    table = reader.table.take(totals)
    if totals.any():
        reader.keep(~totals)
    return table


def _drop_balances(reader: Reader, facts: Facts) -> Facts:
    """Rows that state a balance and move nothing: brought forward, carried forward."""
    if not len(reader):
        return facts
    text = _texts(reader)
    still = ~_has_money(reader) | _zero(reader)
    silent = ~_moves_with_balance(reader, reader.filled("balance"))
    opening = _where(text, is_opening, still) | _where(text, is_all_opening, silent)
    closing = _where(text, is_closing, still) | _where(text, is_all_closing, silent)
    states = opening | closing
    if not states.any():
        return facts
    if facts.opening is None and opening.any():
        facts = replace(facts, opening=_stated(reader, np.flatnonzero(opening)))
    if facts.closing is None and closing.any():
        facts = replace(facts, closing=_stated(reader, np.flatnonzero(closing)))
    say_left_out(reader, states, "a balance that moves nothing")
    reader.keep(~states)
    return facts


def _moves_with_balance(reader: Reader, has_balance: BoolArray) -> BoolArray:
    """Rows with an amount and a balance that differ: a movement, whatever its text says."""
    amount = reader.column("amount").texts if reader.has("amount") else reader.blank_texts()
    for key in ("debit", "credit"):
        column = reader.column(key)
        amount = np.where(column.filled, column.texts, amount)
    return np.asarray(has_balance & (amount != reader.column("balance").texts), dtype=np.bool_)


def _stated(reader: Reader, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> RawColumn:
    first = rows[:1]
    for key in ("balance", "amount", "credit", "debit"):
        column = reader.column(key).take(first)
        if column.filled[0]:
            return column
    return RawColumn.of_texts([""])


def _zero(reader: Reader) -> BoolArray:
    """Rows whose amounts are all written as zero."""
    zero = np.ones(len(reader), dtype=np.bool_)
    for key in MONEY:
        column = reader.column(key)
        (codes_,), distinct = codes_of(column.texts)
        naught = np.fromiter((t.strip(" 0.,") == "" for t in distinct), bool, len(distinct))
        zero &= naught[codes_] if len(distinct) else True
    return zero


def _drop_not_booked(reader: Reader, counts_pending: bool) -> None:
    for key in ("status", "date"):
        if not reader.has(key):
            continue
        word = reader.word(key)
        waiting = np.isin(word, np.array(sorted(NOT_BOOKED), dtype=object))
        if counts_pending:
            waiting &= (word != "pending") | ~reader.filled("balance")
        if waiting.any():
            named = ", ".join(dict.fromkeys(word[waiting].tolist()))
            say_left_out(reader, waiting, f"marked {named} and not booked by the bank")
            reader.keep(~waiting)


def _settle_blank_amounts(reader: Reader) -> None:
    """Rows without an amount: a note where they lack what every line has, an error otherwise."""
    blank = ~_has_money(reader)
    if not blank.any():
        return
    money = {reader.match.columns.get(key) for key in MONEY}
    lacking = np.zeros(len(reader), dtype=np.bool_)
    for index, column in enumerate(reader.table.grid.columns):
        if index not in money and (~blank).any() and bool(column.filled[~blank].all()):
            lacking |= ~column.filled
    notes = blank & lacking & ~reader.filled("balance")
    if notes.any():
        say_left_out(reader, notes, "notes of the bank without an amount")
        reader.keep(~notes)
        blank = blank[~notes]
    key = next(key for key in MONEY if reader.has(key))
    reader.each(blank, codes.CELL_MISSING, key, "no amount")


def _texts(reader: Reader) -> TextArray:
    """The first filled of the columns that describe a row."""
    out = reader.blank_texts()
    for key in ("text", "type", "payer", "reference"):
        column = reader.column(key)
        out = np.where(out == "", np.where(column.filled, column.texts, ""), out)
    return np.asarray(out, dtype=object)


def _first_texts(reader: Reader) -> TextArray:
    first = reader.blank_texts()
    for column in reader.table.grid.columns:
        wanting = (first == "") & (column.kinds == RawKind.TEXT)
        first[wanting] = column.texts[wanting]
    return first


def _where(texts: TextArray, is_one: Callable[[str], bool], among: BoolArray) -> BoolArray:
    """The rows of a mask whose text is one of some."""
    if not among.any():
        return among
    found = np.zeros(len(texts), dtype=np.bool_)
    found[among] = [is_one(str(text)) for text in texts[among]]
    return found

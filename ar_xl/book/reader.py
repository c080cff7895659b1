"""The workbook as a ledger: every table in one block, typed, checked, posted rows from drafts.

What cannot be read is a finding with its cell, never a guess: the row is then neither among the
posted rows nor among the drafts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import cast

import xlwings as xw

from ar_xl.book.blocks import Block, block_seen, read_block, rows_beside, some_rows
from ar_xl.book.currencies import Currencies, rule_of
from ar_xl.book.host import release
from ar_xl.book.layout import Layout, Place, find_places, places_in
from ar_xl.book.look import DATE_FORMAT, GENERAL_FORMAT
from ar_xl.book.policyreader import read_policy, settings_of
from ar_xl.book.rows import RawTable, Split, split_rows
from ar_xl.book.survey import survey
from ar_xl.book.valuecodes import NO_TABLES
from ar_xl.book.values import Padding, padded
from ar_xl.core.arrays import IntArray, TextArray, text_array
from ar_xl.core.findings import Refusal
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.policy import LadderStep
from ar_xl.core.schema import Kind, Role
from ar_xl.core.tables import BY_NAME, TABLES

_ALWAYS = {"Customers", *(table.name for table in TABLES if table.role is Role.POLICY)}
_OF_DOCUMENTS = ("Invoices", "Receipts")
_FIRST = ("Settings", "Customers", *_OF_DOCUMENTS)


@dataclass(frozen=True)
class ReadResult:
    """What a workbook holds, and where it stands."""

    ledger: Ledger
    layout: Layout


def read_ledger(book: xw.Book, tables: Iterable[str] | None = None) -> ReadResult:
    """Read tables of a workbook.

    Args:
        book: open in Excel or from a file.
        tables: names of the tables wanted, None for all; policies, customers and the documents
            that decide about currencies come along.

    Returns:
        The ledger with all findings of the reader, and where the tables stand. A finding with
        row 0 is about a whole table, which then counts as empty.

    Raises:
        Refusal: the workbook has none of the tables.
    """
    names = _with_needed(tables)
    seen = survey(book, names)
    places, findings = places_in(seen, names)
    seen = replace(seen, wanted={})
    if not places:
        names_seen = ", ".join(f"`{sheet}`" for sheet in seen.sheets)
        raise Refusal(NO_TABLES, f"The workbook has the sheets {names_seen}; none is ours.")
    splits: dict[str, Split] = {}
    padding = Padding()
    currencies, date1904 = Currencies(settings_of({}).base_currency), False
    for name in sorted(places, key=_turn):
        splits[name], currencies, date1904 = _read_table(book, places[name], currencies, padding)
        places[name] = replace(places[name], used_row=splits[name].used_row)
    posted = {name: splits[name].posted for name in places}
    drafts = {name: splits[name].drafts for name in places if BY_NAME[name].posted}
    for name in places:
        findings += splits[name].findings
    policy, policy_findings = read_policy(posted)
    if "Activities" in posted:
        posted["Activities"] = _as_the_ladder_spells(posted["Activities"], policy.ladder)
    ledger = Ledger(posted, drafts, policy, (*findings, *policy_findings))
    bad = {name: splits[name].bad_rows for name in places if len(splits[name].bad_rows)}
    formulas = {name: splits[name].formulas for name in places}
    return ReadResult(ledger, Layout(places, bad, drafts, formulas, currencies, date1904, seen))


def _as_the_ladder_spells(activities: Frame, ladder: tuple[LadderStep, ...]) -> Frame:
    """Activities whose Step is written as on the Ladder: capitals make it no other step.

    A step that was done and is not known again would be taken a second time.
    """
    spelled = {step.name.casefold(): step.name for step in ladder}
    steps = activities.text("step")
    return activities.replace(
        step=text_array(spelled.get(" ".join(text.split()).casefold(), text) for text in steps)
    )


def read_rows(
    written: xw.Book, book: xw.Book, place: Place, rows: IntArray, currencies: Currencies
) -> tuple[Frame | None, bool]:
    """Read some rows of a table of a file that was just written.

    Args:
        written: the file.
        book: the workbook that it was written from.
        place: where the table stands in the file.
        rows: sheet rows of the table, ascending.
        currencies: decimals of what is in them.

    Returns:
        The rows, None where a cell cannot be read; and whether all other rows are byte for byte
        as they were.
    """
    width = place.last_column - place.first_column + 1
    if place.cells is None:
        sheets = written.sheets[place.sheet], book.sheets[place.sheet]
        block, same = rows_beside(*sheets, rows, place.first_column, width)
    else:
        first, count = int(rows[0]), int(rows[-1] - rows[0]) + 1
        now = place.cells.again(first, place.first_column, count, width)
        whole = block_seen(now, first, place.first_column, count, width, (), _usual(place))
        block, same = some_rows(whole, rows - first), False
    raw = _converted_texts(place, padded(block))
    _read_rest(raw, currencies)
    readable = not raw.problems
    columns = {column.key: raw.values[column.key] for column in place.table.columns}
    return Frame(place.table, columns, rows) if readable else None, same


def read_texts(book: xw.Book, name: str) -> dict[str, TextArray]:
    """Read the columns of text of one table alone.

    Returns:
        The texts by column, "" where a cell cannot be read; none where the table is not there.
    """
    places, _ = find_places(book, [name])
    if name not in places:
        return {}
    place = places[name]
    width = place.last_column - place.first_column + 1
    rows = place.last_row - place.heading_row
    block = read_block(book.sheets[place.sheet], place.first_row, place.first_column, rows, width)
    values = _converted_texts(place, padded(block)).values
    return {
        column.key: cast(TextArray, values[column.key])
        for column in place.table.columns
        if column.kind is Kind.TEXT
    }


def _with_needed(tables: Iterable[str] | None) -> list[str]:
    if tables is None:
        return [table.name for table in TABLES]
    wanted = {*tables, *_ALWAYS, *_OF_DOCUMENTS}
    return [table.name for table in TABLES if table.name in wanted]


def _turn(name: str) -> int:
    """The turn of a table: Settings names the base currency, documents that of other rows."""
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)


def _read_table(
    book: xw.Book, place: Place, currencies: Currencies, padding: Padding
) -> tuple[Split, Currencies, bool]:
    """Read a table and convert its columns; its texts tell the currency of the rest.

    The cells of each sheet are let go before the next is read: a large workbook has gigabytes.

    Returns:
        Its rows, the currencies with its own, and whether dates count from 1904.
    """
    raw = _converted_texts(place, padding.of(_block(book, place)))
    if place.table.name == "Settings":
        currencies = Currencies(settings_of(raw.values).base_currency)
    currencies = currencies.with_rows({place.table.name: raw.values})
    _read_rest(raw, currencies)
    release(book, place.sheet)
    return split_rows(raw), currencies, raw.block.date1904


def _block(book: xw.Book, place: Place) -> Block:
    rows = place.last_row - place.heading_row
    width = place.last_column - place.first_column + 1
    area = place.first_row, place.first_column, rows, width
    if place.cells is None:
        return read_block(book.sheets[place.sheet], *area)
    # What only ar_xl writes is shown as ar_xl made it; a look of the user's changes no value.
    known = _usual(place) if place.table.role is Role.PRODUCT else ()
    return block_seen(place.cells, *area, _alike(place), known)


def _alike(place: Place) -> list[Kind | None]:
    """Which columns of a table are likely to have one number format: those of one kind."""
    kinds = {place.columns[column.key]: column.kind for column in place.table.columns}
    return [kinds.get(number) for number in range(place.first_column, place.last_column + 1)]


def _usual(place: Place) -> list[str]:
    """The number formats of a table as it is made, as far as they change what is read."""
    return [DATE_FORMAT if kind is Kind.DATE else GENERAL_FORMAT for kind in _alike(place)]


def _converted_texts(place: Place, block: Block) -> RawTable:
    raw = RawTable(place, block)
    for column in place.table.columns:
        if column.kind is Kind.TEXT:
            raw.convert(column)
    return raw


def _read_rest(raw: RawTable, currencies: Currencies) -> None:
    known: dict[str, IntArray | int] = {}
    for column in raw.table.columns:
        if column.kind is Kind.MONEY:
            rule = rule_of(column.key)
            if rule not in known:
                known[rule] = currencies.digits(raw.table.name, column.key, raw.values)
            raw.convert(column, known[rule])
        elif column.kind is not Kind.TEXT:
            raw.convert(column)

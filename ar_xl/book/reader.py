"""The workbook as a ledger: every table in one block, typed, checked, posted rows from drafts.

What cannot be read is a finding with its cell, never a guess: the row is then neither among the
posted rows nor among the drafts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import xlwings as xw

from ar_xl.book.blocks import read_block
from ar_xl.book.currencies import Currencies
from ar_xl.book.layout import Layout, Place, find_places
from ar_xl.book.policyreader import read_policy, settings_of
from ar_xl.book.rows import RawTable, split_rows
from ar_xl.book.valuecodes import NO_TABLES
from ar_xl.book.values import padded
from ar_xl.core.arrays import IntArray
from ar_xl.core.findings import Refusal
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.schema import Kind, Role
from ar_xl.core.tables import BY_NAME, TABLES

_ALWAYS = {"Customers", *(table.name for table in TABLES if table.role is Role.POLICY)}
_OF_DOCUMENTS = ("Invoices", "Receipts")


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
    places, findings = find_places(book, names)
    if not places:
        names_seen = ", ".join(f"`{sheet.name}`" for sheet in book.sheets)
        raise Refusal(NO_TABLES, f"The workbook has the sheets {names_seen}; none is ours.")
    raws = {name: _read_texts(book, place) for name, place in places.items()}
    base = settings_of(raws["Settings"].values if "Settings" in raws else {}).base_currency
    currencies = Currencies(base).with_rows({name: raw.values for name, raw in raws.items()})
    posted: dict[str, Frame] = {}
    drafts: dict[str, Frame] = {}
    bad: dict[str, IntArray] = {}
    formulas: dict[str, dict[str, IntArray]] = {}
    for name, raw in raws.items():
        _read_rest(raw, currencies)
        split = split_rows(raw)
        findings += split.findings
        posted[name], drafts[name] = split.posted, split.drafts
        formulas[name] = split.formulas
        if len(split.bad_rows):
            bad[name] = split.bad_rows
        places[name] = replace(raw.place, used_row=split.used_row)
    policy, policy_findings = read_policy(posted)
    drafts = {name: frame for name, frame in drafts.items() if BY_NAME[name].posted}
    ledger = Ledger(posted, drafts, policy, (*findings, *policy_findings))
    date1904 = any(raw.block.date1904 for raw in raws.values())
    return ReadResult(ledger, Layout(places, bad, drafts, formulas, currencies, date1904))


def _with_needed(tables: Iterable[str] | None) -> list[str]:
    if tables is None:
        return [table.name for table in TABLES]
    wanted = {*tables, *_ALWAYS, *_OF_DOCUMENTS}
    return [table.name for table in TABLES if table.name in wanted]


def _read_texts(book: xw.Book, place: Place) -> RawTable:
    """Read a table's cells and convert its text columns: they tell the currency of the rest."""
    rows = place.last_row - place.heading_row
    width = place.last_column - place.first_column + 1
    block = read_block(book.sheets[place.sheet], place.first_row, place.first_column, rows, width)
    raw = RawTable(place, padded(block))
    for column in place.table.columns:
        if column.kind is Kind.TEXT:
            raw.convert(column)
    return raw


def _read_rest(raw: RawTable, currencies: Currencies) -> None:
    for column in raw.table.columns:
        if column.kind is Kind.MONEY:
            raw.convert(column, currencies.digits(raw.table.name, column.key, raw.values))
        elif column.kind is not Kind.TEXT:
            raw.convert(column)

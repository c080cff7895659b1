"""Import of a foreign file: what it is, what it brings, what becomes of every row of it.

Nothing is posted here. A file with an error brings nothing, unless bad rows are skipped; an
error that is about the whole file is never skipped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ar_xl.core.arrays import IntArray, TextArray
from ar_xl.core.findings import Finding, Refusal, errors_of
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger
from ar_xl.core.money import is_currency
from ar_xl.imports import codes, names
from ar_xl.imports.csvtable import read_csv
from ar_xl.imports.customers import read_customers
from ar_xl.imports.headings import Match, find_table, match, unused_headings
from ar_xl.imports.history import make_receipts
from ar_xl.imports.invoices import Documents, read_invoices
from ar_xl.imports.kinds import LISTS
from ar_xl.imports.known import (
    INVOICE_CONTENT,
    RECEIPT_CONTENT,
    compare,
    standing_invoices,
    standing_receipts,
)
from ar_xl.imports.names import ImportKind
from ar_xl.imports.parties import nearly_known, new_customers
from ar_xl.imports.rawtable import RawGrid, RawTable
from ar_xl.imports.reading import Reader
from ar_xl.imports.receipts import read_receipts
from ar_xl.imports.result import (
    ImportOptions,
    ImportResult,
    Outcome,
    Tally,
    counted,
    money_tallies,
    tally,
)
from ar_xl.imports.sniff import sniff
from ar_xl.imports.words import number_of
from ar_xl.imports.xlsxtable import read_foreign, read_workbook

__all__ = ["ImportOptions", "ImportResult", "Outcome", "Tally", "import_file"]

_ORDERS = ("", "ymd", "mdy", "dmy")
_MARKS = ("", "point", "comma")


def import_file(
    path: Path, as_kind: str | None, ledger: Ledger, options: ImportOptions | None = None
) -> ImportResult:
    """Read a foreign file into draft rows.

    Args:
        path: of the file; its bytes say what it is, not its name.
        as_kind: invoices, customers, receipts or history; None where the headings decide.
        ledger: what the workbook holds; documents it has already add nothing.
        options: how to read it.

    Returns:
        The draft rows (and new customers), the findings, and where every row and cent went.

    Refuses a file that cannot be read at all, a bank file, and one whose kind is open.
    """
    asked = _checked(options or ImportOptions(), as_kind)
    grids = _grids(path)
    kinds = [names.KINDS[as_kind]] if as_kind else list(names.KINDS.values())
    table, found, open_ = _table(grids, kinds, asked, path.name)
    reader = Reader(table, found, asked)
    reader.said += [*grids[0].said]
    reader.findings += [*found.findings, *open_]
    source = f"{path.name} SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}"
    if errors_of(reader.findings):
        refused = {_main_table(found.kind): Tally(read=len(table), refused=len(table))}
        said = tuple(_refusal_sentence(reader.findings, reader.said))
        return ImportResult(
            found.kind.name, source, Change(), tuple(reader.findings), refused, {}, said
        )
    _say_columns(reader)
    if found.kind is names.CUSTOMERS:
        return _customers(reader, ledger, source)
    return _documents(reader, ledger, source)


def _checked(options: ImportOptions, as_kind: str | None) -> ImportOptions:
    """The options in their plain form; refuses what the help does not offer."""
    currency = (options.currency or "").strip().upper()
    asked = replace(
        options,
        map=options.map or {},
        dates=(options.dates or "").strip().lower(),
        currency=currency,
        decimal=(options.decimal or "").strip().lower(),
        sheet=options.sheet or "",
    )
    for seen, good in (
        (f"--as {as_kind}", as_kind is None or as_kind in LISTS),
        (f"--dates {asked.dates}", asked.dates in _ORDERS),
        (f"--decimal {asked.decimal}", asked.decimal in _MARKS),
        (f"--currency {currency}", not currency or is_currency(currency)),
    ):
        if not good:
            raise Refusal(codes.OPTION_WRONG, f"{seen} is not known.")
    return asked


def _grids(path: Path) -> list[RawGrid]:
    sniffed = sniff(path)
    if sniffed.kind == "text":
        return [read_csv(path.name, sniffed)]
    return read_workbook(path) if sniffed.kind == "xlsx" else read_foreign(path)


def _table(
    grids: Sequence[RawGrid], kinds: Sequence[ImportKind], options: ImportOptions, name: str
) -> tuple[RawTable, Match, list[Finding]]:
    """The table of the file and what its columns mean; a question where several would do."""
    if options.sheet:
        wanted = f"{name}, sheet {options.sheet}".casefold()
        grids = [grid for grid in grids if grid.source.casefold() == wanted]
        if not grids:
            raise Refusal(codes.OPTION_WRONG, f"{name} has no visible sheet {options.sheet}.")
    tables = [find_table(grid, kinds, options.map) for grid in grids]
    tried = [(table, match(table, kind, options.map)) for table in tables for kind in kinds]
    complete = [(table, found) for table, found in tried if not found.findings and len(table)]
    if len(kinds) > 1:
        complete = _likely(complete)
    if not complete:
        table, found = max(tried, key=lambda pair: (len(pair[0]) > 0, len(pair[1].columns)))
        if not found.columns and not options.map:
            headings = ", ".join(f"`{h}`" for h in table.headings[:20] if h)
            seen = f"No heading of {table.grid.source} is known: {headings}."
            raise Refusal(codes.NOT_A_TABLE, seen)
        if not len(table) and not errors_of(found.findings):
            raise Refusal(codes.FILE_EMPTY, f"{table.grid.source} has headings but no rows.")
        return table, found, []
    sheets = list(dict.fromkeys(table.grid.source for table, _ in complete))
    best = [pair for pair in complete if pair[0].grid.source == sheets[0]]
    open_ = []
    if len(sheets) > 1:
        seen = f"such tables on several sheets: {'; '.join(sheets)}"
        open_.append(Finding(codes.SHEET_AMBIGUOUS, seen=seen, sheet=name))
    table, found = best[0] if len(best) == 1 else _telling(best, name)
    return table, found, open_


def _likely(pairs: Sequence[tuple[RawTable, Match]]) -> list[tuple[RawTable, Match]]:
    """Without --as, a table of names alone is no customer list, and documents come first."""
    documents = [pair for pair in pairs if pair[1].kind is not names.CUSTOMERS]
    return documents or [pair for pair in pairs if pair[1].has(*names.CUSTOMERS.telling)]


def _telling(pairs: Sequence[tuple[RawTable, Match]], name: str) -> tuple[RawTable, Match]:
    """The kind that a table is, where its headings would do for several."""
    by_kind = {found.kind.name: (table, found) for table, found in pairs}
    if "history" in by_kind:
        table, found = by_kind["history"]
        settled = table.grid.columns[found.columns["settled_date"]].filled.any()
        by_kind.pop("invoices" if settled else "history", None)
    scores = {kind: found.telling for kind, (_, found) in by_kind.items()}
    best = [kind for kind, score in scores.items() if score == max(scores.values())]
    if len(best) > 1:
        raise Refusal(codes.KIND_OPEN, f"{name} could be {' or '.join(best)}.")
    return by_kind[best[0]]


def _say_columns(reader: Reader) -> None:
    found, table = reader.match, reader.table
    pairs = [(found.title(key), table.headings[index]) for key, index in found.columns.items()]
    used = ", ".join(ours if ours == theirs else f"{ours} = {theirs}" for ours, theirs in pairs)
    reader.said.append(f"Read as {found.kind.name}: {used}.")
    unused = unused_headings(table, found)
    if unused:
        reader.said.append(f"Not used: {', '.join(unused)}.")


def _documents(reader: Reader, ledger: Ledger, source: str) -> ImportResult:
    """Invoices, receipts or history."""
    kind = reader.match.kind
    if kind is names.RECEIPTS:
        parts = {"Receipts": read_receipts(reader, ledger)}
    else:
        parts = {"Invoices": read_invoices(reader, ledger)}
    if kind is names.HISTORY:
        invoices = _compared(reader, ledger, "Invoices", parts["Invoices"])
        receipts, owner = make_receipts(reader, ledger, invoices)
        receipts = _compared(reader, ledger, "Receipts", receipts)
        parts = {"Invoices": _with_receipts(invoices, receipts, owner), "Receipts": receipts}
    else:
        parts = {t: _compared(reader, ledger, t, documents) for t, documents in parts.items()}
    refused = _is_refused(reader, parts)
    if refused:
        parts = {t: replace(d, outcomes=_all_refused(d.outcomes)) for t, d in parts.items()}
    appends = {
        table: documents.frame.take(documents.outcomes == Outcome.NEW)
        for table, documents in parts.items()
    }
    added = _new_customers(reader, ledger, parts)
    if len(added):
        appends["Customers"] = added
    change = Change(appends={t: f for t, f in appends.items() if len(f)}, as_drafts=True)
    counts = {t: _count(d) for t, d in parts.items()}
    money = {
        t: money_tallies(d.outcomes, d.frame.text("currency"), d.signed) for t, d in parts.items()
    }
    said = [*reader.said]
    for table in parts:
        said += counted(table, counts[table], money[table])
    if refused:
        said = _refusal_sentence(reader.findings, said)
    return ImportResult(
        kind.name, source, change if not change.is_empty else Change(), tuple(reader.findings),
        counts, money, tuple(said),
    )  # fmt: skip


def _compared(reader: Reader, ledger: Ledger, table: str, documents: Documents) -> Documents:
    """The documents with those that the workbook has already marked; differences are findings."""
    frame, outcomes = documents.frame, documents.outcomes
    if table == "Invoices":
        outcomes, differences = compare(
            ledger, frame, standing_invoices(ledger), "invoice_no", INVOICE_CONTENT, outcomes
        )
    else:
        outcomes, differences = compare(
            ledger, frame, standing_receipts(ledger), "receipt_no", RECEIPT_CONTENT, outcomes
        )
    for difference in differences:
        row = int(documents.first[difference.index])
        reader.finding(difference.code, row, difference.column, difference.seen)
    return replace(documents, outcomes=outcomes)


def _with_receipts(invoices: Documents, receipts: Documents, owner: IntArray) -> Documents:
    """An invoice whose receipt is refused is refused too: a history row comes in whole."""
    outcomes = invoices.outcomes.copy()
    outcomes[owner[receipts.outcomes == Outcome.REFUSED]] = Outcome.REFUSED
    return replace(invoices, outcomes=outcomes)


def _is_refused(reader: Reader, parts: dict[str, Documents]) -> bool:
    """Whether nothing of the file comes in."""
    outcomes = next(iter(parts.values())).outcomes
    counts = np.isin(outcomes, (Outcome.NEW, Outcome.KNOWN, Outcome.REFUSED))
    if not counts.any() and not errors_of(reader.findings):
        name = reader.table.grid.source
        seen = f"no row of {name} is a document that counts"
        reader.findings.append(Finding(codes.NOTHING_LEFT, seen=seen, sheet=name))
    errors = errors_of(reader.findings)
    about_file = any(error.row == 0 for error in errors)
    return bool(errors) and (about_file or not reader.options.skip_bad)


def _all_refused(outcomes: IntArray) -> IntArray:
    return np.where(outcomes == Outcome.NEW, Outcome.REFUSED, outcomes).astype(np.int64)


def _refusal_sentence(findings: Sequence[Finding], said: Sequence[str]) -> list[str]:
    return [*said, f"Nothing was imported: {number_of(len(errors_of(findings)), 'error')}."]


def _count(documents: Documents) -> Tally:
    rows = tally(documents.outcomes, documents.rows)
    return replace(
        rows, read=rows.read + documents.dropped, left_out=rows.left_out + documents.dropped
    )


def _new_customers(reader: Reader, ledger: Ledger, parts: dict[str, Documents]) -> Frame:
    """The customers of new documents that the workbook does not have, said and compared."""
    ids: list[TextArray] = []
    named: list[TextArray] = []
    for documents in parts.values():
        new = documents.outcomes == Outcome.NEW
        ids.append(documents.frame.text("customer_id")[new])
        named.append(documents.names[new])
    added = new_customers(ledger, np.concatenate(ids), np.concatenate(named))
    if len(added):
        reader.said.append(
            f"{number_of(len(added), 'customer')} not known yet came in as New: complete them on "
            "the Customers sheet."
        )
        reader.findings += nearly_known(ledger, added, reader.table.grid.source)
    return added


def _customers(reader: Reader, ledger: Ledger, source: str) -> ImportResult:
    rows = read_customers(reader, ledger)
    errors = errors_of(reader.findings)
    about_file = any(error.row == 0 for error in errors)
    refused = bool(errors) and (about_file or not reader.options.skip_bad)
    outcomes = _all_refused(rows.outcomes) if refused else rows.outcomes
    new = rows.frame.take(outcomes == Outcome.NEW)
    change = Change(appends={"Customers": new}, as_drafts=True) if len(new) else Change()
    counts = tally(outcomes, np.ones(len(outcomes), dtype=np.int64))
    counts = replace(
        counts, read=counts.read + rows.dropped, left_out=counts.left_out + rows.dropped
    )
    if len(new):
        reader.findings += nearly_known(ledger, new, reader.table.grid.source)
    said = [*reader.said, *counted("Customers", counts, {})]
    if refused:
        said = _refusal_sentence(reader.findings, said)
    return ImportResult(
        "customers", source, change, tuple(reader.findings), {"Customers": counts}, {}, tuple(said)
    )


def _main_table(kind: ImportKind) -> str:
    return {"customers": "Customers", "receipts": "Receipts"}.get(kind.name, "Invoices")

"""Re-scan: what was written is read back and compared before the workbook is replaced."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ar_xl.book import host
from ar_xl.book.reader import read_ledger
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.core.ledger import Ledger
from ar_xl.core.tables import TABLES
from ar_xl.ops.open_items import receivable_by_currency
from ar_xl.ops.seals import row_hashes

NOT_WHAT_WAS_WRITTEN = code(
    "written_file_differs",
    Severity.ERROR,
    "the same rows and totals as were decided",
    "Nothing was replaced; your workbook is as it was. Please report this.",
    Exit.OUR_BUG,
)


def recheck(written: Path, expected: Ledger, batches: Sequence[str]) -> None:
    """Compare a file that was just written with what it should hold.

    Args:
        written: the temporary file, before it replaces the workbook.
        expected: the ledger after the command.
        batches: the batches that the command posted; their rows are compared value by value.

    Raises:
        Refusal: rows are missing, a value differs, or receivables are not the same.
    """
    book = host.open_book(written)
    try:
        found = read_ledger(book).ledger
    finally:
        book.close()
    for table in TABLES:
        if not table.posted:
            continue
        ours, theirs = expected.posted(table.name), found.posted(table.name)
        if len(ours) != len(theirs):
            _refuse(f"{table.sheet} has {len(theirs)} posted rows instead of {len(ours)}.")
        new = np.isin(theirs.text("batch").astype(str), list(batches))
        wanted = np.isin(ours.text("batch").astype(str), list(batches))
        same = np.array_equal(
            np.sort(row_hashes(theirs.take(new))), np.sort(row_hashes(ours.take(wanted)))
        )
        if not same:
            _refuse(f"A row of {table.sheet} reads back differently.")
    if receivable_by_currency(found, LAST_DATE) != receivable_by_currency(expected, LAST_DATE):
        _refuse("Receivables read back differently.")


def _refuse(seen: str) -> None:
    raise Refusal(NOT_WHAT_WAS_WRITTEN, seen)

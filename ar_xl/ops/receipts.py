"""Receipts: completing drafts before they are applied.

What a good draft leaves out (method, currency, number, rate, posting date) is filled in here
and stands in the posted row for good. A second import of the same file gives the same numbers,
so it adds nothing.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from ar_xl.core.arrays import BLANK, BoolArray, TextArray, positions, text_array
from ar_xl.core.dates import day
from ar_xl.core.findings import Finding, Severity, code, rows_found
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.periods import closed_months
from ar_xl.ops.lives import free_days, receipt_posting_days, taken_on
from ar_xl.ops.numbering import receipt_numbers
from ar_xl.ops.post_invoices import (
    LEFT_FOR_LATER,
    POSTED_IN_OPEN_PERIOD,
    customer_values,
    first_filled,
)
from ar_xl.ops.rates import rates_for

POSTED_WHEN_FREE = code(
    "posted_when_undone_line_is_free",
    Severity.NOTE,
    "a bank line that is not in the books on its own date any more",
    "It keeps its own date and counts in the books from its Posting Date. Nothing to do.",
)


def draft_receipts(ledger: Ledger, as_of: date) -> tuple[Frame, list[Finding]]:
    """The draft receipts that can be posted by a date, completed, and what to say about them.

    A row that `ops/checks.py` refuses (no customer, date or positive amount, a number that is
    taken or comes twice, no exchange rate) is left out here too; saying so is the checks' part.

    Args:
        ledger: with drafts as they were typed or imported.
        as_of: later-dated drafts stay drafts, and that is said.

    Returns:
        Complete rows but for Status and Unapplied, with their sheet rows, and notes.
    """
    drafts = ledger.draft("Receipts")
    received = drafts.dates("receipt_date")
    first_open = closed_months(ledger.posted("Periods")).posting_dates(received)
    posting = receipt_posting_days(ledger, drafts.text("receipt_no"), received)
    waits = posting > first_open
    later = (received > day(as_of)) | (waits & (posting > day(as_of)))
    notes = rows_found(
        later, drafts, LEFT_FOR_LATER, "receipt_date", "receipt_no",
        lambda i: f"{posting[i] if waits[i] else received[i]}, after {as_of}",
    )  # fmt: skip
    drafts = drafts.replace(posting_date=posting)
    good = _usable(drafts) & ~later
    receipts = _completed(ledger, drafts.take(good))
    kept = _single(ledger, receipts) & (receipts.ints("rate") != BLANK)
    receipts, waits = receipts.take(kept), waits[good][kept]
    own, posting = receipts.dates("receipt_date"), receipts.dates("posting_date")
    notes += rows_found(
        waits, receipts, POSTED_WHEN_FREE, "receipt_date", "receipt_no",
        lambda i: f"{own[i]}, a line whose earlier posting was undone on {posting[i]}; posted then",
    )  # fmt: skip
    notes += rows_found(
        (posting != own) & ~waits, receipts, POSTED_IN_OPEN_PERIOD, "receipt_date", "receipt_no",
        lambda i: f"{own[i]} lies in a closed month; posted {posting[i]}",
    )  # fmt: skip
    return receipts, notes


def _usable(drafts: Frame) -> BoolArray:
    return np.asarray(
        (drafts.text("customer_id") != "")
        & (drafts.ints("amount") > 0)
        & ~np.isnat(drafts.dates("receipt_date")),
        dtype=np.bool_,
    )


def _completed(ledger: Ledger, drafts: Frame) -> Frame:
    """Method, currency, number and rate where the draft leaves them out."""
    method = drafts.text("method").copy()
    method[method == ""] = "Other"
    currency = first_filled(
        drafts.text("currency"), customer_values(ledger, drafts.text("customer_id"), "currency")
    )
    currency[currency == ""] = ledger.policy.settings.base_currency
    completed = drafts.replace(method=method, currency=currency)
    return completed.replace(
        receipt_no=numbered(ledger, completed),
        rate=rates_for(ledger.policy, currency, drafts.dates("receipt_date")),
    )


def _taken(ledger: Ledger, receipts: Frame) -> TextArray:
    """Receipt numbers in use; one that was undone is free again from the day it was undone."""
    names, free_from = free_days(ledger.posted("Receipts"), "receipt_no")
    if not len(names):
        return names
    earliest = receipts.dates("posting_date").min()
    taken: TextArray = names[np.isnat(free_from) | (free_from > earliest)]
    return taken


def numbered(ledger: Ledger, receipts: Frame) -> TextArray:
    """The typed numbers, and for the rest numbers from content and occurrence.

    An equal receipt posted before is an earlier occurrence: typing it again is a second payment.

    Args:
        ledger: its receipts have numbers already.
        receipts: drafts with method, currency and Posting Date.
    """
    numbers = receipts.text("receipt_no").copy()
    blank = np.flatnonzero(numbers == "")
    if not len(blank):
        return numbers
    made = receipt_numbers(ledger.policy.settings.receipt_prefix, receipts.take(blank))
    taken = _taken(ledger, receipts.take(blank))
    used = np.concatenate([taken, numbers[numbers != ""]])
    if (positions(used, made) >= 0).any():
        made = _next_occurrences(made, frozenset(used))
    numbers[blank] = made
    return numbers


def _next_occurrences(made: TextArray, used: frozenset[str]) -> TextArray:
    """Move the count at the end of each number up until it is free."""
    given: set[str] = set()
    numbers = []
    for number in made.tolist():
        stem, _, count = number.rpartition("-")
        occurrence = int(count)
        while f"{stem}-{occurrence}" in used or f"{stem}-{occurrence}" in given:
            occurrence += 1
        given.add(f"{stem}-{occurrence}")
        numbers.append(f"{stem}-{occurrence}")
    return text_array(numbers)


def _single(ledger: Ledger, receipts: Frame) -> BoolArray:
    """Receipts whose number no other receipt has."""
    numbers = receipts.text("receipt_no")
    twice = pd.Series(numbers, dtype=object).duplicated(keep=False).to_numpy()
    dates = receipts.dates("posting_date")
    taken = taken_on(ledger.posted("Receipts"), "receipt_no", numbers, dates)
    return np.asarray(~twice & ~taken, dtype=np.bool_)

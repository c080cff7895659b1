"""Checks: everything that can be found wrong before anything is posted.

Each check is a plain function that takes the ledger, returns what it found and changes nothing.
The checks of a table are a list at the end of its module; what posting itself would say is
found by deciding the postings without writing them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np

from ar_xl.core.dates import day
from ar_xl.core.findings import Finding, Severity, code, errors_of, rows_found
from ar_xl.core.frames import Frame, concat
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.tables import INVOICES
from ar_xl.ops.adjust import adjustments_decided
from ar_xl.ops.banking.line_ids import line_findings
from ar_xl.ops.banking.overdue import overdue_findings
from ar_xl.ops.banking.side import changed_statements
from ar_xl.ops.batches import post
from ar_xl.ops.checks_activities import activity_findings
from ar_xl.ops.checks_adjustments import ADJUSTMENT_CHECKS
from ar_xl.ops.checks_credit import credit_findings
from ar_xl.ops.checks_disputes import dispute_findings
from ar_xl.ops.checks_invoices import INVOICE_CHECKS
from ar_xl.ops.checks_masters import MASTER_CHECKS
from ar_xl.ops.checks_promises import promise_findings
from ar_xl.ops.checks_receipts import RECEIPT_CHECKS
from ar_xl.ops.collecting.planrows import plan_findings
from ar_xl.ops.matching.accepted import accepted, of_match_sheet
from ar_xl.ops.matching.post_matches import decided
from ar_xl.ops.post_invoices import post_invoices
from ar_xl.ops.post_payments import post_payments

DATE_AHEAD = code(
    "date_more_than_a_year_ahead",
    Severity.WARNING,
    "a date within a year of the as-of date",
    "Look whether the year is right.",
)
_OWN_DATES = (
    ("Invoices", "invoice_date", "invoice_no"),
    ("Receipts", "receipt_date", "receipt_no"),
    ("Adjustments", "date", "adjustment_no"),
)


def invoice_findings(ledger: Ledger, as_of: date | None = None) -> list[Finding]:
    """What is wrong with draft invoices and memos; errors keep their rows from being posted.

    Args:
        ledger: posted rows, drafts, customers and policy.
        as_of: the day overdue limits look at; None is the last date among the drafts.
    """
    if not len(ledger.draft("Invoices")):
        return []
    return [*_run(INVOICE_CHECKS, ledger), *credit_findings(ledger, as_of)]


def receipt_findings(ledger: Ledger) -> list[Finding]:
    """What is wrong with draft receipts; what they pay is judged when they are applied."""
    return _run(RECEIPT_CHECKS, ledger) if len(ledger.draft("Receipts")) else []


def adjustment_findings(ledger: Ledger) -> list[Finding]:
    """What is wrong with draft adjustments."""
    return _run(ADJUSTMENT_CHECKS, ledger) if len(ledger.draft("Adjustments")) else []


def all_findings(ledger: Ledger, as_of: date) -> list[Finding]:
    """Everything that is wrong with drafts, customers and policies.

    Args:
        ledger: the whole workbook; what its reader found stands in `ledger.findings`.
        as_of: the date posting would be run for.

    Returns:
        Errors, warnings and notes, those that posting would give included.
    """
    found = [
        *invoice_findings(ledger, as_of),
        *receipt_findings(ledger),
        *adjustment_findings(ledger),
        *plan_findings(ledger, as_of),
        *_run(MASTER_CHECKS, ledger),
        *dispute_findings(ledger, as_of),
        *activity_findings(ledger),
        *promise_findings(ledger, as_of),
        *_ahead(ledger, as_of),
        *overdue_findings(ledger, as_of),
        *line_findings(ledger),
        *changed_statements(ledger),
    ]
    return found + _foreseen(ledger, as_of, found)


def _run(checks: tuple[Callable[[Ledger], list[Finding]], ...], ledger: Ledger) -> list[Finding]:
    return [finding for check in checks for finding in check(ledger)]


def _ahead(ledger: Ledger, as_of: date) -> list[Finding]:
    """A date far in the future is a mistyped year more often than not."""
    found: list[Finding] = []
    for table, key, number in _OWN_DATES:
        drafts = ledger.draft(table)
        dates = drafts.dates(key)

        def seen(i: int, dates: np.ndarray[tuple[int], np.dtype[np.datetime64]] = dates) -> str:
            return f"{dates[i]}, as of {as_of}"

        far = dates > day(as_of) + np.timedelta64(366, "D")
        found += rows_found(far, drafts, DATE_AHEAD, key, number, seen)
    return found


def _foreseen(ledger: Ledger, as_of: date, found: list[Finding]) -> list[Finding]:
    """What posting the good drafts would say; it is decided, and nothing is kept of it."""
    request = Request(as_of, user="")
    good, bad = _without_bad_rows(ledger, found)
    invoices = post_invoices(good, request)
    after = good.after(invoices)
    left = concat([after.draft("Invoices"), bad])
    after = replace(after, drafts={**after.drafts, "Invoices": left})
    asked = accepted(after)
    payments = decided(asked.ledger, request, asked)
    of_matches = [*asked.findings, *_made_from_matches(asked.ledger)]
    return [
        *invoices.findings,
        *map(of_match_sheet, [*of_matches, *payments.findings]),
        *_of_adjustments(replace(good, drafts=after.drafts), invoices, request),
    ]


def _of_adjustments(ledger: Ledger, invoices: Change, request: Request) -> list[Finding]:
    """What posting the adjustments would say, once invoices and payments are posted."""
    if not len(ledger.draft("Adjustments")):
        return []
    kept = ledger.drafts
    asked = accepted(replace(ledger.after(post(ledger, invoices, request)), drafts=kept))
    payments = post_payments(asked.ledger, request, asked.for_anybody)
    books = asked.ledger.after(post(asked.ledger, payments, request))
    every = [each for change in adjustments_decided(books, request) for each in change.findings]
    return list(dict.fromkeys(every))


def _made_from_matches(ledger: Ledger) -> list[Finding]:
    """What is wrong with receipts made from the Match sheet."""
    drafts = ledger.draft("Receipts")
    if not (drafts.row < 0).any():
        return []
    return [finding for finding in receipt_findings(ledger) if finding.row < 0]


def _without_bad_rows(ledger: Ledger, found: list[Finding]) -> tuple[Ledger, Frame]:
    """The ledger with its good drafts alone, and the invoices that stay drafts."""
    drafts = dict(ledger.drafts)
    bad_invoices = Frame.empty(INVOICES)
    for table, frame in ledger.drafts.items():
        rows = [error.row for error in errors_of(found) if error.table == table]
        bad = np.isin(frame.row, np.array(rows, dtype=np.int64))
        drafts[table] = frame.take(~bad)
        if table == "Invoices":
            bad_invoices = frame.take(bad)
    return replace(ledger, drafts=drafts), bad_invoices

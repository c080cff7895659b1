"""Checks of disputes: what they are about, how much, how long, and whether they overlap."""

from __future__ import annotations

from datetime import date

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, IntArray, codes_of, positions, sum_by
from ar_xl.core.dates import day
from ar_xl.core.findings import Finding, Severity, code, rows_found
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.ops.collecting.dispute_list import NOBODY, DisputeCases, dispute_cases
from ar_xl.ops.collecting.disputes import contested
from ar_xl.ops.collecting.meeting import call_time
from ar_xl.ops.open_items import live_rows, open_items
from ar_xl.ops.settlements import find_items

DISPUTE_UNKNOWN = code(
    "disputed_document_unknown",
    Severity.WARNING,
    "the number of a posted document that was not undone",
    "Correct Invoice No of the dispute; until then nothing is held back.",
)
DISPUTE_LINE = code(
    "disputed_line_unknown",
    Severity.WARNING,
    "an instalment that the document has; empty for a document of one part",
    "Correct Line of the dispute; until then nothing is held back.",
)
DISPUTE_LARGER = code(
    "dispute_above_document",
    Severity.WARNING,
    "disputes of at most the amount of the document",
    "Correct Amount; no more than what is open counts as disputed.",
)
DISPUTE_ABOVE_OPEN = code(
    "dispute_above_open",
    Severity.NOTE,
    "a dispute of at most what is open",
    "Nothing has to be done: no more than what is open counts. Correct Amount where it is wrong.",
)
DISPUTE_IDLE = code(
    "dispute_nothing_open",
    Severity.NOTE,
    "a dispute about something that is still open",
    "Choose Release in Resolve By and run Disputes: nothing of it is owed any more.",
)
DISPUTES_OVERLAP = code(
    "disputes_overlap",
    Severity.WARNING,
    "disputes about one item that together are no more than is open of it",
    "Look whether both are meant; of both together no more than what is open counts.",
)
CLOSED_BEFORE_OPENED = code(
    "dispute_closed_before_opened",
    Severity.WARNING,
    "a day in Closed that is not before Opened",
    "Correct one of the two dates; the dispute counts on no day until then.",
)
NUMBER_OF_TWO = code(
    "dispute_number_twice",
    Severity.WARNING,
    "each dispute number once",
    "Give one of the disputes another number; neither is drafted until then.",
)
OWNER_MISSING = code(
    "dispute_without_owner",
    Severity.NOTE,
    "the name of whoever settles it",
    "Fill in Owner: a dispute that is nobody's stays open.",
)
DISPUTE_OVERDUE = code(
    "dispute_overdue",
    Severity.WARNING,
    "disputes that are settled within the Dispute Overdue Days of the Settings",
    "Settle it: choose Resolve By and run Disputes, or call the customer.",
)
CALL_TIME_UNREAD = code(
    "call_time_not_understood",
    Severity.WARNING,
    "a time of day such as 14:30",
    "Correct Call Time; until then an invitation is for the whole day.",
)


def dispute_findings(ledger: Ledger, as_of: date) -> list[Finding]:
    """Everything that is wrong with the disputes of a workbook at a date.

    Args:
        ledger: its Disputes and what was posted.
        as_of: open is what is open then; disputes that have ended are judged by their dates alone.
    """
    rows = ledger.posted("Disputes")
    if not len(rows):
        return []
    cases = dispute_cases(ledger, as_of)
    standing = np.isnat(cases.ended) & (cases.opened <= day(as_of))
    return [
        *_about(ledger, rows, cases),
        *_amounts(ledger, rows, cases, standing, as_of),
        *_dates(ledger, rows, cases, standing),
        *_persons(rows, cases, standing),
    ]


def _about(ledger: Ledger, rows: Frame, cases: DisputeCases) -> list[Finding]:
    """A dispute is about a posted document and a line that it has, under a number of its own."""
    numbers, lines = rows.text("invoice_no"), rows.ints("line")
    documents, total = live_rows(ledger.posted("Invoices"), "invoice_no")
    known = positions(documents.text("invoice_no")[total != 0], numbers) >= 0
    every = open_items(ledger, date.max)
    missing = known & (lines != BLANK)
    missing[missing] = find_items(every, numbers[missing], lines[missing]) < 0
    own = rows.text("dispute_no")
    (codes,), texts = codes_of(own)
    twice = (own != "") & (np.bincount(codes, minlength=len(texts))[codes] > 1)
    return [
        *rows_found(~known & (numbers != ""), rows, DISPUTE_UNKNOWN, "invoice_no", "dispute_no",
                    lambda i: f"`{numbers[i]}`"),
        *rows_found(missing, rows, DISPUTE_LINE, "line", "dispute_no",
                    lambda i: f"line {lines[i]} of {numbers[i]}"),
        *rows_found(twice, rows, NUMBER_OF_TWO, "dispute_no", "invoice_no",
                    lambda i: f"`{own[i]}`"),
    ]  # fmt: skip


def _amounts(
    ledger: Ledger, rows: Frame, cases: DisputeCases, standing: BoolArray, as_of: date
) -> list[Finding]:
    """Open disputes are no more than the document, and no more than what is open of it."""
    typed = rows.ints("amount")
    documents, total = live_rows(ledger.posted("Invoices"), "invoice_no")
    at = positions(documents.text("invoice_no"), rows.text("invoice_no"))
    whole = np.append(total, 0)[at]
    (codes,), texts = codes_of(rows.text("invoice_no"))
    claimed = np.where((typed == BLANK) | ~standing | (whole == 0), 0, typed)
    sums = sum_by(codes, claimed, len(texts))[codes]
    larger = (claimed > 0) & (sums > whole)
    overlapping, others = _overlaps(ledger, standing, as_of)
    limited = standing & (whole != 0) & (typed != BLANK) & (typed > cases.disputed)
    limited &= ~larger & ~overlapping & (cases.disputed > 0)
    by_line = rows.ints("line") != BLANK
    spent = np.where(by_line, (cases.claimed > 0) & (cases.disputed == 0), cases.invoice_open <= 0)
    idle = standing & (whole != 0) & spent & ~overlapping

    def shown(i: int, minor: int) -> str:
        return money_text(int(minor), str(cases.currency[i]))

    return [
        *rows_found(larger, rows, DISPUTE_LARGER, "amount", "dispute_no",
                    lambda i: f"{shown(i, sums[i])} disputed of {shown(i, whole[i])}"),
        *rows_found(overlapping & ~larger, rows, DISPUTES_OVERLAP, "invoice_no", "dispute_no",
                    lambda i: f"{cases.invoice_no[i]} is disputed in "
                    f"{'row' if len(others[i]) == 1 else 'rows'} "
                    f"{', '.join(str(row) for row in others[i])} too"),
        *rows_found(limited, rows, DISPUTE_ABOVE_OPEN, "amount", "dispute_no",
                    lambda i: f"{shown(i, typed[i])} disputed, {shown(i, cases.disputed[i])} of "
                    "it open"),
        *rows_found(idle, rows, DISPUTE_IDLE, "invoice_no", "dispute_no",
                    lambda i: f"nothing open of {cases.invoice_no[i]}"),
    ]  # fmt: skip


def _overlaps(
    ledger: Ledger, standing: BoolArray, as_of: date
) -> tuple[BoolArray, dict[int, list[int]]]:
    """Which open disputes share an item of which less is open than they claim; with whom."""
    rows, items = ledger.posted("Disputes"), open_items(ledger, as_of)
    items = items.take(np.flatnonzero(positions(rows.text("invoice_no"), items.invoice_no) >= 0))
    found = contested(ledger, items, as_of)
    claims = sum_by(found.item, found.claimed, len(items))
    each = sum_by(found.item, np.ones(len(found.item), dtype=np.int64), len(items))
    crowded = (each > 1) & (claims > np.maximum(items.open, 0)) & (items.open > 0)
    mask = np.zeros(len(rows), dtype=np.bool_)
    others: dict[int, list[int]] = {}
    for item in np.flatnonzero(crowded).tolist():
        together: IntArray = found.row[found.item == item]
        mask[together] = True
        for row in together.tolist():
            theirs = rows.row[together[together != row]].tolist()
            others[row] = sorted({*others.get(row, []), *theirs})
    return mask & standing, others


def _dates(ledger: Ledger, rows: Frame, cases: DisputeCases, standing: BoolArray) -> list[Finding]:
    """A dispute ends after it began, and before it is overdue."""
    closed, opened = rows.dates("closed"), rows.dates("opened")
    longest = ledger.policy.settings.dispute_overdue_days
    overdue = standing & (cases.age > int(longest)) & (longest > 0)
    times = rows.text("call_time")
    unread = np.array([bool(text) and call_time(text) is None for text in times], dtype=np.bool_)
    return [
        *rows_found(closed < opened, rows, CLOSED_BEFORE_OPENED, "closed", "dispute_no",
                    lambda i: f"opened {opened[i]}, closed {closed[i]}"),
        *rows_found(overdue, rows, DISPUTE_OVERDUE, "opened", "dispute_no",
                    lambda i: f"open for {cases.age[i]} days, owner {cases.owner[i]}"),
        *rows_found(unread & standing, rows, CALL_TIME_UNREAD, "call_time", "dispute_no",
                    lambda i: f"`{times[i]}`"),
    ]  # fmt: skip


def _persons(rows: Frame, cases: DisputeCases, standing: BoolArray) -> list[Finding]:
    """An open dispute is somebody's."""
    nobody = standing & (cases.owner == NOBODY)
    return rows_found(nobody, rows, OWNER_MISSING, "owner", "dispute_no", lambda _: "an empty cell")

"""Disputes: what is contested, how old it is and who settles it; and what ended this month."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ar_xl.app.sheets.parts import Line, currencies_of, dates, drafts_line, money, text, whole
from ar_xl.core.arrays import BLANK, IntArray, TextArray, codes_of, sum_by
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.report import Report, ReportBlock, ReportColumn
from ar_xl.ops.collecting.dispute_list import DisputeCases, DisputeList, how_it_ended
from ar_xl.ops.collecting.settling import POSTED
from ar_xl.ops.customers import customer_values

NAME_WIDTH, WORDS_WIDTH = 24, 22
SETTLED = POSTED  # the document that settles a dispute is posted


def disputes_report(ledger: Ledger, request: Request, found: DisputeList) -> Report:
    """The open disputes, their sums by reason and owner, and those that ended in the month.

    Args:
        ledger: as it stands.
        request: whose command it is.
        found: the disputes of a date.
    """
    blocks: list[ReportBlock] = []
    edges = ledger.policy.settings.aging_edges
    for currency in currencies_of(found.open.currency):
        mine = found.open.take(found.open.currency == currency)
        blocks += [
            _open(ledger, mine, currency),
            _summed(mine, mine.reason, "Reason", currency, edges),
            _summed(mine, mine.owner, "Owner", currency, edges),
        ]
    for currency in currencies_of(found.ended.currency):
        blocks.append(_ended(ledger, found.ended.take(found.ended.currency == currency), currency))
    return Report(
        "Disputes",
        found.as_of,
        ledger.policy.settings.company,
        (_count(found), drafts_line(ledger)),
        tuple(blocks),
        (
            "Disputed is what of the claim is still open; of several disputes on one item the "
            "earliest comes first.",
            "Rest is what is open of the invoice and nobody contests: it is called for, and bears "
            "late fees.",
            "To end a dispute, choose Resolve By on the sheet Disputes and run Disputes again; the "
            "draft it makes closes the dispute once it is posted.",
        ),
    )


def _count(found: DisputeList) -> Line:
    month = f"{found.as_of:%Y-%m}"
    return "Disputes", f"{len(found.open):,} open, {len(found.ended):,} ended in {month}"


def age_names(edges: tuple[int, ...]) -> tuple[str, ...]:
    """The headings of ages, by the bucket edges of the aging: `Up to 30`, `31-60`, `Over 90`."""
    between = [f"{low + 1}-{high}" for low, high in pairwise(edges)]
    return (f"Up to {edges[0]}", *between, f"Over {edges[-1]}")


def age_bucket(age: IntArray, edges: tuple[int, ...]) -> IntArray:
    """Which of those ages each number of days is; an upper edge belongs to its bucket."""
    return np.searchsorted(np.array(edges), age, side="left").astype(np.int64)


def _named(ledger: Ledger, cases: DisputeCases) -> tuple[ReportColumn, ...]:
    names = customer_values(ledger, cases.customer_id, "name")
    return (
        text("Dispute No", cases.number),
        text("Customer ID", cases.customer_id),
        text("Name", names, width=NAME_WIDTH),
        text("Invoice No", cases.invoice_no),
        whole("Line", cases.line),
    )


def _open(ledger: Ledger, cases: DisputeCases, currency: str) -> ReportBlock:
    rows = ledger.posted("Disputes").take(cases.row)
    way = np.where(cases.settled != "", cases.settled, rows.text("resolve_by"))
    return ReportBlock(
        "Disputes",
        f"Open disputes, {currency}",
        currency,
        (
            *_named(ledger, cases),
            money("Disputed", cases.disputed),
            text("Reason", cases.reason, width=WORDS_WIDTH),
            text("Owner", cases.owner),
            dates("Opened", cases.opened),
            whole("Age (Days)", cases.age),
            dates("Call At", cases.call_at),
            text("Resolve By", way, width=WORDS_WIDTH),
            money("Invoice Open", cases.invoice_open, total=False),
            money("Rest", cases.rest, total=False),
        ),
    )


def _ended(ledger: Ledger, cases: DisputeCases, currency: str) -> ReportBlock:
    return ReportBlock(
        "DisputesEnded",
        f"Ended this month, {currency}",
        currency,
        (
            *_named(ledger, cases),
            money("Was Disputed", cases.claimed),
            text("Reason", cases.reason, width=WORDS_WIDTH),
            text("Owner", cases.owner),
            dates("Opened", cases.opened),
            dates("Ended", cases.ended),
            whole("Days", cases.age),
            text("How", how_it_ended(ledger, cases), width=WORDS_WIDTH),
            money("Settled", np.where(cases.state == SETTLED, cases.settled_amount, BLANK)),
        ),
    )


def _summed(
    cases: DisputeCases, key: TextArray, heading: str, currency: str, edges: tuple[int, ...]
) -> ReportBlock:
    """Disputed amounts by reason or owner, and by age; the largest first."""
    (group,), names = codes_of(key)
    total = sum_by(group, cases.disputed, len(names))
    order = np.lexsort((names.astype(str), -total))
    bucket, headings = age_bucket(cases.age, edges), age_names(edges)
    each = [
        sum_by(np.where(bucket == at, group, -1), cases.disputed, len(names))[order]
        for at in range(len(headings))
    ]
    columns = [money(name, values) for name, values in zip(headings, each, strict=True)]
    return ReportBlock(
        f"DisputesBy{heading}",
        f"Disputed by {heading.lower()} and age in days, {currency}",
        currency,
        (
            text(f"By {heading}", names[order]),
            whole("Disputes", np.bincount(group, minlength=len(names))[order]),
            *columns,
            money("Together", total[order]),
        ),
    )

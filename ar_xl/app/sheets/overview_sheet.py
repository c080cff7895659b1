"""Overview: the manager's page. Figures on top, four charts, and the tables they are drawn from."""

from __future__ import annotations

from datetime import date

import numpy as np

from ar_xl.app.sheets.aging_sheet import control_lines
from ar_xl.app.sheets.expected_sheet import weeks_block
from ar_xl.app.sheets.parts import aging_policy_line, drafts_line, money, tenths, text, whole
from ar_xl.core.arrays import BLANK, IntArray
from ar_xl.core.dates import last_month_ends
from ar_xl.core.ledger import Ledger
from ar_xl.core.report import Chart, Drawn, Report, ReportBlock
from ar_xl.ops.aging import aging
from ar_xl.ops.collecting.expected import Expected
from ar_xl.ops.collecting.overview import (
    DSO_DAYS,
    LARGEST,
    MONTHS,
    Headline,
    aged_months,
    headlines,
    largest_debtors,
    promise_months,
)
from ar_xl.ops.collecting.promises import Promises, promises
from ar_xl.ops.customers import customer_values, first_filled
from ar_xl.ops.measures import tenths as quotient

CHANGE = "Change"
GREEN, RED = "70AD47", "C00000"
NAME_WIDTH = 20


def overview_report(ledger: Ledger, found: Expected) -> Report:
    """The manager's page of a date.

    Args:
        ledger: as it stands.
        found: the expected cash of the date.
    """
    as_of = found.as_of
    aged = aging(ledger, as_of)
    dates = last_month_ends(as_of, MONTHS)
    before = dates[-1] if dates[-1] < as_of else dates[-2]
    now, then = headlines(ledger, as_of), headlines(ledger, before)
    made = promises(ledger, as_of)
    blocks = []
    for currency in sorted(now):
        blocks += [
            _headline_block(ledger, currency, now[currency], then.get(currency), before),
            _months_block(ledger, currency, dates),
            _debtors_block(ledger, as_of, currency),
            _promises_block(made, currency, dates, as_of),
            weeks_block(found, currency, f"Expected cash by week, {currency}"),
        ]
    return Report(
        "Overview",
        as_of,
        ledger.policy.settings.company,
        (aging_policy_line(ledger), *control_lines(ledger, aged), drafts_line(ledger)),
        tuple(blocks),
        (
            "Overdue and the buckets are before unapplied credits; Total is after them. On Plans "
            f"is covered by live payment plans. DSO is Total / sales of the last {DSO_DAYS} days "
            f"x {DSO_DAYS}.",
            "Promises Kept is the share of promises made for a day of the last 365 that were "
            "kept; those that still stand or were replaced do not count. See Expected Cash of "
            "`forecast` for how the weeks are reckoned.",
            *(() if blocks else (f"Nothing is open on {as_of}.",)),
        ),
        portrait=True,
        gallery=True,
    )


def _headline_block(
    ledger: Ledger, currency: str, now: Headline, then: Headline | None, before: date
) -> ReportBlock:
    oldest = aging(ledger, now.as_of).names[-1]
    earlier = then or Headline(before, 0, 0, 0, 0, 0, 0, BLANK, BLANK)

    def rows(name: str) -> list[int]:
        one, other = getattr(now, name), getattr(earlier, name)
        return [one, other, BLANK if BLANK in (one, other) else one - other]

    return ReportBlock(
        "Headline",
        currency,
        currency,
        (
            text("When", [now.as_of.isoformat(), before.isoformat(), CHANGE]),
            money("Total", rows("total"), total=False),
            money("Overdue", rows("overdue"), total=False),
            money(oldest, rows("oldest"), total=False),
            money("In Dispute", rows("disputed"), total=False),
            money("On Plans", rows("on_plans"), total=False),
            money("Unapplied", rows("unapplied"), total=False),
            tenths("DSO", rows("dso")),
            tenths("Promises Kept %", rows("kept")),
        ),
        strong=(0,),
    )


def _months_block(ledger: Ledger, currency: str, dates: list[date]) -> ReportBlock:
    names = aging(ledger, dates[-1]).names
    buckets = aged_months(ledger, dates, currency)
    since = int(np.append(buckets.any(axis=1), True).argmax())  # nothing was open before
    buckets, dates = buckets[since:], dates[since:]
    return ReportBlock(
        "AgingByMonth",
        f"Open items by days past due at month-ends, {currency}",
        currency,
        (
            text("Month-End", [when.isoformat() for when in dates]),
            *(money(name, buckets[:, at], total=False) for at, name in enumerate(names)),
            money("Open", buckets.sum(axis=1), total=False),
        ),
        Chart(f"Open by days past due, {currency}", "Month-End", names, MONTHS),
    )


def _debtors_block(ledger: Ledger, as_of: date, currency: str) -> ReportBlock:
    largest = largest_debtors(aging(ledger, as_of), currency)
    names = customer_values(ledger, largest.customer_id, "name")
    return ReportBlock(
        "TopOverdue",
        f"The largest overdue customers, {currency}",
        currency,
        (
            text("Customer", first_filled(names, largest.customer_id), width=NAME_WIDTH),
            text("Customer ID", largest.customer_id),
            money("Past Due", largest.overdue),
            money("Owed", largest.total),
        ),
        Chart(
            f"Most overdue, {currency}", "Customer", ("Past Due",), LARGEST, Drawn.BARS,
            ("C55A11",),
        ),
    )  # fmt: skip


def _promises_block(made: Promises, currency: str, dates: list[date], as_of: date) -> ReportBlock:
    days = dates if dates[-1] == as_of else [*dates[1:], as_of]
    counts = promise_months(made, currency, days)
    if not counts.any():
        counts, days = counts[:0], []
    return ReportBlock(
        "PromisesByMonth",
        f"Promises by the month they were made for, {currency}",
        currency,
        (
            text("Month", [when.isoformat()[:7] for when in days]),
            whole("Kept", counts[:, 0]),
            whole("Broken", counts[:, 1]),
            tenths("Kept %", _shares(counts)),
        ),
        Chart(
            f"Promises kept and broken, {currency}", "Month", ("Kept", "Broken"), MONTHS,
            Drawn.COLUMNS, (GREEN, RED),
        ),
    )  # fmt: skip


def _shares(counts: IntArray) -> list[int]:
    found = [quotient(100 * kept, kept + broken) for kept, broken in counts.tolist()]
    return [BLANK if share is None else share for share in found]

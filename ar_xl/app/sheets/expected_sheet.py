"""Expected Cash: what is expected week by week, what is not, and how it was reckoned."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from ar_xl.app.sheets.parts import Line, amount, dates, drafts_line, money, text
from ar_xl.core.dates import day
from ar_xl.core.ledger import Ledger
from ar_xl.core.report import Chart, Drawn, Report, ReportBlock
from ar_xl.ops.collecting.backtest import Accuracy, Tried, accuracy
from ar_xl.ops.collecting.expected import Expected, by_currency, summed
from ar_xl.ops.collecting.expecting import BOOK_ITEMS, WEEK, WEEKS
from ar_xl.ops.collecting.payhistory import MEMORY_DAYS

EXPECTED_BY = ("By Habit", "Promised", "From Plans")
TOTAL, CUMULATIVE = "Expected", "Cumulative"
COLORS = ("2E75B6", "C55A11", "FFD966")
STANDS = (
    f"In {WEEKS} Weeks",
    "Later or Never",
    "In Dispute",
    "Covered by Credits",
    "Agency or Legal",
    "All Open Items",
)


def expected_report(ledger: Ledger, found: Expected, tries: dict[str, tuple[Tried, ...]]) -> Report:
    """The sheet of the weeks: for each currency the weeks, and where all that is open stands.

    Args:
        ledger: as it stands.
        found: the forecast of a date.
        tries: of earlier month-ends, by currency.
    """
    blocks = []
    for currency in by_currency(found):
        blocks.append(weeks_block(found, currency))
        blocks.append(_stands_block(found, currency))
    return Report(
        "Expected Cash",
        found.as_of,
        ledger.policy.settings.company,
        (
            ("Method", f"As items as late were paid in the last {MEMORY_DAYS} days: the customer's "
             f"own, and {BOOK_ITEMS} of the whole book beside them; promises and plans on their "
             "days"),
            *record_lines(tries),
            drafts_line(ledger),
        ),
        tuple(blocks),
        (
            "What will be invoiced later is not in it. A promise or plan counts in full on its "
            "day, and what is past that day in the first week.",
            "Agency or Legal is what customers owe who are with an agency, in legal action or "
            "closed: nothing is expected of them.",
            *(() if blocks else (f"Nothing is open on {found.as_of}.",)),
        ),
        portrait=True,
        gallery=True,
    )  # fmt: skip


def weeks_of(as_of: date) -> tuple[list[date], list[date]]:
    """The first and the last day of each week."""
    first = [as_of + timedelta(days=1 + WEEK * number) for number in range(WEEKS)]
    return first, [when + timedelta(days=WEEK - 1) for when in first]


def weeks_block(found: Expected, currency: str, caption: str = "") -> ReportBlock:
    """The weeks of one currency, with a chart."""
    first, last = weeks_of(found.as_of)
    parts = [
        summed(found, each, currency)[:WEEKS]
        for each in (found.by_habit, found.by_promise, found.by_plan)
    ]
    total = np.asarray(sum(parts), dtype=np.int64)
    return ReportBlock(
        "ExpectedCash",
        caption or currency,
        currency,
        (
            text("Week Of", [f"{when:%b} {when.day}" for when in first]),
            dates("From", np.array([day(when) for when in first])),
            dates("To", np.array([day(when) for when in last])),
            *(money(name, part) for name, part in zip(EXPECTED_BY, parts, strict=True)),
            money(TOTAL, total),
            money(CUMULATIVE, np.cumsum(total), total=False),
        ),
        Chart(
            f"Expected cash by week, {currency}", "Week Of", EXPECTED_BY, WEEKS, Drawn.STACKED,
            COLORS,
        ),
    )  # fmt: skip


def stands(found: Expected, currency: str) -> list[int]:
    """The amounts of STANDS in their order."""
    weeks = summed(found, found.weeks, currency)
    apart = [
        int(summed(found, each, currency))
        for each in (found.disputed, found.credited, found.given_up)
    ]
    return [
        int(weeks[:WEEKS].sum()), int(weeks[WEEKS]), *apart,
        int(summed(found, found.items.open, currency)),
    ]  # fmt: skip


def _stands_block(found: Expected, currency: str) -> ReportBlock:
    amounts = zip(STANDS, stands(found, currency), strict=True)
    return ReportBlock(
        "OpenStands",
        f"Where all that is open stands, {currency}",
        currency,
        tuple(money(name, [minor], total=False) for name, minor in amounts),
    )


def record_lines(tries: dict[str, tuple[Tried, ...]]) -> list[Line]:
    """How far off the method was on these books, one line a currency."""
    lines = []
    for currency, trials in sorted(tries.items()):
        over = [one for one in trials if one.weeks]
        measured = accuracy(over)
        if measured:
            lines.append(("Tried on your books", _record(currency, over, measured)))
    return lines or [
        ("Tried on your books", "not yet: too few payments are known at earlier month-ends")
    ]


def _record(currency: str, trials: list[Tried], measured: tuple[Accuracy, ...]) -> str:
    ours, average, terms = measured
    came = sum(int(one.came_in.sum()) for one in trials)
    first, last = trials[0].as_of, trials[-1].as_of
    when = (
        f"at the {len(trials)} month-ends from {first} to {last}" if first < last else f"at {last}"
    )
    return (
        f"{when}, of "
        f"{amount(came, currency)} that came in for items open then, single weeks were off by "
        f"{tenths_text(ours.by_week)} % and four weeks together by "
        f"{tenths_text(ours.four_weeks)} % (everyone at average days late "
        f"{tenths_text(average.by_week)} and {tenths_text(average.four_weeks)}, everyone on the "
        f"due date {tenths_text(terms.by_week)} and {tenths_text(terms.four_weeks)})"
    )


def tenths_text(tenths: int) -> str:
    """Tenths with one decimal: `18.6`."""
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"

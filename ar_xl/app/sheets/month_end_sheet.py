"""Month-End: roll-forward, tie-out, collected against outstanding, measures, allowance."""

from __future__ import annotations

from ar_xl.app.sheets.exceptions import exceptions_block
from ar_xl.app.sheets.exchange_block import exchange_blocks
from ar_xl.app.sheets.parts import (
    Line,
    aging_policy_line,
    drafts_line,
    money,
    tenths,
    text,
)
from ar_xl.core.arrays import BLANK
from ar_xl.core.dates import period_bounds
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.report import Report, ReportBlock
from ar_xl.ops.aging import Aging
from ar_xl.ops.allowance import Allowance, allowance
from ar_xl.ops.batches import last_batch
from ar_xl.ops.fees.words import number_text
from ar_xl.ops.measures import Measures, measures
from ar_xl.ops.movements import BOUNCED, RECEIPTS, movements
from ar_xl.ops.rollforward import RollForward, roll_forward
from ar_xl.ops.tie_out import Difference, TieOut, tie_out


def month_end_report(ledger: Ledger, request: Request, period: str, aged: Aging) -> Report:
    """The month in figures, all tables of a currency together, then the exceptions.

    Args:
        ledger: after everything of the month was posted.
        request: whose command it is.
        period: the month, `2013-01`.
        aged: the aging of its last day.
    """
    first, last = period_bounds(period)
    moved = movements(ledger)
    rolled = {found.currency: found for found in roll_forward(ledger, first, last, moved)}
    tied = {found.currency: found for found in tie_out(ledger, last, aged.by_currency(), moved)}
    measured = {found.currency: found for found in measures(ledger, first, last, aged, moved)}
    needed = {found.currency: found for found in allowance(ledger, aged)}
    blocks: list[ReportBlock] = []
    for currency in sorted({*rolled, *tied, *measured}):
        if currency in rolled:
            blocks.append(_roll_forward(rolled[currency]))
        if currency in tied:
            blocks.append(_tie_out(tied[currency]))
        if currency in rolled and currency in measured:
            blocks.append(_collected(rolled[currency], measured[currency]))
        if currency in measured:
            blocks.append(_measures(measured[currency]))
        if currency in needed:
            blocks.append(_allowance(needed[currency]))
    blocks += exchange_blocks(ledger, last)
    blocks.append(exceptions_block(ledger, aged, list(tied.values())))
    return Report(
        "Month-End",
        last,
        ledger.policy.settings.company,
        (*_lines(ledger, period), drafts_line(ledger)),
        tuple(blocks),
        (
            "Sales are invoices and debit memos less credit memos, with tax, without late fees and "
            "opening balances. Receivables are net of unapplied credits, which reduce what is "
            "overdue first, and gross of the allowance.",
            "CEI is (opening + sales - closing) / (opening + sales - current) of this one month.",
        ),
        portrait=True,
    )


def _lines(ledger: Ledger, period: str) -> list[Line]:
    number, digest, _ = last_batch(ledger)
    posted = len(ledger.posted("Batches")) > 0
    return [
        ("Period", period),
        aging_policy_line(ledger),
        ("Last batch", number if posted else "none"),
        ("Last hash", digest if posted else "none"),
    ]


def _roll_forward(found: RollForward) -> ReportBlock:
    rows = [("Opening balance", found.opening), *found.lines, ("Closing balance", found.closing)]
    return ReportBlock(
        "RollForward",
        f"Roll-forward, {found.currency}",
        found.currency,
        (
            text("Receivables", [label for label, _ in rows]),
            money("Balance", [minor for _, minor in rows], total=False),
        ),
        strong=(len(rows) - 1,),
    )


def _tie_out(found: TieOut) -> ReportBlock:
    rows: list[tuple[str, int, int, str]] = [("Aging total", found.aging, BLANK, "")]
    rows.append(_side("Control account, by the journal", found.control, found.aging))
    rows += _differences(found.of_control)
    if found.general_ledger is None:
        rows.append(("General ledger", BLANK, BLANK, "no amount typed in Periods"))
    else:
        rows.append(_side("General ledger, as typed", found.general_ledger, found.aging))
        rows += _differences(found.of_general_ledger)
    return ReportBlock(
        "TieOut",
        f"Tie-out, {found.currency}",
        found.currency,
        (
            text("Side", [label for label, _, _, _ in rows]),
            money("Shown", [shown for _, shown, _, _ in rows], total=False),
            money("Difference", [differs for _, _, differs, _ in rows], total=False),
            text("Remark", [remark for _, _, _, remark in rows]),
        ),
    )


def _side(label: str, shown: int, ours: int) -> tuple[str, int, int, str]:
    agrees = "agrees with the aging" if shown == ours else "differs, named below"
    return label, shown, shown - ours, agrees


def _differences(found: tuple[Difference, ...]) -> list[tuple[str, int, int, str]]:
    return [
        (
            f"    {each.name}",
            BLANK,
            each.amount,
            each.rows if each.explained else f"UNEXPLAINED: {each.rows}",
        )
        for each in found
    ]


def _collected(rolled: RollForward, measured: Measures) -> ReportBlock:
    collected = -rolled.line(RECEIPTS) - rolled.line(BOUNCED)
    rows = [
        ("Outstanding at the beginning", rolled.opening),
        ("Sales of the month", measured.sales),
        ("Collected, less bounced payments", collected),
        ("Outstanding at the end", rolled.closing),
        ("of it not past due", measured.current),
        ("of it past due", measured.closing - measured.current),
    ]
    return ReportBlock(
        "Collected",
        f"Collected against outstanding, {rolled.currency}",
        rolled.currency,
        (
            text("Collections", [label for label, _ in rows]),
            money("Money", [minor for _, minor in rows], total=False),
        ),
    )


def _measures(found: Measures) -> ReportBlock:
    rows = (
        ("DSO", found.dso, "days", "closing balance / sales x days of the month"),
        ("Count-back DSO", found.count_back_dso, "days", "latest sales that make up the balance"),
        ("Best possible DSO", found.best_possible_dso, "days", "not past due / sales x days"),
        ("Average days delinquent", found.days_delinquent, "days", "past due / sales x days"),
        ("Turnover", found.turnover, "times", "sales / average of opening and closing balance"),
        ("CEI", found.cei, "%", "collected of what could be collected, see the note"),
    )
    return ReportBlock(
        "Measures",
        f"Measures, {found.currency}",
        "",
        (
            text("Measure", [label for label, _, _, _ in rows]),
            tenths("Value", [BLANK if value is None else value for _, value, _, _ in rows]),
            text("Unit", ["n/a" if value is None else unit for _, value, unit, _ in rows]),
            text("Formula", [how for _, _, _, how in rows]),
        ),
    )


def _allowance(found: Allowance) -> ReportBlock:
    rows: list[tuple[str, int, str, int]] = [
        (f"Reserve for {number}", minor, "", reserve) for number, minor, reserve in found.specific
    ]
    for bucket in found.buckets:
        rate = "no rate"
        if bucket.rate_percent is not None:
            rate = f"{number_text(bucket.rate_percent)} %"
            if bucket.factor != 1:
                rate += f" x {number_text(bucket.factor)}"
        rows.append((bucket.bucket, bucket.pool, rate, bucket.required))
    rows.append(("Required", BLANK, "", found.required))
    rows.append(("On the books", BLANK, "", found.existing))
    rows.append(("Movement to post", BLANK, "", found.movement))
    return ReportBlock(
        "Allowance",
        f"Allowance for doubtful accounts, {found.currency}",
        found.currency,
        (
            text("Part", [part for part, _, _, _ in rows]),
            money("Exposure", [minor for _, minor, _, _ in rows], total=False),
            text("Loss Rate", [rate for _, _, rate, _ in rows]),
            money("Allowance", [minor for _, _, _, minor in rows], total=False),
        ),
        strong=(len(rows) - 3, len(rows) - 1),
    )

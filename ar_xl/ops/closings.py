"""Closings: what the chain of Batches says about months, against the Periods sheet.

Periods is a table that people type in, so that a month could be opened there by clearing a cell.
Every closing and reopening is a batch of its own; the two must say the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import totals_shown
from ar_xl.core.periods import is_closed
from ar_xl.ops.batches import read_control_total

CLOSED_BY, REOPENED_BY = "month-end --close", "month-end --reopen"
_PERIOD = re.compile(r"^(?:Closed|Reopened) (\d{4}-\d{2})\b")

PERIOD_CHANGED = code(
    "period_differs_from_batches",
    Severity.ERROR,
    "the months closed that the batches of month-end --close closed, as they closed them",
    "Put the row of Periods back as it was; a month is opened with month-end --reopen.",
)


def closing_reason(period: str, control: Mapping[str, int]) -> str:
    """What Batches says of a closing; control totals by currency in minor units."""
    return f"Closed {period}, receivables {totals_shown(dict(control))}"


@dataclass(frozen=True)
class _Closing:
    """A closing that stands: its batch, what it said, and the hash it was made on."""

    batch: str
    reason: str
    previous_hash: str


def closing_findings(ledger: Ledger) -> list[Finding]:
    """Rows of Periods that say something else than the chain.

    Args:
        ledger: Batches and Periods read.
    """
    standing = _standing(ledger.posted("Batches"))
    periods = ledger.posted("Periods")
    shown = dict(
        zip(periods.text("period")[is_closed(periods)], np.flatnonzero(is_closed(periods)),
            strict=True)
    )  # fmt: skip
    found = [
        _finding(periods, period, f"is open on the sheet, and closed by batch {closing.batch}")
        for period, closing in standing.items()
        if period not in shown
    ]
    for period, at in shown.items():
        if period not in standing:
            found.append(_finding(periods, period, "is closed on the sheet, and by no batch"))
        elif problem := _changed(periods, int(at), standing[period]):
            found.append(_finding(periods, period, problem))
    return found


def _standing(batches: Frame) -> dict[str, _Closing]:
    """The closings that were not taken back, by month."""
    standing: dict[str, _Closing] = {}
    command, number = batches.text("command"), batches.text("batch").astype(str)
    for at in np.argsort(number, kind="stable").tolist():
        named = _PERIOD.match(str(batches.text("reason")[at]))
        if named is None:
            continue
        if command[at] == CLOSED_BY:
            standing[named[1]] = _Closing(
                str(number[at]), str(batches.text("reason")[at]),
                str(batches.text("previous_hash")[at]),
            )  # fmt: skip
        elif command[at] == REOPENED_BY:
            standing.pop(named[1], None)
    return standing


def _changed(periods: Frame, at: int, closing: _Closing) -> str:
    """What of a closed row is not as its batch said, "" where all is."""
    if periods.text("hash")[at] != closing.previous_hash:
        return f"has another Hash than batch {closing.batch} was made on"
    total = str(periods.text("control_total")[at])
    try:
        readable = totals_shown(read_control_total("" if total == "0" else total))
    except ValueError:
        readable = total
    if not closing.reason.endswith((f"receivables {readable}", f"receivables {total}")):
        return f"has Control Total `{total}`, and batch {closing.batch} says `{closing.reason}`"
    return ""


def _finding(periods: Frame, period: str, seen: str) -> Finding:
    rows = periods.row[periods.text("period") == period]
    row = int(rows[-1]) if len(rows) else 0
    return Finding(PERIOD_CHANGED, "Periods", row, "period", period, f"{period} {seen}")

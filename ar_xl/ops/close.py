"""Closing and reopening a month (semantics, section 15).

A closed month does not move. Closing refuses while drafts dated in it, unapproved adjustments or
an unnamed difference remain. Only the last closed month reopens, with a reason and a second
person.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ar_xl.core.dates import day, period_bounds
from ar_xl.core.findings import Exit, Finding, Refusal, Severity, code, rows_found
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.money import control_total_text, totals_shown
from ar_xl.core.periods import closed_months, is_closed
from ar_xl.core.tables import PERIODS
from ar_xl.ops.batches import last_batch
from ar_xl.ops.gl_balance import read_gl_balance
from ar_xl.ops.persons import mixed_scripts, person

DRAFT_IN_PERIOD = code(
    "draft_in_period_to_close",
    Severity.ERROR,
    "no drafts dated on or before the last day of the month",
    "Post it, correct it, or delete the row if it is not yours.",
)
NOT_CLOSED = code(
    "period_not_closed",
    Severity.ERROR,
    "a month in which nothing is left open",
    "Settle what is named above, then close again.",
    Exit.REFUSED,
)
GL_DIFFERS = code(
    "gl_balance_differs",
    Severity.ERROR,
    "the balance of the control account in your general ledger",
    "Run month-end without --close and look at the tie-out of its sheet: it names the difference. "
    "Book it, or correct GL Balance.",
)
GL_NOT_TYPED = code(
    "gl_balance_not_typed",
    Severity.WARNING,
    "the balance of the control account, typed in GL Balance of the Periods sheet",
    "Type it in the row of the month and run month-end of that month again: the tie-out of its "
    "sheet then compares the two, also when the month is closed.",
)
GL_NOT_READ = code(
    "gl_balance_not_understood",
    Severity.ERROR,
    "an amount, or amounts with their currency such as `USD 12.00; EUR 3.00`",
    "Correct GL Balance on the Periods sheet.",
)
NOT_CLOSED_NOW = code(
    "period_not_closed_now",
    Severity.ERROR,
    "a month that is closed",
    "Nothing needs to be reopened.",
    Exit.REFUSED,
)
NOT_THE_LAST = code(
    "not_the_last_closed_period",
    Severity.ERROR,
    "the month that was closed last",
    "Reopen the later months first, the last one first.",
    Exit.REFUSED,
)
REOPEN_NEEDS = code(
    "reopening_needs_reason_and_approver",
    Severity.ERROR,
    "a reason and the name of a second person",
    "Add --reason and --approved-by, naming somebody other than yourself.",
    Exit.REFUSED,
)


def already_closed(ledger: Ledger, period: str) -> bool:
    """Whether a month, or a later one, is closed now."""
    return period <= closed_months(ledger.posted("Periods")).last


def findings_before_close(ledger: Ledger, period: str, control: Mapping[str, int]) -> list[Finding]:
    """What stands against closing a month, and what should be known.

    Args:
        ledger: after everything of the month was posted.
        period: the month.
        control: receivables at its last day by currency, minor units.
    """
    last_day = day(period_bounds(period)[1])
    found: list[Finding] = []
    for table, dated, number in (
        ("Invoices", "invoice_date", "invoice_no"),
        ("Receipts", "receipt_date", "receipt_no"),
        ("Adjustments", "date", "adjustment_no"),
    ):
        drafts = ledger.draft(table)
        dates = drafts.dates(dated)
        found += rows_found(
            np.asarray(~(dates > last_day)), drafts, DRAFT_IN_PERIOD, dated, number,
            lambda i, dates=dates: f"a draft dated {dates[i]}",  # type: ignore[misc]  # bound now
        )  # fmt: skip
    return found + _gl_findings(ledger, period, control)


def _gl_findings(ledger: Ledger, period: str, control: Mapping[str, int]) -> list[Finding]:
    row = _open_row(ledger.posted("Periods"), period)
    typed = str(row.text("gl_balance")[0]) if row is not None else ""
    at = int(row.row[0]) if row is not None else 0
    ours = {code: minor for code, minor in control.items() if minor}
    if not typed:
        seen = f"no GL balance for {period}; the sub-ledger has {totals_shown(ours)}"
        return [Finding(GL_NOT_TYPED, "Periods", at, "gl_balance", period, seen)]
    try:
        stated = read_gl_balance(typed, ledger.policy.settings.base_currency)
    except ValueError as error:
        return [Finding(GL_NOT_READ, "Periods", at, "gl_balance", period, f"`{typed}`", str(error))]
    theirs = {code: balance.minor for code, balance in stated.items() if balance.minor}
    if theirs == ours:
        return []
    difference = {c: theirs.get(c, 0) - ours.get(c, 0) for c in {*theirs, *ours}}
    seen = (
        f"general ledger {totals_shown(theirs)}, sub-ledger {totals_shown(ours)}, difference "
        f"{totals_shown({c: d for c, d in difference.items() if d})}"
    )
    return [Finding(GL_DIFFERS, "Periods", at, "gl_balance", period, seen)]


def _open_row(periods: Frame, period: str) -> Frame | None:
    """The row of a month that is not closed yet: where the controller typed the GL balance."""
    waiting = (periods.text("period") == period) & (periods.text("closed_at") == "")
    at = np.flatnonzero(waiting)
    return periods.take(at[-1:]) if len(at) else None


def close(ledger: Ledger, request: Request, period: str, control: Mapping[str, int]) -> Change:
    """Close a month: fill in its Periods row, or add one.

    Args:
        ledger: after everything of the month was posted and checked.
        request: who and when.
        period: the month.
        control: receivables at its last day by currency, minor units.
    """
    filled = {
        "closed_at": request.posted_at,
        "closed_by": request.user,
        "control_total": control_total_text(dict(control)) or "0",
        "hash": last_batch(ledger)[1],
    }
    row = _open_row(ledger.posted("Periods"), period)
    if row is not None:
        return Change(posts={"Periods": row.replace(**filled)})
    return Change(appends={"Periods": Frame.build(PERIODS, 1, period=period, **filled)})


def reopen(ledger: Ledger, request: Request, period: str, approved_by: str) -> Change:
    """Open the last closed month again.

    Args:
        ledger: all tables.
        request: who asks, with the reason.
        period: the month; it must be the last closed one.
        approved_by: a second person.

    Raises:
        Refusal: not closed, not the last closed month, no reason, no approver, or the asker's
            own approval.
    """
    periods = ledger.posted("Periods")
    last = closed_months(periods).last
    said = f"The last closed month is {last}." if last else "No month is closed."
    if period > last:
        raise Refusal(NOT_CLOSED_NOW, f"{period} is open. {said}")
    if period < last:
        raise Refusal(NOT_THE_LAST, f"{period} cannot be reopened. {said}")
    if not request.reason.strip() or not person(approved_by):
        raise Refusal(
            REOPEN_NEEDS, "Reopening takes a reason and the name of a second person who approves."
        )
    mixed = mixed_scripts(approved_by)
    if mixed:
        raise Refusal(REOPEN_NEEDS, f"`{approved_by}` mixes {mixed} letters.")
    if person(approved_by) == person(request.user):
        raise Refusal(REOPEN_NEEDS, f"{approved_by} both asks for it and approves it.")
    at = np.flatnonzero(is_closed(periods) & (periods.text("period") == period))
    row = periods.take(at[-1:])
    return Change(
        posts={
            "Periods": row.replace(
                reopened_at=request.posted_at,
                reopened_by=request.user,
                approved_by=approved_by,
                reason=request.reason,
            )
        }
    )

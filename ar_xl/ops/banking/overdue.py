"""Money that should be on the bank by now: slips that did not arrive, receipts not deposited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, DateArray, IntArray, TextArray, positions
from ar_xl.core.dates import day
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import totals_by_currency, totals_shown
from ar_xl.ops.banking.side import Accounts, moved
from ar_xl.ops.banking.slips import Slips, received_net, slip_lines, standing_slips, undeposited

SLIP_OVERDUE = code(
    "deposit_overdue",
    Severity.WARNING,
    "a bank line within Deposit Overdue Days of the Settings",
    "Ask the bank, import its latest statement, or write the Line ID into Bank Line.",
)
RECEIPT_OVERDUE = code(
    "receipt_not_deposited_in_time",
    Severity.WARNING,
    "a deposit slip within Deposit Overdue Days of the Settings",
    "Deposit it, or look where it is.",
)


def age(dates: DateArray, as_of: date) -> IntArray:
    """Days from each date to the as-of date."""
    return (day(as_of) - dates).astype(np.int64)


def is_overdue(ledger: Ledger, dates: DateArray, as_of: date) -> BoolArray:
    """What is older than Deposit Overdue Days; Saturdays and Sundays do not count."""
    limit = int(ledger.policy.settings.deposit_overdue_days)
    known = np.where(np.isnat(dates), day(as_of), dates)
    return np.asarray(np.busday_count(known, day(as_of)) > limit, dtype=np.bool_)


def overdue_slips(ledger: Ledger, as_of: date) -> Slips:
    """Slips that have no bank line and are older than Deposit Overdue Days."""
    slips = standing_slips(ledger, as_of)
    slips = slips.take(np.flatnonzero(slips.rows.text("bank_line") == ""))
    return slips.take(is_overdue(ledger, slips.rows.dates("date"), as_of))


def overdue_receipts(ledger: Ledger, as_of: date) -> Frame:
    """Cash, checks and cards that wait to be deposited for longer than Deposit Overdue Days."""
    waiting = undeposited(ledger, as_of)
    return waiting.take(is_overdue(ledger, waiting.dates("receipt_date"), as_of))


@dataclass(frozen=True)
class Arrived:
    """Slips that arrived at the bank, one element a slip.

    Args:
        slips: the slips.
        receipts: how many receipts lie on each.
        line: the Line ID each arrived with.
        date: of the line.
        bank: what the line moved the account by; of several slips the same line.
    """

    slips: Slips
    receipts: IntArray
    line: TextArray
    date: DateArray
    bank: IntArray


def arrived_slips(ledger: Ledger, accounts: Accounts, as_of: date) -> Arrived:
    """The slips whose bank line is dated in the month of a date, up to the date."""
    slips, lines = standing_slips(ledger, as_of), ledger.posted("BankLines")
    lines = lines.take(accounts.has(lines.text("account")))
    when = lines.dates("date")
    mine = (when <= day(as_of)) & (when >= day(as_of.replace(day=1)))
    lines = lines.take(mine & (lines.text("currency") == accounts.currency))
    at = positions(lines.text("line_id"), slips.rows.text("bank_line"))
    some = np.flatnonzero((at >= 0) & (slips.rows.text("bank_line") != ""))
    slips, lines = slips.take(some), lines.take(at[some])
    on = slip_lines(ledger, slips.rows)
    return Arrived(
        slips, np.bincount(on.slip, minlength=len(slips)).astype(np.int64), lines.text("line_id"),
        lines.dates("date"), moved(lines),
    )  # fmt: skip


def overdue_findings(
    ledger: Ledger, as_of: date, accounts: Accounts | None = None
) -> list[Finding]:
    """Slips that did not arrive and receipts that were not deposited in time.

    Args:
        ledger: slips, receipts and what is known of bank lines.
        as_of: working days are counted up to it.
        accounts: only slips for these; all where None.
    """
    slips, waiting = overdue_slips(ledger, as_of), overdue_receipts(ledger, as_of)
    if accounts is not None:
        named = slips.rows.text("bank_account")
        slips = slips.take(accounts.has(named) | (named == ""))
    found = [
        Finding(
            SLIP_OVERDUE, "Deposits", int(slips.rows.row[i]), "bank_line", str(slips.number[i]),
            f"{slips.number[i]} of {slips.rows.dates('date')[i]}, "
            f"{totals_shown({str(slips.rows.text('currency')[i]): int(slips.net[i])})}, "
            "has no bank line",
        )
        for i in range(len(slips))
    ]  # fmt: skip
    if len(waiting):
        total = totals_shown(totals_by_currency(waiting.text("currency"), received_net(waiting)))
        first = int(waiting.row[0])
        seen = f"{len(waiting)} since {waiting.dates('receipt_date')[0]}, {total}"
        number = str(waiting.text("receipt_no")[0])
        found.append(Finding(RECEIPT_OVERDUE, "Receipts", first, "receipt_no", number, seen))
    return found

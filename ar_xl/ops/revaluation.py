"""Revaluation: open foreign items at the rate of the month's end, taken back the next day.

What customers owe in a currency, less their credits, is worth its amount at the last rate on or
before the month's end. What the journal carries it at is the control account in base. The
difference goes to GL FX Unrealised on the last day and back on the day after, so that the rates
of the documents stay what later receipts are compared with (semantics, section 14).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, IntArray, codes_of, sum_by, text_array
from ar_xl.core.dates import day
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger
from ar_xl.ops.entries import Entries
from ar_xl.ops.journal import journal_lines
from ar_xl.ops.open_items import receivable_by_currency
from ar_xl.ops.rates import in_base, rates_for

REVALUED_BY = "revaluation"

NO_CLOSING_RATE = code(
    "no_closing_rate",
    Severity.WARNING,
    "a rate on the Rates sheet, dated on or before the month's end",
    "Add the rate and run the month-end again; until then the currency is not revalued.",
)


@dataclass(frozen=True)
class Revaluation:
    """One foreign currency at a month's end.

    Args:
        currency: the foreign one.
        open: what customers owe less unapplied credits, its minor units.
        rate: base per unit at the date, scaled by 10**10; BLANK where none is known.
        carried: the control account in base, without revaluation, minor units of the base.
        booked: what revaluation has booked at the date already, base.
        value: `open` at the rate, base.
    """

    currency: str
    open: int
    rate: int
    carried: int
    booked: int
    value: int

    @property
    def unrealised(self) -> int:
        """The gain (+) or loss (-) by the rate of the date, base."""
        return self.value - self.carried

    @property
    def movement(self) -> int:
        """What is still to be booked; 0 where no rate is known."""
        return 0 if self.rate == BLANK else self.unrealised - self.booked


def revaluations(ledger: Ledger, as_of: date) -> tuple[Revaluation, ...]:
    """Every foreign currency in which something is open or carried at a date.

    Args:
        ledger: rows posted by the date count.
        as_of: the last day of a month.
    """
    home = ledger.policy.settings.base_currency
    owed = receivable_by_currency(ledger, as_of)
    carried, booked = _control_in_base(ledger, as_of)
    wanted = sorted(
        c for c in {*owed, *carried} if c != home and (owed.get(c) or carried.get(c, 0))
    )
    if not wanted:
        return ()
    names = text_array(wanted)
    amounts = np.array([owed.get(c, 0) for c in wanted], dtype=np.int64)
    rates = rates_for(ledger.policy, names, np.array([day(as_of)] * len(wanted)))
    values = in_base(amounts, names, rates, home)
    return tuple(
        Revaluation(c, int(amount), int(rate), carried.get(c, 0), booked.get(c, 0), int(value))
        for c, amount, rate, value in zip(wanted, amounts, rates, values, strict=True)
    )


def revalue(ledger: Ledger, as_of: date) -> Change:
    """Book what the currencies are worth more or less, and take it back the next day.

    Args:
        ledger: after everything of the month was posted.
        as_of: the last day of a month. A second run books only what changed since.

    Returns:
        Journal lines alone, with findings for currencies without a rate and the total
        `unrealised` in base; nothing where no currency moved.
    """
    settings = ledger.policy.settings
    found = revaluations(ledger, as_of)
    moved = [each for each in found if each.movement]
    missing = tuple(
        Finding(NO_CLOSING_RATE, "Rates", seen=f"no rate for {each.currency} on {as_of}")
        for each in found
        if each.rate == BLANK and each.open
    )
    if not moved:
        return Change(findings=missing)
    count = len(moved)
    gain = np.array([each.movement for each in moved], dtype=np.int64)
    nothing, blank = np.zeros(count, dtype=np.int64), text_array([""] * count)

    def entries(account: str, on: date, amount: IntArray) -> Entries:
        return Entries(
            np.full(count, day(on)), text_array([account] * count),
            text_array([each.currency for each in moved]), nothing, amount,
            np.array([each.rate for each in moved], dtype=np.int64), blank, blank,
        )  # fmt: skip

    after = as_of + timedelta(days=1)
    lines = journal_lines(
        [
            entries(settings.gl_ar, as_of, gain),
            entries(settings.gl_fx_unrealised, as_of, -gain),
            entries(settings.gl_ar, after, -gain),
            entries(settings.gl_fx_unrealised, after, gain),
        ],
        REVALUED_BY,
    )
    total = {settings.base_currency: int(gain.sum())}
    return Change(appends={"Journal": lines}, findings=missing, totals={"unrealised": total})


def carried_rows(ledger: Ledger, as_of: date, currency: str) -> tuple[Frame, IntArray]:
    """The journal lines at which a currency is carried, and what each adds in base.

    Args:
        ledger: its journal; revaluation is left out.
        as_of: the last Posting Date that counts.
        currency: of the lines of the control account.
    """
    rows, ours = _control_lines(ledger, as_of)
    rows = rows.take(np.flatnonzero(~ours & (rows.text("currency") == currency)))
    return rows, rows.ints("base_debit") - rows.ints("base_credit")


def realised_rows(ledger: Ledger, first: date, last: date) -> tuple[Frame, IntArray]:
    """The lines of the FX account of some days, and the gain (+) or loss (-) of each in base.

    Args:
        ledger: its journal.
        first, last: the days, both counted.
    """
    rows = ledger.posted("Journal")
    mine = rows.text("account") == ledger.policy.settings.gl_fx
    mine &= (rows.dates("posting_date") >= day(first)) & (rows.dates("posting_date") <= day(last))
    rows = rows.take(np.flatnonzero(mine))
    return rows, rows.ints("base_credit") - rows.ints("base_debit")


def _control_in_base(ledger: Ledger, as_of: date) -> tuple[dict[str, int], dict[str, int]]:
    """The control account in base by currency: without revaluation, and revaluation alone."""
    rows, ours = _control_lines(ledger, as_of)
    amount = rows.ints("base_debit") - rows.ints("base_credit")
    (codes,), names = codes_of(rows.text("currency"))
    both = [sum_by(codes[some], amount[some], len(names)) for some in (~ours, ours)]
    plain, revaluation = (
        {str(name): int(total) for name, total in zip(names, sums, strict=True)} for sums in both
    )
    return plain, revaluation


def _control_lines(ledger: Ledger, as_of: date) -> tuple[Frame, BoolArray]:
    """The lines of the control account by a date, and which of them revaluation made or undid."""
    rows = ledger.posted("Journal")
    mine = (rows.text("account") == ledger.policy.settings.gl_ar) & (
        rows.dates("posting_date") <= day(as_of)
    )
    rows = rows.take(np.flatnonzero(mine))
    batches = ledger.posted("Batches")
    made = set(batches.text("batch")[batches.text("command") == REVALUED_BY].tolist())
    pairs = zip(batches.text("batch").tolist(), batches.text("reverses").tolist(), strict=True)
    ours = made | {batch for batch, undone in pairs if undone in made}
    (which,), names = codes_of(rows.text("batch"))
    return rows, np.array([name in ours for name in names], dtype=np.bool_)[which]

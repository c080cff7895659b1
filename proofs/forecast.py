"""How far off expected cash was on a real history, beside two simpler rules.

`python -m proofs.forecast`

The history is the 2,466 invoices of IBM's sample in ../shared/data/ar, imported and posted by the
commands. At each month-end from April 2012 to November 2013 the cash of the next 13 weeks is
expected with what was known on that day, for the items that were open on it; then it is compared
with what came in. The first 13 month-ends are those on which the method was chosen, the last
seven were looked at once it was. No other history with dates of payment is at hand.

Exit code 1 where a forecast of a past day differs from what is said of it now, where rows of later
days change it, or where the method is no better than paying at terms.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from ar_xl.app import life
from ar_xl.book import host
from ar_xl.book.reader import read_ledger
from ar_xl.book.template import build_template
from ar_xl.core.dates import last_month_ends
from ar_xl.core.findings import Exit
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.backtest import Accuracy, Tried, accuracy, tried
from ar_xl.ops.collecting.expected import day_number, expected
from ar_xl.ops.collecting.expecting import expected_lateness
from ar_xl.ops.collecting.payhistory import PayHistory, lateness, pay_history

IBM = (
    Path(__file__).resolve().parents[2]
    / "shared/data/ar/ibm_WA_Fn-UseC_-Accounts-Receivable.csv"
)  # fmt: skip
LAST, COUNT, CHOSEN_ON = date(2013, 11, 30), 20, 13
KNOWN_UNTIL = date(2014, 3, 31)


def main() -> int:
    """Print the errors; 0 where all holds."""
    if not IBM.exists():
        print("SKIPPED: the history of ../shared is not here; this proved nothing.")
        return 0
    ledger = _posted()
    history = pay_history(ledger, KNOWN_UNTIL)
    dates = last_month_ends(LAST, COUNT)
    trials = [tried(history, "USD", when, KNOWN_UNTIL) for when in dates]
    wrong = [line for one in trials for line in _differences(ledger, one)]
    print(f"{'':34}{'by week':>9}{'4 weeks':>9}{'13 weeks':>9}   days off an item")
    for name, some in (("chosen on", trials[:CHOSEN_ON]), ("held out", trials[CHOSEN_ON:])):
        came = sum(int(one.came_in.sum()) for one in some)
        print(f"{name}: {len(some)} month-ends, {some[0].as_of} to {some[-1].as_of}, "
              f"USD {came / 100:,.2f} came in")  # fmt: skip
        measured = accuracy(some)
        for rule, days in zip(measured, _days_off(history, some), strict=True):
            print(f"  {rule.rule:32}{_percent(rule)}   {days:.1f}")
        if measured[0].by_week >= measured[2].by_week:
            wrong.append(f"{name}: no better than paying at terms")
    print("\n".join(wrong) or "Each past forecast is what was said on its day; later rows change "
          "nothing.")  # fmt: skip
    return 1 if wrong else 0


def _percent(rule: Accuracy) -> str:
    figures = (rule.by_week, rule.four_weeks, rule.all_weeks)
    return "".join(f"{figure / 10:>8.1f}%" for figure in figures)


def _posted() -> Ledger:
    """The history as the commands post it."""
    with tempfile.TemporaryDirectory(prefix="ar_xl-forecast-") as folder:
        book = Path(folder) / "ibm.xlsx"
        build_template(book, company="IBM sample", currency="USD")
        steps: tuple[tuple[str, dict[str, object]], ...] = (
            ("import", {"file": IBM, "kind": "history", "dates": "mdy"}),
            ("post-invoices", {}),
            ("post-payments", {}),
        )
        for name, given in steps:
            answer = life.run(name, book, life.Options("Proof", KNOWN_UNTIL), given)
            assert answer.exit is Exit.DONE, answer.said
        opened = host.open_book(book)
        try:
            return read_ledger(opened).ledger
        finally:
            opened.close()


def _differences(ledger: Ledger, one: Tried) -> list[str]:
    """Where the command of that day says something else, or later rows change what it says."""
    then = expected(_cut(ledger, one.as_of), one.as_of)
    now = expected(ledger, one.as_of)
    said = then.weeks.sum(axis=0)[: one.weeks]
    lines = []
    if (said != one.said[0]).any():
        lines.append(f"{one.as_of}: said now {one.said[0].tolist()}, on the day {said.tolist()}")
    if (then.weeks != now.weeks).any() or (then.pay_date != now.pay_date)[
        ~np.isnat(then.pay_date)
    ].any():
        lines.append(f"{one.as_of}: rows posted later change the forecast")
    return lines


def _cut(ledger: Ledger, as_of: date) -> Ledger:
    """The books with no row of a later day."""
    tables = {
        name: frame.take(frame.dates("posting_date") <= np.datetime64(as_of, "D"))
        if frame.table.posted
        else frame
        for name, frame in ledger.tables.items()
    }
    return replace(ledger, tables=tables, views={})


def _days_off(history: PayHistory, trials: Sequence[Tried]) -> list[float]:
    """The mean of the days by which each rule missed the day an item was paid."""
    missed: list[list[int]] = [[], [], []]
    for one in trials:
        today = day_number(one.as_of)
        past = lateness(history, today)
        at = np.flatnonzero((history.known <= today) & (history.closed > today))
        customer, due = history.customer[at], history.due[at]
        early = np.full(len(at), -(1 << 19))  # earlier than anybody ever paid
        for rule, late in enumerate((
            expected_lateness(past, customer, today - due),
            expected_lateness(past, customer, early),
            np.zeros(len(at), dtype=np.int64),
        )):  # fmt: skip
            said = np.maximum(due + late, today + 1)
            missed[rule] += np.abs(said - history.paid[at]).tolist()
    return [sum(each) / len(each) for each in missed]


if __name__ == "__main__":
    sys.exit(main())

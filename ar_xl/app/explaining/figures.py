"""Which function explains which report, and on which state of the books its figure holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ar_xl.app.explaining.of_adjustments import adjustments_figure
from ar_xl.app.explaining.of_aging import aging_figure, detail_figure
from ar_xl.app.explaining.of_collections import collections_figure
from ar_xl.app.explaining.of_deposit import deposit_figure
from ar_xl.app.explaining.of_disputes import disputes_figure
from ar_xl.app.explaining.of_fees import fees_figure
from ar_xl.app.explaining.of_forecast import cash_figure, items_figure, payers_figure
from ar_xl.app.explaining.of_letters import letters_figure
from ar_xl.app.explaining.of_month import month_figure
from ar_xl.app.explaining.of_overview import overview_figure
from ar_xl.app.explaining.of_payments import payments_figure
from ar_xl.app.explaining.of_plans import plans_figure
from ar_xl.app.explaining.of_reconcile import reconciliation_figure
from ar_xl.app.explaining.of_statements import statements_figure
from ar_xl.app.explaining.of_tables import table_figure
from ar_xl.app.explaining.of_today import today_figure
from ar_xl.app.explaining.of_what_if import what_if_figure
from ar_xl.app.explaining.of_worklist import worklist_figure
from ar_xl.core.explanation import Explanation, Unit
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import exponent
from ar_xl.core.picked import Picked, ReportCell
from ar_xl.ops.past import batches_of, before

Figure = Callable[[Ledger, ReportCell], Explanation | None]
REPORTS: dict[str, Figure] = {
    "Aging": aging_figure,
    "Aging Detail": detail_figure,
    "Collections": collections_figure,
    "Today": today_figure,
    "Worklist": worklist_figure,
    "Disputes": disputes_figure,
    "Letters": letters_figure,
    "Payments Posted": payments_figure,
    "Adjustments Posted": adjustments_figure,
    "Late Fees": fees_figure,
    "Late Fees What-If": what_if_figure,
    "Deposit": deposit_figure,
    "Reconciliation": reconciliation_figure,
    "Month-End": month_figure,
    "Expected Cash": cash_figure,
    "Payers": payers_figure,
    "Expected Items": items_figure,
    "Overview": overview_figure,
    "Plans": plans_figure,
    "Statements": statements_figure,
}
MOST_BATCHES_BACK = 60  # states of the books that are tried; older reports are said to differ


@dataclass(frozen=True)
class Found:
    """What explains a cell.

    Args:
        explanation: None where nothing does.
        shown: what the cell shows, in the unit of the explanation; None where it is no number.
        since: batches that were posted since the cell held, in order; none where it holds now.
        now: what the same figure is on the books as they stand, where that is another one.
    """

    explanation: Explanation | None
    shown: Decimal | None = None
    since: tuple[str, ...] = ()
    now: int | None = None

    @property
    def agrees(self) -> bool:
        """Whether rule and rows give what the cell shows."""
        made = self.explanation
        if made is None or not made.is_proved:
            return False
        if made.unit is Unit.WORDS:
            return True
        if made.value is None or self.shown is None:
            return made.value is None and self.shown is None
        return self.shown == made.value


def find(ledger: Ledger, picked: Picked) -> Found:
    """Explain a cell; where it does not hold now, on the latest earlier books on which it does.

    Args:
        ledger: the books as they stand.
        picked: the cell.
    """
    if picked.table is not None:
        return _found(table_figure(ledger, picked.table), picked)
    cell = picked.report
    if cell is None or cell.report not in REPORTS or not cell.heading or cell.is_heading:
        return Found(None)
    explain = REPORTS[cell.report]
    present = _found(explain(ledger, cell), picked)
    if picked.number is None and present.explanation is None:
        return Found(None)
    if present.agrees:
        return present
    since: list[str] = []
    for batch, books in _earlier(ledger):
        since.append(batch)
        past = _found(explain(books, cell), picked)
        if past.agrees:
            now = present.explanation.value if present.explanation else 0
            return Found(past.explanation, past.shown, tuple(reversed(since)), now)
    return present


def _earlier(ledger: Ledger) -> Iterator[tuple[str, Ledger]]:
    """The books before each of the last batches, the latest first."""
    for batch in batches_of(ledger)[: -MOST_BATCHES_BACK - 1 : -1]:
        yield batch, before(ledger, batch)


def _found(made: Explanation | None, picked: Picked) -> Found:
    if made is None or picked.number is None:
        return Found(made)
    digits = {Unit.MONEY: exponent(made.currency), Unit.TENTHS: 1}.get(made.unit, 0)
    return Found(made, picked.number.scaleb(digits))

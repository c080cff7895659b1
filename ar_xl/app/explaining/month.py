"""What the tables of a month-end report are made of: the amounts that several of them share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from ar_xl.core.arrays import BoolArray, codes_of, sum_by
from ar_xl.core.dates import day, period_bounds, period_of
from ar_xl.core.explanation import Part, Traced, joined_rows, traced
from ar_xl.core.ledger import Ledger
from ar_xl.ops.aging import Aging, aging, bucket_of, days_past_due
from ar_xl.ops.movements import CREDIT_MEMOS, DEBIT_MEMOS, INVOICES, LINES, Movements, movements
from ar_xl.ops.open_items import Credits, OpenItems, credits, open_items
from ar_xl.ops.tracing import credit_rows, item_rows, movement_rows, of_credits
from ar_xl.ops.waterfall import pour

SALES = (INVOICES, DEBIT_MEMOS, CREDIT_MEMOS)


@dataclass(frozen=True)
class Month:
    """One currency of one month.

    Args:
        ledger: the books.
        last: the last day of the month.
        currency: of all amounts.
    """

    ledger: Ledger
    last: date
    currency: str

    @property
    def first(self) -> date:
        """The first day of the month."""
        return period_bounds(period_of(self.last))[0]

    @cached_property
    def moved(self) -> Movements:
        """All movements of the currency."""
        every = movements(self.ledger)
        return every.take(np.asarray(every.currency == self.currency, dtype=np.bool_))

    @cached_property
    def aged(self) -> Aging:
        """The aging of the last day."""
        return aging(self.ledger, self.last)

    @cached_property
    def items(self) -> OpenItems:
        """What is open of the currency on the last day."""
        items = open_items(self.ledger, self.last)
        return items.take(np.flatnonzero((items.open != 0) & (items.currency == self.currency)))

    @cached_property
    def credits(self) -> Credits:
        """The credits of the currency that are not applied on the last day."""
        found = credits(self.ledger, self.last)
        mine = (found.unapplied != 0) & (found.currency == self.currency)
        return found.take(np.flatnonzero(mine))

    def upto(self, last: date) -> BoolArray:
        """Which movements are posted by a day."""
        return np.asarray(self.moved.posting_date <= day(last), dtype=np.bool_)

    def rows(self, chosen: BoolArray) -> Traced:
        """Some movements as rows."""
        return movement_rows(self.ledger, self.moved.take(np.flatnonzero(chosen)))

    def opening(self) -> Part:
        """What was owed the day before the month."""
        return Part("Opening balance", self.rows(self.upto(self.first - timedelta(days=1))))

    def closing(self) -> Part:
        """What is owed on the last day."""
        return Part("Closing balance", self.rows(self.upto(self.last)))

    def line(self, *names: str) -> Traced:
        """The movements of the month in some lines."""
        lines = [LINES.index(name) for name in names]
        within = self.upto(self.last) & ~self.upto(self.first - timedelta(days=1))
        return self.rows(within & np.isin(self.moved.line, lines))

    def sales(self) -> Part:
        """Invoices and debit memos less credit memos of the month."""
        return Part("Sales", self.line(*SALES))

    def open_now(self) -> Part:
        """The aging, as the rows behind it."""
        items = item_rows(self.ledger, self.last, self.items)
        return Part(
            "Aging", joined_rows([items, credit_rows(self.ledger, self.last, self.credits)])
        )

    def current(self) -> tuple[Part, ...]:
        """What is not past due: current items, less credits beyond what is overdue."""
        settings = self.ledger.policy.settings
        late = bucket_of(
            days_past_due(self.items, self.last, settings.aging_basis), settings.aging_edges
        )
        items = self.items.take(late == 0)
        overdue = self.items.take(late > 0)
        found = self.credits
        (source, place), names = codes_of(found.customer_id, overdue.customer_id)
        room = sum_by(place, overdue.open, len(names))
        poured = pour(source, found.unapplied, np.arange(len(names)), room)
        spare = found.unapplied - sum_by(poured.source, poured.amount, len(found))
        return (
            Part("Open items not past due", item_rows(self.ledger, self.last, items)),
            Part(
                "Credits beyond what is past due",
                of_credits(self.ledger, found, -spare, "unapplied, beyond what is past due"),
            ),
        )

    def control(self, chosen: BoolArray | None = None) -> Part:
        """The control account by the journal, up to the last day."""
        lines = self.ledger.posted("Journal")
        mine = (lines.text("account") == self.ledger.policy.settings.gl_ar) & (
            lines.dates("posting_date") <= day(self.last)
        )
        mine &= lines.text("currency") == self.currency
        if chosen is not None:
            mine &= chosen
        lines = lines.take(np.flatnonzero(mine))
        amount = lines.ints("debit") - lines.ints("credit")
        return Part("Journal", traced(lines, amount, "document_no", "date", lines.text("memo")))

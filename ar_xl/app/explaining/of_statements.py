"""Figures of the register of statements: what each comes to."""

from __future__ import annotations

from datetime import date

import numpy as np

from ar_xl.app.sheets.statements_sheet import ACTIVITY, ALL, TO_PARENT
from ar_xl.core.explanation import Explanation, Part, Unit
from ar_xl.core.findings import Refusal
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import ReportCell
from ar_xl.ops.open_items import credits, open_items
from ar_xl.ops.statements.deciding import Asked, Section, statements
from ar_xl.ops.tracing import credit_rows, item_rows


def statements_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """Total Due or Past Due of one statement, or of all of a currency."""
    if cell.heading not in ("Total Due", "Past Due"):
        return None
    try:
        decided = statements(ledger, _asked(cell))
    except Refusal:
        return None  # who was asked for is not on the Customers sheet any more
    customer = cell.line.get("Customer ID", "")
    sections: list[Section] = [
        section
        for each in decided.papers
        for section in each.sections
        if section.currency == cell.currency
        and (cell.is_total or each.recipient.customer_id == customer)
    ]
    if not sections:
        return None
    whose = "All statements" if cell.is_total else customer
    parts = _parts(ledger, cell, sections)
    if cell.heading == "Total Due":
        rule = "Everything open, less unapplied credits."
        value, adds_up = sum(each.total for each in sections), True
    else:
        rule = (
            "Open items past their due date, less unapplied credits; never less than nothing, "
            "customer by customer."
        )
        value, adds_up = sum(each.past_due for each in sections), False
    rule = f"{whose}, {cell.currency}, posted up to {cell.as_of}: {rule}"
    return Explanation(rule, Unit.MONEY, value, cell.currency, parts, adds_up)


def _asked(cell: ReportCell) -> Asked:
    """What was asked for, by the title block."""
    said = cell.said
    kind, customers = said.get("Kind", ""), said.get("Customers", ALL)
    since = date.fromisoformat(kind.removeprefix(ACTIVITY)) if kind.startswith(ACTIVITY) else None
    collector = said.get("Collector", ALL)
    return Asked(
        cell.as_of, since, () if customers == ALL else tuple(customers.split("; ")),
        "" if collector == ALL else collector, said.get("Accounts") == TO_PARENT,
        said.get("Nothing open", "").startswith("gets a"),
    )  # fmt: skip


def _parts(ledger: Ledger, cell: ReportCell, sections: list[Section]) -> tuple[Part, ...]:
    """The items and credits of some sections; of Past Due those past due alone."""
    theirs = [account.customer_id for section in sections for account in section.accounts]
    mine = np.array(theirs, dtype=str)
    items, owed_back = open_items(ledger, cell.as_of), credits(ledger, cell.as_of)
    ours = (items.open != 0) & (items.currency == cell.currency)
    ours &= np.isin(items.customer_id.astype(str), mine)
    if cell.heading == "Past Due":
        due = np.where(np.isnat(items.due_date), items.invoice_date, items.due_date)
        ours &= due < np.datetime64(cell.as_of, "D")
    used = (owed_back.unapplied != 0) & (owed_back.currency == cell.currency)
    used &= np.isin(owed_back.customer_id.astype(str), mine)
    return (
        Part("Open items", item_rows(ledger, cell.as_of, items.take(np.flatnonzero(ours)))),
        Part("Unapplied credits",
             credit_rows(ledger, cell.as_of, owed_back.take(np.flatnonzero(used)))),
    )  # fmt: skip

"""Payers and Expected Items: how each customer pays, and when each open item is expected."""

from __future__ import annotations

import numpy as np

from ar_xl.app.sheets.parts import (
    currencies_of,
    dates,
    drafts_line,
    money,
    tenths,
    text,
    whole,
)
from ar_xl.core.ledger import Ledger
from ar_xl.core.report import Report, ReportBlock
from ar_xl.ops.collecting.expected import Expected, by_currency
from ar_xl.ops.collecting.expecting import FEWEST, WEEKS
from ar_xl.ops.collecting.habits import RECENT_DAYS
from ar_xl.ops.collecting.payhistory import MEMORY_DAYS
from ar_xl.ops.collecting.paying_habits import SOON, Payers
from ar_xl.ops.customers import customer_values
from ar_xl.ops.settlements import day_numbers


def payers_report(ledger: Ledger, found: Expected, paying: Payers) -> Report:
    """How customers pay, one table a currency, the latest payers first.

    Args:
        ledger: as it stands.
        found: the expected cash of a date.
        paying: how customers paid by that date.
    """
    blocks = tuple(
        _block(ledger, paying.take(np.flatnonzero(paying.currency == currency)))
        for currency in currencies_of(paying.currency)
    )
    return Report(
        "Payers",
        found.as_of,
        ledger.policy.settings.company,
        (
            (
                "Days late",
                "From the due date to the day an item was settled in full; below zero is early. An "
                f"average of fewer than {FEWEST} items is left empty",
            ),
            drafts_line(ledger),
        ),
        blocks,
        (
            f"Recent: settled in the last {RECENT_DAYS} days. Trend: recent less before; above "
            "zero, the customer pays later than he did.",
            "By Amount: each item counts by its amount, so that large invoices paid late weigh "
            "more.",
            f"Open is what is expected in {WEEKS} weeks, what comes later or never, and what "
            "stands apart: in dispute, covered by credits, or with an agency.",
            *(() if len(paying) else ("Nobody has paid or owes anything yet.",)),
        ),
    )


def _block(ledger: Ledger, mine: Payers) -> ReportBlock:
    currency = str(mine.currency[0])
    return ReportBlock(
        "Payers",
        currency,
        currency,
        (
            text("Customer ID", mine.customer_id),
            text("Name", customer_values(ledger, mine.customer_id, "name")),
            whole("Items Paid", mine.count),
            tenths("Paid Late %", mine.share_late),
            tenths("Days Late", mine.average),
            tenths("Days Late By Amount", mine.weighted),
            tenths("Recent", mine.recent),
            tenths("Before", mine.earlier),
            tenths("Trend", mine.trend),
            money("Open", mine.open),
            money(f"In {SOON} Weeks", mine.soon),
            money(f"In {WEEKS} Weeks", mine.within),
            money("Later or Never", mine.later),
            money("Apart", mine.apart),
        ),
    )


def items_report(ledger: Ledger, found: Expected) -> Report:
    """When each open item is expected, one table a currency, by customer and due date.

    Args:
        ledger: as it stands.
        found: the expected cash of a date.
    """
    blocks = tuple(_items_block(found, currency) for currency in by_currency(found))
    return Report(
        "Expected Items",
        found.as_of,
        ledger.policy.settings.company,
        (
            (
                "Expected On",
                "Due date and the average days late of the customer's items that were paid later "
                f"than this one is late today, in the last {MEMORY_DAYS} days; of all customers' "
                f"where there are fewer than {FEWEST}; empty where there is none, and where "
                "nothing of the item is left to habit",
            ),
            drafts_line(ledger),
        ),
        blocks,
        (
            "Promised and From Plans stand on their own days. Apart is in dispute, covered by "
            "unapplied credits, or with an agency.",
        ),
    )


def _items_block(found: Expected, currency: str) -> ReportBlock:
    items = found.items
    mine = np.flatnonzero(items.currency == currency)
    order = np.lexsort(
        (items.line[mine], items.due_date[mine], items.customer_id[mine].astype(str))
    )
    mine = mine[order]
    days = found.today - day_numbers(items.due_date[mine])
    apart = (found.disputed + found.credited + found.given_up)[mine]
    return ReportBlock(
        "ExpectedItems",
        currency,
        currency,
        (
            text("Customer ID", items.customer_id[mine]),
            text("Invoice No", items.invoice_no[mine]),
            whole("Line", items.line[mine]),
            dates("Due Date", items.due_date[mine]),
            whole("Days Past Due", days),
            money("Open", items.open[mine]),
            dates("Expected On", found.pay_date[mine]),
            money("By Habit", found.by_habit[mine, :WEEKS].sum(axis=1)),
            money("Promised", found.by_promise[mine, :WEEKS].sum(axis=1)),
            money("From Plans", found.by_plan[mine, :WEEKS].sum(axis=1)),
            money("Later or Never", found.weeks[mine, WEEKS]),
            money("Apart", apart),
        ),
    )

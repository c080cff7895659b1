"""AR_ALLOCATE and AR_MATCH: which open items an amount of money pays."""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import NAT, DateArray, IntArray, filled
from ar_xl.core.frames import Frame
from ar_xl.core.tables import INVOICES, RECEIPTS
from ar_xl.functions.cells import (
    Cell,
    Rows,
    aligned,
    amounts_of,
    column_of,
    dates_of,
    first_error,
    refuse_errors,
    refuse_huge,
    wholes_of,
    zero_if_blank,
)
from ar_xl.functions.errors import NA, NUM, VALUE, CellError
from ar_xl.functions.results import money_cells, rows_of
from ar_xl.functions.single import decimals_of, single
from ar_xl.ops.allocation import run_rules
from ar_xl.ops.discounts import NO_WINDOW, Windows
from ar_xl.ops.open_items import OpenItems
from ar_xl.ops.paying import Batch, Paying
from ar_xl.ops.settlements import day_numbers
from ar_xl.ops.subset import OLDEST, exact_subset

RULES = (2, 3, 4, 5)


def allocate(
    amount: Rows,
    open_amounts: Rows,
    due_dates: Rows,
    received_on: Rows | None = None,
    rules: Rows | None = None,
    decimals: Rows | None = None,
) -> tuple[tuple[Cell, ...], ...]:
    """AR_ALLOCATE: what a receipt pays of each open item, by the rules that posting uses."""
    digits = decimals_of(decimals)
    money = _money(amount, digits)
    chosen, on = _rules(rules), _received(received_on)
    (asked, due), across = aligned(open_amounts, due_dates)
    opened, amount_error = amounts_of(asked, digits)
    days, day_error = dates_of(due)
    opened = zero_if_blank(opened)
    refuse_huge(opened)
    missing = np.where(due.blank & (opened > 0), VALUE, 0)
    refuse_errors(first_error(amount_error, day_error, missing))
    items = np.flatnonzero(opened > 0)
    items = items[np.argsort(day_numbers(days[items]), kind="stable")]
    paid = np.zeros(len(asked), dtype=np.int64)
    if len(items):
        paid[items] = _pay(money, opened[items], days[items], on, chosen)
    cells = money_cells(paid, digits)
    cells[asked.blank] = ""
    return rows_of(cells, np.zeros(len(asked), dtype=np.int64), across)


def match(
    amount: Rows,
    open_amounts: Rows,
    due_dates: Rows | None = None,
    decimals: Rows | None = None,
) -> tuple[tuple[Cell, ...], ...]:
    """AR_MATCH: TRUE for the open items that add up to an amount."""
    digits = decimals_of(decimals)
    money = _money(amount, digits)
    (asked, due), across = aligned(open_amounts, due_dates)
    opened, amount_error = amounts_of(asked, digits)
    days, day_error = dates_of(due)
    opened = zero_if_blank(opened)
    refuse_huge(opened)
    missing = due.blank & (opened > 0) if due_dates is not None else False
    refuse_errors(first_error(amount_error, day_error, np.where(missing, VALUE, 0)))
    items = np.flatnonzero(opened > 0)
    if due_dates is not None:
        items = items[np.argsort(day_numbers(days[items]), kind="stable")]
    cells = np.zeros(len(asked), dtype=np.bool_)
    cells[_adding_up(money, opened, items)] = True
    return rows_of(cells.astype(object), np.zeros(len(asked), dtype=np.int64), across)


def _adding_up(money: int, opened: IntArray, items: IntArray) -> IntArray:
    """One item that is equal, else all of them, else the subset of the oldest ones."""
    equal = items[opened[items] == money]
    if len(equal):
        return np.asarray(equal[:1], dtype=np.int64)
    if int(opened[items].sum()) == money:
        return items
    found = exact_subset(opened[items[:OLDEST]].tolist(), money)
    if found is None:
        return items[:0]
    if found.other:
        raise CellError(NA)
    return np.take(items, found.items)


def _pay(
    money: int, opened: IntArray, due: DateArray, received: IntArray, rules: tuple[int, ...]
) -> IntArray:
    """What one receipt pays of items that stand in the order they are paid."""
    count = len(opened)
    nothing, one = np.zeros(count, dtype=np.int64), np.ones(count, dtype=np.int64)
    never = np.full(count, NO_WINDOW, dtype=np.int64)
    empty = filled(count, "")
    paying = Paying(
        Batch(
            receipts=Frame.build(RECEIPTS, 1, amount=money),
            receipt_group=np.zeros(1, dtype=np.int64),
            receipt_day=received,
            items=OpenItems(
                invoice_no=empty, line=one, type=empty, customer_id=empty, currency=empty,
                terms=empty, invoice_date=np.full(count, NAT), due_date=due, amount=opened,
                document_amount=opened, tax=nothing, non_discountable=nothing, applied=nothing,
                discount=nothing, open=opened, document=np.arange(count),
                documents=Frame.empty(INVOICES),
            ),
            item_group=nothing,
            document_group=nothing,
            groups=1,
            document_granted=nothing,
            windows=Windows((never, never), (nothing, nothing), (nothing, nothing)),
            disputed=nothing,
            under=nothing,
            over=nothing,
            partial=False,
            credit_on_full=False,
        )
    )  # fmt: skip
    if run_rules(paying, rules):
        raise CellError(NA)
    paid = paying.paid()
    out = nothing.copy()
    np.add.at(out, paid.item, paid.amount)
    return out


def _money(rows: Rows, digits: int) -> int:
    given = single(rows)
    if given is None:
        raise CellError(VALUE)
    (money,), (error,) = amounts_of(given, digits)
    if error or money <= 0:
        raise CellError(int(error) or NUM)
    return int(money)


def _received(rows: Rows | None) -> IntArray:
    """Day number of the receipt; without one nothing is past due at it."""
    given = single(rows)
    if given is None:
        return np.full(1, NO_WINDOW, dtype=np.int64)
    days, errors = dates_of(given)
    refuse_errors(errors)
    return day_numbers(days)


def _rules(rows: Rows | None) -> tuple[int, ...]:
    if rows is None:
        return RULES
    column = column_of(rows)
    numbers, errors = wholes_of(column)
    refuse_errors(errors)
    chosen = tuple(numbers[~column.blank].tolist())
    if len(set(chosen)) != len(chosen) or not set(chosen) <= set(RULES):
        raise CellError(NUM)
    return chosen or RULES

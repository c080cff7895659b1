"""AR_DSO and AR_CEI: measures of collection, as the Month-End sheet shows them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ar_xl.functions.cells import Cell, Rows, aligned, amounts_of, first_error, wholes_of
from ar_xl.functions.errors import NA, NUM, VALUE
from ar_xl.functions.results import rows_of
from ar_xl.functions.single import decimals_of
from ar_xl.ops.measures import collection_effectiveness, days_sales_outstanding


def dso(
    receivables: Rows, sales: Rows, days: Rows, decimals: Rows | None = None
) -> tuple[tuple[Cell, ...], ...]:
    """AR_DSO: receivables / sales x days, to a tenth of a day."""
    return _measure(days_sales_outstanding, (receivables, sales), decimals, days)


def cei(
    opening: Rows, sales: Rows, closing: Rows, current: Rows, decimals: Rows | None = None
) -> tuple[tuple[Cell, ...], ...]:
    """AR_CEI: the share of what could be collected that was, to a tenth of a percent."""
    return _measure(collection_effectiveness, (opening, sales, closing, current), decimals)


def _measure(
    reckon: Callable[..., int | None],
    money: tuple[Rows, ...],
    decimals: Rows | None,
    days: Rows | None = None,
) -> tuple[tuple[Cell, ...], ...]:
    columns, across = aligned(*money, *([] if days is None else [days]))
    digits = decimals_of(decimals)
    read = [amounts_of(each, digits) for each in columns[: len(money)]]
    if days is not None:
        counted, wrong = wholes_of(columns[-1])
        read.append((counted, np.where((wrong == 0) & (counted < 0) & ~columns[-1].blank, NUM,
                                       wrong)))  # fmt: skip
    blank = np.logical_or.reduce([each.blank for each in columns])
    empty = np.logical_and.reduce([each.blank for each in columns])
    errors = first_error(*(error for _, error in read), np.where(blank & ~empty, VALUE, 0))
    cells = np.empty(len(empty), dtype=object)
    cells[:] = ""
    for row in np.flatnonzero((errors == 0) & ~empty).tolist():
        tenths = reckon(*(int(values[row]) for values, _ in read))
        errors[row] = NA if tenths is None else 0
        cells[row] = "" if tenths is None else tenths / 10
    return rows_of(cells, errors, across)

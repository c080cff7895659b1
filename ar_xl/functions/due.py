"""AR_DUE_DATE and AR_DISCOUNT: what terms say."""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import NAT, DateArray, IntArray
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.terms import Terms
from ar_xl.functions.cells import (
    Cell,
    Rows,
    aligned,
    amounts_of,
    dates_of,
    first_error,
    wholes_of,
    zero_if_blank,
)
from ar_xl.functions.errors import NA, NUM, VALUE, CellError
from ar_xl.functions.results import date_cells, money_cells, rows_of
from ar_xl.functions.rules import terms_in
from ar_xl.functions.single import choice_of, decimals_of, single
from ar_xl.ops.discounts import Windows, discountable, window_of
from ar_xl.ops.settlements import day_numbers

TAX_MODES = ("included", "excluded", "mixed")


def due_date(
    invoice_dates: Rows,
    terms: Rows,
    terms_table: Rows | None = None,
    instalment: Rows | None = None,
) -> tuple[tuple[Cell, ...], ...]:
    """AR_DUE_DATE: when invoices fall due; one column an instalment."""
    (dated, said), across = aligned(invoice_dates, terms)
    days, day_error = dates_of(dated)
    ruled = terms_in(said, terms_table)
    errors = first_error(day_error, ruled.error, np.where(said.blank, VALUE, 0))
    errors = np.where(dated.blank, 0, errors)
    chosen = _which(instalment)
    counts = [max(len(rule.parts), 1) for rule in ruled.rules]
    width = max(counts) if chosen is None else 1
    due = np.full((len(dated), width), NAT)
    for code, rule in enumerate(ruled.rules):
        rows = np.flatnonzero((ruled.code == code) & (errors == 0) & ~dated.blank)
        parts = _parts(rule, days[rows])
        if chosen is not None and chosen > len(parts):
            errors[rows] = NA
            continue
        for at, part in enumerate(parts if chosen is None else [parts[chosen - 1]]):
            due[rows, at] = part
    errors = np.where((due > np.datetime64(LAST_DATE)).any(axis=1), NUM, errors)
    cells = date_cells(due)
    for row in np.flatnonzero(errors).tolist():
        cells[row] = [CellError(int(errors[row])), *[""] * (width - 1)]
    return tuple(map(tuple, (cells.T if across else cells).tolist()))


def _parts(rule: Terms, days: DateArray) -> list[DateArray]:
    return rule.part_due_dates(days) if rule.parts else [rule.due_dates(days)]


def _which(rows: Rows | None) -> int | None:
    given = single(rows)
    if given is None:
        return None
    (number,), (error,) = wholes_of(given)
    if error or number < 1:
        raise CellError(int(error) or NUM)
    return int(number)


def discount(
    amounts: Rows,
    invoice_dates: Rows,
    paid_on: Rows,
    terms: Rows,
    terms_table: Rows | None = None,
    tax: Rows | None = None,
    non_discountable: Rows | None = None,
    tax_mode: Rows | None = None,
    decimals: Rows | None = None,
) -> tuple[tuple[Cell, ...], ...]:
    """AR_DISCOUNT: the early-payment discount of documents that are paid off on a day."""
    columns, across = aligned(amounts, invoice_dates, paid_on, terms, tax, non_discountable)
    amount, dated, paid, said, taxed, other = columns
    digits, mode = decimals_of(decimals), choice_of(tax_mode, TAX_MODES)
    minor, amount_error = amounts_of(amount, digits)
    invoiced, invoiced_error = dates_of(dated)
    paid_day, paid_error = dates_of(paid)
    tax_minor, tax_error = amounts_of(taxed, digits)
    other_minor, other_error = amounts_of(other, digits)
    ruled = terms_in(said, terms_table)
    missing = np.where(dated.blank | said.blank, VALUE, 0)
    errors = first_error(
        amount_error, invoiced_error, paid_error, ruled.error, tax_error, other_error, missing
    )
    idle = amount.blank | paid.blank
    errors = np.where(idle & (amount_error == 0) & (paid_error == 0), 0, errors)
    base = discountable(
        zero_if_blank(minor), zero_if_blank(tax_minor), zero_if_blank(other_minor), mode
    )
    earned = np.zeros(len(amount), dtype=np.int64)
    good = (errors == 0) & ~idle
    for code, rule in enumerate(ruled.rules):
        rows = np.flatnonzero(good & (ruled.code == code))
        if rule.tiers and len(rows):
            first = day_numbers(invoiced[rows])
            earned[rows] = _earned(rule, first, base[rows], day_numbers(paid_day[rows]))
    earned = np.where(earned < minor, earned, 0)
    cells = money_cells(earned, digits)
    cells[idle] = ""
    return rows_of(cells, errors, across)


def _earned(rule: Terms, invoiced: IntArray, base: IntArray, paid: IntArray) -> IntArray:
    """What closing documents on a day earns, by the windows that the commands use."""
    (until_1, discount_1), (until_2, discount_2) = (
        window_of(rule, slot, invoiced, base) for slot in (0, 1)
    )
    both = (discount_1, discount_2)
    return Windows((until_1, until_2), both, both).earned(np.arange(len(base)), paid)

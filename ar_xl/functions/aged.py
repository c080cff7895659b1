"""AR_OPEN and AR_AGING: what is open of each document, and all of it by days past due."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ar_xl.core.arrays import IntArray, TextArray, codes_of, sum_by
from ar_xl.core.dates import day, days_between
from ar_xl.core.money import exponents, is_currency
from ar_xl.core.policy import bucket_names
from ar_xl.functions.cells import (
    Cell,
    Column,
    Kind,
    Rows,
    aligned,
    amounts_of,
    column_of,
    columns_of,
    dates_of,
    first_error,
    refuse_errors,
    refuse_huge,
    texts_of,
    zero_if_blank,
)
from ar_xl.functions.days import edges_of
from ar_xl.functions.errors import VALUE, CellError
from ar_xl.functions.results import money_cells, rows_of
from ar_xl.functions.single import date_of, decimals_of
from ar_xl.ops.aging import Summed, bucket_of, summed_by_customer

Objects = npt.NDArray[np.object_]
_NAMELESS = "\0"  # stands before the error of a cell where a name belongs


def open_amounts(
    numbers: Rows,
    amounts: Rows,
    applied_numbers: Rows,
    applied_amounts: Rows,
    decimals: Rows | None = None,
) -> tuple[tuple[Cell, ...], ...]:
    """AR_OPEN: amounts less what was applied to their numbers."""
    digits = decimals_of(decimals)
    amount, applied = column_of(amounts), column_of(applied_amounts)
    keys, key_error, key_blank = _keys(numbers, len(amount))
    used, used_error, used_blank = _keys(applied_numbers, len(applied))
    minor, amount_error = amounts_of(amount, digits)
    settled, settled_error = amounts_of(applied, digits)
    minor, settled = zero_if_blank(minor), zero_if_blank(settled)
    refuse_errors(used_error)
    refuse_errors(np.where(used_blank, first_error(settled_error, VALUE * (settled != 0)), 0))
    refuse_huge(minor, settled)
    codes, count = _paired(keys, used)
    of_rows, of_used = codes[: len(amount)], codes[len(amount) :]
    total = sum_by(of_rows, minor, count)
    left = total - sum_by(of_used, settled, count)
    wrong = np.zeros(count, dtype=np.int64)
    for of, errors in ((of_used, settled_error), (of_rows, amount_error)):
        bad = np.flatnonzero(errors)[::-1]
        wrong[of[bad]] = errors[bad]
    last = np.full(count, -1, dtype=np.int64)
    last[of_rows] = np.arange(len(amount))
    same_side = np.flatnonzero((minor != 0) & (np.sign(minor) == np.sign(total)[of_rows]))
    last[of_rows[same_side]] = same_side
    out = np.zeros(len(amount), dtype=np.int64)
    shown = np.flatnonzero(last >= 0)
    out[last[shown]] = left[shown]
    out[key_blank] = 0
    # A number's rows share what is wrong with one of them; rows without a number share nothing.
    nameless = np.where(minor != 0, VALUE, 0)
    errors = first_error(key_error, amount_error, np.where(key_blank, nameless, wrong[of_rows]))
    cells = money_cells(out, digits)
    cells[key_blank & amount.blank] = ""
    return rows_of(cells, errors, amount.across)


def _keys(rows: Rows, length: int) -> tuple[list[TextArray], IntArray, npt.NDArray[np.bool_]]:
    """Numbers of documents, in one column or several that count together."""
    across = len(rows) == 1 and length == len(rows[0])
    columns = [column_of(rows)] if across else columns_of(rows)
    if not columns or any(len(each) != length for each in columns):
        raise CellError(VALUE)
    read = [texts_of(each) for each in columns]
    blank = np.logical_and.reduce([each.blank for each in columns])
    return [texts for texts, _ in read], first_error(*(errors for _, errors in read)), blank


def _paired(keys: list[TextArray], used: list[TextArray]) -> tuple[IntArray, int]:
    """One code per distinct number over both lists of columns."""
    if len(keys) != len(used):
        raise CellError(VALUE)
    whole: IntArray | None = None
    count = 1
    for mine, theirs in zip(keys, used, strict=True):
        pair, names = codes_of(mine, theirs)
        codes = np.concatenate(pair)
        if whole is not None:
            distinct, codes = np.unique(whole * len(names) + codes, return_inverse=True)
            count = len(distinct)
        else:
            count = len(names)
        whole = codes.astype(np.int64)
    assert whole is not None, "there is at least one column"
    return whole, count


def aging(
    customers: Rows,
    due_dates: Rows,
    open_amounts: Rows,
    as_of: Rows,
    edges: Rows | None = None,
    currencies: Rows | None = None,
) -> tuple[tuple[Cell, ...], ...]:
    """AR_AGING: what each customer owes by days past due, with headings and totals."""
    upper, at = edges_of(edges), date_of(as_of)
    (owner, due, amount, money), _ = aligned(customers, due_dates, open_amounts, currencies)
    names, name_error = texts_of(owner)
    currency, digits, currency_error = _currencies(money, currencies is not None)
    minor, amount_error = amounts_of(amount, digits)
    days, day_error = dates_of(due)
    minor = zero_if_blank(minor)
    # A credit needs no due date: it stands in its own column.
    undated = np.where(due.blank & (minor > 0), VALUE, 0)
    errors = first_error(name_error, amount_error, currency_error, day_error, undated)
    idle = (minor == 0) & (amount_error == 0)
    of_cells = [each.error for each in (owner, due, money)]
    errors = np.where(idle, first_error(*of_cells), errors)
    kept = np.flatnonzero((minor != 0) | (errors != 0))
    names = _named(names, name_error)[kept]
    currency = _named(currency, currency_error)[kept]
    bad = errors[kept]
    good = np.where(bad == 0, minor[kept], 0)
    refuse_huge(good)
    bucket = bucket_of(days_between(day(at), days[kept]), upper)
    bucket = np.where(good < 0, -1, bucket)
    summed = summed_by_customer(currency, names, bucket, good, upper)
    return _report(summed, bad, upper, currencies is not None)


def _currencies(column: Column, given: bool) -> tuple[TextArray, IntArray | int, IntArray]:
    """Currency, digits and error of each row; no currency has two digits."""
    texts, errors = texts_of(column)
    if not given:
        return texts, 2, errors
    (code,), names = codes_of(texts)
    known = np.array([is_currency(name) for name in names] or [True], dtype=np.bool_)
    wrong = ~known[code] & ~column.blank if len(code) else np.zeros(0, dtype=np.bool_)
    missing = np.where(wrong | (column.kind == Kind.BLANK), VALUE, 0)
    return texts, exponents(texts), first_error(errors, missing)


def _named(texts: TextArray, errors: IntArray) -> TextArray:
    """Texts, and for a cell that is none a mark with its error, which sorts with the blanks."""
    wrong = np.flatnonzero(errors)
    if not len(wrong):
        return texts
    out = texts.copy()
    out[wrong] = [f"{_NAMELESS}{number}" for number in errors[wrong].tolist()]
    return out


def _name(text: str) -> Cell:
    return CellError(int(text[1:])) if text.startswith(_NAMELESS) else text


def _report(
    summed: Summed, errors: IntArray, edges: tuple[int, ...], shown: bool
) -> tuple[tuple[Cell, ...], ...]:
    """Headings, a row a customer and a total a currency; a bad row spoils what it belongs to."""
    count = len(summed.unapplied)
    amounts = np.column_stack([summed.buckets, summed.unapplied])
    amounts = np.column_stack([amounts, amounts.sum(axis=1)])
    wrong = np.zeros(count, dtype=np.int64)
    bad = np.flatnonzero(errors)[::-1]
    wrong[summed.owner[bad]] = errors[bad]
    heading = ["Customer ID", *(["Currency"] if shown else []), *bucket_names(edges)]
    rows: list[tuple[Cell, ...]] = [(*heading, "Unapplied", "Total")]
    (code,), currencies = codes_of(summed.currency)
    for place, currency in enumerate(currencies if count else [] if shown else [""]):
        mine = np.flatnonzero(code == place)
        mine = mine[np.argsort(wrong[mine] != 0, kind="stable")]
        block = np.vstack([amounts[mine], amounts[mine].sum(axis=0)])
        digits = 2 if currency.startswith(_NAMELESS) else int(exponents(_one(currency))[0])
        names = [*summed.customer_id[mine].tolist(), "Total"]
        named = [names, [currency] * len(names)] if shown else [names]
        lines = list(zip(*named, *(block / 10.0**digits).T.tolist(), strict=True))
        spoilt = np.append(wrong[mine], next(filter(None, wrong[mine].tolist()), 0))
        for at in np.flatnonzero(spoilt).tolist():
            said = [_name(text) for text in lines[at][: len(named)]]
            lines[at] = (*said, *[CellError(int(spoilt[at]))] * block.shape[1])
        rows += lines
    return tuple(rows)


def _one(text: str) -> TextArray:
    out: TextArray = np.empty(1, dtype=object)
    out[0] = text
    return out

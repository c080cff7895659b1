"""AR_LATE_FEE: what an overdue balance that has not changed costs up to a date."""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import DateArray, IntArray, filled
from ar_xl.core.policy import FeePolicy
from ar_xl.functions.cells import (
    Cell,
    Rows,
    aligned,
    amounts_of,
    dates_of,
    first_error,
    zero_if_blank,
)
from ar_xl.functions.errors import NUM, VALUE
from ar_xl.functions.results import money_cells, rows_of
from ar_xl.functions.rules import Ruled, policies_in
from ar_xl.functions.single import CURRENCY_OF_DIGITS, decimals_of
from ar_xl.ops.fees.amounts import TIMED, Bases, fee_amounts
from ar_xl.ops.fees.overdue import first_days
from ar_xl.ops.fees.segments import leap_days
from ar_xl.ops.fees.windows import windows
from ar_xl.ops.settlements import day_numbers

NEVER = -(2**40)  # a day before every date
_LARGEST = 2**54  # balance times days; what is larger leaves no room in int64


def late_fee(
    open_amounts: Rows,
    due_dates: Rows,
    as_of: Rows,
    policy: Rows,
    policies: Rows | None = None,
    charged_to: Rows | None = None,
    invoice_dates: Rows | None = None,
    invoice_amounts: Rows | None = None,
    charged_before: Rows | None = None,
    decimals: Rows | None = None,
) -> tuple[tuple[Cell, ...], ...]:
    """AR_LATE_FEE: the fee on each overdue balance, after minimum, ceiling and cap."""
    (amount, due, at, said, charged, dated, whole, before), across = aligned(
        open_amounts, due_dates, as_of, policy, charged_to, invoice_dates, invoice_amounts,
        charged_before,
    )  # fmt: skip
    digits = decimals_of(decimals)
    read = [amounts_of(each, digits) for each in (amount, whole, before)]
    (minor, *money), money_errors = [each[0] for each in read], [each[1] for each in read]
    dates = [dates_of(each) for each in (due, at, charged, dated)]
    days, day_errors = [each[0] for each in dates], [each[1] for each in dates]
    ruled = policies_in(said, policies)
    by_invoice = np.array([rule.basis == "invoice" for rule in ruled.rules])[ruled.code]
    missing = due.blank | at.blank | said.blank | (by_invoice & dated.blank)
    errors = first_error(*money_errors, *day_errors, ruled.error, np.where(missing, VALUE, 0))
    errors = np.where(amount.blank & (money_errors[0] == 0), 0, errors)
    rows = np.flatnonzero((errors == 0) & (zero_if_blank(minor) > 0))
    fees = np.zeros(len(amount), dtype=np.int64)
    fees[rows], large = _fees(
        minor[rows],
        [each[rows] for each in days],
        [np.where(each.blank[rows], other[rows], values[rows])
         for each, values, other in ((whole, money[0], minor), (before, money[1], 0 * minor))],
        Ruled(ruled.code[rows], ruled.rules, errors[rows]),
        digits,
    )  # fmt: skip
    errors[rows[large]] = NUM
    cells = money_cells(fees, digits)
    cells[amount.blank] = ""
    return rows_of(cells, errors, across)


def _fees(
    balance: IntArray,
    days: list[DateArray],
    documents: list[IntArray],
    ruled: Ruled[FeePolicy],
    digits: int,
) -> tuple[IntArray, IntArray]:
    """Fees of good rows, and which of them are too large to reckon.

    Args:
        balance: overdue principal, minor units, the same all the time.
        days: due date, as of, charged to, invoice date; the last two may be missing.
        documents: amount of the whole invoice; fees charged on it so far.
        ruled: which policy applies.
        digits: of the minor unit.
    """
    due, until, last, dated = (np.where(np.isnat(each), NEVER, day_numbers(each)) for each in days)
    begin, ripe = first_days(dated, due, ruled.code, ruled.rules, until)
    monthly = np.array([rule.method == "monthly" for rule in ruled.rules])[ruled.code]
    timed = np.array([rule.method in TIMED for rule in ruled.rules])[ruled.code]
    late = (due < until) & ripe
    never = np.full(len(balance), NEVER, dtype=np.int64)
    window = windows(
        np.minimum(begin, until), np.where(late, last, never), never, monthly, until
    )  # fmt: skip
    length = window.end - window.start
    large = balance > _LARGEST // np.maximum(length, 1)
    base = np.where(large, 0, balance)
    months = np.bincount(window.month_item, minlength=len(balance)).astype(np.int64)
    same_month = last.astype("datetime64[D]").astype("datetime64[M]") == until.astype(
        "datetime64[D]"
    ).astype("datetime64[M]")
    again = (last >= until) | (~timed & same_month & (last > NEVER))
    bases = Bases(
        policy_code=ruled.code,
        policies=ruled.rules,
        currency=filled(len(balance), CURRENCY_OF_DIGITS[digits]),
        overdue=base,
        day_sum=base * length,
        leap_sum=base * (leap_days(window.end) - leap_days(window.start)),
        month_sum=base * months,
        document_amount=documents[0],
        charged_before=documents[1],
    )
    charged = np.where(late & ~again & (length > 0), fee_amounts(bases).charged, 0)
    return charged, np.flatnonzero(large)

"""What the checks of invoices, receipts and adjustments share."""

from __future__ import annotations

import difflib

import numpy as np
import pandas as pd

from ar_xl.core.arrays import BLANK, NAT, BoolArray, TextArray, codes_of, positions
from ar_xl.core.findings import Finding, Severity, code, rows_found
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.core.periods import closed_months
from ar_xl.core.schema import Kind
from ar_xl.ops.customers import customer_values, first_filled
from ar_xl.ops.lives import free_days, receipt_posting_days
from ar_xl.ops.open_items import live_rows
from ar_xl.ops.rates import rates_for

CELL_MISSING = code(
    "required_cell_empty",
    Severity.ERROR,
    "a value: the row cannot be posted without it",
    "Fill in the cell.",
)
CUSTOMER_UNKNOWN = code(
    "customer_unknown",
    Severity.ERROR,
    "a Customer ID that stands on the Customers sheet",
    "Correct the ID, or add the customer to the Customers sheet.",
)
AMOUNT_NOT_POSITIVE = code(
    "amount_not_positive",
    Severity.ERROR,
    "an amount above zero; the type of the row says which side it is on",
    "Type the amount without a minus. A negative invoice is a Credit Memo.",
)
NUMBER_TWICE = code(
    "number_used_twice",
    Severity.ERROR,
    "a number that no other row has, unless that row was undone",
    "Give the row another number, or delete it if it is the same document.",
)
NUMBER_NOT_FREE = code(
    "number_not_free_yet",
    Severity.ERROR,
    "a number that no document has on the Posting Date of the row or later",
    "Date the row on the day the number is free or later, or give it another number.",
)
RATE_MISSING = code(
    "exchange_rate_missing",
    Severity.ERROR,
    "a rate on the Rates sheet, dated on or before the row",
    "Add the rate of that currency to the Rates sheet.",
)
DATE_FAR = code(
    "date_far_away",
    Severity.WARNING,
    "a date of the last years",
    "Look whether the year is right. It is posted as it stands.",
)
_OWN_DATE = {"Invoices": "invoice_date", "Receipts": "receipt_date", "Adjustments": "date"}
_OLDEST = np.datetime64("1980-01-01", "D")
_ASKED_ABOUT = 50  # unknown names for which the nearest known one is looked up


def required_cells(frame: Frame, row_id: str) -> list[Finding]:
    """A draft has every cell that its table calls required."""
    findings: list[Finding] = []
    for column in frame.table.columns:
        if column.required:
            values = frame.columns[column.key]
            if column.kind is Kind.DATE:
                empty = np.isnat(frame.dates(column.key))
            else:
                empty = np.asarray(values == (BLANK if column.kind is Kind.MONEY else ""))
            findings += rows_found(
                empty, frame, CELL_MISSING, column.key, row_id, lambda _: "an empty cell"
            )
    return findings


def known_customers(ledger: Ledger, frame: Frame, row_id: str) -> list[Finding]:
    """A typed row names a customer of the Customers sheet; the nearest one is suggested."""
    ids = frame.text("customer_id")
    known = ledger.posted("Customers").text("customer_id")
    wrong = (positions(known, ids) < 0) & (ids != "")
    distinct = codes_of(ids[wrong])[1]
    hints = [_nearest(text, known) if i < _ASKED_ABOUT else "" for i, text in enumerate(distinct)]
    hint_of = dict(zip(distinct.tolist(), hints, strict=True))
    return rows_found(
        wrong, frame, CUSTOMER_UNKNOWN, "customer_id", row_id,
        lambda i: f"`{ids[i]}`{hint_of[ids[i]]}",
    )  # fmt: skip


def _nearest(wanted: str, known: TextArray) -> str:
    near = difflib.get_close_matches(wanted, known.tolist(), n=1)
    return f"; did you mean `{near[0]}`?" if near else ""


def positive_amounts(
    frame: Frame, row_id: str, currencies: TextArray, key: str = "amount"
) -> list[Finding]:
    """An amount is above zero; an empty one is another finding."""
    amounts = frame.ints(key)
    wrong = (amounts <= 0) & (amounts != BLANK)
    return rows_found(
        wrong, frame, AMOUNT_NOT_POSITIVE, key, row_id,
        lambda i: f"{currencies[i]} {money_text(int(amounts[i]), currencies[i])}",
    )  # fmt: skip


def unique_numbers(ledger: Ledger, name: str, number: str) -> list[Finding]:
    """A number is used once among drafts and posted rows that were not undone.

    Args:
        ledger: of the rows.
        name: Invoices or Receipts.
        number: the key of the column that numbers them; a draft without one gets a free one.
    """
    drafts = ledger.draft(name)
    numbers = drafts.text(number)
    not_free = _not_free(ledger, drafts, number)
    live, total = live_rows(ledger.posted(name), number)
    standing = live.take(total != 0)
    at = positions(standing.text(number), numbers)
    twice = pd.Series(numbers, dtype=object).duplicated(keep=False).to_numpy()
    filled = numbers != ""
    again = np.flatnonzero(filled & twice)
    rows_of = pd.Series(drafts.row[again]).groupby(numbers[again]).agg(list).to_dict()

    def seen(i: int) -> str:
        if at[i] >= 0:
            row = int(standing.row[at[i]])
            batch = standing.text("batch")[at[i]]
            return f"`{numbers[i]}`, posted already in {batch}{f' (row {row})' if row else ''}"
        others = [str(row) for row in rows_of[numbers[i]] if row != drafts.row[i]]
        return f"`{numbers[i]}`, also in row {', '.join(others[:10])}"

    twice = filled & (twice | (at >= 0))
    return rows_found(twice, drafts, NUMBER_TWICE, number, number, seen) + not_free


def _not_free(ledger: Ledger, drafts: Frame, number: str) -> list[Finding]:
    """A number that was undone is free from the day on which the undoing took effect.

    A document posted under it before that day would stand in the books beside the first one.
    """
    numbers = drafts.text(number)
    names, free_from = free_days(ledger.posted(drafts.table.name), number)
    free = np.append(free_from, NAT)[positions(names, numbers)]
    own = drafts.dates(_OWN_DATE[drafts.table.name])
    if drafts.table.name == "Receipts":
        posting = receipt_posting_days(ledger, numbers, own)
    else:
        posting = closed_months(ledger.posted("Periods")).posting_dates(own)
    return rows_found(
        np.asarray(free > posting, dtype=np.bool_) & (numbers != ""), drafts, NUMBER_NOT_FREE,
        number, number, lambda i: f"`{numbers[i]}` on {posting[i]}; undone from {free[i]} on only",
    )  # fmt: skip


def resolved_currencies(ledger: Ledger, frame: Frame) -> TextArray:
    """The currency each row will have: its own, the customer's, else the base currency."""
    customers = customer_values(ledger, frame.text("customer_id"), "currency")
    base = np.full(len(frame), ledger.policy.settings.base_currency, dtype=object)
    return first_filled(frame.text("currency"), customers, base)


def rates_known(
    ledger: Ledger, frame: Frame, row_id: str, currencies: TextArray, date: str
) -> list[Finding]:
    """A row in a foreign currency has an exchange rate on its date."""
    dates = frame.dates(date)
    missing = rates_for(ledger.policy, currencies, dates) == BLANK
    missing &= ~np.isnat(dates)
    return rows_found(
        missing, frame, RATE_MISSING, "currency", row_id,
        lambda i: f"{currencies[i]} on {dates[i]} without a rate",
    )  # fmt: skip


def sane_dates(frame: Frame, row_id: str, key: str) -> list[Finding]:
    """A date is not so old that a year was mistyped."""
    dates = frame.dates(key)
    wrong: BoolArray = np.asarray(dates < _OLDEST, dtype=np.bool_)
    return rows_found(wrong, frame, DATE_FAR, key, row_id, lambda i: str(dates[i]))

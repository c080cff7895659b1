"""Checks of draft receipts. What a receipt pays is judged when it is applied, not here."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from ar_xl.core.arrays import BLANK, codes_of, sum_by
from ar_xl.core.banktables import METHODS
from ar_xl.core.findings import Finding, Severity, code, rows_found
from ar_xl.core.frames import Frame, concat
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.ops.checks_common import (
    known_customers,
    positive_amounts,
    rates_known,
    required_cells,
    resolved_currencies,
    sane_dates,
    unique_numbers,
)
from ar_xl.ops.matching.copies import copies_together
from ar_xl.ops.open_items import live_rows
from ar_xl.ops.tolerance import large_fees

METHOD_UNKNOWN = code(
    "receipt_method_unknown",
    Severity.ERROR,
    f"one of: {', '.join(METHODS)}",
    "Choose one from the drop-down, or leave the cell empty for Other.",
)
POSSIBLY_TWICE = code(
    "receipt_possibly_twice",
    Severity.WARNING,
    "another date, amount or reference for another payment",
    "Look whether it is one payment entered twice. Both are posted if both stand.",
)
BANK_PARTS = code(
    "bank_amount_and_fee_differ",
    Severity.WARNING,
    "Bank Amount + Bank Fee = Amount: the customer is credited in full",
    "Correct one of the three cells.",
)
FEE_NEGATIVE = code(
    "bank_fee_negative",
    Severity.ERROR,
    "a fee of zero or more",
    "Type the fee without a minus.",
)
FEE_LARGE = code(
    "bank_fee_large",
    Severity.WARNING,
    "a fee of a tenth of the amount, or of Bank Fee Tolerance in Settings, at most",
    "Look whether the bank kept back so much. It is posted if it stands.",
)
PAYER_RETURNED = code(
    "payer_returned_before",
    Severity.WARNING,
    "a payer none of whose payments came back in the last year",
    "Ask for a transfer or a certified check, or wait until the bank has paid for good.",
)
WATCHED_DAYS = 365  # as long as the call list counts returned payments
_MAY_COME_BACK = ("Check", "ACH")
_LIKE_TEXTS = ("customer_id", "check_ref", "remittance")


def _required(ledger: Ledger) -> list[Finding]:
    """A receipt has a customer, a date and an amount."""
    return required_cells(ledger.draft("Receipts"), "receipt_no")


def _numbers(ledger: Ledger) -> list[Finding]:
    """A receipt number is used once; a receipt that was undone has set its number free."""
    return unique_numbers(ledger, "Receipts", "receipt_no")


def _customers(ledger: Ledger) -> list[Finding]:
    """A receipt names a customer that is known."""
    return known_customers(ledger, ledger.draft("Receipts"), "receipt_no")


def _amounts(ledger: Ledger) -> list[Finding]:
    """An amount received is above zero; money paid back is a refund."""
    drafts = ledger.draft("Receipts")
    return positive_amounts(drafts, "receipt_no", resolved_currencies(ledger, drafts))


def _methods(ledger: Ledger) -> list[Finding]:
    """A method is one of ours; empty means Other."""
    drafts = ledger.draft("Receipts")
    methods = drafts.text("method")
    wrong = ~np.isin(methods, np.array(["", *METHODS], dtype=object))
    return rows_found(
        wrong, drafts, METHOD_UNKNOWN, "method", "receipt_no", lambda i: f"`{methods[i]}`"
    )


def _bank_amounts(ledger: Ledger) -> list[Finding]:
    """What the bank credited and what it kept back make up what the customer paid."""
    drafts = ledger.draft("Receipts")
    currency = resolved_currencies(ledger, drafts)
    amount, bank, fee = (drafts.ints(key) for key in ("amount", "bank_amount", "bank_fee"))
    both = (bank != BLANK) & (fee != BLANK) & (amount != BLANK)
    differ = both.copy()
    differ[both] = bank[both] + fee[both] != amount[both]

    large = large_fees(ledger.policy, fee, amount, currency, drafts.dates("receipt_date"))

    def seen(i: int) -> str:
        shown = [money_text(int(values[i]), currency[i]) for values in (bank, fee, amount)]
        return f"{shown[0]} + {shown[1]}, amount {shown[2]}"

    return [
        *rows_found((fee < 0) & (fee != BLANK), drafts, FEE_NEGATIVE, "bank_fee", "receipt_no",
                    lambda i: money_text(int(fee[i]), currency[i])),
        *rows_found(large, drafts, FEE_LARGE, "bank_fee", "receipt_no",
                    lambda i: f"{money_text(int(fee[i]), currency[i])} of an amount of "
                              f"{money_text(int(amount[i]), currency[i])}"),
        *rows_found(differ, drafts, BANK_PARTS, "bank_amount", "receipt_no", seen),
    ]  # fmt: skip


def _dates(ledger: Ledger) -> list[Finding]:
    """A receipt is not so old that its year was mistyped."""
    return sane_dates(ledger.draft("Receipts"), "receipt_no", "receipt_date")


def _rates(ledger: Ledger) -> list[Finding]:
    """A receipt in a foreign currency has an exchange rate on its date."""
    drafts = ledger.draft("Receipts")
    currencies = resolved_currencies(ledger, drafts)
    return rates_known(ledger, drafts, "receipt_no", currencies, "receipt_date")


def _possibly_twice(ledger: Ledger) -> list[Finding]:
    """Equal customer, date, amount and references may be one payment entered twice.

    Two real payments can look alike, so both stay; someone should look.
    """
    drafts = ledger.draft("Receipts")
    live, total = live_rows(ledger.posted("Receipts"), "receipt_no")
    both = concat([live.take(total != 0), drafts])
    likeness = pd.DataFrame({key: codes_of(both.text(key))[0][0] for key in _LIKE_TEXTS})
    likeness["amount"] = both.ints("amount")
    likeness["date"] = both.dates("receipt_date").astype(np.int64)
    likeness["currency"] = codes_of(resolved_currencies(ledger, both))[0][0]
    group = likeness.groupby([*likeness.columns], sort=False).ngroup().to_numpy()
    before = len(both) - len(drafts)
    first = np.full(len(both), -1, dtype=np.int64)
    first[group[::-1]] = np.arange(len(both))[::-1]
    earlier = first[group[before:]]
    is_draft = earlier >= before

    def seen(i: int) -> str:
        if is_draft[i]:
            return f"the same as row {int(both.row[earlier[i]])}"
        return f"the same as receipt {both.text('receipt_no')[earlier[i]]}, posted already"

    again = earlier != np.arange(before, len(both))
    # That a bank line is a typed draft too is for `copies_together` to say.
    again &= ~((drafts.row < 0) & is_draft & (both.row[earlier] >= 0))
    return rows_found(again, drafts, POSSIBLY_TWICE, "amount", "receipt_no", seen)


def _payers_returned(ledger: Ledger) -> list[Finding]:
    """A check or direct debit of a payer whose last one the bank took back is told apart."""
    returned = ledger.posted("Adjustments")
    returned = returned.take(returned.text("kind") == "Bounced")
    if not len(returned):
        return []
    standing = _standing_returns(returned)
    drafts = ledger.draft("Receipts")
    (payer, known), names = codes_of(drafts.text("customer_id"), standing.text("customer_id"))
    latest = np.full(len(names), np.datetime64("0001-01-01", "D"))
    np.maximum.at(latest, known, standing.dates("date"))
    received = drafts.dates("receipt_date")
    risky = np.isin(drafts.text("method").astype(str), _MAY_COME_BACK)
    risky &= (latest[payer] <= received) & (received - latest[payer] <= WATCHED_DAYS)
    return rows_found(
        np.asarray(risky, dtype=np.bool_), drafts, PAYER_RETURNED, "customer_id", "receipt_no",
        lambda i: f"a payment of {drafts.text('customer_id')[i]} came back on {latest[payer[i]]}",
    )  # fmt: skip


def _standing_returns(returned: Frame) -> Frame:
    """Returns that were not undone themselves."""
    (code_of,), names = codes_of(returned.text("adjustment_no"))
    genuine = returned.text("reverses") == ""
    net = sum_by(code_of, np.where(genuine, 1, -1), len(names))
    return returned.take(np.asarray(genuine & (net[code_of] > 0), dtype=np.bool_))


RECEIPT_CHECKS: tuple[Callable[[Ledger], list[Finding]], ...] = (
    _required,
    _numbers,
    _customers,
    _amounts,
    _methods,
    _bank_amounts,
    _dates,
    _rates,
    _possibly_twice,
    _payers_returned,
    copies_together,
)

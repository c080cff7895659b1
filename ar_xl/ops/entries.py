"""Entries: debits and credits before they are added up to journal lines."""

from __future__ import annotations

from dataclasses import dataclass

from ar_xl.core.arrays import DateArray, IntArray, TextArray, filled


@dataclass(frozen=True)
class Entries:
    """Debits (+) and credits (-), one element an entry.

    Args:
        date: posting date.
        account, currency: of the entry.
        amount, base: minor units of the currency and of the base currency, debit positive.
        rate: scaled by 10**10, BLANK for an entry in base currency only.
        customer_id, document_no: what it stands for.
    """

    date: DateArray
    account: TextArray
    currency: TextArray
    amount: IntArray
    base: IntArray
    rate: IntArray
    customer_id: TextArray
    document_no: TextArray


@dataclass(frozen=True)
class Side:
    """The rows that some entries come from: everything but account and amount."""

    date: DateArray
    currency: TextArray
    rate: IntArray
    customer_id: TextArray
    document_no: TextArray

    def entry(self, account: str | TextArray, amount: IntArray, base: IntArray) -> Entries:
        """Entries of these rows in one account, or in one account a row; debit positive."""
        named = filled(len(amount), account) if isinstance(account, str) else account
        return Entries(
            self.date, named, self.currency, amount, base, self.rate,
            self.customer_id, self.document_no,
        )  # fmt: skip

"""How many decimals the amounts of a row have: those of the currency they are in.

That is the row's own currency, else its customer's, else the base currency of Settings. Rows that
belong to a document (instalments, applications, fees, adjustments, disputes) take the document's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from ar_xl.core.arrays import AnyArray, IntArray, TextArray, codes_of, positions, text_array
from ar_xl.core.ledger import Change
from ar_xl.core.money import exponent

Columns = Mapping[str, AnyArray]

_DOCUMENT_OF = {
    "Instalments": "invoice_no", "Applications": "invoice_no", "Fees": "invoice_no",
    "Adjustments": "document_no", "Disputes": "invoice_no", "Activities": "invoice_no",
    "Reserves": "document_no",
}  # fmt: skip
_BASE_AMOUNTS = frozenset({"base_debit", "base_credit"})
UNKNOWN = -1  # digits of a row whose currency the next rule decides


@dataclass(frozen=True)
class Named:
    """Digits by customer or document number."""

    numbers: TextArray = field(default_factory=lambda: text_array([]))
    digits: IntArray = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    def of(self, wanted: TextArray) -> IntArray:
        """The digits for each number, UNKNOWN where it is not known."""
        return np.append(self.digits, UNKNOWN)[positions(self.numbers, wanted)]

    def below(self, numbers: TextArray, digits: IntArray) -> Named:
        """With more numbers in front of those already there, which they overrule."""
        joined = np.concatenate([numbers, self.numbers])
        return Named(joined, np.concatenate([digits, self.digits]))


@dataclass(frozen=True)
class Currencies:
    """The decimals of one workbook's customers and documents.

    Args:
        base: the currency of the books.
        customers, invoices, receipts: digits by number.
    """

    base: str
    customers: Named = field(default_factory=Named)
    invoices: Named = field(default_factory=Named)
    receipts: Named = field(default_factory=Named)

    def with_rows(self, tables: Mapping[str, Columns]) -> Currencies:
        """Take in customers and documents; of a number already known the new rows decide.

        Args:
            tables: text columns of Customers, Invoices and Receipts, where there are any.
        """
        customers = _joined(self.customers, tables, "Customers", "customer_id", None)
        made = replace(self, customers=customers)
        invoices = _joined(self.invoices, tables, "Invoices", "invoice_no", made)
        receipts = _joined(self.receipts, tables, "Receipts", "receipt_no", made)
        return replace(made, invoices=invoices, receipts=receipts)

    def after(self, change: Change) -> Currencies:
        """Take in the customers and documents that a change brings."""
        made = self
        for group in (change.appends, change.posts):
            made = made.with_rows({name: frame.columns for name, frame in group.items()})
        return made

    def digits(self, table: str, key: str, columns: Columns) -> IntArray | int:
        """Digits of the minor unit of a money column: one number where all rows agree.

        Args:
            table: the table.
            key: the money column.
            columns: the table's text columns by key.
        """
        base = exponent(self.base)
        if key in _BASE_AMOUNTS:
            return base
        own = digits_of(_texts(columns, "currency")) if "currency" in columns else None
        seen = self._seen | (set() if own is None else set(np.unique(own).tolist()) - {UNKNOWN})
        if seen == {base}:
            return base
        if own is not None:
            return self._from_customers(own, columns)
        return self._of_documents(table, key, columns)

    @property
    def common_digits(self) -> int | None:
        """The digits of every customer and document where they are the same, else None."""
        return exponent(self.base) if len(self._seen) == 1 else None

    @cached_property
    def _seen(self) -> set[int]:
        groups = (self.customers.digits, self.invoices.digits, self.receipts.digits)
        return {exponent(self.base), *np.unique(np.concatenate(groups)).tolist()} - {UNKNOWN}

    def _of_documents(self, table: str, key: str, columns: Columns) -> IntArray:
        document = _texts(columns, _DOCUMENT_OF[table])
        found = self.invoices.of(document)
        found = np.where(found == UNKNOWN, self.receipts.of(document), found)
        if key == "source_amount":
            source = _texts(columns, "source_no")
            by_source = np.where(
                columns["source_type"] == "Receipt",
                self.receipts.of(source),
                self.invoices.of(source),
            )
            found = np.where(by_source == UNKNOWN, found, by_source)
        return self._from_customers(found, columns)

    def _from_customers(self, digits: IntArray, columns: Columns) -> IntArray:
        """Fill unknown digits from the customers, then from the base currency."""
        base = exponent(self.base)
        unknown = digits == UNKNOWN
        if not unknown.any():
            return digits
        filled = digits.copy()
        differing = set(np.unique(self.customers.digits).tolist()) - {UNKNOWN, base}
        if differing and "customer_id" in columns:
            filled[unknown] = self.customers.of(_texts(columns, "customer_id")[unknown])
        return np.where(filled == UNKNOWN, base, filled)


def _joined(
    known: Named, tables: Mapping[str, Columns], table: str, key: str, by: Currencies | None
) -> Named:
    columns = tables.get(table)
    if columns is None or not len(columns[key]):
        return known
    digits = digits_of(_texts(columns, "currency"))
    if by is not None:
        digits = by._from_customers(digits, columns)
    return known.below(_texts(columns, key), digits)


def rule_of(key: str) -> str:
    """Which rule gives the currency of a money column; columns of one rule have the same digits."""
    if key in _BASE_AMOUNTS:
        return "base"
    return "source" if key == "source_amount" else "row"


def digits_of(currencies: TextArray) -> IntArray:
    """Digits of the minor unit of each currency, UNKNOWN where it is empty."""
    (codes,), texts = codes_of(currencies)
    known = [exponent(text) if text else UNKNOWN for text in texts]
    return np.array([*known, UNKNOWN], dtype=np.int64)[codes]


def _texts(columns: Columns, key: str) -> TextArray:
    return columns[key].astype(object, copy=False)

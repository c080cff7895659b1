"""The turns that a story takes by chance, all from one seed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, TypeVar

from tests.office.steps import Enter

T = TypeVar("T")
FIRST = date(2026, 6, 1)
NAMES = ("Ängelholm Bakverk", "Bluebird Bakery", "O'Neill & Sons", "Café Zürich", "Delta 3 Ltd")
CUSTOMERS = ("C-01", "C-02", "0003", "D 4", "E-05")
TERMS = ("2/10 Net 30", "Net 30", "Net 10", "End of month + 30", "Due on receipt", "")


class Dice:
    """Chance with a seed.

    Args:
        seed: the same seed gives the same stories.
    """

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def one(self, of: Sequence[T]) -> T:
        """One of them."""
        return self._random.choice(of)

    def often(self, percent: int = 50) -> bool:
        """Yes, so many times in a hundred."""
        return self._random.randrange(100) < percent

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return self._random.randint(least, most)

    def amount(self, digits: int = 2) -> float:
        """An amount of money with so many decimals."""
        minor = self.one([1, 99, 10_000, 12_345, 250_000, self.number(1, 9_999_999)])
        return float(minor / 10**digits)

    def day(self, first: int = 0, last: int = 110) -> datetime:
        """A day, so many after the first of June 2026."""
        found = FIRST + timedelta(days=self.number(first, last))
        return datetime(found.year, found.month, found.day)

    def customers(self, count: int = 3, **all_have: Any) -> Enter:
        """Customers of all kinds."""
        rows = [
            {"Customer ID": CUSTOMERS[i], "Name": NAMES[i], "Terms": self.one(TERMS), **all_have}
            for i in range(count)
        ]
        return Enter("Customers", rows)

    def invoices(self, count: int, customers: int = 3, **all_have: Any) -> Enter:
        """Invoices of June to September, some with tax, freight and a type."""
        return Enter("Invoices", [self.invoice(i, customers, **all_have) for i in range(count)])

    def invoice(self, number: int, customers: int = 3, **has: Any) -> dict[str, Any]:
        """An invoice."""
        amount = self.amount()
        row: dict[str, Any] = {
            "Invoice No": f"INV-{100 + number}" if self.often(85) else None,
            "Customer ID": CUSTOMERS[self.number(0, customers - 1)],
            "Invoice Date": self.day(),
            "Amount": amount,
        }
        if self.often(30):
            row["Tax"] = round(amount / 11, 2)
        if self.often(20):
            row["Description"] = self.one(["=not a formula", "-10% off", "goods", "数量", "@home"])
            row["Description"] = None if row["Description"][0] in "=-@" else row["Description"]
        return row | has

    def receipts(self, count: int, customers: int = 3, **all_have: Any) -> Enter:
        """Money received, some of it with a remittance."""
        rows = []
        for _ in range(count):
            row: dict[str, Any] = {
                "Receipt Date": self.day(20, 140),
                "Customer ID": CUSTOMERS[self.number(0, customers - 1)],
                "Method": self.one(["Check", "ACH", "Wire", None]),
                "Amount": self.amount(),
            }
            if self.often(40):
                row["Remittance"] = f"INV-{100 + self.number(0, 5)}"
            rows.append(row | all_have)
        return Enter("Receipts", rows)

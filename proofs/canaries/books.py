"""A workbook in which every text of every customer is a canary of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from ar_xl.book import host
from ar_xl.book.template import build_template
from ar_xl.core.schema import Kind
from ar_xl.core.tables import BY_NAME

CUSTOMERS = 4
LANGUAGES = ("en", "de", "fr", "nl")
OWN_COLUMN = "My Own Remarks"
# What a command may say on the screen: which customer and document it is about, and which of our
# own people sees to it.
SAID = {"customer_id", "name", "invoice_no", "receipt_no", "dispute_no", "adjustment_no", "owner"}
SETTINGS = {
    "Email": "ar@house.example", "Company": "The House", "Address": "1 House Street",
    "Phone": "555-1000", "Mail Server": "localhost",
}  # fmt: skip


@dataclass
class Flock:
    """All canaries.

    Args:
        owner: the customer of each, by its text.
        place: `Table.column` of each.
    """

    owner: dict[str, int] = field(default_factory=dict)
    place: dict[str, str] = field(default_factory=dict)
    _next: Iterator[int] = field(default_factory=lambda: count(101))

    def new(self, customer: int, place: str, form: str = "{}") -> str:
        """A new canary of a customer in a place; letters and digits that no language has."""
        plain = f"zq{next(self._next)}k{customer}w"
        self.owner[plain], self.place[plain] = customer, place
        return form.format(plain)

    def never_said(self) -> set[str]:
        """Canaries that no command says on the screen."""
        return {text for text, place in self.place.items() if place.partition(".")[2] not in SAID}


def make_book(path: Path) -> Flock:
    """Make the workbook; drafts of invoices and receipts are not posted yet."""
    build_template(path, company="The House", currency="USD")
    flock, book = Flock(), host.open_book(path)
    ids = [flock.new(n, "Customers.customer_id") for n in range(CUSTOMERS)]
    _settings(book.sheets["Settings"])
    _fill(book, "Customers", [_customer(flock, n, ids[n]) for n in range(CUSTOMERS)], flock)
    invoices = [[flock.new(n, "Invoices.invoice_no") for _ in range(3)] for n in range(CUSTOMERS)]
    _fill(book, "Invoices", [
        _row(flock, n, "Invoices", customer_id=ids[n], invoice_no=number, type="Invoice",
             invoice_date=_on(f"2026-0{4 + 2 * at}-03"), due_date=_on(f"2026-0{5 + 2 * at}-03"),
             terms="", currency="USD", amount=1000 + 10 * n + at, applies_to="", gl_account="")
        for n in range(CUSTOMERS) for at, number in enumerate(invoices[n])
    ])  # fmt: skip
    _fill(book, "Receipts", [
        _row(flock, n, "Receipts", customer_id=ids[n], receipt_date=_on("2026-06-20"),
             method="Check", currency="USD", amount=100 + n, remittance=invoices[n][0])
        for n in range(CUSTOMERS)
    ])  # fmt: skip
    _fill(book, "Activities", [
        _row(flock, n, "Activities", customer_id=ids[n], date=_on(f"2026-07-0{1 + at}"), kind=kind,
             invoice_no="", step="", paper="", **promised)
        for n in range(CUSTOMERS)
        for at, (kind, promised) in enumerate((
            ("Call", {}), ("Note", {}),
            ("Promise", {"promise_date": _on("2026-07-20"), "promise_amount": 50}),
        ))
    ])  # fmt: skip
    _fill(book, "Disputes", [
        _row(flock, n, "Disputes", invoice_no=invoices[n][1], opened=_on("2026-08-01"),
             amount=10, call_time="14:30", resolve_by="", settled_by="",
             call_at=_on("2026-11-03"))
        for n in range(CUSTOMERS)
    ])  # fmt: skip
    host.save(book, path)
    book.close()
    return flock


def _on(text: str) -> datetime:
    """A day as a cell holds it."""
    return datetime.fromisoformat(text)


def _customer(flock: Flock, n: int, customer_id: str) -> dict[str, Any]:
    return _row(
        flock, n, "Customers", customer_id=customer_id, parent_id="", terms="", fee_policy="",
        currency="", status="Active", reminder_block="", language=LANGUAGES[n], jurisdiction="",
        email=flock.new(n, "Customers.email", "{}@cust.example"),
        address=flock.new(n, "Customers.address", "{} Lane"),
    )  # fmt: skip


def _row(flock: Flock, n: int, table: str, **given: Any) -> dict[str, Any]:
    """A row: what is given, a canary in every other text that a person types."""
    row = dict(given)
    for column in BY_NAME[table].columns:
        typed = column.kind is Kind.TEXT and column.filler.value == "you" and not column.derived
        if typed and column.key not in row:
            row[column.key] = flock.new(n, f"{table}.{column.key}")
    return row


def _fill(book: Any, table: str, rows: list[dict[str, Any]], flock: Flock | None = None) -> None:
    """Type rows into the sheet of a table; with a flock, a column of the user's own too."""
    declared = BY_NAME[table]
    sheet, keys = book.sheets[declared.sheet], [column.key for column in declared.columns]
    width = len(keys) + (flock is not None)
    for at, row in enumerate(rows, 2):
        for key, value in row.items():
            if value not in ("", None):
                sheet.range((at, keys.index(key) + 1)).value = value
        if flock is not None:
            sheet.range((at, width)).value = flock.new(at - 2, f"{table}.own")
    if flock is not None:
        sheet.range((1, width)).value = OWN_COLUMN
    sheet.tables[table].resize(sheet.range((1, 1), (len(rows) + 1, width)))


def _settings(sheet: Any) -> None:
    for row in range(2, 150):
        name = sheet.range((row, 1)).value
        if name in SETTINGS:
            sheet.range((row, 2)).value = SETTINGS[name]

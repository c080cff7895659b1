"""Books with a bank account beside them, for tests of deposits and of reconciliation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ar_xl.core.ledger import Change, Ledger
from ar_xl.core.settings import default_settings
from ar_xl.ops.banking.links import direct_ties, transfers
from ar_xl.ops.banking.reconcile import GROUPS, Reconciliation, reconcile
from ar_xl.ops.banking.side import accounts_with
from ar_xl.ops.banking.three_way import Proposal, three_way
from ar_xl.ops.banking.ties import fees_found, kept_ties, reconciled, typed_ties
from ar_xl.ops.derived import derived_changes
from tests.ledger_text import policy
from tests.ops.clerk import Clerk

BANK = """
    Customers
    Customer ID
    ACME
    BOLT

    BankAccounts
    Account | Currency | GL Account
    MAIN    | USD      | 1010
    SIDE    | USD      | 1020
"""


class Bank(Clerk):
    """A clerk who also looks at the bank."""

    def __init__(self, text: str, **settings: str) -> None:
        super().__init__(
            f"{BANK}\n{text}", replace(policy(), settings=default_settings(**settings))
        )
        self.types(text).posts()

    def ties(self, as_of: str) -> tuple[Proposal, ...]:
        """As the command `reconcile` does it: what is typed, slips, transfers, the rest."""
        on = date.fromisoformat(as_of)
        typed, wrong = typed_ties(self.books)
        assert not wrong, wrong
        found = three_way(self.books, on)
        for ties in (typed, list(found.ties)):
            fees = fees_found(self.books, self.asked(as_of), ties)
            if not fees.is_empty:
                self._take(fees, self.asked(as_of))
            self.books = self.books.after(Change(derived=kept_ties(self.books, ties)))
        self.books = self.books.after(
            Change(derived=reconciled(self.books, transfers(self.books, on)))
        )
        for account in ("MAIN", "SIDE"):
            links = direct_ties(self.books, accounts_with(self.books, account), on)
            self.books = self.books.after(Change(derived=reconciled(self.books, links)))
        return found.proposals

    def settles(self) -> None:
        """Bring derived columns up to date, as posting does."""
        self.books = self.books.after(Change(derived=derived_changes(self.books)))

    def reconciles(self, as_of: str, account: str = "MAIN") -> Reconciliation:
        """The reconciliation of an account."""
        accounts = accounts_with(self.books, account)
        return reconcile(self.books, accounts, date.fromisoformat(as_of))


def in_sheet(books: Ledger) -> Ledger:
    """The same books as if every row stood in its sheet: derived columns are written there."""
    tables = {}
    for name, frame in books.tables.items():
        rows = frame.row.copy()
        rows[:] = range(2, len(rows) + 2)
        tables[name] = replace(frame, row=rows)
    return replace(books, tables=tables, views={})


def steps(found: Reconciliation) -> list[str]:
    """From bank to books: each step as `name: minor units`."""
    assert found.ties, (found.bank, found.explained, found.book)
    named = [f"bank: {found.bank}", *(f"{name}: {-amount}" for name, amount in found.before)]
    for group in GROUPS:
        mine = found.items.of(group)
        if len(mine):
            named.append(f"{group}: {int(mine.amount.sum())}")
    return [*named, f"books: {found.book}"]

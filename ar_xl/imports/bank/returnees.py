"""Whose payment came back: receipts and customers that a return could be about."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from ar_xl.core.arrays import IntArray, TextArray
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.imports.bank.parts import Return
from ar_xl.ops.open_items import live_rows

# A bank returns for want of money within two banking days, an unauthorized debit within 60 days.
_DAYS, _DAYS_UNAUTHORIZED = 10, 75
_UNAUTHORIZED = frozenset(("R05", "R07", "R10", "R11", "R37", "R51", "R53"))
_NOT_BY_ACH = ("Cash", "Card")
_CUT = 16  # names in ACH files are cut at 16 or 22 characters


def _plain(texts: TextArray) -> TextArray:
    """Names in lower case, letters and digits only, single blanks."""
    series = pd.Series(texts, dtype=object).astype(str).str.casefold()
    plain: TextArray = series.str.replace(r"[\W_]+", " ", regex=True).str.strip().to_numpy(object)
    return plain


class Payers:
    """Customers by number, name and the names that their banks write."""

    def __init__(self, ledger: Ledger) -> None:
        customers, aliases = ledger.posted("Customers"), ledger.posted("PayerAliases")
        self.ids = customers.text("customer_id")
        self.names = _plain(customers.text("name"))
        self._plain_ids = _plain(self.ids)
        self._alias_ids = aliases.text("customer_id")
        self._aliases = _plain(aliases.text("payer"))

    def of(self, each: Return) -> str:
        """The one customer that a return names, "" where it is none or several."""
        found = self.all_of(each)
        return found.pop() if len(found) == 1 else ""

    def all_of(self, each: Return) -> set[str]:
        """The customers that a return could be about, by number before name."""
        number, name = _plain(np.array([each.payer_id, each.payer], dtype=object))
        by_number = set(self.ids[self._plain_ids == number].tolist()) if number else set()
        if by_number or not name:
            return by_number
        found = set(self.ids[self.names == name].tolist())
        found |= set(self._alias_ids[self._aliases == name].tolist())
        if not found and len(each.payer) >= _CUT:
            cut = np.fromiter((text.startswith(name) for text in self.names), bool, len(self.names))
            found = set(self.ids[cut].tolist())
        return found


class Receipts:
    """Posted receipts that stand, for finding the one that came back."""

    def __init__(self, ledger: Ledger) -> None:
        live, total = live_rows(ledger.posted("Receipts"), "receipt_no")
        method = live.text("method")
        standing = (total != 0) & ~np.isin(method, np.array(_NOT_BY_ACH, dtype=object))
        self._frame = live.take(standing)
        self._drafted = _drafted(ledger)
        self._taken: set[int] = set()

    def number(self, row: int) -> str:
        """The number of a receipt."""
        return str(self._frame.text("receipt_no")[row])

    def customer(self, row: int) -> str:
        """Its customer."""
        return str(self._frame.text("customer_id")[row])

    def shown(self, row: int) -> str:
        """A receipt in words."""
        frame = self._frame
        code = str(frame.text("currency")[row])
        amount = money_text(int(frame.ints("amount")[row]), code)
        return (
            f"{self.number(row)} of {frame.dates('receipt_date')[row]} from {self.customer(row)}, "
            f"{code} {amount}"
        )

    def of(self, each: Return, cents: int, payers: Payers) -> tuple[int, list[int]]:
        """The receipt that came back.

        Args:
            each: the return.
            cents: its amount.
            payers: the customers it could be about.

        Returns:
            Its row, -1 where none or several fit; and the rows that could be it, newest first.
        """
        frame = self._frame
        fits = (frame.ints("amount") == cents) & (frame.text("currency") == each.currency)
        if each.date:
            fits &= frame.dates("receipt_date") <= np.datetime64(each.date, "D")
        rows = [row for row in np.flatnonzero(fits).tolist() if self._is_free(row)]
        rows.sort(key=lambda row: (frame.dates("receipt_date")[row], self.number(row)))
        rows.reverse()
        for evidence in (self._named(each), self._of_customers(payers.all_of(each))):
            mine = [row for row in rows if evidence(row)]
            found = mine[0] if len(mine) == 1 else self._recent(mine, each)
            if found >= 0:
                self._taken.add(found)
                return found, mine
            if mine:
                return -1, mine
        return -1, rows

    def _is_free(self, row: int) -> bool:
        return row not in self._taken and self.number(row) not in self._drafted

    def _named(self, each: Return) -> Callable[[int], bool]:
        """Whether a receipt has a number that the return has."""
        wanted = {text.casefold() for text in (each.trace, each.payer_id) if len(text) > 2}
        frame = self._frame

        def named(row: int) -> bool:
            held = {frame.text(key)[row].casefold() for key in ("receipt_no", "check_ref")}
            paid = set(frame.text("remittance")[row].casefold().replace(";", " ").split())
            return bool(wanted & (held | paid))

        return named

    def _of_customers(self, customers: set[str]) -> Callable[[int], bool]:
        return lambda row: self.customer(row) in customers

    def _recent(self, rows: list[int], each: Return) -> int:
        """The only one of the days within which a bank returns for such a reason, else -1."""
        if not each.date:
            return -1
        days = _DAYS_UNAUTHORIZED if each.code in _UNAUTHORIZED else _DAYS
        since = np.datetime64(each.date, "D") - np.timedelta64(days, "D")
        late = [row for row in rows if self._frame.dates("receipt_date")[row] >= since]
        return late[0] if len(late) == 1 else -1


def _drafted(ledger: Ledger) -> set[str]:
    """Receipts that a draft says already have bounced."""
    drafts = ledger.draft("Adjustments")
    mine: IntArray = np.flatnonzero(drafts.text("kind") == "Bounced")
    return set(drafts.text("document_no")[mine].tolist()) - {""}

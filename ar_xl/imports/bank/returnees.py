"""Whose payment came back: receipts and customers that a return could be about."""

from __future__ import annotations

import re
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
_BETWEEN = re.compile(r"[\W_]+")
_NO_PLACES = np.zeros(0, dtype=np.int64)
_CUT = 16  # names in ACH files are cut at 16 or 22 characters


def _plain(texts: TextArray) -> TextArray:
    """Names in lower case, letters and digits only, single blanks."""
    series = pd.Series(texts, dtype=object).astype(str).str.casefold()
    plain: TextArray = series.str.replace(_BETWEEN, " ", regex=True).str.strip().to_numpy(object)
    return plain


class Payers:
    """Customers by number, name and the names that their banks write."""

    def __init__(self, ledger: Ledger) -> None:
        customers, aliases = ledger.posted("Customers"), ledger.posted("PayerAliases")
        self._ids, self._names = customers.text("customer_id"), _plain(customers.text("name"))
        self._alias_ids = aliases.text("customer_id")
        self._by_id, self._by_name = _places(_plain(self._ids)), _places(self._names)
        self._by_alias = _places(_plain(aliases.text("payer")))

    def of(self, each: Return) -> str:
        """The one customer that a return names, "" where it is none or several."""
        found = self.all_of(each)
        return found.pop() if len(found) == 1 else ""

    def all_of(self, each: Return) -> set[str]:
        """The customers that a return could be about, by number before name."""
        number, name = (_BETWEEN.sub(" ", text.casefold()).strip()
                        for text in (each.payer_id, each.payer))  # fmt: skip
        by_number = set(self._ids[self._by_id.get(number, _NO_PLACES)].tolist())
        if number and by_number:
            return by_number
        if not name:
            return set()
        found = set(self._ids[self._by_name.get(name, _NO_PLACES)].tolist())
        found |= set(self._alias_ids[self._by_alias.get(name, _NO_PLACES)].tolist())
        if not found and len(each.payer) >= _CUT:
            cut = np.fromiter((text.startswith(name) for text in self._names), bool)
            found = set(self._ids[cut].tolist())
        return found


def _places(texts: TextArray) -> dict[str, IntArray]:
    """Where each text stands."""
    indices = pd.Series(np.zeros(len(texts))).groupby(texts).indices
    return {str(text): np.asarray(rows, dtype=np.int64) for text, rows in indices.items()}


class Receipts:
    """Posted receipts that stand, for finding the one that came back."""

    def __init__(self, ledger: Ledger) -> None:
        live, total = live_rows(ledger.posted("Receipts"), "receipt_no")
        method = live.text("method")
        standing = (total != 0) & ~np.isin(method, np.array(_NOT_BY_ACH, dtype=object))
        self._frame = live.take(standing)
        self._order = np.argsort(self._frame.ints("amount"), kind="stable")
        self._amounts = self._frame.ints("amount")[self._order]
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
        first, last = np.searchsorted(self._amounts, (cents, cents + 1))
        fits = self._order[first:last]
        fits = fits[frame.text("currency")[fits] == each.currency]
        if each.date:
            fits = fits[frame.dates("receipt_date")[fits] <= np.datetime64(each.date, "D")]
        rows = [row for row in fits.tolist() if self._is_free(row)]
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

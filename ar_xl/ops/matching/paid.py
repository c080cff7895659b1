"""Documents that nothing is open on: what paid them, for a payer who names one of them again."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ar_xl.core.arrays import sum_by
from ar_xl.core.ledger import Ledger

_SHOWN = 3  # receipts and credits that a sentence names


class Paid:
    """Says why nothing is open on a document.

    Args:
        ledger: its documents and what was applied to them.
    """

    def __init__(self, ledger: Ledger) -> None:
        applied, invoices = ledger.posted("Applications"), ledger.posted("Invoices")
        self._source, self._amount = applied.text("source_no"), applied.ints("amount")
        codes, documents = pd.factorize(applied.text("invoice_no"))
        self._documents = {str(number): code for code, number in enumerate(documents)}
        self._order = np.argsort(codes, kind="stable")
        self._codes = codes[self._order]
        memo = invoices.text("type") == "Credit Memo"
        self._memos = frozenset(invoices.text("invoice_no")[memo].tolist())

    def said(self, number: str) -> str:
        """Why a document takes no money: `INV-7 is paid already, by R-1`.

        Args:
            number: of a document on which nothing is open.
        """
        if number in self._memos:
            return f"{number} is a credit memo"
        sources = self._sources(number)
        if not sources:
            return f"nothing is open on {number}"
        more = len(sources) - _SHOWN
        listed = ", ".join(sources[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
        return f"{number} is paid already, by {listed}"

    def _sources(self, number: str) -> list[str]:
        """What pays a document and was not taken back, in the order in which it was applied."""
        code = self._documents.get(number, -1)
        if code < 0:
            return []
        first, last = np.searchsorted(self._codes, [code, code + 1])
        rows = np.sort(self._order[first:last])
        at, names = pd.factorize(self._source[rows])
        left = sum_by(at, self._amount[rows], len(names))
        return [str(name) for name, amount in zip(names, left.tolist(), strict=True) if amount]

"""What was waived of late fees in a year, per customer: what patience has cost so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import IntArray, TextArray, positions
from ar_xl.core.dates import day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.fees.history import waivers
from ar_xl.ops.open_items import live_rows


@dataclass(frozen=True)
class Waived:
    """Waivers of a year up to a date, one element a row of Applications.

    Args:
        rows: the rows; one that undoes a waiver is negative.
        customer_id, currency: of the late fee.
        amount: minor units.
    """

    rows: Frame
    customer_id: TextArray
    currency: TextArray
    amount: IntArray


def waived_in_year(ledger: Ledger, as_of: date) -> Waived:
    """What was waived from the first of January up to a date, by the waiver's own date.

    Args:
        ledger: posted rows count.
        as_of: waivers dated or posted later do not count.
    """
    rows = waivers(ledger, as_of)
    dated = rows.dates("date")
    rows = rows.take(np.flatnonzero((dated >= day(date(as_of.year, 1, 1))) & (dated <= day(as_of))))
    live, _ = live_rows(ledger.posted("Invoices"), "invoice_no")
    at = positions(live.text("invoice_no"), rows.text("invoice_no"))
    return Waived(
        rows, live.text("customer_id")[at], live.text("currency")[at], rows.ints("amount")
    )

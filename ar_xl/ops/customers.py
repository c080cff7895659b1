"""What the Customers table says about the customers of some rows."""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray, TextArray, positions
from ar_xl.core.ledger import Ledger


def customer_values(ledger: Ledger, customer_ids: TextArray, column: str) -> TextArray:
    """A text column of the Customers table for each customer; "" where it is not there."""
    customers = ledger.posted("Customers")
    at = positions(customers.text("customer_id"), customer_ids)
    with_none = np.concatenate([customers.text(column), np.array([""], dtype=object)])
    return np.asarray(with_none[at], dtype=object)


def customer_amounts(ledger: Ledger, customer_ids: TextArray, column: str) -> IntArray:
    """A money column of the Customers table for each customer; BLANK where it is not there."""
    customers = ledger.posted("Customers")
    at = positions(customers.text("customer_id"), customer_ids)
    with_none = np.concatenate([customers.ints(column), np.array([BLANK], dtype=np.int64)])
    return np.asarray(with_none[at], dtype=np.int64)


def first_filled(*candidates: TextArray) -> TextArray:
    """Cell by cell the first of several texts that is not empty."""
    out = candidates[0].copy()
    for values in candidates[1:]:
        empty = out == ""
        out[empty] = values[empty]
    return out

"""Orders that results depend on: the same whatever the order of rows in the sheet."""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import DateArray, IntArray, TextArray
from ar_xl.ops.open_items import OpenItems
from ar_xl.ops.settlements import day_numbers

_PACKED_BITS = 62


def number_keys(numbers: TextArray) -> tuple[TextArray, IntArray]:
    """Keys for `np.lexsort` that put INV-9 before INV-10: shorter numbers first, then by text."""
    texts = numbers.astype(str)
    return texts, np.char.str_len(texts).astype(np.int64)


def receipt_order(dates: DateArray, numbers: TextArray) -> IntArray:
    """The order in which receipts are applied: receipt date, then number."""
    return np.lexsort((*number_keys(numbers), day_numbers(dates)))


def payment_order(items: OpenItems, group: IntArray, fees_first: bool) -> IntArray:
    """The order in which items are paid: by group, then late fees apart, then oldest due first.

    Ties go by invoice date, then number, then line.

    Args:
        items: with dates everywhere.
        group: whose item it is, from 0.
        fees_first: late fees before all else, else after.
    """
    fee = (items.type == "Late Fee") != fees_first
    columns = (group, fee.astype(np.int64), day_numbers(items.due_date),
               day_numbers(items.invoice_date))  # fmt: skip
    key = _packed(columns)
    if key is None:
        texts, lengths = number_keys(items.invoice_no)
        return np.lexsort((items.line, texts, lengths, *reversed(columns)))
    order = np.argsort(key, kind="stable")
    equal = key[order][1:] == key[order][:-1]
    tied = np.flatnonzero(np.append(equal, False) | np.append(False, equal))
    if len(tied):
        rows = order[tied]
        texts, lengths = number_keys(items.invoice_no[rows])
        order[tied] = rows[np.lexsort((items.line[rows], texts, lengths, key[rows]))]
    return order


def _packed(columns: tuple[IntArray, ...]) -> IntArray | None:
    """One sortable number per row instead of several, or None where it would not fit."""
    key = np.zeros(len(columns[0]), dtype=np.int64)
    if not len(key):
        return key
    bits = 0
    for values in columns:
        low = int(values.min())
        width = (int(values.max()) - low).bit_length()
        bits += width
        if bits > _PACKED_BITS:
            return None
        key = (key << width) | (values - low)
    return key

"""Batches that banks book in one sum: how the parts of one are numbered.

The statement (camt.053) may bring a batch as one line, the notification (camt.054) each payment
of it. The number of a part names its batch, so that the two are known for the same money.
"""

from __future__ import annotations

from ar_xl.core.arrays import IntArray, TextArray

_MARK = " #"


def part_of(batch: str, amount: str, nth: int) -> str:
    """The number of a payment in a batch.

    Args:
        batch: the bank's number of the batch.
        amount: of the payment, signed plain decimal text; digits that are zero say nothing.
        nth: which of the payments of this amount it is, from 1. Payments of one amount are told
            apart by nothing else, so that the order of the file does not matter.
    """
    if "." in amount:
        amount = amount.rstrip("0").rstrip(".")
    times = f"/{nth}" if nth > 1 else ""
    return f"{batch}{_MARK}{amount}{times}"


def batch_of(bank_id: str) -> str:
    """The number of the batch that a line is a part of; "" where it is none."""
    batch, mark, _ = bank_id.rpartition(_MARK)
    return batch if mark else ""


def has_parts(bank_ids: TextArray) -> bool:
    """Whether any line of a column is a part of a batch."""
    return _MARK in "\n".join(bank_ids.tolist())


def by_batch(
    accounts: TextArray, currencies: TextArray, ids: TextArray, rows: IntArray
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Rows by account, currency and number of a batch.

    Args:
        accounts, currencies, ids: columns of lines; `ids` are the bank's numbers.
        rows: those that are looked at.

    Returns:
        Those of a number that names no batch, and parts of batches.
    """
    wholes: dict[str, list[int]] = {}
    parts: dict[str, list[int]] = {}
    for row in rows.tolist():
        batch = batch_of(ids[row])
        key = f"{accounts[row].upper()}|{currencies[row]}|{batch or ids[row]}"
        (parts if batch else wholes).setdefault(key, []).append(row)
    return wholes, parts

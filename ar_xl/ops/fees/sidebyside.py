"""Two runs of late fees side by side, document by document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import IntArray, TextArray, codes_of, sum_by, text_array
from ar_xl.ops.fees.late_fees import LateFees


@dataclass(frozen=True)
class Pair:
    """Two runs side by side in one currency, one element a document or left-out item.

    Args:
        customer_id, invoice_no: whose.
        policy: of the actual run.
        overdue, days: of the what-if, else of the actual run.
        fee, other: charged now, and in the what-if; minor units.
        taken_off, left_out: of the what-if.
        note: of the what-if, else of the actual run.
    """

    customer_id: TextArray
    invoice_no: TextArray
    policy: TextArray
    overdue: IntArray
    days: IntArray
    fee: IntArray
    other: IntArray
    taken_off: IntArray
    left_out: IntArray
    note: TextArray

    def take(self, chosen: IntArray) -> Pair:
        """The rows that an index picks."""
        return Pair(**{name: getattr(self, name)[chosen] for name in self.__dataclass_fields__})


def pair(actual: LateFees, other: LateFees, currency: str) -> Pair:
    """Put two runs side by side, document by document.

    What bears no fee in either and is not left out stands nowhere.

    Args:
        actual, other: runs of the same day on the same books.
        currency: whose documents.
    """
    mine = np.flatnonzero(actual.currency == currency)
    its = np.flatnonzero(other.currency == currency)
    numbers = np.concatenate([actual.invoice_no[mine], other.invoice_no[its]])
    customers = np.concatenate([actual.customer_id[mine], other.customer_id[its]])
    (code,), names = codes_of(numbers)
    count, here, there = len(names), code[: len(mine)], code[len(mine) :]
    first = np.full(count, -1)
    first[code[::-1]] = np.arange(len(code))[::-1]
    left = other.left_out[its]
    in_other = np.zeros(count, dtype=np.bool_)
    in_other[there] = True

    def largest(now: IntArray, then: IntArray) -> IntArray:
        out = np.zeros((2, count), dtype=np.int64)
        np.maximum.at(out[0], here, now)
        np.maximum.at(out[1], there, then)
        return np.asarray(np.where(in_other, out[1], out[0]), dtype=np.int64)

    both = Pair(
        text_array(customers[first]),
        text_array(names),
        joined_texts(count, here, actual.policy[mine]),
        largest(actual.overdue[mine], other.overdue[its]),
        largest(actual.days[mine], other.days[its]),
        sum_by(here, actual.fee[mine], count),
        sum_by(there, other.fee[its], count),
        sum_by(there, other.taken_off[its], count),
        sum_by(there, np.where(left, other.overdue[its], 0), count),
        joined_texts(count, np.concatenate([there, here[~in_other[here]]]),
                np.concatenate([other.note[its], actual.note[mine][~in_other[here]]])),
    )  # fmt: skip
    told = (both.fee != 0) | (both.other != 0) | (both.taken_off != 0) | (both.left_out != 0)
    return both.take(np.flatnonzero(told))


def joined_texts(count: int, at: IntArray, texts: Iterable[str]) -> TextArray:
    """Texts put together with semicolons, each once.

    Args:
        count: how many places there are.
        at: the place of each text.
        texts: them; empty ones leave no trace.
    """
    parts: list[dict[str, None]] = [{} for _ in range(count)]
    for place, text_ in zip(at.tolist(), texts, strict=True):
        if text_:
            parts[place][text_] = None
    return text_array("; ".join(part) for part in parts)

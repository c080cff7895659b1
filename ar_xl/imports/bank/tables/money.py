"""The movement of each row of a bank's table, proved by the running balance where it has one.

A column of balances is a proof: each is the one before plus the movement. Files run up or down,
and a balance may stand on some rows only. Where a row can be read in two ways (a negative amount
with a credit flag, a fee beside the amount), the reading that the balances prove is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, DateArray, IntArray

_PROOF = 4  # balances that prove a direction against the dates


@dataclass(frozen=True)
class Reading:
    """One way to read the amounts of a table.

    Args:
        words: how it was read, for the person who imports; "" where it goes without saying.
        amount: minor units of each row, gross, BLANK where it has none or is wrong.
        fee: minor units kept back, 0 where none; may be negative where a fee came back.
    """

    words: str
    amount: IntArray
    fee: IntArray

    @property
    def movement(self) -> IntArray:
        """What the account moved by; 0 where the amount is not known."""
        return np.where(self.amount == BLANK, 0, self.amount - self.fee)


@dataclass(frozen=True)
class Run:
    """How the balances of some rows run.

    Args:
        opening, closing: minor units; BLANK where the rows have no balance.
        breaks: rows, as indices into the table, whose balance is not what the movement makes it.
        is_upward: the oldest row stands first.
        filled: how many rows have a balance.
    """

    opening: int
    closing: int
    breaks: IntArray
    is_upward: bool
    filled: int

    @property
    def is_running(self) -> bool:
        """Whether the column is a running balance at all."""
        return self.filled > 0 and 2 * len(self.breaks) <= self.filled


def run_of(rows: IntArray, movement: IntArray, balance: IntArray, dates: DateArray) -> Run:
    """Find out how the balances of one account run.

    Args:
        rows: of one account and currency, in the order of the file.
        movement: minor units of all rows of the table.
        balance: likewise, BLANK where the row has none.
        dates: likewise; the direction is theirs unless a row of balances proves the other.
    """
    known = dates[rows][~np.isnat(dates[rows])]
    falls = len(known) > 1 and bool(known[0] > known[-1])
    likely = _directed(rows, movement, balance, not falls)
    if not len(likely.breaks):
        return likely
    other = _directed(rows, movement, balance, falls)
    if len(known) > 1 and known[0] != known[-1] and (len(other.breaks) or other.filled < _PROOF):
        return likely
    return min((likely, other), key=lambda run: len(run.breaks))


def _directed(rows: IntArray, movement: IntArray, balance: IntArray, is_upward: bool) -> Run:
    ordered = rows if is_upward else rows[::-1]
    moved = np.cumsum(movement[ordered])
    shown = balance[ordered]
    at = np.flatnonzero(shown != BLANK)
    if not len(at):
        return Run(BLANK, BLANK, np.zeros(0, dtype=np.int64), is_upward, 0)
    starts = shown[at] - moved[at]
    broken = at[1:][np.diff(starts) != 0]
    closing = int(starts[-1] + moved[-1])
    return Run(int(starts[0]), closing, ordered[broken], is_upward, len(at))


def breaks_of(
    groups: Sequence[IntArray], reading: Reading, balance: IntArray, dates: DateArray
) -> int:
    """How many balances a reading does not explain, over all accounts."""
    return sum(len(run_of(rows, reading.movement, balance, dates).breaks) for rows in groups)


def best_reading(
    readings: Sequence[Reading], groups: Sequence[IntArray], balance: IntArray, dates: DateArray
) -> Reading:
    """The first reading, unless the balances prove another clearly better."""
    if len(readings) == 1 or bool((balance == BLANK).all()):
        return readings[0]
    breaks = [breaks_of(groups, each, balance, dates) for each in readings]
    best = breaks.index(min(breaks))
    return readings[best] if 2 * breaks[best] < breaks[0] else readings[0]


def signed_by_flag(amount: IntArray, is_debit: BoolArray) -> list[Reading]:
    """An amount and a flag: the flag decides the sign; a minus in the text may turn it round.

    Args:
        amount: as it stands.
        is_debit: which rows the flag makes a debit.

    Returns:
        The reading by the flag alone first, then that of a minus that reverses the flag.
    """
    none = np.zeros(len(amount), dtype=np.int64)
    size = np.where(amount == BLANK, BLANK, np.abs(amount))
    by_flag = np.where((size != BLANK) & is_debit, -size, size)
    turned = np.where((amount != BLANK) & is_debit, -amount, amount)
    plain = Reading("", by_flag, none)
    if not bool((by_flag != turned).any()) or not bool((by_flag != amount).any()):
        return [plain]
    by_flag_words = "Debit or credit was taken from its column; a minus beside it was ignored."
    return [
        Reading(by_flag_words, by_flag, none),
        Reading("A minus turns the debit or credit of its row round: the balances prove it.",
                turned, none),
        Reading("The amounts were read with their own signs: the balances prove it.", amount, none),
    ]  # fmt: skip


def from_two_columns(debit: IntArray, credit: IntArray) -> tuple[list[Reading], BoolArray]:
    """Debits and credits in two columns, the debits written with or without a minus.

    Returns:
        The readings, likeliest first, and rows of which it is open what they are: both sides
        filled, or a minus in a column that is otherwise without (open only where no balance
        decides).
    """
    none = np.zeros(len(debit), dtype=np.int64)
    out, into = np.where(debit == BLANK, 0, debit), np.where(credit == BLANK, 0, credit)
    empty = (debit == BLANK) & (credit == BLANK)
    both = (out != 0) & (into != 0)
    is_signed = bool((out < 0).any()) and not bool((out > 0).any())
    size = -np.abs(out) if is_signed else -out
    plain = np.where(empty | both, BLANK, into + size)
    readings = [Reading("", plain, none)]
    mixed = (out < 0) & (not is_signed)
    if mixed.any():
        other = np.where(empty | both, BLANK, into - np.abs(out))
        words = "Debits were read as debits whatever their sign: the balances prove it."
        readings.append(Reading(words, other, none))
    swapped = np.where(empty | both, BLANK, np.abs(out) - np.abs(into))
    words = "Debits come in and credits go out, as in your own ledger: the balances prove it."
    readings.append(Reading(words, swapped, none))
    return readings, both


def with_fees(readings: Sequence[Reading], fee: IntArray) -> list[Reading]:
    """Each reading with its fees: taken from the account beside the amount, or within it."""
    out = []
    for each in readings:
        size = np.where(fee == BLANK, 0, np.abs(fee))
        out.append(Reading(each.words, each.amount, size))
        gross = np.where(each.amount == BLANK, BLANK, each.amount + size)
        words = "The fee is within the amount, which is net of it: the balances prove it."
        out.append(Reading(f"{each.words} {words}".strip(), gross, size))
    return out

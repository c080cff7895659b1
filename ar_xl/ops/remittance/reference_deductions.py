"""Deductions of references: `INV-9 95.00 -5.00 Damage` keeps 5.00 of INV-9 open, contested."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ar_xl.core.findings import Code, Severity, code
from ar_xl.core.money import from_decimal, money_text
from ar_xl.ops.paying import Paying
from ar_xl.ops.remittance.references import Reference

DEDUCTION_ABOVE_OPEN = code(
    "deduction_above_open",
    Severity.ERROR,
    "paid and deducted together no more than what is open on the document",
    "Correct the amounts in Remittance.",
)
DEDUCTION_REASON = code(
    "deduction_reason_unknown",
    Severity.ERROR,
    "a reason of the setting Deduction Reasons",
    "Correct the reason in Remittance, or add it to Deduction Reasons on the Settings sheet.",
)
DEDUCTION_AMOUNT = code(
    "deduction_amount_digits",
    Severity.ERROR,
    "an amount with no more decimals than the currency has",
    "Correct the amount in Remittance.",
)
Kept = tuple[int, str]
Say = Callable[[Code, int, str, str], None]


@dataclass(frozen=True)
class Deducted:
    """A part of an item that a payer kept back, with the reason.

    Args:
        receipt, item: indexes in the batch.
        amount: minor units, above zero.
        reason: as the setting Deduction Reasons writes it.
    """

    receipt: int
    item: int
    amount: int
    reason: str


class Deductions:
    """What the references of a batch deduct.

    Args:
        paying: the state that is paid from.
        reasons: of the setting Deduction Reasons.
        say: takes a finding: code, receipt, what was seen, what was expected.

    Attributes:
        made: what was deducted.
    """

    def __init__(self, paying: Paying, reasons: Iterable[str], say: Say) -> None:
        self._paying, self._say = paying, say
        self._reasons = {reason.casefold(): reason for reason in reasons}
        self.made: list[Deducted] = []

    def read(self, receipt: int, ref: Reference, currency: str) -> list[Kept] | None:
        """Amount and reason of what a reference deducts; None where that cannot be booked."""
        found: list[Kept] = []
        for deduction in ref.deductions:
            amount = from_decimal(deduction.amount, currency)
            reason = self._reasons.get(deduction.reason.casefold())
            if amount is None:
                seen = f"`{ref.text} -{deduction.amount}` in {currency}"
                self._say(DEDUCTION_AMOUNT, receipt, seen, "")
            elif reason is None:
                seen = f"`{deduction.reason[:60]}` for {deduction.amount} of `{ref.text}`"
                known = f"one of: {', '.join(self._reasons.values())}"
                self._say(DEDUCTION_REASON, receipt, seen, known)
            else:
                found.append((amount, reason))
        return found if len(found) == len(ref.deductions) else None

    def left_to_pay(
        self, receipt: int, document: tuple[str, str], is_open: int, named: int | None,
        kept: Sequence[Kept],
    ) -> int | None:  # fmt: skip
        """What is paid of a document of which something is deducted.

        Args:
            receipt: its index.
            document: number and currency.
            is_open: what is open on it, minor units.
            named: what the reference pays; None for what is open.
            kept: what is deducted.

        Returns:
            The amount, minor units; None where it does not fit, which is said.
        """
        number, currency = document
        total = sum(amount for amount, _ in kept)
        paid = is_open - total if named is None else named
        if 0 <= paid <= is_open - total:
            return paid
        amounts = [money_text(each, currency) for each in (max(paid, 0), total, is_open)]
        seen = f"{amounts[0]} paid and {amounts[1]} deducted of {number}, of which {amounts[2]}"
        self._say(DEDUCTION_ABOVE_OPEN, receipt, f"{seen} is open", "")
        return None

    def set_apart(self, items: Iterable[Sequence[int]]) -> None:
        """Let neither a discount nor a tolerance close items of which something is deducted."""
        for run in items:
            for item in run:
                self._paying.contest(item, 0)

    def book(self, receipt: int, run: Sequence[int], kept: Sequence[Kept]) -> None:
        """Note what is deducted, on the items of a document that are still open, oldest first."""
        room = {item: self._paying.open[item] for item in run}
        for amount, reason in kept:
            left = amount
            for item in room:
                taken = min(left, room[item])
                if taken:
                    self.made.append(Deducted(receipt, item, taken, reason))
                    self._paying.contest(item, taken)
                    room[item] -= taken
                    left -= taken

"""Rows of policy tables as rules: terms, fee policies, ladder, loss rates.

A policy is never guessed: what is not understood is a finding.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

import numpy as np

from ar_xl.core.dates import as_date
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.policy import FeeCeiling, FeePolicy, LadderStep, LossRate
from ar_xl.core.terms import Discount, Part, Terms, read_parts

Made = TypeVar("Made")

NOT_A_CHOICE = code(
    "not_a_choice",
    Severity.ERROR,
    "one of the words of the drop-down",
    "Choose one from the drop-down of the cell.",
)
POLICY_NOT_UNDERSTOOD = code(
    "policy_not_understood",
    Severity.ERROR,
    "what the note on the heading says",
    "Correct the cell. A policy is never guessed, so nothing is posted before.",
)
POLICY_TWICE = code(
    "policy_named_twice",
    Severity.ERROR,
    "each name once",
    "Rename or delete one of the two rows.",
)


class PolicyRow:
    """One row of a policy table; what it cannot read it notes as a finding."""

    def __init__(self, frame: Frame, at: int, findings: list[Finding]) -> None:
        self._frame, self._at, self._findings = frame, at, findings
        self.name = str(frame.columns[frame.table.columns[0].key][at])

    def text(self, key: str, default: str = "") -> str:
        """A text; the default where the cell is empty, or a finding where it is not allowed."""
        text = str(self._frame.text(key)[self._at])
        choices = self._frame.table.by_key[key].choices
        if text and choices and text not in choices:
            self._note(NOT_A_CHOICE, key, f"`{text}`", "one of: " + ", ".join(choices))
            return default
        return text or default

    def number(self, key: str, low: int = 0, high: int | None = None) -> Decimal | None:
        """A number within bounds; None where the cell is empty or a finding was noted."""
        value: Decimal | None = self._frame.numbers(key)[self._at]
        if value is not None and (value < low or (high is not None and value > high)):
            bound = f"a number from {low} to {high}" if high is not None else f"at least {low}"
            self.refuse(key, f"the number {value}", bound)
            return None
        return value

    def whole(self, key: str, low: int = 0, high: int = 10_000) -> int:
        """A whole number within bounds; 0 where the cell is empty or a finding was noted."""
        value = self.number(key, low, high)
        if value is not None and value != value.to_integral_value():
            self.refuse(key, f"the number {value}", "a whole number")
            return 0
        return int(value or 0)

    def refuse(self, key: str, seen: str, expected: str) -> None:
        """Note that a cell is not understood."""
        self._note(POLICY_NOT_UNDERSTOOD, key, seen, expected)

    def _note(self, code: Any, key: str, seen: str, expected: str) -> None:
        row = int(self._frame.row[self._at])
        table = self._frame.table.name
        self._findings.append(Finding(code, table, row, key, self.name, seen, expected))


def named_rules(
    frame: Frame, make: Callable[[PolicyRow], Made], findings: list[Finding]
) -> dict[str, Made]:
    """One rule a row by its name; a row without a name is left out with a finding."""
    made: dict[str, Made] = {}
    key = frame.table.columns[0].key
    for at in range(len(frame)):
        row = PolicyRow(frame, at, findings)
        if not row.name:
            row.refuse(key, "a row without a name", f"a {frame.table.columns[0].heading}")
        elif row.name in made:
            findings.append(
                Finding(POLICY_TWICE, frame.table.name, int(frame.row[at]), key, row.name,
                        f"`{row.name}` a second time")
            )  # fmt: skip
        else:
            made[row.name] = make(row)
    return made


def terms_of(row: PolicyRow) -> Terms:
    """One row of Terms."""
    parts: tuple[Part, ...] = ()
    try:
        parts = read_parts(row.text("instalments"))
    except ValueError as error:
        row.refuse("instalments", f"`{row.text('instalments')}`", str(error))
    tiers = []
    for percent, days in (
        ("discount_percent", "discount_days"),
        ("second_discount_percent", "second_discount_days"),
    ):
        rate = row.number(percent, high=100)
        window = row.whole(days)
        if rate:
            tiers.append(Discount(rate, window))
    rule = row.text("due_rule", "net")
    return Terms(
        name=row.name,
        due_rule=rule,
        net_months=row.whole("net_months", high=1200),
        net_days=row.whole("net_days", high=31 if rule == "day" else 10_000),
        tiers=tuple(sorted(tiers, key=lambda tier: tier.days)),
        grace_days=row.whole("discount_grace_days"),
        parts=parts,
    )


def fee_policy_of(row: PolicyRow) -> FeePolicy:
    """One row of FeePolicies."""
    method = row.text("method", "none")
    rate, flat = row.number("rate_percent", high=1000), row.number("flat")
    if method in ("percent", "monthly", "daily", "greater", "sum") and rate is None:
        row.refuse("rate_percent", "nothing", f"a rate for the method `{method}`; 2 means 2 %")
    if method in ("flat", "greater", "sum") and flat is None:
        row.refuse("flat", "nothing", f"an amount for the method `{method}`")
    return FeePolicy(
        name=row.name,
        method=method,
        basis=row.text("basis", "due"),
        rate_percent=rate or Decimal(0),
        flat=flat or Decimal(0),
        grace_days=row.whole("grace_days"),
        grace_rule=row.text("grace_rule", "shift"),
        minimum=row.number("minimum"),
        minimum_rule=row.text("minimum_rule", "skip"),
        cap_percent=row.number("cap_percent_of_invoice"),
        ceiling_percent=row.number("annual_ceiling_percent"),
        compound=row.text("compound", "no") == "yes",
        day_basis=row.text("day_basis", "365"),
    )


def fee_ceilings_of(frame: Frame, findings: list[Finding]) -> tuple[FeeCeiling, ...]:
    """The rows of FeeCeilings: several of one place, each in force since another day.

    Args:
        frame: the table.
        findings: where what is not understood is noted.
    """
    made: dict[tuple[str, object], FeeCeiling] = {}
    starts = frame.dates("from_date")
    for at in range(len(frame)):
        row = PolicyRow(frame, at, findings)
        start = None if np.isnat(starts[at]) else as_date(starts[at])
        percent = row.number("annual_ceiling_percent", high=1000)
        if not row.name:
            row.refuse("jurisdiction", "a row without a name", "a Jurisdiction")
        elif (row.name, start) in made:
            since = f"from {start}" if start else "without a From"
            findings.append(
                Finding(POLICY_TWICE, frame.table.name, int(frame.row[at]), "from_date", row.name,
                        f"`{row.name}` {since} a second time",
                        "each Jurisdiction once for each From")
            )  # fmt: skip
        else:
            made[row.name, start] = FeeCeiling(
                row.name, start, percent, row.text("source"), row.text("note"), int(frame.row[at])
            )
    return tuple(made.values())


def step_of(row: PolicyRow) -> LadderStep:
    """One row of Ladder."""
    return LadderStep(
        name=row.name,
        after_days=row.whole("after_days", low=-3650),
        action=row.text("action"),
        template=row.text("template"),
        fee_policy=row.text("fee_policy"),
    )


def loss_rate_of(row: PolicyRow) -> LossRate:
    """One row of LossRates."""
    factor = row.number("factor")
    return LossRate(
        bucket=row.name,
        rate_percent=row.number("rate_percent", high=100) or Decimal(0),
        factor=Decimal(1) if factor is None else factor,
    )

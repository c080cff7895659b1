"""Policy: every rule a workbook sets for itself, read and checked, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ar_xl.core.frames import Frame
from ar_xl.core.settings import Settings, default_settings
from ar_xl.core.tables import RATES, RESERVES
from ar_xl.core.terms import Terms


@dataclass(frozen=True)
class FeePolicy:
    """What paying late costs: one row of the Fee Policies sheet (semantics, section 6).

    Args:
        name: as customers name it.
        method: none, flat, percent, monthly, daily, greater or sum.
        basis: due or invoice: from which date days count.
        rate_percent: a year for daily, a month for monthly, of the balance for percent.
        flat, minimum: amounts in major units of the document's currency.
        grace_days, grace_rule: shift or threshold.
        minimum_rule: skip or raise.
        cap_percent: all fees on one invoice together, percent of the invoice.
        ceiling_percent: highest yearly rate.
        compound: fees are charged on fees too.
        day_basis: 365, 360 or actual.
        ceiling_source: whose ceiling it is where the law of a place lowered it, "" where it is
            the policy's own.
        step: the step of the ladder that it goes with, "" where it is a customer's own.
        once: charged once per invoice and step, not once a period.
    """

    name: str
    method: str = "none"
    basis: str = "due"
    rate_percent: Decimal = Decimal(0)
    flat: Decimal = Decimal(0)
    grace_days: int = 0
    grace_rule: str = "shift"
    minimum: Decimal | None = None
    minimum_rule: str = "skip"
    cap_percent: Decimal | None = None
    ceiling_percent: Decimal | None = None
    compound: bool = False
    day_basis: str = "365"
    ceiling_source: str = ""
    step: str = ""
    once: bool = False


@dataclass(frozen=True)
class FeeCeiling:
    """The highest yearly rate that the law of a place allows: one row of Fee Ceilings.

    Args:
        jurisdiction: the place, as customers name it.
        start: in force since; None is always.
        percent: a year; None where the place sets no number, 0 where no fee is allowed.
        source: the statute or decision.
        note: what else to know.
        row: the sheet row, for findings.
    """

    jurisdiction: str
    start: date | None = None
    percent: Decimal | None = None
    source: str = ""
    note: str = ""
    row: int = 0


@dataclass(frozen=True)
class LadderStep:
    """One step of the reminder ladder: `action` once `after_days` past due."""

    name: str
    after_days: int
    action: str = ""
    template: str = ""
    fee_policy: str = ""


@dataclass(frozen=True)
class LossRate:
    """What is finally lost of a bucket, in percent, and a forward factor."""

    bucket: str
    rate_percent: Decimal
    factor: Decimal


@dataclass(frozen=True)
class Policy:
    """All the rules of one workbook.

    Args:
        settings: the Settings sheet.
        terms, fee_policies: by name.
        fee_ceilings: rows of Fee Ceilings, in the order of the sheet.
        ladder: in the order of After (days).
        loss_rates: by bucket name.
        reserves, rates: the rows of those tables.
    """

    settings: Settings = field(default_factory=default_settings)
    terms: dict[str, Terms] = field(default_factory=dict)
    fee_policies: dict[str, FeePolicy] = field(default_factory=dict)
    fee_ceilings: tuple[FeeCeiling, ...] = ()
    ladder: tuple[LadderStep, ...] = ()
    loss_rates: dict[str, LossRate] = field(default_factory=dict)
    reserves: Frame = field(default_factory=lambda: Frame.empty(RESERVES))
    rates: Frame = field(default_factory=lambda: Frame.empty(RATES))


def bucket_names(edges: tuple[int, ...]) -> tuple[str, ...]:
    """The names of the aging buckets: (30, 60, 90) is Current, 1-30, 31-60, 61-90, Over 90."""
    starts = (1, *(edge + 1 for edge in edges[:-1]))
    between = [f"{start}-{edge}" for start, edge in zip(starts, edges, strict=True)]
    return ("Current", *between, f"Over {edges[-1]}")

"""Payment terms: when documents fall due and until when paying early earns a discount.

Rules: semantics, sections 2 and 5. All month arithmetic clamps to the month's end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from ar_xl.core.arrays import DateArray, IntArray
from ar_xl.core.dates import add_months, month_end, nth_of_next_month
from ar_xl.core.money import ratio_rounded


@dataclass(frozen=True)
class Part:
    """One instalment of terms.

    Args:
        percent: of the total; None for a fixed amount or the rest.
        fixed: a fixed amount in major units; None for a percent or the rest.
        months, days: after the invoice date, months first.
    """

    percent: Decimal | None
    fixed: Decimal | None
    months: int
    days: int


@dataclass(frozen=True)
class Discount:
    """One tier of an early-payment discount: `percent` until `days` after the invoice date."""

    percent: Decimal
    days: int


@dataclass(frozen=True)
class Terms:
    """Payment terms, one row of the Terms sheet.

    Args:
        name: as invoices name them.
        due_rule: net, eom or day (semantics, section 2).
        net_months, net_days: what the rule counts.
        tiers: discounts, the one with the shortest window first.
        grace_days: days beyond a discount window that are still accepted.
        parts: instalments; empty for one due date.
    """

    name: str
    due_rule: str = "net"
    net_months: int = 0
    net_days: int = 0
    tiers: tuple[Discount, ...] = ()
    grace_days: int = 0
    parts: tuple[Part, ...] = ()

    def due_dates(self, invoice_dates: DateArray) -> DateArray:
        """The due date of each invoice date, without regard to instalments."""
        if self.due_rule == "eom":
            return month_end(invoice_dates) + np.timedelta64(self.net_days, "D")
        if self.due_rule == "day":
            return nth_of_next_month(invoice_dates, self.net_days)
        moved = add_months(invoice_dates, self.net_months) if self.net_months else invoice_dates
        return moved + np.timedelta64(self.net_days, "D")

    def part_due_dates(self, invoice_dates: DateArray) -> list[DateArray]:
        """One array of due dates per instalment."""
        return [
            add_months(invoice_dates, part.months) + np.timedelta64(part.days, "D")
            for part in self.parts
        ]

    def part_amounts(self, totals: IntArray, exponent: int) -> list[IntArray]:
        """Split totals into instalments; the last takes the rounding remainder.

        Args:
            totals: minor units, either sign; a negative total splits into the mirror image.
            exponent: digits of the currency, for fixed amounts.
        """
        split: list[IntArray] = []
        left = totals.copy()
        for part in self.parts[:-1]:
            if part.percent is not None:
                numerator, denominator = (part.percent / 100).as_integer_ratio()
                amounts = ratio_rounded(totals, numerator, denominator)
            else:
                fixed = int((part.fixed or Decimal(0)).scaleb(exponent))
                amounts = np.sign(totals) * fixed
            split.append(amounts)
            left = left - amounts
        return [*split, left]


_PART = re.compile(
    r"^\s*(?:(?P<rest>rest)|(?P<percent>\d+(?:\.\d+)?)\s*%|(?P<fixed>\d+(?:\.\d+)?))\s*@\s*"
    r"(?:(?P<months>\d+)\s*m)?\s*\+?\s*(?P<days>\d+)?\s*$",
    re.IGNORECASE,
)


def read_parts(text: str) -> tuple[Part, ...]:
    """Read instalments such as `25%@30; 25%@1m+30; rest@60`.

    The last part is the rest, or the percents of all parts total 100. Raises ValueError with
    what was expected for anything else.
    """
    if not text.strip():
        return ()
    parts = []
    for piece in text.split(";"):
        found = _PART.match(piece)
        if found is None or (found["months"] is None and found["days"] is None):
            raise ValueError(f"parts such as 25%@30; 25%@1m+30; rest@60, not `{piece.strip()}`")
        parts.append(
            Part(
                Decimal(found["percent"]) if found["percent"] else None,
                Decimal(found["fixed"]) if found["fixed"] else None,
                int(found["months"] or 0),
                int(found["days"] or 0),
            )
        )
    rests = [part.percent is None and part.fixed is None for part in parts]
    percents = [part.percent for part in parts if part.percent is not None]
    if any(rests[:-1]):
        raise ValueError("`rest` only as the last part")
    if not rests[-1] and (len(percents) != len(parts) or sum(percents) != 100):
        raise ValueError("percents that total 100, or `rest` as the last part")
    return tuple(parts)

"""What all report sheets have in common: title lines, columns, words for policies."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ar_xl.core.arrays import AnyArray, IntArray, TextArray, text_array
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.core.policy import FeePolicy
from ar_xl.core.report import BATCH, NO_BATCH, ReportColumn, Show
from ar_xl.ops.aging import drafts_left_out
from ar_xl.ops.fees.words import number_text, rate_words

Line = tuple[str, str]
_ONE_OF = {
    "Invoices": "invoice",
    "Receipts": "receipt",
    "Adjustments": "adjustment",
    "Plans": "plan line",
}


def drafts_line(ledger: Ledger) -> Line:
    """How many drafts count nowhere yet."""
    left = drafts_left_out(ledger)
    shown = [
        f"{count:,} {_ONE_OF[table]}{'s' if count != 1 else ''}" for table, count in left.items()
    ]
    return "Drafts left out", ", ".join(shown) or "none"


def batch_line(batches: Iterable[str]) -> Line:
    """The batch that a report is of."""
    return BATCH, ", ".join(sorted(set(batches))) or NO_BATCH


def aging_policy_line(ledger: Ledger) -> Line:
    """How items age."""
    settings = ledger.policy.settings
    counted = "past the due date" if settings.aging_basis == "due" else "since the invoice date"
    edges = ", ".join(str(edge) for edge in settings.aging_edges)
    return "Policy", f"Days {counted}; buckets up to {edges} days; today is current"


def fee_policy_words(policy: FeePolicy, currency: str) -> str:
    """A late-fee policy in words: rate, grace, limits."""
    words = [rate_words(policy, currency)]
    if policy.basis == "invoice":
        words.append("from the invoice date")
    if policy.grace_days:
        words.append(f"{policy.grace_days} days of grace ({policy.grace_rule})")
    if policy.minimum is not None:
        words.append(f"minimum {number_text(policy.minimum)} ({policy.minimum_rule})")
    if policy.cap_percent is not None:
        words.append(f"cap {number_text(policy.cap_percent)} % of the invoice")
    if policy.ceiling_percent is not None:
        source = f" ({policy.ceiling_source})" if policy.ceiling_source else ""
        words.append(f"at most {number_text(policy.ceiling_percent)} % a year{source}")
    if policy.compound:
        words.append("fees on fees")
    if policy.method in ("daily", "greater") or policy.ceiling_percent is not None:
        words.append(f"day basis {policy.day_basis}")
    return f"{policy.name}: {', '.join(words)}"


def text(heading: str, values: TextArray | Iterable[str], width: int | None = None) -> ReportColumn:
    """A column of text."""
    shown = values if isinstance(values, np.ndarray) else text_array(values)
    return ReportColumn(heading, Show.TEXT, shown, width=width)


def money(heading: str, values: AnyArray | Iterable[int], total: bool = True) -> ReportColumn:
    """A column of money, summed in the totals row unless said otherwise."""
    return ReportColumn(heading, Show.MONEY, _whole(values), total=total)


def whole(heading: str, values: AnyArray | Iterable[int]) -> ReportColumn:
    """A column of whole numbers."""
    return ReportColumn(heading, Show.WHOLE, _whole(values))


def tenths(
    heading: str, values: AnyArray | Iterable[int], width: int | None = None
) -> ReportColumn:
    """A column of tenths."""
    return ReportColumn(heading, Show.TENTHS, _whole(values), width=width)


def dates(heading: str, values: AnyArray) -> ReportColumn:
    """A column of dates."""
    return ReportColumn(heading, Show.DATE, values.astype("datetime64[D]"))


def _whole(values: AnyArray | Iterable[int]) -> IntArray:
    if isinstance(values, np.ndarray):
        return values.astype(np.int64)
    return np.array(list(values), dtype=np.int64)


def amount(minor: int, currency: str) -> str:
    """An amount with its currency in a sentence: `USD 1,250.00`."""
    return f"{currency} {money_text(minor, currency)}"


def currencies_of(column: TextArray) -> list[str]:
    """The currencies of some rows in their order."""
    return sorted(set(column.tolist()))

"""What late fees were charged before: the Fees rows that were not reversed, less waivers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray, TextArray, codes_of, positions, sum_by
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.policy import FeePolicy
from ar_xl.ops.fees.amounts import TIMED
from ar_xl.ops.fees.steps import fee_policy_named
from ar_xl.ops.open_items import posted_by
from ar_xl.ops.settlements import day_numbers

LONG_AGO = -(1 << 20)


@dataclass(frozen=True)
class History:
    """What was charged before, one element a document asked about.

    Args:
        own_day: charged to this day already under this policy, days since 1970; far in the
            past where nothing was charged.
        other_day: the same under other policies, where both charge days.
        charged: all fees on it so far less waivers, minor units.
        in_period: the fee document of this policy and period, or of any period where it is
            charged only once; "" where there is none.
    """

    own_day: IntArray
    other_day: IntArray
    charged: IntArray
    in_period: TextArray


def live_fees(ledger: Ledger) -> Frame:
    """The Fees rows whose document was not undone, whatever their posting date."""
    rows = ledger.posted("Fees")
    (codes,), texts = codes_of(rows.text("fee_invoice_no"))
    left = sum_by(codes, rows.ints("charged"), len(texts))[codes]
    live = np.flatnonzero((left != 0) & (rows.text("reverses") == ""))
    newest_first = live[np.argsort(rows.text("batch")[live].astype(str), kind="stable")[::-1]]
    _, first = np.unique(codes[newest_first], return_index=True)
    return rows.take(np.sort(newest_first[first]))


def history(
    ledger: Ledger, documents: TextArray, policies: list[FeePolicy], period: str
) -> History:
    """Look up what was charged on documents before.

    Args:
        ledger: its Fees and the waivers among its Applications.
        documents: the invoices asked about, each once.
        policies: the policy of each.
        period: the month, `2013-01`.
    """
    rows = live_fees(ledger)
    at = positions(documents, rows.text("invoice_no"))
    rows, at = rows.take(np.flatnonzero(at >= 0)), at[at >= 0]
    count = len(documents)
    names = np.array([policy.name for policy in policies], dtype=object)
    same = rows.text("fee_policy") == names[at]
    timed = np.array([policy.method in TIMED for policy in policies], dtype=np.bool_)
    ends = day_numbers(rows.dates("to_date"))
    others = ~same & timed[at] & _charges_days(ledger, rows)
    own_day, other_day = np.full(count, LONG_AGO), np.full(count, LONG_AGO)
    np.maximum.at(own_day, at[same], ends[same])
    np.maximum.at(other_day, at[others], ends[others])
    charged = sum_by(at, rows.ints("charged") - waived(ledger, rows.text("fee_invoice_no")), count)
    in_period: TextArray = np.full(count, "", dtype=object)
    once = np.array([policy.once for policy in policies], dtype=np.bool_)
    now = same & ((rows.text("period") == period) | once[at])
    in_period[at[now]] = rows.text("fee_invoice_no")[now]
    return History(own_day, other_day, charged, in_period)


def _charges_days(ledger: Ledger, rows: Frame) -> BoolArray:
    """Whether the policy of each row charges days; one that is gone is taken to do so."""
    (codes,), names = codes_of(rows.text("fee_policy"))
    known = [fee_policy_named(ledger.policy, str(name)) for name in names]
    timed = [policy is None or policy.method in TIMED for policy in known]
    return np.array(timed, dtype=np.bool_)[codes]


def waivers(ledger: Ledger, as_of: date | None = None) -> Frame:
    """The Applications rows of fee waivers, and those that undo them.

    Args:
        ledger: its Adjustments and Applications.
        as_of: what was posted later does not count; None counts all.
    """
    adjustments, applications = ledger.posted("Adjustments"), ledger.posted("Applications")
    if as_of is not None:
        applications = posted_by(applications, as_of)
    kind = adjustments.text("kind")
    at = positions(adjustments.text("adjustment_no"), applications.text("source_no"))
    waiver = (applications.text("source_type") == "Adjustment") & (at >= 0)
    waiver &= kind[at] == "Fee Waiver" if len(kind) else False
    return applications.take(np.flatnonzero(waiver))


def waived(ledger: Ledger, fee_documents: TextArray, as_of: date | None = None) -> IntArray:
    """What was waived of each fee document, minor units.

    Args:
        ledger: its Adjustments and Applications.
        fee_documents: numbers, each once.
        as_of: waivers posted later do not count; None counts all.
    """
    rows = waivers(ledger, as_of)
    of_fee = positions(fee_documents, rows.text("invoice_no"))
    return sum_by(of_fee, rows.ints("amount"), len(fee_documents))

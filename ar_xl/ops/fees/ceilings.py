"""Ceilings: the law of a customer's place may allow less than his fee policy charges.

The lower of the policy's own Annual Ceiling % and that of the place counts. A place that the Fee
Ceilings sheet does not know is no place without a ceiling: until somebody has looked it up, the
customer bears no fee. A fee too much may be unlawful; days that bear none now count in a later run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray, TextArray, codes_of, positions, text_array
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.ledger import Ledger
from ar_xl.core.policy import FeeCeiling, FeePolicy, Policy
from ar_xl.ops.customers import customer_values

UNKNOWN_JURISDICTION = code(
    "customer_jurisdiction_unknown",
    Severity.WARNING,
    "a Jurisdiction that the Fee Ceilings sheet has in force on that day",
    "Add it to Fee Ceilings, with an empty Annual Ceiling % if the place sets none, or correct the "
    "customer; until then no late fee is charged.",
)


@dataclass(frozen=True)
class Ruled:
    """The policies of some rows with the ceilings of their customers' places.

    Args:
        code: index into `policies`, one a row.
        policies: each with the lower ceiling.
        unknown: rows whose place has no ceiling in force that is known.
        places: the place of each row, "" where the customer names none.
    """

    code: IntArray
    policies: tuple[FeePolicy, ...]
    unknown: BoolArray
    places: TextArray


def ceiling_in_force(policy: Policy, jurisdiction: str, as_of: date) -> FeeCeiling | None:
    """The latest ceiling of a place that began on a day or before; None where there is none."""
    begun = [
        each
        for each in policy.fee_ceilings
        if each.jurisdiction == jurisdiction and (each.start is None or each.start <= as_of)
    ]
    return max(begun, key=lambda each: each.start or date.min, default=None)


def lowered(policy: FeePolicy, ceiling: FeeCeiling | None) -> FeePolicy:
    """A policy under the ceiling of a place; the same where its own is as low, or there is none."""
    if ceiling is None or ceiling.percent is None:
        return policy
    if policy.ceiling_percent is not None and policy.ceiling_percent <= ceiling.percent:
        return policy
    source = ": ".join(filter(None, (ceiling.jurisdiction, ceiling.source)))
    return replace(policy, ceiling_percent=ceiling.percent, ceiling_source=source)


def under_ceilings(
    ledger: Ledger,
    customer_ids: TextArray,
    code: IntArray,
    policies: tuple[FeePolicy, ...],
    as_of: date,
) -> Ruled:
    """Put the policies of some rows under the ceilings of their customers' places.

    Args:
        ledger: its Customers and Fee Ceilings.
        customer_ids: whose row it is.
        code, policies: which policy applies to each row.
        as_of: ceilings in force on this day count.
    """
    places = customer_values(ledger, customer_ids, "jurisdiction")
    (place_codes,), names = codes_of(places)
    found = [ceiling_in_force(ledger.policy, str(name), as_of) for name in names]
    pairs, both = np.unique(code * max(len(names), 1) + place_codes, return_inverse=True)
    ruled = tuple(
        lowered(policies[pair // len(names)], found[pair % len(names)]) for pair in pairs.tolist()
    )
    missing = np.array([bool(n) and each is None for n, each in zip(names, found, strict=True)])
    unknown = missing.astype(np.bool_)[place_codes]
    return Ruled(both.astype(np.int64), ruled or policies, unknown, places)


def unknown_places(ledger: Ledger, found: dict[str, str]) -> list[Finding]:
    """A finding for each customer whose place has no ceiling in force.

    Args:
        ledger: its Customers.
        found: place by customer.
    """
    customers = ledger.posted("Customers")
    at = positions(customers.text("customer_id"), text_array(found))
    return [
        Finding(UNKNOWN_JURISDICTION, "Customers", int(customers.row[i]), "jurisdiction", customer,
                f"Jurisdiction `{place}`")
        for i, (customer, place) in zip(at.tolist(), found.items(), strict=True)
    ]  # fmt: skip

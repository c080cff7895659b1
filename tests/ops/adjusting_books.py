"""The office in which adjustments are tested."""

from __future__ import annotations

from ar_xl.core.policy import Policy
from tests.ops.clerk import Clerk

CUSTOMERS = """
    Customers
    Customer ID | Name | Currency
    ACME        | Acme |
    BOLT        | Bolt |
    EURO        | Euro | EUR

    Rates
    Currency | Date       | Rate
    EUR      | 2025-01-01 | 1.1
"""


def office(rules: Policy | None = None) -> Clerk:
    """Three customers and no document yet."""
    return Clerk(CUSTOMERS, rules)

"""Relations: which customers belong together, by the Parent IDs of the Customers sheet."""

from __future__ import annotations

from functools import cached_property

from ar_xl.core.ledger import Ledger


class Relations:
    """Groups of customers, each under the parent that has none itself.

    Args:
        ledger: whose Customers table says who the parents are.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._customers = ledger.posted("Customers")

    @cached_property
    def _parents(self) -> dict[str, str]:
        ids, parents = self._customers.text("customer_id"), self._customers.text("parent_id")
        return {a: b for a, b in zip(ids.tolist(), parents.tolist(), strict=True) if b}

    def root(self, customer_id: str) -> str:
        """The customer at the top of a customer's group; where parents go in a circle, the least.

        Args:
            customer_id: of any customer; one without a parent is its own root.
        """
        seen: list[str] = []
        while customer_id in self._parents and customer_id not in seen:
            seen.append(customer_id)
            customer_id = self._parents[customer_id]
        return min(seen[seen.index(customer_id) :]) if customer_id in seen else customer_id

    def related(self, one: str, other: str) -> bool:
        """Whether two customers are the same or of one group."""
        return one == other or self.root(one) == self.root(other)

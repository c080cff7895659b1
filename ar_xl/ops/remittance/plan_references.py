"""A payment plan as a reference: `PL-1` or `PL-1 300.00` pays its documents, oldest item first."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from ar_xl.core.arrays import TextArray, positions
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import from_decimal, money_text, to_decimal
from ar_xl.ops.collecting.plans import CALLED_OFF, plan_states
from ar_xl.ops.remittance.references import UNKNOWN, Reference, References


class PlanReferences:
    """Plans that a remittance may name; those called off or undone are no references any more.

    Args:
        ledger: its posted plans.
        numbers, currencies: of the documents that may be paid.
        open_items: the open items of a document, in the order they are paid.
        open_of: what is open of an item.
    """

    def __init__(
        self,
        ledger: Ledger,
        numbers: TextArray,
        currencies: TextArray,
        open_items: Callable[[int], list[int]],
        open_of: Callable[[int], int],
    ) -> None:
        self._ledger, self._numbers, self._currencies = ledger, numbers, currencies
        self._open_items, self._open_of = open_items, open_of
        self._any = len(ledger.posted("Plans")) > 0

    @cached_property
    def _documents(self) -> dict[str, list[int]]:
        """The documents of each plan, by its number in small letters."""
        states = plan_states(self._ledger, LAST_DATE)
        found: dict[str, list[int]] = {}
        at = positions(self._numbers, states.pairs.number)
        for plan, document in zip(states.pairs.plan.tolist(), at.tolist(), strict=True):
            if document >= 0 and states.state[plan] != CALLED_OFF:
                found.setdefault(str(states.plan_no[plan]).casefold(), []).append(document)
        return found

    def expanded(self, refs: References) -> tuple[References, list[str]]:
        """References with each plan replaced by its documents.

        Args:
            refs: of one receipt.

        Returns:
            The references, and what is refused: `1,200.00 for PL-1, of which 900.00 is open`.
        """
        if not self._any or all(ref.document != UNKNOWN for ref in refs):
            return refs, []
        made: list[Reference] = []
        refused: list[str] = []
        for ref in refs:
            documents = self._documents.get(ref.text.casefold())
            if ref.document != UNKNOWN or documents is None or ref.deductions:
                made.append(ref)
            elif ref.amount is None:
                still = [each for each in documents if self._open_items(each)]
                made += [self._one(each, None) for each in still or documents[:1]]
            else:
                made += self._poured(ref, documents, refused)
        return tuple(made), refused

    def _one(self, document: int, minor: int | None) -> Reference:
        amount = None if minor is None else to_decimal(minor, str(self._currencies[document]))
        return Reference(str(self._numbers[document]), document, amount)

    def _poured(self, ref: Reference, documents: list[int], refused: list[str]) -> list[Reference]:
        """An amount spread over the documents of a plan, their oldest open item first."""
        assert ref.amount is not None, "a plan without an amount is not poured"
        currency = str(self._currencies[documents[0]])
        wanted = from_decimal(ref.amount, currency)
        if wanted is None:
            return [ref._replace(document=documents[0])]
        items = sorted((item, each) for each in documents for item in self._open_items(each))
        left = wanted
        parts: dict[int, int] = {}
        for item, document in items:
            took = min(left, self._open_of(item))
            left -= took
            if took:
                parts[document] = parts.get(document, 0) + took
        if left:
            is_open = money_text(wanted - left, currency)
            refused.append(
                f"{money_text(wanted, currency)} for {ref.text}, of which {is_open} is open"
            )
        return [self._one(document, minor) for document, minor in parts.items()]

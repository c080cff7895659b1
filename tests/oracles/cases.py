"""Worked cases from the test suites and documents of other systems, read from the shared file.

Each case is tested by its id through public functions, with the policy set that it assumes.
What the commands do not cover is listed with the reason in `not_covered.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.money import from_decimal
from ar_xl.ops.batches import post

Case = dict[str, Any]


def read_cases(shared: Path) -> dict[str, Case]:
    """All cases by their id."""
    listed = json.loads((shared / "oracles" / "cases.json").read_text(encoding="utf-8"))
    return {case["id"]: case for case in listed}


def cents(amount: Any, currency: str = "USD") -> int:
    """Minor units of an amount as a case writes it."""
    minor = from_decimal(Decimal(str(amount)), currency)
    assert minor is not None, amount
    return minor


def dates(texts: list[str]) -> list[date]:
    """Dates as a case writes them."""
    return [date.fromisoformat(text) for text in texts]


def posted(
    ledger: Ledger, decide: Callable[[Ledger, Request], Change], as_of: date | str
) -> Ledger:
    """The ledger after a command posted its batch."""
    on = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    request = Request(on, "Ann", "2026-01-01T00:00:00Z", "test")
    return ledger.after(post(ledger, decide(ledger, request), request))


def with_rules(ledger: Ledger, **changed: Any) -> Ledger:
    """The same rows under a policy of which some parts are changed."""
    return replace(ledger, policy=replace(ledger.policy, **changed))

"""Credit limits as other systems' tests expect them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ar_xl.ops.checks_credit import credit_findings
from tests.oracles.cases import Case
from tests.posted_lines import book

pytestmark = pytest.mark.shared
ON = date(2026, 3, 1)


def found(
    exposure: int, new: int, limit: str = "", overdue_days: int = 0, margin: str = "0"
) -> set[str]:
    """What is said of a customer who owes an exposure when a new document is to be posted."""
    due = ON - timedelta(days=overdue_days)
    ledger = book(
        f"""
        customer Acme {limit}
        invoice A1 Acme 2026-01-01 {exposure}.00 due={due}
        draft invoice A2 Acme {ON} {new}.00
        """,
        overdue_limit_days=margin,
    )
    return {finding.code.name for finding in credit_findings(ledger, ON)}


def test_crl_01_no_limit_is_unlimited_and_0_is_no_credit(cases: dict[str, Case]) -> None:
    given, expected = cases["CRL-01"]["inputs"], cases["CRL-01"]["expected"]["results"]
    for check, result in zip(given["checks"], expected, strict=True):
        if not check["new_order"]:  # nothing new is posted: there is nothing to ask about
            continue
        limit = "" if check["limit"] is None else f"credit_limit={check['limit']}"
        names = found(given["exposure"], check["new_order"], limit)
        assert names == ({"credit_limit_exceeded"} if result == "blocked" else set())


def test_crl_02_a_limit_of_the_overdue_part_with_days_of_margin(cases: dict[str, Case]) -> None:
    given, expected = cases["CRL-02"]["inputs"], cases["CRL-02"]["expected"]["results"]
    for limit in given["limits"]:
        exceeded = "credit_limit_exceeded" in found(
            given["open_invoice"], 1, f"credit_limit={limit}"
        )
        assert exceeded == (expected[f"limit_{limit}"] == "exceeded")
    grace, limit = given["overdue_grace"], f"overdue_limit={given['overdue_limit']}"
    owed, days, margin = given["open_invoice"], grace["days_overdue"], str(grace["margin_days"])
    assert found(owed, 1, limit, days) == {"overdue_limit_exceeded"}
    assert found(owed, 1, limit, days, margin) == set()

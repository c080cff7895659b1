"""No worked case is skipped in silence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.oracles.cases import Case
from tests.oracles.not_covered import NOT_COVERED

pytestmark = pytest.mark.shared
AREAS = (
    "aging", "terms", "allocation", "discount", "late_fee_dunning", "kpi", "month_end", "fx",
    "nsf_reversal", "refund", "bank_reconciliation", "credit_limit", "allowance",
)  # fmt: skip


def ids_with_a_test() -> set[str]:
    """The ids in the names of the tests: `test_term_13_14_...` is TERM-13 and TERM-14."""
    found = set()
    for path in Path(__file__).parent.glob("test_oracles_*.py"):
        text = path.read_text(encoding="utf-8")
        for area, numbers in re.findall(r"def test_([a-z]+)((?:_\d+)+)_", text):
            found |= {f"{area.upper()}-{number}" for number in numbers.strip("_").split("_")}
    return found


def test_every_case_is_tested_or_listed_with_a_reason(cases: dict[str, Case]) -> None:
    asked = {name for name, case in cases.items() if case["area"] in AREAS}
    assert asked - ids_with_a_test() - set(NOT_COVERED) == set()
    assert set(NOT_COVERED) <= set(cases)

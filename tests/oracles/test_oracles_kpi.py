"""Measures and the allowance as published examples reckon them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from ar_xl.ops.allowance import loss_rates, required
from ar_xl.ops.measures import collection_effectiveness, days_sales_outstanding
from tests.oracles.cases import Case

pytestmark = pytest.mark.shared


def tenths(value: float) -> int:
    return round(value * 10)


def test_kpi_01_collection_effectiveness_of_one_month_or_of_the_period(
    cases: dict[str, Case],
) -> None:
    given, expected = cases["KPI-01"]["inputs"], cases["KPI-01"]["expected"]
    sales = {
        "cei_with_monthly_sales": given["sales_of_period"] // given["months"],
        "cei_with_period_sales": given["sales_of_period"],
    }
    for name, sold in sales.items():
        found = collection_effectiveness(
            given["beginning_ar"], sold, given["ending_total_ar"], given["ending_current_ar"]
        )
        assert found == tenths(expected[name])


def test_kpi_04_days_sales_outstanding(cases: dict[str, Case]) -> None:
    given, expected = cases["KPI-04"]["inputs"]["cases"], cases["KPI-04"]["expected"]["dso"]
    found = [
        days_sales_outstanding(case["ar"], case["credit_sales"], case["days"]) for case in given
    ]
    assert found == [tenths(dso) for dso in expected]


def test_alw_01_loss_rates_are_unrounded(cases: dict[str, Case]) -> None:
    given, expected = cases["ALW-01"]["inputs"], cases["ALW-01"]["expected"]
    history = given["history"]
    reached = [history["sales"], *history["still_unpaid_after_each_bucket"]]
    rates = loss_rates(reached, history["finally_unpaid"])
    assert [round(rate * 1000) for rate in rates] == [
        tenths(rate) for rate in expected["loss_rates_percent"]
    ]
    balances = np.array(given["balances"]) * 100
    needed = required(balances, rates)
    # The published figures are whole units; to the cent the third line is 5,217.39.
    assert [round(Fraction(int(amount), 100)) for amount in needed] == expected["allowance"]
    assert int(needed.sum()) == 2756739

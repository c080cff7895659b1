"""What-if: a run of late fees under another policy, beside the run as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from ar_xl.core.findings import Refusal
from ar_xl.core.policy import FeeCeiling, FeePolicy, Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.fees.late_fees import assess
from ar_xl.ops.fees.sidebyside import pair
from ar_xl.ops.fees.whatif import what_if
from tests.ops.test_late_fees import post
from tests.posted_lines import book

END = date(2013, 3, 2)
HIGH = FeePolicy("High", "daily", rate_percent=Decimal("24"), cap_percent=Decimal(1))
RULES = Policy(
    default_settings(default_fee_policy="Low"),
    fee_policies={"Low": FeePolicy("Low", "daily", rate_percent=Decimal("12")), "High": HIGH,
                  "None": FeePolicy("None")},
    fee_ceilings=(FeeCeiling("Ohio", None, Decimal(8)),),
)  # fmt: skip
LEDGER = book(
    """
    customer Acme jurisdiction=Ohio
    customer Bolt fee_policy=None
    customer Cole reminder_block=sick
    invoice A1 Acme 2013-01-01 1000.00 due=2013-01-31
    invoice B1 Bolt 2013-01-01 1000.00 due=2013-01-31
    invoice C1 Cole 2013-01-01 1000.00 due=2013-01-31
    """,
    RULES,
)


def test_the_other_policy_stands_in_place_of_every_customers_own() -> None:
    found = what_if(LEDGER, END, ["High"])
    both = pair(found.actual, found.others[0][1], "USD")
    both = both.take(np.argsort(both.customer_id.astype(str)))
    assert both.customer_id.tolist() == ["Acme", "Bolt", "Cole"]
    assert both.fee.tolist() == [658, 0, 0]
    assert both.other.tolist() == [658, 1000, 0]  # 8 % in Ohio; 1 % of the invoice at most
    assert both.taken_off.tolist() == [1973 - 658, 1973 - 1000, 0]
    assert both.left_out.tolist() == [0, 0, 100000]
    assert both.note.tolist()[2] == "left out: reminders are blocked: sick"


def test_the_same_policy_is_the_run_itself() -> None:
    rules = replace(RULES, settings=default_settings(default_fee_policy="High"))
    ledger = replace(book("invoice A1 Acme 2013-01-01 1000.00 due=2013-01-31"), policy=rules)
    found = what_if(ledger, END, ["High"])
    assert found.others[0][1].fee.tolist() == assess(ledger, END).fee.tolist() == [1000]


def test_none_charges_nothing() -> None:
    found = what_if(LEDGER, END, ["none"])
    assert found.others[0][1].totals() == {}
    assert found.actual.totals() == {"USD": 658}


def test_what_was_charged_before_the_month_is_not_charged_again() -> None:
    ledger = post(LEDGER, date(2013, 2, 10), "B-F1")
    found = what_if(ledger, END, ["High"])
    assert found.others[0][1].days[:1].tolist() == [20]


@pytest.mark.parametrize("names", [["Hihg"], [], [" "], ["High", "Low", "None", "none", "a", "b"]])
def test_a_name_that_is_no_policy_is_refused(names: list[str]) -> None:
    with pytest.raises(Refusal) as caught:
        what_if(LEDGER, END, names)
    assert caught.value.code.name == "what_if_policy_unknown"

"""The law of a customer's place may allow less than his fee policy charges."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ar_xl.core.ledger import Ledger
from ar_xl.core.policy import FeeCeiling, FeePolicy, Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.checks import all_findings
from ar_xl.ops.fees.late_fees import assess
from tests.posted_lines import book

END = date(2013, 3, 2)
OHIO = FeeCeiling("Ohio", None, Decimal(8), "ORC 1343.01")


def rules(*ceilings: FeeCeiling, own: str | None = None, method: str = "daily") -> Policy:
    """A workbook with one policy of 12 % for every customer, and some ceilings."""
    ceiling = Decimal(own) if own else None
    fee = FeePolicy(
        "P", method, rate_percent=Decimal(12), flat=Decimal(25), ceiling_percent=ceiling
    )
    settings = default_settings(default_fee_policy="P")
    return Policy(settings=settings, fee_policies={"P": fee}, fee_ceilings=ceilings)


def acme(policy: Policy, place: str = "Ohio") -> Ledger:
    """Acme of some place owes 1,000 for 30 days: 9.86 at 12 %, 6.58 at 8 %."""
    return book(
        f"""
        customer Acme jurisdiction={place}
        invoice A1 Acme 2013-01-01 1000.00 due=2013-01-31
        """,
        policy,
    )


def test_the_lower_of_the_policys_ceiling_and_the_places_counts() -> None:
    assert assess(acme(rules(OHIO)), END).fee.tolist() == [658]
    assert assess(acme(rules(OHIO, own="6")), END).fee.tolist() == [493]
    assert assess(acme(rules(OHIO, own="10")), END).fee.tolist() == [658]


def test_the_note_says_what_was_taken_off_and_the_source() -> None:
    (note,) = assess(acme(rules(OHIO)), END).note
    assert note == "3.28 taken off by the annual ceiling of 8 % (Ohio: ORC 1343.01)"
    (note,) = assess(acme(rules(OHIO, own="6")), END).note
    assert note == "4.93 taken off by the annual ceiling of 6 %"


def test_a_flat_fee_is_under_the_ceiling_too() -> None:
    assert assess(acme(rules(OHIO, method="flat")), END).fee.tolist() == [658]


@pytest.mark.parametrize(("as_of", "fee"), [(date(2013, 2, 28), 614), (END, 493)])
def test_the_latest_ceiling_that_began_by_the_day_counts(as_of: date, fee: int) -> None:
    later = FeeCeiling("Ohio", date(2013, 3, 1), Decimal(6))
    much_later = FeeCeiling("Ohio", date(2014, 1, 1), Decimal(2))
    assert assess(acme(rules(later, OHIO, much_later)), as_of).fee.tolist() == [fee]


def test_a_place_without_a_number_charges_by_the_policy_and_one_of_0_charges_nothing() -> None:
    assert assess(acme(rules(FeeCeiling("Ohio"))), END).fee.tolist() == [986]
    assert assess(acme(rules(FeeCeiling("Ohio", None, Decimal(0)))), END).fee.tolist() == [0]


def test_a_customer_of_an_unknown_place_bears_no_fee_until_somebody_looked_it_up() -> None:
    ledger = acme(rules(OHIO), place="Oiho")
    run = assess(ledger, END)
    assert run.fee.tolist() == [0]
    assert run.note.tolist() == ["left out: Fee Ceilings has none in force for `Oiho`"]
    (finding,) = run.findings
    assert (finding.code.name, finding.row_id) == ("customer_jurisdiction_unknown", "Acme")
    assert finding.code.name in {found.code.name for found in all_findings(ledger, END)}


def test_a_ceiling_that_begins_later_is_none_in_force() -> None:
    begins = FeeCeiling("Ohio", date(2013, 4, 1), Decimal(8))
    assert assess(acme(rules(begins)), END).fee.tolist() == [0]


def test_a_customer_without_a_place_is_charged_by_the_policy() -> None:
    assert assess(acme(rules(OHIO), place=""), END).fee.tolist() == [986]


def test_customers_of_one_policy_in_several_places_bear_their_own_ceilings() -> None:
    ledger = book(
        """
        customer Acme jurisdiction=Ohio
        customer Bolt jurisdiction=Utah
        customer Cole
        invoice A1 Acme 2013-01-01 1000.00 due=2013-01-31
        invoice B1 Bolt 2013-01-01 1000.00 due=2013-01-31
        invoice C1 Cole 2013-01-01 1000.00 due=2013-01-31
        """,
        rules(OHIO, FeeCeiling("Utah", None, Decimal(6))),
    )
    run = assess(ledger, END)
    fees = dict(zip(run.invoice_no.tolist(), run.fee.tolist(), strict=True))
    assert fees == {"A1": 658, "B1": 493, "C1": 986}
    assert {policy.ceiling_percent for policy in run.policies} == {Decimal(8), Decimal(6), None}

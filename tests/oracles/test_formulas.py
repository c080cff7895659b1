"""Cases of other systems that a single worksheet function answers, by formula."""

from __future__ import annotations

from typing import Any

import pytest

from tests.functions.sheet import Rows, call, down, one, typed
from tests.oracles.cases import Case

pytestmark = pytest.mark.shared


def days(*texts: str) -> Rows:
    """Dates below one another."""
    return down(*map(typed, texts))


def amounts(*values: Any) -> Rows:
    """Amounts below one another."""
    return down(*map(float, values))


def test_term_02_parts_fall_due_by_their_own_days(cases: dict[str, Case]) -> None:
    given, expected = cases["TERM-02"]["inputs"], cases["TERM-02"]["expected"]["due"]
    text = "; ".join(f"{part['percent']}%@{part['days']}" for part in given["terms"])
    found = call("AR_DUE_DATE", days(*given["invoice_dates"]), one(text))
    assert found == tuple(tuple(map(typed, row)) for row in expected)


def test_term_04_end_of_month_and_days(cases: dict[str, Case]) -> None:
    given, expected = cases["TERM-04"]["inputs"], cases["TERM-04"]["expected"]["due"]
    assert call("AR_DUE_DATE", days(*given["invoice_dates"]), one("eom+45")) == days(*expected)


def test_term_07_the_last_day_of_the_discount(cases: dict[str, Case]) -> None:
    last = cases["TERM-07"]["expected"]["last_discount_day"]
    invoiced, after = typed(cases["TERM-07"]["inputs"]["invoice"]), typed("2019-01-12")
    found = call(
        "AR_DISCOUNT", one(100.0), one(invoiced), down(typed(last), after), one("10/10 net 30")
    )
    assert found == amounts(10, 0)


def test_term_09_weeks_and_days(cases: dict[str, Case]) -> None:
    given, expected = cases["TERM-09"]["inputs"]["cases"], cases["TERM-09"]["expected"]["due"]
    for at, words in ((1, "14 days"), (2, "net 15 days")):
        found = call("AR_DUE_DATE", days(given[at]["invoice"]), one(words))
        assert found == days(expected[at])


@pytest.mark.parametrize("name", ["TERM-13", "TERM-14"])
def test_term_13_14_percents_a_fixed_part_and_the_rest(name: str, cases: dict[str, Case]) -> None:
    given, expected = cases[name]["inputs"], cases[name]["expected"]["schedule"]
    text = f"25%@30; 25%@1m; {given['terms'][2]['amount']}@1m+30; rest@2m+44"
    found = call("AR_DUE_DATE", days(given["invoice"]), one(text))
    assert found == (tuple(typed(line["due"]) for line in expected),)
    for line, part in enumerate(expected, 1):
        one_line = call("AR_DUE_DATE", days(given["invoice"]), one(text), None, one(float(line)))
        assert one_line == days(part["due"])


def test_disc_01_discount_on_the_gross(cases: dict[str, Case]) -> None:
    given, expected = cases["DISC-01"]["inputs"], cases["DISC-01"]["expected"]
    found = call("AR_DISCOUNT", amounts(given["total"]), days(given["invoice"]),
                 days(given["paid_on"]), one("10/1 net 30"), None,
                 amounts(given["total"] - given["net"]))  # fmt: skip
    assert found == amounts(expected["discount_total"])


def test_disc_07_discount_on_the_net(cases: dict[str, Case]) -> None:
    given, expected = cases["DISC-07"]["inputs"], cases["DISC-07"]["expected"]
    tax = [invoice["net"] * invoice["tax_rate"] for invoice in given["invoices"]]
    found = call(
        "AR_DISCOUNT", amounts(*(invoice["total"] for invoice in given["invoices"])),
        days("2026-01-01"), days("2026-01-11"), one("10/10 net 30"), None, amounts(*tax), None,
        one("Excluded"),
    )  # fmt: skip
    assert sum(amount for (amount,) in found) == expected["discount"]


def test_disc_09_13_24_terms_windows_and_no_tax(cases: dict[str, Case]) -> None:
    first, second = cases["DISC-09"]["inputs"]["invoices"]
    found = call("AR_DISCOUNT", amounts(first["amount"], second["amount"]), days("2026-01-01"),
                 days("2026-01-11"), down("net 30", "10/10 net 30"))  # fmt: skip
    assert sum(amount for (amount,) in found) == cases["DISC-09"]["expected"]["discount"]
    given, expected = cases["DISC-13"]["inputs"], cases["DISC-13"]["expected"]
    found = call("AR_DISCOUNT", amounts(given["total"]), days("2026-01-01"),
                 days("2026-01-01", "2026-03-02"), one("0.1/30 net 60"))  # fmt: skip
    assert found == amounts(*expected["discount"])
    net = cases["DISC-24"]["inputs"]["net"]
    found = call(
        "AR_DISCOUNT", amounts(net), days("2026-01-01"), days("2026-01-01"), one("2/10 30")
    )
    assert found == amounts(cases["DISC-24"]["expected"]["discount"])


def policies(*rows: tuple[Any, ...]) -> Rows:
    """A table of fee policies with the headings that are needed."""
    return (("Fee Policy", "Method", "Basis", "Rate %", "Flat"), *rows)


def test_fee_02_interest_and_a_flat_fee(cases: dict[str, Case]) -> None:
    given, expected = cases["FEE-02"]["inputs"], cases["FEE-02"]["expected"]
    table = policies(("interest", "daily", "due", float(given["annual_rate_percent"]), None),
                     ("flat", "flat", "due", None, float(given["fee"])))  # fmt: skip
    found = call("AR_LATE_FEE", amounts(given["invoice"]), days("2025-06-01"), days("2025-06-16"),
                 down("interest", "flat"), table)  # fmt: skip
    assert found == amounts(expected["interest"], expected["fee"])


def test_fee_12_days_from_due_or_invoice_date(cases: dict[str, Case]) -> None:
    given, expected = cases["FEE-12"]["inputs"], cases["FEE-12"]["expected"]
    rate = float(given["annual_rate_percent"])
    table = policies(
        ("due", "daily", "due", rate, None), ("invoice", "daily", "invoice", rate, None)
    )
    found = call("AR_LATE_FEE", amounts(given["balance"]), days("2025-01-31"),
                 days(given["assessed"]), down("due", "invoice"), table, None,
                 days(given["invoice"]))  # fmt: skip
    assert found == amounts(expected["charge_due_basis"], expected["charge_invoice_basis"])


def test_fee_14_a_part_payment_is_two_balances(cases: dict[str, Case]) -> None:
    given, expected = cases["FEE-14"]["inputs"], cases["FEE-14"]["expected"]
    paid, rate = given["part_payment"], one(float(given["annual_rate_percent"]))
    first = call("AR_LATE_FEE", amounts(given["invoice"]), days(given["due"]), days(paid["date"]),
                 rate)  # fmt: skip
    rest = call("AR_LATE_FEE", amounts(given["invoice"] - paid["amount"]), days(given["due"]),
                days(given["charge_through"]), rate, None, days(paid["date"]))  # fmt: skip
    assert [*first[0], *rest[0]] == [part["interest"] for part in expected["segments"]]


def test_age_08_22_instalments_age_by_themselves_and_a_day_late_is_1_to_30(
    cases: dict[str, Case],
) -> None:
    schedule = cases["AGE-08"]["inputs"]["invoice"]["schedule"]
    paid = call("AR_ALLOCATE", amounts(cases["AGE-08"]["inputs"]["payment"]["amount"]),
                amounts(*(part["amount"] for part in schedule)),
                days(*(part["due"] for part in schedule)), None, one(5.0))  # fmt: skip
    assert paid == amounts(30, 10, 0)
    given, expected = cases["AGE-22"]["inputs"], cases["AGE-22"]["expected"]
    due = call("AR_DUE_DATE", days(given["invoice"]["date"]), one(given["invoice"]["terms"]))
    late = call("AR_DAYS_PAST_DUE", due, days(given["today"]))
    assert due == days(expected["due"])
    assert late == one(expected["days_overdue"])
    assert call("AR_BUCKET", late) == one(expected["bucket"])


def test_age_26_documents_and_credits_that_cover_each_other_leave_nothing() -> None:
    opened = call("AR_OPEN", down("A", "B", "R", "C"), amounts(100, 100, -100, -100),
                  down("A", "R", "B", "C"), amounts(100, -100, 100, -100))  # fmt: skip
    assert opened == amounts(0, 0, 0, 0)
    found = call("AR_AGING", one("Acme"), days("2025-06-30"), opened, days("2025-06-30"))
    assert [row[0] for row in found] == ["Customer ID", "Total"]


def test_pay_03_06_23_money_goes_to_the_oldest_up_to_what_is_open(
    cases: dict[str, Case],
) -> None:
    invoice, case = cases["PAY-03"]["inputs"]["invoice"], cases["PAY-03"]["inputs"]["cases"][0]
    found = call("AR_ALLOCATE", amounts(case["receive"]), amounts(invoice), days("2026-01-01"))
    assert found == amounts(cases["PAY-03"]["expected"]["a"]["allocated"])
    given, expected = cases["PAY-06"]["inputs"], cases["PAY-06"]["expected"]
    found = call("AR_ALLOCATE", amounts(given["bank_receipt"]), amounts(*given["invoices"]),
                 days("2026-01-01", "2026-01-02"))  # fmt: skip
    assert found == amounts(*expected["applied"])
    part = cases["PAY-23"]["inputs"]
    found = call("AR_ALLOCATE", amounts(part["pay"]), amounts(part["invoice"]), days("2026-01-01"))
    assert part["invoice"] - found[0][0] == cases["PAY-23"]["expected"]["due"]


def test_kpi_01_04_collection_effectiveness_and_days_sales_outstanding(
    cases: dict[str, Case],
) -> None:
    given, expected = cases["KPI-01"]["inputs"], cases["KPI-01"]["expected"]
    found = call(
        "AR_CEI", amounts(given["beginning_ar"]), amounts(given["sales_of_period"]),
        amounts(given["ending_total_ar"]), amounts(given["ending_current_ar"]),
    )  # fmt: skip
    assert found == one(expected["cei_with_period_sales"])
    listed = cases["KPI-04"]["inputs"]["cases"]
    found = call("AR_DSO", *(amounts(*(case[key] for case in listed))
                             for key in ("ar", "credit_sales", "days")))  # fmt: skip
    assert found == down(*cases["KPI-04"]["expected"]["dso"])


def test_pay_24_more_than_is_open_is_never_paid(cases: dict[str, Case]) -> None:
    given = cases["PAY-24"]["inputs"]
    found = call("AR_ALLOCATE", amounts(sum(given["requested_allocations"])),
                 amounts(given["invoice"]), days("2026-01-01"))  # fmt: skip
    assert found == amounts(given["invoice"])

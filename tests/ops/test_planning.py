"""Making, posting, undoing and calling off payment plans; what they do to fees and calls."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ar_xl.core.findings import Refusal
from ar_xl.core.ledger import Change
from ar_xl.core.policy import FeePolicy, Policy
from ar_xl.ops.collecting.collections import collections
from ar_xl.ops.collecting.planterms import EVERY, due_dates
from ar_xl.ops.verify import verify
from tests.ledger_text import ledger, lines, policy
from tests.ops.plan_office import late_office, refused

DAILY = policy(
    fees=(FeePolicy("Daily", "daily", rate_percent=Decimal("36.5")),), default_fee_policy="Daily"
)
MONTHLY = policy(
    fees=(FeePolicy("Month", "monthly", rate_percent=Decimal(1)),), default_fee_policy="Month"
)
PAYS = """
    Receipts
    Receipt No | Receipt Date | Customer ID | Amount | Method | Remittance
    R-1        | {}           | ACME        | {}     | Wire   | {}
"""


def test_lines_add_up_to_what_is_past_due_and_the_last_takes_the_rounding() -> None:
    assert late_office().plans(payments=3) == lines(
        """
        2026-04-01 | 30000 | 0 | 0 | Due
        2026-05-01 | 30000 | 0 | 0 | Due
        2026-06-01 | 30001 | 0 | 0 | Due
        """
    )


def test_interest_is_on_the_declining_balance_by_days_and_rounded_once_a_line() -> None:
    # 900.01 x 6 % x 22/365 = 3.2548; 600.01 x 6 % x 30/365 = 2.9590; 300.01 x 6 % x 31/365 = 1.5288
    clerk = late_office()
    assert clerk.plans(percent=Decimal(6)) == lines(
        """
        2026-04-01 | 30325 | 325 | 0 | Due
        2026-05-01 | 30296 | 296 | 0 | Due
        2026-06-01 | 30154 | 153 | 0 | Due
        """
    )
    assert "PL-1-INT-1" not in clerk.open("2026-03-31")
    assert clerk.open("2026-05-01")["PL-1-INT-2"] == "2.96"
    assert not verify(clerk.books).findings


def test_amounts_contain_the_interest_and_the_rest_is_what_is_left() -> None:
    clerk = late_office()
    assert clerk.plans(percent=Decimal(6), amounts="300, 300, rest") == lines(
        """
        2026-04-01 | 30000 | 325 | 0 | Due
        2026-05-01 | 30000 | 297 | 0 | Due
        2026-06-01 | 30779 | 156 | 0 | Due
        """
    )


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"amounts": "300, 300, 300"}, "plan_amounts_do_not_add_up: Payment 3 is USD 300.00; "
         "before it USD 300.01 is open."),
        ({"amounts": "900; 100; rest"}, "plan_amounts_do_not_add_up: Payment 2 is USD 100.00; "
         "before it USD 0.01 is open."),
        ({"amounts": "300, rest"}, "plan_not_understood: 2 amounts for 3 due dates."),
        ({"amounts": "300, x, rest"}, "plan_not_understood: `x` is no amount of USD above zero."),
        ({"documents": ("INV-4",)}, "plan_document_not_open: `INV-4` of customer BOLT in a plan "
         "of ACME."),
        ({"customer": "EURO"}, "plan_of_nothing: Nothing of EURO can be planned on 2026-03-10."),
        ({"customer": "NOBODY"}, "plan_customer_unknown: There is no customer `NOBODY`."),
    ],
)  # fmt: skip
def test_what_cannot_be_planned_is_refused_with_the_figures(
    asked: dict[str, object], why: str
) -> None:
    assert refused(late_office(), **asked) == why


def test_a_document_is_in_one_live_plan_only() -> None:
    clerk = late_office()
    clerk.plans()
    assert refused(clerk, documents=("INV-1",)) == (
        "plan_document_in_another_plan: `INV-1` is in PL-1."
    )
    assert refused(clerk) == (
        "plan_of_nothing: Nothing of ACME can be planned on 2026-03-10: "
        "`INV-1` is in PL-1; `INV-2` is in PL-1."
    )
    assert clerk.plans(agreed="2026-04-10", payments=1, first=date(2026, 5, 1))[-1].startswith(
        "2026-05-01 | 95001"
    )  # PL-1 is broken by then, so all that is past due may be planned anew


def test_disputed_amounts_stay_out_unless_asked_for() -> None:
    clerk = late_office()
    contested = ledger("Disputes\nInvoice No | Amount | Opened\nINV-1 | 100.00 | 2026-03-01")
    clerk.books = clerk.books.after(Change(appends={"Disputes": contested.posted("Disputes")}))
    assert clerk.plans(payments=1) == [
        "2026-04-01 | 80001 | 0 | 0 | Due",
        "USD 100.00 in dispute is not in the plan",
    ]


TYPED = """
    Plans
    Plan No | Customer ID | Documents    | Due Date   | Amount | Agreed
            | ACME        | INV-1; INV-2 | 2026-05-01 | 500.01 | 2026-03-10
            | ACME        | INV-1; INV-2 | 2026-04-01 | {}     | 2026-03-10
"""


def test_typed_lines_are_checked_and_posted_in_the_order_of_due_dates() -> None:
    clerk = late_office()
    clerk.types(TYPED.format("400.00"))
    assert clerk.posts_plans("2026-03-10") == []
    assert clerk.column("Plans", "Due Date") == ["2026-04-01", "2026-05-01"]
    assert clerk.column("Plans", "Plan No") == ["PL-1", "PL-1"]
    assert clerk.column("Plans", "Line") == ["1", "2"]


def test_typed_lines_that_do_not_add_up_are_found_with_the_difference() -> None:
    clerk = late_office()
    clerk.types(TYPED.format("390.00"))
    assert clerk.posts_plans("2026-03-10") == [
        "plan_does_not_add_up: lines of USD 890.01; open on 2026-03-10 is 900.01: 10.00 too little"
    ]


def test_a_receipt_that_names_the_plan_pays_its_documents_oldest_first() -> None:
    clerk = late_office()
    clerk.plans()
    clerk.types(PAYS.format("2026-04-01", "450.00", "PL-1 420.00"))
    clerk.posts("2026-04-01")
    assert clerk.open("2026-04-01") == {
        "INV-2": "480.01", "INV-4": "70.00", "INV-3": "50.00", "R-1": "-30.00",
    }  # fmt: skip
    assert clerk.lines("2026-04-01")[1] == "2026-05-01 | 30000 | 0 | 15000 | Due"


def test_a_receipt_above_what_is_open_of_the_plan_is_refused() -> None:
    clerk = late_office()
    clerk.plans()
    clerk.types(PAYS.format("2026-04-01", "1000.00", "PL-1 950.00"))
    before = clerk.last()
    assert clerk.posts("2026-04-01") == before


def test_a_receipt_that_names_the_plan_alone_pays_what_it_can() -> None:
    clerk = late_office()
    clerk.plans()
    clerk.types(PAYS.format("2026-04-01", "1000.00", "pl-1"))
    clerk.posts("2026-04-01")
    assert clerk.open("2026-04-01") == {"INV-4": "70.00", "INV-3": "50.00", "R-1": "-99.99"}
    assert clerk.state("2026-04-01") == ["Paid 2026-04-01"]


@pytest.mark.parametrize("rules", [DAILY, MONTHLY], ids=["daily", "monthly"])
def test_fees_rest_while_a_plan_is_kept_and_are_caught_up_from_the_due_date_after_a_break(
    rules: Policy,
) -> None:
    kept, never = late_office(rules), late_office(rules)
    kept.plans()
    assert [line for line in kept.charges("2026-03-31") if "INV-1" in line] == [
        "INV-1 | 0 | 2026-02-04 | left out: on payment plan PL-1"
    ]
    after, plain = kept.charges("2026-04-30"), never.charges("2026-04-30")
    assert [line for line in after if line.startswith(("INV-1 ", "INV-2 "))] == [
        line for line in plain if line.startswith(("INV-1 ", "INV-2 "))
    ]


def test_what_a_kept_plan_has_paid_within_the_month_bears_no_fee() -> None:
    clerk = late_office(DAILY)
    clerk.plans()
    clerk.types(PAYS.format("2026-03-20", "450.00", "PL-1"))
    clerk.posts("2026-03-31")
    assert not [line for line in clerk.charges("2026-03-31") if line.startswith("INV-1 ")]


def test_live_plans_are_not_called_about_and_broken_ones_count_as_broken_promises() -> None:
    clerk = late_office()
    clerk.plans()
    kept = collections(clerk.books, date(2026, 4, 3))
    assert kept.left_out.customer_id.tolist() == ["ACME"]
    assert kept.left_out.planned.tolist() == [90001]
    broken = collections(clerk.books, date(2026, 4, 5)).calls
    acme = broken.customer_id.tolist().index("ACME")
    assert broken.broken_plan[acme] == "payment plan PL-1 broken on 2026-04-05"
    assert (broken.overdue[acme], broken.broken[acme]) == (95001, 1)


def test_a_plan_called_off_takes_back_interest_not_due_and_restores_the_terms() -> None:
    clerk = late_office()
    clerk.plans(percent=Decimal(6))
    clerk.calls_off("PL-1", "2026-04-02")
    assert clerk.state("2026-04-01") == ["Live NaT"]
    assert clerk.state("2026-04-02") == ["Called off 2026-04-02"]
    assert "PL-1-INT-1" in clerk.open("2026-12-31")
    assert "PL-1-INT-2" not in clerk.open("2026-12-31")
    assert not verify(clerk.books).findings
    with pytest.raises(Refusal, match="called off on 2026-04-02"):
        clerk.calls_off("PL-1", "2026-04-03")


def test_undoing_a_plan_leaves_no_trace_in_the_books_and_redrafts_its_lines() -> None:
    clerk = late_office()
    before = clerk.open("2026-12-31")
    clerk.plans(percent=Decimal(6))
    clerk.undoes(clerk.last(), redraft=True)
    assert clerk.open("2026-12-31") == before
    assert clerk.lines("2026-12-31") == []
    assert clerk.posts_plans("2026-03-10") == []
    assert clerk.open("2026-12-31")["PL-1-INT-3"] == "1.53"
    assert not verify(clerk.books).findings


def test_documents_on_a_plan_are_not_undone_before_it() -> None:
    clerk = late_office()
    clerk.plans()
    with pytest.raises(Refusal, match="later batches build on it: B-000002"):
        clerk.undoes("B-000001")


def test_a_write_off_shortens_the_plan_from_its_end() -> None:
    clerk = late_office()
    clerk.plans()
    clerk.types(
        """
        Adjustments
        Date       | Kind      | Document No | Amount | Reason
        2026-03-20 | Write-off | INV-2       | 350.01 | hopeless
        """
    )
    assert clerk.adjusts("2026-03-31") == []
    assert [line.split(" | ")[-1] for line in clerk.lines("2026-03-31")] == ["Due", "Due", "Paid"]
    assert clerk.state("2026-03-31") == ["Live NaT"]


def test_a_payment_that_bounced_did_not_fill_the_plan() -> None:
    clerk = late_office()
    clerk.plans()
    clerk.types(PAYS.format("2026-04-01", "300.00", "PL-1"))
    clerk.posts("2026-04-01")
    assert clerk.state("2026-04-10") == ["Live NaT"]
    clerk.types(
        """
        Adjustments
        Date       | Kind    | Document No | Reason
        2026-04-12 | Bounced | R-1         | no cover
        """
    )
    assert clerk.adjusts("2026-04-12") == []
    assert clerk.state("2026-04-11") == ["Live NaT"]
    assert clerk.state("2026-04-12") == ["Broken 2026-04-05"]


def test_calling_off_a_broken_plan_takes_back_all_interest_dated_after_the_break() -> None:
    clerk = late_office(DAILY)
    clerk.plans(percent=Decimal(6))  # due 1 April, 1 May, 1 June; broken on 5 April
    clerk.calls_off("PL-1", "2026-05-20")
    assert [n for n in clerk.open("2026-12-31") if n.startswith("PL")] == ["PL-1-INT-1"]
    assert clerk.open("2026-05-19")["PL-1-INT-2"] == "2.96"
    assert "PL-1-INT-2" not in clerk.open("2026-05-20")
    assert not verify(clerk.books).findings


def test_interest_after_a_break_that_somebody_paid_is_not_taken_back() -> None:
    clerk = late_office()
    clerk.plans(percent=Decimal(6))
    clerk.types(PAYS.format("2026-05-02", "2.96", "PL-1-INT-2"))
    clerk.posts("2026-05-02")
    clerk.calls_off("PL-1", "2026-05-20")
    assert "PL-1-INT-3" not in clerk.open("2026-12-31")
    assert "PL-1-INT-2" not in clerk.open("2026-12-31")
    assert not verify(clerk.books).findings


def test_a_broken_plan_is_called_off_before_another_one_charges_interest_for_the_same_days() -> (
    None
):
    clerk = late_office()
    clerk.plans(percent=Decimal(6))
    anew = {"agreed": "2026-04-10", "first": date(2026, 5, 1), "documents": ("INV-1", "INV-2")}
    assert refused(clerk, **anew) == (
        "plan_document_in_another_plan: `INV-1` is in PL-1, broken on 2026-04-05, whose interest "
        "for later was not taken back."
    )
    clerk.calls_off("PL-1", "2026-04-10")
    assert refused(clerk, **anew) == ""


@pytest.mark.parametrize("paid", ["900.01", "907.75"], ids=["principal", "all the interest too"])
def test_a_plan_whose_documents_are_paid_early_is_called_off_for_its_interest(paid: str) -> None:
    clerk = late_office()
    clerk.plans(percent=Decimal(6))
    clerk.types(PAYS.format("2026-03-20", paid, "PL-1"))
    clerk.posts("2026-03-20")
    assert clerk.state("2026-03-20") == ["Live NaT" if paid == "900.01" else "Paid 2026-03-20"]
    clerk.calls_off("PL-1", "2026-03-20")
    assert not [n for n in clerk.open("2026-12-31") if n.startswith("PL")]
    with pytest.raises(Refusal, match="called off"):
        clerk.calls_off("PL-1", "2026-03-21")


@pytest.mark.parametrize("every", EVERY)
def test_payments_that_go_on_after_the_last_date_of_excel_are_refused(every: str) -> None:
    with pytest.raises(Refusal, match="after 9999-12-31"):
        due_dates(date(9999, 12, 1), 12, every)

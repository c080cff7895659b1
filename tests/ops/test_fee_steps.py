"""The fee that goes with a step of the ladder, once the step was really done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.policy import FeeCeiling, FeePolicy, LadderStep, Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.fees.late_fees import LateFees, assess, late_fees
from tests.posted_lines import book

FLAT = FeePolicy("F", "flat", flat=Decimal(25))
LADDER = (
    LadderStep("First", 14),
    LadderStep("Second", 30, fee_policy="F"),
    LadderStep("Final", 45, fee_policy="High"),
)
RULES = Policy(
    default_settings(default_fee_policy="Low"),
    fee_policies={
        "Low": FeePolicy("Low", "daily", rate_percent=Decimal("3.65")),
        "High": FeePolicy("High", "daily", rate_percent=Decimal("7.3")),
        "F": FLAT,
    },
    ladder=LADDER,
)
LINES = """
    invoice A1 Acme 2013-01-01 1000.00 due=2013-01-10
    invoice A2 Acme 2013-01-01 1000.00 due=2013-02-10
    """  # 3.65 % of 1,000 is ten cents a day, 7.3 % twenty


def charged(run: LateFees) -> list[tuple[str, str, int, int]]:
    rows = zip(run.invoice_no, run.policy, run.days, run.fee, strict=True)
    return [(str(no), str(name), int(days), int(fee)) for no, name, days, fee in rows]


def post(ledger: Ledger, as_of: date, batch: str) -> Ledger:
    change = late_fees(ledger, Request(as_of, "Ann")).change
    rows = {name: frame.replace(batch=batch) for name, frame in change.appends.items()}
    return ledger.after(Change(appends=rows))


def test_a_flat_fee_of_a_step_is_charged_beside_interest_for_items_old_enough_for_the_step() -> (
    None
):
    ledger = book(f"{LINES}\nstep Acme 2013-02-20 Second", RULES)
    run = assess(ledger, date(2013, 2, 20))
    assert charged(run) == [
        ("A1", "Low", 41, 410), ("A2", "Low", 10, 100), ("A1", "F (Second)", 41, 2500),
    ]  # fmt: skip
    assert run.rate.tolist()[2] == "25.00, once for Second"


def test_it_is_charged_once_per_invoice_and_step_however_many_months_follow() -> None:
    ledger = book(f"{LINES}\nstep Acme 2013-02-20 Second", RULES)
    ledger = post(ledger, date(2013, 2, 28), "B-F1")
    assert [row[1] for row in charged(assess(ledger, date(2013, 3, 31)))] == ["Low", "Low"]


def test_a_step_done_again_for_younger_items_charges_those_alone() -> None:
    ledger = book(f"{LINES}\nstep Acme 2013-02-20 Second\nstep Acme 2013-03-20 Second", RULES)
    ledger = post(ledger, date(2013, 2, 28), "B-F1")
    flat = [row for row in charged(assess(ledger, date(2013, 3, 31))) if "F" in row[1]]
    assert flat == [("A2", "F (Second)", 49, 2500)]


def test_a_letter_that_was_made_and_not_sent_bears_no_fee() -> None:
    ledger = book(f"{LINES}\nstep Acme 2013-02-20 Second", RULES)
    rows = ledger.posted("Activities")
    made = {**ledger.tables, "Activities": rows.replace(paper="Second.pdf")}
    waiting = replace(ledger, tables=made, views={})
    assert {row[1] for row in charged(assess(waiting, date(2013, 2, 28)))} == {"Low"}


def test_a_step_about_one_invoice_leaves_the_others_alone() -> None:
    ledger = book(f"{LINES}\nstep Acme 2013-03-20 Second for=A2", RULES)
    flat = [row[0] for row in charged(assess(ledger, date(2013, 3, 31))) if "F" in row[1]]
    assert flat == ["A2"]


def test_interest_of_a_step_takes_over_from_its_day_on_and_no_day_is_charged_twice() -> None:
    ledger = book(f"{LINES}\nstep Acme 2013-03-01 Final", RULES)
    first = [row for row in charged(assess(ledger, date(2013, 3, 31))) if row[0] == "A1"]
    assert first == [("A1", "Low", 50, 500), ("A1", "High (Final)", 30, 600)]
    ledger = post(ledger, date(2013, 3, 31), "B-F1")
    after = [row for row in charged(assess(ledger, date(2013, 4, 30))) if row[0] == "A1"]
    assert after == [("A1", "High (Final)", 30, 600)]


def test_the_ceiling_counts_for_interest_and_reminder_fee_together() -> None:
    ohio = FeeCeiling("Ohio", None, Decimal("7.3"))
    ledger = book(
        f"customer Acme jurisdiction=Ohio\n{LINES}\nstep Acme 2013-02-20 Second",
        replace(RULES, fee_ceilings=(ohio,)),
    )
    run = assess(ledger, date(2013, 2, 20))
    assert [row[3] for row in charged(run) if row[0] == "A1"] == [410, 410]  # 41 days of 20 cents


def test_an_own_policy_that_charges_no_days_ends_with_interest_of_a_step() -> None:
    rules = replace(RULES, settings=default_settings(default_fee_policy="F"))
    ledger = book(f"{LINES}\nstep Acme 2013-03-01 Final", rules)
    assert charged(assess(ledger, date(2013, 3, 31))) == [
        ("A2", "F", 49, 2500), ("A1", "High (Final)", 30, 600),
    ]  # fmt: skip

"""Late fees (semantics, section 6): every method, what is left out, and once-only charging."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ar_xl.core.frames import concat
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.policy import FeePolicy, Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.aging import aging
from ar_xl.ops.fees.late_fees import LateFees, assess, late_fees
from tests.posted_lines import book

END = date(2013, 3, 2)


def policy(method: str = "daily", rate: str = "12", **more: Any) -> Policy:
    """A workbook with one fee policy, P, for every customer."""
    amounts = {"flat", "minimum", "cap_percent", "ceiling_percent"}
    given: dict[str, Any] = {
        key: Decimal(text) if key in amounts else text for key, text in more.items()
    }
    fee = FeePolicy("P", method, rate_percent=Decimal(rate), **given)
    return Policy(settings=default_settings(default_fee_policy="P"), fee_policies={"P": fee})


def charged(run: LateFees) -> list[tuple[str, int, int, int]]:
    """Invoice, base, days, fee."""
    return [
        (str(run.invoice_no[i]), int(run.overdue[i]), int(run.days[i]), int(run.fee[i]))
        for i in range(len(run))
    ]


def post(ledger: Ledger, as_of: date, batch: str) -> Ledger:
    """The ledger after a run, its rows in a batch."""
    change = late_fees(ledger, Request(as_of, "Ann")).change
    rows = {name: frame.replace(batch=batch) for name, frame in change.appends.items()}
    return ledger.after(type(change)(appends=rows))


INVOICE = "invoice A1 Acme 2013-01-01 1000.00 due=2013-01-31"


def test_daily_interest_follows_the_declining_balance_and_is_rounded_once() -> None:
    ledger = book(
        f"""
        {INVOICE}
        receipt R1 Acme 2013-02-15 400.00
        apply R1 A1 400.00 2013-02-15
        """,
        policy(),
    )
    # 15 days on 1,000 and 15 on 600: 24,000 x 12 % / 365 = 7.8904
    assert charged(assess(ledger, END)) == [("A1", 60000, 30, 789)]


@pytest.mark.parametrize(
    ("basis", "fee"), [("365", 986), ("360", 1000), ("actual", 986)]
)  # 1,000 x 12 % x 30 days
def test_day_basis(basis: str, fee: int) -> None:
    assert charged(assess(book(INVOICE, policy(day_basis=basis)), END))[0][3] == fee


def test_actual_days_of_a_leap_year_are_a_366th() -> None:
    lines = "invoice A1 Acme 2011-12-01 100000.00 due=2011-12-21"
    run = assess(book(lines, policy(day_basis="actual")), date(2012, 1, 20))
    # 10 days of 2011 (to 31 December) and 20 of 2012
    years = Decimal(10) / 365 + Decimal(20) / 366
    assert charged(run)[0][3] == round(10_000_000 * years * 12 / 100)


def test_the_largest_amount_overdue_for_years_bears_its_fee_to_the_cent() -> None:
    lines = "invoice A1 Acme 2004-12-01 9999999999999.99 due=2004-12-31"
    run = assess(book(lines, policy(day_basis="actual")), date(2012, 12, 31))
    # Six common years and two leap years: eight times 12 % of 9,999,999,999,999.99.
    assert charged(run)[0][2:] == (6 * 365 + 2 * 366, 959_999_999_999_999)


def test_an_item_due_on_the_day_is_not_overdue() -> None:
    assert len(assess(book(INVOICE, policy()), date(2013, 1, 31))) == 0


@pytest.mark.parametrize(("rule", "days"), [("shift", 20), ("threshold", 30)])
def test_grace_days_are_never_charged_or_only_a_threshold(rule: str, days: int) -> None:
    ledger = book(INVOICE, policy(grace_days=10, grace_rule=rule))
    assert len(assess(ledger, date(2013, 2, 10))) == 0
    assert charged(assess(ledger, END))[0][2] == days


def test_days_count_from_the_invoice_date_by_basis_but_only_once_overdue() -> None:
    ledger = book(INVOICE, policy(basis="invoice"))
    assert len(assess(ledger, date(2013, 1, 31))) == 0
    assert charged(assess(ledger, END))[0][2] == 60


@pytest.mark.parametrize(
    ("method", "more", "fee"),
    [
        ("none", {}, None),
        ("flat", {"flat": "25"}, 2500),
        ("percent", {"rate": "2"}, 2000),
        ("monthly", {"rate": "1.5"}, 1500),  # 31 January to 28 February is one month
        ("greater", {"rate": "12", "flat": "5"}, 986),
        ("greater", {"rate": "12", "flat": "15"}, 1500),
        ("sum", {"rate": "2", "flat": "5"}, 2500),
    ],
)
def test_every_method(method: str, more: dict[str, str], fee: int | None) -> None:
    run = assess(book(INVOICE, policy(method, **more)), END)
    assert [row[3] for row in charged(run)] == ([] if fee is None else [fee])


def test_monthly_fees_take_the_balance_at_the_beginning_of_each_completed_month() -> None:
    ledger = book(
        f"""
        {INVOICE}
        receipt R1 Acme 2013-02-15 400.00
        apply R1 A1 400.00 2013-02-15
        """,
        policy("monthly", rate="1"),
    )
    early = assess(ledger, date(2013, 2, 27))
    assert early.fee.tolist() == [0]
    assert early.note.tolist() == ["no month completed since 2013-01-31"]
    assert assess(ledger, date(2013, 2, 28)).fee.tolist() == [1000]
    assert assess(ledger, date(2013, 3, 31)).fee.tolist() == [1600]


def test_monthly_anniversaries_do_not_drift_after_a_short_month() -> None:
    ledger = post(book(INVOICE, policy("monthly", rate="1")), date(2013, 3, 2), "B-F1")
    assert assess(ledger, date(2013, 4, 1)).fee.tolist() == [1000]
    assert str(assess(ledger, date(2013, 4, 1)).end[0]) == "2013-03-31"


def test_flat_and_percent_do_not_catch_up_missed_months_but_daily_does() -> None:
    late = date(2013, 6, 30)
    assert assess(book(INVOICE, policy("flat", flat="25")), late).fee.tolist() == [2500]
    assert assess(book(INVOICE, policy("percent", rate="2")), late).fee.tolist() == [2000]
    assert assess(book(INVOICE, policy()), late).days.tolist() == [150]


def test_a_flat_fee_is_one_a_document_however_many_instalments_are_late() -> None:
    ledger = book(
        """
        invoice A1 Acme 2013-01-01 100.00 due=2013-02-10
        instalment A1 1 2013-01-31 40.00
        instalment A1 2 2013-02-10 60.00
        """,
        policy("flat", flat="25"),
    )
    assert charged(assess(ledger, END)) == [("A1", 10000, 30, 2500)]


def test_interest_of_instalments_is_added_up_and_rounded_once() -> None:
    ledger = book(
        """
        invoice A1 Acme 2013-01-01 30.00 due=2013-02-28
        instalment A1 1 2013-02-27 10.00
        instalment A1 2 2013-02-27 10.00
        instalment A1 3 2013-02-27 10.00
        """,
        policy(rate="43.8"),
    )
    # 3 days at 0.12 % a day: 3.6 cents each would make 12, together they are 10.8
    assert assess(ledger, END).fee.tolist() == [11]


def test_no_fee_on_fees_unless_compound() -> None:
    lines = f"""
        {INVOICE}
        late-fee LF1 Acme 2013-01-31 100.00 for=A1
        """
    assert charged(assess(book(lines, policy()), END)) == [("A1", 100000, 30, 986)]
    run = assess(book(lines, policy(compound=True)), END)
    assert charged(run) == [("A1", 110000, 30, 1085)]


def test_unapplied_credits_are_netted_from_their_own_date_against_the_oldest() -> None:
    ledger = book(
        """
        invoice OLD Acme 2013-01-01 300.00 due=2013-01-31
        invoice NEW Acme 2013-01-01 1000.00 due=2013-02-10
        receipt R1 Acme 2013-02-15 400.00
        """,
        policy(),
    )
    # OLD bears 15 days and is then covered; NEW bears 5 days on 1,000 and 15 on 900
    assert charged(assess(ledger, END)) == [("OLD", 0, 30, 148), ("NEW", 90000, 20, 608)]


def test_applying_the_credit_on_its_date_gives_the_same_fee_as_netting_it() -> None:
    netted = book(f"{INVOICE}\nreceipt R1 Acme 2013-02-15 400.00", policy())
    applied = book(
        f"{INVOICE}\nreceipt R1 Acme 2013-02-15 400.00\napply R1 A1 400.00 2013-02-15", policy()
    )
    assert charged(assess(netted, END)) == charged(assess(applied, END))


def test_disputed_amounts_bear_no_fee_while_the_dispute_is_open() -> None:
    partly = f"{INVOICE}\ndispute A1 2013-02-10 400.00 closed=2013-02-20"
    # 10 days on 1,000, 10 on 600, 10 on 1,000 again
    assert charged(assess(book(partly, policy()), END)) == [("A1", 100000, 30, 855)]


def test_a_wholly_disputed_item_is_left_out_with_the_reason() -> None:
    run = assess(book(f"{INVOICE}\ndispute A1 2013-02-10", policy()), END)
    assert run.fee.tolist() == [0]
    assert run.note.tolist() == ["left out: all 1,000.00 in dispute"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("customer Acme reminder_block=court~ruling", "reminders are blocked: court ruling"),
        ("customer Acme status=Agency", "the customer is with a collection agency"),
        ("customer Acme status=Legal", "the customer is in legal action"),
        ("customer Acme status=Closed", "the customer is closed"),
        ("promise Acme 2013-02-20 2013-03-01", "promised for 2013-03-01"),
        ("promise Acme 2013-02-20 2013-03-01 1000.00 for=A1", "promised for 2013-03-01"),
    ],
)
def test_who_is_left_out_and_why(line: str, reason: str) -> None:
    run = assess(book(f"{INVOICE}\n{line}", policy()), END)
    assert run.fee.tolist() == [0]
    assert run.note.tolist() == [f"left out: {reason}"]


def test_a_broken_promise_leaves_nothing_out() -> None:
    run = assess(book(f"{INVOICE}\npromise Acme 2013-02-01 2013-02-10", policy()), END)
    assert charged(run) == [("A1", 100000, 30, 986)]


def test_a_promise_of_a_part_leaves_that_part_out() -> None:
    run = assess(book(f"{INVOICE}\npromise Acme 2013-02-20 2013-03-01 400.00", policy()), END)
    assert charged(run) == [("A1", 60000, 30, 592)]
    assert run.note.tolist() == ["400.00 promised and left out"]


def test_a_minimum_that_skips_charges_nothing_now_and_the_days_count_next_time() -> None:
    ledger = book(INVOICE, policy(minimum="5"))
    after = post(ledger, date(2013, 2, 10), "B-F1")
    assert len(after.posted("Fees")) == 0
    assert assess(ledger, date(2013, 2, 10)).note.tolist() == [
        "3.29 is below the minimum of 5.00: nothing is charged"
    ]
    assert charged(assess(after, END)) == [("A1", 100000, 30, 986)]


def test_a_minimum_that_raises() -> None:
    run = assess(book(INVOICE, policy(minimum="5", minimum_rule="raise")), date(2013, 2, 10))
    assert (run.computed.tolist(), run.fee.tolist()) == ([329], [500])
    assert run.note.tolist() == ["raised to the minimum of 5.00"]


def test_the_cap_counts_all_fees_on_the_invoice_less_waivers() -> None:
    lines = f"""
        {INVOICE}
        late-fee LF1 Acme 2013-01-31 18.00 for=A1
        fee LF1 A1 P 2013-01-01 2013-01-31 18.00
        """
    capped = policy("percent", rate="1", cap_percent="2")
    run = assess(book(lines, capped), END)
    assert (run.computed.tolist(), run.fee.tolist()) == ([1000], [200])
    assert run.note.tolist() == ["8.00 taken off by the cap of 2 % of the invoice"]
    waived = book(
        lines + "adjustment W1 Fee~Waiver LF1 2013-02-10 5.00\n apply W1 LF1 5.00 2013-02-10",
        capped,
    )
    assert assess(waived, END).fee.tolist() == [700]


def test_the_annual_ceiling_is_daily_interest_at_its_rate() -> None:
    run = assess(book(INVOICE, policy("flat", flat="25", ceiling_percent="12")), END)
    assert (run.computed.tolist(), run.fee.tolist()) == ([2500], [986])
    assert run.note.tolist() == ["15.14 taken off by the annual ceiling of 12 %"]


def test_one_fee_document_per_invoice_policy_and_period_and_a_second_run_adds_nothing() -> None:
    ledger = book(INVOICE, policy())
    change = late_fees(ledger, Request(END, "Ann")).change
    document, fee = change.appends["Invoices"], change.appends["Fees"]
    assert document.text("invoice_no").tolist() == ["LF-A1-P-2013-03"]
    assert document.text("type").tolist() == ["Late Fee"]
    assert document.text("applies_to").tolist() == ["A1"]
    assert str(document.dates("invoice_date")[0]) == str(document.dates("due_date")[0]) == str(END)
    assert (fee.text("period")[0], int(fee.ints("charged")[0])) == ("2013-03", 986)
    assert change.totals == {"Late fees": {"USD": 986}}
    after = post(ledger, END, "B-F1")
    assert late_fees(after, Request(END, "Ann")).change.is_empty
    assert late_fees(after, Request(date(2013, 3, 31), "Ann")).change.is_empty
    assert assess(after, END).note.tolist() == ["charged for 2013-03 already: LF-A1-P-2013-03"]
    assert aging(after, END).by_currency() == {"USD": 100986}


def test_the_next_period_is_charged_from_the_day_last_charged_to() -> None:
    after = post(book(INVOICE, policy()), END, "B-F1")
    run = assess(after, date(2013, 4, 1))
    assert (str(run.start[0]), run.days.tolist()) == ("2013-03-02", [30])


def test_a_run_for_a_day_already_charged_adds_nothing() -> None:
    after = post(book(INVOICE, policy("flat", flat="25")), END, "B-F1")
    run = assess(after, date(2013, 2, 28))
    assert run.fee.tolist() == [0]
    assert run.note.tolist() == ["charged to 2013-03-02 already"]


def test_an_undone_fee_may_be_charged_again_under_the_same_number() -> None:
    after = post(book(INVOICE, policy()), END, "B-F1")
    fees, documents = after.posted("Fees"), after.posted("Invoices")
    fee_row = documents.take(documents.text("type") == "Late Fee")
    undone = Ledger(
        tables={
            "Invoices": concat([documents, fee_row.replace(
                amount=-fee_row.ints("amount"), batch="B-U", reverses="B-F1")]),
            "Fees": concat([fees, fees.replace(
                charged=-fees.ints("charged"), batch="B-U", reverses="B-F1")]),
        },
        policy=after.policy,
    )  # fmt: skip
    run = assess(undone, END)
    assert charged(run) == [("A1", 100000, 30, 986)]
    assert run.fee_invoice_no.tolist() == ["LF-A1-P-2013-03"]


def test_a_number_in_use_by_another_document_is_not_taken() -> None:
    lines = f"{INVOICE}\ninvoice LF-A1-P-2013-03 Other 2013-03-01 5.00 due=2013-12-31"
    run = assess(book(lines, policy()), END)
    assert run.fee_invoice_no.tolist() == ["LF-A1-P-2013-03-2"]


def test_another_policy_that_charges_days_does_not_charge_the_same_days_again() -> None:
    lines = f"""
        {INVOICE}
        late-fee LF1 Acme 2013-02-10 3.29 for=A1
        fee LF1 A1 OLD 2013-01-31 2013-02-10 3.29
        """
    assert assess(book(lines, policy()), END).days.tolist() == [20]


def test_a_fee_in_a_closed_month_takes_the_first_open_day() -> None:
    ledger = book(f"{INVOICE}\nperiod 2013-03 closed=2013-04-02", policy())
    document = late_fees(ledger, Request(END, "Ann")).change.appends["Invoices"]
    assert (str(document.dates("invoice_date")[0]), str(document.dates("posting_date")[0])) == (
        "2013-03-02", "2013-04-01",
    )  # fmt: skip


def test_a_receipt_posted_late_stops_interest_on_the_day_it_was_received() -> None:
    ledger = book(
        f"""
        {INVOICE}
        receipt R1 Acme 2013-02-15 400.00 posted=2013-03-01
        apply R1 A1 400.00 2013-03-01
        """,
        policy(),
    )
    assert charged(assess(ledger, END)) == [("A1", 60000, 30, 789)]


def test_a_bounced_receipt_bears_interest_again_from_its_reversal_on() -> None:
    ledger = book(
        f"""
        {INVOICE}
        receipt R1 Acme 2013-02-10 400.00 batch=B1
        apply R1 A1 400.00 2013-02-10 batch=B1
        receipt R1 Acme 2013-02-10 -400.00 batch=B2 reverses=B1 posted=2013-02-20
        apply R1 A1 -400.00 2013-02-20 batch=B2 reverses=B1
        """,
        policy(),
    )
    assert charged(assess(ledger, END)) == [("A1", 100000, 30, 855)]


def test_a_customer_without_a_policy_pays_no_fee_and_an_unknown_policy_is_a_finding() -> None:
    rules = Policy(settings=default_settings())
    assert len(assess(book(INVOICE, rules), END)) == 0
    lines = f"customer Acme fee_policy=Gold\n{INVOICE}"
    found = assess(book(lines, policy()), END).findings
    assert [(f.code.name, f.row_id, f.row) for f in found] == [
        ("customer_fee_policy_unknown", "Acme", 2)
    ]


def test_amounts_of_a_policy_are_in_the_currency_of_the_document() -> None:
    lines = "invoice A1 Acme 2013-01-01 90000 due=2013-01-31 cur=JPY"
    assert assess(book(lines, policy("flat", flat="500")), END).fee.tolist() == [500]

"""Collections (semantics, section 8): the ranked call list, promises, habits and the ladder."""

from __future__ import annotations

from datetime import date

import pytest

from ar_xl.core.arrays import BLANK
from ar_xl.core.policy import LadderStep, Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.collecting.calllist import CallList, Collections
from ar_xl.ops.collecting.collections import collections
from ar_xl.ops.collecting.nextactions import next_actions
from tests.posted_lines import book

END = date(2013, 3, 31)
LADDER = (
    LadderStep("Reminder", 5, "Send a reminder"),
    LadderStep("Call", 20, "Call the customer"),
    LadderStep("Final", 40, "Send the final notice"),
)


def listed(text: str, as_of: date = END, **settings: str) -> Collections:
    policy = Policy(default_settings(**settings), ladder=LADDER)
    return collections(book(text, policy), as_of)


def one(text: str, as_of: date = END, **settings: str) -> CallList:
    found = listed(text, as_of, **settings)
    assert len(found.calls) == 1
    return found.calls


INVOICE = "invoice A1 Acme 2013-01-01 1000.00 due=2013-02-28"


def test_nothing_due_is_nothing_to_call_about() -> None:
    assert len(listed("invoice A1 Acme 2013-03-01 10.00 due=2013-03-31")) == 0


def test_the_larger_overdue_amount_comes_first_and_age_counts_too() -> None:
    found = listed("""
        invoice A1 Small 2013-01-01 10.00 due=2013-03-01
        invoice A2 Large 2013-01-01 900.00 due=2013-03-01
        invoice A3 Old 2012-01-01 500.00 due=2012-02-01
        """).calls
    assert found.customer_id.tolist() == ["Old", "Large", "Small"]
    # Old: 40 x 5/9 + 25; Large: 40 + 25 x 30/180; Small: 40/90 + 4.2
    assert found.score.tolist() == [472, 442, 46]


def test_weights_are_settings() -> None:
    lines = """
        invoice A1 Large 2013-01-01 900.00 due=2013-03-01
        invoice A2 Old 2012-01-01 500.00 due=2012-02-01
        """
    found = listed(lines, weight_age="0").calls
    assert found.customer_id.tolist() == ["Large", "Old"]


def test_disputed_amounts_are_left_out_120_of_1000_leaves_880() -> None:
    row = one(f"{INVOICE}\ndispute A1 2013-03-01 120.00")
    assert (row.overdue.tolist(), row.disputed.tolist()) == ([88000], [12000])


def test_unapplied_credits_are_taken_off_what_is_overdue() -> None:
    row = one(f"{INVOICE}\nreceipt R1 Acme 2013-03-20 300.00")
    assert (row.overdue.tolist(), row.unapplied.tolist()) == ([70000], [30000])


def test_the_oldest_item_is_the_oldest_with_something_left_to_pay() -> None:
    row = one("""
        invoice A1 Acme 2013-01-01 100.00 due=2013-02-01
        invoice A2 Acme 2013-01-01 100.00 due=2013-03-01
        dispute A1 2013-02-10
        """)
    assert (row.oldest_no.tolist(), row.oldest_days.tolist()) == (["A2"], [30])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("customer Acme reminder_block=court~ruling", "reminders are blocked: court ruling"),
        ("customer Acme status=Agency", "with a collection agency"),
        ("customer Acme status=Legal", "in legal action"),
        ("dispute A1 2013-03-01", "all of it is disputed"),
        (
            "dispute A1 2013-03-01 400.00\nreceipt R1 Acme 2013-03-20 600.00",
            "all of it is disputed or covered by unapplied credits",
        ),
    ],
)
def test_who_is_left_out_and_why(line: str, reason: str) -> None:
    found = listed(f"{INVOICE}\n{line}")
    assert len(found) == 0
    assert found.left_out.left_out.tolist() == [reason]


def test_currencies_are_ranked_by_themselves() -> None:
    found = listed("""
        invoice A1 Acme 2013-01-01 10.00 due=2013-03-01
        invoice A2 Acme 2013-01-01 9.00 due=2013-03-01 cur=EUR
        """).calls
    assert found.currency.tolist() == ["EUR", "USD"]
    assert found.score.tolist() == [442, 442]


def steps(text: str, as_of: date) -> tuple[int, str]:
    row = one(text, as_of)
    return int(row.step[0]), str(row.ripe_on[0])


def test_the_first_step_comes_first_however_late_the_item_is() -> None:
    assert steps(INVOICE, END) == (0, "2013-03-05")


def test_the_next_step_comes_only_after_the_last_was_done() -> None:
    done = f"{INVOICE}\nstep Acme 2013-03-06 Reminder"
    assert steps(done, END) == (1, "2013-03-21")
    assert steps(f"{done}\nstep Acme 2013-03-22 Call", END) == (2, "2013-04-11")
    assert steps(f"{done}\nstep Acme 2013-04-01 Call", END) == (1, "2013-03-21")


def test_a_step_done_late_leaves_the_days_of_the_ladder_before_the_next() -> None:
    assert steps(f"{INVOICE}\nstep Acme 2013-03-30 Reminder", END) == (1, "2013-04-14")


def test_steps_of_an_earlier_debt_do_not_count() -> None:
    lines = f"{INVOICE}\nstep Acme 2013-02-01 Reminder"
    assert steps(lines, END)[0] == 0


def test_a_step_about_an_invoice_that_is_not_overdue_does_not_count() -> None:
    assert steps(f"{INVOICE}\nstep Acme 2013-03-06 Reminder for=B7", END)[0] == 0
    assert steps(f"{INVOICE}\nstep Acme 2013-03-06 Reminder for=A1", END)[0] == 1


def test_a_finished_ladder_says_so() -> None:
    row = one(f"{INVOICE}\nstep Acme 2013-03-20 Final")
    assert row.step.tolist() == [len(LADDER)]


def test_a_standing_promise_covers_what_it_covers_until_its_day_plus_grace() -> None:
    lines = f"{INVOICE}\npromise Acme 2013-03-20 2013-03-28 400.00"
    row = one(lines)
    assert (row.promised.tolist(), str(row.promise_due[0])) == ([40000], "2013-03-28")
    assert row.broken.tolist() == [0]
    late = one(lines, date(2013, 4, 1))
    assert (late.promised.tolist(), late.broken.tolist()) == ([0], [1])


def test_a_promise_kept_in_time_is_not_broken() -> None:
    row = one(f"""
        {INVOICE}
        promise Acme 2013-03-01 2013-03-10 400.00
        receipt R1 Acme 2013-03-12 400.00
        apply R1 A1 400.00 2013-03-12
        """)
    assert row.broken.tolist() == [0]


def test_money_received_but_not_applied_keeps_a_promise_too() -> None:
    row = one(f"""
        {INVOICE}
        promise Acme 2013-03-01 2013-03-10 400.00
        receipt R1 Acme 2013-03-12 400.00
        """)
    assert row.broken.tolist() == [0]


def test_a_promise_without_an_amount_is_for_all_that_is_due_by_then() -> None:
    lines = f"{INVOICE}\npromise Acme 2013-03-01 2013-03-10"
    part = f"{lines}\nreceipt R1 Acme 2013-03-12 400.00\napply R1 A1 400.00 2013-03-12"
    assert one(part).broken.tolist() == [1]
    assert one(lines, date(2013, 3, 13)).promised.tolist() == [100000]


def test_a_later_promise_replaces_one_that_was_not_over() -> None:
    row = one(f"""
        {INVOICE}
        promise Acme 2013-03-01 2013-03-10
        promise Acme 2013-03-09 2013-03-30
        """)
    assert (row.broken.tolist(), row.promised.tolist()) == ([0], [100000])


def history(late: int, settled: str, number: int) -> str:
    due = date.fromordinal(date.fromisoformat(settled).toordinal() - late)
    return f"""
        invoice H{number} Acme 2011-01-01 1.00 due={due}
        receipt HR{number} Acme {settled} 1.00
        apply HR{number} H{number} 1.00 {settled}
        """


def test_paying_later_than_before_counts_by_days_from_the_customers_own_history() -> None:
    earlier = "".join(history(2, "2012-06-01", i) for i in range(3))
    recent = "".join(history(17, "2013-03-01", i) for i in range(3, 6))
    row = one(INVOICE + earlier + recent)
    assert (row.recent.tolist(), row.earlier.tolist()) == ([170], [20])
    # 40 for the amount, 25 x 31/180 for the age, 10 x 15/30 for the habit
    assert row.score.tolist() == [493]


def test_fewer_than_three_settled_items_are_no_habit() -> None:
    row = one(INVOICE + history(90, "2013-03-01", 1) + history(0, "2012-03-01", 2))
    assert (row.recent.tolist(), row.earlier.tolist()) == ([BLANK], [BLANK])


def test_nothing_after_the_date_is_seen() -> None:
    later = f"""
        {INVOICE}
        receipt R1 Acme 2013-04-02 1000.00
        apply R1 A1 1000.00 2013-04-02
        promise Acme 2013-04-01 2013-04-10
        step Acme 2013-04-01 Reminder
        dispute A1 2013-04-01
        """
    row, plain = one(later), one(INVOICE)
    for name in row.__dataclass_fields__:
        if name != "as_of":
            assert str(getattr(row, name)) == str(getattr(plain, name)), name


@pytest.mark.parametrize(
    ("limit", "use"), [("2000.00", 500), ("500.00", 2000), ("0", 1000), ("", BLANK)]
)
def test_use_of_the_credit_limit_blank_is_unlimited_and_0_is_none(limit: str, use: int) -> None:
    customer = f"customer Acme credit_limit={limit}" if limit else "customer Acme"
    assert one(f"{customer}\n{INVOICE}").limit_use.tolist() == [use]


def test_returned_payments_of_the_last_year_are_told() -> None:
    row = one(f"""
        {INVOICE}
        receipt R1 Acme 2013-03-01 10.00 batch=B1
        receipt R1 Acme 2013-03-01 -10.00 posted=2013-03-05 batch=B2 reverses=B1
        adjustment J1 Bounced R1 2013-03-05 10.00 batch=B2
        """)
    assert row.returned.tolist() == [1]
    assert row.points[0].tolist() == [400, 43, 0, 0, 0, 25]


def test_the_points_of_the_factors_add_up_to_the_score_as_shown() -> None:
    found = listed("""
        customer Acme credit_limit=7000.00
        invoice A1 Acme 2013-01-01 333.33 due=2013-03-01
        invoice B1 Bolt 2013-01-01 1000.00 due=2013-03-30
        promise Acme 2013-03-02 2013-03-10 100.00
        """).calls
    assert found.points.tolist() == [[400, 1, 0, 0, 0, 0], [133, 42, 50, 0, 2, 0]]
    assert found.score.tolist() == [401, 227]


def test_one_collectors_customers_keep_their_places_in_the_whole_list() -> None:
    found = listed("""
        customer Acme collector=Ada
        customer Bolt collector=Bo
        invoice A1 Acme 2013-01-01 10.00 due=2013-03-01
        invoice B1 Bolt 2013-01-01 1000.00 due=2013-03-01
        """)
    (mine,) = (found.of("ada").calls,)
    assert (mine.customer_id.tolist(), mine.rank.tolist()) == (["Acme"], [2])


def test_a_kept_payment_plan_takes_its_documents_off_what_is_overdue() -> None:
    plan = "plan P1 1 Acme A1 2013-04-30 1000.00 agreed=2013-03-15"
    found = listed(f"{INVOICE}\n{plan}")
    assert (len(found.calls), found.left_out.planned.tolist()) == (0, [100000])
    assert found.left_out.left_out.tolist() == ["all of it is on a payment plan that is kept"]


def acted(text: str, as_of: date = END) -> tuple[str, str, str]:
    ledger = book(text, Policy(default_settings(), ladder=LADDER))
    found = next_actions(ledger, collections(ledger, as_of).calls)
    return str(found.words[0]), str(found.on[0]), str(found.since[0])


def test_a_step_whose_paper_was_made_is_sent_and_not_made_again() -> None:
    made = f"{INVOICE}\nstep Acme 2013-03-30 Reminder paper=a.pdf"
    assert acted(made) == ("Send the Reminder made on 2013-03-30", "2013-03-31", "2013-03-05")
    assert acted(f"{made} sent=2013-03-31")[0] == "Wait, then Call: Call the customer"
    promise = "promise Acme 2013-03-30 2013-04-05"
    assert acted(f"{made}\n{promise}")[0] == "Wait: promised for 2013-04-05"


NOTED = f"{INVOICE}\nnote Acme 2013-03-20 next=Ask~for~the~slip on=2013-03-28"


def test_what_was_noted_by_hand_comes_before_the_ladder() -> None:
    reminder = ("Reminder: Send a reminder", "2013-03-31", "2013-03-05")
    assert acted(INVOICE) == reminder
    assert acted(NOTED) == ("Ask for the slip (noted 2013-03-20)", "2013-03-28", "2013-03-28")
    assert acted(f"{INVOICE}\nnote Acme 2013-03-20 next=Visit") == (
        "Visit (noted 2013-03-20)", "2013-03-31", "2013-03-31",
    )  # fmt: skip
    assert acted(f"{INVOICE}\nnote Acme 2013-03-20 on=2013-04-09")[:2] == (
        "Call (noted 2013-03-20)", "2013-04-09",
    )  # fmt: skip
    assert acted(NOTED, date(2013, 3, 19))[0] == reminder[0]


@pytest.mark.parametrize(
    ("later", "holds"),
    [
        ("note Acme 2013-03-21", False),
        ("note Acme 2013-03-20", False),  # of one day the lower row
        ("note Acme 2013-03-19", True),
        ("note Bolt 2013-03-21", True),
        ("step Acme 2013-03-21 Reminder paper=a.pdf", True),  # made and not sent
        ("step Acme 2013-03-21 Reminder paper=a.pdf sent=2013-03-22", False),
    ],
)
def test_what_was_noted_holds_until_a_later_activity(later: str, holds: bool) -> None:
    assert acted(f"{NOTED}\n{later}")[0].startswith("Ask for the slip") is holds

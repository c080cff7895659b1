"""Statements of account: what is on them, who gets one, and that activity ties."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ar_xl.core.findings import Refusal
from ar_xl.core.policy import Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.aging import aging
from ar_xl.ops.statements.deciding import Asked, Section, Statements, statements
from tests.ops.plan_office import late_office
from tests.ops.random_books import DAYS, FIRST, random_lines
from tests.posted_lines import book

END = date(2026, 10, 31)
OCTOBER = date(2026, 10, 1)


def made(text: str, asked: Asked | None = None, /, **chosen: str) -> Statements:
    policy = Policy(settings=default_settings(**chosen))
    return statements(book(text, policy), asked or Asked(END))


def one(text: str, asked: Asked | None = None, /, **chosen: str) -> Section:
    (paper,) = made(text, asked, **chosen).papers
    (section,) = paper.sections
    return section


def told(text: str) -> list[str]:
    """The activity of October: kind, number and amount, with what it begins and ends with."""
    (account,) = one(text, Asked(END, OCTOBER)).accounts
    moved = account.moves
    rows = zip(moved.kind, moved.undone, moved.number, moved.amount.tolist(), strict=True)
    lines = [f"{'undone ' if undone else ''}{kind} {number} {amount}".replace("  ", " ")
             for kind, undone, number, amount in rows]  # fmt: skip
    return [f"from {account.brought_forward}", *lines, f"to {account.total}"]


TWO = """
    customer Acme
    invoice A1 Acme 2026-08-01 100.00 due=2026-09-01
    invoice A2 Acme 2026-10-20 50.00 due=2026-11-20
    """


def test_open_items_have_what_was_paid_and_what_is_left_oldest_due_first() -> None:
    lines = (
        one(f"{TWO}\nreceipt R1 Acme 2026-10-02 30.00\napply R1 A1 30.00 2026-10-02")
        .accounts[0]
        .lines
    )
    assert lines.number.tolist() == ["A1", "A2"]
    assert lines.paid.tolist() == [3000, 0]
    assert lines.open.tolist() == [7000, 5000]
    assert lines.days.tolist() == [60, -20]


def test_unapplied_credits_are_shown_and_taken_off_the_total_and_first_off_what_is_past_due() -> (
    None
):
    found = one(f"{TWO}\nreceipt R1 Acme 2026-10-02 30.00\ncredit-memo C1 Acme 2026-10-03 20.00")
    assert (found.total, found.past_due, found.unapplied) == (10000, 5000, -5000)
    lines = found.accounts[0].lines
    assert lines.number.tolist()[2:] == ["R1", "C1"] or lines.number.tolist()[2:] == ["C1", "R1"]


def test_credits_above_what_is_open_are_a_balance_in_the_customers_favour() -> None:
    found = one(f"{TWO}\nreceipt R1 Acme 2026-10-02 200.00")
    assert (found.total, found.past_due) == (-5000, 0)


def test_instalments_stand_line_by_line_with_their_number() -> None:
    lines = (
        one("""
        customer Acme
        invoice A1 Acme 2026-08-01 100.00 batch=B-1
        instalment A1 1 2026-09-01 40.00
        instalment A1 2 2026-12-01 60.00
        receipt R1 Acme 2026-10-02 40.00
        apply R1 A1/1 40.00 2026-10-02
        """)
        .accounts[0]
        .lines
    )
    assert [lines.line.tolist(), lines.lines.tolist(), lines.open.tolist()] == [[2], [2], [6000]]


def test_disputed_amounts_stay_in_the_total_and_are_marked() -> None:
    found = one(f"{TWO}\ndispute A1 2026-10-05 40.00")
    assert (found.total, found.disputed) == (15000, 4000)


def test_what_is_past_due_counts_from_the_due_date_whatever_the_aging_counts_from() -> None:
    found = one(TWO, aging_basis="invoice")
    assert found.past_due == 10000
    assert found.buckets == (0, 5000, 0, 0, 10000)


def test_two_currencies_are_two_sections_and_are_never_added() -> None:
    (paper,) = made(f"{TWO}\ninvoice J1 Acme 2026-10-01 1000 cur=JPY").papers
    assert [(each.currency, each.total) for each in paper.sections] == [
        ("JPY", 1000), ("USD", 15000)
    ]  # fmt: skip


def test_activity_begins_with_the_balance_of_the_day_before_and_ends_with_what_is_open() -> None:
    assert told(f"""
        {TWO}
        receipt R1 Acme 2026-10-02 60.00
        apply R1 A1 60.00 2026-10-02 discount=2.00
        late-fee F1 Acme 2026-10-05 5.00
        credit-memo C1 Acme 2026-10-06 10.00
        """) == [
        "from 10000", "Receipt R1 -6000", "Discount A1 -200", "Late Fee F1 500",
        "Credit Memo C1 -1000", "Invoice A2 5000", "to 8300",
    ]  # fmt: skip


def test_what_was_undone_within_the_time_is_not_told() -> None:
    assert told(f"""
        {TWO}
        invoice A3 Acme 2026-10-05 70.00 batch=B-7
        invoice A3 Acme 2026-10-05 -70.00 batch=B-8 reverses=B-7
        """) == ["from 10000", "Invoice A2 5000", "to 15000"]  # fmt: skip


def test_what_was_undone_and_posted_again_is_told_once() -> None:
    assert told(f"""
        {TWO}
        invoice A3 Acme 2026-10-05 70.00 batch=B-7
        invoice A3 Acme 2026-10-05 -70.00 batch=B-8 reverses=B-7
        invoice A3 Acme 2026-10-06 75.00 batch=B-9
        """) == ["from 10000", "Invoice A3 7500", "Invoice A2 5000", "to 22500"]  # fmt: skip


def test_what_was_posted_before_and_undone_since_is_told_as_taken_back() -> None:
    assert told("""
        customer Acme
        invoice A1 Acme 2026-08-01 100.00 batch=B-1
        invoice A2 Acme 2026-08-01 40.00
        invoice A1 Acme 2026-08-01 -100.00 batch=B-2 reverses=B-1 posted=2026-10-04
        """) == ["from 14000", "undone Invoice A1 -10000", "to 4000"]  # fmt: skip


def test_a_returned_payment_stands_beside_the_payment() -> None:
    assert told(f"""
        {TWO}
        receipt R1 Acme 2026-10-02 60.00 batch=B-5
        apply R1 A1 60.00 2026-10-02 discount=2.00 batch=B-5
        adjustment J1 Bounced R1 2026-10-09 60.00 batch=B-6
        receipt R1 Acme 2026-10-02 -60.00 batch=B-6 reverses=B-5 posted=2026-10-09
        apply R1 A1 -60.00 2026-10-02 discount=-2.00 batch=B-6 reverses=B-5 posted=2026-10-09
        """)[:3] == ["from 10000", "Receipt R1 -6000", "Discount A1 -200"]  # fmt: skip


def test_write_offs_waivers_and_differences_are_told_in_words_that_give_up_no_claim() -> None:
    assert told(f"""
        {TWO}
        late-fee F1 Acme 2026-10-05 5.00
        adjustment J1 Write-off A1 2026-10-07 3.00
        apply J1 A1 3.00 2026-10-07
        adjustment J2 Fee~Waiver F1 2026-10-08 5.00
        apply J2 F1 5.00 2026-10-08
        """) == [
        "from 10000", "Late Fee F1 500", "Adjustment A1 -300", "Fee Waiver F1 -500",
        "Invoice A2 5000", "to 14700",
    ]  # fmt: skip


PAID_BY_PARENT = """
    customer Mother
    customer Child parent_id=Mother
    invoice M1 Mother 2026-09-01 80.00
    invoice C1 Child 2026-09-01 100.00
    receipt R1 Mother 2026-10-02 70.00
    apply R1 C1 70.00 2026-10-02
    """


def test_money_for_another_account_names_neither_the_other_customer_nor_the_document() -> None:
    papers = made(PAID_BY_PARENT, Asked(END, OCTOBER)).papers
    moved = {
        each.recipient.customer_id: list(zip(account.moves.kind, account.moves.number, strict=True))
        for each in papers
        for account in each.sections[0].accounts
    }
    assert moved == {
        "Child": [("Paid Elsewhere", "C1")],
        "Mother": [("Receipt", "R1"), ("Used Elsewhere", "")],
    }
    assert [each.sections[0].total for each in papers] == [3000, 8000]


def test_a_payment_in_another_currency_moves_both_balances() -> None:
    (paper,) = made(
        """
        customer Acme
        invoice A1 Acme 2026-09-01 110.00
        receipt R1 Acme 2026-10-02 100.00 cur=EUR
        apply R1 A1 110.00 2026-10-02 source=100.00
        """,
        Asked(END, OCTOBER),
    ).papers
    moved = {
        section.currency: [
            (kind, amount)
            for account in section.accounts
            for kind, amount in zip(account.moves.kind, account.moves.amount.tolist(), strict=True)
        ]
        for section in paper.sections
    }
    assert moved == {
        "EUR": [("Receipt", -10000), ("Used Elsewhere", 10000)],
        "USD": [("Paid Elsewhere", -11000)],
    }


def test_each_child_gets_a_statement_unless_the_parent_gets_all_of_them() -> None:
    assert [each.recipient.customer_id for each in made(PAID_BY_PARENT).papers] == [
        "Child", "Mother"
    ]  # fmt: skip
    (paper,) = made(PAID_BY_PARENT, Asked(END, to_parent=True)).papers
    assert paper.recipient.customer_id == "Mother"
    (section,) = paper.sections
    assert [each.customer_id for each in section.accounts] == ["Child", "Mother"]
    assert section.total == 11000


def test_of_each_customer_the_total_is_that_of_the_aging() -> None:
    ledger = book(PAID_BY_PARENT + TWO.replace("customer Acme", "customer Acme status=Hold"))
    aged = aging(ledger, END)
    told_of = {
        (each.recipient.customer_id, section.currency): (section.total, section.buckets)
        for each in statements(ledger, Asked(END)).papers
        for section in each.sections
    }
    rows = zip(aged.customer_id, aged.currency, aged.total.tolist(), aged.buckets, strict=True)
    assert told_of == {(who, code): (total, tuple(b.tolist())) for who, code, total, b in rows}


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("Closed", "Status Closed; USD 150.00 is open"),
        ("Agency", "Status Agency; USD 150.00 is open; name the customer to make one all the same"),
    ],
)
def test_who_is_closed_or_with_an_agency_is_left_out_with_the_reason(status: str, why: str) -> None:
    found = made(TWO.replace("customer Acme", f"customer Acme status={status}"))
    assert [each.why for each in found.left_out] == [why]
    assert not found.papers


def test_a_customer_with_an_agency_gets_one_when_named() -> None:
    text = TWO.replace("customer Acme", "customer Acme status=Legal")
    assert len(made(text, Asked(END, customers=("Acme",))).papers) == 1


def test_who_has_nothing_open_is_left_out_unless_everyone_gets_one() -> None:
    text = "customer Acme\ncustomer Bolt\ninvoice B1 Bolt 2026-10-01 9.00"
    found = made(text)
    assert [(each.customer_id, each.why) for each in found.left_out] == [("Acme", "Nothing open")]
    assert [
        each.recipient.customer_id for each in made(text, Asked(END, everyone=True)).papers
    ] == ["Acme", "Bolt"]


def test_who_paid_everything_within_the_time_still_gets_an_activity_statement() -> None:
    text = """
        customer Acme
        invoice A1 Acme 2026-09-01 9.00
        receipt R1 Acme 2026-10-02 9.00
        apply R1 A1 9.00 2026-10-02
        """
    assert not made(text).papers
    assert told(text) == ["from 900", "Receipt R1 -900", "to 0"]


def test_who_owes_less_than_the_minimum_is_left_out() -> None:
    (left,) = made(TWO, statement_minimum="150.01").left_out
    assert left.why == "USD 150.00 is below the Statement Minimum of 150.01"
    assert len(made(TWO, statement_minimum="150").papers) == 1


def test_only_the_customers_of_a_collector_are_made_when_asked() -> None:
    text = f"{TWO}\ncustomer Bolt collector=Ann\ninvoice B1 Bolt 2026-10-01 9.00"
    asked = Asked(END, collector="ann")
    assert [each.recipient.customer_id for each in made(text, asked).papers] == ["Bolt"]


@pytest.mark.parametrize("asked", [Asked(END, customers=("Nobody",)), Asked(END, collector="X")])
def test_somebody_unknown_is_refused(asked: Asked) -> None:
    with pytest.raises(Refusal, match=r"Nobody|collector X"):
        made(TWO, asked)


def test_promises_that_stand_are_thanked_for_with_what_is_still_to_come() -> None:
    found = one(f"{TWO}\npromise Acme 2026-10-20 2026-11-05 60.00")
    assert [(each.amount, each.due, each.plan_no) for each in found.agreed] == [
        (6000, date(2026, 11, 5), "")
    ]


@settings(max_examples=15)
@given(random_lines(), st.integers(0, DAYS), st.integers(0, 60))
def test_brought_forward_and_activity_come_to_the_aging_of_everyone(
    text: str, first: int, days: int
) -> None:
    since = FIRST + timedelta(days=first)
    end = since + timedelta(days=days)
    ledger = book(text)
    aged = aging(ledger, end).by_currency()
    found: dict[str, int] = {}
    for each in statements(ledger, Asked(end, since, everyone=True)).papers:
        for section in each.sections:
            for account in section.accounts:
                moved = account.brought_forward + int(account.moves.amount.sum())
                found[account.currency] = found.get(account.currency, 0) + moved
    assert {code: total for code, total in found.items() if total} == {
        code: total for code, total in aged.items() if total
    }


def test_interest_of_a_plan_is_called_that_and_so_is_its_waiver() -> None:
    clerk = late_office()
    clerk.plans(percent=Decimal(12))
    (paper,) = statements(clerk.books, Asked(date(2026, 5, 2), customers=("ACME",))).papers
    lines = paper.sections[0].accounts[0].lines
    told_as = dict(zip(lines.number.tolist(), lines.kind.tolist(), strict=True))
    assert told_as["PL-1-INT-1"] == told_as["PL-1-INT-2"] == "Plan Interest"
    assert told_as["INV-1"] == "Invoice"
    clerk.types(
        "Adjustments\nKind | Document No | Date | Amount | Reason\n"
        "Fee Waiver | PL-1-INT-1 | 2026-05-01 | 1.00 | goodwill"
    )
    clerk.adjusts("2026-05-01")
    asked = Asked(date(2026, 5, 2), date(2026, 5, 1), customers=("ACME",))
    (paper,) = statements(clerk.books, asked).papers
    assert paper.sections[0].accounts[0].moves.kind.tolist() == [
        "Plan Interest", "Plan Interest Waived",
    ]  # fmt: skip

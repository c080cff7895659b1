"""Roll-forward and tie-out (semantics, section 13)."""

from __future__ import annotations

from datetime import date

import pytest

from ar_xl.core.ledger import Ledger
from ar_xl.ops.aging import aging
from ar_xl.ops.rollforward import RollForward, roll_forward
from ar_xl.ops.tie_out import TieOut, tie_out
from tests.posted_lines import book

FIRST, LAST = date(2013, 2, 1), date(2013, 2, 28)

MONTH = """
    invoice A0 Acme 2013-01-10 100.00
    invoice A1 Acme 2013-02-01 1000.00
    debit-memo D1 Acme 2013-02-02 20.00
    late-fee F1 Acme 2013-02-03 5.00 for=A0
    credit-memo C1 Acme 2013-02-04 30.00
    receipt R1 Acme 2013-02-05 480.00
    apply R1 A1 480.00 2013-02-05 discount=10.00 difference=0.50
    receipt R2 Acme 2013-02-06 7.00
    adjustment W1 Write-off A0 2013-02-07 40.00
    apply W1 A0 40.00 2013-02-07
    adjustment V1 Fee~Waiver F1 2013-02-08 5.00
    apply V1 F1 5.00 2013-02-08
    adjustment S1 Special~Discount A1 2013-02-09 15.00
    apply S1 A1 15.00 2013-02-09
    refund P1 Acme 2013-02-10 7.00
    apply R2 P1 7.00 2013-02-10
    """


def rolled(text: str, **settings: str) -> dict[str, RollForward]:
    return {found.currency: found for found in roll_forward(book(text, **settings), FIRST, LAST)}


def test_every_line_of_a_month() -> None:
    month = rolled(MONTH)["USD"]
    assert month.opening == 10000
    assert dict(month.lines) == {
        "Invoices": 100000, "Debit memos": 2000, "Late fees": 500, "Bounced payments": 0,
        "Refunds": 700, "Recoveries": 0, "Receipts": -48700, "Discounts": -2500,
        "Credit memos": -3000, "Fee waivers": -500, "Write-offs": -4000, "Differences": -50,
    }  # fmt: skip
    assert month.closing == 10000 + sum(dict(month.lines).values())
    assert {"USD": month.closing} == aging(book(MONTH), LAST).by_currency()


def test_a_reversal_is_net_within_the_line_it_undoes() -> None:
    month = rolled("""
        invoice A1 Acme 2013-02-01 10.00 batch=B1
        invoice A1 Acme 2013-02-01 -10.00 batch=B2 reverses=B1
        receipt R1 Acme 2013-02-03 4.00 batch=B3
        receipt R1 Acme 2013-02-03 -4.00 batch=B4 reverses=B3
        """)["USD"]
    assert (month.line("Invoices"), month.line("Receipts"), month.closing) == (0, 0, 0)


BOUNCED = """
    invoice A1 Acme 2013-01-01 10.00 batch=B1
    receipt R1 Acme 2013-02-03 10.00 batch=B2
    apply R1 A1 10.00 2013-02-03 batch=B2
    receipt R1 Acme 2013-02-03 -10.00 batch=B3 reverses=B2 posted=2013-02-10
    apply R1 A1 -10.00 2013-02-10 batch=B3 reverses=B2
    adjustment J1 Bounced R1 2013-02-10 10.00 batch=B3
    """


def test_a_bounced_payment_has_a_line_of_its_own() -> None:
    month = rolled(BOUNCED)["USD"]
    assert (month.line("Receipts"), month.line("Bounced payments")) == (-1000, 1000)
    assert month.closing == 1000


def test_an_undone_bounce_is_net_within_bounced() -> None:
    undone = """
        receipt R1 Acme 2013-02-03 10.00 batch=B4 reverses=B3 posted=2013-02-11
        apply R1 A1 10.00 2013-02-11 batch=B4 reverses=B3
        adjustment J1 Bounced R1 2013-02-10 -10.00 batch=B4 reverses=B3 posted=2013-02-11
        """
    month = rolled(BOUNCED + undone)["USD"]
    assert (month.line("Receipts"), month.line("Bounced payments")) == (-1000, 0)


def test_a_recovery_reinstates_on_a_line_of_its_own() -> None:
    month = rolled("""
        invoice A1 Acme 2013-01-01 10.00
        adjustment W1 Write-off A1 2013-01-20 10.00 batch=B1
        apply W1 A1 10.00 2013-01-20 batch=B1
        adjustment V1 Recovery A1 2013-02-10 10.00 batch=B2
        apply W1 A1 -10.00 2013-02-10 batch=B2 reverses=B1
        """)["USD"]
    assert (month.opening, month.line("Recoveries"), month.line("Write-offs")) == (0, 1000, 0)


def test_documents_before_the_cut_over_are_opening_balances() -> None:
    month = rolled(
        """
        invoice A1 Acme 2012-12-01 10.00 posted=2013-02-01
        receipt R1 Acme 2012-12-05 4.00 posted=2013-02-01
        invoice A2 Acme 2013-02-02 1.00
        """,
        cut_over="2013-01-01",
    )["USD"]
    assert month.line("Opening balances taken over") == 600
    assert month.line("Invoices") == 100


def test_rows_count_by_posting_date() -> None:
    month = rolled("""
        invoice A1 Acme 2013-01-20 10.00 posted=2013-02-01
        invoice A2 Acme 2013-02-20 5.00 posted=2013-03-01
        """)["USD"]
    assert (month.opening, month.line("Invoices"), month.closing) == (0, 1000, 1000)


def test_a_receipt_of_another_currency_moves_both() -> None:
    month = rolled("""
        invoice A1 Acme 2013-02-01 10.00 cur=EUR
        receipt R1 Acme 2013-02-02 13.00
        apply R1 A1 10.00 2013-02-02 source=13.00
        """)
    assert (month["EUR"].line("Other currencies"), month["EUR"].closing) == (-1000, 0)
    assert (month["USD"].line("Other currencies"), month["USD"].closing) == (1300, 0)


def tied(text: str) -> TieOut:
    ledger: Ledger = book(text)
    (found,) = tie_out(ledger, LAST, aging(ledger, LAST).by_currency())
    return found


BOOKED = """
    invoice A1 Acme 2013-02-01 100.00 batch=B1
    entry 1200 2013-02-01 debit 100.00 batch=B1
    entry 4000 2013-02-01 credit 100.00 batch=B1
    """


def test_aging_journal_and_general_ledger_agree() -> None:
    found = tied(f"{BOOKED}\nperiod 2013-02 gl=USD~100.00")
    assert (found.aging, found.control, found.general_ledger) == (10000, 10000, 10000)
    assert found.ties
    assert found.unexplained == 0


def test_without_a_typed_balance_only_our_own_sides_are_compared() -> None:
    found = tied(BOOKED)
    assert found.general_ledger is None
    assert found.ties


@pytest.mark.parametrize(
    ("more", "balance", "name", "amount", "rows"),
    [
        ("draft invoice A2 Acme 2013-02-20 30.00", "130.00", "draft not posted", 3000, "A2"),
        ("draft receipt R2 Acme 2013-02-20 30.00", "70.00", "draft not posted", -3000, "R2"),
        (
            "invoice A2 Acme 2013-02-20 30.00 posted=2013-03-01",
            "130.00", "dated in the period, posted later", 3000, "A2",
        ),
        ("", "0.00", "not in the general ledger", -10000, "batch B1 has this amount"),
        ("", "100", "", 0, ""),
    ],
)  # fmt: skip
def test_a_difference_to_the_general_ledger_is_named_with_its_rows(
    more: str, balance: str, name: str, amount: int, rows: str
) -> None:
    found = tied(f"{BOOKED}\n{more}\nperiod 2013-02 gl=USD~{balance}")
    named = [(each.name, each.amount, each.rows) for each in found.of_general_ledger]
    assert named == ([(name, amount, rows)] if name else [])
    assert found.unexplained == 0


def test_a_balance_typed_in_whole_units_differs_by_rounding() -> None:
    found = tied(BOOKED.replace("100.00", "100.40") + "period 2013-02 gl=USD~100")
    assert [(each.name, each.amount) for each in found.of_general_ledger] == [("rounding", -40)]


def test_what_nothing_explains_is_an_entry_that_is_not_ours() -> None:
    found = tied(f"{BOOKED}\nperiod 2013-02 gl=USD~101.00")
    assert [(each.name, each.explained) for each in found.of_general_ledger] == [
        ("general-ledger entry not ours", False)
    ]
    assert found.unexplained == 100


def test_a_manual_edit_shows_in_its_batch() -> None:
    found = tied(BOOKED.replace("A1 Acme 2013-02-01 100.00", "A1 Acme 2013-02-01 90.00"))
    assert [(each.name, each.amount, each.rows) for each in found.of_control] == [
        ("manual edit", 1000, "batch B1: rows and journal differ")
    ]
    assert not found.ties


def test_an_invoice_booked_to_the_control_account_is_a_wrong_account() -> None:
    found = tied("""
        invoice A1 Acme 2013-02-01 100.00 batch=B1 account=1200
        entry 1200 2013-02-01 debit 0.00 batch=B1
        """)
    assert [(each.name, each.amount, each.rows) for each in found.of_control] == [
        ("wrong account", -10000, "A1: GL Account is the control account")
    ]


def test_a_total_that_no_batch_explains_is_unexplained() -> None:
    (found,) = tie_out(book(BOOKED), LAST, {"USD": 9999})
    assert [(each.name, each.amount, each.explained) for each in found.of_control] == [
        ("manual edit", 1, False)
    ]


def test_a_balance_that_cannot_be_read_counts_as_not_typed() -> None:
    assert tied(f"{BOOKED}\nperiod 2013-02 gl=one~hundred").general_ledger is None


def test_of_two_causes_that_together_make_the_difference_both_are_named() -> None:
    found = tied(f"""
        {BOOKED}
        draft invoice A2 Acme 2013-02-20 30.00
        invoice A3 Acme 2013-02-20 5.00 posted=2013-03-01
        period 2013-02 gl=USD~135.00
        """)
    assert [(each.name, each.rows) for each in found.of_general_ledger] == [
        ("draft not posted", "A2"), ("dated in the period, posted later", "A3"),
    ]  # fmt: skip

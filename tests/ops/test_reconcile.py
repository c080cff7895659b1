"""Bank reconciliation: from bank to books, every step named; on any books it ties."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pytest

from ar_xl.core.dates import LAST_DATE
from ar_xl.ops.banking.overdue import overdue_receipts, overdue_slips
from ar_xl.ops.banking.reconcile import GROUPS, TWICE, UNMATCHED
from ar_xl.ops.banking.side import changed_statements
from ar_xl.ops.banking.slips import received_net, slip_lines, standing_slips, undeposited
from ar_xl.ops.batches import control_movement
from tests.ledger_text import frame_text
from tests.ops.bank_books import Bank, in_sheet, steps

RECEIPTS = """
    Receipts
    Receipt No | Receipt Date | Customer ID | Method | Amount
"""
STATEMENT = """
    BankStatements
    Statement ID | Account | Currency | From       | To         | Opening | Closing | Status
    S-1          | MAIN    | USD      | 2026-10-01 | 2026-10-31 | 500.00  | {}      | Proved
"""
LINES = """
    BankLines
    Line ID | Account | Date       | Kind    | Amount | Fee  | Currency | Payer | Text
"""
OCTOBER = "2026-10-31"


def test_a_slip_on_its_way_is_in_transit_until_its_line_comes() -> None:
    made = Bank(
        RECEIPTS + "R-1 | 2026-10-05 | ACME | Check | 100.00\n"
        "R-2 | 2026-10-30 | ACME | Check | 40.00\n" + STATEMENT.format("600.00")
        + LINES + "B-1 | MAIN | 2026-10-07 | Payment | 100.00 | | USD | | deposit"
    )  # fmt: skip
    for day in ("2026-10-05", "2026-10-30"):
        made.deposits(day, account="MAIN")
    made.books = in_sheet(made.books)
    made.ties(OCTOBER)
    assert steps(made.reconciles(OCTOBER)) == [
        "bank: 60000", "Before the first statement, 2026-10-01: -50000",
        "Deposits in transit: 4000", "books: 14000",
    ]  # fmt: skip
    assert steps(made.reconciles("2026-10-06")) == [
        "bank: 50000", "Before the first statement, 2026-10-01: -50000",
        "Deposits in transit: 10000", "books: 10000",
    ]  # fmt: skip


def test_bank_lines_that_are_not_booked_are_listed_by_their_kind() -> None:
    made = Bank(
        STATEMENT.format("487.50") + LINES
        + "B-1 | MAIN | 2026-10-07 | Payment  | 100.00 | 2.50 | USD | Bolt |\n"
        "B-2 | MAIN | 2026-10-08 | Fee     | -10.00 | | USD | | account fee\n"
        "B-3 | MAIN | 2026-10-09 | Other   | -80.00 | | USD | Landlord | rent\n"
        "B-4 | MAIN | 2026-10-10 | Return  | -20.00 | | USD | | R01"
    )  # fmt: skip
    assert steps(made.reconciles(OCTOBER))[2:] == [
        "Customer payments not booked: -9750", "Returned payments not booked: 2000",
        "Bank fees to book in the general ledger: 1000",
        "Other lines to book in the general ledger: 8000", "books: 0",
    ]  # fmt: skip


def test_a_receipt_made_from_a_line_is_on_both_sides() -> None:
    made = Bank(
        RECEIPTS + "B-1 | 2026-10-07 | ACME | ACH | 100.00\n" + STATEMENT.format("600.00")
        + LINES + "B-1 | MAIN | 2026-10-07 | Payment | 100.00 | | USD | Acme |"
    )  # fmt: skip
    assert steps(made.reconciles(OCTOBER))[2:] == ["books: 10000"]


def test_an_amount_that_differs_between_bank_and_books_is_named() -> None:
    made = Bank(
        RECEIPTS + "B-1 | 2026-10-07 | ACME | ACH | 100.00\n" + STATEMENT.format("590.00")
        + LINES + "B-1 | MAIN | 2026-10-07 | Payment | 90.00 | | USD | Acme |"
    )  # fmt: skip
    assert steps(made.reconciles(OCTOBER))[2:] == [
        "Amount differs on bank and books: 1000", "books: 10000",
    ]  # fmt: skip


def wired(lines: str, **settings: str) -> Bank:
    """Two wires typed by hand, to the account that GL Cash is."""
    made = Bank(
        RECEIPTS + "R-1 | 2026-10-07 | ACME | Wire | 100.00\n"
        "R-2 | 2026-10-08 | BOLT | Wire | 70.00\n"
        + STATEMENT.format("600.00") + LINES + lines, gl_cash="1010", **settings,
    )  # fmt: skip
    made.books = in_sheet(made.books)
    return made


def test_a_receipt_typed_by_hand_is_found_on_the_bank_where_only_one_line_can_be_it() -> None:
    made = wired("B-1 | MAIN | 2026-10-09 | Payment | 100.00 | | USD | Acme |")
    made.ties(OCTOBER)
    assert steps(made.reconciles(OCTOBER))[2:] == ["Receipts not on the bank yet: 7000",
                                                   "books: 17000"]  # fmt: skip


def test_a_line_that_speaks_of_somebody_else_is_not_taken_for_a_receipt_but_named() -> None:
    made = wired("B-1 | MAIN | 2026-10-09 | Payment | 100.00 | | USD | Crow Inc |")
    made.ties(OCTOBER)
    mine = made.reconciles(OCTOBER).items.of("Receipts not on the bank yet")
    assert mine.what.tolist() == ["Receipt; line B-1 has the amount", "Receipt"]


def test_a_returned_payment_and_its_fee_are_found_on_the_bank() -> None:
    made = wired(
        "B-1 | MAIN | 2026-10-08 | Payment | 100.00 | | USD | Acme |\n"
        "B-2 | MAIN | 2026-10-09 | Payment | 70.00 | | USD | Bolt |\n"
        "B-3 | MAIN | 2026-10-12 | Return | -100.00 | | USD | Acme | R01\n"
        "B-4 | MAIN | 2026-10-12 | Fee | -15.00 | | USD | | returned item"
    )
    made.types("""
        Adjustments
        Date       | Kind    | Document No | Bank Fee | Reason
        2026-10-12 | Bounced | R-1         | 15.00    | R01
    """).adjusts(OCTOBER)
    made.books = in_sheet(made.books)
    made.ties(OCTOBER)
    found = made.reconciles(OCTOBER)
    assert (found.items.group.tolist(), found.book) == ([], 5500)


def test_a_returned_payment_and_its_fee_that_come_in_one_sum_are_found_on_the_bank() -> None:
    made = wired(
        "B-1 | MAIN | 2026-10-08 | Payment | 100.00 | | USD | Acme |\n"
        "B-2 | MAIN | 2026-10-09 | Payment | 70.00 | | USD | Bolt |\n"
        "B-3 | MAIN | 2026-10-12 | Return | -115.00 | | USD | Acme | R01"
    )
    made.types("""
        Adjustments
        Date       | Kind    | Document No | Bank Fee | Reason
        2026-10-12 | Bounced | R-1         | 15.00    | R01
    """).adjusts(OCTOBER)
    made.books = in_sheet(made.books)
    made.ties(OCTOBER)
    found = made.reconciles(OCTOBER)
    assert (found.items.group.tolist(), found.book) == ([], 5500)
    assert made.books.posted("BankLines").text("matched_to")[2].startswith("R-1 returned; ")


def test_the_line_of_a_payment_that_bounced_is_not_asked_about_again() -> None:
    made = Bank(
        RECEIPTS + "B-1 | 2026-10-07 | ACME | ACH | 100.00\n" + LINES
        + "B-1 | MAIN | 2026-10-07 | Payment | 100.00 | | USD | Acme |\n"
        "B-2 | MAIN | 2026-10-12 | Return | -100.00 | | USD | Acme | R01"
    )  # fmt: skip
    made.types("""
        Adjustments
        Date       | Kind    | Document No | Reason
        2026-10-12 | Bounced | B-1         | R01
    """).adjusts(OCTOBER)
    made.books = in_sheet(made.books)
    made.settles()
    made.ties(OCTOBER)
    assert frame_text(made.books.posted("BankLines"), "Status", "Matched To") == [
        "Posted | B-1", "Reconciled | B-1 returned",
    ]  # fmt: skip
    assert steps(made.reconciles(OCTOBER)) == ["bank: 0", "books: 0"]


def test_a_line_whose_receipt_was_booked_to_gl_cash_names_it() -> None:
    made = Bank(
        RECEIPTS + "R-1 | 2026-10-07 | ACME | Wire | 100.00\n"
        + LINES + "B-1 | MAIN | 2026-10-07 | Payment | 100.00 | | USD | Acme | wire"
    )  # fmt: skip
    mine = made.reconciles(OCTOBER).items.of(UNMATCHED)
    assert mine.what.tolist() == ["wire; perhaps R-1 on GL Cash"]


def test_a_receipt_of_the_same_customer_and_amount_that_is_on_the_bank_may_be_the_same() -> None:
    made = wired("B-1 | MAIN | 2026-10-08 | Payment | 100.00 | | USD | Acme |")
    made.types(RECEIPTS + "B-1 | 2026-10-08 | ACME | ACH | 100.00").posts()
    found = made.reconciles(OCTOBER)
    assert steps(found)[2:4] == ["Receipts not on the bank yet: 7000",
                                 "Perhaps booked twice: 10000"]  # fmt: skip
    assert found.items.of(TWICE).what.tolist() == ["like B-1"]


def test_a_receipt_that_came_to_another_account_says_so() -> None:
    made = wired("B-1 | SIDE | 2026-10-08 | Payment | 100.00 | | USD | Acme |")
    assert "Came to another bank account: 10000" in steps(made.reconciles(OCTOBER))


def test_what_was_booked_before_the_first_statement_and_before_the_cut_over_stands_apart() -> None:
    made = Bank(
        RECEIPTS + "R-1 | 2026-09-20 | ACME | Wire | 100.00\n" + STATEMENT.format("530.00")
        + LINES + "B-1 | MAIN | 2026-10-02 | Payment | 30.00 | | USD | Acme |", gl_cash="1010",
        cut_over="2026-09-01",
    )  # fmt: skip
    assert "Booked before the first statement: 10000" in steps(made.reconciles(OCTOBER))
    made = wired(
        "B-1 | MAIN | 2026-10-02 | Payment | 30.00 | | USD | Acme |", cut_over="2026-10-05"
    )
    assert "Bank lines before the cut-over date: -3000" in steps(made.reconciles(OCTOBER))


def test_a_file_without_a_period_does_not_say_when_the_bank_begins() -> None:
    made = Bank(
        RECEIPTS + "R-1 | 2026-10-05 | ACME | Wire | 100.00\n"
        "R-2 | 2026-09-15 | ACME | Wire | 30.00\n" + LINES
        + "B-1 | MAIN | 2026-10-07 | Fee | -1.00 | | USD | |", gl_cash="1010",
    )  # fmt: skip
    assert steps(made.reconciles(OCTOBER))[1:3] == [
        "Receipts not on the bank yet: 10000", "Booked before the first statement: 3000",
    ]  # fmt: skip


def test_a_payout_that_came_to_another_account_of_ours_is_a_transfer_on_both() -> None:
    made = Bank(
        LINES + "B-1 | SIDE | 2026-10-05 | Payout  | -90.00 | | USD | | to bank\n"
        "B-2 | MAIN | 2026-10-07 | Payment | 90.00 | | USD | Stripe |"
    )  # fmt: skip
    made.books = in_sheet(made.books)
    made.ties(OCTOBER)
    for account in ("MAIN", "SIDE"):
        (group,) = set(made.reconciles(OCTOBER, account).items.group.tolist())
        assert group == "Transfers to book in the general ledger"


def test_without_a_closing_balance_the_lines_alone_are_reconciled_and_that_is_known() -> None:
    made = Bank(LINES + "B-1 | MAIN | 2026-10-07 | Payment | 100.00 | | USD | Acme |")
    found = made.reconciles(OCTOBER)
    assert not found.is_proved
    assert found.balances[0].words == "statement closing not given"
    assert steps(found) == ["bank: 10000", "Customer payments not booked: -10000", "books: 0"]


def test_of_two_statements_of_a_day_the_later_one_closes_it() -> None:
    made = Bank(
        """
        BankStatements
        Statement ID | Account | Currency | From       | To         | Opening | Closing | Status
        S-2          | MAIN    | USD      | 2026-10-31 | 2026-10-31 | 600.00  | 700.00  | Proved
        S-1          | MAIN    | USD      | 2026-10-31 | 2026-10-31 | 500.00  | 600.00  | Proved
        """
        + LINES
        + "B-1 | MAIN | 2026-10-31 | Payment | 100.00 | | USD | |\n"
        "B-2 | MAIN | 2026-10-31 | Payment | 100.00 | | USD | |"
    )
    assert steps(made.reconciles(OCTOBER))[0] == "bank: 70000"


def test_a_gap_between_statements_and_an_accepted_difference_are_named() -> None:
    made = Bank("""
        BankStatements
        Statement ID | Account | Currency | From | To | Opening | Closing | Difference | Status
        S-1 | MAIN | USD | 2026-10-01 | 2026-10-10 | 500.00 | 500.00 | 0.00 | Proved
        S-2 | MAIN | USD | 2026-10-15 | 2026-10-31 | 650.00 | 651.00 | 1.00 | Accepted
    """)
    assert steps(made.reconciles(OCTOBER)) == [
        "bank: 65100", "Before the first statement, 2026-10-01: -50000",
        "Gap between statements S-1 and S-2: -15000",
        "Statement S-2 accepted with a difference: -100", "books: 0",
    ]  # fmt: skip


def test_a_line_changed_or_deleted_since_import_is_named_with_its_statement() -> None:
    rows = "B-1 | MAIN | 2026-10-05 | Fee | {} | | USD | |\n"
    for line, off in ((rows.format("100.00"), 0), (rows.format("900.00"), -80000), ("", 10000)):
        made = Bank(STATEMENT.format("600.00") + (LINES + line if line else ""))
        (balance,) = made.reconciles(OCTOBER).balances
        assert balance.changed == ((("S-1", off),) if off else ())
        found = [each.seen for each in changed_statements(made.books)]
        assert len(found) == (off != 0)
        said = f"Lines of statement S-1 changed since import: {-off}"
        assert (said in steps(made.reconciles(OCTOBER))) == (off != 0)


def test_statements_that_overlap_have_no_gap_between_them() -> None:
    made = Bank("""
        BankStatements
        Statement ID | Account | Currency | From | To | Opening | Closing | Status
        S-1 | MAIN | USD | 2026-10-05 | 2026-10-20 | 500.00 | 580.00 | Proved
        S-2 | MAIN | USD | 2026-10-06 | 2026-10-25 | 530.00 | 590.00 | Proved
        S-3 | MAIN | USD | 2026-10-07 | 2026-10-09 | 530.00 | 530.00 | Proved
        S-4 | MAIN | USD | 2026-10-26 | 2026-10-31 | 590.00 | 590.00 | Proved
    """ + LINES + "B-1 | MAIN | 2026-10-05 | Fee | 30.00 | | USD | |\n"
        "B-2 | MAIN | 2026-10-20 | Fee | 50.00 | | USD | |\n"
        "B-3 | MAIN | 2026-10-25 | Fee | 10.00 | | USD | |")  # fmt: skip
    first = "Before the first statement, 2026-10-05: -50000"
    fees = "Bank fees to book in the general ledger"
    for day, bank, of_lines in (
        ("2026-10-20", 58000, 8000), (OCTOBER, 59000, 9000), ("2026-10-12", 53000, 3000),
    ):  # fmt: skip
        assert steps(made.reconciles(day)) == [
            f"bank: {bank}", first, f"{fees}: -{of_lines}", "books: 0",
        ]  # fmt: skip


def test_lines_of_statements_that_are_not_final_do_not_count() -> None:
    made = Bank(
        STATEMENT.format("500.00")
        + "S-2 | MAIN | USD | 2026-10-31 | 2026-10-31 | | | Not final\n" + LINES.replace(
            "Line ID |", "Line ID | Statement ID |")
        + "B-1 | S-2 | MAIN | 2026-10-31 | Payment | 100.00 | | USD | Acme |"
    )  # fmt: skip
    found = made.reconciles(OCTOBER)
    assert (found.left_out, len(found.items)) == (1, 0)


def test_accounts_that_share_a_general_ledger_account_are_reconciled_together() -> None:
    made = Bank("""
        BankAccounts
        Account | Currency | GL Account
        MAIN    | USD      |
        SIDE    | USD      |
        EURO    | EUR      |
    """)
    assert made.reconciles(OCTOBER).accounts.names == ("MAIN", "SIDE")


def test_slips_and_receipts_are_overdue_after_the_working_days_of_settings() -> None:
    made = Bank(
        RECEIPTS + "R-1 | 2026-10-01 | ACME | Check | 100.00\n"
        "R-2 | 2026-10-01 | ACME | Cash | 5.00"
    )  # fmt: skip
    made.deposits("2026-10-01", account="MAIN", method="Check")  # a Thursday
    for day, late in (("2026-10-06", 0), ("2026-10-07", 1)):
        on = date.fromisoformat(day)
        assert len(overdue_slips(made.books, on)) == late
        assert len(overdue_receipts(made.books, on)) == late


SEEDS = [*range(5), *(pytest.param(seed, marks=pytest.mark.heavy) for seed in range(5, 200))]


@lru_cache(maxsize=16)
def random_bank(seed: int) -> Bank:
    """Receipts, slips, lines and statements thrown together, some of them undone."""
    dice = random.Random(seed)

    def on(last: int = 27) -> str:
        return str(date(2026, 10, 1) + timedelta(days=dice.randint(0, last)))

    amounts = [f"{dice.randint(1, 9)}0.00" for _ in range(4)]
    methods = ("Cash", "Check", "Card", "ACH", "Wire")
    lines = "".join(
        f"B-{i} | {dice.choice(('MAIN', 'SIDE'))} | {on()} | "
        f"{dice.choice(('Payment', 'Fee', 'Other', 'Return', 'Payout'))} | "
        f"{dice.choice(('', '', '-'))}{dice.choice(amounts)} | | USD | | visa deposit\n"
        for i in range(12)
    )
    paid = "".join(
        f"{name} | {on()} | {dice.choice(('ACME', 'BOLT'))} | {dice.choice(methods)} | "
        f"{dice.choice(amounts)}\n"
        for name in (*(f"R-{i}" for i in range(12)), "B-1", "B-2")
    )
    made = Bank(RECEIPTS + paid + STATEMENT.format("777.00") + LINES + lines,
                gl_cash=dice.choice(("1000", "1010")), card_fee_percent="40")  # fmt: skip
    for day in sorted({on() for _ in range(3)}):
        made.deposits(day, account=dice.choice(("MAIN", "SIDE")))
    made.books = in_sheet(made.books)
    made.ties(dice.choice(("2026-10-15", OCTOBER)))
    made.books = in_sheet(made.books)
    if dice.random() < 0.5:
        made.undoes(str(made.books.posted("Batches").text("batch")[-1]))
    return made


@pytest.mark.parametrize("seed", SEEDS)
def test_on_any_books_bank_and_books_tie_by_named_items(seed: int) -> None:
    made = random_bank(seed)
    for account in ("MAIN", "SIDE"):
        for day in ("2026-10-10", OCTOBER):
            found = made.reconciles(day, account)
            assert found.ties, (seed, account, day, found.book, found.explained)
            assert set(found.items.group.tolist()) <= set(GROUPS)
    assert made.holds()


@pytest.mark.parametrize("seed", SEEDS)
def test_slips_and_what_waits_are_all_receipts_of_their_methods(seed: int) -> None:
    made = random_bank(seed)
    slips = standing_slips(made.books, LAST_DATE)
    on = slip_lines(made.books, slips.rows)
    assert len(set(on.receipt.tolist())) == len(on.receipt)
    receipts = made.books.posted("Receipts")
    mine = np.isin(receipts.text("method").astype(str), ("Cash", "Check", "Card"))
    mine &= ~np.char.startswith(receipts.text("receipt_no").astype(str), "B-")
    all_of_them = int(received_net(receipts.take(mine)).sum())
    waiting = int(received_net(undeposited(made.books, LAST_DATE)).sum())
    assert int(slips.total.sum()) + waiting == all_of_them
    booked = control_movement(made.books.posted("Journal"), "1050").get("USD", 0)
    assert booked == waiting


def test_an_unmatched_payment_shows_who_paid() -> None:
    made = Bank(LINES + "B-1 | MAIN | 2026-10-07 | Payment | 100.00 | | USD | Acme | INV-7")
    mine = made.reconciles(OCTOBER).items.of(UNMATCHED)
    assert (mine.party.tolist(), mine.what.tolist()) == (["Acme"], ["INV-7"])

"""Deposit slips: what goes on them, what they prove, what is booked, what undo does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from ar_xl.core.arrays import text_array
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.findings import Refusal
from ar_xl.core.ledger import Change
from ar_xl.core.settings import default_settings
from ar_xl.ops.banking.deposit import LONGEST_LIST
from ar_xl.ops.banking.slips import listed, listing, standing_slips, undeposited
from ar_xl.ops.batches import control_movement, post
from ar_xl.ops.derived import derived_changes
from tests.ledger_text import frame_text, lines, policy
from tests.ops.clerk import Clerk

OFFICE = """
    Customers
    Customer ID | Currency
    ACME        | USD
    EURO        | EUR

    BankAccounts
    Account | Currency | GL Account
    MAIN    | USD      | 1010

    Rates
    Currency | Date       | Rate
    EUR      | 2026-01-01 | 1.1
    EUR      | 2026-01-15 | 1.3

    Receipts
    Receipt No | Receipt Date | Customer ID | Method | Check/Ref | Amount
    R-1        | 2026-01-10   | ACME        | Check  | 1001      | 100.00
    R-2        | 2026-01-11   | ACME        | Check  | 1002      | 20.00
    R-3        | 2026-01-11   | ACME        | Cash   |           | 5.50
    R-4        | 2026-01-12   | ACME        | ACH    |           | 70.00
    R-5        | 2026-02-02   | ACME        | Check  | 1003      | 9.00
"""
SLIP = ("Deposit No", "Date", "Bank Account", "Method", "Currency", "Receipts", "Total", "Fee")
BOOKED = ("Date", "Account", "Debit", "Credit")
JANUARY = "2026-01-31"


def clerk(text: str = OFFICE, **settings: str) -> Clerk:
    made = Clerk(text, replace(policy(), settings=default_settings(**settings)))
    made.types(text).posts()
    return made


def slips(books: Clerk) -> list[str]:
    return frame_text(standing_slips(books.books, LAST_DATE).rows, *SLIP)


def booked(books: Clerk, batch: str, *headings: str) -> list[str]:
    rows = books.books.posted("Journal")
    return sorted(frame_text(rows.take(rows.text("batch") == batch), *(headings or BOOKED)))


def waiting(books: Clerk, as_of: date = LAST_DATE) -> list[str]:
    return list(undeposited(books.books, as_of).text("receipt_no"))


def refused(books: Clerk, **asked: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        books.deposits(JANUARY, **asked)
    return caught.value


def test_cash_and_checks_up_to_the_date_go_on_a_slip_per_method() -> None:
    office = clerk()
    batch = office.deposits(JANUARY)
    assert slips(office) == lines("""
        DEP-000001 | 2026-01-31 | MAIN | Cash  | USD | R-3      | 5.50   | 0.00
        DEP-000002 | 2026-01-31 | MAIN | Check | USD | R-1; R-2 | 120.00 | 0.00
    """)
    assert booked(office, batch) == lines("""
        2026-01-31 | 1010 | 125.50 | 0.00
        2026-01-31 | 1050 | 0.00   | 125.50
    """)
    assert waiting(office) == ["R-5"]
    assert office.holds()


def test_what_is_on_a_slip_is_not_deposited_again() -> None:
    office = clerk()
    first = office.deposits(JANUARY)
    assert office.deposits(JANUARY) == first


def test_a_fee_known_with_the_slip_is_taken_from_the_bank() -> None:
    office = clerk()
    batch = office.deposits(JANUARY, method="Check", fee="3.40")
    assert booked(office, batch) == lines("""
        2026-01-31 | 1010 | 116.60 | 0.00
        2026-01-31 | 1050 | 0.00   | 120.00
        2026-01-31 | 6800 | 3.40   | 0.00
    """)
    assert standing_slips(office.books, LAST_DATE).net.tolist() == [11660]


@pytest.mark.parametrize("fee", ["-1", "120.00", "0.001", "a few cents"])
def test_a_fee_that_is_none_is_refused(fee: str) -> None:
    assert refused(clerk(), method="Check", fee=fee).code.name == "deposit_fee_not_understood"


def test_a_fee_is_that_of_one_slip() -> None:
    assert refused(clerk(), fee="1.00").code.name == "deposit_of_several_slips"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"expect_count": "4"}, "3 receipts, expected 4"),
        ({"expect_total": "125"}, "USD 125.50, expected 125, a difference of 0.50"),
        ({"expect_total": "abc"}, "USD 125.50, expected abc"),
    ],
)
def test_a_deposit_that_does_not_prove_is_refused(asked: dict[str, str], said: str) -> None:
    problem = refused(clerk(), **asked)
    assert problem.code.name == "deposit_does_not_prove"
    assert said in problem.seen


def test_a_deposit_that_proves_is_posted() -> None:
    office = clerk()
    office.deposits(JANUARY, expect_count="3", expect_total="125.50")
    assert len(slips(office)) == 2


def test_receipts_named_are_deposited_alone_and_others_refused_with_the_reason() -> None:
    office = clerk()
    office.deposits(JANUARY, receipts=("R-2",))
    assert [row.split(" | ")[5] for row in slips(office)] == ["R-2"]
    problem = refused(office, receipts=("R-1", "R-2", "R-4", "R-5", "R-9"))
    assert problem.seen == (
        "Not to be deposited: R-2 is on slip DEP-000001; R-4 came by ACH and went to the bank by "
        "itself; R-5 is dated 2026-02-02, after 2026-01-31; R-9 is no receipt of this workbook."
    )


def test_a_receipt_that_came_through_the_bank_is_on_its_account_and_waits_for_no_slip() -> None:
    office = clerk("""
        Customers
        Customer ID
        ACME

        BankAccounts
        Account | Currency | GL Account
        MAIN    | USD      | 1010
        DE 12   | USD      |

        BankLines
        Line ID | Account | Date       | Amount | Currency
        BL-1    | main    | 2026-01-10 | 40.00  | USD
        BL-2    | de12    | 2026-01-10 | 30.00  | USD

        Receipts
        Receipt No | Receipt Date | Customer ID | Method | Amount
        BL-1       | 2026-01-10   | ACME        | Check  | 40.00
        BL-2       | 2026-01-10   | ACME        | ACH    | 30.00
    """)
    assert booked(office, "B-000001") == lines("""
        2026-01-10 | 1000 | 30.00 | 0.00
        2026-01-10 | 1010 | 40.00 | 0.00
        2026-01-10 | 1200 | 0.00  | 70.00
    """)
    assert waiting(office) == []


def test_receipts_before_the_cut_over_date_were_deposited_before_the_books_began() -> None:
    assert waiting(clerk(cut_over="2026-01-11")) == ["R-2", "R-3", "R-5"]


def test_foreign_receipts_leave_undeposited_at_the_rates_they_came_in_with() -> None:
    office = clerk("""
        Customers
        Customer ID | Currency
        EURO        | EUR

        Rates
        Currency | Date       | Rate
        EUR      | 2026-01-01 | 1.1
        EUR      | 2026-01-15 | 1.3

        Receipts
        Receipt No | Receipt Date | Customer ID | Method | Amount | Currency
        R-1        | 2026-01-10   | EURO        | Check  | 100.00 | EUR
        R-2        | 2026-01-20   | EURO        | Check  | 100.00 | EUR
    """)
    office.deposits(JANUARY, fee="10.00")
    journal = office.books.posted("Journal")
    mine = journal.take(journal.text("account") == "1050")
    assert int((mine.ints("base_debit") - mine.ints("base_credit")).sum()) == 0
    assert booked(office, "B-000002", "Account", "Currency", "Base Debit", "Base Credit") == [
        "1000 | EUR | 229.00 | 0.00", "1050 | EUR | 0.00 | 240.00", "6800 | EUR | 11.00 | 0.00",
    ]  # fmt: skip


def test_receipts_in_another_currency_than_the_account_stay_and_that_is_said() -> None:
    text = OFFICE.replace("| MAIN    | USD", "| MAIN    | EUR").replace(
        "MAIN    | USD", "MAIN | EUR"
    )
    office = clerk(text)
    assert office.deposits(JANUARY) == "B-000001"
    assert waiting(office, date(2026, 1, 31)) == ["R-1", "R-2", "R-3"]


def test_a_bank_account_that_is_not_known_is_refused_with_the_nearest() -> None:
    problem = refused(clerk(), account="MIAN")
    assert problem.seen == "There is no bank account `MIAN`. Did you mean `MAIN`?"


def test_of_several_bank_accounts_one_has_to_be_named() -> None:
    text = OFFICE.replace("MAIN    | USD      | 1010", "MAIN | USD | 1010\n    SIDE | USD | 1020")
    assert refused(clerk(text)).code.name == "bank_account_open"


def test_a_bank_account_may_not_be_booked_to_receivables() -> None:
    text = OFFICE.replace("1010", "1200")
    assert refused(clerk(text)).code.name == "bank_gl_account_not_its_own"


def test_undo_brings_the_receipts_back_to_undeposited_and_the_number_is_not_given_again() -> None:
    office = clerk()
    before = control_movement(office.books.posted("Journal"), "1050")
    office.undoes(office.deposits(JANUARY))
    assert control_movement(office.books.posted("Journal"), "1050") == before
    assert waiting(office) == ["R-1", "R-2", "R-3", "R-5"]
    office.deposits(JANUARY, method="Cash")
    assert slips(office)[0].startswith("DEP-000003")
    assert office.holds()


def test_a_receipt_on_a_slip_cannot_be_undone_before_the_slip() -> None:
    office = clerk()
    slip = office.deposits(JANUARY)
    with pytest.raises(Refusal, match=slip):
        office.undoes("B-000001")
    office.undoes(slip).undoes("B-000001")
    assert office.holds()


def bounced(office: Clerk, number: str) -> str:
    """What an adjustment of kind Bounced writes for a receipt that paid nothing."""
    receipts = office.books.posted("Receipts")
    row = receipts.take(np.flatnonzero(receipts.text("receipt_no") == number)[-1:])
    contra = row.replace(
        amount=-row.ints("amount"), posting_date=np.array(["2026-02-15"], dtype="datetime64[D]"),
        reverses=row.text("batch"), batch="",
    ).detached()  # fmt: skip
    change = Change(appends={"Receipts": contra})
    office.books = office.books.after(post(office.books, change, office.asked("2026-02-15")))
    return str(office.books.posted("Batches").text("batch")[-1])


def test_a_check_that_bounced_is_taken_from_the_bank_or_from_undeposited() -> None:
    office = clerk()
    office.deposits(JANUARY)
    assert booked(office, bounced(office, "R-1")) == lines("""
        2026-02-15 | 1010 | 0.00   | 100.00
        2026-02-15 | 1200 | 100.00 | 0.00
    """)
    assert booked(office, bounced(office, "R-5")) == lines("""
        2026-02-15 | 1050 | 0.00 | 9.00
        2026-02-15 | 1200 | 9.00 | 0.00
    """)
    assert waiting(office) == []


def test_a_slip_stands_while_a_check_on_it_has_bounced() -> None:
    office = clerk()
    slip = office.deposits(JANUARY)
    bounce = bounced(office, "R-1")
    with pytest.raises(Refusal, match=bounce):
        office.undoes(slip)


def test_a_number_that_bounced_and_came_again_goes_on_a_slip_of_its_own() -> None:
    office = clerk()
    office.deposits(JANUARY)
    bounced(office, "R-1")
    office.types("""
        Receipts
        Receipt No | Receipt Date | Customer ID | Method | Amount
        R-1        | 2026-02-20   | ACME        | Check  | 104.00
    """).posts()
    office.deposits("2026-02-28", method="Check")
    assert (
        slips(office)[2]
        == lines("DEP-000003 | 2026-02-28 | MAIN | Check | USD | R-5; R-1 | 113.00 | 0.00")[0]
    )
    assert office.holds()


def test_receipts_show_their_slip() -> None:
    office = clerk()
    office.deposits(JANUARY, method="Cash")
    (change,) = [c for c in derived_changes(office.books) if c.column == "deposit_no"]
    assert change.values.tolist() == ["DEP-000001"]
    rows = office.books.posted("Receipts")
    assert rows.text("receipt_no")[rows.row == change.rows[0]].tolist() == ["R-3"]


def test_a_list_of_receipts_survives_its_cell() -> None:
    odd = ["R-1", "R;2", 'R"3', "A; B", " x"]
    assert listed(listing(text_array(odd))) == odd
    assert listing(text_array(["R-1", "R-2"])) == "R-1; R-2"


def test_a_slip_that_lists_more_receipts_than_a_cell_takes_is_several_slips() -> None:
    count = 4_000
    rows = "\n".join(
        f"R-{i:08d} | 2026-01-10 | ACME | Check | 1.00" for i in range(count)
    )  # fmt: skip
    head = "Receipt No | Receipt Date | Customer ID | Method | Amount"
    office = clerk(f"Customers\nCustomer ID\nACME\n\nReceipts\n{head}\n{rows}")
    office.deposits(JANUARY, expect_count=str(count), expect_total="4,000.00")
    made = standing_slips(office.books, LAST_DATE)
    assert len(made) == 2
    assert max(len(cell) for cell in made.rows.text("receipts")) <= LONGEST_LIST + 20
    assert int(made.total.sum()) == count * 100
    assert waiting(office) == []

"""Returned payments, refunds and write-offs as other systems' tests expect them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ar_xl.core.money import money_text
from ar_xl.ops.aging import aging
from tests.ops.clerk import Clerk
from tests.oracles.cases import Case

pytestmark = pytest.mark.shared


def books(typed: str, **settings: str) -> Clerk:
    """A clerk who has posted some documents."""
    customers = "Customers\nCustomer ID | Name\nACME | Acme"
    clerk = Clerk(customers).rules(**settings).types(typed)
    clerk.posts()
    return clerk


def adjusted(clerk: Clerk, head: str, *rows: str) -> list[str]:
    """Type adjustments and post them; what was found."""
    typed = "\n".join(f"{row} | as agreed" for row in rows)
    return clerk.types(f"Adjustments\n{head} | Reason\n{typed}").adjusts()


def shown(amount: object) -> str:
    return f"{Decimal(str(amount)):.2f}"


def balance(clerk: Clerk, account: str) -> str:
    """The balance of an account, debit positive."""
    rows = clerk.books.posted("Journal")
    mine = rows.text("account") == account
    return money_text(int((rows.ints("debit") - rows.ints("credit"))[mine].sum()), "USD")


def test_nsf_01_a_returned_payment_opens_its_invoice_and_its_charge_stands_apart(
    cases: dict[str, Case],
) -> None:
    given, expected = cases["NSF-01"]["inputs"], cases["NSF-01"]["expected"]
    clerk = books(f"""
        Invoices
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount
        A          | ACME        | 2025-01-01   | 2025-01-31 | {given["invoice"]}

        Receipts
        Receipt No | Receipt Date | Customer ID | Method | Amount
        R          | 2025-01-10   | ACME        | ACH    | {given["payment"]}
    """)
    paid_in = Decimal(given["payment"])
    head = "Date | Kind | Document No | Bank Fee"
    returned = f"2025-01-20 | Bounced | R | {given['returned']['bank_charge']}"
    assert adjusted(clerk, head, returned) == []
    assert clerk.open("2025-12-31") == {"A": shown(expected["invoice_outstanding"])}
    assert Decimal(balance(clerk, "1000")) - paid_in == Decimal(expected["bank_net_of_return"])
    assert len(clerk.booked()) == expected["journal_lines"] - 1  # one line an account: the bank's
    assert clerk.column("Receipts", "Amount") == [shown(each) for each in expected["history"]]
    assert adjusted(clerk, head, returned) == [
        "receipt_returned_twice: `R`, which was returned already"
    ]
    clerk.drops("Adjustments").undoes("B-000003")
    assert clerk.open("2025-12-31") == {}
    assert clerk.holds()


def test_nsf_03_history_stays_true_and_the_invoice_ages_from_its_own_due_date(
    cases: dict[str, Case],
) -> None:
    given, expected = cases["NSF-03"]["inputs"], cases["NSF-03"]["expected"]
    invoice, cheque, bounced = given["invoice"], given["cheque"], given["bounced"]
    clerk = books(f"""
        Invoices
        Invoice No | Customer ID | Invoice Date      | Due Date         | Amount
        A          | ACME        | {invoice["date"]} | {invoice["due"]} | {invoice["amount"]}

        Receipts
        Receipt No | Receipt Date     | Customer ID | Method | Amount
        R          | {cheque["date"]} | ACME        | Check  | {cheque["amount"]}
    """)
    head = "Date | Kind | Document No | Customer Fee"
    assert adjusted(clerk, head, f"{bounced} | Bounced | R | {given['nsf_fee_charged']}") == []
    for day, amount in expected["invoice_open"].items():
        assert clerk.open(day).get("A", "0.00") == shown(amount)
    fee = expected["fee_document"]
    assert clerk.column("Invoices", "Invoice Date")[-1] == fee["date"]
    assert clerk.open(fee["date"])["INV-000001"] == shown(fee["amount"])
    aged = aging(clerk.books, date.fromisoformat(bounced))
    assert sum(aged.buckets.sum(axis=0).tolist()) == expected["customer_balance_2025_04_05"] * 100
    assert aged.buckets.tolist() == [[2500, 100000, 0, 0, 0]]  # 5 days: 1 to 30


def test_ref_01_money_that_was_applied_is_unapplied_and_then_refunded(
    cases: dict[str, Case],
) -> None:
    given, expected = cases["REF-01"]["inputs"], cases["REF-01"]["expected"]
    clerk = books(f"""
        Invoices
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount
        A          | ACME        | 2025-01-01   | 2025-01-31 | {given["invoice"]}

        Receipts
        Receipt No | Receipt Date | Customer ID | Method | Amount
        R          | 2025-01-10   | ACME        | Wire   | {given["payment"]}
    """)
    head = "Date | Kind | Document No | Apply To | Amount"
    steps = [
        (),
        ("2025-01-11 | Unapply | R | |", "2025-01-11 | Refund | R | | 300"),
        ("2025-01-12 | Apply | R | A | 200",),
    ]
    for at, rows in enumerate(steps):
        found = adjusted(clerk, head, *rows) if rows else []
        assert [each for each in found if "owes" not in each] == []
        left = clerk.open("2025-12-31")
        assert left.get("A", "0.00") == shown(expected["invoice_open_after"][at])
        assert left.get("R", "0.00") == shown(-expected["unapplied_after"][at])
        refunded = sum(clerk.books.posted("Invoices").ints("amount")[1:].tolist())
        assert refunded == expected["refunded_after"][at] * 100


@pytest.mark.parametrize("refund", ["refund_10", "refund_200"])
def test_ref_02_store_credit_comes_back_first_and_cash_after_it(
    cases: dict[str, Case], refund: str
) -> None:
    # Which of the two comes back is the clerk's choice with us: what that system decides, unapply
    # and apply do.
    given, expected = cases["REF-02"]["inputs"], cases["REF-02"]["expected"][refund]
    cash, credit = given["paid_with"]["cash"], given["paid_with"]["credit"]
    clerk = books(
        f"""
        Invoices
        Invoice No | Type        | Customer ID | Invoice Date | Due Date   | Amount             | Applies To
        A          |             | ACME        | 2025-01-01   | 2025-01-31 | {given["invoice"]} |
        CM         | Credit Memo | ACME        | 2025-01-02   |            | {credit}           | A

        Receipts
        Receipt No | Receipt Date | Customer ID | Method | Amount
        R          | 2025-01-10   | ACME        | Wire   | {cash}
        """  # noqa: E501  # a table
    )
    assert clerk.open("2025-12-31") == {}
    head = "Date | Kind | Document No | Apply To | Amount"
    rows = ["2025-01-11 | Unapply | CM | |"]
    if expected["cash_refunded"]:
        kept = cash - expected["cash_refunded"]
        rows += [
            "2025-01-11 | Unapply | R | |", f"2025-01-12 | Apply | R | A | {kept}",
            f"2025-01-13 | Refund | R | | {expected['cash_refunded']}",
        ]  # fmt: skip
    else:
        rows.append(f"2025-01-12 | Apply | CM | A | {credit - expected['credit_restored']}")
    assert [each for each in adjusted(clerk, head, *rows) if "owes" not in each] == []
    assert clerk.open("2025-12-31") == {
        "A": shown(expected["invoice_open"]), "CM": shown(-expected["credit_restored"])
    }  # fmt: skip
    assert balance(clerk, "1000") == shown(cash - expected["cash_refunded"])


def test_ref_05_a_refund_is_never_above_the_credit_and_its_reversal_opens_it_again(
    cases: dict[str, Case],
) -> None:
    expected = cases["REF-05"]["expected"]
    clerk = books("""
        Invoices
        Invoice No | Type | Customer ID | Invoice Date | Due Date   | Amount
        A          |      | ACME        | 2025-01-01   | 2025-01-31 | 100

        Receipts
        Receipt No | Receipt Date | Customer ID | Method | Amount
        R          | 2025-01-10   | ACME        | Wire   | 100
    """)
    head = "Date | Kind | Customer ID | Document No | Amount"

    def refunds(amount: int) -> list[str]:
        return adjusted(clerk, head, f"2025-01-20 | Refund | ACME | | {amount}")

    assert "refund_above_credit" in refunds(100)[0]
    clerk.drops("Adjustments").types("""
        Invoices
        Invoice No | Type        | Customer ID | Invoice Date | Amount
        CM         | Credit Memo | ACME        | 2025-01-15   | 100
    """).posts()
    assert balance(clerk, "1200") == shown(expected["balance_before_refund"])
    assert "refund_above_credit" in refunds(300)[0]
    clerk.drops("Adjustments")
    assert refunds(100) == []
    assert clerk.booked() == ["2025-01-20 | 1000 | Cr 100.00", "2025-01-20 | 1200 | Dr 100.00"]
    assert balance(clerk, "1200") == "0.00"
    assert adjusted(clerk, head, "2025-01-21 | Reverse | | RF-000001 |") == []
    assert balance(clerk, "1200") == "-100.00"
    assert len(expected["results"]) == 4


def test_pay_01_reversing_one_receipt_of_a_batch_opens_what_it_had_closed(
    cases: dict[str, Case],
) -> None:
    given, expected = cases["PAY-01"]["inputs"], cases["PAY-01"]["expected"]
    first, second = given["unapplied_receipts"]
    clerk = books(
        f"""
        Invoices
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount
        A          | ACME        | 2025-01-01   | 2025-01-31 | {given["invoice"]}

        Receipts
        Receipt No | Receipt Date | Customer ID | Method | Amount
        R1         | 2025-01-10   | ACME        | Wire   | {first}
        R2         | 2025-01-10   | ACME        | Wire   | {second}
        """,
        allocation_rules="1",
    )
    head = "Date | Kind | Document No | Apply To"
    rows = ("2025-01-11 | Apply | R1 | A", "2025-01-11 | Apply | R2 | A")
    assert adjusted(clerk, head, *rows) == []
    assert clerk.open("2025-12-31") == {"A": shown(expected["after_apply"]["outstanding"])}
    assert adjusted(clerk, head, "2025-01-12 | Reverse | R1 |") == []
    assert clerk.open("2025-12-31") == {"A": shown(expected["after_cancel"]["outstanding"])}


def test_pay_06_a_credit_note_is_refunded(cases: dict[str, Case]) -> None:
    given, expected = cases["PAY-06"]["inputs"], cases["PAY-06"]["expected"]
    clerk = books(f"""
        Invoices
        Invoice No | Type        | Customer ID | Invoice Date | Amount
        CM         | Credit Memo | ACME        | 2025-01-01   | {given["credit_note"]}
    """)
    refunded = expected["credit_note_refunded"]
    head = "Date | Kind | Document No | Amount"
    assert adjusted(clerk, head, f"2025-01-02 | Refund | CM | {refunded}") == []
    assert clerk.open("2025-12-31") == {}
    assert balance(clerk, "1000") == shown(-refunded)


def test_pay_24_two_applications_that_exceed_the_instalment_are_refused(
    cases: dict[str, Case],
) -> None:
    given = cases["PAY-24"]["inputs"]
    first, second = given["requested_allocations"]
    clerk = books(
        f"""
        Invoices
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount
        A          | ACME        | 2025-01-01   | 2025-01-31 | {given["invoice"]}

        Receipts
        Receipt No | Receipt Date | Customer ID | Method | Amount
        R          | 2025-01-10   | ACME        | Wire   | {first + second}
        """,
        allocation_rules="1",
    )
    head = "Date | Kind | Document No | Apply To | Amount"
    rows = (f"2025-01-11 | Apply | R | A | {first}", f"2025-01-11 | Apply | R | A | {second}")
    found = adjusted(clerk, head, *rows)
    assert found == ["adjustment_above_open: USD 200.00 for A, of which USD 0.00 is open"]


def test_pay_26_what_a_payment_leaves_open_is_written_off(cases: dict[str, Case]) -> None:
    given, expected = cases["PAY-26"]["inputs"], cases["PAY-26"]["expected"]
    first, second = given["invoices"]
    clerk = books(f"""
        Invoices
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount
        A          | ACME        | 2025-01-01   | 2025-01-31 | {first}
        B          | ACME        | 2025-01-02   | 2025-01-31 | {second}

        Receipts
        Receipt No | Receipt Date | Customer ID | Method | Amount
        R          | 2025-01-10   | ACME        | Wire   | {given["payment"]}
    """)
    left = clerk.open("2025-12-31")
    rows = (f"2025-01-11 | Write-off | {number} | {amount}"
            for number, amount in left.items())  # fmt: skip
    assert adjusted(clerk, "Date | Kind | Document No | Amount", *rows) == []
    assert clerk.open("2025-12-31") == {}
    assert expected["open"] == [0, 0]
    assert balance(clerk, "1200") == "0.00"
    assert balance(clerk, "1000") == shown(expected["cash_debit"])
    assert balance(clerk, "1290").replace(",", "") == shown(expected["write_off_debit"])

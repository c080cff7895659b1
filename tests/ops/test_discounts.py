"""Early-payment discounts, sentence by sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.policy import Policy
from ar_xl.core.settings import default_settings
from ar_xl.core.terms import Discount, Terms
from ar_xl.ops.discounts import discount_windows
from ar_xl.ops.open_items import open_items
from ar_xl.ops.post_payments import post_payments
from tests.ledger_text import frame_text, ledger, lines

AS_OF = Request(date(2026, 3, 31), "tester")
TWO_TEN = Terms("2/10", net_days=30, tiers=(Discount(Decimal(2), 10),))
TWO_TIERS = Terms(
    "3/10 1/20", net_days=30, tiers=(Discount(Decimal(3), 10), Discount(Decimal(1), 20))
)
GRACE = Terms("2/10 + 5", net_days=30, tiers=(Discount(Decimal(2), 10),), grace_days=5)


def rules(**settings: str) -> Policy:
    terms = {each.name: each for each in (TWO_TEN, TWO_TIERS, GRACE)}
    return Policy(settings=default_settings(**settings), terms=terms)


def invoice(amount: str, tax: str = "0.00", freight: str = "0.00", terms: str = "2/10") -> str:
    return f"""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Due Date   | Terms   | Amount   | Tax   | Non-discountable
        INV-1      | ACME        | 2026-01-01   | 2026-01-31 | {terms} | {amount} | {tax} | {freight}
    """  # noqa: E501  # a table


def receipts(*rows: str) -> str:
    listed = "\n".join(f"R-{at} | ACME | {row}" for at, row in enumerate(rows, start=1))
    return f"""
        Receipts
        Receipt No | Customer ID | Receipt Date | Amount
        {listed}
    """


def paid(text: str, settings: Policy) -> Change:
    return post_payments(ledger(text, settings), AS_OF)


def rows(change: Change) -> list[str]:
    if "Applications" not in change.appends:
        return []
    return frame_text(
        change.appends["Applications"], "Source No", "Amount", "Discount", "Discount Tax",
        "Difference",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("tax_mode", "row"),
    [("included", "R-1 | 126.60 | 2.40 | 0.37 | 0.00"),
     ("excluded", "R-1 | 127.00 | 2.00 | 0.00 | 0.00"),
     ("mixed", "R-1 | 127.00 | 2.00 | 0.00 | 0.00")],
)  # fmt: skip
def test_the_base_leaves_out_what_is_not_discountable_and_the_tax_by_tax_mode(
    tax_mode: str, row: str
) -> None:
    net = row.split(" | ")[1]
    text = invoice("129.00", tax="20.00", freight="9.00") + receipts(f"2026-01-11 | {net}")
    assert rows(paid(text, rules(tax_mode=tax_mode))) == [row]


def test_the_tax_part_is_the_discount_times_tax_over_amount_rounded() -> None:
    change = paid(invoice("119.00", tax="19.00") + receipts("2026-01-05 | 116.62"), rules())
    assert rows(change) == ["R-1 | 116.62 | 2.38 | 0.38 | 0.00"]


@pytest.mark.parametrize(("amount", "discount"), [("0.25", "0.01"), ("0.24", "0.00")])
def test_half_a_cent_of_discount_is_rounded_away_from_zero(amount: str, discount: str) -> None:
    net = f"{Decimal(amount) - Decimal(discount):.2f}"
    change = paid(invoice(amount) + receipts(f"2026-01-05 | {net}"), rules())
    assert rows(change) == [f"R-1 | {net} | {discount} | 0.00 | 0.00"]


@pytest.mark.parametrize(
    ("terms", "day", "earned"),
    [("2/10", "2026-01-11", True), ("2/10", "2026-01-12", False),
     ("2/10 + 5", "2026-01-16", True), ("2/10 + 5", "2026-01-17", False)],
)  # fmt: skip
def test_the_last_day_of_window_and_grace_counts(terms: str, day: str, earned: bool) -> None:
    change = paid(invoice("100.00", terms=terms) + receipts(f"{day} | 98.00"), rules())
    assert rows(change) == [f"R-1 | 98.00 | {'2.00' if earned else '0.00'} | 0.00 | 0.00"]


def test_the_date_of_the_receipt_decides_and_not_the_day_it_is_posted() -> None:
    text = (
        invoice("100.00")
        + receipts("2026-01-11 | 98.00")
        + """
        Periods
        Period  | Closed At
        2026-01 | 2026-02-05
    """
    )
    change = paid(text, rules())
    assert rows(change) == ["R-1 | 98.00 | 2.00 | 0.00 | 0.00"]
    assert frame_text(change.appends["Applications"], "Posting Date") == ["2026-02-01"]


@pytest.mark.parametrize(
    ("day", "net", "discount"),
    [("2026-01-11", "97.00", "3.00"), ("2026-01-12", "99.00", "1.00"),
     ("2026-01-21", "99.00", "1.00"), ("2026-01-22", "99.00", "0.00")],
)  # fmt: skip
def test_of_two_tiers_the_best_still_open_counts(day: str, net: str, discount: str) -> None:
    change = paid(invoice("100.00", terms="3/10 1/20") + receipts(f"{day} | {net}"), rules())
    assert rows(change) == [f"R-1 | {net} | {discount} | 0.00 | 0.00"]


def test_instalments_share_d_in_proportion_and_the_last_takes_the_remainder() -> None:
    books = ledger(invoice("100.00") + """
        Instalments (posted)
        Invoice No | Line | Due Date   | Amount | Posting Date
        INV-1      | 1    | 2026-01-15 | 33.30  | 2026-01-01
        INV-1      | 2    | 2026-01-20 | 33.30  | 2026-01-01
        INV-1      | 3    | 2026-01-31 | 33.40  | 2026-01-01
    """, rules())  # fmt: skip
    windows = discount_windows(books, open_items(books, AS_OF.as_of))
    assert windows.discount[0].tolist() == [67, 67, 66]


def test_the_tax_parts_of_instalments_add_up_to_the_tax_part_of_d() -> None:
    change = paid(invoice("100.00", tax="16.00") + """
        Instalments (posted)
        Invoice No | Line | Due Date   | Amount | Posting Date
        INV-1      | 1    | 2026-01-15 | 33.30  | 2026-01-01
        INV-1      | 2    | 2026-01-20 | 33.30  | 2026-01-01
        INV-1      | 3    | 2026-01-31 | 33.40  | 2026-01-01
    """ + receipts("2026-01-05 | 98.00"), rules())  # fmt: skip
    assert rows(change) == lines("""
        R-1 | 32.63 | 0.67 | 0.11 | 0.00
        R-1 | 32.63 | 0.67 | 0.10 | 0.00
        R-1 | 32.74 | 0.66 | 0.11 | 0.00
    """)


def test_a_receipt_that_covers_its_items_in_full_earns_nothing() -> None:
    change = paid(invoice("100.00") + receipts("2026-01-05 | 100.00"), rules())
    assert rows(change) == ["R-1 | 100.00 | 0.00 | 0.00 | 0.00"]


def test_discount_on_full_payment_may_be_granted_as_unapplied_credit() -> None:
    change = paid(
        invoice("100.00") + receipts("2026-01-05 | 100.00"),
        rules(discount_on_full="credit", over_tolerance="5.00"),
    )
    assert rows(change) == ["R-1 | 98.00 | 2.00 | 0.00 | 0.00"]
    assert frame_text(change.posts["Receipts"], "Unapplied") == ["2.00"]


def test_items_in_the_window_close_at_open_less_d_oldest_first() -> None:
    text = """
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Due Date   | Terms  | Amount
        INV-1      | ACME        | 2025-11-01   | 2025-12-01 | 2/10   | 50.00
        INV-2      | ACME        | 2026-01-01   | 2026-01-31 | 2/10   | 100.00
        INV-3      | ACME        | 2026-01-02   | 2026-02-01 | 2/10   | 200.00
    """ + receipts("2026-01-05 | 300.00")
    change = paid(text, rules(allocation_rules="5"))
    shown = frame_text(change.appends["Applications"], "Invoice No", "Amount", "Discount")
    assert shown == lines("""
        INV-1 | 50.00  | 0.00
        INV-2 | 98.00  | 2.00
        INV-3 | 152.00 | 0.00
    """)


@pytest.mark.parametrize(
    ("tolerance", "row", "left"),
    [("0.50", "R-1 | 98.50 | 2.00 | 0.00 | -0.50", "0.00"),
     ("0.49", "R-1 | 98.00 | 2.00 | 0.00 | 0.00", "0.50")],
)  # fmt: skip
def test_an_excess_over_the_discounted_amount_goes_to_tolerance_else_stays_unapplied(
    tolerance: str, row: str, left: str
) -> None:
    text = invoice("100.00") + receipts("2026-01-05 | 98.50")
    change = paid(text, rules(over_tolerance=tolerance))
    assert rows(change) == [row]
    assert frame_text(change.posts["Receipts"], "Unapplied") == [left]


@pytest.mark.parametrize(
    ("day", "row"),
    [("2026-01-11", "R-1 | 97.60 | 2.00 | 0.00 | 0.40"),
     ("2026-01-12", "R-1 | 97.60 | 0.00 | 0.00 | 0.00")],
)  # fmt: skip
def test_tolerance_is_tested_against_the_discounted_amount_in_the_window_only(
    day: str, row: str
) -> None:
    change = paid(invoice("100.00") + receipts(f"{day} | 97.60"), rules(under_tolerance="0.40"))
    assert rows(change) == [row]


def test_without_partial_discount_only_the_receipt_that_closes_the_item_earns_d() -> None:
    text = invoice("100.00") + receipts("2026-01-05 | 49.00", "2026-01-06 | 49.00")
    assert rows(paid(text, rules())) == lines("""
        R-1 | 49.00 | 0.00 | 0.00 | 0.00
        R-2 | 49.00 | 2.00 | 0.00 | 0.00
    """)


def test_with_partial_discount_each_part_earns_its_share_and_the_last_the_rest() -> None:
    text = invoice("100.00") + receipts("2026-01-05 | 33.00", "2026-01-06 | 65.00")
    assert rows(paid(text, rules(partial_discount="yes"))) == lines("""
        R-1 | 33.00 | 0.67 | 0.00 | 0.00
        R-2 | 65.00 | 1.33 | 0.00 | 0.00
    """)


def test_a_part_paid_after_the_window_earns_nothing() -> None:
    text = invoice("100.00") + receipts("2026-01-05 | 49.00", "2026-01-20 | 49.00")
    assert rows(paid(text, rules(partial_discount="yes"))) == lines("""
        R-1 | 49.00 | 1.00 | 0.00 | 0.00
        R-2 | 49.00 | 0.00 | 0.00 | 0.00
    """)


def test_never_more_than_d_in_total_over_several_batches() -> None:
    books = ledger(invoice("100.00", terms="3/10 1/20"), rules(partial_discount="yes"))
    granted = []
    for number, (day, amount) in enumerate(
        [("2026-01-05", "48.50"), ("2026-01-15", "30.00"), ("2026-01-16", "20.00")]
    ):
        draft = ledger(receipts(f"{day} | {amount}").replace("R-1", f"R-{number}"))
        books = replace(books, drafts=draft.drafts)
        change = post_payments(books, AS_OF)
        granted += change.appends["Applications"].ints("discount").tolist()
        books = books.after(change)
    assert granted == [150, 0, 0]


def with_memo(day: str, amount: str, tax: str = "0.00", invoiced: str = "100.00") -> Ledger:
    return ledger(f"""
        Invoices (posted)
        Invoice No | Type        | Customer ID | Invoice Date | Terms | Amount     | Tax   | Applies To
        INV-1      | Invoice     | ACME        | 2026-01-01   | 2/10  | {invoiced} | 20.00 |
        CM-1       | Credit Memo | ACME        | {day}        |       | {amount}   | {tax} | INV-1

        Applications (posted)
        Application No | Date  | Source Type | Source No | Invoice No | Amount
        A-000001       | {day} | Credit Memo | CM-1      | INV-1      | {amount}
    """, rules(tax_mode="excluded"))  # noqa: E501  # fmt: skip


@pytest.mark.parametrize(
    ("day", "discount"), [("2026-01-11", 100), ("2026-01-12", 160)]
)  # base 80.00 less 30.00 of the memo's net, or the whole base
def test_a_credit_memo_inside_the_window_lowers_the_base(day: str, discount: int) -> None:
    books = with_memo(day, "36.00", "6.00")
    windows = discount_windows(books, open_items(books, AS_OF.as_of))
    assert windows.discount[0].tolist() == [discount]


def test_outside_the_window_a_short_payment_stays_short() -> None:
    change = paid(invoice("100.00") + receipts("2026-01-12 | 98.00"), rules())
    assert rows(change) == ["R-1 | 98.00 | 0.00 | 0.00 | 0.00"]


def test_late_fees_earn_no_discount() -> None:
    books = ledger("""
        Invoices (posted)
        Invoice No | Type       | Customer ID | Invoice Date | Terms | Amount
        LF-1       | Late Fee   | ACME        | 2026-01-01   | 2/10  | 100.00
        DM-1       | Debit Memo | ACME        | 2026-01-01   | 2/10  | 100.00
    """, rules())  # fmt: skip
    windows = discount_windows(books, open_items(books, AS_OF.as_of))
    assert windows.discount[0].tolist() == [0, 200]


def test_a_disputed_item_cannot_be_closed_and_earns_nothing_by_rules_2_to_5() -> None:
    text = (
        invoice("100.00")
        + receipts("2026-01-05 | 88.00")
        + """
        Disputes
        Invoice No | Amount | Opened
        INV-1      | 10.00  | 2026-01-03
    """
    )
    assert rows(paid(text, rules())) == ["R-1 | 88.00 | 0.00 | 0.00 | 0.00"]


def test_a_reference_to_the_gross_amount_closes_net_of_the_discount_that_it_earns() -> None:
    text = (
        invoice("100.00")
        + """
        Receipts
        Receipt No | Customer ID | Receipt Date | Amount | Remittance
        R-1        | ACME        | 2026-01-05   | 98.00  | INV-1 100.00
    """
    )
    change = paid(text, rules())
    assert rows(change) == ["R-1 | 98.00 | 2.00 | 0.00 | 0.00"]
    assert change.findings == ()


def test_the_reason_names_the_terms() -> None:
    change = paid(invoice("100.00") + receipts("2026-01-05 | 97.90"), rules(under_tolerance="0.10"))
    assert frame_text(change.appends["Applications"], "Reason") == [
        "discount by 2/10; underpayment within tolerance"
    ]

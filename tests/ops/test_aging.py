"""Aging (semantics, section 7): every sentence of it as a few lines of a ledger."""

from __future__ import annotations

from datetime import date

from ar_xl.core.arrays import BLANK
from ar_xl.core.ledger import Ledger
from ar_xl.ops.aging import Aging, aging, drafts_left_out
from tests.posted_lines import book

END = date(2013, 1, 31)


def aged(text: str, as_of: date = END, **settings: str) -> Aging:
    return aging(book(text, **settings), as_of)


def summary(report: Aging) -> list[tuple[str, str, list[int], int, int]]:
    return [
        (str(report.currency[i]), str(report.customer_id[i]), report.buckets[i].tolist(),
         int(report.unapplied[i]), int(report.total[i]))
        for i in range(len(report))
    ]  # fmt: skip


def detail(report: Aging) -> list[tuple[str, int, int]]:
    rows = report.detail
    return [
        (str(rows.document_no[i]), int(rows.line[i]), int(rows.open[i])) for i in range(len(rows))
    ]


def test_due_today_is_current_and_the_upper_edge_belongs_to_the_bucket() -> None:
    report = aged("""
        invoice TODAY Acme 2012-10-01 1.00 due=2013-01-31
        invoice D1 Acme 2012-10-01 2.00 due=2013-01-30
        invoice D30 Acme 2012-10-01 4.00 due=2013-01-01
        invoice D31 Acme 2012-10-01 8.00 due=2012-12-31
        invoice D60 Acme 2012-10-01 16.00 due=2012-12-02
        invoice D61 Acme 2012-10-01 32.00 due=2012-12-01
        invoice D90 Acme 2012-10-01 64.00 due=2012-11-02
        invoice D91 Acme 2012-10-01 128.00 due=2012-11-01
        """)
    assert report.names == ("Current", "1-30", "31-60", "61-90", "Over 90")
    assert summary(report) == [("USD", "Acme", [100, 600, 2400, 9600, 12800], 0, 25500)]


def test_days_count_from_the_invoice_date_where_the_policy_says_so() -> None:
    lines = "invoice A1 Acme 2013-01-01 10.00 due=2013-03-01"
    assert summary(aged(lines))[0][2] == [1000, 0, 0, 0, 0]
    assert summary(aged(lines, aging_basis="invoice"))[0][2] == [0, 1000, 0, 0, 0]


def test_buckets_follow_the_edges_of_the_settings() -> None:
    report = aged("invoice A1 Acme 2013-01-01 10.00 due=2013-01-21", aging_edges="7,14")
    assert report.names == ("Current", "1-7", "8-14", "Over 14")
    assert summary(report)[0][2] == [0, 0, 1000, 0]


def test_an_item_without_a_due_date_is_due_on_its_invoice_date() -> None:
    report = aged("invoice A1 Acme 2013-01-21 10.00 due=NaT")
    assert summary(report)[0][2] == [0, 1000, 0, 0, 0]


def test_unapplied_money_stands_in_its_own_column_and_is_never_netted_into_a_bucket() -> None:
    report = aged("""
        invoice A1 Acme 2012-12-01 100.00 due=2012-12-31
        receipt R1 Acme 2013-01-10 30.00
        credit-memo C1 Acme 2013-01-11 20.00
        """)
    assert summary(report) == [("USD", "Acme", [0, 0, 10000, 0, 0], -5000, 5000)]
    assert detail(report) == [("A1", 1, 10000), ("R1", 1, -3000), ("C1", 1, -2000)]
    assert report.detail.days_past_due.tolist() == [31, BLANK, BLANK]


def test_each_instalment_ages_by_itself() -> None:
    report = aged("""
        invoice A1 Acme 2012-12-01 100.00 due=2013-02-28
        instalment A1 1 2012-12-31 30.00
        instalment A1 2 2013-01-31 30.00
        instalment A1 3 2013-02-28 40.00
        receipt R1 Acme 2013-01-10 10.00
        apply R1 A1/1 10.00 2013-01-10
        """)
    assert detail(report) == [("A1", 1, 2000), ("A1", 2, 3000), ("A1", 3, 4000)]
    assert summary(report)[0][2] == [7000, 0, 2000, 0, 0]


def test_pennies_stay() -> None:
    report = aged("""
        invoice A1 Acme 2013-01-01 10.00
        receipt R1 Acme 2013-01-10 9.99
        apply R1 A1 9.99 2013-01-10
        """)
    assert detail(report) == [("A1", 1, 1)]


def test_a_settled_item_is_not_shown() -> None:
    report = aged("""
        invoice A1 Acme 2013-01-01 10.00
        receipt R1 Acme 2013-01-10 9.70
        apply R1 A1 9.70 2013-01-10 discount=0.20 difference=0.10
        """)
    assert len(report) == 0
    assert len(report.detail) == 0


def test_a_row_counts_from_its_posting_date_on() -> None:
    lines = """
        invoice A1 Acme 2012-12-20 10.00 posted=2013-01-01
        receipt R1 Acme 2013-01-30 4.00 posted=2013-02-01
        apply R1 A1 4.00 2013-02-01
        """
    assert len(aged(lines, date(2012, 12, 31))) == 0
    assert summary(aged(lines))[0][4] == 1000
    assert summary(aged(lines, date(2013, 2, 1)))[0][4] == 600


def test_disputed_amounts_age_on_and_show_beside_never_above_what_is_open() -> None:
    report = aged("""
        invoice A1 Acme 2012-12-01 100.00 due=2012-12-31
        receipt R1 Acme 2013-01-10 70.00
        apply R1 A1 70.00 2013-01-10
        dispute A1 2013-01-05 50.00
        """)
    assert summary(report)[0][2] == [0, 0, 3000, 0, 0]
    assert report.detail.disputed.tolist() == [3000]


def test_later_dated_receipts_already_posted_show_as_future() -> None:
    report = aged("""
        invoice A1 Acme 2013-01-01 100.00
        receipt R1 Acme 2013-01-15 10.00
        receipt R2 Acme 2013-02-05 60.00
        apply R2 A1 60.00 2013-02-05 discount=5.00
        apply R1 A1 10.00 2013-02-06
        """)
    assert detail(report) == [("A1", 1, 10000), ("R1", 1, -1000)]
    assert report.detail.future.tolist() == [7500, -1000]
    assert report.detail.after_future.tolist() == [2500, 0]


def test_customers_stand_by_currency_and_by_what_they_owe() -> None:
    report = aged("""
        invoice A1 Small 2013-01-01 1.00
        invoice A2 Large 2013-01-01 9.00
        invoice A3 Large 2013-01-01 5.00 cur=EUR
        invoice A4 Large 2013-01-01 700 cur=JPY
        """)
    assert [row[:2] for row in summary(report)] == [
        ("EUR", "Large"), ("JPY", "Large"), ("USD", "Large"), ("USD", "Small"),
    ]  # fmt: skip
    assert report.by_currency() == {"EUR": 500, "JPY": 700, "USD": 1000}


def test_an_invoice_undone_later_counts_until_then() -> None:
    lines = """
        invoice A1 Acme 2013-01-01 10.00 batch=B1
        invoice A1 Acme 2013-01-01 -10.00 posted=2013-02-03 batch=B2 reverses=B1
        """
    assert summary(aged(lines))[0][4] == 1000
    assert len(aged(lines, date(2013, 2, 28))) == 0


def test_drafts_count_nowhere_and_are_told() -> None:
    ledger: Ledger = book("""
        draft invoice A1 Acme 2013-01-01 10.00
        draft receipt R1 Acme 2013-01-02 10.00
        draft receipt R2 Acme 2013-01-02 10.00
        """)
    assert len(aging(ledger, END)) == 0
    assert drafts_left_out(ledger) == {"Invoices": 1, "Receipts": 2}

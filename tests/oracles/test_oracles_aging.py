"""Aging as other systems' tests expect it."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from ar_xl.core.frames import concat
from ar_xl.core.ledger import Ledger
from ar_xl.core.policy import Policy
from ar_xl.core.settings import SETTING_UNKNOWN_VALUE, default_settings, read_settings
from ar_xl.core.terms import Terms, read_parts
from ar_xl.ops.aging import Aging, aging
from ar_xl.ops.post_invoices import post_invoices
from ar_xl.ops.post_payments import post_payments
from ar_xl.ops.rates import in_base
from tests.oracles.cases import Case, cents, posted
from tests.posted_lines import book

pytestmark = pytest.mark.shared
TODAY = "2025-06-30"


def rules(parts: str = "", **settings: str) -> Policy:
    terms = Terms("T", parts=read_parts(parts), net_days=30)
    return Policy(default_settings(**settings), terms={"T": terms})


def traded(text: str, policy: Policy | None = None, as_of: str = TODAY) -> Ledger:
    """Drafts as a clerk types them, posted: invoices and memos, then receipts."""
    ledger = posted(book(text, policy or rules()), post_invoices, as_of)
    return posted(ledger, post_payments, as_of)


def open_lines(report: Aging) -> list[tuple[str, int, int]]:
    rows = report.detail
    return [
        (str(rows.document_no[i]), int(rows.line[i]), int(rows.open[i])) for i in range(len(rows))
    ]


def total(report: Aging) -> int:
    return int(report.total.sum())


def on(text: str) -> date:
    return date.fromisoformat(text)


def test_age_08_a_payment_fills_instalments_in_due_order(cases: dict[str, Case]) -> None:
    given, expected = cases["AGE-08"]["inputs"], cases["AGE-08"]["expected"]
    amounts = [part["amount"] for part in given["invoice"]["schedule"]]
    policy = rules(f"{amounts[0]}@30; {amounts[1]}@60; rest@90")
    ledger = traded(
        f"""
        draft invoice INV Acme 2025-06-30 100.00 terms=T
        draft receipt R Acme 2025-06-30 {given["payment"]["amount"]}.00 for=INV
        """,
        policy,
    )
    report = aging(ledger, on(given["as_of"]))
    assert [str(due) for due in report.detail.due_date] == [
        part["due"] for part in given["invoice"]["schedule"][1:]
    ]
    assert open_lines(report) == [
        ("INV", part["instalment"], cents(part["outstanding"]))
        for part in expected["open_instalments"]
    ]
    assert total(report) == cents(expected["total"])


def test_age_09_a_memo_larger_than_its_invoice_is_held_where_the_policy_says_so(
    cases: dict[str, Case],
) -> None:
    given, expected = cases["AGE-09"]["inputs"], cases["AGE-09"]["expected"]
    ledger = traded(
        """
        draft invoice INV Acme 2025-06-30 100.00 terms=T
        draft receipt R Acme 2025-06-30 40.00 for=INV
        """,
        rules("30@30; 50@60; rest@90", memo_overflow="hold"),
    )
    assert [row[2] for row in open_lines(aging(ledger, on(TODAY)))] == [
        cents(part) for part in given["start"]["open_instalments"]
    ]
    memo = book(
        f"draft credit-memo CN Acme 2025-06-30 {given['credit_note']['amount']}.00 for=INV",
        ledger.policy,
    )
    after = posted(Ledger(ledger.tables, memo.drafts, ledger.policy), post_invoices, TODAY)
    report = aging(after, on(TODAY))
    assert [row[2] for row in open_lines(report)] == [
        *(cents(part) for part in expected["open_instalments"]),
        cents(expected["credit_note_row"]["outstanding"]),
    ]
    assert total(report) == cents(expected["customer_total"])


def test_age_10_a_credit_note_is_spread_over_instalments_in_due_order(
    cases: dict[str, Case],
) -> None:
    expected = cases["AGE-10"]["expected"]
    ledger = traded(
        """
        draft invoice INV Acme 2025-06-30 200.00 terms=T
        draft receipt R Acme 2025-06-30 40.00 for=INV
        """,
        rules("60@30; 100@60; rest@90"),
    )
    assert [row[2] for row in open_lines(aging(ledger, on(TODAY)))] == [
        cents(part) for part in expected["after_payment"]
    ]
    memo = book("draft credit-memo CN Acme 2025-06-30 100.00 for=INV", ledger.policy)
    after = posted(Ledger(ledger.tables, memo.drafts, ledger.policy), post_invoices, TODAY)
    report = aging(after, on(TODAY))
    assert open_lines(report) == [
        ("INV", part["instalment"], cents(part["outstanding"]))
        for part in expected["after_credit_note"]
        if part["outstanding"]
    ]
    assert total(report) == cents(expected["total"])


def future(report: Aging) -> dict[str, tuple[int, int, int]]:
    rows = report.detail
    return {
        str(rows.document_no[i]): (
            int(rows.open[i]), int(rows.future[i]), int(rows.after_future[i]),
        )
        for i in range(len(rows))
    }  # fmt: skip


def test_age_14_a_post_dated_receipt_shows_as_future(cases: dict[str, Case]) -> None:
    # The bank's 80 and the memo's 10 pay the invoice's 90: with us the memo pays by itself.
    ledger = book("""
        credit-memo CN Acme 2025-06-30 10.00
        invoice INV Acme 2025-06-30 100.00
        receipt R Acme 2025-07-01 80.00
        apply R INV 80.00 2025-07-01
        apply CN INV 10.00 2025-07-01
        """)
    assert future(aging(ledger, on(TODAY))) == {
        row["doc"]: tuple(cents(row[key]) for key in ("outstanding", "future_amount", "remaining"))
        for row in cases["AGE-14"]["expected"]["as_of_today"]
    }


def test_age_15_a_post_dated_full_payment(cases: dict[str, Case]) -> None:
    expected = cases["AGE-15"]["expected"]
    ledger = traded(
        """
        draft invoice INV Acme 2025-06-30 100.00 due=2025-06-30
        draft receipt R Acme 2025-07-01 100.00 for=INV
        """,
        as_of="2025-07-01",
    )
    keys = ("outstanding", "future_amount", "remaining")
    assert future(aging(ledger, on(TODAY)))["INV"] == tuple(cents(expected[key]) for key in keys)
    later = aging(ledger, on("2025-07-01"))
    assert total(later) == cents(expected["as_of_2025_07_01_outstanding"])


def test_age_19_money_booked_otherwise_than_by_the_bank_counts_like_a_receipt(
    cases: dict[str, Case],
) -> None:
    row = cases["AGE-19"]["expected"]["row"]
    ledger = traded("""
        draft invoice INV Acme 2025-06-30 100.00
        draft receipt J1 Acme 2025-06-30 40.00 for=INV
        """)
    detail = aging(ledger, on(TODAY)).detail
    assert detail.amount.tolist() == [cents(row["invoiced"])]
    assert (detail.amount - detail.open).tolist() == [cents(row["paid"])]
    assert detail.open.tolist() == [cents(row["outstanding"])]


def test_age_20_outstanding_is_open_invoices_less_unapplied_receipts(
    cases: dict[str, Case],
) -> None:
    # The buckets themselves are never netted by our policy: see not_covered.py.
    expected = cases["AGE-20"]["expected"]
    lines = [
        "invoice INV Acme 2025-06-30 200.00",
        "receipt R1 Acme 2025-06-30 50.00",
        "receipt R2 Acme 2025-06-30 125.00\napply R2 INV 125.00 2025-06-30",
    ]
    for count in (1, 2, 3):
        wanted = expected[f"after_{count}"]
        report = aging(book("\n".join(lines[:count])), on(TODAY))
        assert -int(report.unapplied.sum()) == cents(wanted["advance"])
        assert total(report) == cents(wanted["outstanding"])
        assert int(report.buckets.sum()) == cents(wanted["invoiced"]) - cents(wanted["paid"])


def test_age_22_days_overdue_and_overlapping_buckets(cases: dict[str, Case]) -> None:
    given, expected = cases["AGE-22"]["inputs"], cases["AGE-22"]["expected"]
    terms = Terms("15 days", net_days=15)
    policy = Policy(default_settings(), terms={terms.name: terms})
    ledger = posted(
        book("draft invoice INV Acme 2025-06-14 100.00 terms=15~days", policy),
        post_invoices, TODAY,
    )  # fmt: skip
    report = aging(ledger, on(given["today"]))
    assert str(report.detail.due_date[0]) == expected["due"]
    assert report.detail.days_past_due.tolist() == [expected["days_overdue"]]
    assert report.names[int(report.detail.bucket[0])] == expected["bucket"]
    _, found = read_settings({"Aging Buckets": "30,25,60"})
    assert [each.code for each in found] == [SETTING_UNKNOWN_VALUE]


def test_age_26_a_memo_for_a_paid_invoice_can_pay_another(cases: dict[str, Case]) -> None:
    ledger = traded("""
        draft invoice A Acme 2025-06-30 100.00
        draft invoice B Acme 2025-06-30 100.00
        draft receipt R Acme 2025-06-30 100.00 for=A
        """)
    memo = book("draft credit-memo CN Acme 2025-06-30 100.00 for=A", ledger.policy)
    after = posted(Ledger(ledger.tables, memo.drafts, ledger.policy), post_invoices, TODAY)
    assert open_lines(aging(after, on(TODAY))) == [("B", 1, 10000), ("CN", 1, -10000)]
    moved = book("credit-memo CN Acme 2025-06-30 100.00\ninvoice B Acme 2025-06-30 100.00\n"
                 "apply CN B 100.00 2025-06-30").posted("Applications")  # fmt: skip
    applications = concat([after.posted("Applications"), moved])
    both = {**after.tables, "Applications": applications}
    report = aging(Ledger(both, {}, after.policy), on(TODAY))
    assert open_lines(report) == cases["AGE-26"]["expected"]["rows"]
    assert total(report) == cents(cases["AGE-26"]["expected"]["customer_total"])


def test_age_27_an_advance_fills_the_oldest_instalment_first(cases: dict[str, Case]) -> None:
    given, expected = cases["AGE-27"]["inputs"], cases["AGE-27"]["expected"]
    later = (on(TODAY) + timedelta(days=30)).isoformat()
    ledger = book(f"""
        receipt R Acme {TODAY} 50.00
        invoice INV Acme {TODAY} 100.00
        instalment INV 1 {TODAY} 50.00
        instalment INV 2 {later} 50.00
        apply R INV/1 50.00 {TODAY}
        """)
    detail = aging(ledger, on(TODAY)).detail
    usd, rate = np.array(["USD"], dtype=object), np.array([given["invoice"]["rate"] * 10**10])
    base = in_base(detail.open, usd, rate, "INR")
    by_line = {int(line): int(amount) for line, amount in zip(detail.line, base, strict=True)}
    wanted = expected["oldest_first_rows_base"]
    assert [by_line.get(line, 0) for line in (1, 2)] == [cents(amount) for amount in wanted]
    assert sum(by_line.values()) == cents(expected["total_outstanding_base"])

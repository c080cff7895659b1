"""Checks of draft receipts, adjustments, customers and policies, and of everything at once."""

from __future__ import annotations

from datetime import date

import pytest

from ar_xl.core.findings import Finding, Severity
from ar_xl.core.ledger import Ledger
from ar_xl.core.policy import LadderStep
from ar_xl.ops.checks import adjustment_findings, all_findings, receipt_findings
from tests.ledger_text import ledger, lines, policy

AS_OF = date(2026, 3, 31)
CUSTOMERS = """
    Customers
    Customer ID | Name | Terms  | Status
    ACME        | Acme | Net 30 | Active
    BOLT        | Bolt | Net 30 | Active
"""
POSTED = """
    Invoices (posted)
    Invoice No | Customer ID | Invoice Date | Amount
    INV-1      | ACME        | 2026-01-05   | 100.00

    Receipts (posted)
    Receipt No | Receipt Date | Customer ID | Amount | Check/Ref | Currency
    R-1        | 2026-02-01   | ACME        | 40.00  | 77        | USD
"""


def found(findings: list[Finding]) -> list[str]:
    return [f"{f.row} | {f.column} | {f.code.name} | {f.seen}" for f in findings]


def receipts(text: str) -> list[str]:
    return found(receipt_findings(ledger(f"{CUSTOMERS}\n{POSTED}\n{text}")))


def adjustments(text: str, write_off_limit: str = "") -> list[str]:
    rules = policy(write_off_limit=write_off_limit)
    book = ledger(f"{CUSTOMERS}\n{POSTED}\n{text}", rules)
    return found(adjustment_findings(book))


def test_a_plain_receipt_is_good() -> None:
    assert (
        receipts("""
        Receipts
        Receipt No | Receipt Date | Customer ID | Method | Amount
                   | 2026-02-02   | ACME        | Check  | 10.00
    """)
        == []
    )


def test_a_receipt_needs_customer_date_and_amount() -> None:
    assert receipts("""
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-9        |              |             |
    """) == lines("""
        2 | receipt_date | required_cell_empty | an empty cell
        2 | customer_id | required_cell_empty | an empty cell
        2 | amount | required_cell_empty | an empty cell
    """)


def test_a_receipt_number_customer_method_and_amount_are_checked() -> None:
    assert receipts("""
        Receipts
        Receipt No | Receipt Date | Customer ID | Method | Amount
        R-1        | 2026-02-02   | ACMY        | Barter | -3.00
    """) == lines("""
        2 | receipt_no | number_used_twice | `R-1`, posted already in B-000001 (row 2)
        2 | customer_id | customer_unknown | `ACMY`; did you mean `ACME`?
        2 | amount | amount_not_positive | USD -3.00
        2 | method | receipt_method_unknown | `Barter`
    """)


def test_what_the_bank_credited_and_kept_makes_up_the_amount() -> None:
    assert receipts("""
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Bank Amount | Bank Fee
        R-2        | 2026-02-02   | ACME        | 100.00 | 98.00       | 2.00
        R-3        | 2026-02-03   | ACME        | 100.00 | 98.00       | 1.00
        R-4        | 2026-02-04   | ACME        | 100.00 |             | -1.00
    """) == lines("""
        4 | bank_fee | bank_fee_negative | -1.00
        3 | bank_amount | bank_amount_and_fee_differ | 98.00 + 1.00, amount 100.00
    """)


def test_equal_receipts_are_both_kept_and_said() -> None:
    assert receipts("""
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Check/Ref
        R-2        | 2026-02-02   | BOLT        | 10.00  | 5
        R-3        | 2026-02-02   | BOLT        | 10.00  | 5
        R-4        | 2026-02-02   | BOLT        | 10.00  | 6
        R-5        | 2026-02-01   | ACME        | 40.00  | 77
    """) == lines("""
        3 | amount | receipt_possibly_twice | the same as row 2
        5 | amount | receipt_possibly_twice | the same as receipt R-1, posted already
    """)


def test_a_foreign_receipt_needs_an_exchange_rate() -> None:
    assert receipts("""
        Receipts
        Receipt No | Receipt Date | Customer ID | Currency | Amount
        R-2        | 2026-02-02   | BOLT        | EUR      | 10.00
    """) == ["2 | currency | exchange_rate_missing | EUR on 2026-02-02 without a rate"]


def test_an_adjustment_says_what_it_changes_and_why() -> None:
    assert adjustments("""
        Adjustments
        Adjustment No | Date       | Kind      | Document No | Apply To | Amount | Reason
        A-1           | 2026-02-02 | Write-off | INV-1       |          | 1.00   | too small
        A-2           | 2026-02-02 | Write-off | INV-9       |          |        |
        A-3           | 2026-02-02 | Bounced   | R-9         |          |        | no funds
        A-4           | 2026-02-02 | Apply     | R-1         | INV-9    | 1.00   | asked
        A-5           | 2026-02-02 | Gift      |             |          | 1.00   | asked
    """) == lines("""
        3 | reason | required_cell_empty | an empty cell
        6 | kind | adjustment_kind_unknown | `Gift`
        3 | document_no | adjusted_document_unknown | `INV-9`
        4 | document_no | adjusted_document_unknown | `R-9`
        5 | apply_to | apply_to_unknown | `INV-9`
        3 | amount | adjustment_without_amount | an empty cell
    """)


def test_a_special_discount_has_an_amount_or_a_percent() -> None:
    assert adjustments("""
        Adjustments
        Date       | Kind             | Document No | Amount | Percent | Reason
        2026-02-02 | Special Discount | INV-1       | 5.00   |         | loyal
        2026-02-02 | Special Discount | INV-1       |        | 5       | loyal
        2026-02-02 | Special Discount | INV-1       | 5.00   | 5       | loyal
        2026-02-02 | Special Discount | INV-1       |        |         | loyal
        2026-02-02 | Special Discount | INV-1       |        | 200     | loyal
    """) == lines("""
        4 | percent | amount_or_percent | both
        5 | percent | amount_or_percent | neither
        6 | percent | amount_or_percent | 200 %
    """)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("50.00 | small | Ada |", []),
        ("50.01 | small | Ada | Bea", []),
        ("50.01 | small | Ada |", ["approval_missing | USD 50.01, limit 50, without an approver"]),
        ("50.01 | small | | Bea", ["approval_missing | USD 50.01, limit 50, without a requester"]),
        ("1.00 | small | Ada | ada", ["approved_by_requester | `ada`"]),
    ],
)
@pytest.mark.parametrize("kind", ["Write-off", "Recovery"])
def test_no_one_approves_their_own_and_above_the_limit_someone_has_to(
    kind: str, typed: str, said: list[str]
) -> None:
    assert adjustments(
        f"""
        Adjustments
        Date       | Kind   | Document No | Amount | Reason | Requested By | Approved By
        2026-02-02 | {kind} | INV-1       | {typed}
        """,
        write_off_limit="50",
    ) == [f"2 | approved_by | {each}" for each in said]


def test_write_offs_of_one_document_count_together_against_the_limit() -> None:
    assert adjustments(
        """
        Adjustments
        Date       | Kind      | Document No | Amount | Reason | Requested By | Approved By
        2026-02-02 | Write-off | INV-1       | 30.00  | small  | Ada          |
        2026-02-02 | Write-off | INV-1       | 20.01  | small  | Ada          | Bea
        """,
        write_off_limit="50",
    ) == lines("""
        2 | approved_by | approval_missing | USD 50.01, limit 50, without an approver
    """)


def everything(text: str) -> list[str]:
    return found(all_findings(ledger(text), AS_OF))


def test_customers_are_listed_until_someone_completes_them() -> None:
    assert everything("""
        Customers
        Customer ID | Name | Email | Terms  | Status | Parent ID
        ACME        | Acme | a@b.c | Net 30 | New    |
        BOLT        |      |       |        | New    |
        ACME        | Acme | a@b.c | Net 99 | Active | NOBODY
                    | Fog  |       |        | Active |
    """) == lines("""
        5 | customer_id | customer_without_id | an empty cell
        4 | customer_id | customer_twice | `ACME`, also in row 2
        2 | status | customer_to_complete | New, complete
        3 | status | customer_to_complete | New, without Name, Email, Terms
        4 | terms | customer_terms_unknown | `Net 99`
        4 | parent_id | customer_parent_unknown | `NOBODY`
    """)


def test_policies_that_name_others_name_ones_that_exist() -> None:
    book = Ledger(
        policy=policy(
            ladder=(LadderStep("Letter", 10, fee_policy="Steep"),), default_terms="Net 7",
            default_fee_policy="Mild",
        )
    )  # fmt: skip
    assert found(all_findings(book, AS_OF)) == lines("""
        0 | value | default_policy_unknown | `Net 7`
        0 | value | default_policy_unknown | `Mild`
        0 | fee_policy | ladder_fee_policy_unknown | `Steep`
    """)


def test_check_says_beforehand_what_posting_would_say() -> None:
    names = {
        line.split(" | ")[2]: line
        for line in everything(f"""
        {CUSTOMERS.strip()}

        Periods
        Period  | Closed At
        2026-01 | 2026-02-05

        Invoices
        Invoice No | Type        | Customer ID | Invoice Date | Applies To | Amount
        INV-2      | Invoice     | ACME        | 2026-01-15   |            | 10.00
        CM-1       | Credit Memo | ACME        | 2026-02-15   | INV-7      | 10.00
        INV-3      | Invoice     | ACME        | 2028-02-15   |            | 10.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-2        | 2026-02-15   | ACME        | 10.00  | INV-77
    """)
    }
    assert set(names) == {
        "posted_in_first_open_period", "memo_applies_to_unknown", "dated_after_as_of",
        "date_more_than_a_year_ahead", "reference_unknown",
    }  # fmt: skip


def test_a_bad_row_does_not_hide_what_posting_the_good_ones_would_say() -> None:
    assert (
        everything(f"""
        {CUSTOMERS.strip()}

        Invoices
        Invoice No | Customer ID | Invoice Date | Amount
        INV-2      | NOBODY      | 2026-02-15   | 10.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-2        | 2026-02-15   | ACME        | 10.00  | INV-2
    """)[-1].split(" | ")[2]
        == "reference_to_a_draft"
    )


def test_errors_warnings_and_notes_are_told_apart() -> None:
    findings = all_findings(
        ledger(f"""
        {CUSTOMERS.strip()}

        Invoices
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount
        INV-1      | ACME        | 2026-02-15   | 2026-02-01 | 0.00
    """),
        AS_OF,
    )
    assert [f.severity for f in findings] == [Severity.ERROR, Severity.WARNING]
    assert all(f.code.fix and f.code.expected for f in findings)

"""Checks of draft invoices: one bad row, one finding, in the words an accountant acts on."""

from __future__ import annotations

import pytest

from ar_xl.core.findings import Finding, Severity
from ar_xl.core.settings import read_settings
from ar_xl.ops.checks import invoice_findings
from tests.ledger_text import NET_30, ledger, lines, policy

CUSTOMERS = """
    Customers
    Customer ID | Terms
    ACME        | Net 30
    BOLT        |
"""


def found(findings: list[Finding]) -> list[str]:
    """Findings as lines: row, column, code, what was seen."""
    return [f"{f.row} | {f.column} | {f.code.name} | {f.seen}" for f in findings]


def checked(text: str) -> list[str]:
    return found(invoice_findings(ledger(CUSTOMERS + "\n" + text)))


def test_a_plain_invoice_of_a_known_customer_is_good() -> None:
    assert (
        checked("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Amount | Tax
        INV-1      | ACME        | 2026-01-05   | 100.00 | 7.00
    """)
        == []
    )


def test_without_drafts_there_is_nothing_to_check() -> None:
    assert (
        checked("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | NOBODY      | 2026-01-05   | 100.00
    """)
        == []
    )


def test_customer_date_and_amount_are_needed() -> None:
    assert checked("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      |             |              |
    """) == lines("""
        2 | customer_id | required_cell_empty | an empty cell
        2 | invoice_date | required_cell_empty | an empty cell
        2 | amount | required_cell_empty | an empty cell
    """)


def test_a_number_is_used_once_among_drafts() -> None:
    assert checked("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | ACME        | 2026-01-05   | 100.00
        INV-2      | ACME        | 2026-01-05   | 100.00
        INV-1      | ACME        | 2026-01-06   | 50.00
    """) == lines("""
        2 | invoice_no | number_used_twice | `INV-1`, also in row 4
        4 | invoice_no | number_used_twice | `INV-1`, also in row 2
    """)


def test_a_number_that_is_posted_is_taken() -> None:
    assert checked("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Amount | Batch
        INV-1      | ACME        | 2026-01-05   | 100.00 | B-000007

        Invoices
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | ACME        | 2026-01-05   | 100.00
    """) == ["2 | invoice_no | number_used_twice | `INV-1`, posted already in B-000007 (row 2)"]


def test_undoing_sets_a_number_free() -> None:
    assert (
        checked("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Amount  | Batch    | Reverses
        INV-1      | ACME        | 2026-01-05   | 100.00  | B-000007 |
        INV-1      | ACME        | 2026-01-05   | -100.00 | B-000008 | B-000007

        Invoices
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | ACME        | 2026-01-05   | 100.00
    """)
        == []
    )


def test_drafts_without_a_number_are_no_duplicates_of_each_other() -> None:
    assert (
        checked("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Amount
                   | ACME        | 2026-01-05   | 100.00
                   | ACME        | 2026-01-05   | 100.00
    """)
        == []
    )


def test_an_unknown_customer_is_an_error_with_the_nearest_known() -> None:
    assert checked("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Terms  | Amount
        INV-1      | ACMEE       | 2026-01-05   | Net 30 | 100.00
        INV-2      | ZZZZ        | 2026-01-05   | Net 30 | 100.00
    """) == lines("""
        2 | customer_id | customer_unknown | `ACMEE`; did you mean `ACME`?
        3 | customer_id | customer_unknown | `ZZZZ`
    """)


@pytest.mark.parametrize("amount", ["0.00", "-5.00"])
def test_an_amount_is_above_zero(amount: str) -> None:
    assert checked(f"""
        Invoices
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | ACME        | 2026-01-05   | {amount}
    """) == [f"2 | amount | amount_not_positive | USD {amount}"]


def test_a_type_is_one_of_ours() -> None:
    assert checked("""
        Invoices
        Invoice No | Type    | Customer ID | Invoice Date | Amount
        INV-1      | Rebate  | ACME        | 2026-01-05   | 1.00
    """) == ["2 | type | document_type_unknown | `Rebate`"]


def test_tax_and_freight_are_parts_of_the_amount() -> None:
    assert checked("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Amount | Tax    | Non-discountable
        INV-1      | ACME        | 2026-01-05   | 100.00 | 100.01 | 100.01
        INV-2      | ACME        | 2026-01-05   | 100.00 | -0.01  | -0.01
        INV-3      | ACME        | 2026-01-05   | 100.00 | 100.00 | 100.00
    """) == lines("""
        2 | tax | tax_above_amount | 100.01 of 100.00
        3 | tax | tax_above_amount | -0.01 of 100.00
        2 | non_discountable | non_discountable_above_amount | 100.01 of 100.00
        3 | non_discountable | non_discountable_above_amount | -0.01 of 100.00
    """)


def test_unknown_terms_are_an_error_wherever_they_come_from() -> None:
    text = """
        Customers
        Customer ID | Terms
        ACME        | Net 45
        BOLT        |

        Invoices
        Invoice No | Customer ID | Invoice Date | Terms  | Amount
        INV-1      | BOLT        | 2026-01-05   | Net 99 | 1.00
        INV-2      | ACME        | 2026-01-05   |        | 1.00
        INV-3      | BOLT        | 2026-01-05   |        | 1.00
    """
    rules = policy(terms=(NET_30,), default_terms="Net 7")
    assert found(invoice_findings(ledger(text, rules))) == lines("""
        2 | terms | terms_unknown | `Net 99`
        3 | terms | terms_unknown | `Net 45`, the customer's terms
        4 | terms | terms_unknown | `Net 7`, Default Terms of the Settings
    """)


def test_without_terms_and_due_date_it_is_due_at_once_and_that_is_said() -> None:
    assert checked("""
        Invoices
        Invoice No | Type        | Customer ID | Invoice Date | Due Date   | Amount
        INV-1      | Invoice     | BOLT        | 2026-01-05   |            | 1.00
        INV-2      | Invoice     | BOLT        | 2026-01-05   | 2026-02-05 | 1.00
        CM-1       | Credit Memo | BOLT        | 2026-01-05   |            | 1.00
    """) == ["2 | due_date | invoice_without_terms | neither due date nor terms"]


def test_a_due_date_before_the_invoice_date_is_said_but_stands() -> None:
    findings = invoice_findings(
        ledger(
            CUSTOMERS
            + """
        Invoices
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount
        INV-1      | ACME        | 2026-01-05   | 2026-01-04 | 1.00
        INV-2      | ACME        | 2026-01-05   | 2026-01-05 | 1.00
        INV-3      | ACME        | 2026-01-05   | 2036-01-05 | 1.00
        INV-4      | ACME        | 1926-01-05   | 1926-02-05 | 1.00
    """
        )
    )
    assert found(findings) == lines("""
        5 | invoice_date | date_far_away | 1926-01-05
        2 | due_date | due_before_invoice_date | due 2026-01-04, invoice date 2026-01-05
        4 | due_date | due_date_far_away | due 2036-01-05, invoice date 2026-01-05
    """)
    assert {f.severity for f in findings} == {Severity.WARNING}


def test_a_foreign_document_needs_an_exchange_rate() -> None:
    assert checked("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Currency | Amount
        INV-1      | ACME        | 2026-01-05   | EUR      | 1.00
        INV-2      | ACME        | 2026-01-05   | USD      | 1.00
    """) == ["2 | currency | exchange_rate_missing | EUR on 2026-01-05 without a rate"]


def test_a_memo_is_not_older_than_its_invoice_and_does_not_credit_itself() -> None:
    assert checked("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | ACME        | 2026-03-12   | 100.00

        Invoices
        Invoice No | Type        | Customer ID | Invoice Date | Applies To | Amount
        CM-1       | Credit Memo | ACME        | 2026-02-10   | INV-1      | 1.00
        CM-2       | Credit Memo | ACME        | 2026-03-12   | INV-1      | 1.00
        CM-3       | Credit Memo | ACME        | 2026-03-12   | CM-3       | 1.00
    """) == lines("""
        4 | applies_to | memo_applies_to_itself | `CM-3`
        2 | invoice_date | memo_dated_before_invoice | 2026-02-10; `INV-1` is of 2026-03-12
    """)


@pytest.mark.parametrize(
    ("limit", "new", "exceeded"),
    [("", "150.00", False), ("0.00", "1.00", True), ("200.00", "100.00", False),
     ("200.00", "100.01", True)],
)  # fmt: skip
def test_at_the_credit_limit_passes_blank_is_unlimited_zero_is_none(
    limit: str, new: str, exceeded: bool
) -> None:
    text = f"""
        Customers
        Customer ID | Terms  | Credit Limit
        ACME        | Net 30 | {limit}

        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount
        INV-1      | ACME        | 2026-01-05   | 2026-02-05 | 140.00

        Receipts (posted)
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-01-06   | ACME        | 40.00

        Invoices
        Invoice No | Customer ID | Invoice Date | Amount
        INV-2      | ACME        | 2026-01-07   | {new}
    """
    names = [f.code.name for f in invoice_findings(ledger(text))]
    assert names == (["credit_limit_exceeded"] if exceeded else [])


def test_the_overdue_limit_looks_at_the_overdue_part_alone() -> None:
    text = """
        Customers
        Customer ID | Terms  | Credit Limit | Overdue Limit
        ACME        | Net 30 | 10000.00     | 499.00
        BOLT        | Net 30 | 10000.00     | 550.00

        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount
        INV-1      | ACME        | 2026-01-05   | 2026-02-05 | 550.00
        INV-2      | BOLT        | 2026-01-05   | 2026-02-05 | 550.00
        INV-3      | BOLT        | 2026-03-01   | 2026-04-05 | 900.00

        Invoices
        Invoice No | Customer ID | Invoice Date | Amount
        INV-4      | ACME        | 2026-03-07   | 1.00
        INV-5      | BOLT        | 2026-03-07   | 1.00
    """
    assert found(invoice_findings(ledger(text))) == [
        "2 | customer_id | overdue_limit_exceeded | ACME owes USD 550.00 past due, limit USD 499.00"
    ]


def test_a_documents_account_is_not_the_control_account() -> None:
    assert checked("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount | GL Account
        INV-1      | ACME        | 2026-01-05   | 2026-02-05 | 100.00 | 1200
        INV-2      | ACME        | 2026-01-05   | 2026-02-05 | 100.00 | 4000
    """) == lines("""
        2 | gl_account | gl_account_is_control_account | `1200`, the GL AR of the Settings
    """)


def test_the_control_account_is_no_other_account_of_the_settings() -> None:
    _, findings = read_settings({"GL AR": "1000"}, {"GL Cash": 7})
    assert found(findings) == lines("""
        7 | value | setting_not_understood | `1000`, the account of GL AR too
    """)

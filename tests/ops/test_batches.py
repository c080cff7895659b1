"""Batches: journal, seals, chain, verify, undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from ar_xl.core.arrays import text_array
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.findings import Refusal
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.schema import Kind
from ar_xl.core.settings import default_settings
from ar_xl.ops.batches import last_batch, post, read_control_total
from ar_xl.ops.open_items import receivable_by_currency
from ar_xl.ops.post_invoices import post_invoices
from ar_xl.ops.seals import row_hashes, text_hashes
from ar_xl.ops.undo import undo
from ar_xl.ops.verify import verify
from tests.ledger_text import frame_text, ledger, lines, policy

REQUEST = Request(date(2026, 1, 31), "Ada", "2026-01-31T17:00:00Z", "post-invoices")
OFFICE = """
    Customers
    Customer ID | Name | Terms
    ACME        | Acme | Net 30
    BOLT        | Bolt | Net 30

    Invoices
    Invoice No | Customer ID | Invoice Date | Amount | Tax
    INV-1      | ACME        | 2026-01-05   | 108.00 | 8.00
    INV-2      | ACME        | 2026-01-05   | 216.00 | 16.00
    INV-3      | BOLT        | 2026-01-20   | 50.00  |
"""


def posted(text: str = OFFICE, **settings: str) -> Ledger:
    before = ledger(text, replace(policy(), settings=default_settings(**settings)))
    return before.after(post(before, post_invoices(before, REQUEST), REQUEST))


def test_a_batch_books_one_line_per_date_account_and_currency() -> None:
    assert frame_text(posted().posted("Journal"), "Date", "Account", "Debit", "Credit") == lines("""
        2026-01-05 | 1200 | 324.00 | 0.00
        2026-01-05 | 2200 | 0.00   | 24.00
        2026-01-05 | 4000 | 0.00   | 300.00
        2026-01-20 | 1200 | 50.00  | 0.00
        2026-01-20 | 4000 | 0.00   | 50.00
    """)


def test_a_line_that_stands_for_one_document_names_it() -> None:
    journal = posted().posted("Journal")
    assert frame_text(journal, "Account", "Customer ID", "Document No") == lines("""
        1200 | ACME |
        2200 | ACME |
        4000 | ACME |
        1200 | BOLT | INV-3
        4000 | BOLT | INV-3
    """)


def test_documents_before_the_cut_over_date_come_in_against_opening_balances() -> None:
    journal = posted(cut_over="2026-01-10").posted("Journal")
    assert frame_text(journal, "Date", "Account", "Debit", "Credit") == lines("""
        2026-01-05 | 1200 | 324.00 | 0.00
        2026-01-05 | 3900 | 0.00   | 324.00
        2026-01-20 | 1200 | 50.00  | 0.00
        2026-01-20 | 4000 | 0.00   | 50.00
    """)


def test_a_foreign_invoice_balances_in_its_currency_and_in_base() -> None:
    before = ledger("""
        Customers
        Customer ID | Currency
        EURO        | EUR

        Rates
        Currency | Date       | Rate
        EUR      | 2026-01-01 | 1.1

        Invoices
        Invoice No | Customer ID | Invoice Date | Currency | Amount | Tax
        INV-9      | EURO        | 2026-01-05   | EUR      | 33.33  | 3.35
    """)
    before = replace(before, policy=replace(before.policy, rates=before.posted("Rates")))
    after = before.after(post(before, post_invoices(before, REQUEST), REQUEST))
    journal = after.posted("Journal")
    shown = frame_text(journal, "Account", "Debit", "Credit", "Base Debit", "Base Credit")
    assert shown == lines("""
        1200 | 33.33 | 0.00  | 36.66 | 0.00
        2200 | 0.00  | 3.35  | 0.00  | 3.69
        4000 | 0.00  | 29.98 | 0.00  | 32.97
    """)


def test_the_batch_says_control_totals_before_and_after() -> None:
    batches = posted().posted("Batches")
    assert frame_text(batches, "Batch", "Control Before", "Control After", "Rows") == [
        "B-000001 |  | USD 374.00 | Invoices 3; Journal 5"
    ]
    assert receivable_by_currency(posted(), LAST_DATE) == {"USD": 37400}


def test_everything_that_was_posted_verifies() -> None:
    result = verify(posted())
    assert (result.rows, result.batches, result.findings) == (8, 1, ())


def test_sorting_a_table_breaks_nothing() -> None:
    after = posted()
    shuffled = after.posted("Invoices").take(np.array([2, 0, 1]))
    assert verify(replace(after, tables={**after.tables, "Invoices": shuffled})).findings == ()


@pytest.mark.parametrize(
    ("column", "value"),
    [("amount", 10801), ("customer_id", "BOLT"), ("description", "x"), ("tax", 0)],
)
def test_an_edited_row_is_named(column: str, value: int | str) -> None:
    after = posted()
    rows = after.posted("Invoices")
    values = rows.columns[column].copy()
    values[0] = value
    edited = replace(after, tables={**after.tables, "Invoices": rows.replace(**{column: values})})
    first = verify(edited).findings[0]
    assert (first.code.name, first.table, first.row_id, first.row) == (
        "posted_row_edited", "Invoices", "INV-1", 2,
    )  # fmt: skip


def test_a_deleted_row_breaks_its_batch() -> None:
    after = posted()
    fewer = after.posted("Invoices").take(np.array([0, 1]))
    found = verify(replace(after, tables={**after.tables, "Invoices": fewer})).findings
    assert [finding.code.name for finding in found] == [
        "batch_does_not_hold", "control_total_differs",
    ]  # fmt: skip


def siphash(data: bytes, key: bytes = b"ar_xl row seal 1") -> int:
    """SipHash-2-4 as its authors publish it (Aumasson and Bernstein, 2012), in plain integers."""
    mask = 2**64 - 1
    k0, k1 = int.from_bytes(key[:8], "little"), int.from_bytes(key[8:], "little")
    v = [k0 ^ 0x736F6D6570736575, k1 ^ 0x646F72616E646F6D,
         k0 ^ 0x6C7967656E657261, k1 ^ 0x7465646279746573]  # fmt: skip

    def left(value: int, bits: int) -> int:
        return ((value << bits) | (value >> (64 - bits))) & mask

    def rounds(times: int) -> None:
        for _ in range(times):
            v[0] = (v[0] + v[1]) & mask
            v[2] = (v[2] + v[3]) & mask
            v[1], v[3] = left(v[1], 13) ^ v[0], left(v[3], 16) ^ v[2]
            v[0] = left(v[0], 32)
            v[2], v[0] = (v[2] + v[1]) & mask, (v[0] + v[3]) & mask
            v[1], v[3] = left(v[1], 17) ^ v[2], left(v[3], 21) ^ v[0]
            v[2] = left(v[2], 32)

    whole = len(data) // 8 * 8
    words = [int.from_bytes(data[i : i + 8], "little") for i in range(0, whole, 8)]
    words.append(int.from_bytes(data[whole:], "little") | (len(data) & 255) << 56)
    for word in words:
        v[3] ^= word
        rounds(2)
        v[0] ^= word
    v[2] ^= 255
    rounds(4)
    return mixed(v[0] ^ v[1] ^ v[2] ^ v[3])


def mixed(value: int) -> int:
    """The finaliser of SplitMix64 (Steele, Lea and Flood, 2014)."""
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) % 2**64
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) % 2**64
    return value ^ (value >> 31)


def test_the_seal_is_the_same_on_every_machine() -> None:
    """Workbooks outlive versions: a changed hash would accuse every row ever posted."""
    texts = ["", "INV-1", "Müller & Söhne", "x" * 300]
    expected = [siphash(text.encode()) for text in texts]
    assert text_hashes(text_array(texts)).tolist() == expected
    invoices = posted().posted("Invoices")
    row = siphash(b"Invoices")
    for position, column in enumerate(
        [*invoices.table.sealed_columns, invoices.table.by_key["batch"]], start=1
    ):
        value = invoices.columns[column.key][0]
        if column.kind is Kind.TEXT:
            cell = siphash(str(value).encode())
        elif column.kind is Kind.DATE:
            cell = (value - np.datetime64("1970-01-01")).astype(int)
        else:
            cell = int(value) % 2**64
        row = mixed(((row ^ int(cell)) + 0x9E3779B97F4A7C15 * position) % 2**64)
    assert row_hashes(invoices)[0] == row
    assert invoices.ints("seal")[0] == row >> 33


def test_undo_restores_balances_and_frees_the_number() -> None:
    after = posted()
    decided = undo(after, REQUEST, "B-000001", redraft=True)
    undone = after.after(post(after, decided.contra, REQUEST, reverses="B-000001"))
    undone = undone.after(decided.redrafted)
    assert receivable_by_currency(undone, LAST_DATE) == {"USD": 0}
    assert last_batch(undone)[2] == "USD 0.00"
    assert undone.draft("Invoices").text("invoice_no").tolist() == ["INV-1", "INV-2", "INV-3"]
    assert verify(undone).findings == ()
    again = undone.after(post(undone, post_invoices(undone, REQUEST), REQUEST))
    assert receivable_by_currency(again, LAST_DATE) == {"USD": 37400}
    assert verify(again).findings == ()


def test_a_batch_is_undone_once() -> None:
    after = posted()
    undone = after.after(
        post(after, undo(after, REQUEST, "B-000001").contra, REQUEST, reverses="B-000001")
    )
    with pytest.raises(Refusal, match="was undone by batch B-000002"):
        undo(undone, REQUEST, "B-000001")
    with pytest.raises(Refusal, match="is itself an undo"):
        undo(undone, REQUEST, "B-000002")
    with pytest.raises(Refusal, match="There is no batch B-000009"):
        undo(undone, REQUEST, "B-000009")


def test_undo_is_refused_while_a_later_batch_depends_on_it() -> None:
    after = posted()
    paid = ledger("""
        Applications
        Application No | Date       | Source Type | Source No | Invoice No | Line | Amount
        A-1            | 2026-01-31 | Receipt     | R-1       | INV-1      | 1    | 108.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Currency | Amount
        R-1        | 2026-01-31   | ACME        | USD      | 108.00
    """)
    receipts = paid.draft("Receipts").replace(posting_date="2026-01-31", method="Check")
    applications = paid.draft("Applications").replace(
        posting_date="2026-01-31", discount=0, discount_tax=0, difference=0, source_amount=10800
    )
    change = Change(appends={"Receipts": receipts, "Applications": applications})
    after = after.after(post(after, change, REQUEST))
    with pytest.raises(Refusal, match="later batches build on it: B-000002"):
        undo(after, REQUEST, "B-000001")


def test_a_control_total_is_read_as_it_is_written() -> None:
    assert read_control_total("EUR 3.00; USD 12.50") == {"EUR": 300, "USD": 1250}
    with pytest.raises(ValueError, match="amounts such as"):
        read_control_total("12.50")

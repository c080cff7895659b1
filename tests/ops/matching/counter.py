"""A few open invoices, a bank line, the proposal: as the clerk at the counter sees them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ar_xl.core.policy import Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.matching.parts import Incoming, Proposals, from_bank_lines, from_receipts
from ar_xl.ops.matching.propose import propose
from tests.ledger_text import ledger, policy

TODAY = date(2026, 2, 28)
LINE = "Line ID | Date | Kind | Currency | Amount | Payer | Reference | Text"
BOOK = """
    Customers
    Customer ID | Name                  | Parent ID
    ACME        | Acme Freight Ltd      |
    BOLT        | Bolt & Nut GmbH       |
    CARO        | Caroline Metals Inc   |
    HEAD        | Headwater Holding plc |
    EAST        | East Mill             | HEAD
    WEST        | West Mill             | HEAD

    Invoices (posted)
    Invoice No | Customer ID | Invoice Date | Due Date   | Terms       | Amount  | Reference
    INV-001043 | ACME        | 2026-01-05   | 2026-02-04 |             | 1000.00 |
    INV-001044 | ACME        | 2026-01-06   | 2026-02-05 |             | 253.70  |
    INV-001051 | ACME        | 2026-01-20   | 2026-02-19 |             | 81.13   |
    INV-001060 | BOLT        | 2026-01-07   | 2026-02-06 | 2/10 Net 30 | 400.00  |
    INV-001061 | BOLT        | 2026-01-08   | 2026-02-07 |             | 75.25   |
    INV-001070 | CARO        | 2026-01-08   | 2026-02-07 |             | 500.00  |
    INV-001071 | CARO        | 2026-01-09   | 2026-02-08 |             | 500.00  |
    INV-001080 | EAST        | 2026-01-09   | 2026-02-08 |             | 310.10  | 000777321
    INV-001081 | WEST        | 2026-01-09   | 2026-02-08 |             | 622.20  |
"""


def money(rows: str, more: str = "", rules: Policy | None = None) -> tuple[Proposals, Incoming]:
    """Propose for bank lines: line, date, kind, currency, amount, payer, reference, text."""
    tables = (BOOK, more, f"BankLines\n{LINE}\n{rows}")
    book = ledger("\n\n".join(each.strip("\n ") for each in tables if each), rules or policy())
    lines = from_bank_lines(book.posted("BankLines"))
    return propose(book, lines, TODAY), lines


def proposed(*rows: str, more: str = "", **settings: str) -> list[str]:
    """What is proposed, a line each: `ACME | INV-001043 | 100`.

    Args:
        rows: `amount | payer | text`, in USD, dated 2026-02-10 unless a date stands before.
        more: further tables.
        settings: by attribute name.
    """
    answer = answered(*rows, more=more, **settings)
    columns = (answer.customer_id, answer.documents, answer.confidence)
    return [f"{a} | {b} | {c}" for a, b, c in zip(*columns, strict=True)]


def answered(*rows: str, more: str = "", **settings: str) -> Proposals:
    """The proposals themselves, for the same rows."""
    listed = []
    for at, row in enumerate(rows):
        cells = [cell.strip() for cell in row.split("|")]
        day = cells.pop(0) if len(cells) == 4 else "2026-02-10"
        amount, payer, text = cells
        listed.append(f"BL-{at} | {day} | Payment | USD | {amount} | {payer} | | {text}")
    return money("\n".join(listed), more, with_settings(**settings))[0]


def with_settings(**settings: str) -> Policy:
    """The usual policy with other settings, texts by attribute name."""
    return replace(policy(), settings=default_settings(**settings))


def drafted(row: str) -> Proposals:
    """What is proposed for a draft receipt: `amount | customer | remittance`."""
    amount, customer, text = (cell.strip() for cell in row.split("|"))
    heading = "Receipt No | Receipt Date | Customer ID | Currency | Amount | Remittance"
    draft = f"R-1 | 2026-02-10 | {customer} | USD | {amount} | {text}"
    book = ledger(f"{BOOK}\n\nReceipts\n{heading}\n{draft}")
    return propose(book, from_receipts(book.draft("Receipts")), TODAY)

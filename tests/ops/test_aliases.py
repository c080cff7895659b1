"""Payer aliases: what a decision about one bank line teaches for the next."""

from __future__ import annotations

from tests.ledger_text import frame_text
from tests.ops.match_clerk import MatchClerk

BOOKS = """
    Customers
    Customer ID | Name
    ACME        | Acme Ltd
    BETA        | Beta GmbH

    BankLines
    Line ID | Account | Date       | Kind    | Amount | Currency | Payer    | Payer Account
    BL-1    | DE1     | 2026-03-02 | Payment | 10.00  | USD      | Acme Ltd |
    BL-2    | DE1     | 2026-03-03 | Payment | 20.00  | USD      | ACME HQ  | X1
    BL-3    | DE1     | 2026-03-04 | Payment | 30.00  | USD      | acme  hq | X1
    BL-4    | DE1     | 2026-03-05 | Payment | 40.00  | USD      | ACME HQ  | X1
"""


def aliases(clerk: MatchClerk) -> list[str]:
    rows = clerk.books.posted("PayerAliases")
    return frame_text(rows, "Payer", "Payer Account", "Customer ID", "Confirmed", "Last Confirmed")


def decided(*decisions: tuple[str, str, str]) -> MatchClerk:
    """Lines decided and posted one after the other, each for a customer."""
    clerk = MatchClerk(BOOKS).matches()
    for line, decision, customer in decisions:
        clerk.decides(line, decision, customer_id=customer).posts()
    return clerk


def test_a_payer_called_as_the_customer_is_teaches_nothing() -> None:
    assert aliases(decided(("BL-1", "Accept", "ACME"))) == []


def test_confirming_a_name_counts_however_it_is_spelled() -> None:
    clerk = decided(("BL-2", "Accept", "ACME"), ("BL-3", "Accept", "ACME"))
    assert aliases(clerk) == ["ACME HQ | X1 | ACME | 2 | 2026-12-31"]


def test_a_name_confirmed_for_two_customers_stays_for_both() -> None:
    clerk = decided(("BL-2", "Accept", "ACME"), ("BL-3", "Accept", "BETA"))
    assert [row.split(" | ")[2:4] for row in aliases(clerk)] == [["ACME", "1"], ["BETA", "1"]]


def test_a_change_to_another_customer_takes_a_confirmation_away() -> None:
    clerk = decided(("BL-2", "Accept", "ACME"), ("BL-3", "Change", "BETA"))
    assert [row.split(" | ")[2:4] for row in aliases(clerk)] == [["ACME", "0"], ["BETA", "1"]]


def test_a_rejected_line_takes_a_confirmation_away_and_gives_none() -> None:
    clerk = decided(("BL-2", "Accept", "ACME"), ("BL-3", "Reject", "ACME"))
    assert [row.split(" | ")[2:4] for row in aliases(clerk)] == [["ACME", "0"]]


def test_undo_unlearns_nothing() -> None:
    clerk = decided(("BL-2", "Accept", "ACME")).undoes()
    assert aliases(clerk) == ["ACME HQ | X1 | ACME | 1 | 2026-12-31"]

"""Above a limit a second person approves, however the amount and the name are written."""

from __future__ import annotations

import pytest

from ar_xl.ops.persons import person
from tests.ledger_text import policy
from tests.ops.adjusting_books import CUSTOMERS
from tests.ops.clerk import Clerk

HEAD = "Date | Kind | Document No | Customer ID | Amount | Requested By | Approved By | Reason"


def office() -> Clerk:
    """INV-1 of 500.00 open, R-1 of 800.00 and of EURO's R-2 of EUR 800.00 unapplied; limits 100."""
    clerk = Clerk(CUSTOMERS, policy()).rules(write_off_limit="100", refund_limit="100")
    clerk.types(
        """
        Invoices
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | BOLT        | 2026-01-05   | 500.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Currency
        R-1        | 2026-01-10   | ACME        | 800.00 |
        R-2        | 2026-01-10   | EURO        | 800.00 | EUR
        """
    )
    clerk.posts()
    return clerk


def adjusted(clerk: Clerk, *rows: str) -> list[str]:
    """Type adjustments of 1 February and post them; what was found."""
    typed = "\n".join(f"2026-02-01 | {row} | asked for" for row in rows)
    return clerk.drops("Adjustments").types(f"Adjustments\n{HEAD}\n{typed}").adjusts()


def test_a_refund_by_customer_counts_in_the_currency_of_its_credits() -> None:
    assert adjusted(office(), "Refund | | EURO | 91.00 | Ann |") == [
        "approval_missing: USD 100.10, limit 100, without an approver"
    ]
    assert adjusted(office(), "Refund | | EURO | 90.00 | Ann |") == []


def test_refunds_of_one_customer_count_together_whatever_they_name() -> None:
    found = adjusted(office(), "Refund | R-1 | | 90.00 | Ann |", "Refund | | ACME | 90.00 | Ann |")
    assert found == ["approval_missing: USD 180.00, limit 100, without an approver"] * 2


def test_what_was_written_off_before_counts_until_it_is_recovered_or_undone() -> None:
    clerk, row = office(), "Write-off | INV-1 | | 60.00 | Ann |"
    assert adjusted(clerk, row) == []
    assert adjusted(clerk, row) == [
        "approval_missing: USD 120.00 with what was written off before, limit 100, "
        "without an approver"
    ]
    assert adjusted(clerk, "Recovery | INV-1 | | 60.00 | Ann |") == []
    assert adjusted(clerk, row) == []
    clerk.undoes(clerk.last())
    assert adjusted(clerk, row) == []


@pytest.mark.parametrize(
    "name", ["ANN ", "A nn", "Ann.", "Ann\u200b", "\uff21nn", "Ann\u3164", "Ann\ufe0f"]
)
def test_another_spelling_is_the_same_person(name: str) -> None:
    assert [each.split(":")[0] for each in adjusted(
        office(), f"Write-off | INV-1 | | 200.00 | Ann | {name}"
    )] == ["approved_by_requester"]  # fmt: skip


@pytest.mark.parametrize("name", ["-", "?", "n/a", "B", "12"])
def test_an_approver_has_a_name(name: str) -> None:
    assert adjusted(office(), f"Write-off | INV-1 | | 200.00 | Ann | {name}") == [
        f"approval_missing: USD 200.00, limit 100, without an approver: `{name}` is no name"
    ]


def test_a_name_that_mixes_scripts_is_refused() -> None:
    assert adjusted(office(), "Write-off | INV-1 | | 200.00 | Ann | \u0410nn") == [
        "name_mixes_scripts: `\u0410nn`, which mixes Latin and Cyrillic letters"
    ]


def test_other_people_are_other_people() -> None:
    names = [
        "Ann",
        "Bea",
        "\u00c4nn",
        "\u0410\u043d\u043d\u0430",
        "\u674e\u660e",
        "clerk1",
        "clerk2",
    ]
    assert len({person(name) for name in names}) == len(names)
    assert adjusted(office(), "Write-off | INV-1 | | 200.00 | Ann | \u674e\u660e") == []

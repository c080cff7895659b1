"""What an adjustment took back comes back only between documents that still stand."""

from __future__ import annotations

import pytest

from ar_xl.core.findings import Refusal
from tests.ops.adjusting_books import office
from tests.ops.clerk import Clerk

DATES = ("2026-01-31", "2026-02-01", "2026-02-02", "2026-02-28", "2026-03-31", "2026-12-31")
WRITE_OFF = "2026-01-20 | Write-off | INV-2 | | 40.00 | hopeless"
UNAPPLY, BOUNCED = "2026-02-01 | Unapply | R-1 | | | x", "2026-02-02 | Bounced | R-1 | | | x"
PAIRS = [
    (UNAPPLY, BOUNCED),
    (UNAPPLY, "2026-02-02 | Reverse | R-1 | | | x"),
    (UNAPPLY, "2026-02-02 | Reverse | INV-1 | | | x"),
    ("2026-02-01 | Unapply | CM-1 | | | x", "2026-02-02 | Reverse | CM-1 | | | x"),
    ("2026-02-01 | Bounced | R-1 | | | x", "2026-02-02 | Reverse | INV-1 | | | x"),
    ("2026-02-01 | Recovery | INV-2 | | 40.00 | x", "2026-02-02 | Reverse | INV-2 | | | x"),
]


def books() -> Clerk:
    """R-1 pays INV-1, CM-1 is applied to INV-3, and INV-2 is written off."""
    clerk = office()
    clerk.types(
        """
        Invoices
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount | Type
        INV-1      | ACME        | 2026-01-05   | 2026-01-05 | 100.00 |
        INV-2      | BOLT        | 2026-01-05   | 2026-01-05 | 40.00  |
        INV-3      | ACME        | 2026-01-06   | 2026-01-06 | 30.00  |
        CM-1       | ACME        | 2026-01-07   | 2026-01-07 | 30.00  | Credit Memo

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Method | Remittance
        R-1        | 2026-01-10   | ACME        | 100.00 | Wire   | INV-1
        """
    )
    clerk.posts()
    adjusted(clerk, WRITE_OFF)
    if "CM-1" in clerk.open("2026-01-31"):
        adjusted(clerk, "2026-01-20 | Apply | CM-1 | INV-3 | | x")
    return clerk


def adjusted(clerk: Clerk, row: str) -> str:
    """Post one adjustment; its batch."""
    heads = "Date | Kind | Document No | Apply To | Amount | Reason"
    assert clerk.types(f"Adjustments\n{heads}\n{row}").adjusts() == []
    return clerk.drops("Adjustments").last()


def everything(clerk: Clerk) -> list[dict[str, str]]:
    return [clerk.open(on) for on in DATES]


@pytest.mark.parametrize(("first", "later"), PAIRS)
def test_what_was_taken_back_returns_after_its_document_returned(first: str, later: str) -> None:
    clerk = books()
    before = everything(clerk)
    undone, away = adjusted(clerk, first), adjusted(clerk, later)
    with pytest.raises(Refusal, match=f"build on it: {away}"):
        clerk.undoes(undone)
    clerk.undoes(away).undoes(undone)
    assert everything(clerk) == before
    assert clerk.carried() == 0
    assert clerk.holds()


def test_it_returns_no_earlier_than_its_document() -> None:
    clerk = books()
    undone, away = adjusted(clerk, UNAPPLY), adjusted(clerk, BOUNCED)
    clerk.undoes(away, "2026-03-15", later=True).undoes(undone)
    assert clerk.open("2026-02-28") == {"INV-1": "100.00"}
    assert clerk.open("2026-03-31") == {}


def test_another_document_of_the_same_number_does_not_take_its_place() -> None:
    clerk = books()
    undone, away = adjusted(clerk, UNAPPLY), adjusted(clerk, BOUNCED)
    clerk.types(
        """
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Method
        R-1        | 2026-02-10   | BOLT        | 500.00 | Wire
        """
    )
    again = clerk.posts()
    with pytest.raises(Refusal, match=f"build on it: {again}, {away}"):
        clerk.undoes(undone)


@pytest.mark.parametrize(("first", "later"), PAIRS)
def test_a_batch_that_would_overdraw_a_document_is_never_written(
    first: str, later: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = books()
    undone, _ = adjusted(clerk, first), adjusted(clerk, later)
    monkeypatch.setattr("ar_xl.ops.undo._dependants", lambda *_: [])
    with pytest.raises(Refusal, match=r"more than there is of (R|INV|CM)-[12]\."):
        clerk.undoes(undone)

"""A batch whose journal or totals do not agree with its rows is our mistake: nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ar_xl.app import desk
from ar_xl.core.findings import Exit
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger
from ar_xl.core.tables import APPLICATIONS
from ar_xl.ops.balancing import DOES_NOT_BALANCE, balances_moved
from ar_xl.ops.batches import post
from tests.app.conftest import done, run
from tests.app.office import bring_in

Mistake = Callable[[Change], Change]


@pytest.fixture
def office(blank_book: Path) -> Path:
    """Posted invoices and draft receipts."""
    bring_in(blank_book, "customers", "invoices")
    done(run("post-invoices", blank_book))
    bring_in(blank_book, "receipts")
    return blank_book


def other_amount(name: str, column: str, cents: int) -> Mistake:
    """The first row of a table with so many cents more."""

    def mistaken(change: Change) -> Change:
        amounts = change.appends[name].ints(column).copy()
        amounts[0] += cents
        changed = change.appends[name].replace(**{column: amounts})
        return replace(change, appends={**change.appends, name: changed})

    return mistaken


def missing_document(change: Change) -> Change:
    """The first application names a document that is not there."""
    frame = change.appends["Applications"]
    numbers = frame.text("invoice_no").copy()
    numbers[0] = "no such"
    changed = frame.replace(invoice_no=numbers)
    return replace(change, appends={**change.appends, "Applications": changed})


def other_total(change: Change) -> Change:
    """The control total is another one."""
    line = change.appends["Batches"].replace(control_after="USD 1.00")
    return replace(change, appends={**change.appends, "Batches": line})


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        (other_amount("Applications", "source_amount", 1), "a difference of USD 0.01."),
        (other_amount("Applications", "discount", 250), "a difference of USD 2.50."),
        (other_amount("Journal", "credit", 100), "credits that differ by USD -1.00."),
        (other_amount("Journal", "base_debit", 7), "differ by 7 of the smallest unit"),
        (missing_document, "a difference of USD"),
        (other_total, "the control total by USD -"),
    ],
)
def test_what_does_not_balance_is_not_written(
    office: Path, mistake: Mistake, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "post", lambda *given: mistake(post(*given)))
    before = office.read_bytes()
    for preview in (True, False):
        answer = run("post-payments", office, preview=preview)
        assert answer.exit is Exit.OUR_BUG
        assert said in answer.said[-1]
        assert answer.said[-1].endswith(DOES_NOT_BALANCE.fix)
    assert office.read_bytes() == before


def test_an_application_to_a_line_that_the_document_lacks_moves_nothing() -> None:
    row = Frame.build(
        APPLICATIONS, 1, source_type="Adjustment", invoice_no="A1", line=2, amount=5, discount=0,
        difference=0, source_amount=5,
    )  # fmt: skip
    assert balances_moved(Ledger(), Change(appends={"Applications": row})) == {}

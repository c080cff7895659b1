"""The command plan on a workbook: typed lines, calling off, undoing, and its messages."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from ar_xl.app.answer import Answer
from ar_xl.app.sheets.plans_sheet import plans_report
from ar_xl.core.findings import Exit
from ar_xl.core.ledger import Request
from ar_xl.ops.collecting.plans import plan_states
from proofs.explain import do
from tests.app.conftest import done, run
from tests.ledger_text import policy
from tests.office.steps import Do, Enter, Step
from tests.ops.plan_office import late_office


def _line(due: datetime, amount: float) -> dict[str, object]:
    return {"Customer ID": "ACME", "Documents": "INV-1; INV-2", "Due Date": due,
            "Amount": amount, "Agreed": datetime(2026, 3, 10)}  # fmt: skip


STORY: tuple[Step, ...] = (
    Enter("Customers", [{"Customer ID": "ACME", "Name": "Acme", "Status": "Active"}]),
    Enter("Invoices", [
        {"Invoice No": number, "Customer ID": "ACME", "Invoice Date": datetime(2026, 1, 5),
         "Due Date": datetime(2026, 2, 4), "Amount": amount}
        for number, amount in (("INV-1", 400.0), ("INV-2", 500.01))
    ]),
    Do("post-invoices", "2026-01-31"),
)  # fmt: skip


@pytest.fixture
def office(blank_book: Path) -> Path:
    for step in STORY:
        answer = do(step, blank_book)
        assert answer is None or answer.exit is Exit.DONE
    return blank_book


def plan(book: Path, as_of: str, **given: object) -> Answer:
    return run("plan", book, as_of=as_of, **given)


def types(book: Path, *lines: tuple[datetime, float]) -> None:
    do(Enter("Plans", [_line(*each) for each in lines]), book)


def test_typed_lines_are_posted_called_off_and_undone(office: Path) -> None:
    types(office, (datetime(2026, 5, 1), 500.01), (datetime(2026, 4, 1), 400.0))
    assert "1 plan: 1 live." in done(plan(office, "2026-03-10")).said
    assert "1 plan: 1 broken." in done(plan(office, "2026-04-05")).said
    ended = done(plan(office, "2026-04-06", end="pl-1", reason="sold"))
    assert "Plan PL-1 is called off; the original terms count again." in ended.said
    done(run("undo", office, batch=ended.batches[-1]))
    assert "1 plan: 1 live." in done(plan(office, "2026-04-04")).said
    done(run("verify", office))


def test_lines_that_do_not_add_up_are_named_with_their_cell_and_nothing_is_posted(
    office: Path,
) -> None:
    types(office, (datetime(2026, 4, 1), 890.01))
    answer = plan(office, "2026-03-10")
    assert answer.exit is Exit.WRONG_DATA
    (found,) = (each for each in answer.findings if each.code.name == "plan_does_not_add_up")
    assert (found.sheet, found.cell) == ("Plans", "G2")
    assert "10.00 too little" in found.seen
    assert not answer.batches


def test_an_agreement_is_a_file_beside_the_workbook_and_a_preview_makes_none(office: Path) -> None:
    asked = {"customer": "ACME", "payments": "3", "first": "2026-04-01", "agreement": True}
    done(run("plan", office, as_of="2026-03-10", preview=True, **asked))
    folder = office.parent / "Plans 2026-03-10"
    assert not folder.exists()
    done(run("plan", office, as_of="2026-03-10", **asked))
    assert [each.name for each in folder.iterdir()] == ["Agreement PL-1.docx"]


def test_month_end_says_which_plans_are_left_out_and_what_a_broken_one_still_charges(
    office: Path,
) -> None:
    asked = {"customer": "ACME", "payments": "2", "first": "2026-04-01", "interest": "6"}
    done(plan(office, "2026-03-10", documents="INV-1", **asked))
    types(office, (datetime(2026, 4, 1), 500.01))
    said = done(run("month-end", office, period="2026-04")).said
    assert (
        "1 draft line of payment plans left out: a plan counts, and spares late fees, once it is "
        "posted."
    ) in said
    assert (
        "Plan PL-1 of ACME broke on 2026-04-05: its interest for later, USD 0.99 (PL-1-INT-2), is "
        "owed beside late fees for the same days until the plan is called off."
    ) in said


@pytest.mark.heavy
def test_interest_of_a_plan_paid_early_is_named_with_the_plan(office: Path) -> None:
    asked = {"customer": "ACME", "payments": "2", "first": "2026-04-01", "interest": "6"}
    done(plan(office, "2026-03-10", documents="INV-1", **asked))
    receipt = {"Receipt No": "R-1", "Receipt Date": datetime(2026, 3, 20), "Customer ID": "ACME",
               "Amount": 400.0, "Remittance": "PL-1"}  # fmt: skip
    do(Enter("Receipts", [receipt]), office)
    done(run("post-payments", office, as_of="2026-03-20"))
    assert (
        "Plan PL-1 of ACME: its principal is paid; interest of USD 2.44 (PL-1-INT-1, PL-1-INT-2) "
        "falls due later and is owed then, unless the plan is called off."
    ) in done(plan(office, "2026-03-20")).said


def test_a_plan_is_not_agreed_after_the_day_of_the_run(office: Path) -> None:
    asked = {"customer": "ACME", "payments": "2", "first": "2026-06-01"}
    answer = plan(office, "2026-03-10", agreed="2026-05-10", **asked)
    assert "Agreed on 2026-05-10, after 2026-03-10, the day of this run." in answer.said[0]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"payments": "0", "first": "2026-06-01"}, "`0` is no number of payments."),
        ({"payments": "3"}, "3 payments without a first date."),
        ({"first": "2026-06-01"}, "A first date, 2026-06-01, without a number of payments."),
    ],
)
def test_terms_that_are_missing_are_named(
    blank_book: Path, asked: dict[str, str], why: str
) -> None:
    assert why in plan(blank_book, "2026-03-10", customer="ACME", **asked).said[0]


def test_the_interest_of_the_settings_is_not_said_of_plans_that_have_another() -> None:
    clerk, on = late_office(policy(plan_interest="6")), date(2026, 3, 10)
    clerk.plans(percent=Decimal(12))
    report = plans_report(clerk.books, Request(on, "Ann"), plan_states(clerk.books, on), [])
    assert ("Policy", "Missed after 3 days of grace; broken after 1 missed payment") in report.lines

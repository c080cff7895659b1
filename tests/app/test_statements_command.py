"""The command `statements`: its files, its register and the rows of Activities."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from ar_xl.app.catalogue import COMMANDS
from ar_xl.core.findings import Exit
from tests.app.conftest import done, run
from tests.app.office import demo_month

DAY = "2026-10-31"


@pytest.fixture
def office(blank_book: Path) -> Path:
    """The demo company with everything of October posted."""
    demo_month(blank_book)
    return blank_book


def rows_of(book: Path, sheet: str) -> list[dict[str, object]]:
    """The rows of a table, by heading."""
    lines = openpyxl.load_workbook(book, data_only=True)[sheet].iter_rows(values_only=True)
    heads = [str(head) for head in next(lines)]
    return [dict(zip(heads, line, strict=True)) for line in lines if any(line)]


def test_a_run_makes_files_a_register_and_a_row_of_activities_each_and_posts_nothing(
    office: Path,
) -> None:
    answer = done(run("statements", office, file="both", to_print=True))
    assert answer.batches == ()
    assert answer.sheets == (f"Statements {DAY}",)
    total = done(run("aging", office, preview=True)).totals["Total"]
    assert answer.totals["Total due"] == total
    folder = office.parent / f"Statements {DAY}"
    made = [row for row in rows_of(office, "Activities") if row["Kind"] == "Statement"]
    papers = [str(row["Paper"]) for row in made]
    assert sorted(papers) == sorted(f"{folder.name}/{each.name}" for each in folder.glob("*.pdf"))
    assert {path.stem for path in folder.glob("*.xlsx")} == {
        path.stem for path in folder.glob("*.pdf")
    }
    assert {row["Done On"] for row in made} == {None}
    again = done(run("statements", office, customer="C-0101"))
    assert again.sheets == (f"Statements {DAY} (2)",), "the register of a run is never replaced"
    assert (office.parent / f"Statements {DAY} (2)").is_dir()
    assert again.said[0] == (
        f"Statements of {DAY} were made before: 12, none of them marked as sent, in {folder.name}. "
        "These stand beside them; of each customer's the newest is sent."
    )
    (stack,) = (office.parent / f"{folder.name} to print").iterdir()
    pages = sum(len(PdfReader(each).pages) + 1 for each in folder.glob("*.pdf"))
    assert len(PdfReader(stack).pages) <= pages


def test_a_preview_makes_no_file(office: Path) -> None:
    before = sorted(office.parent.iterdir())
    answer = done(run("statements", office, preview=True))
    assert "12 statements; 0 customers left out." in answer.said
    assert sorted(office.parent.iterdir()) == before


def test_a_logo_that_is_no_picture_is_a_finding_and_the_statement_goes_without(
    blank_book: Path,
) -> None:
    opened = openpyxl.load_workbook(blank_book)
    for row in opened["Settings"].iter_rows(min_row=2):
        if row[0].value == "Logo":
            row[1].value = "logo.png"
    opened.save(blank_book)
    answer = done(run("statements", blank_book, preview=True))
    assert [each.code.name for each in answer.findings] == ["logo_not_a_picture"]


@pytest.mark.parametrize("first", ["0001-01-01", "1899-12-31"])
def test_a_first_day_before_any_day_of_a_workbook_is_refused(blank_book: Path, first: str) -> None:
    answer = run("statements", blank_book, preview=True, **{"from": first})
    assert answer.exit is Exit.WRONG_CALL


def test_open_items_have_no_first_day(blank_book: Path) -> None:
    asked = {"kind": "open items", "from": "2026-10-01"}
    assert run("statements", blank_book, preview=True, **asked).exit is Exit.WRONG_CALL


def test_lite_has_no_place_for_papers() -> None:
    assert COMMANDS["statements"].papers

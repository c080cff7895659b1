"""The same stories on the file engine and in a live LibreOffice; `proofs.office` tells them all."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import xlwings as xw

from ar_xl.app import life
from ar_xl.core.findings import Exit
from tests.office.bases import base_workbook
from tests.office.dice import Dice
from tests.office.engine import Engine
from tests.office.picture import Cell, Picture, differences
from tests.office.runs import tell
from tests.office.steps import Do, Enter, Scenario, Teller
from tests.office.stories import own_columns_and_sheets
from tests.office.stories_of_trouble import bad_drafts


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("story", "saved"),
    [
        (bad_drafts, False),
        pytest.param(own_columns_and_sheets, True, marks=pytest.mark.heavy),
    ],
)
def test_a_story_gives_the_same_tables_messages_and_findings_on_both_engines(
    story: Teller, saved: bool, live: Engine, tmp_path: Path
) -> None:
    base, steps = story(Dice("7"))
    told = tell(Scenario(story.__name__, base, steps), live, tmp_path, saved)
    assert not told.different, "\n".join(told.lines())
    assert told.commands >= 2
    assert told.cells > 500


@pytest.mark.heavy
@pytest.mark.libreoffice
def test_a_draft_that_only_one_engine_has_is_told(live: Engine, tmp_path: Path) -> None:
    class OnFilesOnly(Enter):
        def type_into(self, book: xw.Book) -> None:
            if not isinstance(book.app.engine.impl, Engine):
                super().type_into(book)

    typed = OnFilesOnly("Customers", [{"Customer ID": "C-01", "Terms": "Net 31"}])
    told = tell(Scenario("one-sided", "USD", [typed, Do("check")]), live, tmp_path)
    assert any(line.startswith("step 2: findings: file [{") for line in told.different)
    assert "Customers!A2: file text 'C-01', LibreOffice empty" in told.different


@pytest.mark.libreoffice
def test_a_workbook_that_is_open_in_libreoffice_is_not_written_by_others(
    live: Engine, tmp_path: Path
) -> None:
    path = Path(shutil.copy(base_workbook("USD", tmp_path), tmp_path / "book.xlsx"))
    before = path.read_bytes()
    book = live.open(path)
    try:
        answer = life.run("check", path, life.Options("Ada", date(2026, 10, 31)))
    finally:
        book.close()
    assert answer.exit is Exit.BUSY
    assert "is open in LibreOffice" in answer.said[0]
    assert path.read_bytes() == before


def cell(value: float, kind: str = "NUMBER", formula: bool = False, shown: str = "") -> Cell:
    return Cell(kind, value, formula, shown)


@pytest.mark.parametrize(
    ("ours", "theirs", "differ"),
    [
        (cell(0.3), cell(0.1 + 0.2), True),
        (cell(0.3, formula=True), cell(0.1 + 0.2, formula=True), False),
        (cell(1.0, formula=True), cell(1.01, formula=True), True),
        (cell(1.0, formula=True), cell(1.0), True),
        (cell(46000.0, shown="date"), cell(46000.0), True),
        (cell(1.0, "BOOL"), cell(1.0), True),
    ],
)
def test_values_are_the_same_to_the_last_bit_and_sums_by_formulas_nearly(
    ours: Cell, theirs: Cell, differ: bool
) -> None:
    first, second = (Picture(("S",), {"S": {"A1": each}}, {}) for each in (ours, theirs))
    assert bool(list(differences(first, second))) == differ

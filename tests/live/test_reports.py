"""Report sheets in Excel: made again in their place, and left alone once somebody changed them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.core.findings import Exit
from tests.live.failing import Trial
from tests.live.sheets import Worksheet

AGING = "Aging 2026-10-31"


@pytest.fixture
def trial(drafted: Path) -> Trial:
    return Trial.of(drafted, "aging")


def sheet(trial: Trial, name: str) -> Worksheet:
    return next(each for each in trial.desk.workbook.all_sheets if each.Name == name)


def names(trial: Trial) -> list[str]:
    return [each.Name for each in trial.desk.workbook.all_sheets]


def run(trial: Trial) -> tuple[str, ...]:
    answer = trial.run()
    assert answer is not None
    assert answer.exit is Exit.DONE, answer.said
    return answer.sheets


def test_formulas_that_point_at_a_report_go_on_pointing_at_the_next_one(trial: Trial) -> None:
    before, report = names(trial), sheet(trial, AGING)
    pointing = f"=SUM('{AGING}'!C7:C9)"
    sheet(trial, "Home").grid.formulas[40, 2] = pointing
    sheet(trial, "Customers").grid.values[1, 1] = "Another Name Ltd."
    assert run(trial)[0] == AGING
    assert names(trial) == before
    assert sheet(trial, AGING) is report
    assert sheet(trial, "Home").grid.formulas[40, 2] == pointing
    assert "Another Name Ltd." in report.grid.values
    assert report.tables[0].Name.startswith("Aging")
    assert report.print_area


def test_a_report_that_somebody_changed_is_left_and_another_made_beside_it(trial: Trial) -> None:
    report = sheet(trial, AGING)
    report.grid.values[6, 2] = 1.0
    assert run(trial)[0] == f"{AGING} (2)"
    assert report.grid.values[6, 2] == 1.0


def test_the_status_bar_says_how_far_a_command_is_and_is_given_back(trial: Trial) -> None:
    run(trial)
    words = ("Reading the workbook", "Deciding", "Writing", "Drawing reports", "Checking")
    assert trial.desk.app.status == [f"ar_xl: {each} ..." for each in words]
    assert trial.desk.app.state["StatusBar"] is False


def test_a_row_typed_below_a_table_is_said(trial: Trial) -> None:
    grid = sheet(trial, "Receipts").grid
    end = grid.last_row + 2
    grid.enter((end, 3, end, 3), [["C-0101"]])
    answer = Trial(trial.desk, "late-fees", {}).run()
    assert answer is not None
    assert any("below the table `Receipts`" in finding.seen for finding in answer.findings)

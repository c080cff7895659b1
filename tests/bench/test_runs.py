"""The benchmark runs end to end on a tiny workbook, each figure in a fresh process."""

from __future__ import annotations

import pytest

from bench import compare, functions
from bench.processes import Failed, fresh, median_run, spread


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> compare.Measured:
    return compare.measure(600, 1, tmp_path_factory.mktemp("bench"), with_typical=True)


def test_the_product_is_not_one_cent_from_a_plain_loop(measured: compare.Measured) -> None:
    assert measured.check.facts["lines"] > 600
    assert measured.check.facts["differences"] == {
        "open lines": 0, "unapplied": 0, "late fees": 0, "aging": 0, "control account": 0,
    }  # fmt: skip


def test_every_step_of_the_life_of_a_command_is_timed(measured: compare.Measured) -> None:
    assert {
        "Reading the workbook",
        "Posting payments",
        "Writing",
        "Reading back and comparing",
    } <= (set(measured.product.phases))
    assert sum(measured.product.phases.values()) == pytest.approx(measured.product.seconds)


def test_all_that_changed_is_in_the_yardstick(measured: compare.Measured) -> None:
    reports = len(measured.product.facts["sheets"])
    assert reports
    assert measured.yardstick.facts["sheets"] == 8 + reports


def test_the_tables_are_printed(
    measured: compare.Measured, capsys: pytest.CaptureFixture[str]
) -> None:
    compare.show_all([measured])
    said = capsys.readouterr().out
    assert "Month-end, file to file" in said
    assert "The script people write today" in said
    assert "nowhere" in said


def test_worksheet_functions_are_timed_and_not_one_cent_from_a_plain_loop() -> None:
    found = functions.run(300)
    assert found["cents_of_difference"] == 0
    assert {name.split(",")[0] for name in found["functions"]} >= {
        "AR_AGING",
        "AR_MATCH",
        "AR_OPEN",
    }


def test_a_job_that_fails_is_no_figure() -> None:
    with pytest.raises(Failed, match="product no-such-workbook"):
        fresh("product", "no-such-workbook.xlsx")


def test_the_middle_of_several_runs_counts(measured: compare.Measured) -> None:
    runs = [measured.product, measured.yardstick, measured.product]
    assert median_run(runs).seconds == measured.product.seconds
    assert spread([measured.product, measured.product]) == 0

"""Limits, formulas and identifiers; `python -m proofs.hostile --parts cde` has all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.core.schema import Kind
from proofs.hostile import limits_cells, limits_files
from proofs.hostile.identifiers import ERRORS, changed_ids, ids, unreported
from proofs.hostile.injection import Found, every_column, payloads
from proofs.hostile.limits import LIMITS, outcome

assert limits_cells, limits_files  # importing them fills the list

FIRST_MET_HERE = (
    "characters of a defined name",
    "the first day where days count from 1904",
    "the first day, 1900-03-01, behind the 29 February that never was",
    "characters of a text that is read",
    "fonts of a workbook",
    "characters of a part's name",
)


@pytest.mark.parametrize("name", FIRST_MET_HERE)
def test_a_limit_is_accepted_and_one_beyond_it_refused(name: str) -> None:
    limit = next(each for each in LIMITS if each.name == name)
    assert outcome(limit, limit.n) == "accepted"
    beyond = outcome(limit, limit.n + limit.step)
    assert beyond != "accepted"
    assert not beyond.startswith(("CRASHED", "CHANGED", "REFUSED"))


def test_text_that_looks_like_a_formula_stays_text_in_every_column(tmp_path: Path) -> None:
    found, texts = Found(), payloads(60)
    every_column(tmp_path, texts, found)
    assert (found.formulas, found.changed) == ([], [])
    assert found.texts > 5_000


def test_identifiers_come_back_as_they_went_in(tmp_path: Path) -> None:
    assert changed_ids(tmp_path, ids(400, seed=2)) == []


def test_an_error_in_a_column_of_money_or_dates_is_said_with_its_cell(tmp_path: Path) -> None:
    wrong = [(error, "") for error in ERRORS]
    total, missed = unreported(tmp_path, "errors", wrong, {Kind.MONEY, Kind.DATE})
    assert missed == []
    assert total > 300

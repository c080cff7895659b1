"""Formulas and commands: a small share of `python -m proofs.functions`."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from proofs import functions


def test_the_proof_prints_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert functions.main(["--books", "2", "--calls", "2"]) == 0
    said = capsys.readouterr().out
    assert said.count("all agree") == 6
    assert said.count("all answers proper") == 12


def test_a_formula_that_differs_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def differ(*_: object) -> int:
        raise AssertionError("59.00 is not 59.01")

    wrong = functions.Comparison("a formula", st.just(("a book",)), differ)
    monkeypatch.setattr(functions, "COMPARISONS", (wrong,))
    monkeypatch.setattr(functions, "FUNCTIONS", ())
    assert functions.main(["--books", "2"]) == 1
    assert "59.00 is not 59.01" in capsys.readouterr().out

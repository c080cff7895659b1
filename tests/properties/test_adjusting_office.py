"""The office that adjusts, in small; `python -m proofs.adjust` runs it at length."""

from __future__ import annotations

from random import Random

import pytest

from proofs.adjust import run_office


@pytest.mark.parametrize("seed", [1, 2])
def test_an_office_that_adjusts_keeps_its_books(seed: int) -> None:
    assert run_office(Random(seed), 15)["steps"] == 15

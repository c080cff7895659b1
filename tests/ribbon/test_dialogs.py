"""The boxes of a month, as `python -m proofs.dialogs` prints them."""

from __future__ import annotations

import pytest

from proofs import dialogs


@pytest.mark.heavy
def test_every_box_of_a_month_is_as_it_should_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert dialogs.main() == 0
    assert "27 presses, 0 problems" in capsys.readouterr().out

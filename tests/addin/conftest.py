"""What the tests of the add-in share."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.addin.install import decide, install
from tests.addin.pretend import Pretend, build


@pytest.fixture
def computer(tmp_path: Path) -> Pretend:
    """A pretended Windows computer with the add-in installed."""
    made = Pretend(tmp_path)
    install(made, build, decide(made, agent=False))
    return made

"""The cases as a fixture."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracles.cases import Case, read_cases


@pytest.fixture(scope="session")
def cases(shared: Path) -> dict[str, Case]:
    """All worked cases by their id."""
    return read_cases(shared)

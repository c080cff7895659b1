"""Workbooks that the tests of the live path share; Excel in memory never writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live.test_interrupted import drafts


@pytest.fixture(scope="session")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with drafts to post and reports to replace."""
    return drafts(tmp_path_factory.mktemp("live") / "books.xlsx")

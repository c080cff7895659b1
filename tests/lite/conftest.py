"""A workbook that the tests share; each works on a copy."""

from __future__ import annotations

import pytest

from tests.live.excel import Application
from tests.live.sheets import Workbook
from tests.live.test_interrupted import drafts


@pytest.fixture(scope="session")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """A workbook with drafts to post and reports of before."""
    return Application().open(drafts(tmp_path_factory.mktemp("lite") / "books.xlsx"))

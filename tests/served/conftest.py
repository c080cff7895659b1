"""The server as Excel sees it, and a sheet to point at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ar_xl.app import crash
from ar_xl.server import Entry
from tests.served.com import Served, served


@pytest.fixture(scope="module")
def udfs() -> Iterator[Any]:
    """The worksheet functions over xlwings' own."""
    with served() as module:
        yield module


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what ar_xl keeps for its user."""
    monkeypatch.setattr(crash, "user_folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def server(udfs: Any) -> Served:
    """What Excel holds."""
    assert udfs
    return Served(Entry())

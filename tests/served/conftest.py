"""The server as Excel sees it, and a sheet to point at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ar_xl.server import Entry
from tests.served.com import Served, served


@pytest.fixture(scope="module")
def udfs() -> Iterator[Any]:
    """The worksheet functions over xlwings' own."""
    with served() as module:
        yield module


@pytest.fixture
def server(udfs: Any) -> Served:
    """What Excel holds."""
    assert udfs
    return Served(Entry())

"""A live LibreOffice for the tests of this folder; in CI it must be there."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator

import pytest

from tests.office.engine import Engine
from tests.office.soffice import NoOfficeError, Office


@pytest.fixture(scope="session")
def live() -> Iterator[Engine]:
    """The engine over LibreOffice."""
    try:
        office = Office.start()
    except NoOfficeError as absent:
        reason = f"{absent}; nothing was run in LibreOffice"
        if os.environ.get("CI"):
            pytest.fail(reason)
        warnings.warn(f"SKIPPED: {reason}", stacklevel=2)
        pytest.skip(reason)
    try:
        yield Engine(office)
    finally:
        office.close()

"""Fixtures that every test may use."""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path

import pytest
from hypothesis import settings

from ar_xl.core import numbered

SHARED = Path(__file__).resolve().parents[2] / "shared"


# Small ledgers stand for long ones: their columns are numbered and remembered too.
numbered.LONG = 3

# A busy machine is no wrong answer: no example of a property is timed.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")


def _skip_loudly(reason: str) -> None:
    warnings.warn(f"SKIPPED: {reason}", stacklevel=2)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files beside the repository."""
    if not SHARED.is_dir():
        _skip_loudly("the real files of ../shared are not here; these tests proved nothing")
    return SHARED


@pytest.fixture(scope="session")
def soffice() -> str:
    """The path of LibreOffice, an independent judge of our files."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        _skip_loudly("LibreOffice is not installed; its opinion of our files was not asked")
    return str(found)

"""A good workbook that the tests of hostile input spoil."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofs.hostile.books import parts_of, posted_book
from proofs.hostile.gallery import Parts


@pytest.fixture(scope="session")
def good_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of ours with three posted invoices and three drafts."""
    return posted_book(tmp_path_factory.mktemp("good"))


@pytest.fixture(scope="session")
def good_parts(good_book: Path) -> Parts:
    """Its parts."""
    return parts_of(good_book)

"""What the tests of the buttons share: a user, a day, a folder, workbooks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ar_xl import ribbon
from ar_xl.app import clock, crash
from ar_xl.book.template import build_template
from tests.live.test_interrupted import drafts
from tests.ribbon.clerk import Clerk

TODAY = date(2026, 10, 31)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ada works on the last day of October; the folder of what ar_xl keeps for her."""
    own = tmp_path / "Ada" / "ar_xl"
    monkeypatch.setattr(ribbon, "getuser", lambda: "Ada")
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "utc_text", lambda: "2026-10-31T17:04:05Z")
    monkeypatch.setattr(crash, "user_folder", lambda: own)
    return own


@pytest.fixture(scope="session")
def drafted_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with posted invoices and draft receipts."""
    return drafts(tmp_path_factory.mktemp("ribbon") / "Books.xlsx")


@pytest.fixture
def clerk(drafted_path: Path) -> Clerk:
    """Ada before Excel with that workbook."""
    return Clerk.at(drafted_path)


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """A new workbook."""
    path = tmp_path / "New.xlsx"
    build_template(path, company="Test & Sons", currency="USD")
    return path

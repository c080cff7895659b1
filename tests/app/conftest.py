"""Workbooks that the command tests share; each is made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ar_xl.app import life
from ar_xl.app.answer import Answer
from ar_xl.book.template import build_template
from ar_xl.core.findings import Exit

IBM = "data/ar/ibm_WA_Fn-UseC_-Accounts-Receivable.csv"


def run(command: str, book: Path, as_of: str | None = "2026-10-31", **given: Any) -> Answer:
    """Run a command as Ada; options of all commands and its own by name."""
    names = ("out", "preview", "skip_bad", "reason", "user")
    common: dict[str, Any] = {key: given.pop(key) for key in names if key in given}
    options = replace(life.Options("Ada", date.fromisoformat(as_of) if as_of else None), **common)
    return life.run(command, book, options, given)


def done(answer: Answer) -> Answer:
    """The answer, which must be that of a command that worked."""
    assert answer.exit is Exit.DONE, (answer.said, answer.findings[:3])
    return answer


@pytest.fixture(scope="session")
def ibm_posted(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The history of 2,466 real invoices, imported and posted."""
    book = tmp_path_factory.mktemp("ibm") / "ibm.xlsx"
    build_template(book, company="IBM sample", currency="USD")
    done(run("import", book, file=shared / IBM, kind="history", dates="mdy"))
    done(run("post-invoices", book))
    done(run("post-payments", book))
    return book


@pytest.fixture
def ibm_book(ibm_posted: Path, tmp_path: Path) -> Path:
    """A copy of it to work on."""
    return Path(shutil.copy(ibm_posted, tmp_path / "ibm.xlsx"))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new workbook, to be copied."""
    book = tmp_path_factory.mktemp("template") / "book.xlsx"
    build_template(book, company="Test & Sons", currency="USD")
    return book


@pytest.fixture
def blank_book(template: Path, tmp_path: Path) -> Path:
    """A new workbook."""
    return Path(shutil.copy(template, tmp_path / "book.xlsx"))


Runner = Callable[..., Answer]

"""The workbook that is worked on, and one command on it: the same bytes each time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any
from unittest.mock import patch

from ar_xl.app import clock, life
from ar_xl.app.answer import Answer
from ar_xl.book import host
from ar_xl.book.template import build_template
from ar_xl.core.findings import Exit
from ar_xl.xlfile.backup import backups_of, folder_of

AS_OF = date(2026, 10, 31)
NOW = "2026-11-01T08:00:00Z"
PROGRAMS_OF_THE_MONTH: dict[str, dict[str, Any]] = {
    "post-payments": {},
    "month-end": {"period": "2026-10", "close": True},
}


def run(
    name: str,
    book: Path,
    say: Callable[[str], None] = lambda _: None,
    params: dict[str, Any] | None = None,
) -> Answer:
    """Run one command as the command line does, the time standing still."""
    given = PROGRAMS_OF_THE_MONTH.get(name, {}) if params is None else params
    with patch.object(clock, "utc_text", lambda: NOW):
        return life.run(name, book, life.Options("Ada", AS_OF), given, say)


def make_office(book: Path) -> None:
    """A sample company with posted invoices and draft receipts, no backups."""
    build_template(book, company="Alder & Finch", currency="USD")
    with as_file(files("ar_xl.app") / "demo_data") as data:
        for kind in ("customers", "invoices", "receipts"):
            _done(run("import", book, params={"file": data / f"{kind}.csv", "kind": kind}))
            if kind == "invoices":
                _done(run("post-invoices", book))
    shutil.rmtree(folder_of(book))


def _done(answer: Answer) -> None:
    assert answer.exit is Exit.DONE, answer.said


@dataclass(frozen=True)
class Case:
    """One command on one workbook, and the two states between which nothing may be.

    Args:
        name: of the command.
        folder: a folder for the workbook alone.
        old: the workbook's bytes before.
        new: after.
    """

    name: str
    folder: Path
    old: bytes
    new: bytes

    @property
    def book(self) -> Path:
        """The workbook."""
        return self.folder / "Book.xlsx"

    def reset(self) -> Path:
        """Put the workbook back as it was before, alone in its folder."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.book.write_bytes(self.old)
        return self.book

    def state(self) -> str:
        """Whether the workbook is "old", "new" or "half"."""
        found = self.book.read_bytes() if self.book.is_file() else b""
        return {self.old: "old", self.new: "new"}.get(found, "half")

    def strays(self) -> list[str]:
        """Names of files beside the workbook that do not belong there."""
        keep = {backup.path.name for backup in backups_of(self.book)}
        keep |= {self.book.name, folder_of(self.book).name}
        return sorted(path.name for path in self.folder.rglob("*") if path.name not in keep)

    def backups_hold(self) -> bool:
        """Whether the backups are the old state once, and only where the new one is there."""
        kept = [backup.path.read_bytes() for backup in backups_of(self.book)]
        return kept == ([self.old] if self.state() == "new" else [])

    def next_commands_are_right(self, again: bool = True) -> str:
        """Let the next command come; what is wrong afterwards, "" where nothing is.

        Args:
            again: run verify, then the command again. Where False only what every command does
                first is done, leftovers removed, unless a backup too many is there: verify finds
                in the same bytes what it found before.
        """
        before = self.state()
        if again:
            checked = run("verify", self.book)
            if checked.exit is not Exit.DONE:
                return f"verify: {checked.said}"
        else:
            host.tidy_up(self.book)
        if self.strays():
            return f"left beside it: {self.strays()}"
        if not again and self.backups_hold():
            return ""
        answer = run(self.name, self.book)
        if answer.exit is not Exit.DONE:
            return f"run again: {answer.said}"
        kept = [backup.path.read_bytes() for backup in backups_of(self.book)]
        if before == "old" and self.state() != "new":
            return "run again, it gives something else"
        if self.strays() or kept[-1:] != [self.old] or kept.count(self.old) != 1:
            return f"left after it ran again: {sorted(os.listdir(folder_of(self.book)))}"
        return ""


def make_case(name: str, folder: Path, office: bytes) -> Case:
    """Run the command once undisturbed; twice, to see that it gives the same bytes.

    Args:
        name: of the command.
        folder: to work in; what is in it is lost.
        office: the workbook before.
    """
    first = Case(name, folder, office, b"")
    results = []
    for _ in range(2):
        _done(run(name, first.reset()))
        results.append(first.book.read_bytes())
    assert results[0] == results[1] != office, f"{name} gives other bytes each time"
    return Case(name, folder, office, results[0])

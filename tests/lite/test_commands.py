"""A command in xlwings Lite does to the tables what it does to a file, or nothing."""

from __future__ import annotations

import asyncio
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from ar_xl.app import life
from ar_xl.app.answer import Answer
from ar_xl.app.life import Options
from ar_xl.app.lite import run_lite
from ar_xl.book.template import build_template
from ar_xl.core.findings import Exit
from tests.lite.fake import Book
from tests.live.both import AS_OF, Step, different, outcome, stopped_clock
from tests.live.excel import Application
from tests.live.sheets import Workbook
from tests.live.test_commands import MONTH

SOME = [MONTH[at] for at in (0, 1, 2, 4, 5, 12)]


def run(book: Book, command: str, **given: Any) -> Answer:
    """Run a command in Lite."""
    common = {key: given.pop(key) for key in ("preview", "reason") if key in given}
    return asyncio.run(run_lite(command, book, Options("Ada", AS_OF, **common), given))


def tables_only(book: Workbook, reports: set[str]) -> Workbook:
    """The workbook without sheets of reports, whose looks differ."""
    book.all_sheets = [sheet for sheet in book.all_sheets if sheet.Name not in reports]
    return book


@pytest.mark.parametrize(
    "steps",
    [pytest.param(MONTH, marks=pytest.mark.heavy, id="month"), pytest.param(SOME, id="some")],
)
def test_a_month_in_lite_is_the_month_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: list[Step]
) -> None:
    stopped_clock(monkeypatch)
    path = tmp_path / "books.xlsx"
    build_template(path, company="Test & Sons", currency="USD")
    book, reports = Book(path), set[str]()
    for command, given in steps:
        shared = {key: given[key] for key in ("reason",) if key in given}
        own = {key: value for key, value in given.items() if key not in shared}
        in_file = life.run(command, path, Options("Ada", AS_OF, **shared), own)
        in_lite = run(book, command, **given)
        assert outcome(in_lite)[2:6] == outcome(in_file)[2:6], command
        assert in_lite.exit is in_file.exit, in_lite.said
        reports |= {*in_file.sheets, *in_lite.sheets}
    file = tables_only(Application().open(path), reports)
    assert different(file, tables_only(book.workbook, reports)) == []


def test_a_preview_touches_nothing(drafted: Workbook) -> None:
    book = Book(drafted)
    answer = run(book, "post-payments", preview=True)
    assert answer.rows["Receipts"] > 0
    assert book.done == 0


class RefusedError(Exception):
    """What Excel says no with."""


@pytest.mark.parametrize("command", ["post-payments", "aging"])
def test_wherever_excel_refuses_all_is_as_it_was(drafted: Workbook, command: str) -> None:
    whole = Book(drafted)
    assert run(whole, command).exit is Exit.DONE
    for at in range(1, whole.done + 1, max(whole.done // 5, 1)):
        book = Book(drafted)

        def refuse(number: int, at: int = at) -> None:
            if number == at:
                raise RefusedError

        book.before = refuse
        answer = run(book, command)
        assert answer.exit is Exit.BUSY, at
        assert "taken back" in answer.said[-1], at
        assert different(deepcopy(drafted), book.workbook) == [], at


def test_a_workbook_that_takes_nothing_is_said_to_be_as_it_was(drafted: Workbook) -> None:
    book = Book(drafted)

    def refuse(_: int) -> None:
        raise RefusedError

    book.before = refuse
    answer = run(book, "post-payments")
    assert answer.said[-1] == "What had been written was taken back."
    assert different(deepcopy(drafted), book.workbook) == []


def test_what_cannot_be_put_back_is_said(drafted: Workbook) -> None:
    book = Book(drafted)

    def refuse(number: int) -> None:
        if number >= 20:
            raise RefusedError

    book.before = refuse
    answer = run(book, "post-payments")
    assert "could not be put back" in answer.said[-1]


def test_what_excel_changes_in_writing_is_noticed_and_taken_back(drafted: Workbook) -> None:
    book = Book(drafted)

    def meddle() -> None:
        book.flushed = lambda: None
        sheet = next(each for each in book.workbook.all_sheets if each.Name == "Journal")
        sheet.grid.enter((sheet.grid.last_row, 1, sheet.grid.last_row, 1), [["another"]])

    book.flushed = meddle
    answer = run(book, "post-payments")
    assert (answer.exit, len(answer.said)) == (Exit.BUSY, 2)
    assert "Journal" in answer.said[0]
    assert different(deepcopy(drafted), book.workbook) == []


def test_nothing_is_written_where_the_user_typed_meanwhile(drafted: Workbook) -> None:
    book = Book(drafted)
    grid = next(each.grid for each in book.workbook.all_sheets if each.Name == "Batches")

    def type_(_: str) -> None:
        grid.enter((2, 1, 2, 1), [["mine"]])

    answer = asyncio.run(
        run_lite("post-payments", book, Options("Ada", AS_OF), {},
                 lambda words: type_(words) if words == "Deciding" else None)
    )  # fmt: skip
    assert (answer.exit, book.done) == (Exit.BUSY, 0)
    assert "Batches was changed while the command ran" in answer.said[0]

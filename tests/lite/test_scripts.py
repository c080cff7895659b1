"""Buttons as scripts, functions as custom functions, made from their registries."""

from __future__ import annotations

import asyncio
import inspect
import re
from pathlib import Path

import pytest
import xlwings as xw

from ar_xl import lite
from ar_xl.app.buttons import all_ids
from ar_xl.app.catalogue import COMMANDS
from ar_xl.app.specials import SPECIAL
from ar_xl.functions.catalogue import FUNCTIONS
from ar_xl.functions.errors import CellError
from tests.lite.fake import Book
from tests.live.sheets import Workbook

PAGE = Path(__file__).resolve().parents[2] / "docs" / "LITE.md"


def test_every_button_of_a_command_is_a_script_and_every_function_a_function() -> None:
    pressed = [each.command for each in all_ids().values() if each.command in COMMANDS]
    made = {each for each in pressed if COMMANDS[each].papers}
    assert len(lite.SCRIPTS) == len([each for each in pressed if lite.runs_here(each)])
    assert {each for each in pressed if not lite.runs_here(each)} == {"explain", *made}
    assert set(lite.CUSTOM_FUNCTIONS) == {each.name for each in FUNCTIONS}
    assert set(lite.__all__) == {*lite.SCRIPTS, *lite.CUSTOM_FUNCTIONS}


@pytest.mark.parametrize("name", [*COMMANDS, *(each.name.split()[0] for each in SPECIAL)])
def test_the_page_about_lite_says_of_each_command_whether_it_runs(name: str) -> None:
    table = PAGE.read_text(encoding="utf-8").partition("## What runs there")[2]
    assert re.search(rf"^\|[^|]*\b{name}\b", table, re.MULTILINE), name


@pytest.mark.parametrize("name", lite.SCRIPTS)
def test_a_script_waits_takes_the_workbook_and_says_what_it_does(name: str) -> None:
    script = lite.SCRIPTS[name]
    first, *rest = inspect.signature(script).parameters.values()
    assert inspect.iscoroutinefunction(script)
    assert first.annotation is xw.BookAsync
    assert all(each.default is not inspect.Parameter.empty for each in rest)
    assert script.__doc__


def test_a_script_posts_only_where_post_is_ticked(
    drafted: Workbook, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Book(drafted)
    asyncio.run(lite.SCRIPTS["post_payments"](book, as_of="2026-10-31"))
    assert "Tick `post`" in capsys.readouterr().out.splitlines()[-1]
    assert book.done == 0
    asyncio.run(lite.SCRIPTS["post_payments"](book, "2026-10-31", True, "Ada"))
    assert book.done > 0
    assert (
        "Posted as B-000002: 25 receipts, 25 applications to invoices." in capsys.readouterr().out
    )
    asyncio.run(lite.SCRIPTS["aging"](book, as_of="soon"))
    assert "2026-10-31" in capsys.readouterr().out.splitlines()[-1]
    asyncio.run(lite.SCRIPTS["aging"](book, "2026-10-31"))
    asyncio.run(book.flush())
    assert book.workbook.active.Name == "Aging 2026-10-31 (2)"


def test_a_wrong_row_makes_the_whole_result_an_error() -> None:
    days = lite.CUSTOM_FUNCTIONS["AR_DAYS_PAST_DUE"]
    assert days([[46053.0], [None]], [[46081.0]]) == [[28], [""]]
    with pytest.raises(CellError, match="#N/A"):
        days([[46053.0], ["#N/A"]], [[46081.0]])
    with pytest.raises(CellError, match="#VALUE!"):
        days([["soon"]], [[46081.0]])

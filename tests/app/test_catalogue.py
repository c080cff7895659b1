"""Every command is declared once, and what it names is there."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from ar_xl.app.catalogue import COMMANDS
from ar_xl.app.registry import Command, Special
from ar_xl.app.specials import SPECIAL
from ar_xl.cli import main

DECLARED = (*COMMANDS.values(), *SPECIAL)


@pytest.mark.parametrize("declared", DECLARED, ids=lambda declared: declared.place)
def test_a_declared_command_has_a_function_that_says_what_it_does(
    declared: Command | Special,
) -> None:
    assert declared.work.__doc__


def test_help_comes_without_loading_what_does_the_work() -> None:
    asked = "import sys, ar_xl.cli; print(*{'numpy', 'pandas', 'xlwings', 'rich'} & {*sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True)
    assert loaded.stdout.strip() == "", loaded.stderr


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_option_that_says_nothing_is_refused_and_is_not_every_customer(empty: str) -> None:
    result = CliRunner().invoke(main, ["statements", "books.xlsx", "--customer", empty])
    assert result.exit_code == 2
    assert "nothing was given" in result.output

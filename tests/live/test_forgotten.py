"""A process that serves Excel all day keeps nothing of the workbooks it worked on."""

from __future__ import annotations

from pathlib import Path

from ar_xl.book.template import build_template
from ar_xl.core import numbered
from ar_xl.core.arrays import codes_of, text_array
from tests.live.failing import Trial
from tests.live.test_commands import MONTH


def test_a_command_in_excel_lets_go_of_the_texts_it_numbered(tmp_path: Path) -> None:
    path = tmp_path / "books.xlsx"
    build_template(path, company="Test & Sons", currency="USD")
    command, given = MONTH[0]
    trial = Trial.of(path, command, **given)
    column = text_array(["I-1"] * 10)
    codes_of(column, keep=True)
    trial.run()
    assert not numbered.is_known(column)

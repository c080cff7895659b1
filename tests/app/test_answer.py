"""What a person reads: the worst first, and a long list in few lines."""

from __future__ import annotations

import pytest

from ar_xl.app.answer import MOST_OF_A_KIND, Answer, findings_text
from ar_xl.cli import say, shown
from ar_xl.core.findings import Code, Finding, Severity

NEW = Code("note_of_a_test", Severity.NOTE, "a complete row", "Complete it.")
BAD = Code("error_of_a_test", Severity.ERROR, "a number", "Type it.")


def test_many_findings_alike_are_a_few_lines_and_their_number() -> None:
    notes = tuple(Finding(NEW, "Customers", row) for row in range(2, 102))
    lines = findings_text(notes, "The sheet Check lists them all.")
    assert len(lines) == MOST_OF_A_KIND[Severity.NOTE] + 1
    assert lines[-1].strip() == "... and 97 more like these. The sheet Check lists them all."


def test_an_error_is_said_before_however_many_notes() -> None:
    notes = [Finding(NEW, "Customers", row) for row in range(2, 102)]
    lines = findings_text((*notes, Finding(BAD, "Invoices", 3)))
    assert lines[0].startswith("ERROR")
    assert len(lines) < 10


def test_what_stands_in_a_cell_commands_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    found = Finding(BAD, "Customers", 2, row_id="Mill\x07\x1b]0;title\x07", seen="a\u202eb")
    with pytest.raises(SystemExit):
        say(Answer("check", findings=(found,), said=("one\x07 two",)), as_json=False)
    told = "".join(capsys.readouterr())
    assert "one  two" in told
    assert not {"\x07", "\x1b", "\u202e"} & set(told)


def test_a_stage_that_counts_fills_the_bar_and_another_lets_it_pulse() -> None:
    counting = {"description": "Matching 500 of 2,000", "total": 2000, "completed": 500}
    assert shown("Matching 500 of 2,000") == counting
    assert shown("Reading the workbook") == {"description": "Reading the workbook", "total": None}

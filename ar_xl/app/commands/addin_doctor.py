"""addin doctor: each thing that the add-in needs, on one line, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from textwrap import wrap
from typing import Any

from ar_xl.addin.doctor import examine
from ar_xl.addin.machine import this_machine
from ar_xl.addin.trouble import Line, Verdict
from ar_xl.app import life
from ar_xl.app.answer import Answer, counted
from ar_xl.app.commands.addin import content
from ar_xl.app.commands.addin_install import guarded
from ar_xl.app.commands.addin_words import TROUBLES
from ar_xl.core.findings import Exit

Say = Callable[[str], None]

_VERDICT, _NAME = 9, 17  # widths of the first two columns
_INDENT = _VERDICT + _NAME
_ROOM = 100 - _INDENT


def doctor_command(options: life.Options, given: Mapping[str, Any], _: Say, __: Say) -> Answer:
    """Look at everything; exit code 0 where nothing stands in the way, else 3."""

    def work() -> Answer:
        lines = examine(this_machine(), content)
        problems = sum(line.verdict is Verdict.PROBLEM for line in lines)
        return Answer(
            "addin doctor",
            said=(*_texts(lines), "", _sum(lines, problems)),
            exit=Exit.WRONG_DATA if problems else Exit.DONE,
            more={"checks": [_json(line) for line in lines]},
        )

    return guarded("addin doctor", work)


def _texts(lines: Sequence[Line]) -> list[str]:
    shown: list[str] = []
    for line in lines:
        start = f"{line.verdict.value:{_VERDICT}}{line.name:{_NAME}}"
        named = line.seen.startswith("ar_xl")  # a name keeps its small letter
        # One line, however long: a path is copied more easily than it is put together.
        shown.append(start + (line.seen if named else line.seen[:1].upper() + line.seen[1:]))
        if line.trouble and line.verdict is not Verdict.OK:
            shown += [" " * _INDENT + row for row in wrap(TROUBLES[line.trouble].fix, _ROOM)]
    return shown


def _sum(lines: Sequence[Line], problems: int) -> str:
    warnings = sum(line.verdict is Verdict.WARNING for line in lines)
    if problems:
        return f"{counted(problems, 'problem')}: begin with the first one."
    if warnings:
        return f"Nothing stands in the way; {counted(warnings, 'warning')} to look at."
    return "All is well."


def _json(line: Line) -> dict[str, str | None]:
    told = TROUBLES[line.trouble] if line.trouble else None
    return {
        "name": line.name,
        "verdict": line.verdict.value,
        "seen": line.seen,
        "code": told.name if told else None,
        "expected": told.expected if told else None,
        "fix": told.fix if told else None,
    }

"""New Workbook, and Use This Workbook."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

from ar_xl.app.answer import Answer
from ar_xl.app.buttons import Button, start_text
from ar_xl.app.flows import boxes
from ar_xl.app.flows.asking import MOST_TRIES, agreed, asked
from ar_xl.app.flows.replies import Cancelled, Flow, Given, Reply, end
from ar_xl.app.flows.visit import Visit
from ar_xl.app.flows.words import for_excel
from ar_xl.app.life import Options
from ar_xl.app.questions import Kind
from ar_xl.app.specials import SPECIAL
from ar_xl.book import opened
from ar_xl.core.findings import Exit

_FIRST_SHEET = "Home"
_NO_FILE = (
    "This workbook is no .xlsx or .xlsm file on a disk of this computer or network yet. Save it as "
    "an Excel workbook in a folder first (File, Save As; for OneDrive and SharePoint a folder that "
    "is not synchronised), then press the button again."
)
_READ_ONLY = (
    "This workbook is open for reading only. Open it for editing, or save it under another name, "
    "then press the button again."
)
_KEPT_OPEN = (
    "Excel did not close the workbook, perhaps because a macro in it forbids it. It was saved, and "
    "nothing was added to it."
)
_BY_HAND = "open it with File, Open."
_HOW = (
    "For this the workbook is saved and closed, and opened again afterwards. The file as it is now "
    "is kept as a backup."
)


def new_flow(visit: Visit, button: Button) -> Flow:
    """Make a blank workbook and open it; a name that is taken is asked again."""
    given: dict[str, Any] = {}
    for _ in range(MOST_TRIES):
        given |= yield from _names(visit, button, given)
        answer = _special("new", Options(visit.user), given)
        if answer.exit is Exit.DONE:
            break
        yield Reply("error", button.label, boxes.refused_text(answer))
        given = {} if answer.refusal.startswith(("currency", "company")) else _without_file(given)
    else:
        raise Cancelled
    visit.moving = True
    shown = yield Reply("open", button.label, str(given["book"]))
    if shown.cancelled:
        text = f"{answer.said[0]} Excel did not open it: {_BY_HAND}"
        yield Reply("error", button.label, text)
        return end()
    return end("The new workbook is open; its Home sheet says how to work.", _FIRST_SHEET)


def adopt_flow(visit: Visit, button: Button) -> Flow:
    """Add our sheets to the file of the workbook that is open, which Excel closes meanwhile.

    Sheets with tables, lists and names cannot be copied into an open workbook without links back
    to where they came from; into its file they can, and there is a backup.
    """
    path, problem = _file_of(visit)
    if path is None:
        yield Reply("error", button.label, problem)
        return end()
    given = {"book": path} | (yield from _names(visit, button, {}))
    preview = _special("adopt", Options(visit.user, preview=True), given)
    if preview.exit is not Exit.DONE:
        yield Reply("error", button.label, boxes.refused_text(preview))
        return end("Nothing was added.")
    if not (preview.sheets or preview.rows or len(preview.said) > 1):
        yield Reply("say", button.label, "Everything that we need is in this workbook already.")
        return end()
    sheets = ", ".join(preview.sheets)
    head = [f"Sheets to be added: {sheets}."] if sheets else []
    text = boxes.fitted([*head, *preview.said, "", _HOW], [], ["", button.confirm])
    if not (yield from agreed(button.label, text)):
        return end("Nothing was added.")
    visit.moving = True
    if not visit.ask(opened.save_and_close):
        yield Reply("error", button.label, _KEPT_OPEN)
        return end("Nothing was added.")
    visit.current = None
    answer = _special("adopt", Options(visit.user), given)
    shown = yield Reply("open", button.label, str(path))
    if shown.cancelled:
        yield Reply("error", button.label, f"Excel did not open {path.name} again: {_BY_HAND}")
    if answer.exit is not Exit.DONE:
        yield Reply("error", button.label, boxes.refused_text(answer))
        return end("Nothing was added.")
    yield Reply("say", button.label, "\n".join(for_excel(line) for line in answer.said))
    return end("Our sheets are in this workbook now.", answer.sheets[0] if answer.sheets else "")


def _names(
    visit: Visit, button: Button, known: Mapping[str, Any]
) -> Generator[Reply, Given, dict[str, Any]]:
    """Ask what the button asks and is not known yet."""
    given: dict[str, Any] = {"currency": None, "company": None} | dict(known)
    for question in button.questions:
        if question.parameter not in known:
            default = start_text(question, visit.today)
            value = yield from asked(button.label, question, default)
            given[question.parameter] = _as_file(value) if question.kind is Kind.SAVE else value
    return given


def _as_file(value: object) -> Path:
    path = Path(str(value))
    return path if path.suffix else path.with_suffix(".xlsx")


def _without_file(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "book"}


def _file_of(visit: Visit) -> tuple[Path | None, str]:
    path = visit.ask(opened.file_of)
    if path is None:
        return None, _NO_FILE
    return (None, _READ_ONLY) if visit.ask(opened.is_read_only) else (path, "")


def _special(name: str, options: Options, given: Mapping[str, Any]) -> Answer:
    """Run a command that works on files."""
    command = next(each for each in SPECIAL if each.name == name)
    answer: Answer = command.work(options, given, _silent, _silent)
    return answer


def _silent(_: str) -> None:
    """Say nothing."""

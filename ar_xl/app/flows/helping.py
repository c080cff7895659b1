"""Settings, and the menu Help: pages, the last error, versions, the look at the installation."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from ar_xl import __version__
from ar_xl.app import crash
from ar_xl.app.answer import Answer
from ar_xl.app.buttons import Button
from ar_xl.app.flows import boxes
from ar_xl.app.flows.pages import write_page
from ar_xl.app.flows.replies import Flow, Reply, end
from ar_xl.app.flows.visit import Visit
from ar_xl.app.life import Options
from ar_xl.app.specials import SPECIAL
from ar_xl.book import opened
from ar_xl.functions import failures

_NO_SETTINGS = "This workbook has no Settings sheet of ours. Press Use This Workbook to add it."
_HIDDEN = (
    "The sheet {sheet} is hidden in this workbook. Right-click the tab of any sheet and choose "
    "Unhide; where it is not in the list, whoever hid it has to show it again."
)
_FORMULA = (
    "The worksheet function that last gave one error value for all:\n\n{failed}\n\nWhat each "
    "function takes is in the function wizard: click into the formula, then on fx."
)
_NO_ERROR = "No error of ours was noted on this computer."
_LAST = (
    "The last error of ours, without any of your data. Whoever helps you may want the file {log}, "
    "which has the others too."
)


def settings_flow(visit: Visit, button: Button) -> Flow:
    """Show the Settings sheet."""
    sheet = visit.sheet_of("Settings")
    if not sheet:
        yield Reply("error", button.label, _NO_SETTINGS)
        return end()
    if visit.ask(opened.is_hidden, sheet):
        yield Reply("error", button.label, _HIDDEN.format(sheet=sheet))
        return end()
    return end("Settings: what you change here holds from the next command on.", sheet)


def page_flow(visit: Visit, button: Button) -> Flow:
    """Show a page of our own, which is written anew for it."""
    name = str(dict(button.fixed)["page"])
    yield Reply("page", button.label, str(write_page(name, visit.folder)))
    return end()


def last_error_flow(visit: Visit, button: Button) -> Flow:
    """Show the newest entry of the log."""
    entry = crash.last(visit.folder)
    if failed := failures.last():
        yield Reply("say", button.label, _FORMULA.format(failed=failed))
        if not entry:
            return end()
    if not entry:
        yield Reply("say", button.label, _NO_ERROR)
        return end()
    lines = entry.splitlines()
    head = [_LAST.format(log=visit.folder / crash.LOG_NAME), "", *lines[:2]]
    yield Reply("say", button.label, boxes.fitted(head, lines[:1:-1], []))
    return end()


def about_flow(visit: Visit, button: Button) -> Flow:
    """Say the versions of everything that takes part."""
    excel = f"Excel {visit.ask(opened.excel_version)}" if visit.current is not None else "Excel"
    lines = [
        f"ar_xl {__version__}: accounts receivable in an Excel workbook.",
        "",
        excel,
        f"Python {platform.python_version()} ({platform.machine()})",
        *(f"{name} {_version(name)}" for name in ("xlwings", "numpy", "pandas")),
        "",
        f"What ar_xl keeps for you is in {visit.folder}.",
    ]
    yield Reply("say", button.label, "\n".join(lines))
    return end()


def doctor_flow(visit: Visit, button: Button) -> Flow:
    """Look at the installation, as `ar-xl addin doctor` does."""
    answer = _doctor(visit.user)
    text = boxes.fitted([], list(answer.said), [])
    yield Reply("error" if answer.exit else "say", button.label, text)
    return end()


def _doctor(user: str) -> Answer:
    special = next(each for each in SPECIAL if each.name == "addin doctor")
    given: dict[str, Any] = {parameter.name: None for parameter in special.parameters}
    answer: Answer = special.work(Options(user), given, lambda _: None, lambda _: None)
    return answer


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"

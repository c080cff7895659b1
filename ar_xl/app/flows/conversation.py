"""One press of a button from beginning to end, whatever goes wrong on the way."""

from __future__ import annotations

from collections.abc import Callable, Generator

from ar_xl.app import crash
from ar_xl.app.buttons import Button
from ar_xl.app.flows.books import adopt_flow, new_flow
from ar_xl.app.flows.commands import command_flow
from ar_xl.app.flows.helping import (
    about_flow,
    doctor_flow,
    last_error_flow,
    page_flow,
    settings_flow,
)
from ar_xl.app.flows.replies import TITLE, Cancelled, Flow, Given, Reply, end
from ar_xl.app.flows.visit import NoWorkbook, OtherWorkbook, Visit
from ar_xl.app.flows.words import for_excel
from ar_xl.app.questions import Needs
from ar_xl.book import host
from ar_xl.book.excel import ExcelError, in_words, is_of_excel
from ar_xl.core.findings import Refusal

Shown = Generator[Reply, Given, None]

ACTIONS: dict[str, Callable[[Visit, Button], Flow]] = {
    "settings": settings_flow,
    "page": page_flow,
    "doctor": doctor_flow,
    "last_error": last_error_flow,
    "about": about_flow,
}
WRITTEN = "What you agreed to is done and stands in the workbook. Then this happened:"
_NOTHING = ("Nothing was written; your workbook is as it was. ", "Nothing was written. ")
SPECIAL_FLOWS: dict[str, Callable[[Visit, Button], Flow]] = {"new": new_flow, "adopt": adopt_flow}

NO_WORKBOOK = (
    "No workbook is open that ar_xl can work in. Open one, or press New Workbook. A workbook in "
    "Protected View is reached once you press Enable Editing."
)
OTHER_WORKBOOK = (
    "Another workbook is active than the one the button was pressed in, so nothing was written. "
    "Go back to that workbook and press the button again."
)
OUR_MISTAKE = (
    "Something went wrong inside ar_xl. Nothing was written; your workbook is as it was. "
    "{where}, without any of your data: please report it."
)


def conversation(visit: Visit, button: Button) -> Shown:
    """All that is shown for one press; every problem is one box with what to do.

    Args:
        visit: the press.
        button: that was pressed.

    Returns:
        A generator of replies; the last one is of the kind `end`.
    """
    problem = last = None
    try:
        if button.needs is not Needs.NONE:
            assert visit.book is not None
        last = yield from flow_of(button)(visit, button)
    except Cancelled:
        last = end("Nothing was done.")
    except NoWorkbook:
        problem = NO_WORKBOOK
    except OtherWorkbook:
        problem = OTHER_WORKBOOK
    except Refusal as refusal:
        problem = for_excel(f"{refusal.seen} {refusal.fix}".strip())
    except host.FileProblem as failure:
        problem = for_excel(str(failure))
    except OSError as failure:
        problem = str(host.disk_problem(failure))
    except Exception as mistake:  # noqa: BLE001 - the last line of defence says it is our bug
        if is_of_excel(mistake) or isinstance(mistake, ExcelError):
            problem = " ".join(for_excel(line) for line in in_words(mistake).said)
        else:
            problem = crashed(button.id, mistake, visit)
    if problem and visit.wrote:
        for untrue in _NOTHING:
            problem = problem.replace(untrue, "")
        problem = f"{WRITTEN} {problem.strip()}"
    # An exception holds on to Excel's objects: it is gone before the user is shown anything.
    if problem:
        yield Reply("error", button.label or TITLE, problem)
    yield last or end("" if visit.wrote else "Nothing was written.")


def flow_of(button: Button) -> Callable[[Visit, Button], Flow]:
    """What a button does."""
    if button.action:
        return ACTIONS[button.action]
    return SPECIAL_FLOWS.get(button.command, command_flow)


def crashed(what: str, mistake: Exception, visit: Visit) -> str:
    """Keep the details of a mistake of ours, and say so."""
    log = crash.keep(what, mistake, visit.folder)
    where = f"The details are in {log}" if log else "The details could not be kept"
    return OUR_MISTAKE.format(where=where)

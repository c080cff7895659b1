"""Look at everything that the add-in needs, and say of each thing how it stands.

Nothing is changed. One server is started and ended again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ar_xl.addin import addinchecks, policychecks, serverchecks
from ar_xl.addin.look import Look
from ar_xl.addin.machine import Machine, System
from ar_xl.addin.pythonchecks import python_lines
from ar_xl.addin.trouble import Line, Verdict

CHECKS: tuple[Callable[[Look], Line], ...] = (
    addinchecks.excel,
    addinchecks.addin,
    addinchecks.copies,
    addinchecks.blocked,
    addinchecks.disabled,
    policychecks.macros,
    serverchecks.library,
    serverchecks.server,
    policychecks.child_processes,
    serverchecks.agent,
)

_BEFORE_AN_INSTALLATION = (
    addinchecks.excel,
    addinchecks.copies,
    addinchecks.disabled,
    policychecks.macros,
    policychecks.child_processes,
)


def examine(machine: Machine, build: Callable[[Mapping[str, str]], bytes]) -> list[Line]:
    """One line per check, in the order in which Excel needs the things.

    Args:
        machine: the computer.
        build: makes the add-in from settings.
    """
    if machine.system is not System.WINDOWS:
        return _without_excel(machine)
    look = Look(machine, build)
    return [*python_lines(machine), *(check(look) for check in CHECKS), _running(look)]


def concerns(machine: Machine, build: Callable[[Mapping[str, str]], bytes]) -> list[Line]:
    """What an installation should mention: settings that keep even a right add-in from working.

    Args:
        machine: a Windows computer.
        build: makes the add-in from settings.
    """
    look = Look(machine, build)
    return [*python_lines(machine), *(check(look) for check in _BEFORE_AN_INSTALLATION)]


def _running(look: Look) -> Line:
    """Whether Excel runs now, and with the add-in."""
    name = "Excel now"
    if look.open_excel is None:
        return Line(name, Verdict.NOTE, "does not run.")
    if look.open_excel.has_addin:
        return Line(name, Verdict.OK, "runs, with the add-in open.")
    seen = "runs without the add-in, or is busy; the add-in opens when Excel starts."
    return Line(name, Verdict.NOTE, seen)


def _without_excel(machine: Machine) -> list[Line]:
    python = machine.python
    where = machine.system.value
    works = "the commands work on workbook files here, with and without Excel."
    if machine.system is System.MAC:
        addin = "serves Excel for Windows; on a Mac buttons only say so, functions give #N/A."
    else:
        addin = f"serves Excel for Windows; {where} has no Excel."
    return [
        Line("Python", Verdict.OK, f"{python.program}, Python {python.version}."),
        Line("Packages", Verdict.OK, f"ar_xl {python.ar_xl}, xlwings {python.xlwings or 'none'}."),
        Line("Add-in", Verdict.NOTE, addin),
        Line("Commands", Verdict.OK, works),
    ]

"""Whether the Python that runs us can serve Excel."""

from __future__ import annotations

from pathlib import PurePath

from ar_xl.addin import places
from ar_xl.addin.machine import Machine, System
from ar_xl.addin.trouble import Cannot, Line, Trouble, Verdict

_STORE = "\\windowsapps\\"
_STORE_PACKAGE = "pythonsoftwarefoundation.python."


def refuse_unfit_python(machine: Machine) -> None:
    """Refuse what could never work, before anything is written.

    Raises:
        Cannot: this is no Windows, or this Python cannot serve Excel.
    """
    if machine.system is not System.WINDOWS:
        raise Cannot(Trouble.NOT_WINDOWS, f"This computer runs {machine.system.value}.")
    for line in python_lines(machine):
        if line.verdict is Verdict.PROBLEM and line.trouble:
            raise Cannot(line.trouble, line.seen)


def python_lines(machine: Machine) -> list[Line]:
    """What can be said of this Python, one line per check."""
    return [_program(machine), _path(machine), _packages(machine), _rights(machine)]


def _program(machine: Machine) -> Line:
    python = machine.python
    seen = f"{python.program}, Python {python.version}, {python.bits}-bit"
    if any(_from_store(place) for place in (python.program, python.base)):
        return Line("Python", Verdict.PROBLEM, f"{seen}, from the Microsoft Store.",
                    Trouble.STORE_PYTHON)  # fmt: skip
    return Line("Python", Verdict.OK, f"{seen}.")


def _from_store(place: PurePath) -> bool:
    text = str(place).casefold()
    return _STORE in text or _STORE_PACKAGE in text


def _path(machine: Machine) -> Line:
    name = "Path of Python"
    program = machine.python.program
    text = str(program)
    try:
        plain = places.plain_python(machine)
    except Cannot as refused:
        return Line(name, Verdict.PROBLEM, refused.seen, refused.trouble)
    if text.startswith("\\\\"):
        return Line(name, Verdict.WARNING, f"{program.parent} is on the network.",
                    Trouble.PYTHON_ON_NETWORK)  # fmt: skip
    if "\\onedrive" in text.casefold():
        return Line(name, Verdict.WARNING, f"{program.parent} is kept in OneDrive.",
                    Trouble.PYTHON_IN_ONEDRIVE)  # fmt: skip
    if not text.isascii():
        seen = f"has letters that Excel's way to Python may not pass on; {plain} is used instead."
        return Line(name, Verdict.OK, seen)
    return Line(name, Verdict.OK, f"plain letters, on this computer: {plain}.")


def _packages(machine: Machine) -> Line:
    python = machine.python
    name = "Packages"
    seen = f"ar_xl {python.ar_xl} and xlwings {python.xlwings or 'none'} in {python.home}"
    # Excel starts Python without the packages of one user, so that nothing there can change it.
    if python.home == python.user_packages or python.user_packages in python.home.parents:
        return Line(name, Verdict.PROBLEM, f"{seen}, a folder for one user.",
                    Trouble.PACKAGES_FOR_USER_ONLY)  # fmt: skip
    if not python.has_pywin32:
        return Line(name, Verdict.PROBLEM, f"{seen}; pywin32 is missing.", Trouble.PYWIN32_MISSING)
    return Line(name, Verdict.OK, f"{seen}.")


def _rights(machine: Machine) -> Line:
    if machine.runs_elevated():
        return Line("Rights", Verdict.WARNING, "this runs as administrator.",
                    Trouble.RUNS_AS_ADMINISTRATOR)  # fmt: skip
    return Line("Rights", Verdict.OK, "an ordinary user, as Excel.")

"""Whether the add-in stands where Excel opens it, once, whole, and of this version."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from ar_xl.addin import places
from ar_xl.addin.excels import OFFICE_VERSIONS
from ar_xl.addin.identity import FILE_NAME
from ar_xl.addin.look import Look
from ar_xl.addin.machine import Machine, registry_text
from ar_xl.addin.trouble import Cannot, Line, Trouble, Verdict

_OFFICE = r"HKCU\Software\Microsoft\Office"
_OURS = re.compile(r"ar_xl.*\.xla[m]?", re.IGNORECASE)
_OPEN = re.compile(r"OPEN\d*", re.IGNORECASE)
_EXCEL_2016 = 16  # the first part of its version, and of every one since
_FROM_ELSEWHERE = (3, 4)  # ZoneId: the internet, and sites that are not trusted
_ZONE = re.compile(r"^ZoneId\s*=\s*(\d)", re.MULTILINE)


def excel(look: Look) -> Line:
    """Which Excel there is, and of which bitness."""
    name = "Excel"
    if not look.excels:
        return Line(name, Verdict.PROBLEM, "no Excel was found on this computer.", Trouble.NO_EXCEL)
    seen = "; ".join(
        f"{each.version or 'version unknown'}, {each.bitness.value}, {each.program}"
        for each in look.excels
    )
    if any(each.from_store for each in look.excels):
        return Line(name, Verdict.WARNING, f"{seen}, from the Microsoft Store.",
                    Trouble.STORE_EXCEL)  # fmt: skip
    if all(_is_older(each.version) for each in look.excels):
        return Line(name, Verdict.WARNING, f"{seen}.", Trouble.EXCEL_TOO_OLD)
    return Line(name, Verdict.OK, f"{seen}.")


def _is_older(version: str) -> bool:
    """Whether a version is known, and is before Excel 2016."""
    major = version.partition(".")[0]
    return major.isdecimal() and int(major) < _EXCEL_2016


def addin(look: Look) -> Line:
    """Whether the file is there, and is byte for byte what this version builds."""
    name = "Add-in"
    try:
        content = look.content
    except OSError as error:
        return Line(name, Verdict.PROBLEM, f"{look.addin} cannot be read ({error.strerror}).",
                    Trouble.ADDIN_UNREADABLE)  # fmt: skip
    if content is None:
        return Line(name, Verdict.PROBLEM, f"{look.addin} is not there.", Trouble.ADDIN_MISSING)
    inside = look.settings
    if not inside:
        return Line(name, Verdict.PROBLEM, f"{look.addin} is not an add-in of ours.",
                    Trouble.NOT_THE_ADDIN)  # fmt: skip
    python = look.machine.python
    for what, built, here in (
        ("ar_xl", inside.get("ar_xl", ""), python.ar_xl),
        ("xlwings", inside.get("xlwings", ""), python.xlwings),
    ):
        if built != here:
            seen = f"{look.addin} was built by {what} {built or '?'}; here is {what} {here}."
            return Line(name, Verdict.PROBLEM, seen, Trouble.ADDIN_OF_ANOTHER_VERSION)
    return _python_and_bytes(look, content, inside.get("python", ""))


def _python_and_bytes(look: Look, content: bytes, python: str) -> Line:
    name = "Add-in"
    machine = look.machine
    if not python or not machine.file(machine.place(python)).exists():
        seen = f"{look.addin} starts {python or 'no Python'}, which is not there."
        return Line(name, Verdict.PROBLEM, seen, Trouble.PYTHON_MOVED)
    if content != look.build(look.settings):
        seen = f"{look.addin} is not the file that this version builds."
        return Line(name, Verdict.PROBLEM, seen, Trouble.ADDIN_CHANGED)
    try:
        here = str(places.plain_python(machine))
    except Cannot:
        here = str(machine.python.program)
    if python.casefold() != here.casefold():
        seen = f"{look.addin} starts {python}; this command runs in {here}."
        return Line(name, Verdict.WARNING, seen, Trouble.ADDIN_FOR_ANOTHER_PYTHON)
    return Line(name, Verdict.OK, f"{look.addin}, ar_xl {machine.python.ar_xl}, byte for byte.")


def copies(look: Look) -> Line:
    """Whether Excel would open a second add-in of ours."""
    name = "Copies"
    own = str(look.addin).casefold()
    found = {str(each).casefold(): each for each in _other_copies(look)}
    found.pop(own, None)
    if found:
        seen = f"Excel may also open {', '.join(str(each) for each in found.values())}."
        return Line(name, Verdict.PROBLEM, seen, Trouble.SEVERAL_COPIES)
    return Line(name, Verdict.OK, "no second add-in in the folders and lists that Excel opens.")


def _other_copies(look: Look) -> Iterable[PurePath]:
    machine = look.machine
    folders = [look.addin.parent, places.default_startup(machine)]
    folders += [each.program.parent / "XLSTART" for each in look.excels]
    for version in OFFICE_VERSIONS:
        options = rf"{_OFFICE}\{version}\Excel\Options"
        alternate = registry_text(machine, options, "AltStartup")
        folders += [machine.place(alternate)] if alternate else []
        for name, value in machine.values(options).items():
            if _OPEN.fullmatch(name) and isinstance(value, str):
                yield from _opened(machine, value)
    for folder in folders:
        yield from _of_ours(machine, folder)


def _opened(machine: Machine, value: str) -> Iterable[PurePath]:
    r"""The add-in of ours that an OPEN entry such as `/R "C:\...\ar_xl.xlam"` names, if any."""
    text = re.sub(r"^\s*(/\w\s*)+", "", value).strip().strip('"')
    place = machine.place(text)
    if _OURS.fullmatch(place.name):
        place = place if len(place.parts) > 1 else places.addins_folder(machine) / place.name
        if machine.file(place).exists():
            yield place


def _of_ours(machine: Machine, folder: PurePath) -> Iterable[PurePath]:
    try:
        names = sorted(each.name for each in machine.file(folder).iterdir())
    except OSError:
        return
    yield from (folder / name for name in names if _OURS.fullmatch(name))


def blocked(look: Look) -> Line:
    """Whether Windows marked the file as coming from the internet; Excel then leaves it out."""
    name = "Blocked mark"
    mark = look.addin.with_name(look.addin.name + ":Zone.Identifier")
    try:
        text = look.machine.file(mark).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return Line(name, Verdict.OK, "the file is not marked as coming from the internet.")
    zone = _ZONE.search(text)
    if zone and int(zone[1]) in _FROM_ELSEWHERE:
        seen = "the file is marked as coming from the internet; Excel leaves it out silently."
        return Line(name, Verdict.PROBLEM, seen, Trouble.ADDIN_BLOCKED)
    return Line(name, Verdict.OK, "the file is marked, but as one of this computer or network.")


def disabled(look: Look) -> Line:
    """Whether Excel put the add-in on its list of what made it fail."""
    name = "Disabled items"
    for version in OFFICE_VERSIONS:
        for value in look.machine.values(
            rf"{_OFFICE}\{version}\Excel\Resiliency\DisabledItems"
        ).values():
            if isinstance(value, bytes) and _names_us(value):
                return Line(name, Verdict.PROBLEM, "Excel has switched the add-in off.",
                            Trouble.ADDIN_DISABLED)  # fmt: skip
    return Line(name, Verdict.OK, "Excel has not switched the add-in off.")


def _names_us(value: bytes) -> bool:
    """Whether an entry names our file; its texts are UTF-16 after three numbers."""
    return any(
        FILE_NAME in value[12:].decode(encoding, "replace").casefold()
        for encoding in ("utf-16-le", "utf-16-be")
    )

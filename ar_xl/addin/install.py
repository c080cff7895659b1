"""Install the add-in for one user, without an administrator: a file in Excel's start folder.

Excel opens whatever stands in that folder, so nothing half written is ever put there: the file is
written beside it and moved in one step.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath

from ar_xl.addin import places, record
from ar_xl.addin.contents import settings_of
from ar_xl.addin.excels import installed_excels
from ar_xl.addin.identity import AGENT_CLSID, FILE_NAME
from ar_xl.addin.librarycheck import library_line, wanted_bits
from ar_xl.addin.machine import Link, Machine, MachineError
from ar_xl.addin.pythonchecks import refuse_unfit_python
from ar_xl.addin.record import Record
from ar_xl.addin.trouble import Cannot, Trouble

Build = Callable[[Mapping[str, str]], bytes]


@dataclass(frozen=True)
class Plan:
    """What an installation will do.

    Args:
        addin: where the add-in will stand.
        replaced: "" where none stands there; the version to be replaced; "?" where unknown.
        link: the agent's entry; None where none is asked for and none is there.
        excel_runs: Excel must be started anew to show the tab.
        settings: that the add-in is built with.
    """

    addin: PurePath
    replaced: str
    link: PurePath | None
    excel_runs: bool
    settings: Mapping[str, str]


@dataclass(frozen=True)
class Installed:
    """What an installation did, beside its plan.

    Args:
        link_failed: why the agent's entry could not be written; "" where it could.
        removed: an older add-in of ours elsewhere that was taken away; None where there was none.
    """

    link_failed: str
    removed: PurePath | None


def decide(machine: Machine, agent: bool) -> Plan:
    """What an installation will do; nothing is changed.

    Args:
        machine: the computer.
        agent: also have the agent start with every log-on; one that does already is kept up
            to date without being asked for.

    Raises:
        Cannot: something stands in the way.
    """
    refuse_unfit_python(machine)
    settings = places.settings(machine)
    _refuse_missing_library(machine, settings["python"])
    excel = machine.open_excel()
    if excel and excel.has_addin:
        raise places.open_in_excel()
    addin, link = places.addin_file(machine, excel), places.agent_link(machine)
    return Plan(
        addin=addin,
        replaced=_what_stands_there(machine, addin),
        link=link if agent or machine.file(link).exists() else None,
        excel_runs=excel is not None,
        settings=settings,
    )


def install(machine: Machine, build: Build, plan: Plan) -> Installed:
    """Build the add-in with this computer's settings and put it where Excel opens it.

    Args:
        machine: the computer.
        build: makes the add-in from settings.
        plan: what was decided.

    Raises:
        Cannot: something stands in the way; nothing was changed.
    """
    content = build(plan.settings)
    before = record.standing(machine)
    with _folders(machine, plan.addin, plan.link) as made:
        _put_with_record(machine, plan.addin, content, Record(
            addin=str(plan.addin), fingerprint=record.fingerprint(content),
            link=str(plan.link) if plan.link else "",
            folders=tuple(dict.fromkeys([*(before.folders if before else ()), *made])),
            python=plan.settings["python"],
            ar_xl=plan.settings["ar_xl"], xlwings=plan.settings["xlwings"],
        ))  # fmt: skip
    return Installed(_write_link(machine, plan), _remove_older(machine, before, plan.addin))


def write_for_others(machine: Machine, build: Build, folder: PurePath, python: str) -> PurePath:
    """Write the add-in for other computers into a folder; nothing else is touched.

    Args:
        machine: the computer we run on, for its versions.
        build: makes the add-in from settings.
        folder: where to write; made when absent.
        python: full path of the interpreter on those computers.

    Raises:
        Cannot: the folder cannot be written into.
    """
    addin = folder / FILE_NAME
    content = build(places.settings(machine, python))
    _what_stands_there(machine, addin)
    try:
        machine.file(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(folder, error) from error
    _put(machine, addin, content, addin.with_suffix(".new"))
    return addin


def is_python_path(text: str) -> bool:
    """Whether it is a full path of Python on Windows that every part of the way can pass on."""
    place = PureWindowsPath(text)
    named = place.name.casefold() in {"python.exe", "pythonw.exe"}
    return place.is_absolute() and named and text.isascii() and '"' not in text


def _not_writable(folder: PurePath, error: OSError) -> Cannot:
    why = error.strerror or "no reason given"
    return Cannot(Trouble.FOLDER_NOT_WRITABLE, f"{folder} cannot be written into ({why}).")


def _refuse_missing_library(machine: Machine, python: str) -> None:
    """Without xlwings' library for Excel's bitness no button and no function could answer."""
    for bits in wanted_bits(installed_excels(machine)):
        line = library_line(machine, machine.place(python), bits)
        if line.trouble:
            raise Cannot(line.trouble, line.seen)


def _what_stands_there(machine: Machine, addin: PurePath) -> str:
    """The version of the add-in that is about to be replaced; a stranger's file is refused."""
    path = machine.file(addin)
    if not path.exists():
        return ""
    try:
        found = settings_of(path.read_bytes())
    except PermissionError as error:
        raise places.held(addin) from error
    except OSError as error:
        raise _not_writable(addin.parent, error) from error
    if found is None:
        raise Cannot(Trouble.NOT_THE_ADDIN, f"{addin} is not an add-in of ours.")
    return found.get("ar_xl") or "?"


@contextmanager
def _folders(machine: Machine, addin: PurePath, link: PurePath | None) -> Iterator[list[str]]:
    """Make the folders that are missing, and give those; take them away again after a refusal."""
    made: list[str] = []
    try:
        for file in (addin, places.record_file(machine), *([link] if link else [])):
            folder, missing = file.parent, []
            while not machine.file(folder).exists() and folder != folder.parent:
                missing.append(folder)
                folder = folder.parent
            for each in reversed(missing):
                try:
                    machine.file(each).mkdir()
                except OSError as error:
                    raise _not_writable(each, error) from error
                made.append(str(each))
        yield made
    except Cannot:
        for text in reversed(made):
            with suppress(OSError):
                machine.file(machine.place(text)).rmdir()
        raise


def _put_with_record(machine: Machine, addin: PurePath, content: bytes, written: Record) -> None:
    """The file and its record, both or none; moving the file is what may be refused."""
    path = machine.file(places.record_file(machine))
    try:
        prepared = record.prepare(path, written)
    except OSError as error:
        _tidied(record.waiting(path))
        raise _not_writable(places.record_file(machine).parent, error) from error
    try:
        _put(machine, addin, content, places.waiting_addin(addin))
    except Cannot:
        _tidied(prepared)
        raise
    prepared.replace(path)


def _tidied(path: Path) -> None:
    """Take away what was not finished; where that fails too, the next installation writes over."""
    with suppress(OSError):
        path.unlink()


def _put(machine: Machine, place: PurePath, content: bytes, waiting: PurePath) -> None:
    """Put a file in place in one step; what stood there before stays whole or is gone."""
    path = machine.file(place)
    beside = machine.file(waiting)
    try:
        with beside.open("wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as error:
        _tidied(beside)
        raise _not_writable(waiting.parent, error) from error
    try:
        beside.replace(path)
    except OSError as error:
        _tidied(beside)
        if path.exists():  # Windows does not let go of a file that a program has open
            raise places.held(place) from error
        raise _not_writable(place.parent, error) from error


def _write_link(machine: Machine, plan: Plan) -> str:
    """Write the agent's entry; return why not, or nothing where it is there or not asked for."""
    if plan.link is None:
        return ""
    program, *arguments = places.server_command(plan.settings["python"], AGENT_CLSID)
    folder = str(machine.place(program).parent)
    words = "ar_xl: answers Excel's receivables functions and buttons"
    try:
        machine.writes_link(plan.link, Link(program, " ".join(arguments), folder, words))
    except MachineError as error:
        return str(error)
    return ""


def _remove_older(machine: Machine, before: Record | None, addin: PurePath) -> PurePath | None:
    """Take away the add-in of an earlier installation that stood elsewhere, where it is as then."""
    if before is None or before.addin.casefold() == str(addin).casefold():
        return None
    older = machine.place(before.addin)
    try:
        content = machine.file(older).read_bytes()
        if record.fingerprint(content) != before.fingerprint:
            return None
        machine.file(older).unlink()
    except OSError:
        return None
    return older

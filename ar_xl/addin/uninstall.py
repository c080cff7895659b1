"""Take away exactly what `addin install` wrote, and say what was left."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath

from ar_xl.addin import places, record
from ar_xl.addin.contents import settings_of
from ar_xl.addin.machine import Machine, System
from ar_xl.addin.record import Record
from ar_xl.addin.trouble import Cannot, Trouble


@dataclass(frozen=True)
class Uninstalled:
    """What was taken away and what was not.

    Args:
        removed: files and folders that are gone.
        left: files that stay, each with the reason.
        agent_stopped: an agent was running and was told to end.
    """

    removed: tuple[PurePath, ...]
    left: tuple[tuple[PurePath, str], ...]
    agent_stopped: bool


def uninstall(machine: Machine) -> Uninstalled:
    """Remove the add-in, the agent's entry, the record, and folders that were made for them.

    Raises:
        Cannot: Excel has the add-in open; nothing was changed.
    """
    if machine.system is not System.WINDOWS:
        raise Cannot(Trouble.NOT_WINDOWS, f"This computer runs {machine.system.value}.")
    excel = machine.open_excel()
    if excel and excel.has_addin:
        raise places.open_in_excel()
    place = places.record_file(machine)
    written = record.standing(machine)
    if written is None:
        return Uninstalled((), _unrecorded(machine, places.addin_file(machine, excel)), False)
    removed: list[PurePath] = []
    left: list[tuple[PurePath, str]] = []
    _remove_addin(machine, written, removed, left)
    stopped = machine.stops_agent()
    link = (machine.place(written.link),) if written.link else ()
    unfinished = (places.waiting_addin(machine.place(written.addin)), record.waiting(place))
    for file in (*link, *unfinished, place):
        if machine.file(file).exists():
            try:
                machine.file(file).unlink()
                removed.append(file)
            except OSError as error:
                left.append((file, error.strerror or "it cannot be deleted"))
    for text in reversed(written.folders):
        with suppress(OSError):  # a folder with other files in it stays
            machine.file(machine.place(text)).rmdir()
            removed.append(machine.place(text))
    if machine.file(place.parent).is_dir():
        left.append((place.parent, "it holds other files, such as logs or Python's packages"))
    return Uninstalled(tuple(removed), tuple(left), stopped)


def _unrecorded(machine: Machine, addin: PurePath) -> tuple[tuple[PurePath, str], ...]:
    if machine.file(addin).exists():
        return ((addin, "ar_xl has no record of having written it"),)
    return ()


def _remove_addin(
    machine: Machine,
    written: Record,
    removed: list[PurePath],
    left: list[tuple[PurePath, str]],
) -> None:
    addin = machine.place(written.addin)
    path = machine.file(addin)
    if not path.exists():
        return
    try:
        content = path.read_bytes()
        # A copy that Excel saved anew has other bytes, but still our settings in it.
        as_written = record.fingerprint(content) == written.fingerprint
        if not as_written and settings_of(content) is None:
            left.append((addin, "it is another file than the one that was installed"))
            return
        path.unlink()
    except OSError as error:
        raise places.held(addin) from error
    removed.append(addin)

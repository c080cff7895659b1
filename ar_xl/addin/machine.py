r"""A computer, as the installer and the doctor see it: all they may ask of it and do to it.

Places are written as the computer writes them (`C:\Users\...`); `Machine.file` gives what can
be opened, so that a Windows computer can be played on any other.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePath
from typing import Protocol


class System(Enum):
    """Which kind of computer it is."""

    WINDOWS = "Windows"
    MAC = "macOS"
    OTHER = "Linux"


class MachineError(Exception):
    """The computer did not let us look or act; the text says why, in words."""


@dataclass(frozen=True)
class Python:
    """The Python that runs us, and what is installed in it.

    Args:
        program: `python.exe`, full path.
        base: the folder of the Python that an environment was made from.
        version: `3.11.9`.
        bits: 32 or 64.
        ar_xl, xlwings: versions.
        home: the folder that holds our package.
        user_packages: the folder of packages installed for one user only.
        has_pywin32: it can speak to Excel.
    """

    program: PurePath
    base: PurePath
    version: str
    bits: int
    ar_xl: str
    xlwings: str
    home: PurePath
    user_packages: PurePath
    has_pywin32: bool


@dataclass(frozen=True)
class OpenExcel:
    """The Excel that runs.

    Args:
        startup: its `Application.StartupPath`; "" where it does not say.
        has_addin: the add-in is open in it.
    """

    startup: str
    has_addin: bool


@dataclass(frozen=True)
class Reply:
    """What a server said.

    Args:
        version: of ar_xl, as the server tells it; "" where there was no answer.
        why: why there was none, in words.
        seconds: from its start to its answer; 0 where it was not started for this.
    """

    version: str
    why: str = ""
    seconds: float = 0


@dataclass(frozen=True)
class Link:
    """A shortcut: a program and its arguments.

    Args:
        program: full path.
        arguments: as they stand on a command line.
        folder: where it starts.
        words: what a person reads.
    """

    program: str
    arguments: str
    folder: str
    words: str


class Machine(Protocol):
    """What is known of a computer, and what can be done to it."""

    @property
    def system(self) -> System:
        """Which kind it is."""

    @property
    def python(self) -> Python:
        """The Python that runs us."""

    def place(self, text: str) -> PurePath:
        """A place, read as this computer writes places."""

    def file(self, place: PurePath) -> Path:
        """What can be opened at a place."""

    def variable(self, name: str) -> str:
        """A variable of the environment; "" where it is not set."""

    def values(self, key: str) -> Mapping[str, object]:
        r"""The values of a registry key such as `HKCU\Software\...`; none where it is absent."""

    def runs_elevated(self) -> bool:
        """Whether we run as administrator."""

    def open_excel(self) -> OpenExcel | None:
        """The Excel that runs, or None."""

    def version_of(self, program: PurePath) -> str:
        """The version that a program's file states; "" where it states none."""

    def short_name(self, place: PurePath) -> PurePath:
        """The 8.3 name of a place; the place itself where the disk keeps no such names."""

    def loads(self, library: PurePath) -> str:
        """Load a library of our own bitness; "" when it went well, else why not, in words."""

    def asks(self, class_id: str) -> Reply:
        """Ask the server of a class id which version it is; nothing is started."""

    def starts_and_asks(self, command: Sequence[str], class_id: str) -> Reply:
        """Start a server, ask it, and end it again."""

    def awaits(self, class_id: str) -> Reply:
        """Ask until there is an answer, for half a minute at most."""

    def starts(self, command: Sequence[str]) -> None:
        """Start a program of our own that stays, without a window.

        Raises:
            MachineError: it did not start.
        """

    def stops_agent(self) -> bool:
        """Tell the agent of this log-on to end, and wait until it has; False where none runs."""

    def writes_link(self, place: PurePath, link: Link) -> None:
        """Write a shortcut.

        Raises:
            MachineError: it could not be written.
        """

    def reads_link(self, place: PurePath) -> Link | None:
        """Read a shortcut; None where it cannot be read."""


def this_machine() -> Machine:
    """The computer we run on."""
    if sys.platform == "win32":
        from ar_xl.addin.windows import Windows

        return Windows()
    from ar_xl.addin.elsewhere import Elsewhere

    return Elsewhere()


def registry_value(machine: Machine, key: str, name: str) -> object | None:
    """One value of the registry; names are compared as Windows does, without regard to case."""
    for each, value in machine.values(key).items():
        if each.casefold() == name.casefold():
            return value
    return None


def registry_text(machine: Machine, key: str, name: str) -> str:
    """One text of the registry; "" where there is none."""
    value = registry_value(machine, key, name)
    return value if isinstance(value, str) else ""

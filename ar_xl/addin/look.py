"""What the doctor looks at, gathered once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from ar_xl.addin import places
from ar_xl.addin.contents import settings_of
from ar_xl.addin.excels import Excel, installed_excels
from ar_xl.addin.identity import AGENT_CLSID
from ar_xl.addin.machine import Link, Machine, OpenExcel, Reply


@dataclass(frozen=True)
class Look:
    """One computer, looked at once; each fact is asked for when a check first needs it.

    Args:
        machine: the computer.
        build: makes the add-in from settings.
    """

    machine: Machine
    build: Callable[[Mapping[str, str]], bytes]

    @cached_property
    def excels(self) -> tuple[Excel, ...]:
        """Every Excel that is installed."""
        return installed_excels(self.machine)

    @cached_property
    def open_excel(self) -> OpenExcel | None:
        """The Excel that runs."""
        return self.machine.open_excel()

    @cached_property
    def addin(self) -> PurePath:
        """Where the add-in stands, or would stand."""
        return places.addin_file(self.machine, self.open_excel)

    @cached_property
    def content(self) -> bytes | None:
        """The bytes of the installed add-in; None where it is absent.

        Raises:
            OSError: it is there and cannot be read.
        """
        path = self.machine.file(self.addin)
        return path.read_bytes() if path.exists() else None

    @cached_property
    def settings(self) -> Mapping[str, str]:
        """The settings in the installed add-in; none where it cannot be read."""
        try:
            return settings_of(self.content or b"") or {}
        except OSError:
            return {}

    @cached_property
    def python(self) -> PurePath:
        """The Python that the add-in starts; ours where none is installed."""
        text = self.settings.get("python", "")
        machine = self.machine
        return machine.place(text) if text else places.windowless_python(machine)

    @cached_property
    def agent(self) -> Reply:
        """What a running agent says."""
        return self.machine.asks(AGENT_CLSID)

    @cached_property
    def agent_entry(self) -> Link | None:
        """The agent's entry in the Startup folder; None where there is none."""
        place = places.agent_link(self.machine)
        if not self.machine.file(place).exists():
            return None
        return self.machine.reads_link(place) or Link("", "", "", "")

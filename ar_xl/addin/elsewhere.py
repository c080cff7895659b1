"""A computer without Excel for Windows: what can be known there, and nothing that acts."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from ar_xl.addin.machine import Link, MachineError, OpenExcel, Reply, System
from ar_xl.addin.thispython import Here

_ONLY_WINDOWS = "this needs Windows"


class Elsewhere(Here):
    """macOS, Linux and others."""

    @property
    def system(self) -> System:
        """Which kind it is."""
        return System.MAC if sys.platform == "darwin" else System.OTHER

    def values(self, key: str) -> Mapping[str, object]:
        """There is no registry."""
        return {}

    def runs_elevated(self) -> bool:
        """Whether we run as administrator."""
        return os.geteuid() == 0 if hasattr(os, "geteuid") else False

    def open_excel(self) -> OpenExcel | None:
        """No Excel that the add-in could serve."""
        return None

    def version_of(self, program: PurePath) -> str:
        """Files here state no version."""
        return ""

    def short_name(self, place: PurePath) -> PurePath:
        """Disks here keep no 8.3 names."""
        return place

    def loads(self, library: PurePath) -> str:
        """Libraries of Windows cannot be loaded."""
        return _ONLY_WINDOWS

    def asks(self, class_id: str) -> Reply:
        """There is no COM."""
        return Reply("", _ONLY_WINDOWS)

    def starts_and_asks(self, command: Sequence[str], class_id: str) -> Reply:
        """There is no COM."""
        return Reply("", _ONLY_WINDOWS)

    def awaits(self, class_id: str) -> Reply:
        """There is no COM."""
        return Reply("", _ONLY_WINDOWS)

    def starts(self, command: Sequence[str]) -> None:
        """Nothing to start."""
        raise MachineError(_ONLY_WINDOWS)

    def stops_agent(self) -> bool:
        """None runs."""
        return False

    def writes_link(self, place: PurePath, link: Link) -> None:
        """No shortcuts."""
        raise MachineError(_ONLY_WINDOWS)

    def reads_link(self, place: PurePath) -> Link | None:
        """No shortcuts."""
        return None

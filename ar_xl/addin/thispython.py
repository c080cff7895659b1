"""The Python that runs us, and what of the computer around it is the same on every system."""

from __future__ import annotations

import os
import platform
import site
import struct
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path, PurePath

from ar_xl import __version__
from ar_xl.addin.machine import Python


class Here:
    """What every real computer tells alike."""

    @property
    def python(self) -> Python:
        """The Python that runs us."""
        return this_python()

    def place(self, text: str) -> PurePath:
        """A place, read as this computer writes places."""
        return Path(text)

    def file(self, place: PurePath) -> Path:
        """What can be opened at a place."""
        return Path(place)

    def variable(self, name: str) -> str:
        """A variable of the environment; "" where it is not set."""
        return os.environ.get(name, "")


def this_python() -> Python:
    """What can be known of it without starting anything."""
    return Python(
        program=Path(sys.executable),
        base=Path(sys.base_prefix),
        version=platform.python_version(),
        bits=struct.calcsize("P") * 8,
        ar_xl=__version__,
        xlwings=xlwings_version(),
        home=Path(__file__).resolve().parents[2],
        user_packages=Path(site.getusersitepackages()),
        has_pywin32="pythoncom" in sys.modules or find_spec("pythoncom") is not None,
    )


def xlwings_version() -> str:
    """The version of xlwings that is installed; "" where there is none."""
    try:
        return version("xlwings")
    except PackageNotFoundError:
        return ""

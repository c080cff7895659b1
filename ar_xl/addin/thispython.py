"""The Python that runs us: where it stands and what is installed in it."""

from __future__ import annotations

import platform
import site
import struct
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from ar_xl import __version__
from ar_xl.addin.machine import Python


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

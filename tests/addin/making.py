"""Add-ins for tests, from a few lines of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ar_xl.addin import build
from ar_xl.addin.package import Make

RIBBON = '<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"/>'
SETTINGS = {"python": r"C:\Users\José\python.exe", "agent": "{1}"}
CLASS = """\
VERSION 1.0 CLASS
BEGIN
  MultiUse = -1  'True
END
Attribute VB_Name = "ArEvents"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = False
Attribute VB_Exposed = False
Option Explicit
Public WithEvents App As Application
"""


def macro(name: str, body: str = "Option Explicit\n") -> str:
    """A standard module as VBA exports it."""
    return f'Attribute VB_Name = "{name}"\n{body}'


MACROS = (macro("ArRuntime"), macro("ArCalls", "Option Explicit\n' año\n" * 300), CLASS)


def addin(
    macros: Sequence[str] = MACROS,
    ribbon: str = RIBBON,
    settings: Mapping[str, str] = SETTINGS,
    make: Make = Make.ADDIN,
) -> bytes:
    """Its bytes."""
    return build.build(macros, ribbon, settings, make)

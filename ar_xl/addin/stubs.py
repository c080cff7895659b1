"""The macros that are made, not written: worksheet functions and their help.

A function in a cell is a stub that hands its arguments to `ArCall`. What Excel's function wizard
says about a stub's arguments cannot stand in the text of a module, so a second module tells Excel
when the first workbook is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from ar_xl.addin.problem import CannotBuild
from ar_xl.addin.vbawords import CELL, RESERVED

CATEGORY = "Receivables"
"""Under this the function wizard lists our functions."""

VERSION_MARK = "@XLWINGS@"
"""What stands in the hand-written macros for the version of xlwings: its library has it in its
name, and VBA takes no computed name there."""

MOST_ARGUMENTS = 20
LONGEST_HELP = 255

_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,60}")
_ARGUMENT = re.compile(r"[a-z][a-z0-9_]{0,60}")
_VERSION = re.compile(r"[0-9]+(\.[0-9]+)+")


class Argument(Protocol):
    """What a stub needs to know of an argument."""

    @property
    def name(self) -> str:
        """In Python's spelling."""

    @property
    def help(self) -> str:
        """For the function wizard."""

    @property
    def optional(self) -> bool:
        """It may be left out."""


class Function(Protocol):
    """What a stub needs to know of a function."""

    @property
    def name(self) -> str:
        """As it is typed into a cell."""

    @property
    def help(self) -> str:
        """For the function wizard."""

    @property
    def arguments(self) -> Sequence[Argument]:
        """In order."""


def stubs(functions: Sequence[Function]) -> str:
    """Return the module with one VBA function for each worksheet function.

    Args:
        functions: the registry, in order.

    Raises:
        CannotBuild: a name or a help text that VBA or Excel would not take.
    """
    return "\n".join([*_head("ArFunctions", hidden=False), *(_stub(each) for each in functions)])


def help_texts(functions: Sequence[Function]) -> str:
    """Return the module that tells Excel what functions and arguments are for.

    Args:
        functions: the registry, in order.

    Raises:
        CannotBuild: as `stubs`.
    """
    lines = [
        *_head("ArRegister", hidden=True),
        "Public Function ArDescribe() As Boolean",
        "    On Error GoTo failed",
    ]
    for each in functions:
        helps = [f"        {_quoted(of.help, of.name)}" for of in each.arguments]
        lines += [
            f'    ArTell "{each.name}", {_quoted(each.help, each.name)}, Array( _',
            *(line + ", _" for line in helps[:-1]),
            *(line + ")" for line in helps[-1:]),
        ]
        if not helps:
            lines[-1] = lines[-1].removesuffix(" _") + ")"
    lines += [
        "    ThisWorkbook.Saved = True ' nothing of the add-in is to be kept: Excel need not ask",
        "    ArDescribe = True",
        "failed:",
        "End Function",
        "",
        "Private Sub ArTell(ByVal called As String, ByVal about As String, ByVal helps As Variant)",
        '    Application.MacroOptions Macro:="\'" & ThisWorkbook.Name & "\'!" & called, '
        f'Description:=about, Category:="{CATEGORY}", ArgumentDescriptions:=helps',
        "End Sub",
        "",
    ]
    return "\n".join(lines)


def stamped(text: str, xlwings: str) -> str:
    """Return a hand-written macro with the version of xlwings in its place.

    Args:
        text: of a macro.
        xlwings: the installed version, such as 0.37.8.

    Raises:
        CannotBuild: that is no version that is in a file's name.
    """
    if not _VERSION.fullmatch(xlwings):
        raise CannotBuild(f"xlwings says its version is `{xlwings[:40]}`. Install it again.")
    return text.replace(VERSION_MARK, xlwings)


def argument_name(name: str) -> str:
    """The name of an argument in VBA: its own, with a `_` behind it where VBA keeps the word."""
    return f"{name}_" if name in RESERVED else name


def _head(name: str, hidden: bool) -> list[str]:
    lines = [
        f'Attribute VB_Name = "{name}"',
        "' Made by ar-xl addin build from the registry of worksheet functions.",
        "Option Explicit",
    ]
    return [*lines, "Option Private Module", ""] if hidden else [*lines, ""]


def _stub(function: Function) -> str:
    name = function.name
    if not _NAME.fullmatch(name) or CELL.fullmatch(name) or name.lower() in RESERVED:
        raise CannotBuild(
            f"{name} cannot be the name of a worksheet function: capital letters, digits and _, "
            "a letter first, and nothing that reads like the address of a cell."
        )
    if len(function.arguments) > MOST_ARGUMENTS:
        raise CannotBuild(f"{name} has more than {MOST_ARGUMENTS} arguments.")
    heads: list[str] = []
    names: list[str] = []
    for each in function.arguments:
        if not _ARGUMENT.fullmatch(each.name):
            raise CannotBuild(f"{name}: `{each.name}` cannot be the name of an argument.")
        if heads and heads[-1].startswith("Optional") and not each.optional:
            raise CannotBuild(f"{name}: {each.name} must be given, so it cannot follow one that "
                              "may be left out.")  # fmt: skip
        names.append(argument_name(each.name))
        heads.append(f"{'Optional ' if each.optional else ''}{names[-1]} As Variant")
    # An argument arrives as it was typed: a range stays a range, one left out stays left out.
    return "\n".join([
        f"Public Function {name}({', '.join(heads)}) As Variant",
        f"Attribute {name}.VB_Description = {_quoted(function.help, name)}",
        f'Attribute {name}.VB_ProcData.VB_Invoke_Func = " \\n14"',
        f'    {name} = ArCall("{name}", Array({", ".join(names)}))',
        "End Function",
        "",
    ])  # fmt: skip


def _quoted(text: str, whose: str) -> str:
    """A help text as VBA writes it."""
    if not text or len(text) > LONGEST_HELP or any(each < " " for each in text):
        raise CannotBuild(
            f"{whose}: its help has {len(text)} characters; Excel takes 1 to {LONGEST_HELP}, "
            "on one line."
        )
    return '"' + text.replace('"', '""') + '"'

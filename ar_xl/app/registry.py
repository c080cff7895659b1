"""What the declaration of a command consists of.

The declarations themselves are in `catalogue`. Neither module imports what does the work: that is
loaded when a command is run, so that help comes at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import Any


class Ask(Enum):
    """What a parameter takes."""

    FLAG = "flag"
    TEXT = "text"
    DATE = "date"
    PATH = "path"
    PAIRS = "pairs"  # repeatable, `ours=theirs`


@dataclass(frozen=True)
class Parameter:
    """One option of a command: `--period`.

    Args:
        name: in Python.
        help: what it does, for people.
        ask: what it takes.
        required: it must be given.
        choices: the only values.
    """

    name: str
    help: str
    ask: Ask = Ask.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()

    @property
    def flag(self) -> str:
        """As it is typed: `--gl-balance`."""
        return "--" + self.name.replace("_", "-")


def _loaded(place: str) -> Callable[..., Any]:
    module, _, function = place.partition(":")
    return getattr(import_module(f"ar_xl.app.commands.{module}"), function)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Command:
    """One button, and one command of the command line.

    Args:
        name: `post-invoices`.
        group: of the ribbon.
        icon: name of an Office icon.
        tip: one sentence: what it does.
        place: the function that does it on a desk, as `module:function` of `app.commands`.
        parameters: its own options, beside the common ones.
        writes: it changes the workbook, or makes a sheet in it.
        looks: it looks at a cell that somebody picked.
        papers: it always makes files beside the workbook; a browser has no place for them.
    """

    name: str
    group: str
    icon: str
    tip: str
    place: str
    parameters: tuple[Parameter, ...] = ()
    writes: bool = True
    looks: bool = False
    papers: bool = False

    @property
    def label(self) -> str:
        """On the ribbon: `Post Invoices`."""
        return " ".join(word.capitalize() for word in self.name.split("-"))

    @property
    def work(self) -> Callable[[Any], None]:
        """What does it, on a desk; loaded now."""
        return _loaded(self.place)


@dataclass(frozen=True)
class Special:
    """A command that does not work on one existing workbook.

    Args:
        name: one word, or two where it belongs to a group: `addin build`.
        tip: as of any command.
        place: does it; gets the common options, its parameters, and where to report progress
            and say lines; returns the answer.
        arguments: names of its file arguments, in order.
        parameters: its options.
        common: names of the common options that it takes.
        many: its last file argument takes several files, and folders.
    """

    name: str
    tip: str
    place: str
    arguments: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    common: tuple[str, ...]
    many: bool = False

    @property
    def group(self) -> str:
        """The first word of two, such as `addin`; else nothing."""
        return self.name.rpartition(" ")[0]

    @property
    def word(self) -> str:
        """As it is typed within its group: `build`."""
        return self.name.rpartition(" ")[2]

    @property
    def work(self) -> Callable[..., Any]:
        """What does it; loaded now."""
        return _loaded(self.place)

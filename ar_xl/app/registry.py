"""The command registry: every command is declared once.

The command line, the ribbon and the command page of the docs all come from these
declarations (design, sections 2 and 4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from ar_xl.app.desk import Desk


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


@dataclass(frozen=True)
class Command:
    """One button, and one command of the command line.

    Args:
        name: `post-invoices`.
        label: on the ribbon.
        group: of the ribbon.
        icon: name of an Office icon.
        tip: one sentence: what it does.
        work: does it, on a desk.
        parameters: its own options, beside the common ones.
        writes: it changes the workbook, or makes a sheet in it.
    """

    name: str
    label: str
    group: str
    icon: str
    tip: str
    work: Callable[[Desk], None]
    parameters: tuple[Parameter, ...] = ()
    writes: bool = True


COMMANDS: dict[str, Command] = {}


def command(
    name: str,
    group: str,
    icon: str,
    tip: str,
    parameters: tuple[Parameter, ...] = (),
    writes: bool = True,
) -> Callable[[Callable[[Desk], None]], Callable[[Desk], None]]:
    """Declare a command; the decorated function does its work on a desk."""

    def declare(work: Callable[[Desk], None]) -> Callable[[Desk], None]:
        assert name not in COMMANDS, f"command {name} is declared twice"
        label = " ".join(word.capitalize() for word in name.split("-"))
        COMMANDS[name] = Command(name, label, group, icon, tip, work, parameters, writes)
        return work

    return declare

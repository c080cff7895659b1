"""What the declaration of a worksheet function consists of.

The declarations are in `catalogue`. The Python registration, the VBA stubs, the texts of Excel's
function wizard and `docs/FUNCTIONS.md` all come from them. Nothing here imports what reckons:
that is loaded when a function is first called.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Argument:
    """One argument of a worksheet function.

    Args:
        name: as the function wizard shows it, and the parameter's name in Python and VBA:
            lower case, words joined by `_`.
        help: one sentence for the wizard: what it takes, with units; at most 255 characters.
        default: what is meant when it is left out, in words; None: it must be given.
    """

    name: str
    help: str
    default: str | None = None

    @property
    def optional(self) -> bool:
        """It may be left out."""
        return self.default is not None


@dataclass(frozen=True)
class Example:
    """A worked example, for the docs and for the tests.

    Args:
        said: what it shows, in a sentence.
        formula: as it is typed, over the cells below.
        cells: rows of typed cells the formula reads, from A1 on, as an accountant types them
            (numbers, ISO dates, texts; None is blank).
        result: the rows that it spills.
    """

    said: str
    formula: str
    cells: tuple[tuple[Any, ...], ...]
    result: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Function:
    """One worksheet function.

    Args:
        name: `AR_BUCKET`.
        help: what it gives, for the wizard; at most 255 characters.
        arguments: in order; what may be left out comes last.
        place: the Python function, as `module:function` of `ar_xl.functions`. It takes each
            argument as a tuple of rows of cell values (see `cells`), None where left out, and
            returns rows of cell values. An error value is an `errors.CellError`: as an element
            it is one cell of the result, raised it is the whole answer.
        returns: what it gives, in words, with its shape.
        example: a worked example.
    """

    name: str
    help: str
    arguments: tuple[Argument, ...]
    place: str
    returns: str
    example: Example

    @property
    def work(self) -> Callable[..., Any]:
        """What reckons it; loaded now."""
        module, _, function = self.place.partition(":")
        return getattr(import_module(f"ar_xl.functions.{module}"), function)  # type: ignore[no-any-return]

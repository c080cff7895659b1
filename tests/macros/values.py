"""Values as they cross between VBA, COM and Python, and objects of Excel that stand for others."""

# ruff: noqa: N802 - Excel's own names
from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pyopenvba.interpreter import (
    EMPTY,
    NOTHING,
    VBAArray,
    VBADate,
    VBAErrorValue,
    VBAObject,
    member,
)

from tests.served.com import Array


def into_vba(value: Any) -> Any:
    """A value as COM hands it to VBA; arrays begin at 0."""
    if isinstance(value, Array):
        bounds, level = [], value
        for _ in range(value.dimensions):
            bounds.append((0, len(level) - 1))
            level = level[0] if len(level) else level
        made = VBAArray(bounds)
        _fill(made, value, value.dimensions, [])
        return made
    return VBADate(value.replace(tzinfo=None)) if isinstance(value, dt.datetime) else value


def _fill(made: VBAArray, value: Any, depth: int, at: list[int]) -> None:
    for number, each in enumerate(value):
        if depth > 1:
            _fill(made, each, depth - 1, [*at, number])
        else:
            made.set([*at, number], into_vba(each))


def from_vba(value: Any) -> Any:
    """A value as pywin32 hands it to Python."""
    if isinstance(value, VBAArray):
        assert value.dimensions == 1
        return tuple(from_vba(each) for each in value.elements())
    if isinstance(value, VBAErrorValue):
        return value.number - 2146828288
    if value is EMPTY or value is NOTHING:
        return None
    if isinstance(value, VBADate):
        return value.when
    return value.thing if isinstance(value, Cells | Named) and value.thing else value


class Cells(VBAObject):
    """A range that a formula points at.

    Args:
        value: of its first cell, as `Value` shows it.
        count: of its cells.
        thing: what Python gets for it.
        exact: what `Value2` shows.
    """

    vba_type_name = "Range"

    def __init__(self, value: Any, count: int = 1, thing: Any = None, exact: Any = None) -> None:
        self.value, self.count, self.thing, self.exact = value, count, thing, exact

    @member
    def CountLarge(self) -> int:
        return self.count

    @member(default=True)
    def Value(self) -> Any:
        return self.value

    @member
    def Value2(self) -> Any:
        return self.exact


class Named(VBAObject):
    """An object of Excel of which only some names matter."""

    def __init__(self, kind: str, **members: Any) -> None:
        self.vba_type_name, self.thing = kind, None
        self.members = {name.lower(): value for name, value in members.items()}

    def vba_get(self, name: str, args: Sequence[Any] = (), named: Any = None) -> Any:
        found = self.members[name.lower()]
        return found(*args) if callable(found) else found

    def vba_set(
        self,
        name: str,
        value: Any,
        args: Sequence[Any] = (),
        named: Any = None,
        by_ref: bool = False,
    ) -> None:
        self.members[name.lower()] = value

"""The server's side of COM as pywin32 has it: what Excel can call, and what reaches it.

The rules are those of pywin32's source (its policy, gateways and oleargs): which names can be
called, how a result is taken apart, and when lists become one array of several dimensions.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from types import ModuleType
from typing import Any
from unittest.mock import patch

import xlwings as xw

from tests.live import pywin32
from tests.live.wire import CDispatch, Thing, Wire

MISSING = -2147352572  # an argument that was left out
NULL = object()


class PyIDispatch:
    """An object of Excel's as it arrives: nothing but a pointer."""

    def __init__(self, thing: Thing) -> None:
        self.thing = thing


class Array(tuple[Any, ...]):
    """A SAFEARRAY: its elements in rows, with as many dimensions as it says.

    Args:
        elements: of the outermost dimension.
        dimensions: how many there are.
    """

    dimensions: int

    def __new__(cls, elements: Any, dimensions: int) -> Array:
        made = super().__new__(cls, elements)
        made.dimensions = dimensions
        return made


def dimensions(value: Any, level: int = 0, sizes: dict[int, int] | None = None) -> int:
    """How many dimensions the array of nested lists gets: as far as all sizes agree."""
    if not isinstance(value, list | tuple):
        return level
    sizes = {} if sizes is None else sizes
    if sizes.setdefault(level, len(value)) != len(value):
        return level
    if not value:
        return level + 1
    return min(dimensions(each, level + 1, sizes) for each in value)


def carried(value: Any) -> Any:
    """A value as the caller gets it."""
    if isinstance(value, list | tuple):
        return _array(value, dimensions(value))
    assert not isinstance(value, int) or isinstance(value, bool) or value.bit_length() < 32
    assert not isinstance(value, Decimal), "COM makes it a currency of four decimals"
    return NULL if value is None else value


def _array(value: Any, depth: int) -> Any:
    if depth == 0:
        return carried(value)
    return Array((_array(each, depth - 1) for each in value), depth)


class Served:
    """What Excel holds: the members of an object, by name in any spelling.

    Args:
        entry: the object that serves.
    """

    def __init__(self, entry: Any) -> None:
        self._members = {name.lower(): name for name in entry._public_methods_}
        self._entry = entry

    def __getattr__(self, name: str) -> Any:
        member = getattr(self._entry, self._members[name.lower()])

        def called(*given: Any) -> Any:
            result = member(*given)
            # Of a tuple the caller gets the first part; the rest overwrites its arguments.
            return carried(result[0] if isinstance(result, tuple) else result)

        return called


def modules() -> dict[str, ModuleType]:
    """pywin32, as far as xlwings' functions and its server import it."""

    def module(name: str, **members: Any) -> ModuleType:
        made = ModuleType(name)
        made.__dict__.update(members)
        return made

    found = pywin32._modules()
    found["pythoncom"].__dict__.update(TypeIIDs={"dispatch": PyIDispatch}, IID_IDispatch="dispatch")
    wire = Wire()
    found["win32com.client"].__dict__["Dispatch"] = lambda of: CDispatch(of.thing, wire)
    server = module("win32com.server", __path__=[])
    parts = [module(f"win32com.server.{name}") for name in ("dispatcher", "policy", "util")]
    for part in parts:
        setattr(server, part.__name__.rpartition(".")[2], part)
    found["win32com"].__dict__["server"] = server
    found["win32com"].__dict__["__path__"] = []
    made = [module("win32event"), module("winerror"), server, *parts]
    return found | {each.__name__: each for each in made}


@contextmanager
def served() -> Iterator[Any]:
    """The module of the worksheet functions over xlwings' own, as in the server's process."""
    engine = pywin32.windows_engine()
    engines = xw.engines
    stand_ins = modules()
    assert not stand_ins.keys() & sys.modules.keys()
    sys.modules.update(stand_ins)
    try:
        with (
            patch.object(engines, "engines", list(engines.engines)),
            patch.object(engines, "engines_by_name", dict(engines.engines_by_name)),
        ):
            engines.add(xw.Engine(impl=engine.engine))
            importlib.import_module("xlwings.com_server")
            yield importlib.import_module("ar_xl.udfs")
    finally:  # what was imported beside them stays
        for name in (*stand_ins, "xlwings.udfs", "xlwings.com_server", "ar_xl.udfs"):
            sys.modules.pop(name, None)

"""xlwings' Windows engine, imported on any system: the modules of pywin32 stand in for a moment."""

from __future__ import annotations

import atexit
import ctypes
import datetime as dt
import importlib
import sys
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import patch

import xlwings as xw

from tests.live.wire import CDispatch, ComError, Thing, Wire

PROCESS = 4711
_NAME = "xlwings._xlwindows"


def windows_engine() -> ModuleType:
    """The module that xlwings uses on Windows; pywin32 is only there while it is imported."""
    if _NAME in sys.modules:
        return sys.modules[_NAME]
    anything: Any = SimpleNamespace
    deaf = anything(__getattr__=None)
    libraries = {
        "windll": deaf,
        "oledll": anything(ole32=anything(CLSIDFromString=lambda *_: 0)),
        "PyDLL": lambda _: anything(PyCom_PyObjectFromIUnknown=anything(restype=None)),
    }
    with (
        patch.dict(sys.modules, _modules()),
        patch.multiple(ctypes, create=True, **libraries),
        patch.object(atexit, "register", lambda function: function),
    ):
        engine = importlib.import_module(_NAME)
    sys.modules[_NAME] = engine  # the patch has put the modules back as they were
    return engine


def _modules() -> dict[str, ModuleType]:
    def module(name: str, **members: Any) -> ModuleType:
        made = ModuleType(name)
        made.__dict__.update(members)
        return made

    class Error(Exception):
        """`pywintypes.error`."""

    class DispatchBaseClass:
        """Early binding, which is not used here."""

    process = module("win32process", GetWindowThreadProcessId=lambda hwnd: (hwnd, PROCESS))
    zone = SimpleNamespace(utc=lambda: dt.UTC)
    client = module(
        "win32com.client", CDispatch=CDispatch, CoClassBaseClass=object, Dispatch=None,
        DispatchBaseClass=DispatchBaseClass, DispatchEx=None,
    )  # fmt: skip
    made = [
        module("pywintypes", com_error=ComError, error=Error, TimeType=dt.datetime, IID=str),
        module("pythoncom", ole_error=ComError, CoInitialize=lambda: None, __file__=""),
        module("win32api"), module("win32con"), module("win32gui", FindWindowEx=None), process,
        module("win32timezone", TimeZoneInfo=zone), module("win32com", client=client), client,
    ]  # fmt: skip
    return {each.__name__: each for each in made}


def opened(workbook: Thing, wire: Wire) -> xw.Book:
    """A workbook of the Excel in memory, as the public API shows it."""
    engine = windows_engine()
    return xw.Book(impl=engine.Book(xl=engine.COMRetryObjectWrapper(CDispatch(workbook, wire))))

"""Excel around the macros, for an interpreter of VBA: what they call, and what a user does.

The libraries that macros declare cannot be called there; a module of the same names stands in.
"""

# ruff: noqa: N802, N803 - Excel's own names
from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Any

from pyopenvba.interpreter import (
    NOTHING,
    HostBridge,
    Interpreter,
    ModuleRuntime,
    VBAArray,
    VBAErrorValue,
    VBAObject,
    VBARuntimeError,
    member,
    method,
    parse_module,
    setter,
)

from ar_xl.app.commands.addin import macros
from tests.macros.values import Named, from_vba, into_vba
from tests.served.com import Array

NOW = dt.datetime(2026, 11, 22, 12, 0)
PYTHON = r"C:\Users\José\ar_xl\Scripts\pythonw.exe"
AGENT = "{07825E75-EC93-546D-9E24-362046B2DE51}"
SETTINGS = {"python": PYTHON, "ar_xl": "1", "xlwings": "0.37.8", "agent": AGENT}
OWN = f'"{PYTHON}" -I -B -m ar_xl.server $(CLSID)'
# What the libraries do: they fill in a variable of the caller, which an object cannot.
LIBRARIES = """\
Public Function XLPyDLLActivateAuto(ByRef found As Variant, ByVal way As String, _
    ByVal mode As Long) As Long
    XLPyDLLActivateAuto = Windows.Activate(way, mode)
    If XLPyDLLActivateAuto = 0 Then Set found = Windows.Server Else found = Windows.Words
End Function
Public Function LoadLibraryW(ByVal path As Variant) As Long
    LoadLibraryW = Windows.Load(path)
End Function
Public Function MessageBoxW(ByVal owner As Variant, ByVal words As Variant, _
    ByVal title As Variant, ByVal style As Long) As Long
    MessageBoxW = Windows.Box(words, title, style)
End Function
Public Function StrPtr(ByVal words As String) As Variant
    StrPtr = words
End Function
Public Function IsEnabled(ByVal control As Object) As Variant
    ArEnabled control, IsEnabled
End Function
"""


class Server(VBAObject):
    """What serves: replies in turn, errors among them, and notes what it was asked.

    Args:
        replies: to `Press` and `Answer`; an exception is what COM says when Python is gone.
        functions: answers `CallUDF`.
    """

    def __init__(self, *replies: Any, functions: Any = None) -> None:
        self.replies = list(replies)
        self.functions = functions
        self.asked: list[Any] = []

    def _replied(self, *given: Any) -> Any:
        self.asked.append(tuple(map(from_vba, given)))
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return into_vba(Array(reply, 1))

    @method
    def Press(self, button: Any, book: Any, sheet: Any, cell: Any) -> Any:
        return self._replied(button, book, sheet, cell)

    @method
    def Answer(self, given: Any, cancelled: Any, book: Any) -> Any:
        return self._replied(given, cancelled, book)

    @method
    def CallUDF(self, called: Any, given: Any) -> Any:
        return into_vba(self.functions(called, from_vba(given)))


class Windows(VBAObject):
    """Libraries: which is there, which way leads to Python, and what boxes were shown.

    Args:
        ways: the server behind a class id or a command line; any other way fails.
        folders: where xlwings' library stands.
        boxes: what the user clicks on, in turn; 1 is OK, 6 Yes, 7 No.
    """

    def __init__(self) -> None:
        self.ways: dict[str, Server] = {}
        self.folders = ["C:\\Users\\José\\ar_xl\\Scripts\\"]
        self.clicks: list[int] = []
        self.tried: list[str] = []
        self.loaded: list[str] = []
        self.boxes: list[tuple[str, str, int]] = []
        self.found: Any = NOTHING

    @method
    def Activate(self, way: str, mode: int) -> int:
        assert self.loaded, "Windows would look for the library in the folder of a workbook"
        assert int(mode) == 1
        self.tried.append(way)
        self.found = self.ways.get(way, NOTHING)
        return 0 if way in self.ways else -2147467259

    @member
    def Server(self) -> Any:
        return self.found

    @member
    def Words(self) -> str:
        return "Could not create Python process."

    @method
    def Load(self, path: str) -> int:
        folder, _, name = path.rpartition("\\")
        assert name == "xlwings64-0.37.8.dll"
        assert ":\\" in folder + "\\", "a bare name would be looked for in the folder at hand"
        if folder + "\\" not in self.folders:
            return 0
        self.loaded.append(path)
        return 4711

    @method
    def Box(self, words: str, title: str, style: int) -> int:
        assert len(self.boxes) < 50, "the boxes never end"
        self.boxes.append((title, words, int(style)))
        return self.clicks.pop(0) if self.clicks else 1


class Application(VBAObject):
    """Excel itself: its state, its own dialogs, and what is to run later."""

    def __init__(self) -> None:
        self.system = "Windows (64-bit) NT 10.00"
        self.state: dict[str, Any] = {"interactive": False, "cursor": 2, "statusbar": "Busy"}
        self.switches: dict[str, Any] = {
            "ScreenUpdating": True, "DisplayAlerts": True, "EnableEvents": True,
            "Calculation": -4105,
        }  # fmt: skip
        self.dialogs: list[Any] = []
        self.given: list[Any] = []
        self.later: list[str] = []
        self.told: list[Any] = []
        self.is_hidden = False  # no workbook is shown
        self.is_deaf = False  # a dialog is open

    @member
    def OperatingSystem(self) -> str:
        return self.system

    @member
    def Hwnd(self) -> int:
        return 1

    @method
    def VLookup(self, key: str, table: Any, column: int, nearly: bool) -> Any:
        assert (table, int(column), bool(nearly)) == ("A1:B20", 2, False)
        return SETTINGS.get(key, VBAErrorValue(2042))

    @method
    def InputBox(self, Prompt: Any, Title: Any, Default: Any, Type: Any) -> Any:
        assert int(Type) == 2
        return self._answered("InputBox", Prompt, Title, Default)

    @method
    def GetOpenFilename(self, kinds: Any, first: Any, title: Any) -> Any:
        return self._answered("GetOpenFilename", kinds, title)

    @method
    def GetSaveAsFilename(self, name: Any, kinds: Any, first: Any, title: Any) -> Any:
        return self._answered("GetSaveAsFilename", name, kinds, title)

    def _answered(self, *shown: Any) -> Any:
        self.dialogs.append(shown)
        return self.given.pop(0)

    @method
    def OnTime(self, when: Any, called: Any) -> None:
        if self.is_deaf:
            raise VBARuntimeError(1004, "Method 'OnTime' of object '_Application' failed")
        self.later.append(called)

    @method
    def MacroOptions(
        self,
        Macro: Any,
        Description: Any,
        Category: Any,
        ArgumentDescriptions: Any,
    ) -> None:
        if self.is_hidden:
            raise VBARuntimeError(1004, "Cannot edit a macro on a hidden workbook.")
        self.told.append((Macro, Description, Category, from_vba(ArgumentDescriptions)))

    @member
    def ScreenUpdating(self) -> Any:
        return self.switches["ScreenUpdating"]

    @setter("ScreenUpdating")
    def _screen_updating(self, value: Any) -> None:
        self.switches["ScreenUpdating"] = value

    @member
    def DisplayAlerts(self) -> Any:
        return self.switches["DisplayAlerts"]

    @setter("DisplayAlerts")
    def _display_alerts(self, value: Any) -> None:
        self.switches["DisplayAlerts"] = value

    @member
    def EnableEvents(self) -> Any:
        return self.switches["EnableEvents"]

    @setter("EnableEvents")
    def _enable_events(self, value: Any) -> None:
        self.switches["EnableEvents"] = value

    @member
    def Calculation(self) -> Any:
        return self.switches["Calculation"]

    @setter("Calculation")
    def _calculation(self, value: Any) -> None:
        self.switches["Calculation"] = int(value)

    @member
    def Interactive(self) -> Any:
        return self.state["interactive"]

    @setter("Interactive")
    def _interactive(self, value: Any) -> None:
        self.state["interactive"] = value

    @member
    def Cursor(self) -> Any:
        return self.state["cursor"]

    @setter("Cursor")
    def _cursor(self, value: Any) -> None:
        self.state["cursor"] = int(value)

    @member
    def StatusBar(self) -> Any:
        return self.state["statusbar"]

    @setter("StatusBar")
    def _status_bar(self, value: Any) -> None:
        self.state["statusbar"] = value


class Excel(HostBridge):
    """Excel with our macros in it.

    Args:
        server: behind the agent's class id; None: there is no agent.
    """

    def __init__(self, server: Server | None = None) -> None:
        self.windows, self.app = Windows(), Application()
        if server:
            self.windows.ways[AGENT] = server
        self.opened: list[str] = []
        self.shown: list[str] = []
        self.activated: list[str] = []
        self.refreshed = 0
        settings = Named("Worksheet", Range=lambda address: address)
        self.addin = Named("Workbook", Name="ar_xl.xlam", Worksheets=lambda _: settings,
                           FollowHyperlink=self._follow, Saved=False)  # fmt: skip
        self.book: Any = NOTHING
        self.sheet: Any = NOTHING
        self.vba = Interpreter(self)
        self.vba.freeze(NOW)
        for text in macros():
            kind = "class" if text.startswith("VERSION") else "standard"
            self._add(_parsed(_interpreted(text), kind))
        self._add(_parsed('Attribute VB_Name = "Libraries"\n' + LIBRARIES, "standard"))

    def _add(self, parsed: Any) -> None:
        self.vba.modules[parsed.name.lower()] = ModuleRuntime(parsed, self.vba)

    def global_object(self, name: str) -> Any:
        """An object that Excel or Windows has under a name."""
        found = {
            "application": self.app, "windows": self.windows, "thisworkbook": self.addin,
            "activeworkbook": self.book, "activesheet": self.sheet,
            "activecell": Named("Range", Address=lambda *_: "B7"),
            "workbooks": Named("Workbooks", Open=self._open),
        }  # fmt: skip
        if name.lower() in found:
            return found[name.lower()]
        return super().global_object(name)

    def constant(self, name: str) -> Any:
        """A constant of Excel's."""
        return -4143 if name.lower() == "xldefault" else super().constant(name)

    def _open(self, path: str) -> Any:
        if "missing" in path:
            raise VBARuntimeError(1004, "Excel cannot find it.")
        assert len(self.opened) < 50, "it never ends"
        self.opened.append(path)
        return NOTHING

    def _follow(self, path: str) -> Any:
        self.shown.append(path)
        return NOTHING

    def with_book(self, name: str, *tables: str) -> Excel:
        """A workbook in front, with sheets that hold a table of their name."""

        def sheet(wanted: str) -> Any:
            found = Named("Worksheet", Activate=lambda: self.activated.append(wanted),
                          ListObjects=lambda table: table_of(wanted, table))  # fmt: skip
            if wanted not in tables:
                raise VBARuntimeError(9, "Subscript out of range")
            return found

        def table_of(wanted: str, table: str) -> Any:
            assert wanted == table
            return Named("ListObject")

        self.book = Named("Workbook", Name=name, Worksheets=sheet, Sheets=sheet)
        self.sheet = Named("Worksheet", Name="Invoices")
        return self

    def press(self, button: str) -> None:
        """A user presses a button."""
        self.vba.run("ArPress", [Named("IRibbonControl", ID=button, Tag="ours")])

    def load(self) -> None:
        """Excel loads the ribbon."""

        def invalidate() -> Any:
            self.refreshed += 1
            return NOTHING

        self.vba.run("ArOnLoad", [Named("IRibbonUI", Invalidate=invalidate)])

    def event(self, name: str) -> None:
        """Excel tells that something happened to the workbook in front."""
        module = self.vba.module("ArEvents")
        holder = self.vba.module("ArRibbon").variables["mevents"].value
        self.vba.call(module.procedure(f"mHost_{name}"), module, [self.book], {}, me=holder)

    def is_enabled(self, tag: str) -> bool:
        """Whether buttons of a tag can be pressed."""
        control = Named("IRibbonControl", ID="arAging", Tag=tag)
        return bool(self.vba.run("IsEnabled", [control]))

    def formula(self, called: str, *given: Any) -> Any:
        """What a formula gets."""
        return self.vba.run("ArCall", [called, VBAArray([(0, len(given) - 1)], items=list(given))])


@cache
def _parsed(text: str, kind: str) -> Any:
    """A module as the interpreter reads it; reading takes longer than most tests."""
    return parse_module(text, kind=kind)


def _interpreted(text: str) -> str:
    """A macro without what the interpreter does not read: libraries, and some attributes."""
    text = re.sub(r"\AVERSION .*?\nEND\n", "", text, flags=re.DOTALL)
    text = re.sub(r"(?m)^Private Declare .*\n", "", text)
    text = text.replace("Private WithEvents ", "Private ")
    head, _, rest = text.partition("Option Explicit")
    return head + "Option Explicit" + re.sub(r"(?m)^Attribute .*\n", "", rest)

"""The real Windows computer, asked through stand-ins for its registry, its shell and COM."""

from __future__ import annotations

import ctypes
import io
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from ar_xl.addin import thispython, windows
from ar_xl.addin.elsewhere import Elsewhere
from ar_xl.addin.identity import AGENT_CLSID, AGENT_STOP_EVENT, FILE_NAME
from ar_xl.addin.machine import Link, MachineError, OpenExcel, Reply
from ar_xl.addin.thispython import this_python
from ar_xl.addin.windows import Windows


class ComError(Exception):
    """`pywintypes.com_error`."""

    def __init__(self, words: str) -> None:
        self.strerror = words
        super().__init__(words)


class Shell:
    """One shortcut of the shell, as file and as shortcut."""

    files: dict[str, tuple[str, ...]] = {}

    def __init__(self) -> None:
        self.says = ["", "", "", ""]

    def __getattr__(self, name: str) -> Any:
        fields = ("Path", "Arguments", "WorkingDirectory", "Description")
        at = fields.index(name[3:])
        if name.startswith("Set"):
            return lambda text: self.says.__setitem__(at, text)
        return lambda *_: (self.says[0], None) if at == 0 else self.says[at]

    def QueryInterface(self, _: str) -> Shell:  # noqa: N802
        return self

    def Save(self, path: str, _: int) -> None:  # noqa: N802
        if "closed" in path:
            raise ComError("Access is denied.")
        self.files[path] = tuple(self.says)

    def Load(self, path: str) -> None:  # noqa: N802
        if path not in self.files:
            raise ComError("not found")
        self.says = list(self.files[path])


class Computer:
    """What the stand-ins answer."""

    def __init__(self) -> None:
        self.served: dict[str, Any] = {}  # class ids and what they make
        self.excel: Any = None
        self.windows_open: set[str] = set()
        self.events: set[str] = set()
        self.signalled: list[int] = []
        self.admin = False
        self.mutex: list[int] = []  # handles of it that are given out, one after the other
        self.short: dict[str, str] = {}

    def create(self, what: str, *_: Any) -> Any:
        if what == "link":
            return Shell()
        if what not in self.served:
            raise ComError("Class not registered")
        return self.served[what]

    def active(self, _: str) -> Any:
        if self.excel is None:
            raise ComError("Operation unavailable")
        return self.excel

    def short_name(self, text: str, room: Any, _: int) -> int:
        room.value = self.short.get(text, "")
        return len(room.value)

    def open_event(self, _: int, __: bool, name: str) -> int:
        return 7 if name in self.events else 0


def _module(name: str, **members: Any) -> ModuleType:
    made = ModuleType(name)
    made.__dict__.update(members)
    return made


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> Computer:
    made = Computer()
    shell = _module(
        "win32com.shell.shell", CLSID_ShellLink="link", IID_IShellLink="", SLGP_RAWPATH=4
    )
    client = _module("win32com.client", GetActiveObject=made.active)
    stated = {"FileVersionMS": (16 << 16), "FileVersionLS": (17928 << 16) + 20114}
    for each in (
        _module("pywintypes", error=ComError, com_error=ComError, IID=str),
        _module("pythoncom", CoInitialize=lambda: None, CoUninitialize=lambda: None,
                CoCreateInstance=made.create, CLSCTX_LOCAL_SERVER=4, CLSCTX_INPROC_SERVER=1,
                IID_IDispatch="", IID_IPersistFile="", DISPATCH_METHOD=1),
        _module("win32api", GetFileVersionInfo=lambda *_: stated),
        _module("win32com", client=client), client, shell,
        _module("win32com.shell", shell=shell),
    ):  # fmt: skip
        monkeypatch.setitem(sys.modules, each.__name__, each)
    kernel = SimpleNamespace(
        GetShortPathNameW=made.short_name, OpenEventW=made.open_event,
        OpenMutexW=lambda *_: made.mutex.pop() if made.mutex else 0,
        SetEvent=lambda event: made.signalled.append(event), CloseHandle=lambda _: None,
    )  # fmt: skip
    user = SimpleNamespace(FindWindowW=lambda kind, _: kind in made.windows_open)
    libraries = SimpleNamespace(
        kernel32=kernel, user32=user, shell32=SimpleNamespace(IsUserAnAdmin=lambda: made.admin)
    )
    monkeypatch.setattr(ctypes, "windll", libraries, raising=False)
    python = replace(this_python(), has_pywin32=True)
    monkeypatch.setattr(thispython, "this_python", lambda: python)
    return made


class Served:
    """What COM hands out for a class id."""

    def __init__(self, version: str = "0.1.0", wait: Event | None = None) -> None:
        self.version, self.wait = version, wait

    def GetIDsOfNames(self, _: int, name: str) -> int:  # noqa: N802
        if name != "Version" or not self.version:
            raise ComError("Unknown name.")
        return 1

    def Invoke(self, member: int, _: int, how: int, wanted: bool) -> str:  # noqa: N802
        assert (member, how, wanted) == (1, 1, True)
        if self.wait:
            self.wait.wait()
        return self.version


def _excel(startup: str, *names: str) -> Any:
    def workbooks(name: str) -> str:
        if name not in names:
            raise ComError("Subscript out of range")
        return name

    return SimpleNamespace(StartupPath=startup, Workbooks=workbooks)


def test_the_agent_tells_its_version(computer: Computer) -> None:
    computer.served[AGENT_CLSID] = Served()
    assert Windows().asks(AGENT_CLSID) == Reply("0.1.0")


def test_without_an_agent_windows_says_why(computer: Computer) -> None:
    assert Windows().asks(AGENT_CLSID) == Reply("", "Class not registered")


def test_a_server_that_is_not_ours_tells_no_version(computer: Computer) -> None:
    computer.served[AGENT_CLSID] = Served("")
    assert Windows().asks(AGENT_CLSID) == Reply("", "Unknown name")


def test_a_server_that_hangs_is_waited_for_only_so_long(
    computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = Event()
    monkeypatch.setattr(windows, "SECONDS_TO_ANSWER", 0.05)
    computer.served[AGENT_CLSID] = Served(wait=let_go)
    reply = Windows().asks(AGENT_CLSID)
    let_go.set()
    assert reply == Reply("", "no answer within 0 seconds")


def test_without_pywin32_nothing_is_asked(
    computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = replace(this_python(), has_pywin32=False)
    monkeypatch.setattr(thispython, "this_python", lambda: python)
    assert Windows().asks(AGENT_CLSID) == Reply("", "pywin32 is not installed")
    assert Windows().open_excel() is None


def test_an_excel_that_runs_says_its_folder_and_whether_it_has_the_add_in(
    computer: Computer,
) -> None:
    computer.excel = _excel(r"C:\X\XLSTART", FILE_NAME)
    assert Windows().open_excel() == OpenExcel(r"C:\X\XLSTART", has_addin=True)
    computer.excel = _excel(r"C:\X\XLSTART", "Book1")
    assert Windows().open_excel() == OpenExcel(r"C:\X\XLSTART", has_addin=False)


def test_an_excel_that_does_not_speak_is_found_by_its_window(computer: Computer) -> None:
    assert Windows().open_excel() is None
    computer.windows_open.add("XLMAIN")
    assert Windows().open_excel() == OpenExcel("", has_addin=False)


def test_a_programs_version_is_put_together(computer: Computer) -> None:
    assert Windows().version_of(Path("EXCEL.EXE")) == "16.0.17928.20114"


def test_a_short_name_is_taken_where_there_is_one(computer: Computer) -> None:
    computer.short["long"] = "LONG~1"
    assert Windows().short_name(Path("long")) == Path("LONG~1")
    assert Windows().short_name(Path("other")) == Path("other")


def test_only_a_running_agent_is_told_to_end(computer: Computer) -> None:
    assert not Windows().stops_agent()
    computer.events.add(AGENT_STOP_EVENT)
    assert Windows().stops_agent()
    assert computer.signalled == [7]


def test_an_agent_is_waited_for_until_it_has_ended(
    computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(windows, "sleep", waited.append)
    computer.events.add(AGENT_STOP_EVENT)
    computer.mutex = [8, 8, 8]
    assert Windows().stops_agent()
    assert len(waited) == 3


def test_a_shortcut_is_written_and_read_as_the_shell_does(computer: Computer) -> None:
    link = Link(r"C:\py\pythonw.exe", "-I -B", r"C:\py", "words")
    Windows().writes_link(Path("agent.lnk"), link)
    assert Windows().reads_link(Path("agent.lnk")) == link
    assert Windows().reads_link(Path("none.lnk")) is None


def test_a_shortcut_that_is_refused_says_why(computer: Computer) -> None:
    with pytest.raises(MachineError, match=r"^Access is denied$"):
        Windows().writes_link(Path("closed/agent.lnk"), Link("", "", "", ""))


def test_rights_are_asked_of_windows(computer: Computer) -> None:
    assert not Windows().runs_elevated()
    computer.admin = True
    assert Windows().runs_elevated()


def test_the_registry_is_read_with_its_variables_put_in(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [("Startup", "%APPDATA%\\Start", 2), ("VBAWarnings", 3, 4)]

    @contextmanager
    def opened(hive: str, path: str, _: int, access: int) -> Iterator[str]:
        if (hive, path) != ("user", r"Software\X"):
            raise FileNotFoundError
        assert access & 0x0100  # the registry of 64 bits, whichever Python reads it
        yield path

    registry = _module(
        "winreg", HKEY_CURRENT_USER="user", HKEY_LOCAL_MACHINE="machine", KEY_READ=1,
        KEY_WOW64_64KEY=0x0100, REG_EXPAND_SZ=2, OpenKey=opened,
        QueryInfoKey=lambda _: (0, len(entries), 0), EnumValue=lambda _, at: entries[at],
        ExpandEnvironmentStrings=lambda text: text.replace("%APPDATA%", r"C:\Roaming"),
    )  # fmt: skip
    monkeypatch.setitem(sys.modules, "winreg", registry)
    assert Windows().values(r"HKCU\Software\X") == {
        "Startup": r"C:\Roaming\Start",
        "VBAWarnings": 3,
    }
    assert Windows().values(r"HKLM\Software\X") == {}


class Process:
    """A program that was started."""

    started: list[Any] = []
    ends_with = ""

    def __init__(self, command: Any, stdout: Any = None, **more: Any) -> None:
        if command[0] == "missing":
            raise FileNotFoundError(2, "The system cannot find the file specified")
        self.killed = False
        if isinstance(stdout, io.IOBase) or hasattr(stdout, "write"):
            stdout.write(self.ends_with.encode())
        self.started.append((command, more))

    def poll(self) -> int | None:
        return 1 if self.ends_with else None

    def kill(self) -> None:
        self.killed = True

    def wait(self) -> int:
        assert self.killed
        return 1


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> type[Process]:
    made = type("Process", (Process,), {"started": []})
    monkeypatch.setattr(subprocess, "Popen", made)
    return made


def test_a_server_is_started_without_a_window_asked_and_ended(
    computer: Computer, processes: type[Process]
) -> None:
    computer.served["{A}"] = Served("1.2.3")
    reply = Windows().starts_and_asks(["pythonw", "{A}"], "{A}")
    assert (reply.version, reply.seconds > 0) == ("1.2.3", True)
    (_, more) = processes.started[0]
    assert more["creationflags"] == 0x08000000


def test_a_server_that_ends_at_once_is_quoted(computer: Computer, processes: type[Process]) -> None:
    processes.ends_with = "Traceback\n  ...\nModuleNotFoundError: No module named 'ar_xl'\n"
    reply = Windows().starts_and_asks(["pythonw", "{A}"], "{A}")
    assert reply == Reply("", "ModuleNotFoundError: No module named 'ar_xl'")


def test_a_server_that_cannot_be_started_is_said(
    computer: Computer, processes: type[Process]
) -> None:
    reply = Windows().starts_and_asks(["missing"], "{A}")
    assert reply == Reply("", "The system cannot find the file specified")
    with pytest.raises(MachineError, match="cannot find"):
        Windows().starts(["missing"])


def test_the_agent_outlives_the_window_it_was_started_from(
    computer: Computer, processes: type[Process]
) -> None:
    Windows().starts(["pythonw", AGENT_CLSID])
    (_, more) = processes.started[0]
    assert more["creationflags"] == 0x00000008
    assert more["close_fds"]


def test_an_agent_is_waited_for(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    def come(_: float) -> None:
        computer.served[AGENT_CLSID] = Served()

    monkeypatch.setattr(windows, "sleep", come)
    assert Windows().awaits(AGENT_CLSID) == Reply("0.1.0")


def test_elsewhere_nothing_acts() -> None:
    here = Elsewhere()
    assert here.open_excel() is None
    assert not here.values(r"HKCU\Software")
    assert here.asks(AGENT_CLSID) == here.awaits(AGENT_CLSID) == here.starts_and_asks([], "")
    assert not here.stops_agent()
    with pytest.raises(MachineError):
        here.starts([])
    with pytest.raises(MachineError):
        here.writes_link(Path(), Link("", "", "", ""))

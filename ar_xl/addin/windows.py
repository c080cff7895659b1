"""A real Windows computer: registry, COM and files. pywin32 is loaded when it is needed."""

from __future__ import annotations

import ctypes
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path, PurePath
from threading import Thread
from time import monotonic, sleep
from typing import Any

from ar_xl.addin import thispython
from ar_xl.addin.identity import AGENT_MUTEX, AGENT_STOP_EVENT, FILE_NAME
from ar_xl.addin.machine import Link, MachineError, OpenExcel, Reply, System
from ar_xl.addin.thispython import Here

SECONDS_TO_ANSWER = 10.0
SECONDS_TO_START = 30.0
_BETWEEN_QUESTIONS = 0.25
_ENGLISH = 0x0409  # the language in which members have their names
_EXCEL_WINDOW = "XLMAIN"
_CREATE_NO_WINDOW = 0x08000000
_DETACHED = 0x00000008
_EVENT_MODIFY_STATE = 0x0002
_SYNCHRONIZE = 0x00100000
_LONGEST_REASON = 200  # characters of another program's words


class Windows(Here):
    """The Windows computer we run on."""

    @property
    def system(self) -> System:
        """Which kind it is."""
        return System.WINDOWS

    def values(self, key: str) -> Mapping[str, object]:
        """The values of a registry key; none where it is absent or closed to us."""
        registry = import_module("winreg")
        root, _, path = key.partition("\\")
        hive = {"HKCU": "HKEY_CURRENT_USER", "HKLM": "HKEY_LOCAL_MACHINE"}[root]
        found: dict[str, object] = {}
        access = registry.KEY_READ | registry.KEY_WOW64_64KEY
        try:
            with registry.OpenKey(getattr(registry, hive), path, 0, access) as opened:
                for number in range(registry.QueryInfoKey(opened)[1]):
                    name, value, kind = registry.EnumValue(opened, number)
                    if kind == registry.REG_EXPAND_SZ:
                        value = registry.ExpandEnvironmentStrings(value)
                    found[name] = value
        except OSError:
            return found
        return found

    def runs_elevated(self) -> bool:
        """Whether we run as administrator."""
        return bool(_windll().shell32.IsUserAnAdmin())

    def open_excel(self) -> OpenExcel | None:
        """The Excel that runs, or None."""
        answer = _within(SECONDS_TO_ANSWER, _ask_excel)
        if isinstance(answer, OpenExcel):
            return answer
        # An Excel that is busy, or that runs as administrator, does not speak to us.
        if _windll().user32.FindWindowW(_EXCEL_WINDOW, None):
            return OpenExcel("", has_addin=False)
        return None

    def version_of(self, program: PurePath) -> str:
        """The version that a program's file states; "" where it states none."""
        try:
            stated = import_module("win32api").GetFileVersionInfo(str(program), "\\")
        except _errors():
            return ""
        high, low = stated["FileVersionMS"], stated["FileVersionLS"]
        return ".".join(str(n & 0xFFFF) for n in (high >> 16, high, low >> 16, low))

    def short_name(self, place: PurePath) -> PurePath:
        """The 8.3 name of a place; the place itself where the disk keeps no such names."""
        room = ctypes.create_unicode_buffer(32_768)
        length = _windll().kernel32.GetShortPathNameW(str(place), room, len(room))
        return Path(room.value) if 0 < length < len(room) else place

    def loads(self, library: PurePath) -> str:
        """Load a library of our own bitness; "" when it went well, else why not, in words."""
        load: Any = vars(ctypes)["WinDLL"]
        try:
            load(str(library))
        except OSError as error:
            return _reason(error)
        return ""

    def asks(self, class_id: str) -> Reply:
        """Ask the server of a class id which version it is; nothing is started."""
        if not self.python.has_pywin32:
            return Reply("", "pywin32 is not installed")
        answer = _within(SECONDS_TO_ANSWER, lambda: _ask_server(class_id))
        if answer is None:
            return Reply("", f"no answer within {SECONDS_TO_ANSWER:.0f} seconds")
        assert isinstance(answer, Reply)
        return answer

    def starts_and_asks(self, command: Sequence[str], class_id: str) -> Reply:
        """Start a server, ask it, and end it again."""
        began = monotonic()
        with tempfile.TemporaryFile() as words:
            try:
                process = subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, stdout=words, stderr=words,
                    creationflags=_CREATE_NO_WINDOW,
                )  # fmt: skip
            except OSError as error:
                return Reply("", _reason(error))
            try:
                reply = self._asks_until(class_id, lambda: process.poll() is not None)
                answered = monotonic()
            finally:
                process.kill()
                process.wait()
            if reply.version:
                return replace(reply, seconds=answered - began)
            words.seek(0)
            last = words.read().decode("utf-8", "replace").strip().splitlines()[-1:]
            return Reply("", (last[0] if last else reply.why)[:_LONGEST_REASON])

    def awaits(self, class_id: str) -> Reply:
        """Ask until there is an answer, for half a minute at most."""
        return self._asks_until(class_id, lambda: False)

    def _asks_until(self, class_id: str, ended: Callable[[], bool]) -> Reply:
        until = monotonic() + SECONDS_TO_START
        reply = self.asks(class_id)
        while not reply.version and not ended() and monotonic() < until:
            sleep(_BETWEEN_QUESTIONS)
            reply = self.asks(class_id)
        return reply

    def starts(self, command: Sequence[str]) -> None:
        """Start a program of our own that stays, without a window."""
        nowhere = subprocess.DEVNULL
        try:
            subprocess.Popen(
                command, stdin=nowhere, stdout=nowhere, stderr=nowhere, close_fds=True,
                creationflags=_DETACHED,
            )  # fmt: skip
        except OSError as error:
            raise MachineError(_reason(error)) from error

    def stops_agent(self) -> bool:
        """Tell the agent of this log-on to end, and wait until it has; False where none runs."""
        kernel = _windll().kernel32
        event = kernel.OpenEventW(_EVENT_MODIFY_STATE, False, AGENT_STOP_EVENT)
        if not event:
            return False
        kernel.SetEvent(event)
        kernel.CloseHandle(event)
        # The next one would find this one still there, and end at once.
        until = monotonic() + SECONDS_TO_ANSWER
        while (held := kernel.OpenMutexW(_SYNCHRONIZE, False, AGENT_MUTEX)) and monotonic() < until:
            kernel.CloseHandle(held)
            sleep(_BETWEEN_QUESTIONS)
        return True

    def writes_link(self, place: PurePath, link: Link) -> None:
        """Write a shortcut, as the shell itself does."""
        try:
            made, stored = _shell_link()
            made.SetPath(link.program)
            made.SetArguments(link.arguments)
            made.SetWorkingDirectory(link.folder)
            made.SetDescription(link.words)
            stored.Save(str(place), 0)
        except _errors() as error:
            raise MachineError(_reason(error)) from error

    def reads_link(self, place: PurePath) -> Link | None:
        """Read a shortcut; None where it cannot be read."""
        try:
            read, stored = _shell_link()
            stored.Load(str(place))
            raw = import_module("win32com.shell.shell").SLGP_RAWPATH
            return Link(
                read.GetPath(raw)[0], read.GetArguments(),
                read.GetWorkingDirectory(), read.GetDescription(),
            )  # fmt: skip
        except _errors():
            return None


def _windll() -> Any:
    return vars(ctypes)["windll"]


def _errors() -> tuple[type[BaseException], ...]:
    """What Windows and COM raise, and Python where pywin32 is missing."""
    try:
        types = import_module("pywintypes")
    except ImportError:
        return (OSError, ImportError, AttributeError)
    # A server of another make has no such member, which pywin32 says as Python would.
    return (OSError, ImportError, AttributeError, types.error, types.com_error)


def _reason(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return " ".join(text.split())[:_LONGEST_REASON].rstrip(".")


def _within(seconds: float, work: Callable[[], object]) -> object:
    """What `work` returns, or None where it takes longer; COM can wait for a minute and more."""
    answers: list[object] = []

    def run() -> None:
        com = import_module("pythoncom")
        com.CoInitialize()
        try:
            answers.append(work())
        finally:
            com.CoUninitialize()

    if not thispython.this_python().has_pywin32:
        return None
    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    return answers[0] if answers else None


def _ask_excel() -> OpenExcel | None:
    client = import_module("win32com.client")
    try:
        excel = client.GetActiveObject("Excel.Application")
        startup = str(excel.StartupPath or "")
    except _errors():
        return None
    try:
        has_addin = excel.Workbooks(FILE_NAME) is not None
    except _errors():
        has_addin = False
    return OpenExcel(startup, has_addin)


def _ask_server(class_id: str) -> Reply:
    com = import_module("pythoncom")
    types = import_module("pywintypes")
    try:
        made = com.CoCreateInstance(
            types.IID(class_id), None, com.CLSCTX_LOCAL_SERVER, com.IID_IDispatch
        )  # fmt: skip
        member = made.GetIDsOfNames(_ENGLISH, "Version")
        return Reply(str(made.Invoke(member, _ENGLISH, com.DISPATCH_METHOD, True)))
    except _errors() as error:
        return Reply("", _reason(error))


def _shell_link() -> tuple[Any, Any]:
    """A new shortcut, as shortcut and as file."""
    com = import_module("pythoncom")
    shell = import_module("win32com.shell.shell")
    com.CoInitialize()
    link = com.CoCreateInstance(
        shell.CLSID_ShellLink, None, com.CLSCTX_INPROC_SERVER, shell.IID_IShellLink
    )
    return link, link.QueryInterface(com.IID_IPersistFile)

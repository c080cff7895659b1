"""The process that serves Excel: `python -I -B -m ar_xl.server {class id}`.

Excel starts one for itself, or asks the agent, which runs from log-on to log-off and serves every
Excel of that user. What Excel can call is four methods; no text of a workbook is ever run as code,
and no module is loaded because a caller named it.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from typing import Any

import ar_xl
from ar_xl.addin.identity import AGENT_CLSID, AGENT_MUTEX, AGENT_STOP_EVENT
from ar_xl.app import crash

_CLASS_ID = re.compile(r"\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")
_OURS = (
    "Something is wrong in ar_xl itself, and the button was stopped. Restart Excel; where that "
    "does not help, run `ar-xl addin doctor`."
)
_ELSEWHERE = "Another Excel of yours used Receivables meanwhile. Press the button again."
_LONGEST_PROMPT = 255

_talking: list[Entry] = []  # whose conversation goes on: there is one at a time
_at_work: list[bool] = []  # while Python asks Excel, calls of another Excel come in between


class Entry:
    """What Excel holds of us; each Excel has one of its own.

    Every answer is a list: a tuple would be taken apart on its way.
    """

    _public_methods_ = ["CallUDF", "Press", "Answer", "Version"]

    def CallUDF(self, name: str, given: Any) -> list[Any]:  # noqa: N802
        """Answer a worksheet function; see `udfs.call`."""
        functions = importlib.import_module("ar_xl.udfs")
        reply: list[Any] = functions.call(str(name), tuple(map(_object, given)))
        return reply

    def Press(self, button: str, book: Any, sheet: str, cell: str) -> list[str]:  # noqa: N802
        """Begin what a button does; see `ribbon.press`."""
        if not _at_work:
            _talking[:] = [self]
        return _said("press", str(button), book, str(sheet), str(cell))

    def Answer(self, given: str, cancelled: bool, book: Any) -> list[str]:  # noqa: N802
        """Go on with what the user gave; see `ribbon.answer`."""
        if not _talking:
            return ["end", "", "", ""]
        if _talking != [self]:
            return ["end", "", _ELSEWHERE, ""]
        return _said("answer", str(given), bool(cancelled), book)

    def Version(self) -> str:  # noqa: N802
        """The version of ar_xl that answers."""
        return ar_xl.__version__


def _said(asked: str, *given: Any) -> list[str]:
    """What the ribbon says; its own mistakes as a box, as Excel would show a traceback."""
    _at_work.append(True)
    try:
        return _fitting(*getattr(importlib.import_module("ar_xl.ribbon"), asked)(*given))
    except Exception as mistake:  # noqa: BLE001 - see above
        crash.keep("server", mistake)
        _talking.clear()
        return ["error", "Receivables", _OURS, ""]
    finally:
        _at_work.pop()


def _fitting(kind: str, title: str, text: str, detail: str) -> list[str]:
    """A reply as Excel takes it: a prompt for an answer has at most 255 characters there."""
    if kind == "text" and len(text) > _LONGEST_PROMPT:
        text = f"{text[:100]} … {text[-150:]}"  # the question stands at the end
    return [kind, title, text, detail]


def serve(class_id: str) -> int:
    """Serve Excel until it lets go of us; as the agent, until told to end.

    Args:
        class_id: under which Excel asks for us; the agent's own makes this the agent.

    Returns:
        The exit code: 0, also where an agent runs already.
    """
    import pythoncom
    import pywintypes
    import win32api

    # Nothing is looked for in the folder of a workbook, and none is kept from being removed.
    os.chdir(sys.prefix)
    agent = class_id.upper() == AGENT_CLSID
    mutex, stop = _agents_own() if agent else (None, None)
    if agent and mutex is None:
        return 0
    importlib.import_module("ar_xl.udfs")  # before Excel can ask, as it takes a moment
    identity = pywintypes.IID(class_id)
    _stand_for(identity)
    flags = pythoncom.REGCLS_MULTIPLEUSE | pythoncom.REGCLS_SUSPENDED
    factory = pythoncom.MakePyFactory(identity)
    token = pythoncom.CoRegisterClassObject(identity, factory, pythoncom.CLSCTX_LOCAL_SERVER, flags)
    if not agent:  # the agent outlives every Excel
        pythoncom.EnableQuitMessage(win32api.GetCurrentThreadId())
    pythoncom.CoResumeClassObjects()
    _answer_calls(() if stop is None else (stop,))
    pythoncom.CoRevokeClassObject(token)
    pythoncom.CoUninitialize()
    return 0


def _agents_own() -> tuple[Any, Any]:
    """What makes this the one agent of a log-on, and what it is told to end by; else nothing."""
    import win32api
    import win32event
    import winerror

    mutex = win32event.CreateMutex(None, False, AGENT_MUTEX)
    if win32api.GetLastError() == winerror.ERROR_ALREADY_EXISTS:
        return None, None
    return mutex, win32event.CreateEvent(None, True, False, AGENT_STOP_EVENT)


def _stand_for(identity: Any) -> None:
    """Have pywin32 make an `Entry` when Excel asks for our class id, and nothing else."""
    from win32com.server import policy, util

    class Ours(policy.DefaultPolicy):  # type: ignore[misc]
        """pywin32's own rules, but for where the object comes from: not from the registry."""

        def _CreateInstance_(self, wanted: Any, interface: Any) -> Any:  # noqa: N802
            if wanted != identity:
                raise ValueError("another class was asked for")
            return util.wrap(Entry(), interface, policy.DesignatedWrapPolicy)

    policy.DefaultPolicy = Ours


def _answer_calls(stops: tuple[Any, ...]) -> None:
    """Let calls come in until Windows says that nobody holds us, or an event that it is enough."""
    import pythoncom
    import win32event

    while True:
        come = win32event.MsgWaitForMultipleObjects(
            stops, False, win32event.INFINITE, win32event.QS_ALLEVENTS
        )
        if come != win32event.WAIT_OBJECT_0 + len(stops) or pythoncom.PumpWaitingMessages():
            return


def _object(given: Any) -> Any:
    """An argument as it came, a range or another object of Excel's with its members by name."""
    if type(given).__name__ != "PyIDispatch":
        return given
    from win32com.client import Dispatch

    return Dispatch(given)


def main(words: list[str]) -> int:
    """Run the server from the words of a command line.

    Args:
        words: the class id, and nothing else.

    Returns:
        The exit code.
    """
    if len(words) != 1 or not _CLASS_ID.fullmatch(words[0]):
        raise SystemExit("Excel starts this itself. For an agent, run `ar-xl agent`.")
    if sys.platform != "win32":
        raise SystemExit("Excel can be served on Windows only.")
    return serve(words[0])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

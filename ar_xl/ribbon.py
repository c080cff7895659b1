"""What Excel calls when a button is pressed; VBA shows what it is told and hands back answers.

`press` begins a conversation, `answer` goes on with it; each returns the next thing to show, four
texts. There is one conversation at a time. No object of Excel's is kept between two calls: the
workbook comes with each of them, and is let go of before it returns.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from getpass import getuser
from typing import Any

import xlwings as xw

from ar_xl.app import clock, crash
from ar_xl.app.buttons import Button, all_ids
from ar_xl.app.flows.conversation import Shown, conversation, crashed
from ar_xl.app.flows.replies import TITLE, Given, Reply, end
from ar_xl.app.flows.visit import Visit
from ar_xl.book.excel import ExcelError, patient
from ar_xl.book.opened import identity

Texts = tuple[str, str, str, str]

_AT_WORK = "ar_xl is still at work on the button pressed before."
_NO_QUESTION = "Nothing was asked: press the button again."
_UNKNOWN = (
    "This version of ar_xl has no button {button}: add-in and program differ. Run "
    "`ar-xl addin install` again."
)
_OTHER_BOOK = (
    "Another workbook is active than the one the button was pressed in, so nothing was written. "
    "Go back to that workbook and press the button again."
)


@dataclass
class _Conversation:
    """A conversation that goes on: its flow, and the workbook that it began in, by name."""

    visit: Visit
    flow: Shown
    name: str


_now: list[_Conversation] = []  # at most one
_working: list[bool] = []


def press(button_id: str, book: Any, sheet: str = "", cell: str = "") -> Texts:
    """Begin what a button does.

    Args:
        button_id: as the ribbon has it, `arPostInvoices`.
        book: the active workbook, Excel's own object or xlwings'; None where there is none.
        sheet: the name of the active sheet.
        cell: the address of the active cell.

    Returns:
        What to show: its kind, title, text and detail. After anything but `end`, `answer` is to
        be called with what the user gave.
    """
    if _working:
        return end(_AT_WORK).as_tuple()
    _leave()
    button = all_ids().get(button_id)
    visit = Visit(getuser(), clock.today(), str(sheet), str(cell), crash.user_folder())
    if button is None:
        _now[:] = [_Conversation(visit, _ending(), "")]
        return _stopped(_now[0], _UNKNOWN.format(button=str(button_id)[:60])).as_tuple()
    return _step(_begun(visit, button), None, book)


def answer(given: str, cancelled: bool, book: Any = None) -> Texts:
    """Go on with what the user gave.

    Args:
        given: what was typed or chosen; "yes" or "no".
        cancelled: the box was closed, or what was to be opened could not be.
        book: the workbook that is active now; None where there is none.

    Returns:
        What to show next, as `press` does.
    """
    if _working:
        return end(_AT_WORK).as_tuple()
    if not _now:
        return end(_NO_QUESTION).as_tuple()
    return _step(_now[0], Given(str(given), bool(cancelled)), book)


def _begun(visit: Visit, button: Button) -> _Conversation:
    _now[:] = [_Conversation(visit, conversation(visit, button), "")]
    return _now[0]


def _step(talk: _Conversation, given: Given | None, book: Any) -> Texts:
    """Let the flow run until it has something to show; then nothing of Excel's is kept."""
    _working.append(True)
    try:
        reply = _reply(talk, given, None if book is None else _shown(book))
    except ExcelError as problem:
        reply = _stopped(talk, " ".join(problem.said))
    except Exception as mistake:  # noqa: BLE001 - the last line of defence says it is our bug
        reply = _stopped(talk, crashed("ribbon", mistake, talk.visit))
    finally:
        talk.visit.current = book = None
        _working.clear()
    if reply.kind == "end":
        _leave()
    gc.collect()  # what refers to itself would hold on to Excel until some later day
    return reply.as_tuple()


def _reply(talk: _Conversation, given: Given | None, book: xw.Book | None) -> Reply:
    if book is not None:
        with patient(book):
            name = identity(book)
    else:
        name = ""
    if given is None:
        talk.name = name
    elif name != talk.name and not talk.visit.moving:
        return _stopped(talk, _OTHER_BOOK)
    talk.visit.current = book
    if book is None:
        return talk.flow.send(given) if given else next(talk.flow)
    with patient(book):
        return talk.flow.send(given) if given else next(talk.flow)


def _stopped(talk: _Conversation, text: str) -> Reply:
    """End a conversation with one box."""
    talk.flow.close()
    talk.flow = _ending()
    next(talk.flow)
    return Reply("error", TITLE, text)


def _ending() -> Shown:
    """What is left once a problem was said: whatever is answered, it is the end."""
    yield end()
    yield end()


def _leave() -> None:
    """End the conversation, also one that nobody went on with."""
    for talk in _now:
        talk.flow.close()
    _now.clear()


def _shown(book: Any) -> xw.Book:
    """A workbook as xlwings shows it, from Excel's own object."""
    if isinstance(book, xw.Book):
        return book
    from xlwings import _xlwindows as windows

    if type(book).__name__ == "PyIDispatch":
        book = windows.Dispatch(book)
    return xw.Book(impl=windows.Book(xl=windows.COMRetryObjectWrapper(book)))

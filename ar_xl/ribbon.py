"""What Excel calls when a button is pressed; VBA shows what it is told and hands back answers.

`press` begins a conversation, `answer` goes on with it; each returns the next thing to show, four
texts. There is one conversation at a time. No object of Excel's is kept between two calls: the
workbook comes with each of them, and is let go of before it returns.
"""

from __future__ import annotations

import gc
from getpass import getuser
from typing import Any

import xlwings as xw

from ar_xl.app import clock, crash
from ar_xl.app.buttons import all_ids
from ar_xl.app.flows.conversation import Shown, conversation, crashed
from ar_xl.app.flows.replies import TITLE, Given, Reply, end
from ar_xl.app.flows.visit import Visit

Texts = tuple[str, str, str, str]

_AT_WORK = "ar_xl is still at work on the button pressed before."
_ENDED = "Nothing more was done."
_UNKNOWN = (
    "This version of ar_xl has no button {button}: add-in and program differ. Run "
    "`ar-xl addin install` again."
)

_now: list[tuple[Visit, Shown]] = []  # the conversation that goes on, if any
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
    if button is None:
        return Reply("error", TITLE, _UNKNOWN.format(button=str(button_id)[:60])).as_tuple()
    visit = Visit(getuser(), clock.today(), str(sheet), str(cell), crash.user_folder())
    gc.freeze()  # what was there before the press need not be looked through after each box
    _now.append((visit, conversation(visit, button)))
    return _step(None, book)


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
        return end(_ENDED).as_tuple()
    return _step(Given(str(given), bool(cancelled)), book)


def _step(given: Given | None, book: Any) -> Texts:
    """Let the conversation run until it has something to show; then nothing of Excel's is kept."""
    visit, flow = _now[0]
    _working.append(True)
    try:
        visit.current = None if book is None else _shown(book)
        reply = flow.send(given) if given else next(flow)
    except Exception as mistake:  # noqa: BLE001 - the last line of defence says it is our bug
        _leave()
        reply = Reply("error", TITLE, crashed("ribbon", mistake, visit))
    finally:
        visit.current = book = None
        _working.clear()
    if reply.kind == "end":
        _leave()
    gc.collect()  # what refers to itself would hold on to Excel until some later day
    if not _now:
        gc.unfreeze()
    return reply.as_tuple()


def _leave() -> None:
    """End the conversation, also one that nobody went on with."""
    for _, flow in _now:
        flow.close()
    _now.clear()


def _shown(book: Any) -> xw.Book:
    """A workbook as xlwings shows it, from Excel's own object."""
    if isinstance(book, xw.Book):
        return book
    from xlwings import _xlwindows as windows

    if type(book).__name__ == "PyIDispatch":
        book = windows.Dispatch(book)
    return xw.Book(impl=windows.Book(xl=windows.COMRetryObjectWrapper(book)))

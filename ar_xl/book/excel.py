"""A workbook that is open in Excel: waiting for Excel, and leaving everything as it was found.

xlwings asks a busy Excel again and again, for ever. While a command is at work it asks for some
seconds only. Whatever the command is about to change is noted first, so that it can be put back
when the command fails or is interrupted at any call.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import xlwings as xw

from ar_xl.core.findings import Exit

WAIT = 6.0  # seconds for which a command asks a busy Excel again
WAIT_TO_PUT_BACK = 2.5  # the same once it failed, in all
_PAUSE = 0.05
_TRIES = 3
_MANUAL = -4135
# Excel shows a dialog, or starts, or a cell is being edited (Excel's own code within the error).
_REJECTED = frozenset({-2147418111, -2147417846})
_EDITING = -2146777998
_GONE = frozenset({-2147023174, -2147417848, -2147023170})  # the program ended
_AS_WORK_BEGINS = (
    ("ScreenUpdating", False), ("Calculation", _MANUAL), ("EnableEvents", False),
    ("DisplayAlerts", False), ("Interactive", False),
)  # fmt: skip


class ExcelError(Exception):
    """Excel did not do what a command asked.

    Args:
        said: what happened, what was put back and what could not be, one sentence or two a line.
        exit: the exit code of the command.
        refused: Excel was not busy but said no to a step.
    """

    def __init__(self, said: tuple[str, ...], exit: Exit, refused: bool = False) -> None:
        super().__init__(" ".join(said))
        self.said, self.exit, self.refused = said, exit, refused


@dataclass
class Work:
    """One command at work in a workbook that is open in Excel.

    Args:
        book: the workbook.
        app: Excel itself.
        steps: what was changed, or is about to be, and how to put it back; last first.
        ends: what is to be cleared away once the command is done.
    """

    book: xw.Book
    app: Any
    steps: list[tuple[str, Callable[[], None]]] = field(default_factory=list)
    ends: list[tuple[str, Callable[[], None]]] = field(default_factory=list)

    def keep(self, what: str, put_back: Callable[[], None]) -> None:
        """Note how to put something back, before it is changed.

        Args:
            what: for the user, should that fail: "the rows added to Invoices".
            put_back: does it; it may run when the change was not made, and more than once.
        """
        self.steps.append((what, put_back))

    def finish(self, what: str, clear_away: Callable[[], None]) -> None:
        """Note what is to be cleared away once the command is done."""
        self.ends.append((what, clear_away))

    def say(self, words: str) -> None:
        """Show some words in the status bar."""
        self.app.StatusBar = f"ar_xl: {words} ..."


def each(collection: Any) -> list[Any]:
    """The members of a collection of Excel's; unlike an enumeration this waits for a busy Excel."""
    return [collection(number) for number in range(1, int(collection.Count) + 1)]


@contextmanager
def at_work(book: xw.Book) -> Iterator[Work]:
    """Work in a workbook that is open in Excel, and leave Excel as it was found.

    Screen, events, alerts, calculation, the status bar, the sheet that is shown and the cells that
    are selected are as before afterwards, whatever happened. When the work raises, everything that
    was noted with `Work.keep` is put back first.

    Args:
        book: the workbook. It is not saved.

    Raises:
        ExcelError: Excel was busy for longer than some seconds or refused a call, or something
            could not be put back. Anything else that the work raises is passed on.
    """
    with _waiting(book) as patience:
        state: list[tuple[str, Callable[[], None]]] = []
        work = Work(book, None)
        try:
            work.app = book.api.Application
            _note_state(work.app, state)
            for name, value in _AS_WORK_BEGINS:
                setattr(work.app, name, value)
            yield work
        except BaseException as problem:
            if isinstance(problem, AttributeError) and patience.is_up:
                problem.add_note(_OUT_OF_PATIENCE)
            patience.begin_to_put_back()
            begun = bool(work.steps)
            left = [*_put_back(work.steps), *_put_back(state)]
            if left or is_of_excel(problem):
                raise _problem(problem, begun, left) from problem
            raise
        patience.begin_to_put_back()
        left = [*_put_back(work.ends), *_put_back(state)]
        if left:
            raise ExcelError(("The command is done.", *_left(left, False)), Exit.BUSY)


@contextmanager
def patient(book: xw.Book) -> Iterator[None]:
    """Ask an Excel that is busy for some seconds only, without changing anything in it.

    Raises:
        ExcelError: Excel was busy for longer, or refused to answer.
    """
    with _waiting(book) as patience:
        try:
            yield
        except Exception as problem:
            if isinstance(problem, AttributeError) and patience.is_up:
                problem.add_note(_OUT_OF_PATIENCE)
            if isinstance(problem, ExcelError) or not is_of_excel(problem):
                raise
            raise in_words(problem) from problem


def in_words(problem: BaseException) -> ExcelError:
    """What to say of an error of Excel's that came before anything was written."""
    return problem if isinstance(problem, ExcelError) else _problem(problem, False, [])


def is_of_excel(problem: BaseException) -> bool:
    """Whether an exception comes from Excel, or from Excel not answering."""
    names = {kind.__name__ for kind in type(problem).__mro__}
    return bool(names & {"com_error", "ComError", "ExcelBusyError"}) or _unanswered(problem)


def is_busy(problem: BaseException) -> bool:
    """Whether Excel did not answer because of a dialog or a cell that is being edited."""
    if type(problem).__name__ == "ExcelBusyError" or _unanswered(problem):
        return True
    info = getattr(problem, "excepinfo", None) or ()
    return getattr(problem, "hresult", None) in _REJECTED or _EDITING in info


def _unanswered(problem: BaseException) -> bool:
    """pywin32 takes a name for unknown where a busy Excel would not say; the wire tells."""
    return isinstance(problem, AttributeError) and _OUT_OF_PATIENCE in getattr(
        problem, "__notes__", ()
    )


_OUT_OF_PATIENCE = "Excel did not answer"


class _Patience(int):
    """How often xlwings asks a busy Excel again, told by the clock.

    xlwings compares the number of its attempts with this one before it asks again: the answer
    takes a short pause, and is no once the time is up.
    """

    def __new__(cls) -> _Patience:
        return super().__new__(cls, sys.maxsize - 1)

    def __init__(self) -> None:
        self.until = 0.0
        self.putting_back = False
        self.is_up = False

    def begin_to_put_back(self) -> None:
        """From now on there is one short time for everything."""
        self.until, self.putting_back = time.monotonic() + WAIT_TO_PUT_BACK, True

    def __gt__(self, attempt: int) -> bool:
        if attempt == 1 and not self.putting_back:
            self.until = time.monotonic() + WAIT
        self.is_up = time.monotonic() >= self.until
        if not self.is_up:
            time.sleep(_PAUSE)
        return not self.is_up

    __hash__ = int.__hash__


@contextmanager
def _waiting(book: xw.Book) -> Iterator[_Patience]:
    """Let xlwings ask a busy Excel for some seconds only, as long as this lasts."""
    patience = _Patience()
    engine: Any = sys.modules[type(book.impl).__module__]
    before = getattr(engine, "N_COM_ATTEMPTS", None)
    if before is not None:
        engine.N_COM_ATTEMPTS = patience
    try:
        yield patience
    finally:
        if before is not None:
            engine.N_COM_ATTEMPTS = before


def _note_state(app: Any, state: list[tuple[str, Callable[[], None]]]) -> None:
    """Note how Excel stands; what is noted first is put back last."""
    names = [name for name, _ in _AS_WORK_BEGINS] + ["StatusBar"]
    found = {name: getattr(app, name) for name in names}
    sheet = app.ActiveSheet

    def put(name: str) -> Callable[[], None]:
        def put_back() -> None:
            if getattr(app, name) != found[name]:
                setattr(app, name, found[name])

        return put_back

    labels = {
        "ScreenUpdating": "drawing of the screen", "Calculation": "automatic calculation",
        "EnableEvents": "events", "DisplayAlerts": "warnings", "Interactive": "keyboard and mouse",
        "StatusBar": "the status bar",
    }  # fmt: skip
    state += [(labels[name], put(name)) for name in names]
    address = _selected(app)
    if address:
        state.append(("the selected cells", lambda: sheet.Range(address).Select()))
    state.append(("the sheet that was shown", sheet.Activate))
    state.append(("the workbook that was shown", sheet.Parent.Activate))


def _selected(app: Any) -> str:
    """The address of the selected cells; empty where something else is, such as a chart."""
    try:
        return str(app.Selection.Address)
    except Exception as problem:
        if is_busy(problem) or isinstance(problem, AttributeError):
            raise
        return ""


def _put_back(steps: list[tuple[str, Callable[[], None]]]) -> list[str]:
    """Put everything back, last first, through an interruption too.

    Returns:
        What could not be put back.
    """
    left: list[str] = []
    while steps:
        what, step = steps.pop()
        for attempt in range(_TRIES):
            try:
                step()
                break
            except KeyboardInterrupt:  # half put back is worse than late
                continue
            except Exception as problem:  # noqa: BLE001 - the rest must be put back all the same
                if is_busy(problem) or attempt == _TRIES - 1:
                    left.append(what)
                    break
        else:
            left.append(what)
    return left


def _problem(problem: BaseException, begun: bool, left: list[str]) -> ExcelError:
    """What to say of a command that Excel did not let finish."""
    after = "What had been written was taken back." if begun else "Nothing was written."
    if left:
        after = ""
    if is_busy(problem):
        said = (
            f"Excel is busy: a cell is being edited, or a dialog is open. {after} Press Esc in "
            "Excel or close the dialog, and run the command again."
        )
        return ExcelError((said.replace("  ", " "), *_left(left)), Exit.BUSY)
    if getattr(problem, "hresult", None) in _GONE:
        said = "Excel was closed while the command ran."
    elif is_of_excel(problem):
        said = f"Excel refused a step{_words_of(problem)}. {after}".strip()
        return ExcelError((said, *_left(left)), Exit.BUSY, refused=True)
    else:
        said = f"The command stopped: {problem or type(problem).__name__}. {after}".strip()
    return ExcelError((said, *_left(left)), Exit.BUSY)


def _words_of(problem: BaseException) -> str:
    info: tuple[Any, ...] = getattr(problem, "excepinfo", None) or ()
    words = info[2] if len(info) > 2 and isinstance(info[2], str) else ""
    return f' ("{words.strip().rstrip(".")}")' if words else ""


def _left(left: list[str], undone: bool = True) -> tuple[str, ...]:
    if not left:
        return ()
    named = "; ".join(dict.fromkeys(left))
    if not undone:
        return (f"Left as the command had it: {named}.",)
    return (
        f"Could not be put back: {named}. Close the workbook without saving to have the last saved "
        "state again.",
    )

"""A clerk before Excel: presses a button, reads each box and answers it, as the VBA loop lets him.

The loop is that of `macros/ArRibbon.bas`: show what `press` says, hand what was given to `answer`,
until the end.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ar_xl import ribbon
from ar_xl.app.flows.replies import Reply
from tests.live.excel import Application
from tests.live.pywin32 import windows_engine
from tests.live.sheets import Workbook, Worksheet
from tests.live.wire import CDispatch, Wire

MOST_BOXES = 30
YES, NO, CLOSE = "yes", "no", None
Answers = str | None


def kept(workbook: Workbook) -> Workbook:
    """A copy of a workbook, to compare with later."""
    app, workbook.app = workbook.app, None  # type: ignore[assignment]
    try:
        return deepcopy(workbook)
    finally:
        workbook.app = app


@cache
def _read(path: Path, _: int) -> Workbook:
    """A workbook as it is in its file, which is read once for all tests that use it."""
    return Application().open(path)


@dataclass
class Clerk:
    """Somebody before Excel.

    Args:
        app: the Excel.
        wire: that every call passes.
        before_answer: called with each box before it is answered, to do something meanwhile.
        boxes: all that was shown, in order.
    """

    app: Application = field(default_factory=Application)
    wire: Wire = field(default_factory=Wire)
    before_answer: Callable[[Reply], None] | None = None
    boxes: list[Reply] = field(default_factory=list)

    @classmethod
    def at(cls, path: Path) -> Clerk:
        """A clerk with a workbook open."""
        windows_engine()
        clerk = cls()
        book = kept(_read(path, path.stat().st_mtime_ns))
        book.app = clerk.app
        clerk.app.books.append(book)
        clerk.app.active = book
        return clerk

    @property
    def workbook(self) -> Workbook:
        """The workbook that is active."""
        assert self.app.active is not None
        return self.app.active

    def press(self, button: str, *answers: Answers, cell: str = "A1") -> Reply:
        """Press a button and answer what is asked, in order; boxes that only say need no answer.

        Args:
            button: its id.
            answers: texts, `YES`, `NO`, or `CLOSE` for a box that is closed; where they are used
                up, what stands in a box is accepted and every question is answered with no.
            cell: that is selected.

        Returns:
            The last reply, which ended it.
        """
        self.boxes.clear()
        left = list(answers)
        shown = self.app.active.active.Name if self.app.active else ""
        reply = Reply(*ribbon.press(button, self._book(), shown, cell))  # type: ignore[arg-type]
        while reply.kind != "end":
            self.boxes.append(reply)
            assert len(self.boxes) < MOST_BOXES, "the boxes never end"
            if self.before_answer:
                self.before_answer(reply)
            given, cancelled = self._given(reply, left)
            reply = Reply(*ribbon.answer(given, cancelled, self._book()))  # type: ignore[arg-type]
        assert not left, f"nobody asked for {left}; shown were {self.texts()}"
        if reply.detail:
            sheet: Worksheet = self.workbook.Worksheets.Item(reply.detail)
            sheet.Activate()
        return reply

    def texts(self) -> list[str]:
        """All that was said, box by box."""
        return [f"{box.kind}: {box.text}" for box in self.boxes]

    def last(self) -> str:
        """What the last box said."""
        return self.boxes[-1].text

    def _book(self) -> Any:
        windows_engine()
        return CDispatch(self.app.active, self.wire) if self.app.active else None

    def _given(self, reply: Reply, left: list[Answers]) -> tuple[str, bool]:
        if reply.kind in ("say", "error", "page"):
            return "", False
        if reply.kind == "open":
            self.app.open(Path(reply.text))
            return "", False
        if left:
            given = left.pop(0)
            return given or "", given is None
        if reply.kind == "ask":
            return NO, False
        return (reply.detail, False) if reply.kind == "text" else ("", True)

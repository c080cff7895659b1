"""What Excel is told to show, and what comes back: the two ends of every question.

A flow is a generator: it yields replies and is sent what the user gave. It knows no Excel and no
window, so that a test, or another host, can answer it as a user would.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Literal

from ar_xl.app.answer import plain

Kind = Literal["say", "error", "ask", "text", "file", "save", "open", "page", "end"]

TITLE = "Receivables"
MOST_CHARACTERS = 900  # a message box of Excel cuts its text off at 1,023
MOST_IN_STATUS_BAR = MOST_IN_TEXT_BOX = 250  # Excel refuses more than 255
MOST_IN_TITLE = 100
_BOXES = frozenset({"say", "error", "ask", "text"})


def shown(text: str, most: int = MOST_CHARACTERS) -> str:
    """A text as a box can show it: without what is not seen, its end kept where it is too long."""
    seen = plain(text)
    if len(seen) <= most:
        return seen
    end = seen.rpartition("\n\n")[2] if "\n\n" in seen else ""
    if len(end) > most // 2:
        end = ""
    room = most - len(end) - 8
    return f"{seen[:room].rstrip()} ...\n\n{end}".rstrip()


@dataclass(frozen=True)
class Reply:
    """One thing that Excel shows, or the end of the conversation, which every flow returns.

    Args:
        kind: how it is shown.
        title: of the window.
        text: what it says; for `open` and `page` the file, for `save` a file name to begin with.
        detail: for `text` what stands there already, for `file` and `save` the filter, for `end`
            the sheet to be shown.
    """

    kind: Kind
    title: str = ""
    text: str = ""
    detail: str = ""

    def as_tuple(self) -> tuple[str, str, str, str]:
        """As VBA takes it: whatever stands in a workbook, a box shows letters, and not too many."""
        if self.kind in _BOXES:
            most = MOST_IN_TEXT_BOX if self.kind == "text" else MOST_CHARACTERS
            title, detail = shown(self.title, MOST_IN_TITLE), shown(self.detail, MOST_IN_TEXT_BOX)
            return self.kind, title, shown(self.text, most), detail
        if self.kind == "end":
            words = shown(self.text.replace("\n", " "), MOST_IN_STATUS_BAR)
            return self.kind, "", words, self.detail
        return self.kind, self.title, self.text, self.detail


@dataclass(frozen=True)
class Given:
    """What a user gave.

    Args:
        text: what was typed or chosen, "yes" or "no".
        cancelled: the box was closed, or what it asked for could not be done.
    """

    text: str = ""
    cancelled: bool = False

    @property
    def is_yes(self) -> bool:
        """Whether a question was answered with yes."""
        return not self.cancelled and self.text.strip().casefold() == "yes"


Flow = Generator[Reply, Given, Reply]


class Cancelled(Exception):  # noqa: N818  # it is no error
    """The user closed a box that asked for something: nothing more is done."""


def end(words: str = "", sheet: str = "") -> Reply:
    """The end of a conversation: words for the status bar, and a sheet to be shown."""
    return Reply("end", "", words, sheet)

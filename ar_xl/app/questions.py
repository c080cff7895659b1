"""What a button of the ribbon needs and asks, and how it is worded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

# How what a question offers is said.
IN_WORDS = {
    "ymd": "year, month, day: 2026-10-31",
    "mdy": "month, day, year: 10/31/2026",
    "dmy": "day, month, year: 31/10/2026",
    "point": "a point: 1,250.00",
    "comma": "a comma: 1.250,00",
    "invoices": "invoices and memos",
    "history": "invoices with the date each was paid",
    "bank": "statements or payments of a bank",
    "agency": "a collection agency",
    "legal": "a lawyer",
}


class Needs(Enum):
    """What must be open for a button to be lit."""

    OURS = "ours"  # a workbook with our tables
    ANY = "any"  # any workbook
    NONE = "none"


class Kind(Enum):
    """How a question is put."""

    TEXT = "text"
    DATE = "date"  # answered as Excel shows dates, or as 2026-10-31
    MONTH = "month"  # 2026-10
    YES_NO = "yes or no"
    CHOICE = "choice"
    OPEN = "open"  # a file that is there
    SAVE = "save"  # a name for a new file
    TAKEN = "taken"  # not asked: what `start` says is taken


class Start(Enum):
    """What stands in the box before the user types."""

    NOTHING = "nothing"
    TODAY = "today"
    MONTH = "the month to close"
    CLOSED = "the month that was closed last"
    BATCH = "the batch of the active cell's row, else the last one"
    SHEET = "the active sheet"
    CELL = "the active cell"


@dataclass(frozen=True)
class Question:
    """One thing that a button asks before it runs.

    Args:
        parameter: of the command, or `as_of` of the common options.
        words: the question.
        kind: how it is put.
        start: what stands there already.
        text: the same as plain words, where `start` is nothing.
        choices: what a choice chooses among.
        filter: of files, as Excel takes it.
        required: an empty answer ends the button; otherwise it leaves the parameter out.
        after: only asked once the command has answered with a finding of this code.
    """

    parameter: str
    words: str
    kind: Kind = Kind.TEXT
    start: Start = Start.NOTHING
    text: str = ""
    choices: tuple[str, ...] = ()
    filter: str = ""
    required: bool = False
    after: str = ""


@dataclass(frozen=True)
class Face:
    """How a button is worded and what it asks; the rest is its command's.

    Args:
        label, keytip, screentip: of the button.
        supertip: the command's tip where it is empty.
        large, needs, command, action, fixed, questions, confirm, items: as of the button.
        group, icon: where there is no command to say so, or the button is not the plain command.
    """

    label: str
    keytip: str
    screentip: str
    supertip: str = ""
    large: bool = False
    needs: Needs = Needs.OURS
    command: str = ""
    action: str = ""
    group: str = ""
    icon: str = ""
    fixed: tuple[tuple[str, str | bool], ...] = ()
    questions: tuple[Question, ...] = ()
    confirm: str = ""
    items: tuple[Face, ...] = ()

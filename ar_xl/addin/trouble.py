"""What can stand in the way of the add-in: one name per case, and how much it matters.

The words for people are beside the commands; these names are what they are found by.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto


class Trouble(StrEnum):
    """One thing that keeps the add-in from working, or might."""

    NOT_WINDOWS = auto()
    NO_PROFILE_FOLDER = auto()
    STORE_PYTHON = auto()
    PYTHON_NAME_NOT_PLAIN = auto()
    PYTHON_IN_ONEDRIVE = auto()
    PYTHON_ON_NETWORK = auto()
    PACKAGES_FOR_USER_ONLY = auto()
    PYWIN32_MISSING = auto()
    RUNS_AS_ADMINISTRATOR = auto()
    NO_EXCEL = auto()
    EXCEL_TOO_OLD = auto()
    STORE_EXCEL = auto()
    ADDIN_OPEN_IN_EXCEL = auto()
    FOLDER_NOT_WRITABLE = auto()
    NOT_THE_ADDIN = auto()
    ADDIN_MISSING = auto()
    ADDIN_OF_ANOTHER_VERSION = auto()
    ADDIN_FOR_ANOTHER_PYTHON = auto()
    ADDIN_CHANGED = auto()
    ADDIN_UNREADABLE = auto()
    PYTHON_MOVED = auto()
    SEVERAL_COPIES = auto()
    ADDIN_BLOCKED = auto()
    ADDIN_DISABLED = auto()
    ADDINS_OFF = auto()
    MACROS_OFF = auto()
    SIGNATURE_REQUIRED = auto()
    FOLDER_NOT_TRUSTED = auto()
    LIBRARY_MISSING = auto()
    LIBRARY_WRONG = auto()
    LIBRARY_DOES_NOT_LOAD = auto()
    SERVER_SILENT = auto()
    SERVER_OF_ANOTHER_VERSION = auto()
    CHILD_PROCESSES_BLOCKED = auto()
    AGENT_NOT_RUNNING = auto()
    AGENT_DID_NOT_START = auto()
    AGENT_OF_ANOTHER_VERSION = auto()
    AGENT_ENTRY_STALE = auto()
    AGENT_ENTRY_NOT_WRITTEN = auto()


class Verdict(Enum):
    """What a check came to."""

    OK = "ok"
    NOTE = "note"  # nothing to do; good to know
    WARNING = "warning"  # works, or may work; someone should look
    PROBLEM = "problem"  # does not work


@dataclass(frozen=True)
class Line:
    """What one check saw.

    Args:
        name: of the check.
        verdict: what it came to.
        seen: what was seen, one sentence.
        trouble: which case it is; None where all is well.
    """

    name: str
    verdict: Verdict
    seen: str
    trouble: Trouble | None = None


class Cannot(Exception):  # noqa: N818  # it is what was found, not a mistake of ours
    """The installer refuses; nothing was changed."""

    def __init__(self, trouble: Trouble, seen: str) -> None:
        self.trouble = trouble
        self.seen = seen
        super().__init__(seen)

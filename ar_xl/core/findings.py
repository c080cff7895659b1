"""Findings and refusals: what is wrong with the data, and what cannot be done.

Three kinds of wrong are never mixed. The user's data is wrong: a Finding is returned. The
request cannot be done: one Refusal is raised. We are wrong: an assertion fails.
Every code is declared once with `code(...)`; docs/ERRORS.md comes from those declarations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum

import numpy as np

from ar_xl.core.arrays import BoolArray
from ar_xl.core.frames import Frame


class Severity(Enum):
    """How much a finding matters."""

    ERROR = "error"  # the row cannot be posted
    WARNING = "warning"  # posted, but someone should look
    NOTE = "note"  # said, so that nobody wonders


class Exit(IntEnum):
    """The exit codes of the command line (design, section 4)."""

    DONE = 0
    WRONG_CALL = 2
    WRONG_DATA = 3
    BUSY = 4
    UNREADABLE = 5
    REFUSED = 6
    OUR_BUG = 70


@dataclass(frozen=True)
class Code:
    """One thing that can be wrong, as docs/ERRORS.md lists it.

    Args:
        name: stable, lower case, `amount_not_a_number`.
        severity: of a finding; refusals are errors.
        expected: what would be right.
        fix: what to do, one sentence in the imperative.
        exit: the exit code where it is a refusal.
    """

    name: str
    severity: Severity
    expected: str
    fix: str
    exit: Exit = Exit.WRONG_DATA


CODES: dict[str, Code] = {}


def code(
    name: str, severity: Severity, expected: str, fix: str, exit: Exit = Exit.WRONG_DATA
) -> Code:
    """Declare a code; a second declaration of the same name is our mistake."""
    assert name not in CODES, f"code {name} is declared twice"
    CODES[name] = Code(name, severity, expected, fix, exit)
    return CODES[name]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and where.

    Args:
        code: its declaration.
        table: the table, "" where it is not about one.
        row: the sheet row (1 is the heading), 0 where it is not about one.
        column: the key of the column, "" where it is about the whole row.
        row_id: the document or customer, so that the row is found after sorting.
        seen: what was there.
        expected, fix: where the declared words need the case at hand; else those.
        cell: `C12`; filled in by the app, which knows where the user's columns stand.
        sheet: likewise.
    """

    code: Code
    table: str = ""
    row: int = 0
    column: str = ""
    row_id: str = ""
    seen: str = ""
    expected: str = ""
    fix: str = ""
    sheet: str = ""
    cell: str = ""

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.code.severity

    @property
    def is_error(self) -> bool:
        """Whether the row cannot be posted."""
        return self.code.severity is Severity.ERROR


class Refusal(Exception):  # noqa: N818  # the word an accountant reads
    """The request cannot be done. One code, and the case at hand in words."""

    def __init__(self, code: Code, seen: str, expected: str = "", fix: str = "") -> None:
        self.code = code
        self.seen = seen
        self.expected = expected or code.expected
        self.fix = fix or code.fix
        super().__init__(f"{self.seen} {self.expected} {self.fix}".strip())


def rows_found(
    wrong: BoolArray,
    frame: Frame,
    code: Code,
    column: str,
    row_id: str,
    seen: Callable[[int], str],
    expected: str = "",
) -> list[Finding]:
    """Make a finding for every row that a mask marks.

    Args:
        wrong: which rows of `frame` are wrong.
        frame: the rows.
        code: what is wrong with them.
        column: the key of the column it shows in.
        row_id: the key of the column that names the row.
        seen: says what stands in row i of the frame.
        expected: words of this case, else the code's.
    """
    ids = frame.text(row_id)
    return [
        Finding(code, frame.table.name, int(frame.row[i]), column, ids[i], seen(i), expected)
        for i in np.flatnonzero(wrong).tolist()
    ]


def errors_of(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that keep rows from being posted."""
    return [finding for finding in findings if finding.is_error]

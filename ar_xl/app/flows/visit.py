"""Visit: one press of a button, as its flow sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from ar_xl.app import live
from ar_xl.app.answer import Answer
from ar_xl.app.life import Options
from ar_xl.book import opened
from ar_xl.book.excel import patient
from ar_xl.core.findings import Exit

T = TypeVar("T")


class NoWorkbook(Exception):  # noqa: N818  # it is no error
    """There is no workbook to work on."""


class OtherWorkbook(Exception):  # noqa: N818  # it is no error
    """Another workbook is active than the one that the button was pressed in."""


@dataclass
class Visit:
    """One press of a button. It holds the workbook only while a step of its flow runs.

    Args:
        user: who pressed it.
        today: the day it was pressed.
        sheet, cell: where the user stood.
        folder: where ar_xl keeps what belongs to this user.
        moving: the flow itself closes or opens workbooks from now on.
        current: the workbook that is active in this step; None between two steps.
        wrote: a command of this press wrote into the workbook.
        name: of the workbook that the button was pressed in, as far as anybody asked for it.
    """

    user: str
    today: date
    sheet: str = ""
    cell: str = ""
    folder: Path = field(default_factory=Path)
    moving: bool = False
    current: Any = None
    wrote: bool = False
    name: str = ""

    @property
    def book(self) -> Any:
        """The workbook, as xlwings shows it; a flow keeps it in no variable over a question.

        Raises:
            NoWorkbook: none was active when the button was pressed.
            OtherWorkbook: it is not active any more.
        """
        if self.current is None:
            raise OtherWorkbook if self.name else NoWorkbook
        if not self.moving:
            with patient(self.current):
                name = opened.identity(self.current)
            self.name = self.name or name
            if name != self.name:
                raise OtherWorkbook
        return self.current

    def ask(self, question: Callable[..., T], *given: Any) -> T:
        """Ask Excel about the workbook; one that is busy is asked again for some seconds.

        Args:
            question: is given the workbook, and then the rest.
            given: the rest.
        """
        book = self.book
        with patient(book):
            return question(book, *given)

    def run(self, command: str, own: Mapping[str, Any], **common: Any) -> Answer:
        """Run a command on the workbook.

        Args:
            command: as the registry has it.
            own: the command's own parameters.
            common: options that all commands share, as `life.Options` has them.
        """
        answer = live.run_open(command, self.book, Options(self.user, **common), own)
        if answer.exit is Exit.DONE and not answer.preview and (answer.rows or answer.sheets):
            self.wrote = True
        return answer

    def sheet_of(self, table: str) -> str:
        """The name of the sheet that a table of ours stands on."""
        return self.ask(opened.sheet_of, table)

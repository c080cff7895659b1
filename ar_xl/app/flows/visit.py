"""Visit: one press of a button, as its flow sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ar_xl.app import live
from ar_xl.app.answer import Answer
from ar_xl.app.life import Options
from ar_xl.book import opened


class NoWorkbook(Exception):  # noqa: N818  # it is no error
    """There is no workbook to work on."""


@dataclass
class Visit:
    """One press of a button. It holds the workbook only while a step of its flow runs.

    Args:
        user: who pressed it.
        today: the day it was pressed.
        sheet, cell: where the user stood.
        folder: where ar_xl keeps what belongs to this user.
        moving: the flow itself closes or opens workbooks from now on.
        current: the workbook of this step; None between two steps.
    """

    user: str
    today: date
    sheet: str = ""
    cell: str = ""
    folder: Path = field(default_factory=Path)
    moving: bool = False
    current: Any = None

    @property
    def book(self) -> Any:
        """The workbook, as xlwings shows it; a flow keeps it in no variable over a question."""
        if self.current is None:
            raise NoWorkbook
        return self.current

    def run(self, command: str, own: Mapping[str, Any], **common: Any) -> Answer:
        """Run a command on the workbook.

        Args:
            command: as the registry has it.
            own: the command's own parameters.
            common: options that all commands share, as `life.Options` has them.
        """
        return live.run_open(command, self.book, Options(self.user, **common), own)

    def sheet_of(self, table: str) -> str:
        """The name of the sheet that a table of ours stands on."""
        return opened.sheet_of(self.book, table)

"""Workbook files opened in the Excel in memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import xlwings as xw

from tests.live.excel import Application
from tests.live.pywin32 import opened
from tests.live.sheets import Workbook
from tests.live.wire import Wire


@dataclass(frozen=True)
class Desk:
    """A user's Excel with one workbook open.

    Args:
        app: Excel.
        workbook: what it holds.
        wire: that every call passes.
        book: the workbook as xlwings shows it.
    """

    app: Application
    workbook: Workbook
    wire: Wire
    book: xw.Book


def open_in_excel(path: Path) -> Desk:
    """Open a workbook file in a new Excel."""
    app, wire = Application(), Wire()
    workbook = app.open(path)
    return Desk(app, workbook, wire, opened(workbook, wire))

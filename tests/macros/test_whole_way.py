"""A button from the click through macros, server and command to the workbook, and back."""

from __future__ import annotations

from typing import Any

import pytest
from pyopenvba.interpreter import method

from ar_xl.server import Entry
from tests.macros.excel import Excel, Server
from tests.macros.values import Named, from_vba, into_vba
from tests.ribbon.clerk import Clerk
from tests.ribbon.conftest import clerk, drafted_path, folder
from tests.served.com import Served

__all__ = ["clerk", "drafted_path", "folder"]


class Behind(Server):
    """The server with all that is behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.entry = Served(Entry())

    @method
    def Press(self, *given: Any) -> Any:  # noqa: N802
        return into_vba(self.entry.Press(*map(from_vba, given)))

    @method
    def Answer(self, *given: Any) -> Any:  # noqa: N802
        return into_vba(self.entry.Answer(*map(from_vba, given)))


@pytest.fixture
def excel(clerk: Clerk) -> Excel:
    """Excel with macros, and with a workbook of drafts in front."""
    made = Excel(Behind())
    activate = {"Activate": lambda: made.activated.append("sheet")}
    made.book = Named("Workbook", Sheets=lambda name: Named(name, **activate))
    made.book.thing = clerk._book()
    made.sheet = Named("Worksheet", Name="Receipts")
    return made


def batches(clerk: Clerk) -> int:
    """How many batches stand in the workbook."""
    return len(clerk.workbook.Worksheets.Item("Batches").ListObjects.Item("Batches").Range.Value)


def test_a_clerk_declines_and_then_posts_payments(excel: Excel, clerk: Clerk) -> None:
    before = batches(clerk)
    excel.app.given = ["2026-10-31", "2026-10-31"]
    excel.windows.clicks = [7, 6]
    excel.press("arPostPayments")
    assert "to be posted: 25 receipts" in excel.windows.boxes[0][1]
    assert (batches(clerk), excel.app.state["statusbar"]) == (before, "Nothing was written.")
    excel.press("arPostPayments")
    assert batches(clerk) == before + 1
    assert len(excel.activated) == 1
    assert excel.app.state["interactive"] is True
    assert [each[0] for each in excel.app.dialogs] == ["InputBox", "InputBox"]

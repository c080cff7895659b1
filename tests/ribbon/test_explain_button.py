"""The button Explain: the figure, its rule, its rows, in one box."""

from __future__ import annotations

from pathlib import Path

from ar_xl.app.flows.replies import MOST_CHARACTERS
from tests.ribbon.clerk import Clerk


def _told(clerk: Clerk, sheet: str, cell: str) -> str:
    clerk.workbook.Worksheets.Item(sheet).Activate()
    clerk.press("arExplain", cell=cell)
    assert [box.kind for box in clerk.boxes] == ["say"], clerk.texts()
    assert len(clerk.last()) <= MOST_CHARACTERS
    return clerk.last()


def test_a_figure_of_a_report_is_explained_in_one_box(drafted_path: Path) -> None:
    clerk = Clerk.at(drafted_path)
    clerk.press("arAging", "2026-10-31")
    told = _told(clerk, "Aging 2026-10-31", "I9")
    assert "Everything open, less unapplied credits." in told
    assert told.endswith("The rows add up to the cell.")
    assert "Invoices!" in told


def test_rows_that_do_not_fit_are_counted_and_the_end_is_kept(drafted_path: Path) -> None:
    clerk = Clerk.at(drafted_path)
    clerk.press("arAging", "2026-10-31")
    told = _told(clerk, "Aging 2026-10-31", "I21")
    assert "... and " in told
    assert told.endswith("The rows add up to the cell.")


def test_a_cell_without_a_figure_says_what_can_be_explained(clerk: Clerk) -> None:
    assert "Pick a figure of a report sheet" in _told(clerk, "Home", "A30")

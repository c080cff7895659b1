"""New Workbook, Use This Workbook, and Import with what a file leaves open."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from ar_xl.app.flows.replies import Reply
from ar_xl.core.tables import TABLES
from tests.live.sheets import Workbook
from tests.ribbon.clerk import CLOSE, NO, YES, Clerk


def tables_of(clerk: Clerk) -> set[str]:
    """Names of the tables of the active workbook."""
    return {table.Name for sheet in clerk.workbook.all_sheets for table in sheet.tables}


def test_a_new_workbook_is_made_and_opened(tmp_path: Path) -> None:
    clerk = Clerk()
    ended = clerk.press("arNewWorkbook", "Harbour & Co", "eur", str(tmp_path / "Harbour"))
    assert [box.kind for box in clerk.boxes] == ["text", "text", "save", "open"]
    assert clerk.workbook.Name == "Harbour.xlsx"
    assert clerk.workbook.active.Name == ended.detail == "Home"
    assert tables_of(clerk) == {table.name for table in TABLES}


def test_a_name_that_is_taken_is_asked_again_and_nothing_is_overwritten(tmp_path: Path) -> None:
    there = tmp_path / "There.xlsx"
    there.write_bytes(b"mine")
    clerk = Clerk()
    clerk.press("arNewWorkbook", "", "USD", str(there), str(tmp_path / "Other.xlsx"))
    assert "There.xlsx is there already." in clerk.boxes[3].text
    assert there.read_bytes() == b"mine"
    assert clerk.workbook.Name == "Other.xlsx"


def test_a_currency_that_there_is_not_is_asked_again(tmp_path: Path) -> None:
    path = str(tmp_path / "New.xlsx")
    clerk = Clerk()
    clerk.press("arNewWorkbook", "A", "XQQ", path, "A", "EUR", path)
    assert "XQQ is not a currency." in "".join(clerk.texts())
    assert clerk.workbook.Name == "New.xlsx"


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A workbook of somebody who has not heard of us."""
    path = tmp_path / "Theirs.xlsx"
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Goals"
    book.active["B2"] = "mine"
    book.save(path)
    return path


def test_use_this_workbook_adds_our_sheets_to_its_file_and_opens_it_again(theirs: Path) -> None:
    clerk = Clerk.at(theirs)
    clerk.press("arUseThisWorkbook", "Harbour & Co", "USD", YES)
    assert [box.kind for box in clerk.boxes] == ["text", "text", "ask", "open", "say"]
    assert "kept as a backup" in clerk.boxes[2].text
    assert len(clerk.app.books) == 1
    assert tables_of(clerk) == {table.name for table in TABLES}
    assert clerk.workbook.all_sheets[0].grid.values[1, 1] == "mine"


def test_use_this_workbook_declined_changes_no_byte(theirs: Path) -> None:
    before = theirs.read_bytes()
    clerk = Clerk.at(theirs)
    clerk.press("arUseThisWorkbook", "", "USD", NO)
    assert theirs.read_bytes() == before
    assert len(clerk.app.books) == 1


def test_a_workbook_that_stays_open_is_left_as_it_was(theirs: Path) -> None:
    clerk = Clerk.at(theirs)
    before = theirs.read_bytes()
    clerk.workbook.kept_open = True
    clerk.press("arUseThisWorkbook", "", "USD", YES)
    assert clerk.last().startswith("Excel did not close the workbook")
    assert theirs.read_bytes() == before


def test_a_file_that_another_program_holds_is_opened_again_as_it_was(theirs: Path) -> None:
    clerk = Clerk.at(theirs)
    before = theirs.read_bytes()

    def holds(box: Reply) -> None:
        if box.kind == "ask":
            theirs.with_name(f".~lock.{theirs.name}#").write_text(",Grace,other,,;")

    clerk.before_answer = holds
    clerk.press("arUseThisWorkbook", "", "USD", YES)
    assert [box.kind for box in clerk.boxes[-2:]] == ["open", "error"]
    assert theirs.read_bytes() == before
    assert clerk.workbook.Name == theirs.name


@pytest.mark.parametrize("name", ["https://firm.example/Theirs.xlsx", "Book1", "/x/Theirs.xls"])
def test_a_workbook_without_a_file_is_to_be_saved_first(
    theirs: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = Clerk.at(theirs)
    monkeypatch.setattr(Workbook, "FullName", property(lambda _: name))
    monkeypatch.setattr(Workbook, "Path", property(lambda _: name.rpartition("/")[0]))
    clerk.press("arUseThisWorkbook")
    assert "Save it as an Excel workbook in a folder first" in clerk.last()


def test_our_own_workbook_needs_nothing(blank: Path) -> None:
    clerk = Clerk.at(blank)
    clerk.press("arUseThisWorkbook", "", "USD")
    assert clerk.last() == "Everything that we need is in this workbook already."


OPEN_DATES = """Invoice No,Customer ID,Invoice Date,Amount
7,C-1,03/04/2026,"1,5"
8,C-1,05/06/2026,"2,5"
"""


def test_what_an_import_leaves_open_is_asked(blank: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(OPEN_DATES, encoding="utf-8")
    clerk = Clerk.at(blank)
    clerk.press("arImport", str(listed), "3", YES)
    kinds = [box.kind for box in clerk.boxes]
    assert kinds == ["file", "text", "ask", "say"], clerk.texts()
    assert "3  day, month, year" in clerk.boxes[1].text
    assert "to be added as drafts: 1 customer, 2 invoices and memos" in clerk.boxes[2].text
    invoices = next(sheet for sheet in clerk.workbook.all_sheets if sheet.Name == "Invoices")
    row, column = invoices.tables[0].area[0], invoices.tables[0].column("Invoice Date")
    assert invoices.grid.values[row, column - 1] == 46115.0  # 3 April 2026


def test_a_question_of_an_import_that_is_closed_ends_it(blank: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(OPEN_DATES, encoding="utf-8")
    clerk = Clerk.at(blank)
    assert clerk.press("arImport", str(listed), CLOSE).text == "Nothing was done."
    assert not clerk.workbook.changed


def test_bad_rows_of_a_file_can_be_left_out(blank: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    rows = ["Invoice No,Customer ID,Invoice Date,Amount", "7,C-1,2026-10-01,1.50",
            "8,C-1,2026-10-01,much"]  # fmt: skip
    listed.write_text("\n".join(rows), encoding="utf-8")
    clerk = Clerk.at(blank)
    clerk.press("arImport", str(listed), YES, YES)
    assert "Leave these rows out and go on with the good ones?" in clerk.boxes[1].text
    assert "--" not in clerk.boxes[1].text
    assert clerk.last().startswith(
        "Added as drafts, not posted yet: 1 customer, 1 invoice or memo."
    )

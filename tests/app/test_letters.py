"""Letters, from the workbook to the folder and back to Activities."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from ar_xl.app.papers import printing
from ar_xl.app.papers.lettertemplates import FOLDER
from ar_xl.book import host
from ar_xl.book.reader import read_ledger
from ar_xl.core.findings import Exit
from ar_xl.core.frames import Frame
from proofs.explain import do
from tests.app.conftest import done, run
from tests.app.papers.word import template
from tests.office.steps import Enter

pytestmark = pytest.mark.shared
AS_OF, CUSTOMER = "2013-03-31", "0709-LZRJV"


def activities(book: Path) -> Frame:
    opened = host.open_book(book)
    try:
        return read_ledger(opened).ledger.posted("Activities")
    finally:
        opened.close()


def own_formula(book: Path, write: str = "") -> str:
    """A formula of the user's in Note of the first activity: read it, or write it before."""
    opened = host.open_book(book)
    try:
        sheet = opened.sheets["Activities"]
        heads = sheet.range("A1:Z1").value
        cell = sheet.range((2, heads.index("Outcome") + 1))
        if write:
            cell.formula = "=1+1"
            host.save(opened, book)
        return str(cell.formula)
    finally:
        opened.close()


def test_letters_are_made_from_the_accountants_template_then_wait_then_are_sent(
    ibm_book: Path,
) -> None:
    (ibm_book.parent / FOLDER).mkdir()
    own = template("Dear {{ customer.name }}, please pay {{ asked }}. {{ letter.number }}")
    (ibm_book.parent / FOLDER / "Friendly reminder.docx").write_bytes(own)

    answer = done(run("letters", ibm_book, AS_OF, customer=CUSTOMER))
    (letter,) = (ibm_book.parent / f"Letters {AS_OF}").iterdir()
    assert answer.said[0] == "1 letter; each counts once it is marked as sent."
    assert Document(str(letter)).paragraphs[0].text.startswith(f"Dear {CUSTOMER}, please pay USD")
    # No letter to another customer has this number, however often letters are made on the day.
    assert Document(str(letter)).paragraphs[0].text.endswith(f" 20130331-{CUSTOMER}")
    row = activities(ibm_book)
    assert row.text("paper").tolist() == [f"Letters {AS_OF}/{letter.name}"]
    assert row.text("step").tolist() == ["Friendly reminder"]

    again = done(run("letters", ibm_book, AS_OF, customer=CUSTOMER))
    assert again.said[:2] == (
        f"No letter is to be made on {AS_OF}.", "1 letter made before wait to be sent.",
    )  # fmt: skip

    own_formula(ibm_book, "Z")
    early = run("letters", ibm_book, "2013-03-30", sent=True)
    assert early.exit is Exit.WRONG_CALL
    assert f"made on {AS_OF}, after 2013-03-30" in early.said[0]
    done(run("letters", ibm_book, "2013-04-02", sent=True))
    assert own_formula(ibm_book) == "=1+1"
    assert str(activities(ibm_book).dates("done_on")[0]) == "2013-04-02"
    assert run("letters", ibm_book, "2013-04-02", sent=True).exit is Exit.REFUSED


def test_a_template_with_a_wrong_field_makes_no_letter_and_no_row(ibm_book: Path) -> None:
    (ibm_book.parent / FOLDER).mkdir()
    wrong = template("Dear {{ customer.nam }}")
    (ibm_book.parent / FOLDER / "Friendly reminder.docx").write_bytes(wrong)
    answer = run("letters", ibm_book, AS_OF, customer=CUSTOMER)
    assert answer.exit is Exit.REFUSED
    assert "Friendly reminder.docx" in answer.said[0]
    assert not len(activities(ibm_book))
    assert not list(ibm_book.parent.glob("Letters*"))


def test_a_letter_in_another_language_than_the_customers_says_so(blank_book: Path) -> None:
    languages = {"ROMA": "it", "KÖLN": "de"}
    do(Enter("Customers", [{"Customer ID": each, "Name": each, "Status": "Active",
                            "Language": language} for each, language in languages.items()]),
       blank_book)  # fmt: skip
    do(Enter("Invoices", [{"Invoice No": each, "Customer ID": each, "Amount": 400.0,
                           "Invoice Date": datetime(2013, 1, 5), "Due Date": datetime(2013, 2, 4)}
                          for each in languages]), blank_book)  # fmt: skip
    done(run("post-invoices", blank_book, AS_OF))
    done(run("letters", blank_book, AS_OF))
    rows = openpyxl.load_workbook(blank_book)[f"Letters {AS_OF}"].iter_rows(values_only=True)
    notes = {row[0]: row[10] for row in rows if row[0] in languages}
    assert notes == {"ROMA": "no template in it: written in en", "KÖLN": None}


@pytest.mark.heavy
def test_templates_are_written_once_and_one_that_was_edited_stays(ibm_book: Path) -> None:
    folder = ibm_book.parent / FOLDER
    folder.mkdir()
    (folder / "Final notice.docx").write_bytes(b"mine")
    done(run("letters", ibm_book, AS_OF, templates=True))
    assert (folder / "Final notice.docx").read_bytes() == b"mine"
    assert (folder / "Final notice (de).docx").exists()


def test_a_step_that_the_ladder_does_not_have_is_said(ibm_book: Path) -> None:
    assert run("letters", ibm_book, AS_OF, step="x").exit is Exit.WRONG_CALL


def test_where_nothing_prints_the_letters_stay_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "libre_office", lambda: "")
    monkeypatch.setattr(printing, "word_is_here", lambda: False)
    (tmp_path / "a.docx").write_bytes(template("x"))
    assert printing.print_folder(tmp_path) == (printing.NOTHING_PRINTS,)
    monkeypatch.setattr(printing, "libre_office", lambda: "/bin/false")
    assert "did not print the letters" in printing.print_folder(tmp_path)[0]
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]

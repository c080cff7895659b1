"""Papers beside the workbook: all of them or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.app.outbox import (
    Outbox,
    Paper,
    file_names,
    insist_on_sender,
    shelf_beside,
    staged_papers,
)
from ar_xl.core.findings import Refusal


def box(*names: str) -> Outbox:
    return Outbox("Letters 2026-10-31", [Paper(name, name.encode) for name in names])


def silent(_: str) -> None:
    """Say nothing."""


def test_papers_stand_beside_the_workbook_before_it_speaks_of_them(tmp_path: Path) -> None:
    shelf = shelf_beside(str(tmp_path / "books.xlsx"), "")

    with staged_papers(lambda: shelf, [box("a.docx", "b.docx")], silent) as said:
        assert len(list((tmp_path / "Letters 2026-10-31").iterdir())) == 2

    assert said == [f"Papers: {tmp_path / 'Letters 2026-10-31'}."]
    assert [p.name for p in sorted((tmp_path / "Letters 2026-10-31").iterdir())] == [
        "a.docx",
        "b.docx",
    ]


def test_where_the_workbook_is_not_saved_no_paper_is_left(tmp_path: Path) -> None:
    shelf = shelf_beside(str(tmp_path / "books.xlsx"), "")

    with pytest.raises(OSError), staged_papers(lambda: shelf, [box("a.docx")], silent):
        raise OSError("disk full")

    assert list(tmp_path.iterdir()) == []


def test_a_paper_that_cannot_be_made_leaves_none_of_the_others(tmp_path: Path) -> None:
    shelf = shelf_beside(str(tmp_path / "books.xlsx"), "")
    broken = box("a.docx")
    broken.papers.append(Paper("b.docx", lambda: (tmp_path / "missing").read_bytes()))

    with pytest.raises(Refusal), staged_papers(lambda: shelf, [broken], silent):
        raise AssertionError("not reached")

    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_that_name_stays_and_the_new_one_is_numbered(tmp_path: Path) -> None:
    (tmp_path / "Letters 2026-10-31").mkdir()
    shelf = shelf_beside(str(tmp_path / "books.xlsx"), "")

    assert shelf.free("Letters 2026-10-31") == "Letters 2026-10-31 (2)"


def test_a_place_that_is_taken_meanwhile_is_refused_before_anything_is_saved(
    tmp_path: Path,
) -> None:
    shelf = shelf_beside(str(tmp_path / "books.xlsx"), "")
    (tmp_path / "Letters 2026-10-31").symlink_to(tmp_path / "nowhere")

    with pytest.raises(Refusal), staged_papers(lambda: shelf, [box("a.docx")], silent):
        raise AssertionError("not reached")

    assert [path.name for path in tmp_path.iterdir()] == ["Letters 2026-10-31"]


def test_two_workbooks_of_one_name_share_a_folder_and_never_a_paper(tmp_path: Path) -> None:
    ours, theirs = (shelf_beside(f"/{place}/books.xlsx", str(tmp_path)) for place in "ab")

    with staged_papers(lambda: ours, [box("a.docx")], silent):
        with pytest.raises(Refusal), staged_papers(lambda: theirs, [box("b.docx")], silent):
            raise AssertionError("not reached")
        assert theirs.free("Letters 2026-10-31") == "Letters 2026-10-31 (2)"

    assert [path.name for path in tmp_path.rglob("*.docx")] == ["a.docx"]


@pytest.mark.parametrize(
    ("book", "folder"),
    [("https://contoso.sharepoint.com/books.xlsx", ""), ("Book1", ""), ("/x/b.xlsx", "/no/such")],
)
def test_a_workbook_without_a_folder_is_told_what_to_do(book: str, folder: str) -> None:
    with pytest.raises(Refusal, match="Papers have no folder"):
        shelf_beside(book, folder)


def test_names_of_files_are_such_as_every_system_takes() -> None:
    wanted = ["A/B: \\?", "a b", "A B", "con", "..", "x" * 300, "Müller & Co."]

    assert file_names(wanted) == [
        "A B",
        "a b (2)",
        "A B (3)",
        "_con",
        "unnamed",
        "x" * 80,
        "Müller & Co",
    ]


def test_papers_in_nobodys_name_are_refused_and_templates_are_not() -> None:
    insist_on_sender([box("a.docx")], "Test & Sons")
    insist_on_sender([Outbox("Letter Templates", [Paper("a.docx", bytes)], joins=True)], "")
    with pytest.raises(Refusal, match="Company"):
        insist_on_sender([box("a.docx")], "")

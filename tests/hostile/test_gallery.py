"""Part of the gallery of hostile files; `python -m proofs.hostile` has all of it, and measures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ar_xl.core.findings import Exit
from proofs.hostile.books import run
from proofs.hostile.gallery import GALLERY, Hostile, Parts
from proofs.hostile.refusals import MADE_BY

assert MADE_BY  # importing them fills the gallery

FIRST_MET_HERE = (
    "a shared text of 40,000 characters",
    "a million fonts",
    "a million defined names",
    "entity bomb in UTF-16 with a mark",
    "entity bomb in EBCDIC, declared",
    "encoding declared 4,000 spaces late",
    "document type behind 100 KB of spaces",
    "UTF-8 mark before UTF-16",
    "external link to a file",
    "shared strings are outside the file",
    "the sheet list names the workbook part",
    "two sheets of the same part",
    "a part that is not XML and inflates a thousandfold",
    "sizes larger in a part's own header than in the directory",
    "the workbook part again with two slashes",
    "the workbook part again by way of its folder",
    "the workbook part again with a percent code",
    "a part named 'xl/evil.xml\\x00.png'",
    "a part named 'xl/con\\x07trol.xml'",
    "a part named 'xxxxxxxxxxxxxxxxxxxx'",
    "a table that claims all rows, and one cell in the last",
    "a row given twice",
)


@pytest.mark.parametrize("file", [f for f in GALLERY if f.name in FIRST_MET_HERE],
                         ids=lambda file: file.name)  # fmt: skip
def test_a_hostile_file_is_refused_in_a_sentence_or_does_no_harm(
    tmp_path: Path, good_parts: Parts, file: Hostile
) -> None:
    book = tmp_path / f"book{file.suffix}"
    file.make(book, dict(good_parts))
    before = book.read_bytes()
    answer = run("check", book, preview=not file.says)
    assert book.read_bytes() == before
    if file.says:
        assert answer.exit is Exit.UNREADABLE
        assert re.search(file.says, answer.said[0])
    else:
        assert answer.exit is Exit.DONE


def test_the_gallery_has_every_file_that_is_tested_here() -> None:
    assert set(FIRST_MET_HERE) < {file.name for file in GALLERY}
    assert len({file.name for file in GALLERY}) == len(GALLERY) > 100

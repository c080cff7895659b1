"""XML that two readers could read as two values, or that means nothing: a sentence, no guess."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ar_xl.core.findings import Exit
from proofs.hostile.books import run, sheet_of
from proofs.hostile.gallery import Parts, shared_xml, swapped, with_shared
from proofs.hostile.rawzip import of_parts

CONTRADICTIONS: dict[str, tuple[bytes, bytes, str]] = {
    "two values in a cell": (b"<v>1200.5</v>", b"<v>1200.5</v><v>9</v>", "two values"),
    "two texts in a cell": (b"<t>ACME</t>", b"<t>ACME</t><t>BETA</t>", "two values"),
    "a formula within a text": (b"<t>ACME</t>", b"<t>AC<f>1+1</f>ME</t>", "cut by a tag"),
    "two inline strings in a cell": (b"<is>", b"<is><t>X</t></is><is>", "two values"),
    "columns without a first one": (b' min="1" max="1"', b' max="1"', "`min` should be"),
    "columns that end before they begin": (b'min="2" max="2"', b'min="2" max="1"', "columns"),
    "a format of a column that is no number": (b'style="19"', b'style="x"', "`style` should be"),
}


def with_(parts: Parts, old: bytes, new: bytes) -> Parts:
    return swapped(parts, sheet_of(parts, "Invoices"), old, new)


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_contradiction_in_a_sheet_is_refused(
    tmp_path: Path, good_parts: Parts, name: str
) -> None:
    old, new, says = CONTRADICTIONS[name]
    book = of_parts(tmp_path / "book.xlsx", with_(good_parts, old, new))
    before = book.read_bytes()
    answer = run("post-invoices", book)
    assert answer.exit is Exit.UNREADABLE
    assert says in answer.said[0]
    assert book.read_bytes() == before


def test_a_shared_text_given_twice_is_refused(tmp_path: Path, good_parts: Parts) -> None:
    shared = shared_xml("<si><t>ACME</t><t>BETA</t></si>").encode()
    book = of_parts(tmp_path / "book.xlsx", with_shared(good_parts, shared))
    answer = run("post-invoices", book)
    assert answer.exit is Exit.UNREADABLE
    assert "a text twice" in answer.said[0]


@pytest.mark.parametrize("attribute", ["activeTab", "firstSheet"])
def test_a_shown_sheet_that_is_no_number_is_refused(
    tmp_path: Path, good_parts: Parts, attribute: str
) -> None:
    part = re.sub(rb' (activeTab|firstSheet)="[0-9]+"', b"", good_parts["xl/workbook.xml"])
    view = f'<workbookView {attribute}="x" '.encode()
    parts = good_parts | {"xl/workbook.xml": part.replace(b"<workbookView ", view)}
    answer = run("post-invoices", of_parts(tmp_path / "book.xlsx", parts))
    assert answer.exit is Exit.UNREADABLE
    assert attribute in answer.said[0]

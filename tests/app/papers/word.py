"""Word templates for tests: a few paragraphs, and what somebody might have put into the file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from ar_xl.app.papers.letterfields import values_of
from ar_xl.app.papers.wording import Wording
from ar_xl.app.papers.wordletter import read_template
from ar_xl.core.policy import LadderStep, Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.collecting.letters import letters
from tests.posted_lines import book

END = date(2013, 3, 31)


@cache
def _blank() -> bytes:
    doc = Document()
    for style in doc.styles.element.findall(qn("w:style")):  # 160 of them, and slow to read
        doc.styles.element.remove(style)
    for name, relation in list(doc.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            del doc.part.rels[name]
    made = io.BytesIO()
    doc.save(made)
    return made.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a file by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A file with parts added or replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, each in {**parts_of(content), **parts}.items():
            archive.writestr(name, each)
    return made.getvalue()


def template(*paragraphs: str, body: str = "") -> bytes:
    """A template of paragraphs; `body` is XML instead of them."""
    made = body or "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    xml = parts_of(_blank())["word/document.xml"].decode()
    return with_parts(
        _blank(), {"word/document.xml": re.sub("<w:body>", f"<w:body>{made}", xml).encode()}
    )


def with_link(kind: str, target: str, outside: bool = True) -> bytes:
    """A template with a link to something else."""
    name = "word/_rels/document.xml.rels"
    mode = ' TargetMode="External"' if outside else ""
    link = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{target}"{mode}/></Relationships>'
    )
    links = parts_of(_blank())[name].decode().replace("</Relationships>", link)
    return with_parts(_blank(), {name: links.encode()})


def values(**customer: str) -> dict[str, Any]:
    """The fields of a letter: 1,000 open of which 120 are in dispute, and 30 euros."""
    lines = """
        invoice A1 Acme 2013-01-01 1000.00 due=2013-02-28
        dispute A1 2013-03-01 120.00
        invoice A2 Acme 2013-01-01 30.00 due=2013-03-15 cur=EUR
        """
    settings = default_settings(company="Sons & Co", signed_by="M. Manager")
    books = book(lines, Policy(settings, ladder=(LadderStep("First", 5, "Letter"),)))
    run = letters(books, END)
    return values_of(run.now[0], run.late, END, "1", customer, settings, Wording("en"))


def filled(content: bytes, **customer: str) -> list[str]:
    """The paragraphs of the letter that a template makes."""
    made = read_template("Test.docx", content).letter(values(**customer), "Test", "Sons & Co", END)
    return [paragraph.text for paragraph in Document(io.BytesIO(made)).paragraphs if paragraph.text]

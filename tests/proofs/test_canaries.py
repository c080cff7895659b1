"""The search of proofs.canaries finds a text whatever it is packed in."""

from __future__ import annotations

import io
import zipfile
from email.headerregistry import Address

import pytest

from ar_xl.app.papers.drawing import A4, Page, pdf
from ar_xl.app.papers.mail import Attachment, Message, draft
from proofs.canaries.searching import canaries_in

BIRD = "zq101k0w"


def in_pdf() -> bytes:
    page = Page()
    page.text(60, 60, f"Pay {BIRD} now")
    return pdf([[page]], A4, "Letter", "House")


def in_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:t>{BIRD[:4]}</w:t><w:t>{BIRD[4:]}</w:t>")
    return out.getvalue()


def in_mail() -> bytes:
    ours = Address("House", "ar", "house.example")
    return draft(Message(ours, (ours,), "Hello", "Hello", [Attachment("a.pdf", in_pdf())]))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", in_pdf()),
        ("a.docx", in_zip()),
        ("a.eml", in_mail()),
        ("a.log", BIRD.upper().encode()),
        ("a.bin", BIRD.encode("utf-16-le")),
        (f"{BIRD}.txt", b""),
    ],
)
def test_a_canary_is_found(name: str, content: bytes) -> None:
    assert canaries_in(name, content, {BIRD, "zq999k9w"}) == {BIRD}

"""Settings read back from an add-in, which anybody may have written."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from ar_xl.addin.contents import settings_of
from ar_xl.app.commands.addin import content

_SHEET = "xl/worksheets/sheet1.xml"
_BOMB = """<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>"""


def _package(sheet: str | bytes, *others: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        package.writestr(_SHEET, sheet)
        for other in others:
            package.writestr(other, b"")
    return made.getvalue()


def test_what_was_built_is_read_back() -> None:
    given = {"python": r"C:\Users\José & <Söhne>\python.exe", "ar_xl": "1.2.3"}
    found = settings_of(content(given))
    assert found is not None
    assert {**found, **given} == found
    assert list(found) == ["python", "ar_xl", "xlwings", "agent"]


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"PK\3\4",
        b"plain text",
        _package("<worksheet"),
        _package(_BOMB, "xl/vbaProject.bin"),
        _package("<worksheet/>", "xl/vbaProject.bin"),
        _package(b" " * 1_000_001, "xl/vbaProject.bin"),
        _package("<worksheet/>"),
    ],
    ids=["empty", "cut", "text", "broken", "bomb", "no settings", "too large", "no macros"],
)
def test_another_file_is_none_of_ours(file: bytes) -> None:
    assert settings_of(file) is None


def test_a_file_cut_anywhere_is_none_of_ours() -> None:
    whole = content()
    for length in range(0, len(whole), max(1, len(whole) // 50)):
        assert settings_of(whole[:length]) is None

"""The page about the tables cannot go stale."""

from __future__ import annotations

from pathlib import Path

from ar_xl.book.schemadocs import render

PAGE = Path(__file__).resolve().parents[2] / "docs" / "SCHEMA.md"


def test_the_page_about_the_tables_is_the_one_their_declaration_gives() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), (
        "run: python -c \"from pathlib import Path; from ar_xl.book.schemadocs import render; "
        "Path('docs/SCHEMA.md').write_text(render(), encoding='utf-8', newline='\\n')\""
    )

"""docs/ERRORS.md says what the source says."""

from __future__ import annotations

from pathlib import Path

from ar_xl.app.errordocs import render
from ar_xl.core.findings import CODES

ROOT = Path(__file__).resolve().parents[2]


def test_the_error_page_is_as_the_source_declares() -> None:
    written = (ROOT / "docs" / "ERRORS.md").read_text(encoding="utf-8")
    assert written == render(), "run: python -m ar_xl.app.errordocs > docs/ERRORS.md"


def test_every_code_says_what_to_expect_and_what_to_do() -> None:
    page = render()
    assert len(CODES) > 50
    for name, code in CODES.items():
        assert f"| `{name}` |" in page
        assert code.expected, name
        assert code.fix.endswith((".", '"')), name
        assert code.fix[0].isupper(), name

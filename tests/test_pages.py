"""Generated pages cannot go stale."""

from __future__ import annotations

import pytest

from tests.pages import DOCS, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_what_its_source_says(name: str) -> None:
    said = (DOCS / name).read_text(encoding="utf-8")
    assert said == PAGES[name](), "run: python -m tests.pages"

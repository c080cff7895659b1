"""Generated pages cannot go stale."""

from __future__ import annotations

import pytest

from tests.pages import DOCS, PAGES
from tests.pictures.files import PICTURES, fingerprint, made_from


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_what_its_source_says(name: str) -> None:
    said = (DOCS / name).read_text(encoding="utf-8")
    assert said == PAGES[name](), "run: python -m tests.pages"


@pytest.mark.parametrize("name", PICTURES)
def test_the_picture_shows_the_buttons_that_there_are(name: str) -> None:
    svg = PICTURES[name]()
    kept = DOCS / "pictures" / name
    assert kept.with_suffix(".svg").read_text(encoding="utf-8") == svg, "run: python -m tests.pages"
    made = kept.with_suffix(".png").read_bytes()
    assert made_from(made) == fingerprint(svg), "run: python -m tests.pages"

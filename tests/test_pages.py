"""Generated pages cannot go stale."""

from __future__ import annotations

import re
from pathlib import Path

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


def _anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title).strip().lower().replace(" ", "-") for title in titles}


@pytest.mark.parametrize(
    "page", [*DOCS.parent.glob("*.md"), *DOCS.rglob("*.md")], ids=lambda page: page.name
)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not target.startswith(("http:", "https:", "mailto:")):
            name, _, anchor = target.partition("#")
            place = (page.parent / name) if name else page
            assert place.exists(), f"{page.name}: {target}"
            assert not anchor or anchor in _anchors(place), f"{page.name}: {target}"

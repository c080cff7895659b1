"""The pages that Help opens: whole, with their pictures, and offline."""

from __future__ import annotations

import re
import tomllib
from html import unescape
from pathlib import Path

import pytest

from ar_xl.app.buttons import all_ids, buttons
from ar_xl.app.flows.pages import as_html, write_page
from tests.pages import DOCS

PAGES = [str(dict(each.fixed)["page"]) for each in all_ids().values() if each.action == "page"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_every_word_and_leads_nowhere_else(name: str, tmp_path: Path) -> None:
    html = write_page(name, tmp_path).read_text(encoding="utf-8")
    assert not re.findall(r"(?:href|src)\s*=|url\((?!#)", html)
    said = unescape(re.sub(r"<[^>]+>", "", html))
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)", "", _text(name))
    assert [word for word in re.findall(r"[A-Za-z]{4,}", text) if word not in said] == []
    assert "![" not in html
    assert "**" not in html


def _text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_a_dash_in_an_entry_of_a_list_begins_no_other() -> None:
    html = as_html("# T\n\n- one - with a dash\n  and more\n- two\n", str)
    assert "<ul><li>one - with a dash and more</li><li>two</li></ul>" in html


def test_the_page_of_the_buttons_shows_the_ribbon(tmp_path: Path) -> None:
    html = write_page("RIBBON.md", tmp_path).read_text(encoding="utf-8")
    assert html.count("<svg") == _text("RIBBON.md").count("](pictures/")
    assert all(f">{button.label}<" in html for button in buttons())


@pytest.mark.parametrize("name", [*PAGES, "pictures"])
def test_a_page_is_installed_with_the_package(name: str) -> None:
    project = tomllib.loads((DOCS.parent / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert shipped[f"docs/{name}"] == f"ar_xl/help/{name}"

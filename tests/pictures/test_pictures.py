"""The pictures show the ribbon as it is, and can be read."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from ar_xl.app.buttons import Button, buttons
from ar_xl.app.questions import Needs
from tests.addin.known_names import LOOKED_UP
from tests.pictures.files import OTHER, PICTURES, fingerprint, made_from, png
from tests.pictures.glyphs import GLYPHS
from tests.pictures.ribbon import picture
from tests.pictures.svg import ASIDE, GREEN, INK, PAPER, width

SVG = "{http://www.w3.org/2000/svg}"


def _texts(svg: str) -> list[Element]:
    return list(fromstring(svg).iter(f"{SVG}text"))


def _said(svg: str) -> set[str]:
    return {text.text or "" for text in _texts(svg)}


def _light(colour: str) -> float:
    """Relative luminance as WCAG 2 reckons it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_icon_that_may_be_used_has_a_drawing() -> None:
    assert set(GLYPHS) == LOOKED_UP - {"TabData"}


def test_the_ribbon_shows_every_button_and_group_in_its_words() -> None:
    said = _said(PICTURES["ribbon"]())
    for button in buttons():
        words = {button.label} if not button.large else set(button.label.split(" ", 1))
        assert words | {button.group} <= said, button.id


def test_in_another_workbook_only_what_makes_one_of_ours_is_lit() -> None:
    texts = _texts(PICTURES["ribbon-other-workbook"]())
    ink = {text.text for text in texts if text.get("fill") == INK}
    for button in buttons():
        assert (button.label.split(" ")[0] in ink or button.label in ink) == (
            button.needs is not Needs.OURS
        ), button.id
    assert any(OTHER in (text.text or "") for text in texts)


def test_the_key_tips_are_all_there() -> None:
    assert {button.keytip for button in buttons()} <= _said(PICTURES["ribbon-keytips"]())


def test_the_tip_holds_every_word_of_the_button() -> None:
    shown = next(button for button in buttons() if button.id == "arPostInvoices")
    said = " ".join(text.text or "" for text in _texts(PICTURES["ribbon-tip"]()))
    assert shown.screentip in said
    assert shown.supertip in said


@pytest.mark.parametrize("name", ["ribbon", "ribbon-other-workbook", "ribbon-keytips"])
def test_no_word_runs_into_the_next(name: str) -> None:
    lines: dict[str, list[tuple[float, float, str]]] = {}
    for text in fromstring(PICTURES[name]()).findall(f"{SVG}text"):
        words = text.text or ""
        wide = width(words, float(text.attrib["font-size"]))
        left = float(text.attrib["x"]) - (wide / 2 if text.get("text-anchor") == "middle" else 0)
        lines.setdefault(text.attrib["y"], []).append((left, left + wide, words))
    for line in lines.values():
        for (_, end, first), (start, _, second) in pairwise(sorted(line)):
            assert end + 4 <= start, f"{first} runs into {second}"


@pytest.mark.parametrize("colour", [INK, ASIDE, GREEN])
def test_what_is_lit_can_be_read_by_weak_eyes(colour: str) -> None:
    assert (_light(PAPER) + 0.05) / (_light(colour) + 0.05) >= 4.5


def test_a_label_that_changed_makes_the_kept_picture_stale() -> None:
    def lit(_: Button) -> bool:
        return True

    shown = buttons()
    before = picture(shown, "A.xlsx", lit)
    after = picture([*shown[:-1], replace(shown[-1], label="Aid")], "A.xlsx", lit)
    made = png(before)
    assert made_from(made) == fingerprint(before) != fingerprint(after)
    assert made_from(made.replace(b"Source SHA", b"Sourde SHA")) == ""

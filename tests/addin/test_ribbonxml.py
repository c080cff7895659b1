"""The ribbon that is generated is one that Excel takes, and what it would not take is found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from defusedxml.ElementTree import fromstring

from ar_xl.addin.ribbonxml import render
from ar_xl.app.buttons import TAB, TAB_KEYTIP, buttons
from ar_xl.app.catalogue import COMMANDS
from tests.addin.customui import NAMESPACE, names, problems
from tests.addin.known_names import LOOKED_UP

RIBBON = render(TAB, TAB_KEYTIP, buttons())


def test_a_strict_reader_takes_it() -> None:
    assert problems(RIBBON) == []


def test_office_knows_every_icon_and_tab_that_it_names() -> None:
    assert names(RIBBON) - LOOKED_UP == set()
    assert {command.icon for command in COMMANDS.values()} - LOOKED_UP == set()


def test_it_holds_every_button_once_with_its_words_and_what_it_needs() -> None:
    shown = {each.get("id"): each for each in fromstring(RIBBON).iter() if each.get("supertip")}
    flat = [each for button in buttons() for each in (button, *button.items)]
    assert set(shown) == {each.id for each in flat}
    for each in flat:
        given = shown[each.id].attrib
        said = (each.label, each.screentip, each.supertip, each.needs.value, each.icon)
        found = tuple(given[key] for key in ("label", "screentip", "supertip", "tag", "imageMso"))
        assert found == said
        assert ("onAction" in given) == (not each.items)


def test_the_same_buttons_give_the_same_text() -> None:
    assert render(TAB, TAB_KEYTIP, buttons()) == RIBBON


def test_words_with_marks_of_xml_arrive_as_they_are() -> None:
    odd = replace(buttons()[0], supertip="A <B> & \"C\" 'D'")
    text = render(TAB, TAB_KEYTIP, [odd])
    (button,) = fromstring(text).iter(f"{{{NAMESPACE}}}button")
    assert button.get("supertip") == odd.supertip
    assert problems(text) == []


@pytest.mark.parametrize(
    ("right", "wrong", "found"),
    [
        ('keytip="PI"', 'keytip="PINV"', "button keytip: PINV"),
        ('id="arCheck"', 'id="arAging"', "arAging is there twice"),
        ('tag="ours"', 'tag="mine"', "button tag: mine"),
        ('label="Close"', 'label="Close & Lock"', "button label: Close & Lock"),
        ('size="large"', 'size="huge"', "button size: huge"),
        ('imageMso="Undo"', 'imageMso="Undo" image="u"', "button takes no image"),
        ("ArRibbon.ArPress", "ArPress", "button onAction: ArPress"),
        (' getEnabled="ArRibbon.ArEnabled"', "", "button lacks getEnabled"),
        ('id="arAbout"', 'id="arAbout" size="large"', "an entry of a menu takes no size"),
        ("2009/07", "2006/01", "namespace"),
    ],
)
def test_a_planted_mistake_is_found(right: str, wrong: str, found: str) -> None:
    planted = RIBBON.replace(right, wrong).replace("Close & Lock", "Close &amp; Lock")
    assert planted != RIBBON
    assert found in problems(planted)


@pytest.mark.parametrize("name", ["SpellingMenu", "CalendarMonth", "PhoneNumber", "ImportTextFile"])
def test_an_icon_that_sounds_right_and_is_none_is_found(name: str) -> None:
    assert name in names(RIBBON.replace('imageMso="Undo"', f'imageMso="{name}"')) - LOOKED_UP

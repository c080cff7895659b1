"""Whatever stands in a registry, a macro or a setting: it stays a text, or it is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from ar_xl.addin import build, ribbonxml, strict
from ar_xl.addin.problem import CannotBuild
from ar_xl.addin.stubs import help_texts, stubs
from ar_xl.app.buttons import TAB, TAB_KEYTIP, buttons
from ar_xl.functions.catalogue import FUNCTIONS
from ar_xl.functions.registry import Function
from tests.addin.making import MACROS, addin

STAYS = [
    'the "due" date',
    '" & Shell("calc") & "',
    '": Kill "*',
    "it's ' no comment",
    "goes on _",
    "a & b < c > d",
    "</customUI><!-- ]]>",
    "%COMSPEC% $(CLSID) {0} \\n",
    "é – € ™",
]
REFUSED = [
    "two\nlines",
    "two\rlines",
    "a\x00b",
    "a\x1bb",
    "日本",
    "→",
    "\u2028",
    "\x85",
    "\ud800",
    "",
]


def told(tip: str) -> tuple[Function, ...]:
    first = FUNCTIONS[0]
    argument = replace(first.arguments[0], help=tip)
    return (replace(first, help=tip, arguments=(argument, *first.arguments[1:])),)


def macros_of(tip: str) -> tuple[str, ...]:
    return (*MACROS, stubs(told(tip)), help_texts(told(tip)))


@pytest.mark.parametrize("tip", STAYS)
def test_a_tip_stays_one_text_within_its_line(tip: str) -> None:
    modules = {
        each.name: each.source for each in strict.read(addin(macros_of(tip))).project.modules
    }
    literal = '"' + tip.replace('"', '""') + '"'
    name = FUNCTIONS[0].name
    assert f"Attribute {name}.VB_Description = {literal}\r\n" in modules["ArFunctions"]
    assert f'    ArTell "{name}", {literal}, Array( _\r\n        {literal}' in modules["ArRegister"]


@pytest.mark.parametrize("tip", REFUSED, ids=ascii)
def test_a_tip_that_vba_cannot_hold_is_refused(tip: str) -> None:
    with pytest.raises(CannotBuild):
        addin(macros_of(tip))


@pytest.mark.parametrize("tip", [*STAYS, "日本", "two\nlines", "tab\there"])
def test_a_label_of_the_ribbon_arrives_as_it_is(tip: str) -> None:
    odd = replace(buttons()[0], label=tip, supertip=tip)
    made = strict.read(addin(ribbon=ribbonxml.render(TAB, TAB_KEYTIP, [odd])))
    shown = [each for each in fromstring(made.ribbon).iter() if each.get("id") == odd.id]
    assert [(each.get("label"), each.get("supertip")) for each in shown] == [(tip, tip)]


@pytest.mark.parametrize("tip", ["a\x00b", "a\x07b", "\ud800", "\uffff"], ids=ascii)
def test_a_label_that_xml_cannot_hold_is_refused(tip: str) -> None:
    with pytest.raises(CannotBuild, match="The ribbon has a character"):
        addin(ribbon=ribbonxml.render(TAB, TAB_KEYTIP, [replace(buttons()[0], label=tip)]))


def test_a_macro_that_is_not_utf_8_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "ArCalls.bas").write_bytes(
        'Attribute VB_Name = "ArCalls"\n\' año\n'.encode("cp1252")
    )
    monkeypatch.setattr(build, "_PLACES", (tmp_path,))
    with pytest.raises(CannotBuild, match=r"ArCalls\.bas is not saved as UTF-8"):
        build.hand_written()

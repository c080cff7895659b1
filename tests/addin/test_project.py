"""A VBA project: exported text becomes stored text, and what cannot be stored is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ar_xl.addin import strictcompound, strictproject
from ar_xl.addin.problem import CannotBuild, Deviation
from ar_xl.addin.project import Kind, Module, encrypt, module, write
from tests.addin.making import CLASS, macro


def streams_of(*modules: Module) -> dict[str, bytes]:
    return strictcompound.read(write("ArXl", modules))


def test_a_standard_module_is_stored_as_exported_with_windows_line_ends() -> None:
    for end in ("\n", "\r\n", "\r"):
        made = module(macro("ArCalls", "Option Explicit\n\n' año\n").replace("\n", end))
        assert made.kind is Kind.STANDARD
        assert made.source == ('Attribute VB_Name = "ArCalls"\r\nOption Explicit\r\n\r\n\' año\r\n')


def test_a_class_loses_the_head_of_its_export_and_gets_its_base() -> None:
    made = module(CLASS)
    assert (made.name, made.kind) == ("ArEvents", Kind.CLASS)
    first, second = made.source.split("\r\n")[:2]
    assert first == 'Attribute VB_Name = "ArEvents"'
    assert second == 'Attribute VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"'
    assert "MultiUse" not in made.source
    assert made.source.endswith("Option Explicit\r\nPublic WithEvents App As Application\r\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Option Explicit\n", "first line has to be"),
        ("", "first line has to be"),
        (macro("Ar-Calls"), "cannot be the name"),
        (macro("1Ar"), "cannot be the name"),
        (macro("A" * 32), "cannot be the name"),
        (macro("Año"), "cannot be the name"),
        (macro("Ar", "' Παράδειγμα\n"), "Ar, line 2: VBA cannot store"),
        (macro("Ar", "' one\n' \x81\n"), "Ar, line 3: VBA cannot store"),
        (macro("Ar", "' page\x0cbreak\n"), "control character"),
        ("VERSION 1.0 CLASS\nOption Explicit\n", "begins with VERSION 1.0 CLASS"),
        ("VERSION 1.0 CLASS\nBEGIN\nEND\nOption Explicit\n", "cannot be the name"),
    ],
)
def test_a_text_that_vba_cannot_store_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(CannotBuild, match=said):
        module(text)


def test_two_modules_of_one_name_are_refused() -> None:
    with pytest.raises(CannotBuild, match="two modules called arcalls"):
        write("ArXl", [module(macro("ArCalls")), module(macro("arcalls"))][::-1])


LINES = st.text(
    st.sampled_from("abcdefgh ()=\"'é€\t") | st.characters(codec="cp1252", categories=["L"]),
    max_size=60,
)


@settings(max_examples=25)
@given(st.lists(st.lists(LINES, max_size=80).map("\n".join), min_size=1, max_size=30))
def test_projects_of_any_text_and_number_of_modules_come_out(texts: list[str]) -> None:
    modules = [module(macro(f"M{number}", text)) for number, text in enumerate(texts)]
    found = strictproject.read(streams_of(*modules))
    assert [(each.name, each.source) for each in found.modules] == [
        (each.name, each.source) for each in modules
    ]


def test_a_module_of_half_a_megabyte_comes_out() -> None:
    text = "".join(f"Public Const C{number} = {number * 7919}\n" for number in range(15_000))
    made = module(macro("Large", text))
    assert strictproject.read(streams_of(made)).modules[0].source == made.source


@given(st.binary(max_size=40), st.integers(0, 255))
def test_what_is_hidden_in_the_project_stream_can_be_revealed(plain: bytes, seed: int) -> None:
    hidden = bytes.fromhex(encrypt(plain, seed))
    assert strictproject._revealed(hidden, "{6B1D4F0E-93D0-5C0B-8C5A-2B7B0C8B3A41}") == plain


STREAMS = streams_of(module(macro("ArCalls")), module(CLASS))


@pytest.mark.parametrize(
    ("stream", "old", "new", "said"),
    [
        ("PROJECT", b'Name="ArXl"', b'Name="Other"', "name, help or version"),
        ("PROJECT", b"Module=ArCalls", b"Class=ArCalls", "two kinds"),
        ("PROJECT", b"ArCalls", b"ArOther", "lists of modules differ"),
        ("PROJECT", b'ID="{6B', b'ID="{6C', "hidden for another project"),
        ("PROJECT", b"0, 0, 0, 0, C", b"1, 0, 0, 0, C", "its end is another"),
        ("PROJECT", b"\r\nCMG=", b"\r\nCMG =", "CMG is another"),
        ("PROJECTwm", b"ArCalls\0", b"ArCallz\0", "a name is"),
        ("PROJECTwm", b"\0\0\0", b"\0\0\0\0", "is"),
        ("VBA/_VBA_PROJECT", b"\xff\xff", b"\xb5\x00", "compiled code"),
    ],
)
def test_a_changed_project_is_told_from_ours(
    stream: str, old: bytes, new: bytes, said: str
) -> None:
    assert old in STREAMS[stream]
    with pytest.raises(Deviation, match=said):
        strictproject.read({**STREAMS, stream: STREAMS[stream].replace(old, new)})


def test_a_stream_too_many_or_too_few_is_found() -> None:
    with pytest.raises(Deviation, match="nothing lists"):
        strictproject.read({**STREAMS, "VBA/__SRP_0": b"compiled"})
    for name in STREAMS:
        with pytest.raises(Deviation, match="is missing"):
            strictproject.read({key: STREAMS[key] for key in STREAMS if key != name})

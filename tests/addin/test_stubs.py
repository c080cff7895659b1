"""Worksheet functions as VBA: what is written for Excel, and what is refused."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from ar_xl.addin.problem import CannotBuild
from ar_xl.addin.stubs import help_texts, stamped, stubs


@dataclass(frozen=True)
class Of:
    name: str
    help: str = "What it takes."
    optional: bool = False


@dataclass(frozen=True)
class Made:
    name: str
    help: str
    arguments: tuple[Of, ...]


def made(name: str = "AR_X", help_text: str = "Says so.", *arguments: Of) -> tuple[Made]:
    return (Made(name, help_text, arguments),)


def test_a_stub_hands_its_arguments_on_as_they_were_typed() -> None:
    text = stubs(made("AR_DUE", 'The "due" date.', Of("day"), Of("terms", optional=True)))
    assert text.split("\n")[4:9] == [
        "Public Function AR_DUE(day As Variant, Optional terms As Variant) As Variant",
        'Attribute AR_DUE.VB_Description = "The ""due"" date."',
        'Attribute AR_DUE.VB_ProcData.VB_Invoke_Func = " \\n14"',
        '    AR_DUE = ArCall("AR_DUE", Array(day, terms))',
        "End Function",
    ]


def test_an_argument_whose_word_vba_keeps_gets_a_stroke() -> None:
    assert "AR_X(currency_ As Variant)" in stubs(made("AR_X", "Says so.", Of("currency")))


def test_the_wizard_is_told_the_help_of_each_argument() -> None:
    assert 'ArTell "AR_X", "Says so.", Array( _\n        "What it takes.")' in help_texts(
        made("AR_X", "Says so.", Of("day"))
    )
    assert 'ArTell "AR_X", "Says so.", Array()' in help_texts(made())


@pytest.mark.parametrize(
    "name", ["AR30", "XFD1048576", "R1C1", "RC", "TRUE", "ar_x", "_AR", "AR X"]
)
def test_a_name_that_reads_like_a_cell_or_is_none_is_refused(name: str) -> None:
    with pytest.raises(CannotBuild, match="cannot be the name of a worksheet function"):
        stubs(made(name))


@pytest.mark.parametrize("name", ["Day", "due date", "1st", ""])
def test_an_argument_without_a_proper_name_is_refused(name: str) -> None:
    with pytest.raises(CannotBuild, match="cannot be the name of an argument"):
        stubs(made("AR_X", "Says so.", Of(name)))


def test_what_must_be_given_cannot_follow_what_may_be_left_out() -> None:
    with pytest.raises(CannotBuild, match="second must be given"):
        stubs(made("AR_X", "Says so.", Of("first", optional=True), Of("second")))


def test_more_arguments_than_the_stubs_take_are_refused() -> None:
    with pytest.raises(CannotBuild, match="more than 20 arguments"):
        stubs(made("AR_X", "Says so.", *(Of(f"a{n}") for n in range(21))))


@pytest.mark.parametrize("text", ["", "x" * 256, "two\nlines"])
def test_a_help_text_excel_would_not_take_is_refused(text: str) -> None:
    with pytest.raises(CannotBuild, match="AR_X: its help has"):
        help_texts(made("AR_X", text))


def test_a_help_text_of_255_characters_is_taken() -> None:
    assert "x" * 255 in stubs(made("AR_X", "x" * 255))


def test_the_version_of_xlwings_is_stamped_and_nothing_else_can_be() -> None:
    assert stamped('Lib "xlwings64-@XLWINGS@.dll"', "0.37.8") == 'Lib "xlwings64-0.37.8.dll"'
    with pytest.raises(CannotBuild, match="says its version"):
        stamped("@XLWINGS@", '0.37" (x')

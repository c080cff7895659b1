"""The buttons of the ribbon come from the commands, and can be told apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from ar_xl.app import buttons as ribbon
from ar_xl.app.buttons import all_ids, buttons, free_keytip, start_text
from ar_xl.app.catalogue import COMMANDS
from ar_xl.app.faces.ribbon import FACES
from ar_xl.app.questions import Kind, Question, Start
from ar_xl.app.registry import Command, Parameter
from ar_xl.app.specials import SPECIAL

COMMON = {"as_of", "reason", "user", "book"}
LATER = {
    name: Command(name, "Daily", "DollarSign", "What it does.", "control:check_command")
    for name in ("deposit", "statements", "letters", "explain", "reconcile")
}
EVERYTHING = buttons(LATER | COMMANDS)
PRESSED = all_ids(EVERYTHING)


def _clashing(tips: Iterable[str]) -> list[tuple[str, str]]:
    every = list(tips)
    return [
        (one, other)
        for at, one in enumerate(every)
        for place, other in enumerate(every)
        if at != place and other.startswith(one)
    ]


def test_every_command_of_the_catalogue_has_its_button() -> None:
    assert set(COMMANDS) == {button.command for button in buttons()} & set(COMMANDS)


def test_a_command_gets_its_button_when_it_is_declared_and_not_before() -> None:
    before = {button.id for button in buttons({"check": COMMANDS["check"]})}
    assert "arDeposit" not in before
    assert {"arDeposit", "arStatements", "arLetters"} <= {button.id for button in EVERYTHING}


def test_a_command_that_nobody_has_worded_gets_a_small_button_that_asks_what_it_must_know() -> None:
    new = Command(
        "match-bank", "Control", "Filter", "Bank lines.", "control:check_command",
        (Parameter("line", "Which line?", required=True), Parameter("note", "A note.")),
    )  # fmt: skip
    made = {button.id: button for button in buttons({**COMMANDS, "match-bank": new})}["arMatchBank"]
    assert (made.label, made.group, made.large, made.supertip) == (
        "Match Bank", "Control", False, "Bank lines."
    )  # fmt: skip
    assert [question.parameter for question in made.questions] == ["line"]
    assert made.posts


def test_the_groups_stand_in_the_order_of_the_work() -> None:
    groups = [button.group for button in EVERYTHING]
    assert list(dict.fromkeys(groups)) == list(ribbon.GROUPS)


def test_ids_are_unique() -> None:
    pressed = sum(len(button.items) or 1 for button in EVERYTHING)
    assert len({button.label for button in EVERYTHING}) == len(EVERYTHING)
    assert len(PRESSED) == pressed
    assert not {button.id for button in EVERYTHING if button.items} & set(PRESSED)


def test_key_tips_are_short_and_none_begins_another() -> None:
    layers = [[button.keytip for button in EVERYTHING]]
    layers += [[item.keytip for item in button.items] for button in EVERYTHING]
    for layer in layers:
        assert all(tip.isupper() and tip.isalnum() and len(tip) <= 3 for tip in layer)
        assert not _clashing(layer)
    assert _clashing(["A", "B", "AB"]) == [("A", "AB")]
    assert _clashing(["A", "A"])


def test_a_key_tip_is_found_beside_any_others() -> None:
    assert free_keytip("Plan", ["P"]) == "LL"
    assert free_keytip("Plan", ["PI", "PP"]) == "PL"


@pytest.mark.parametrize("button", PRESSED.values(), ids=lambda button: button.id)
def test_a_button_says_what_it_does_in_words_that_fit(button: ribbon.Button) -> None:
    assert 1 <= len(button.label) <= 24
    assert max(map(len, button.label.split())) <= 12, "a word has to fit on a large button"
    assert 1 <= len(button.screentip) <= 60
    assert 1 <= len(button.supertip) <= 240
    said = [button.supertip, button.confirm, *(each.words for each in button.questions)]
    assert not [text for text in said if "--" in text], "an option of the command line"
    assert bool(button.command) != bool(button.action)


@pytest.mark.parametrize(
    "button", [each for each in PRESSED.values() if each.command], ids=lambda button: button.id
)
def test_a_button_asks_for_what_its_command_takes_and_for_all_it_must_have(
    button: ribbon.Button,
) -> None:
    special = {each.name: each for each in SPECIAL}
    command = COMMANDS.get(button.command) or LATER.get(button.command) or special[button.command]
    known = {parameter.name for parameter in command.parameters}
    given = {question.parameter for question in button.questions}
    fixed = {name for name, _ in button.fixed}
    if button.command != "explain":
        assert given | fixed <= known | COMMON
    required = {parameter.name for parameter in command.parameters if parameter.required}
    assert required <= given | fixed


def test_a_button_of_a_command_that_posts_asks_before_it_does() -> None:
    quiet = {
        "check", "aging", "collections", "explain", "statements", "new", "forecast", "send",
        "overview",
    }  # fmt: skip
    for button in PRESSED.values():
        command = COMMANDS.get(button.command)
        if button.id == "arFeesWhatIf":  # the same command as Late Fees, and posts nothing
            assert not button.posts
            continue
        if ("templates", True) in button.fixed:  # files that are not there yet: nothing to lose
            continue
        assert button.posts == bool(
            button.command not in quiet and (command is None or command.writes) and button.command
        ), button.id


def test_choices_are_those_of_the_command() -> None:
    for face in FACES:
        command = COMMANDS.get(face.command)
        for question in face.questions:
            of = {each.name: each for each in command.parameters} if command else {}
            wanted = of[question.parameter].choices if question.parameter in of else ()
            assert not wanted or wanted == question.choices
            assert (question.kind is Kind.CHOICE) == bool(question.choices)
            assert (question.kind in (Kind.OPEN, Kind.SAVE)) == bool(question.filter)
            assert bool(question.words) == (question.kind is not Kind.TAKEN)


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2026, 11, 3), "2026-10"),
        (date(2026, 11, 20), "2026-10"),
        (date(2026, 11, 21), "2026-11"),
        (date(2027, 1, 5), "2026-12"),
    ],
)
def test_the_month_offered_is_the_one_that_is_being_closed(today: date, month: str) -> None:
    asked = Question("period", "Which month?", Kind.MONTH, Start.MONTH)
    assert start_text(asked, today) == month
    assert start_text(Question("as_of", "When?", start=Start.TODAY), today) == today.isoformat()
    assert start_text(Question("currency", "Which?", text="USD"), today) == "USD"

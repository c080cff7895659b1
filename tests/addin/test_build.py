"""`ar-xl addin build`: the same texts give the same file, and a file of yours stays."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from ar_xl.cli import main


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(*words: str) -> dict[str, object]:
    answer: dict[str, object] = json.loads(CliRunner().invoke(main, [*words, "--json"]).stdout)
    return answer


def test_it_makes_the_file_and_says_its_fingerprint(here: Path) -> None:
    answer = told("addin", "build")
    made = (here / "ar_xl.xlam").read_bytes()
    assert answer["command"] == "addin build"
    assert answer["sha256"] == sha256(made).hexdigest()
    assert told("addin", "build")["sha256"] == answer["sha256"]
    assert [each.name for each in here.iterdir()] == ["ar_xl.xlam"]


def test_a_file_that_is_not_our_add_in_is_left_alone(here: Path) -> None:
    (here / "mine.xlam").write_bytes(b"mine")
    answer = told("addin", "build", "--out", "mine.xlam")
    assert answer["exit"] == 2
    assert (here / "mine.xlam").read_bytes() == b"mine"


def test_another_ending_is_refused(here: Path) -> None:
    assert told("addin", "build", "--out", "ar_xl.xlsx")["exit"] == 2
    assert not list(here.iterdir())


def test_a_wrong_option_of_a_command_of_two_words_is_told_under_its_name(here: Path) -> None:
    answer = told("addin", "build", "--nonsense")
    assert (answer["command"], answer["exit"]) == ("addin build", 2)


def test_a_folder_that_is_not_there_is_named(here: Path) -> None:
    answer = told("addin", "build", "--out", "no/ar_xl.xlam")
    assert (answer["exit"], answer["said"]) == (
        4,
        ["There is no folder no. Make it first, or choose another place with --out."],
    )

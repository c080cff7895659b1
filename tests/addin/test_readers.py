"""The add-in as other programs read it, and that each of them can tell a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.addin import strict
from ar_xl.app.commands.addin import content, macros
from proofs.addin_damage import FAULTS, Fault, damaged
from proofs.addin_readers import by_all, suspicious_words
from proofs.addin_words import EXPLAINED

MADE = content()
WANTED = strict.read(MADE)


def test_every_reader_takes_the_add_in_and_reads_the_same_texts() -> None:
    assert by_all(MADE, WANTED) == {"strict": [], "olefile": [], "olevba": [], "pyOpenVBA": []}


def test_the_texts_that_readers_find_are_those_that_were_put_in() -> None:
    for text in macros():
        if not text.startswith("VERSION"):
            stored = text.rstrip("\n").replace("\n", "\r\n") + "\r\n"
            assert stored in {module.source for module in WANTED.project.modules}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.words)
def test_a_planted_fault_is_noticed_by_the_readers_that_look_there(fault: Fault) -> None:
    complaints = by_all(damaged(MADE, fault), WANTED)
    assert {name for name in complaints if complaints[name]} >= {*fault.noticed_by} - {"SDK"}


def test_words_that_make_virus_scanners_look_are_those_that_we_explain() -> None:
    assert suspicious_words(MADE) == {word: kind for word, (kind, _) in EXPLAINED.items()}
    page = (Path(__file__).parents[2] / "docs" / "ADDIN.md").read_text(encoding="utf-8")
    for word, (_, reason) in EXPLAINED.items():
        assert f"| `{word}` | {reason} |" in page

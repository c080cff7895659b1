"""Workbooks damaged by chance; `python -m proofs.hostile --parts b` damages a thousand."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest

from proofs.hostile.mutations import mutated
from proofs.hostile.survival import survival


@pytest.mark.heavy
def test_a_damaged_workbook_ends_in_a_plain_message_or_a_good_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", tempfile.tempdir)
    tally = survival(None, tmp_path, mutations=30, seed=20, compare=False)
    assert tally.wrong == []
    assert len(tally.outcomes) > 1
    assert sum(tally.outcomes.values()) == 30


def test_damage_of_one_seed_is_the_same_damage(good_book: Path) -> None:
    content = good_book.read_bytes()
    made = [mutated(random.Random(3), content)[1] for _ in range(2)]
    assert made[0] == made[1] != content

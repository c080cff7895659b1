"""A damaged add-in is refused with a sentence, never taken for another and never a crash."""

from __future__ import annotations

from ar_xl.app.commands.addin import content
from proofs.addin_fuzz import run


def test_damaged_add_ins_are_refused_with_a_sentence() -> None:
    told = run(content(), 60, seed=7)
    assert told.wrong == []
    assert not told.same
    assert told.refused.total() > 50

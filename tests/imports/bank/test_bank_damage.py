"""Damaged bank files: a small share of `python -m proofs.bank_fuzz`."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofs.bank_fuzz import fuzz

pytestmark = pytest.mark.shared


@pytest.mark.parametrize("kind", ["mt940__self*", "mt940__m*", "*.bai2", "nacha__*"])
def test_a_damaged_file_ends_in_a_sentence_or_in_rows(shared: Path, kind: str) -> None:
    files = sorted((shared / "data" / "bank").glob(kind))
    found = fuzz(files, seed=2, changes=12)
    assert found.wrong == []
    assert sum(found.ended.values()) == 12 * len(files) > 0

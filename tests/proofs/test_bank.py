"""Real and hostile bank files: a small share of `python -m proofs.bank`."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.book.template import build_template
from proofs import bank
from proofs.bank_files import BROUGHT

pytestmark = pytest.mark.shared
SHARE = ("mt940__mBank_mt940.sta", "genkgo__camt053.v2.multi.statement.xml")


def test_files_bring_what_the_table_says(shared: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.xlsx"
    build_template(empty, company="Proof", currency="USD")
    for name in SHARE:
        came = bank._import(shared / "data" / "bank" / name, empty, tmp_path)
        assert (came.what, came.wrong) == (BROUGHT[name], ()), name
    came = bank._import(shared / "data" / "bad" / "defusedxml__xmlbomb.xml", empty, tmp_path)
    assert came.what == "refused bank_file_not_recognised"


def test_a_file_that_brings_something_else_is_named(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "empty.xlsx"
    build_template(empty, company="Proof", currency="USD")
    monkeypatch.setitem(BROUGHT, SHARE[0], "Proved, 4 lines")
    came = bank._import(shared / "data" / "bank" / SHARE[0], empty, tmp_path)
    assert came.wrong == ("expected: Proved, 4 lines",)

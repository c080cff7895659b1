"""An installation that is cut off leaves the old add-in or the new one, never half of one."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from ar_xl.addin.install import decide, install
from ar_xl.addin.uninstall import uninstall
from tests.addin.pretend import PowerCut, Pretend, build


def _upgraded(computer: Pretend) -> None:
    computer.python_is(ar_xl="0.2.0")
    install(computer, build, decide(computer, agent=True))


def _steps(folder: Path, first: bool) -> int:
    """How many steps it takes in all."""
    computer = Pretend(folder / "whole")
    if not first:
        install(computer, build, decide(computer, agent=False))
    before = computer.steps
    _upgraded(computer)
    return computer.steps - before


def _files(computer: Pretend) -> set[str]:
    return {each for each in computer.everything() if (computer.root / each).is_file()}


@pytest.mark.parametrize("first", [True, False], ids=["first time", "upgrade"])
def test_excel_finds_the_old_or_the_new_add_in_and_nothing_else(
    tmp_path: Path, first: bool
) -> None:
    steps = _steps(tmp_path, first)
    assert steps >= 4
    ended = set()
    for step in range(1, steps + 1):
        computer = Pretend(tmp_path / f"{first}{step}")
        untouched = _files(computer)
        old = b""
        if not first:
            install(computer, build, decide(computer, agent=False))
            old = computer.file(computer.addin).read_bytes()
        computer.cut_off_at = computer.steps + step
        with suppress(PowerCut):
            _upgraded(computer)
        path = computer.file(computer.addin)
        new = build(decide(computer, agent=True).settings)
        found = path.read_bytes() if path.exists() else b""
        assert found in (old, new)
        ended.add(found == new)
        there = [each.name for each in path.parent.iterdir()] if path.parent.exists() else []
        assert there == (["ar_xl.xlam"] if found else [])
        if found:
            uninstall(computer)
            assert _files(computer) == untouched
        _upgraded(computer)
        assert path.read_bytes() == new
        uninstall(computer)
        assert _files(computer) == untouched
    assert ended == {True, False}

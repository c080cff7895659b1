"""Nothing is lost by a save: some of the workbooks of `python -m proofs.kept`, as a quick check."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofs.kept import prove, workbooks
from proofs.sink import write_all
from tests.conftest import SHARED

REAL = [
    path.relative_to(SHARED).as_posix()
    for path in (workbooks([SHARED / "data" / "workbooks"]) if SHARED.is_dir() else [])
]
HEAVY = pytest.mark.heavy
SOME_REAL = ("Book1", "calamine__pivots", "WithChartSheet")
MADE = (
    "everything.xlsm", "prefixed.xlsx", "sheets-of-all-kinds.xlsx",
    "formulas-shared-array-data-table.xlsx", "table-with-totals.xlsx",
)  # fmt: skip


@pytest.fixture(scope="session")
def sink(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The kitchen sink of odd workbooks, by name."""
    return {path.name: path for path in write_all(tmp_path_factory.mktemp("sink"))}


def nothing_lost(source: Path, folder: Path) -> None:
    proved = prove(source, folder)
    assert proved.wrong == []
    assert proved.refused or proved.kept.identical


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[] if any(some in name for some in SOME_REAL) else HEAVY)
        for name in REAL
    ],
)
def test_a_real_workbook_keeps_every_part(shared: Path, tmp_path: Path, name: str) -> None:
    nothing_lost(shared / name, tmp_path)


@pytest.mark.parametrize("name", MADE)
def test_an_odd_workbook_keeps_every_part(sink: dict[str, Path], tmp_path: Path, name: str) -> None:
    nothing_lost(sink[name], tmp_path)


def test_what_cannot_be_kept_safely_is_refused_and_nothing_else(
    sink: dict[str, Path], tmp_path: Path
) -> None:
    for word in ("refused-signed", "refused-shared-workbook", "read-only-recommended"):
        name = f"{word}.xlsx"
        refused = prove(sink[name], tmp_path).refused
        assert bool(refused) == name.startswith("refused"), name

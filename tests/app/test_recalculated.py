"""A second opinion on our sheets: LibreOffice recalculates every formula that we wrote."""

from __future__ import annotations

import subprocess
from pathlib import Path

import openpyxl
import pytest

from tests.app.conftest import done, run
from tests.app.office import demo_month

TOLERANCE = 0.0001  # a hundredth of a cent: Excel adds binary fractions


@pytest.mark.heavy
@pytest.mark.libreoffice
def test_every_formula_of_ours_gives_the_value_we_stored(
    blank_book: Path, tmp_path: Path, soffice: str
) -> None:
    demo_month(blank_book)
    done(run("aging", blank_book))
    done(run("month-end", blank_book, period="2026-10", close=True))
    out = tmp_path / "recalculated"
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to",
         "ods", "--outdir", str(out), str(blank_book)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    subprocess.run(
        [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to",
         "xlsx", "--outdir", str(out), str(out / f"{blank_book.stem}.ods")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    formulas = openpyxl.load_workbook(blank_book)
    stored = openpyxl.load_workbook(blank_book, data_only=True)
    theirs = openpyxl.load_workbook(out / blank_book.name, data_only=True)
    compared = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                ours = stored[sheet.title][cell.coordinate].value
                found = theirs[sheet.title][cell.coordinate].value
                assert ours is not None, f"{sheet.title}!{cell.coordinate} has no stored value"
                assert abs(float(ours) - float(found)) < TOLERANCE, (sheet.title, cell.coordinate)
                compared += 1
    assert compared > 20

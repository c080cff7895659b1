"""What other programs read of a workbook: openpyxl, python-calamine, LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

_AT_ONCE = 8
# By sheet, the filled cells by row and column.
Values = dict[str, dict[tuple[int, int], Any]]


def by_openpyxl(path: Path) -> Values | None:
    """Formulas and values of every worksheet, None where openpyxl cannot open it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book: Any = load_workbook(path)
    except Exception:  # noqa: BLE001  # whatever it fails with, it cannot read the file
        return None
    return {
        sheet.title: {
            (row, column): _comparable(cell.value)
            for (row, column), cell in sheet._cells.items()
            if cell.value is not None
        }
        for sheet in book.worksheets
    }


def by_calamine(path: Path) -> Values | None:
    """Cached results and values of every sheet, None where python-calamine cannot open it."""
    try:
        book = CalamineWorkbook.from_path(str(path))
        found: Values = {}
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            top, left = sheet.start or (0, 0)
            rows = sheet.to_python(skip_empty_area=True)
            found[name] = {
                (top + down + 1, left + across + 1): value
                for down, row in enumerate(rows)
                for across, value in enumerate(row)
                if value != ""
            }
    except Exception:  # noqa: BLE001  # whatever it fails with, it cannot read the file
        return None
    return found


def by_libreoffice(paths: Sequence[Path], seconds: int = 120) -> dict[Path, Values | None]:
    """What LibreOffice makes of workbooks, by path; a few of them in one start of the program.

    Args:
        paths: of files with different names.
        seconds: after which some of them are given up.
    """
    program = shutil.which("soffice")
    found: dict[Path, Values | None] = {}
    if program is None:
        return found
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
        for start in range(0, len(paths), _AT_ONCE):
            some = paths[start : start + _AT_ONCE]
            with suppress(subprocess.TimeoutExpired):
                subprocess.run(
                    [*command, *map(str, some)], check=False, capture_output=True, timeout=seconds
                )
            found.update({path: _converted(out / f"{path.stem}.xlsx") for path in some})
    return found


def _converted(path: Path) -> Values | None:
    return by_calamine(path) if path.is_file() else None


def _comparable(value: Any) -> Any:
    """A cell's value as openpyxl gives it; array formulas and data tables by what they say."""
    return str(vars(value)) if hasattr(value, "ref") else value

"""Plain tables of figures, for a terminal and for pasting into a page of docs."""

from __future__ import annotations

import math
import os
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

_SHOWN = (
    "numpy", "pandas", "xlwings", "openpyxl", "fastexcel", "python-calamine", "XlsxWriter",
)  # fmt: skip


def show(title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table; numbers on the right."""
    texts = [[_text(cell) for cell in row] for row in rows]
    widths = [max(len(line[k]) for line in [list(headings), *texts]) for k in range(len(headings))]
    print(f"\n{title}\n")
    for line in [list(headings), ["-" * width for width in widths], *texts]:
        cells = [
            cell.ljust(width) if k == 0 else cell.rjust(width)
            for k, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("  " + "  ".join(cells).rstrip())
    sys.stdout.flush()


def _text(cell: object) -> str:
    if isinstance(cell, float):
        if math.isnan(cell):
            return "-"
        return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.3g}" if cell < 10 else f"{cell:.1f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def machine() -> None:
    """Say on what the figures were measured."""
    print(
        f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()} "
        f"{platform.release()}, {platform.python_implementation()} {platform.python_version()}"
    )
    named = []
    for name in _SHOWN:
        try:
            named.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            named.append(f"{name} absent")
    print(", ".join(named))


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """How time grows from the first to the last size: t ~ N^k."""
    return math.log(seconds[-1] / seconds[0]) / math.log(sizes[-1] / sizes[0])

"""docs/ERRORS.md, made from the declarations of all codes, so that it cannot go stale.

`python -m ar_xl.app.errordocs > docs/ERRORS.md` writes it anew; a test compares.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterable
from types import ModuleType

import ar_xl.app
import ar_xl.book
import ar_xl.core
import ar_xl.imports
import ar_xl.ops
from ar_xl.core.findings import CODES, Code, Severity

_PACKAGES: tuple[ModuleType, ...] = (
    ar_xl.core, ar_xl.ops, ar_xl.book, ar_xl.imports, ar_xl.app,
)  # fmt: skip
_HEAD = """# What ar_xl says when something is wrong

Generated from the source; do not edit. Each message names the place (sheet and cell, or the line
of a file), what was seen, what was expected and what to do. The name in the first column is
stable: `--json` has it as `code`.

An **error** keeps its row from being posted, and without `--skip-bad` the whole batch. A
**warning** is posted, but someone should look. A **note** is said so that nobody wonders. The
number beside an error is the exit code of a command that refuses because of it: 2 wrong call,
3 wrong data, 4 the workbook is in use, 5 not readable, 6 refused by a rule.
"""
_TITLES = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.NOTE: "Notes"}


def render() -> str:
    """The text of docs/ERRORS.md: every code that any module declares, in the order of names."""
    for package in _PACKAGES:
        for module in _modules(package):
            importlib.import_module(module)
    parts = [_HEAD]
    for severity, title in _TITLES.items():
        found = sorted(
            (each for each in CODES.values() if each.severity is severity), key=lambda c: c.name
        )
        parts.append(f"\n## {title}\n\n{_table(found, severity)}")
    return "".join(parts)


def _modules(package: ModuleType) -> Iterable[str]:
    """The modules of a package, those that run when they are imported left out."""
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not found.name.endswith((".__main__", ".errordocs")):
            yield found.name


def _table(found: Iterable[Code], severity: Severity) -> str:
    with_exit = severity is Severity.ERROR
    lines = ["| code | expected | what to do |", "|---|---|---|"]
    if with_exit:
        lines = ["| code | exit | expected | what to do |", "|---|---|---|---|"]
    for each in found:
        cells = [f"`{each.name}`", *([str(int(each.exit))] if with_exit else [])]
        cells += [_cell(each.expected), _cell(each.fix)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(render())

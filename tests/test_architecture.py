"""The arrows of the design, and the house rules that a person would forget."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from ar_xl.app.catalogue import COMMANDS
from ar_xl.app.specials import SPECIAL
from ar_xl.functions.catalogue import FUNCTIONS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "ar_xl"
MODULES = sorted(PACKAGE.rglob("*.py"))
CODE = MODULES + [
    path
    for folder in ("tests", "bench", "proofs")
    for path in sorted((ROOT / folder).rglob("*.py"))
]

# Who may import whom (design, section 2): core <- ops <- book, imports <- app <- cli, ribbon.
ALLOWED: dict[str, set[str]] = {
    "core": {"core"},
    "ops": {"core", "ops"},
    "functions": {"core", "ops", "functions"},
    "book": {"core", "ops", "book"},
    "imports": {"core", "ops", "imports"},
    "app": {"core", "ops", "book", "imports", "app", "addin", "functions"},
    "xlfile": {"xlfile"},
    "addin": {"addin"},
    "cli": {"core", "ops", "book", "imports", "app", "cli"},
    "lite": {"core", "functions", "app", "lite"},
    "ribbon": {"core", "book", "app"},
    "udfs": {"core", "functions", "app"},
    "server": {"addin", "app"},
    "__init__": set(),
    "__main__": {"cli"},
}
# Only these may reach into the file engine: the host with its files, blocks of cells, and the
# preflight of imports.
MAY_IMPORT_XLFILE = {"book/host.py", "book/files.py", "book/backups.py", "book/blocks.py",
                     "book/excelblocks.py", "book/excelwriting.py", "imports/"}  # fmt: skip
MAY_IMPORT_XLWINGS = ("book/", "xlfile/", "udfs.py", "ribbon.py", "lite.py")
PURE = ("core/", "ops/", "app/")
WATCHED = {"float", "print", "float64", "today", "now", "utcnow"}


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _layer(path: Path) -> str:
    return _name(path).split("/")[0].removesuffix(".py")


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def _imports(path: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in _nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def test_imports_point_one_way() -> None:
    for path in MODULES:
        ours = {name.split(".")[1] for name in _imports(path) if name.startswith("ar_xl.")}
        ours.discard("__version__")
        if any(_name(path).startswith(place) for place in MAY_IMPORT_XLFILE):
            ours.discard("xlfile")
        forbidden = ours - ALLOWED[_layer(path)]
        assert not forbidden, f"{_name(path)} may not import {sorted(forbidden)}: design, section 2"


def test_only_the_hosts_know_xlwings_and_nobody_its_pro_part() -> None:
    for path in MODULES:
        xlwings = {name for name in _imports(path) if name.split(".")[0] == "xlwings"}
        assert not {name for name in xlwings if name.startswith("xlwings.pro")}, _name(path)
        if not _name(path).startswith(MAY_IMPORT_XLWINGS):
            assert not xlwings, f"{_name(path)} imports xlwings"


def _last_name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def test_decisions_know_no_float_no_clock_and_do_not_print() -> None:
    for path in MODULES:
        if not _name(path).startswith(PURE):
            continue
        for node in _nodes(path):
            where = f"{_name(path)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Call) and _last_name(node.func) in WATCHED:
                called = ast.unparse(node.func)
                assert called not in {"float", "print", "np.float64", "date.today"}, where
                if _name(path) != "app/clock.py" and not called.startswith("clock."):
                    assert not called.endswith((".today", ".now", ".utcnow")), where
            if isinstance(node, ast.Constant):
                assert not isinstance(node.value, float), f"{where} has a float"
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None, f"{where} has a bare except"


def test_modules_and_functions_stay_small() -> None:
    for path in CODE:
        lines = path.read_text(encoding="utf-8").splitlines()
        where = path.relative_to(ROOT).as_posix()
        assert len(lines) <= 400, f"{where}: a module has at most 400 lines"
        for node in _nodes(path):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= 60, f"{where}: {node.name} has {length} lines"
        for number, line in enumerate(lines, 1):
            ignored = re.search("# type: " + r"ignore(?!\[)", line)
            assert not ignored, f"{where}:{number} ignores types without a code"


def test_everything_public_says_what_it_promises() -> None:
    for path in MODULES:
        tree = _nodes(path)[0]
        assert isinstance(tree, ast.Module)
        assert ast.get_docstring(tree), f"{_name(path)} has no docstring"
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{_name(path)}: {node.name} has no docstring"


def test_every_module_is_used() -> None:
    imported = set().union(*(_imports(path) for path in CODE))
    entries = {"ar_xl.cli", "ar_xl.__main__", "ar_xl.ribbon", "ar_xl.udfs"}
    places = [each.place for each in COMMANDS.values()] + [each.place for each in SPECIAL]
    entries |= {"ar_xl.app.commands." + place.partition(":")[0] for place in places}
    entries |= {"ar_xl.functions." + each.place.partition(":")[0] for each in FUNCTIONS}
    for path in MODULES:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if name.endswith("__init__") or name in entries:
            continue
        assert name in imported, f"nothing imports {name}"


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")), ids=lambda p: p.name
)
def test_every_page_has_one_title(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert len(re.findall(r"^# ", text, flags=re.MULTILINE)) == 1

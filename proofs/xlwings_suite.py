"""xlwings' own public tests, run against our engine: `python -m proofs.xlwings_suite CHECKOUT`.

The test modules are copied from a checkout of xlwings into a temporary directory and run there with
our engine active. Only what the engine does counts as passed: a test that ends in "not implemented"
is a failure here, though xlwings' own runner calls it skipped.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, parse

from proofs.xlwings_reasons import NOT_APPLICABLE, OUT_OF_SCOPE

MODULES = (
    "test_range", "test_conversion", "test_chunking", "test_ndim", "test_table", "test_names",
    "test_sheet", "test_book", "test_app", "test_font", "test_active", "test_fileformats",
    "test_characters", "test_shape", "test_polars",
)  # fmt: skip
GATE = 0.95
_PACKAGE = "theirs"  # of the copy; "tests" is ours
_SECONDS_MOST = 300
_DATA = {".xlsx", ".xlsm", ".xls", ".xlsb", ".png"}

# pytz is a need of one test, which pandas no longer brings; where it is missing, zones of the
# standard library take its place.
_CONFTEST = """
import sys, types, zoneinfo
from ar_xl.xlfile.engine import NAME, register
import xlwings
try:
    import pytz
except ImportError:
    def timezone(name):
        zone = zoneinfo.ZoneInfo(name)
        return types.SimpleNamespace(localize=lambda day: day.replace(tzinfo=zone))
    sys.modules["pytz"] = types.ModuleType("pytz")
    sys.modules["pytz"].timezone = timezone
register()
xlwings.engines[NAME].activate()
"""


@dataclass(frozen=True)
class Result:
    """How one test ended.

    Args:
        name: "test_range.TestRange.test_end", or without a class.
        outcome: "passed", "failed", "skipped" by the test itself, or "not applicable".
        reason: the last line of what it said.
    """

    name: str
    outcome: str
    reason: str

    @property
    def module(self) -> str:
        """The module it is in."""
        return self.name.partition(".")[0]


def run(checkout: Path, modules: Sequence[str], only: str = "") -> list[Result]:
    """Run modules of xlwings' tests against our engine.

    Args:
        checkout: directory with xlwings' `tests`.
        modules: their names.
        only: as pytest's -k.
    """
    with tempfile.TemporaryDirectory(prefix="xlwings-suite-") as temporary:
        here = Path(temporary)
        _copy(checkout, here / _PACKAGE)
        results = []
        for module in modules:
            if (here / _PACKAGE / f"{module}.py").exists():
                results += _run_module(here, module, only)
        return results


def _copy(checkout: Path, package: Path) -> None:
    source = checkout / "tests" if (checkout / "tests").is_dir() else checkout
    package.mkdir()
    if (source / "reports").is_dir():  # workbooks that the tests read
        shutil.copytree(source / "reports", package / "reports")
    for path in source.iterdir():
        if (
            path.suffix in _DATA
            or path.name in ("__init__.py", "common.py")
            or path.stem in MODULES
        ):
            shutil.copy(path, package)
    (package / "conftest.py").write_text(_CONFTEST)
    (package.parent / "pytest.ini").write_text("[pytest]\n")


def _run_module(here: Path, module: str, only: str) -> list[Result]:
    report = here / f"{module}.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", only]
    command += ["--rootdir", str(here), "--junitxml", str(report)]
    command.append(str(here / _PACKAGE / f"{module}.py"))
    root = str(Path(__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": root, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        command,
        cwd=here,
        env=environment,
        timeout=_SECONDS_MOST,
        check=False,
        capture_output=True,
        text=True,
    )
    if not report.exists():
        said = (done.stderr or done.stdout).strip()[-200:]
        return [Result(f"{module}.run", "failed", said)]
    return [_result(case, module) for case in parse(report).iter("testcase")]


def _result(case: Element, module: str) -> Result:
    test = case.get("classname", "").rpartition(f"{module}.")[2]
    inner = "" if test.endswith(module) else f"{test}."
    name = f"{module}.{inner}{case.get('name', '')}"
    trouble = [each for each in case if each.tag in ("failure", "error")]
    skipped = case.find("skipped")
    known = _known(name)
    if trouble:
        said = trouble[0].get("message", "") or trouble[0].text or ""
        return Result(name, "not applicable" if known else "failed", known or _line(said))
    if skipped is None:
        return Result(name, "passed", "")
    said = skipped.get("message", "")
    if "NotImplementedError" in said and not known:
        return Result(name, "failed", "not implemented")
    return Result(name, "not applicable" if known else "skipped", known or _line(said))


def _known(name: str) -> str:
    """Return why a test says nothing about the engine, "" where it does."""
    for table in (NOT_APPLICABLE, OUT_OF_SCOPE):
        for pattern, reason in table.items():
            if re.fullmatch(pattern, name):
                return reason
    return ""


def _line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return re.sub(r"\s+", " ", lines[0])[:150] if lines else ""


def show(results: Sequence[Result]) -> float:
    """Print the table and what failed; return the share of applicable tests that passed."""
    by_module: dict[str, Counter[str]] = {}
    for result in results:
        by_module.setdefault(result.module, Counter())[result.outcome] += 1
    columns = ("passed", "failed", "skipped", "not applicable")
    print(f"{'module':18}{'tests':>7}" + "".join(f"{name:>16}" for name in columns))
    for module, counts in by_module.items():
        print(_row(module, counts, columns))
    whole = sum(by_module.values(), Counter[str]())
    print(_row("all", whole, columns))
    for outcome in ("failed", "not applicable", "skipped"):
        chosen = [result for result in results if result.outcome == outcome]
        print(f"\n{outcome}: {len(chosen)}")
        for result in chosen:
            print(f"  {result.name}: {result.reason}")
    applicable = whole["passed"] + whole["failed"]
    share = whole["passed"] / applicable if applicable else 0.0
    print(f"\n{whole['passed']} of {applicable} applicable tests pass: {share:.1%}")
    return share


def _row(name: str, counts: Mapping[str, int], columns: Sequence[str]) -> str:
    return f"{name:18}{sum(counts.values()):>7}" + "".join(f"{counts[c]:>16}" for c in columns)


def main() -> None:
    """Read the command line, run, print; exits with 1 below the gate."""
    asked = argparse.ArgumentParser(prog="python -m proofs.xlwings_suite", description=__doc__)
    asked.add_argument("checkout", type=Path, help="a checkout of xlwings, with its tests")
    asked.add_argument(
        "modules", nargs="*", default=list(MODULES), help="test_range, ...; else all"
    )
    asked.add_argument("-k", dest="only", default="", help="only these tests, as pytest's -k")
    given = asked.parse_args()
    share = show(run(given.checkout, given.modules, given.only))
    sys.exit(share < GATE)


if __name__ == "__main__":
    main()

"""The month of Lite in Pyodide and in 32 bits: `python -m proofs.lite`.

The same workload (a month of commands over the documented calls of Lite, with amounts of billions,
and the example of every worksheet function) is reckoned here, by a Python of 32 bits and, with
`--builds`, inside Pyodide under Node. All must agree to the byte. Pyodide's builds of NumPy and
pandas are on its own server only; without them Pyodide still imports every module and makes every
script and function. What cannot be had is left out aloud; where CI is set, npm must be there.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from email import message_from_string
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from ar_xl import lite
from proofs.lite.thirtytwo import CannotBeHadError, python32
from proofs.lite.workload import as_text

PYODIDE = "314.0.7"
_HERE = Path(__file__).resolve().parent
_REPOSITORY = _HERE.parents[1]
_PURE = ("xlwings==0.37.*", "openpyxl", "et_xmlfile", "defusedxml", "filelock", "click", "rich",
         "pygments", "markdown-it-py", "mdurl")  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run everything that can be had; 1 where anything differs."""
    parser = argparse.ArgumentParser(prog="python -m proofs.lite", description=__doc__)
    parser.add_argument("--keep", type=Path, help="work in this empty folder, and leave it")
    parser.add_argument(
        "--builds",
        action="store_true",
        help="fetch NumPy and pandas from Pyodide's server, cdn.jsdelivr.net",
    )
    given = parser.parse_args(arguments)
    folder = given.keep or Path(tempfile.mkdtemp(prefix="ar_xl-lite-"))
    try:
        return _all(folder, given.builds)
    finally:
        if given.keep is None:
            shutil.rmtree(folder, ignore_errors=True)


def _all(folder: Path, builds: bool) -> int:
    wheels = folder / "wheels"
    _command("pip", "wheel", "-q", "--no-deps", "-w", str(wheels), str(_REPOSITORY))
    _command("pip", "download", "-q", "--no-deps", "-d", str(wheels), "--only-binary=:all:",
             "--python-version", "3.13", "--platform", "any", "--implementation", "py", "--abi",
             "none", *_PURE)  # fmt: skip
    here = as_text()
    told = json.loads(here)
    print(f"here: {len(told['said'])} commands, {len(told['tables'])} sheets, "
          f"{len(told['functions'])} functions, {told['said'][-1]['said'][0]}")  # fmt: skip
    return max(
        _installs(wheels), _in_32_bits(folder, wheels, here), _in_pyodide(wheels, here, builds)
    )


def _installs(wheels: Path) -> int:
    """Whether a browser can install all that ar_xl needs: pure wheels, or Pyodide's own builds."""
    (wheel,) = wheels.glob("ar_xl-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (named,) = (each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
        told = message_from_string(archive.read(named).decode("utf-8"))
    browser = {"sys_platform": "emscripten", "platform_machine": "wasm32", "extra": ""}
    needed = [Requirement(each) for each in told.get_all("Requires-Dist") or []]
    names = {each.name for each in needed if not each.marker or each.marker.evaluate(browser)}
    had = {Requirement(each).name for each in _PURE} | {"numpy", "pandas"}
    missing = sorted(names - had)
    seen = f"NOT TO BE HAD: {', '.join(missing)}" if missing else "all pure or Pyodide's own"
    print(f"needed in a browser: {len(names)} packages, {seen}")
    return int(bool(missing))


def _in_32_bits(folder: Path, wheels: Path, here: str) -> int:
    made = folder / "thirtytwo"
    made.mkdir()
    try:
        python = python32(made, wheels)
    except CannotBeHadError as missing:
        print(f"32 bits: not run, for want of {missing}")
        return 0
    done = subprocess.run(
        [python, "-m", "proofs.lite.workload"], cwd=_REPOSITORY, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.stdout.strip() != here:
        print(f"32 bits: DIFFERS\n{done.stderr[-2000:]}")
        return 1
    print("32 bits: the same to the byte, hash chain included")
    return 0


def _in_pyodide(wheels: Path, here: str, builds: bool) -> int:
    if shutil.which("npm") is None:
        print(f"Pyodide {PYODIDE}: not run, for want of npm")
        return int("CI" in os.environ)
    _command("npm", "install", "--silent", "--prefix", str(wheels), f"pyodide@{PYODIDE}")
    done = subprocess.run(
        ["node", _HERE / "run.mjs", wheels, _REPOSITORY, _HERE / "inside.py", *["fetch"] * builds],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        print(f"Pyodide {PYODIDE}: FAILED\n{done.stderr[-2000:]}")
        return 1
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    wrong = told["failed"] or told["scripts"] != lite.__all__
    print(f"Pyodide {PYODIDE}, Python {told['python']}: {told['modules']} modules imported, "
          f"{len(told['scripts'])} scripts and functions made")  # fmt: skip
    for name, problem in told["failed"].items():
        print(f"  {name}: {problem}")
    if not told["numpy"]:
        print("  by names alone, nothing reckoned: its builds of NumPy and pandas are neither on "
              "npm nor on PyPI; --builds fetches them from cdn.jsdelivr.net")  # fmt: skip
    elif told["workload"] == here:
        print("  the workload: the same to the byte, hash chain included")
    else:
        print("  the workload: DIFFERS")
    return int(bool(wrong) or told.get("workload", here) != here)


def _command(*words: str) -> None:
    program = [sys.executable, "-m", "pip"] if words[0] == "pip" else [words[0]]
    done = subprocess.run([*program, *words[1:]], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words[:2])} failed:\n{done.stderr[-2000:]}")


if __name__ == "__main__":
    sys.exit(main())

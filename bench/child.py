"""What runs in a fresh process: `python -m bench.child JOB ARGUMENTS` prints one line of JSON."""

from __future__ import annotations

import importlib
import json
import sys

JOBS: dict[str, tuple[str, str]] = {
    "book": ("bench.workload", "job"),
    "product": ("bench.monthend", "job"),
    "yardstick": ("bench.yardstick", "job"),
    "typical": ("bench.typical", "job"),
    "check": ("bench.check", "job"),
    "small-save": ("bench.smallsave", "job"),
    "import": ("bench.imports", "job"),
    "bank-files": ("bench.bank", "make"),
    "bank-count": ("bench.bank", "count"),
    "bank": ("bench.bank", "job"),
    "ready": ("bench.startup", "job"),
    "deciding": ("bench.deciding", "run"),
    "functions": ("bench.functions", "run"),
    "statements": ("bench.statements", "job"),
}


def main(arguments: list[str]) -> None:
    """Run one job; it gets texts and whole numbers and returns a dict that JSON can hold."""
    module, name = JOBS[arguments[0]]
    work = getattr(importlib.import_module(module), name)
    print(json.dumps(work(*(int(a) if a.isdigit() else a for a in arguments[1:]))))


if __name__ == "__main__":
    main(sys.argv[1:])

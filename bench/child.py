"""What runs in a fresh process: `python -m bench.child JOB ARGUMENTS` prints one line of JSON."""

from __future__ import annotations

import importlib
import json
import sys

JOBS: dict[str, str] = {
    "book": "bench.workload",
    "yardstick": "bench.yardstick",
    "product": "bench.monthend",
    "typical": "bench.typical",
    "check": "bench.check",
    "import": "bench.imports",
    "deciding": "bench.deciding",
}


def main(arguments: list[str]) -> None:
    """Run one job: `job(*arguments)` of its module returns a dict that JSON can hold."""
    module = importlib.import_module(JOBS[arguments[0]])
    print(json.dumps(module.job(*arguments[1:])))


if __name__ == "__main__":
    main(sys.argv[1:])

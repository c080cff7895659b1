"""Fresh processes: every measurement starts one, so that none profits from another's caches.

Nothing heavy is imported here: a child's peak memory begins with its parent's.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_MIB = 1024 * 1024 if sys.platform == "darwin" else 1024  # ru_maxrss counts bytes or KiB


@dataclass(frozen=True)
class Run:
    """One measurement.

    Args:
        seconds, cpu: what the child timed, on the clock and on all processors; its imports
            before the work are left out.
        wall: of the whole process, seconds.
        mib: peak resident memory of the process.
        phases: seconds by name, in order.
        facts: whatever else it found.
    """

    seconds: float
    cpu: float
    wall: float
    mib: float
    phases: Mapping[str, float] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


class Failed(Exception):  # noqa: N818  # reads better
    """A child ended badly; what it said stands in the text."""


def fresh(what: str, *arguments: object) -> Run:
    """Run one of the jobs of `bench/child.py` in a new process.

    Args:
        what: the name of the job.
        arguments: passed on as text.

    Raises:
        Failed: the job did not end well.
    """
    command = [sys.executable, "-m", "bench.child", what, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = perf_counter()
    child = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert child.stdout is not None, "the output is piped"
    said = child.stdout.read()
    child.stdout.close()
    whole_cpu, mib = _reap(child)
    wall = perf_counter() - started
    if child.returncode:
        raise Failed(f"`{what} {' '.join(map(str, arguments))}` ended with {child.returncode}.")
    answer = json.loads(said.strip().splitlines()[-1])
    seconds, cpu = answer.pop("seconds", wall), answer.pop("cpu", whole_cpu)
    return Run(seconds, cpu, wall, mib, answer.pop("phases", {}), answer)


def _reap(child: subprocess.Popen[str]) -> tuple[float, float]:
    """Wait for a child: its processor seconds and peak memory in MiB."""
    if sys.platform == "win32":
        child.wait()
        return 0.0, 0.0
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / _MIB


def median_run(runs: Sequence[Run]) -> Run:
    """The medians of several runs, figure by figure."""
    middle = statistics.median
    phases = {name: middle(run.phases.get(name, 0.0) for run in runs) for name in runs[-1].phases}
    return Run(
        middle(run.seconds for run in runs),
        middle(run.cpu for run in runs),
        middle(run.wall for run in runs),
        middle(run.mib for run in runs),
        phases,
        runs[-1].facts,
    )


def spread(runs: Sequence[Run]) -> float:
    """How far the slowest run is from the fastest, as a part of the median."""
    seconds = [run.seconds for run in runs]
    return (max(seconds) - min(seconds)) / statistics.median(seconds)

"""A stopwatch with named laps."""

from __future__ import annotations

from time import perf_counter, process_time


class Laps:
    """Seconds by name; time of the same name adds up."""

    def __init__(self) -> None:
        self._last, self._cpu = perf_counter(), process_time()
        self.phases: dict[str, float] = {}

    def lap(self, name: str) -> None:
        """Book the time since the last lap under a name."""
        now = perf_counter()
        self.phases[name] = self.phases.get(name, 0.0) + now - self._last
        self._last = now

    def result(self, **facts: object) -> dict[str, object]:
        """All of it, as a job answers; `cpu` is of all threads since the watch was started."""
        return {
            "seconds": sum(self.phases.values()),
            "cpu": process_time() - self._cpu,
            "phases": self.phases,
            **facts,
        }

"""When cells were written, so that results of formulas can be told from those out of date."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.addresses import WHOLE_SHEET, Area

UNKNOWN = -1  # of a formula whose result nobody gave; a file's own results are of time 0


class _Clock:
    """Counts all writes, of whatever workbook."""

    now = 0

    def tick(self) -> int:
        """Return the number of the next write."""
        self.now += 1
        return self.now


CLOCK = _Clock()


class Writes:
    """The areas of a sheet that were written since the workbook was opened."""

    def __init__(self) -> None:
        self._noted: list[tuple[int, Area]] = []
        self._edges: npt.NDArray[np.int64] = np.zeros((0, 5), dtype=np.int64)

    def note(self, area: Area) -> int:
        """Note that an area is written now and return the number of the write."""
        time = CLOCK.tick()
        self._noted.append((time, area))
        return time

    def last(self, area: Area = WHOLE_SHEET) -> int:
        """Return the number of the last write that may have touched an area, 0 for none."""
        if len(self._edges) < len(self._noted):
            new = [
                (t, a.top, a.left, a.bottom, a.right) for t, a in self._noted[len(self._edges) :]
            ]
            self._edges = np.concatenate([self._edges, np.array(new, dtype=np.int64)])
        time, top, left, bottom, right = self._edges.T
        inside = (top <= area.bottom) & (bottom >= area.top)
        inside &= (left <= area.right) & (right >= area.left)
        return int(time[inside].max(initial=0))

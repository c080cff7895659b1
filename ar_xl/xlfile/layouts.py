"""What stands between the reference of a plain cell and its value, as words to compare."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.piece import Bools, Piece, Places

_LAYOUT = re.compile(rb'(?: s="(\d{1,6})")?(?: t="([ns])")?(><v>|/>)')
_MOST = 64
_LONGEST = 24  # three words
_ALL = (1 << 64) - 1
EMPTY, NUMBER, SHARED = range(3)


class Layouts:
    """The layouts met so far; number 0 is none and fits nothing.

    Attributes:
        length: bytes, by layout.
        style: of its cells.
        kind: EMPTY, NUMBER or SHARED.
    """

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self.length: npt.NDArray[np.int64] = np.full(_MOST, 8, dtype=np.int64)
        self.style: npt.NDArray[np.int32] = np.zeros(_MOST, dtype=np.int32)
        self.kind: npt.NDArray[np.uint8] = np.zeros(_MOST, dtype=np.uint8)
        # The first, the middle and the last eight bytes; of bytes beyond, nothing is compared.
        self._words = np.ones((3, _MOST), dtype=np.uint64)
        self._masks = np.zeros((3, _MOST), dtype=np.uint64)
        self._masked = self._long = False

    def fit(self, piece: Piece, places: Places, layouts: Places) -> Bools:
        """Tell which of the places begin with their layout."""
        first, last = piece.eights(places), piece.eights(places + self.length[layouts] - 8)
        if self._masked:
            first &= self._masks[0][layouts]
            last &= self._masks[2][layouts]
        good = (first == self._words[0][layouts]) & (last == self._words[2][layouts])
        good &= layouts > 0
        if self._long:
            middle = piece.eights(places + 8) & self._masks[1][layouts]
            good &= middle == self._words[1][layouts]
        return good

    def learn(self, content: bytes, place: int) -> int | None:
        """Return the layout that bytes begin with at a place; None where they begin with none."""
        match = _LAYOUT.match(content, place)
        if match is None or len(match[0]) > _LONGEST:
            return None
        found = match[0]
        if found not in self._numbers:
            number = len(self._numbers) + 1
            if number == _MOST:
                return None
            self._numbers[found] = number
            self.length[number] = len(found)
            self.style[number] = int(match[1] or 0)
            value = SHARED if match[2] == b"s" else NUMBER
            self.kind[number] = EMPTY if match[3] == b"/>" else value
            self._compare(number, found)
        return self._numbers[found]

    def _compare(self, number: int, found: bytes) -> None:
        """Set the words to compare: up to eight bytes from the start, between, and to the end."""
        size = len(found)
        unused = 8 * max(8 - size, 0)  # bits
        middle = found[8:16] if size > 16 else b""
        for place, text, mask in (
            (0, found[:8], _ALL >> unused),
            (1, middle, _ALL if middle else 0),
            (2, found[-8:].rjust(8, b"\0"), _ALL ^ ((1 << unused) - 1)),
        ):
            self._words[place, number] = int.from_bytes(text, "little")
            self._masks[place, number] = mask
        self._masked |= size < 8
        self._long |= size > 16

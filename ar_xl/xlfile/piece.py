"""A piece of a sheet's bytes with views that load 1, 4 or 8 bytes from any place at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Bools = npt.NDArray[np.bool_]

PADDING = bytes(32)  # loads may begin before and end behind what is looked at


def word(text: bytes) -> np.uint64:
    """`text`, of at most 8 bytes, as a load from its place gives it."""
    return np.uint64(int.from_bytes(text, "little"))


class Piece:
    """Bytes with `PADDING` on both sides.

    Args:
        content: of any length above that of the padding.
    """

    def __init__(self, content: bytes) -> None:
        size = len(content)
        self.content = content
        self.bytes: npt.NDArray[np.uint8] = np.frombuffer(content, dtype=np.uint8)
        self._fours: npt.NDArray[np.uint32] = np.ndarray(
            (size - 3,), dtype="<u4", buffer=content, strides=(1,)
        )
        self._eights: Words = np.ndarray((size - 7,), dtype="<u8", buffer=content, strides=(1,))

    def ones(self, places: Places) -> npt.NDArray[np.uint8]:
        """The byte at each place."""
        return self.bytes.take(places)

    def fours(self, places: Places) -> npt.NDArray[np.uint32]:
        """The four bytes from each place, the first the lowest."""
        return self._fours[places]

    def eights(self, places: Places) -> Words:
        """The eight bytes from each place, the first the lowest."""
        return self._eights[places]

    def slices(self, starts: Places, ends: Places) -> list[bytes]:
        """The bytes between each start and end."""
        return list(map(self.content.__getitem__, map(slice, starts.tolist(), ends.tolist())))

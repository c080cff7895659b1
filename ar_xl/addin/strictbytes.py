"""Reading bytes from front to back, where whatever is not as expected is a Deviation."""

from __future__ import annotations

from ar_xl.addin.problem import Deviation


def insist(holds: bool, words: str) -> None:
    """Raise a Deviation in these words unless it holds."""
    if not holds:
        raise Deviation(words)


class Cursor:
    """A place within bytes that moves on as they are read.

    Args:
        content: what is read.
        where: what it is called in messages.
    """

    def __init__(self, content: bytes, where: str) -> None:
        self._content = content
        self._where = where
        self.at = 0

    @property
    def is_done(self) -> bool:
        """Everything was read."""
        return self.at == len(self._content)

    def take(self, count: int) -> bytes:
        """The next bytes; there have to be as many."""
        found = self._content[self.at : self.at + count]
        insist(len(found) == count, f"{self._where}: it ends at byte {len(self._content):,}.")
        self.at += count
        return found

    def number(self, size: int) -> int:
        """The next whole number of so many bytes, the lowest first."""
        return int.from_bytes(self.take(size), "little")

    def expect(self, wanted: bytes, what: str) -> None:
        """The next bytes are these."""
        at = self.at
        found = self.take(len(wanted))
        insist(
            found == wanted,
            f"{self._where}, byte {at:,}: {what} is {found.hex()}, not {wanted.hex()}.",
        )

    def text(self, count: int, encoding: str) -> str:
        """The next bytes as text."""
        try:
            return self.take(count).decode(encoding)
        except UnicodeDecodeError:
            raise Deviation(f"{self._where}: a text is not {encoding}.") from None

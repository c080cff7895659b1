"""An opened file in which one part is another one: a sheet that is not written yet can be read."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from ar_xl.xlfile.package import CHUNK, Package


class Overlay(Package):
    """An opened file and one part more.

    Args:
        package: the file.
        part: name of the part.
        data: what it holds.
    """

    def __init__(self, package: Package, part: str, data: bytes) -> None:
        self.__dict__.update(package.__dict__)
        self._part = part
        self._data = data

    def member(self, name: str) -> zipfile.ZipInfo:
        """The directory entry of a part; of the one that is not in the file, its size."""
        if name != self._part:
            return super().member(name)
        info = zipfile.ZipInfo(name)
        info.file_size = len(self._data)
        return info

    def stream(self, name: str, chunk: int = CHUNK) -> Iterator[bytes]:
        """A part's bytes in pieces."""
        if name != self._part:
            yield from super().stream(name, chunk)
            return
        for start in range(0, len(self._data), chunk):
            yield self._data[start : start + chunk]

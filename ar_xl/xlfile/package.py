"""An opened .xlsx or .xlsm file: its parts, and what the workbook part says of them. Immutable.

No file handle is kept between calls, so that the file can be replaced while a Package of it
lives; each read checks that the file is still the one that was opened.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ar_xl.xlfile.tableparts import TablePart

CHUNK = 4 << 20


@dataclass(frozen=True)
class Fingerprint:
    """What tells one state of a file from another.

    Args:
        size: bytes.
        mtime_ns: time of the last change.
        directory: SHA-256 of the archive's directory, which holds each part's CRC-32 and sizes.
    """

    size: int
    mtime_ns: int
    directory: str


@dataclass(frozen=True)
class Rel:
    """A relationship of a part; `target` is a part name unless `mode` is "External"."""

    id: str
    type: str
    target: str
    mode: str


@dataclass(frozen=True)
class SheetEntry:
    """A sheet as the workbook lists it.

    Args:
        name: as on its tab.
        part: the part that holds it.
        sheet_id: the workbook's own number for it.
        rel_id: the relationship of the workbook part that leads to it.
        state: "visible", "hidden" or "veryHidden".
        kind: "worksheet", "chartsheet", "dialogsheet" or "macrosheet".
    """

    name: str
    part: str
    sheet_id: int
    rel_id: str
    state: str
    kind: str


@dataclass(frozen=True)
class DefinedName:
    """A defined name; `sheet_index` counts all sheets from 0 where it belongs to one."""

    name: str
    refers_to: str
    sheet_index: int | None
    hidden: bool


class Package:
    """An opened workbook file. Make one with `Package.open`."""

    path: Path
    fingerprint: Fingerprint

    @classmethod
    def open(cls, path: Path) -> Package:
        """The file at `path`, checked by the preflight before anything of it is parsed."""
        raise NotImplementedError

    def names(self) -> list[str]:
        """The names of all parts, in the order of the file, without a leading slash."""
        raise NotImplementedError

    def member(self, name: str) -> zipfile.ZipInfo:
        """The directory entry of a part; with `path` all that a raw copy needs."""
        raise NotImplementedError

    def read(self, name: str) -> bytes:
        """A part's bytes, inflated, its CRC-32 checked."""
        raise NotImplementedError

    def stream(self, name: str, chunk: int = CHUNK) -> Iterator[bytes]:
        """A part's bytes in pieces of about `chunk`; the CRC-32 is checked at the end."""
        raise NotImplementedError

    def content_type(self, part: str) -> str:
        """The content type of a part, "" where the package names none."""
        raise NotImplementedError

    def rels(self, part: str) -> list[Rel]:
        """The relationships of a part ("" is the package itself), targets as part names."""
        raise NotImplementedError

    @cached_property
    def workbook_part(self) -> str:
        """The name of the main part, found through the package's relationships."""
        raise NotImplementedError

    @cached_property
    def sheets(self) -> list[SheetEntry]:
        """All sheets in the order of their tabs, chart sheets among them (see `kind`)."""
        raise NotImplementedError

    @cached_property
    def worksheets(self) -> list[SheetEntry]:
        """The sheets that have cells, in the order of their tabs."""
        raise NotImplementedError

    @cached_property
    def tables(self) -> list[TablePart]:
        """All tables of all worksheets."""
        raise NotImplementedError

    @cached_property
    def defined_names(self) -> list[DefinedName]:
        """All defined names, hidden and built-in ones included."""
        raise NotImplementedError

    @cached_property
    def date1904(self) -> bool:
        """Whether dates count from 1904-01-01."""
        raise NotImplementedError


def fingerprint(path: Path) -> Fingerprint:
    """The fingerprint of the file at `path` now, to compare with `Package.fingerprint`."""
    raise NotImplementedError

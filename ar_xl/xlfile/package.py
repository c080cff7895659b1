"""An opened .xlsx or .xlsm file: its parts, and what the workbook part says of them. Immutable.

No file handle is kept between calls, so that the file can be replaced while a Package of it
lives; each read checks that the file is still the one that was opened.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import zipfile
from collections import deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from ar_xl.xlfile.codec import BROKEN, crc32, inflater
from ar_xl.xlfile.errors import (
    ChangedWorkbook,
    DamagedWorkbook,
    HostileWorkbook,
    NotAWorkbook,
    SignedWorkbook,
    StrictWorkbook,
)
from ar_xl.xlfile.preflight import check_size, open_archive
from ar_xl.xlfile.tableparts import TablePart, read_table
from ar_xl.xlfile.textlimits import check_texts
from ar_xl.xlfile.workbookpart import (
    DefinedName,
    Rel,
    SheetEntry,
    check_root,
    read_date1904,
    read_defined_names,
    read_sheets,
)
from ar_xl.xlfile.xmlparts import (
    CONTENT_TYPES,
    PACKAGE_RELS,
    PROLOG_BYTES,
    STRICT,
    check_prolog,
    check_tree_size,
    parse_small,
)

__all__ = ["CHUNK", "DefinedName", "Fingerprint", "Package", "Rel", "SheetEntry", "fingerprint"]

CHUNK = 4 << 20
# Inflates to about a megabyte: what is still in the cache is summed up in half the time.
_PACKED = 96 << 10
_STORED = 1 << 20
MAX_WHOLE_BYTES = 256 << 20  # of a part read at once; sheets are streamed
CHECKED_AT_ONCE_BYTES = 8 << 20  # a workbook up to this size has every part's CRC checked at open

_CONTENT_TYPES_PART = "[Content_Types].xml"
_STREAMED = {"sharedStrings": "sst", "styles": "styleSheet"}
_LOCAL_HEADER = 30
_SIZES_BEHIND = 0x08  # a header written before the part was; its sizes stand behind the part
_SIZES_ELSEWHERE = ((0, 0), (0xFFFFFFFF, 0xFFFFFFFF))  # not known, or in the field for large files
_MAIN_TYPES = ("sheet", "template", "addin")


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


class Package:
    """An opened workbook file. Make one with `Package.open`."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, fingerprint: Fingerprint) -> None:
        self.path = path
        self.fingerprint = fingerprint
        self.folders = [i for i in archive.infolist() if i.is_dir()]
        self._infos = {i.filename: i for i in archive.infolist() if not i.is_dir()}
        self._folded = {name.casefold(): name for name in self._infos}
        self._rels: dict[str, list[Rel]] = {}

    @classmethod
    def open(cls, path: Path, *, signed: bool = False) -> Package:
        """The file at `path`, checked by the preflight before anything of it is parsed.

        Args:
            path: of the file.
            signed: accept a digitally signed workbook, for a caller that only reads it.

        Raises:
            XlFileError: one of its kinds, see `errors`.
            OSError: the file is missing or may not be read.
        """
        with path.open("rb") as file, open_archive(file, path) as archive:
            package = cls(path, archive, _fingerprint(file, archive))
        package._check_kind(signed)
        package._check_parts()
        return package

    def names(self) -> list[str]:
        """The names of all parts, in the order of the file, without a leading slash."""
        return list(self._infos)

    def find(self, name: str) -> str | None:
        """The stored name of a part, whose letters may differ in case, or None."""
        return name if name in self._infos else self._folded.get(name.casefold())

    def member(self, name: str) -> zipfile.ZipInfo:
        """The directory entry of a part; with `path` all that a raw copy needs."""
        return self._infos[name]

    def read(self, name: str) -> bytes:
        """A part's bytes, inflated, its CRC-32 checked."""
        if self._infos[name].file_size > MAX_WHOLE_BYTES:
            raise HostileWorkbook(f"the part {name} is larger than {MAX_WHOLE_BYTES >> 20} MB")
        return b"".join(self.stream(name))

    def stream(self, name: str, chunk: int = CHUNK) -> Iterator[bytes]:
        """A part's bytes in pieces of at most `chunk`; the CRC-32 is checked at the end.

        Raises:
            ChangedWorkbook: the file is no longer the one that was opened.
            DamagedWorkbook: the part is not what the directory says.
            HostileWorkbook: it inflates beyond all measure.
        """
        info = self._infos[name]
        check_size(info)
        with self._reopened() as file:
            _seek_data(file, info)
            crc, size = 0, 0
            for piece in _inflate(file, info, chunk):
                crc, size = crc32(piece, crc), size + len(piece)
                if size > info.file_size:
                    break
                yield piece
        if size != info.file_size or crc != info.CRC:
            raise DamagedWorkbook(f"the part {name} does not match its checksum")

    def stored(self, name: str) -> Iterator[bytes]:
        """A part's bytes as the file has them, deflated or not, in pieces of one size.

        Raises:
            ChangedWorkbook: the file is no longer the one that was opened.
            DamagedWorkbook: it ends too early.
        """
        info = self._infos[name]
        with self._reopened() as file:
            _seek_data(file, info)
            for start in range(0, info.compress_size, _STORED):
                wanted = min(_STORED, info.compress_size - start)
                piece = file.read(wanted)
                if len(piece) < wanted:
                    raise DamagedWorkbook(f"the part {name} ends too early")
                yield piece

    def check(self, but: Collection[str] = ()) -> None:
        """Read every part to its end, so that its checksum is compared.

        Args:
            but: parts that need not be read.

        Raises:
            XlFileError: as `stream`.
        """
        for name in self._infos:
            if name not in but:
                deque(self.stream(name), maxlen=0)

    def content_type(self, part: str) -> str:
        """The content type of a part, "" where the package names none."""
        overrides, defaults = self._content_types
        by_extension = defaults.get(part.rpartition(".")[2].casefold(), "")
        return overrides.get(part.casefold(), by_extension)

    @property
    def typed_names(self) -> set[str]:
        """The names, in small letters, of all parts whose content type is told one by one."""
        return set(self._content_types[0])

    def rels(self, part: str) -> list[Rel]:
        """The relationships of a part ("" is the package itself), targets as part names."""
        if part not in self._rels:
            folder, _, name = part.rpartition("/")
            stored = self.find(posixpath.join(folder, "_rels", name + ".rels"))
            self._rels[part] = self._read_rels(folder, stored) if stored else []
        return self._rels[part]

    @cached_property
    def workbook_part(self) -> str:
        """The name of the main part, found through the package's relationships."""
        for rel in self.rels(""):
            if rel.kind == "officeDocument":
                if rel.type.startswith(STRICT):
                    raise StrictWorkbook()
                part = self.find(rel.target)
                if part is None:
                    raise DamagedWorkbook("its main part is missing")
                return part
        raise DamagedWorkbook("nothing in it leads to its main part")

    @cached_property
    def sheets(self) -> list[SheetEntry]:
        """All sheets in the order of their tabs, chart sheets among them (see `kind`)."""
        return read_sheets(self._workbook, self.rels(self.workbook_part), self.find)

    @cached_property
    def worksheets(self) -> list[SheetEntry]:
        """The sheets that have cells, in the order of their tabs."""
        return [sheet for sheet in self.sheets if sheet.kind == "worksheet"]

    @cached_property
    def tables(self) -> list[TablePart]:
        """All tables of all worksheets."""
        tables = []
        for sheet in self.worksheets:
            for rel in self.rels(sheet.part):
                if rel.kind == "table" and rel.mode != "External":
                    part = self.find(rel.target)
                    if part is None:
                        raise DamagedWorkbook(f"a table of the sheet '{sheet.name}' is missing")
                    tables.append(read_table(self.tree(part), part, sheet.part, rel.id))
        return tables

    @cached_property
    def defined_names(self) -> list[DefinedName]:
        """All defined names, hidden and built-in ones included."""
        return read_defined_names(self._workbook)

    @cached_property
    def date1904(self) -> bool:
        """Whether dates count from 1904-01-01."""
        return read_date1904(self._workbook)

    def part_of_kind(self, kind: str) -> str | None:
        """The part that the workbook part relates to by `kind` ("styles", "sharedStrings")."""
        for rel in self.rels(self.workbook_part):
            if rel.kind == kind and rel.mode != "External":
                return self.find(rel.target)
        return None

    def tree(self, part: str) -> Element:
        """The tree of a small XML part."""
        check_tree_size(self._infos[part].file_size, part)
        return parse_small(self.read(part), part)

    @cached_property
    def _workbook(self) -> Element:
        root = self.tree(self.workbook_part)
        check_root(root)
        return root

    @cached_property
    def _content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        root = self.tree(self._folded[_CONTENT_TYPES_PART.casefold()])
        overrides, defaults = {}, {}
        for element in root:
            content_type = element.get("ContentType", "")
            if element.tag == f"{{{CONTENT_TYPES}}}Override":
                overrides[element.get("PartName", "").lstrip("/").casefold()] = content_type
            elif element.tag == f"{{{CONTENT_TYPES}}}Default":
                defaults[element.get("Extension", "").casefold()] = content_type
        return overrides, defaults

    def _read_rels(self, folder: str, stored: str) -> list[Rel]:
        rels = []
        for element in self.tree(stored).iterfind(f"{{{PACKAGE_RELS}}}Relationship"):
            target, mode = element.get("Target", ""), element.get("TargetMode", "Internal")
            if mode != "External":
                target = unquote(target)
                rooted = target if target.startswith("/") else posixpath.join("/", folder, target)
                target = posixpath.normpath(rooted).lstrip("/")
            rels.append(Rel(element.get("Id", ""), element.get("Type", ""), target, mode))
        return rels

    def _check_kind(self, signed: bool) -> None:
        """Read as much as shows that this is a workbook we may change."""
        main_type = self.content_type(self.workbook_part)
        application, _, kind = main_type.partition("/")
        words = kind.split(".")
        if application != "application" or words[-1] != "main+xml":
            raise NotAWorkbook(f"its main part is {main_type or 'of no known kind'}")
        if not any(word in _MAIN_TYPES for word in words):
            raise NotAWorkbook("it is a document of another Office program")
        assert self.sheets
        if not signed and any(rel.kind == "origin" for rel in self.rels("")):
            raise SignedWorkbook()

    def _check_parts(self) -> None:
        """Look at the beginning of what will be parsed; of a small workbook, at every byte."""
        parsed = dict.fromkeys((sheet.part for sheet in self.worksheets), "worksheet")
        for kind, root in _STREAMED.items():
            if part := self.part_of_kind(kind):
                parsed[part] = root
        for name, root in parsed.items():
            check_prolog(next(self.stream(name, PROLOG_BYTES), b""), name, root)
        shared = self.part_of_kind("sharedStrings")
        if shared is not None:
            check_texts(self.stream(shared), self._infos[shared].file_size)
        if sum(info.file_size for info in self._infos.values()) <= CHECKED_AT_ONCE_BYTES:
            self.check()

    @contextmanager
    def _reopened(self) -> Iterator[BinaryIO]:
        with self.path.open("rb") as file:
            now = os.fstat(file.fileno())
            if (now.st_size, now.st_mtime_ns) != (
                self.fingerprint.size,
                self.fingerprint.mtime_ns,
            ):
                raise ChangedWorkbook()
            yield file


def content_of(member: zipfile.ZipInfo) -> tuple[int, int]:
    """What tells the content of a part from any other: its CRC-32 and its size."""
    return member.CRC, member.file_size


def fingerprint(path: Path) -> Fingerprint:
    """The fingerprint of the file at `path` now, to compare with `Package.fingerprint`."""
    with path.open("rb") as file, open_archive(file, path) as archive:
        return _fingerprint(file, archive)


def _fingerprint(file: BinaryIO, archive: zipfile.ZipFile) -> Fingerprint:
    now = os.fstat(file.fileno())
    file.seek(archive.start_dir)
    return Fingerprint(now.st_size, now.st_mtime_ns, hashlib.sha256(file.read()).hexdigest())


def _seek_data(file: BinaryIO, info: zipfile.ZipInfo) -> None:
    """Go to a part's data, past its local header, which must tell the same name."""
    file.seek(info.header_offset)
    header = file.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise DamagedWorkbook(f"the part {info.filename} is not where the directory says")
    name_bytes = int.from_bytes(header[26:28], "little")
    extra_bytes = int.from_bytes(header[28:30], "little")
    stored = file.read(name_bytes).decode("utf-8" if info.flag_bits & 0x800 else "cp437")
    if stored != info.orig_filename:
        raise HostileWorkbook(f"the part {info.filename} has two names")
    sizes = int.from_bytes(header[18:22], "little"), int.from_bytes(header[22:26], "little")
    is_left_open = bool(info.flag_bits & _SIZES_BEHIND) or sizes in _SIZES_ELSEWHERE
    if not is_left_open and sizes != (info.compress_size, info.file_size):
        raise HostileWorkbook(f"the part {info.filename} has two sizes")
    file.seek(extra_bytes, os.SEEK_CUR)


def _inflate(file: BinaryIO, info: zipfile.ZipInfo, chunk: int) -> Iterator[bytes]:
    left = info.compress_size
    if info.compress_type == zipfile.ZIP_STORED:
        while left > 0 and (piece := file.read(min(chunk, left))):
            left -= len(piece)
            yield piece
        return
    stream = inflater()
    try:
        while left > 0 and not stream.eof:
            packed = file.read(min(_PACKED, left))
            if not packed:
                break
            left -= len(packed)
            piece = stream.decompress(packed, chunk)
            while piece:
                yield piece
                piece = stream.decompress(stream.unconsumed_tail, chunk)
        if piece := stream.flush():
            yield piece
    except BROKEN:
        raise DamagedWorkbook(f"the part {info.filename} cannot be inflated") from None

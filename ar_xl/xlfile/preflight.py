"""What is refused before anything of a file is parsed: wrong, broken and hostile files.

The limits are those of Apache POI where it has them (a part may inflate to 100 times its size,
small parts exempt), widened where real report sheets need it, and an absolute cap. Measured:
sheets of nothing but equal formatted cells inflate 12 to 20 times, bombs 300 to 1,032 times.
"""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from ar_xl.xlfile.errors import (
    BinaryWorkbook,
    DamagedWorkbook,
    EncryptedWorkbook,
    HostileWorkbook,
    NotAWorkbook,
    OldWorkbook,
    XlFileError,
)

MAX_PARTS = 10_000
MAX_DIRECTORY_BYTES = 4 << 20  # 10,000 parts with names and extra fields of 400 bytes
MAX_RATIO = 100
RATIO_GRACE_BYTES = 1 << 20  # harmless at any ratio
UNPARSED_GRACE_BYTES = 256 << 20  # of pictures and such, which are only copied: white BMPs exist
MAX_NAME = 1_000  # characters of a part's name
MAX_PART_BYTES = 4 << 30  # 1,048,576 rows of 50 cells are about 2 GB
MAX_XML_BYTES = 8 << 30

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_CHANGES_NOTHING = (0, 8)  # stored, deflated
_PARSED = (".xml", ".rels", ".vml", ".bin")


def open_archive(file: BinaryIO, path: Path) -> zipfile.ZipFile:
    """The archive in `file`, its directory read and checked; no part has been inflated.

    Raises:
        XlFileError: one of its kinds, see `errors`.
    """
    _check_magic(file, path)
    _check_directory_size(file)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, struct.error, OSError, UnicodeDecodeError):
        raise DamagedWorkbook("the file is cut off or its directory is broken") from None
    except NotImplementedError:
        raise DamagedWorkbook("the file is an archive of a kind Excel does not write") from None
    _check_members(archive)
    return archive


def check_size(info: zipfile.ZipInfo) -> None:
    """Refuse to inflate a part that grows beyond all honest measure."""
    if info.file_size > MAX_PART_BYTES:
        raise HostileWorkbook(f"the part {info.filename} inflates to {info.file_size:,} bytes")
    is_parsed = info.filename.casefold().endswith(_PARSED)
    if info.file_size <= (RATIO_GRACE_BYTES if is_parsed else UNPARSED_GRACE_BYTES):
        return
    if info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise HostileWorkbook(
            f"the part {info.filename} inflates to more than {MAX_RATIO} times its size"
        )


def _check_magic(file: BinaryIO, path: Path) -> None:
    file.seek(0)
    head = file.read(8)
    if head == _OLE2:
        raise _ole2_kind(file)
    if not head:
        raise NotAWorkbook("the file is empty")
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise NotAWorkbook(f"{path.name} begins like another kind of file")


def _ole2_kind(file: BinaryIO) -> XlFileError:
    """Encrypted workbooks and old ones share a container; the names inside tell them apart."""
    encrypted = "EncryptedPackage".encode("utf-16-le")
    file.seek(0)
    tail = b""
    while block := file.read(1 << 20):
        if encrypted in tail + block:
            return EncryptedWorkbook()
        tail = block[-len(encrypted) :]
    return OldWorkbook()


def _check_directory_size(file: BinaryIO) -> None:
    """Measure the directory from the record at the file's end, before it is read."""
    size = file.seek(0, 2)
    start = max(0, size - (1 << 16) - _END.size)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(tail):
        raise DamagedWorkbook("the file is cut off: its end is missing")
    _, _, _, _, parts, directory_bytes, _, _ = _END.unpack_from(tail, at)
    locator_at = at - _END64_LOCATOR.size
    if locator_at >= 0 and tail[locator_at : locator_at + 4] == b"PK\x06\x07":
        _, _, offset, _ = _END64_LOCATOR.unpack_from(tail, locator_at)
        if offset + _END64.size > size:
            raise DamagedWorkbook("the file is cut off: its end is missing")
        file.seek(offset)
        fields = _END64.unpack(file.read(_END64.size))
        parts, directory_bytes = fields[7], fields[8]
    if parts > MAX_PARTS or directory_bytes > MAX_DIRECTORY_BYTES:
        raise HostileWorkbook(f"it claims to have more than {MAX_PARTS:,} parts")


def _check_members(archive: zipfile.ZipFile) -> None:
    infos = archive.infolist()
    if len(infos) > MAX_PARTS:
        raise HostileWorkbook(f"it has more than {MAX_PARTS:,} parts")
    seen: set[str] = set()
    for info in infos:
        _check_name(info.orig_filename)
        folded = unquote(info.filename).casefold()
        if folded in seen:
            raise HostileWorkbook(f"the part {info.filename} is in it twice")
        seen.add(folded)
        if info.flag_bits & 0x41:
            raise EncryptedWorkbook()
        if info.compress_type not in _CHANGES_NOTHING:
            raise DamagedWorkbook(
                f"the part {info.filename} is compressed in a way Excel does not write"
            )
        check_size(info)
    if sum(info.file_size for info in infos) > MAX_XML_BYTES:
        raise HostileWorkbook(f"it inflates to more than {MAX_XML_BYTES >> 30} GB")
    _check_overlap(archive, infos)
    _check_kind(seen)


def _check_name(name: str) -> None:
    steps = unquote(name).replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in steps or ":" in name or "\0" in name:
        raise HostileWorkbook(f"it has a part that points outside itself ({name[:80]!r})")
    if "\\" in name:
        raise DamagedWorkbook(f"the part name {name[:80]!r} has a backslash")
    is_odd = "." in steps or "" in steps[:-1] or len(name) > MAX_NAME or not name.isprintable()
    if is_odd:  # one part could have two names
        raise DamagedWorkbook(f"the part name {name[:80]!r} is not one that Excel writes")


def _check_overlap(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> None:
    """Parts that share bytes are how small files become terabytes."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < 0:  # counted from the end, so bytes are missing before it
            raise DamagedWorkbook("bytes are missing from the middle of the file")
        if info.header_offset < end:
            raise HostileWorkbook(f"the part {info.filename} overlaps another")
        end = info.header_offset + 30 + len(info.filename) + info.compress_size
    if end > archive.start_dir:
        raise DamagedWorkbook("a part reaches beyond the end of the file")


def _check_kind(names: set[str]) -> None:
    if "xl/workbook.bin" in names:
        raise BinaryWorkbook()
    if "[content_types].xml" in names:
        return
    if "mimetype" in names:
        raise NotAWorkbook("it is an OpenDocument file")
    raise NotAWorkbook("it is an archive of other files")

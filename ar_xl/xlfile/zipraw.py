"""A ZIP archive written member by member: copied as compressed bytes, or deflated as it comes.

The standard library can copy a member only by inflating and deflating it again. Here an untouched
member keeps its compressed bytes, its time and its attributes. Archives over 4 GiB (ZIP64) are
refused; no Excel workbook is that large.
"""

from __future__ import annotations

import queue
import struct
import threading
import zipfile
from collections.abc import Iterable
from typing import BinaryIO

from ar_xl.xlfile.codec import crc32, deflater
from ar_xl.xlfile.write_errors import CannotEdit

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LIMIT = 0xFFFFFFFF
_COPY = 1 << 20
_STAMP = (1980, 1, 1, 0, 0, 0)  # of new members: a save must not depend on the clock
_UTF8 = 0x800
_KEPT_FLAGS = 0x6 | _UTF8  # how it was deflated, and that its name is UTF-8


class RawZip:
    """A new archive on a seekable file; call `close` once at the end.

    Args:
        out: open for writing, at its start.
    """

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._entries: list[tuple[zipfile.ZipInfo, bytes]] = []
        self._names: set[str] = set()

    def copy(self, source: BinaryIO, member: zipfile.ZipInfo) -> None:
        """Copy a member's compressed bytes.

        Args:
            source: the archive it comes from.
            member: its directory entry there.

        Raises:
            zipfile.BadZipFile: the source ends early or has no member there.
        """
        source.seek(member.header_offset)
        header = source.read(_LOCAL.size)
        if len(header) < _LOCAL.size or header[:4] != b"PK\3\4":
            raise zipfile.BadZipFile(f"no member header for {member.filename}")
        name, extra = struct.unpack_from("<HH", header, 26)
        source.seek(name + extra, 1)
        info = self._begin(member.filename, member.date_time, member.compress_type)
        info.flag_bits = member.flag_bits & _KEPT_FLAGS | info.flag_bits
        info.CRC, info.file_size = member.CRC, member.file_size
        info.compress_size = member.compress_size
        info.external_attr, info.create_system = member.external_attr, member.create_system
        self._header(info)
        left = member.compress_size
        while left:
            piece = source.read(min(_COPY, left))
            if not piece:
                raise zipfile.BadZipFile(f"{member.filename} ends early")
            self._out.write(piece)
            left -= len(piece)

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """Deflate a new member from its pieces, one at a time, while the next one is made.

        zlib lets other Python threads run, so deflating on a second thread takes a third off the
        time of a large sheet; a small one is not worth the thread. When making the pieces fails,
        the archive is as it was before the call.
        """
        info = self._begin(name, _STAMP, zipfile.ZIP_DEFLATED)
        try:
            self._deflate(info, pieces)
        except BaseException:
            self._entries.pop()
            self._names.discard(name)
            self._out.seek(info.header_offset)
            self._out.truncate()
            raise

    def close(self) -> None:
        """Write the directory. The file itself stays open."""
        start = self._out.tell()
        if start > _LIMIT or len(self._entries) > 0xFFFE:
            raise CannotEdit("The workbook would be larger than 4 GiB.")
        for info, name in self._entries:
            self._out.write(
                _CENTRAL.pack(
                    b"PK\1\2",
                    info.create_system << 8 | 20,
                    20,
                    info.flag_bits,
                    info.compress_type,
                    *_dos_time(info.date_time),
                    info.CRC,
                    info.compress_size,
                    info.file_size,
                    len(name),
                    0,
                    0,
                    0,
                    0,
                    info.external_attr,
                    info.header_offset,
                )
                + name
            )
        count, size = len(self._entries), self._out.tell() - start
        self._out.write(_END.pack(b"PK\5\6", 0, 0, count, count, size, start, 0))

    def _deflate(self, info: zipfile.ZipInfo, pieces: Iterable[bytes]) -> None:
        self._header(info)
        stream = _Deflater(self._out)
        iterator = iter(pieces)
        stream.feed(next(iterator, b""))
        second = next(iterator, None)
        if second is not None:
            stream.feed_threaded(second, iterator)
        stream.finish()
        info.CRC, info.file_size, info.compress_size = stream.crc, stream.size, stream.packed
        if max(info.file_size, info.compress_size) > _LIMIT:
            raise CannotEdit(f"The part {info.filename} would be larger than 4 GiB.")
        end = self._out.tell()
        self._out.seek(info.header_offset)
        self._header(info)
        self._out.seek(end)

    def _begin(
        self, name: str, moment: tuple[int, int, int, int, int, int], method: int
    ) -> zipfile.ZipInfo:
        assert name not in self._names, name
        self._names.add(name)
        info = zipfile.ZipInfo(name, moment)
        info.compress_type, info.create_system = method, 0
        info.header_offset = self._out.tell()
        encoded = name.encode()
        info.flag_bits = 0 if encoded.isascii() else _UTF8
        info.CRC = info.file_size = info.compress_size = 0
        self._entries.append((info, encoded))
        return info

    def _header(self, info: zipfile.ZipInfo) -> None:
        name = info.filename.encode()
        self._out.write(
            _LOCAL.pack(
                b"PK\3\4",
                20,
                info.flag_bits,
                info.compress_type,
                *_dos_time(info.date_time),
                info.CRC,
                info.compress_size,
                info.file_size,
                len(name),
                0,
            )
            + name
        )


class _Deflater:
    """Deflates pieces into a file and keeps count."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._deflate = deflater()
        self.crc = self.size = self.packed = 0

    def feed(self, piece: bytes) -> None:
        """Deflate one piece."""
        self.crc = crc32(piece, self.crc)
        self.size += len(piece)
        self.packed += self._out.write(self._deflate.compress(piece))

    def finish(self) -> None:
        """Deflate what zlib still holds."""
        self.packed += self._out.write(self._deflate.flush())

    def feed_threaded(self, first: bytes, rest: Iterable[bytes]) -> None:
        """Deflate on a second thread while this one makes the pieces; two wait at most."""
        waiting: queue.Queue[bytes | None] = queue.Queue(2)
        failures: list[Exception] = []

        def work() -> None:
            while (piece := waiting.get()) is not None:
                if not failures:
                    try:
                        self.feed(piece)
                    except Exception as failure:  # noqa: BLE001 - raised again by the caller's thread
                        failures.append(failure)

        worker = threading.Thread(target=work, name="deflate")
        worker.start()
        try:
            waiting.put(first)
            for piece in rest:
                if failures:
                    break
                waiting.put(piece)
        finally:
            waiting.put(None)
            worker.join()
        if failures:
            raise failures[0]


def _dos_time(moment: tuple[int, int, int, int, int, int]) -> tuple[int, int]:
    year, month, day, hour, minute, second = moment
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day

"""A compound file read as strictly as [MS-CFB] allows: every byte is accounted for.

Knows nothing of who wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from ar_xl.addin.strictbytes import Cursor, insist

_SECTOR, _MINI = 512, 64
_END, _FREE, _TABLE, _NOBODY = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED = 0
_DEEPEST = 64  # of a tree of names; ours has four levels


@dataclass(frozen=True)
class _Line:
    """One line of the directory."""

    name: str
    kind: int
    colour: int
    left: int
    right: int
    child: int
    start: int
    size: int


@dataclass(frozen=True)
class _Header:
    """What the first sector says."""

    tables: tuple[int, ...]
    directory: int
    mini_table: int
    mini_table_sectors: int


def read(content: bytes) -> dict[str, bytes]:
    """Return the streams by path, `VBA/dir`.

    Raises:
        Deviation: a rule of the format is broken, a sector belongs to nobody or to two, what is
            unused is not empty, or something is there that we do not write (times, class ids).
    """
    whole, rest = divmod(len(content), _SECTOR)
    insist(whole >= 2 and rest == 0, "The compound file does not end with a sector.")
    sectors = [content[at : at + _SECTOR] for at in range(_SECTOR, len(content), _SECTOR)]
    return _File(_header(content[:_SECTOR]), sectors).streams()


def _header(sector: bytes) -> _Header:
    where = "The compound file's header"
    reader = Cursor(sector, where)
    reader.expect(bytes.fromhex("d0cf11e0a1b11ae1"), "the signature")
    reader.expect(bytes(16), "the class id")
    reader.expect(bytes.fromhex("3e000300feff09000600"), "version and sector sizes")
    reader.expect(bytes(10), "what is reserved, and directory sectors of version 4,")
    table_sectors, directory = reader.number(4), reader.number(4)
    reader.expect(bytes(4), "the transaction number")
    reader.expect((4096).to_bytes(4, "little"), "the size from which streams are long")
    mini_table, mini_table_sectors = reader.number(4), reader.number(4)
    reader.expect(_END.to_bytes(4, "little") + bytes(4), "the further table")
    listed = [reader.number(4) for _ in range(109)]
    insist(0 < table_sectors <= 109, f"{where}: {table_sectors:,} sectors of its table.")
    insist(set(listed[table_sectors:]) <= {_FREE}, f"{where}: more tables than it counts.")
    return _Header(tuple(listed[:table_sectors]), directory, mini_table, mini_table_sectors)


class _File:
    """The sectors, and whose each one is."""

    def __init__(self, header: _Header, sectors: list[bytes]) -> None:
        self._sectors = sectors
        self._header = header
        self._owners: dict[int, str] = {}
        for place in header.tables:
            insist(place < len(sectors), "The table of sectors is not in the file.")
            self._own(place, "the table of sectors")
        table = b"".join(sectors[place] for place in header.tables)
        self._table = _numbers(table)

    def streams(self) -> dict[str, bytes]:
        """All streams; every sector and every line of the directory is somebody's."""
        lines = self._directory()
        insist(lines[0].kind == _ROOT and lines[0].name == "Root Entry", "There is no root.")
        root = lines[0]
        mini_table = self._chain(self._header.mini_table, "the table of short streams")
        insist(
            len(mini_table) == self._header.mini_table_sectors * _SECTOR,
            "The table of short streams is not as long as the header says.",
        )
        mini = _Mini(_numbers(mini_table), self._long(root.start, root.size, "short streams"))
        found: dict[str, bytes] = {}
        seen = {0}
        for number, path in _names(lines, root.child, "", seen):
            line = lines[number]
            if line.kind == _STORAGE:
                insist(line.start == 0 and line.size == 0, f"{path}: a storage with content.")
                for inner, inner_path in _names(lines, line.child, f"{path}/", seen):
                    insist(lines[inner].kind == _STREAM, f"{inner_path}: deeper than we write.")
                    found[inner_path] = self._stream(lines[inner], inner_path, mini)
            else:
                found[path] = self._stream(line, path, mini)
        insist(len(seen) == len(lines), "The directory has a line that belongs nowhere.")
        mini.insist_on_owners()
        self._insist_on_owners()
        return found

    def _stream(self, line: _Line, path: str, mini: _Mini) -> bytes:
        insist(line.child == _NOBODY, f"{path}: a stream with children.")
        if line.size == 0:
            insist(line.start == _END, f"{path}: an empty stream with sectors.")
            return b""
        if line.size < 4096:
            return mini.stream(line.start, line.size, path)
        return self._long(line.start, line.size, path)

    def _long(self, start: int, size: int, path: str) -> bytes:
        return _cut(self._chain(start, path), size, _SECTOR, path)

    def _chain(self, start: int, owner: str) -> bytes:
        content = []
        place = start
        while place != _END:
            insist(place < len(self._sectors), f"{owner}: sector {place:,} is not in the file.")
            self._own(place, owner)
            content.append(self._sectors[place])
            insist(place < len(self._table), f"{owner}: sector {place:,} is in no table.")
            place = self._table[place]
        return b"".join(content)

    def _own(self, place: int, owner: str) -> None:
        insist(
            place not in self._owners,
            f"Sector {place:,} belongs to {self._owners.get(place)} and to {owner}.",
        )
        self._owners[place] = owner

    def _directory(self) -> list[_Line]:
        content = self._chain(self._header.directory, "the directory")
        lines: list[_Line] = []
        for at in range(0, len(content), 128):
            line = content[at : at + 128]
            if line[64:67] == bytes(3):
                unused = bytes(68) + b"\xff" * 12 + bytes(48)
                insist(line == unused, f"Line {at // 128} of the directory is not quite unused.")
                insist(len(content) - at < _SECTOR, "The directory is longer than it has to be.")
                continue
            insist(len(lines) == at // 128, "The directory has a gap.")
            lines.append(_line(line))
        insist(bool(lines), "The directory is empty.")
        return lines

    def _insist_on_owners(self) -> None:
        for place, following in enumerate(self._table):
            if place >= len(self._sectors):
                insist(following == _FREE, f"Sector {place:,} is not in the file.")
            else:
                insist(place in self._owners, f"Sector {place:,} belongs to nobody.")
                is_table = place in self._header.tables
                insist((following == _TABLE) == is_table, f"Sector {place:,} is of another kind.")
        insist(len(self._table) >= len(self._sectors), "The table of sectors is too short.")


class _Mini:
    """The stream of short streams."""

    def __init__(self, table: tuple[int, ...], content: bytes) -> None:
        insist(len(content) % _MINI == 0, "The short streams do not end with a short sector.")
        self._table = table
        self._content = content
        self._owned: set[int] = set()

    def stream(self, start: int, size: int, path: str) -> bytes:
        """One of them."""
        content = []
        place = start
        while place != _END:
            insist(place not in self._owned, f"{path}: a short sector belongs to two.")
            insist(
                place < len(self._table) and (place + 1) * _MINI <= len(self._content),
                f"{path}: short sector {place:,} is not in the file.",
            )
            self._owned.add(place)
            content.append(self._content[place * _MINI : (place + 1) * _MINI])
            place = self._table[place]
        return _cut(b"".join(content), size, _MINI, path)

    def insist_on_owners(self) -> None:
        """Every short sector is somebody's, and the rest of the table says so."""
        count = len(self._content) // _MINI
        insist(self._owned == set(range(count)), "A short sector belongs to nobody.")
        insist(set(self._table[count:]) <= {_FREE}, "The table of short streams says too much.")
        insist(len(self._table) - count < _SECTOR // 4, "The table of short streams is too long.")


def _numbers(content: bytes) -> tuple[int, ...]:
    reader = Cursor(content, "a table")
    return tuple(reader.number(4) for _ in range(len(content) // 4))


def _cut(content: bytes, size: int, unit: int, path: str) -> bytes:
    """What is used of whole sectors; the rest is zero."""
    insist(-(-size // unit) * unit == len(content), f"{path}: its sectors do not fit its size.")
    insist(not any(content[size:]), f"{path}: there is something after its end.")
    return content[:size]


def _line(content: bytes) -> _Line:
    reader = Cursor(content, "the directory")
    name_field = reader.take(64)
    length = reader.number(2)
    insist(2 < length <= 64 and length % 2 == 0, "A name of the directory has no length.")
    name = Cursor(name_field, "a name of the directory").text(length - 2, "utf-16-le")
    insist(not any(name_field[length - 2 :]), f"{name!a}: there is something after its name.")
    insist(name.isascii() and name.isprintable(), f"{name!a} is no name that we give.")
    kind, colour = reader.number(1), reader.number(1)
    insist(kind in (_STORAGE, _STREAM, _ROOT) and colour in (0, 1), f"{name}: of no known kind.")
    left, right, child = reader.number(4), reader.number(4), reader.number(4)
    reader.expect(bytes(36), f"class id, state and times of {name}")
    return _Line(name, kind, colour, left, right, child, reader.number(4), reader.number(8))


def _names(lines: list[_Line], top: int, folder: str, seen: set[int]) -> list[tuple[int, str]]:
    """Everything in a storage, in the order of its tree, which keeps the rules of 2.6.4."""
    ordered: list[int] = []

    def visit(number: int, depth: int, below_red: bool) -> int:
        """Returns how many black lines are on every way down."""
        if number == _NOBODY:
            return 1
        insist(number < len(lines) and number not in seen, "A tree of names is tangled.")
        insist(depth < _DEEPEST, "A tree of names is too deep.")
        seen.add(number)
        line = lines[number]
        is_red = line.colour == _RED
        insist(line.kind != _ROOT, "There are two roots.")
        insist(not (is_red and below_red), f"{line.name}: red below red.")
        left = visit(line.left, depth + 1, is_red)
        ordered.append(number)
        right = visit(line.right, depth + 1, is_red)
        insist(left == right, f"{line.name}: its tree is not balanced.")
        return left + (not is_red)

    insist(top != _NOBODY, f"{folder or 'The root'} is empty.")
    insist(top >= len(lines) or lines[top].colour != _RED, "The top of a tree is red.")
    visit(top, 0, False)
    names = [lines[number].name for number in ordered]
    keys = [(len(name), name.upper()) for name in names]
    insist(all(one < other for one, other in pairwise(keys)), "Names are out of order.")
    return [(number, folder + name) for number, name in zip(ordered, names, strict=True)]

"""The texts of a workbook: shared strings, and those of inline strings and formula results.

Half a million texts must not cost half a million Python calls: parts are cut by one regular
expression a chunk, and indices are dealt out by a dict that counts its own keys.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice
from threading import RLock

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.errors import DamagedWorkbook
from ar_xl.xlfile.package import Package, content_of
from ar_xl.xlfile.plaintext import plain_texts
from ar_xl.xlfile.sheetpieces import Unusual
from ar_xl.xlfile.textlimits import check_count, check_lengths, check_read
from ar_xl.xlfile.xmlparts import MAIN, encoding_of, feed, new_parser, unescaped

_SPACE = "http://www.w3.org/XML/1998/namespace}space"
_EDGES = " \t\r\n"
# Around strings that have neither formats nor space at an edge.
_FIRST, _BETWEEN, _LAST = "<si><t>", "</t></si><si><t>", "</t></si>"
# What Excel, LibreOffice, openpyxl and XlsxWriter write for a string without formats. Character
# data is everything up to the next tag.
_PLAIN = re.compile('<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_ITEM = re.compile('<si>(?:<t(?: xml:space="(preserve)")?>([^<]*)</t>|(.*?))</si>|<si/>', re.DOTALL)
# Any of these and a string may begin or end with space that Excel would not keep.
_EDGE_MARKS = (
    *(f"<t>{edge}" for edge in (*_EDGES, "&#")),
    *(f"{edge}</t>" for edge in (*_EDGES, ";")),
)
_ROOT_END = re.compile(r"</sst\s*>\s*$|<sst[^>]*/>\s*$")


@dataclass(frozen=True)
class Strings:
    """The shared strings of a workbook.

    Args:
        texts: distinct texts, those of the shared strings among them.
        places: by number of a shared string, where its text stands in `texts`.
    """

    texts: npt.NDArray[np.object_]
    places: npt.NDArray[np.int32]


class Pool:
    """The distinct texts of one opened workbook; equal texts have one index until it is cleared.

    Args:
        package: the workbook whose shared strings are read when first needed.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        # Made when a text is first looked up: shared strings that are all different need none.
        self._index: defaultdict[str, int] | None = None
        self._lock = RLock()
        self._shared: npt.NDArray[np.int32] | None = None
        self._texts: npt.NDArray[np.object_] = np.empty(0, dtype=object)
        self._read: Strings | None = None

    def __len__(self) -> int:
        return len(self._texts if self._index is None else self._index)

    @property
    def texts(self) -> npt.NDArray[np.object_]:
        """All texts met so far, by index; the same array until another text is met."""
        with self._lock:
            known = len(self._texts)
            if self._index is not None and len(self._index) != known:
                grown = np.empty(len(self._index), dtype=object)
                grown[:known] = self._texts
                grown[known:] = list(islice(self._index, known, None))
                check_lengths(grown[known:])
                self._texts = grown
            return self._texts

    @property
    def shared(self) -> npt.NDArray[np.int32]:
        """The index of each shared string; duplicates point to the first."""
        with self._lock:
            if self._shared is None and self._read is not None:
                self._shared = self.intern(self._read.texts.tolist())[self._read.places]
            elif self._shared is None:
                self._shared = self._numbered(list(chain(*read_shared(self._package))))
            return self._shared

    def _numbered(self, texts: list[str]) -> npt.NDArray[np.int32]:
        """The indices of shared strings, in a third of the time where all are different."""
        if len(self) or len(set(texts)) < len(texts):
            return self.intern(texts)
        self._texts = np.empty(len(texts), dtype=object)
        self._texts[:] = texts
        self._index = None  # an empty one may have been made by a piece without texts
        return np.arange(len(texts), dtype=np.int32)

    @property
    def strings(self) -> Strings:
        """The shared strings; without numbering them anew where they were read before."""
        with self._lock:
            if self._shared is None and self._read is not None:
                return self._read
            places = self.shared
            return Strings(self.texts, places)

    def intern(self, texts: Sequence[str]) -> npt.NDArray[np.int32]:
        """The indices of `texts`, new ones added behind the others."""
        with self._lock:
            if self._index is None:
                known = self._texts
                counted = zip(known, range(len(known)), strict=True)
                self._index = defaultdict(count(len(known)).__next__, counted)
            return np.fromiter(
                map(self._index.__getitem__, texts), dtype=np.int32, count=len(texts)
            )

    def clear(self) -> None:
        """Begin to number texts anew; shared strings that were read need not be read again.

        Blocks made before keep the texts that they were made with.
        """
        with self._lock:
            if self._shared is not None:
                self._read = self.strings
            self._index = self._shared = None
            self._texts = np.empty(0, dtype=object)

    def take_over(self, other: Pool) -> None:
        """Take the shared strings from another file of which they were copied, if it has read them.

        Nothing is taken where the two parts differ in size or checksum.
        """
        mine, theirs = (pool._package.part_of_kind("sharedStrings") for pool in (self, other))
        if mine is None or theirs is None or (other._shared is None and other._read is None):
            return
        ours, copied = self._package.member(mine), other._package.member(theirs)
        if content_of(ours) == content_of(copied):
            self._read = other.strings


def read_shared(package: Package) -> Iterator[list[str]]:
    """The shared strings of a workbook in pieces, in order; rich text without its formats.

    Raises:
        DamagedWorkbook: the part is no list of strings, or one of them is too long for a cell.
    """
    part = package.part_of_kind("sharedStrings")
    if part is None:
        return
    done = 0
    try:
        for piece in quick_shared(package.stream(part), part):
            check_lengths(piece)
            yield piece
            done += len(piece)
            check_count(done)
    except Unusual:
        texts = exact_shared(package.stream(part), part)[done:]
        check_lengths(texts)
        yield texts


def quick_shared(chunks: Iterable[bytes], part: str) -> Iterator[list[str]]:
    """The shared strings of a part in pieces, cut by regular expression.

    Raises:
        Unusual: it is written in a way that only `exact_shared` reads.
    """
    rest = b""
    for chunk in chunks:
        content = rest + chunk
        if not rest and encoding_of(content, part) != "utf-8":
            raise Unusual
        end = content.rfind(b"</si>") + 5
        if end > 4:
            yield _strings(_decoded(content[:end], part))
            content = content[end:]
        rest = content
        check_read(len(rest))
    tail = _decoded(rest, part)
    yield _strings(tail)
    if not _ROOT_END.search(tail):
        raise Unusual


def _decoded(content: bytes, part: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise DamagedWorkbook(f"the part {part} is not UTF-8") from None


def _strings(text: str) -> list[str]:
    """The strings of a whole number of items."""
    items = text.count("<si>") + text.count("<si/>")
    if text.count("<si") != items or "<!" in text:
        raise Unusual
    bare = _bare_strings(text, items)
    if bare is not None:
        return plain_texts(bare)
    found = _PLAIN.findall(text)
    if len(found) == items and not any(mark in text for mark in _EDGE_MARKS):
        return plain_texts(found)
    raw: list[str] = []
    parsed: dict[int, str] = {}
    for match in _ITEM.finditer(text):
        preserve, plain, other = match.groups()
        if other or (plain and not preserve and "&#" in plain):
            item = f'<sst xmlns="{MAIN}">{match[0]}</sst>'.encode()
            parsed[len(raw)] = exact_shared([item], "sharedStrings.xml")[0]
        raw.append((plain or "") if preserve else (plain or "").strip(_EDGES))
    if len(raw) != items:
        raise Unusual
    texts = plain_texts(raw)
    for at, exact in parsed.items():
        texts[at] = exact
    return texts


def _bare_strings(text: str, items: int) -> list[str] | None:
    """The character data of items of nothing but that, if none has space at an edge; else None."""
    start, end = text.find(_FIRST), text.rfind(_LAST)
    found = text[start + len(_FIRST) : end].split(_BETWEEN)
    if start < 0 or end < start or len(found) != items:
        return None
    joined = "\0".join(("", *found, ""))
    if "<" in joined or ("&" in joined and ("\0&#" in joined or ";\0" in joined)):
        return None
    for edge in _EDGES:
        if edge in joined and (f"\0{edge}" in joined or f"{edge}\0" in joined):
            return None
    return found


def exact_shared(chunks: Iterable[bytes], part: str) -> list[str]:
    """All shared strings of a part, parsed in full: slow, the reference of the quick way.

    Raises:
        DamagedWorkbook: it is not well-formed.
        HostileWorkbook: a document type is declared.
    """
    texts: list[str] = []
    path: list[str] = []
    kept: list[str] | None = None
    preserve = False
    length, has_text = 0, False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal kept, preserve, length, has_text
        path.append(name.removeprefix(MAIN + "}"))
        if path[1:] == ["si"]:
            texts.append("")
            length, has_text = 0, False
        elif path[1:] in (["si", "t"], ["si", "r", "t"]):
            if path[-2] == "si" and has_text:
                raise DamagedWorkbook(f"the part {part} gives a text twice")
            has_text = path[-2] == "si"
            kept, preserve = [], attributes.get(_SPACE) == "preserve"

    def end(_: str) -> None:
        nonlocal kept
        if kept is not None and path[-1] == "t":
            text = "".join(kept)
            texts[-1] += unescaped(text if preserve else text.strip(_EDGES))
            kept = None
        path.pop()

    def characters(text: str) -> None:
        nonlocal length
        if kept is not None:
            kept.append(text)
            length += len(text)
            check_read(length)

    parser = new_parser(part)
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    for chunk in chunks:
        feed(parser, chunk, part)
    feed(parser, b"", part, final=True)
    return texts

"""What kind of file it is, from its bytes; its name proves nothing."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ar_xl.core.findings import Refusal
from ar_xl.imports import codes

LARGEST_TEXT = 512 << 20  # bytes; 1,048,576 rows of 500 characters
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
_SAMPLE = 1 << 18
_DELIMITERS = (",", ";", "\t", "|")
_STATEMENT = re.compile(rb"(?m)^:20:")
_BALANCE = re.compile(rb"(?m)^:(25|28C?|60[FM]):")  # behind it, somewhere
_BANK = (
    (re.compile(rb"\A\s*(OFXHEADER|<\?xml[^>]*\?>\s*<\?OFX|<OFX>)", re.I), "an OFX statement"),
    (re.compile(rb"<OFX>", re.I), "an OFX statement"),
    (re.compile(rb"urn:iso:std:iso:20022:tech:xsd:camt\.", re.I), "a CAMT statement"),
    (re.compile(rb"\A\s*\{1:"), "an MT940 statement"),
    (re.compile(rb"\A\s*(:\d\d[A-Z]?:|-\s*\Z)"), "an MT940 statement"),
    (re.compile(rb"\A\s*01,[^,\r\n]*,[^,\r\n]*,\d{6},\d{1,4},"), "a BAI2 file"),
    (re.compile(rb"(?m)^!(Type|Account|Option):", re.I), "a QIF file"),
    (re.compile(rb"\A(101 ?[ \d]{9,10}|5(200|220|225)|6(2[12678]|3[12678]))[^,;\t]{40,}"),
     "an ACH file"),
)  # fmt: skip


@dataclass(frozen=True)
class Sniffed:
    """What a file is.

    Args:
        kind: "text", "xlsx", or "foreign" for old and other workbooks (.xls, .xlsb, .ods).
        text: the decoded content of a text file, without mark and without a `sep=` line.
        delimiter: of a text file.
        first_line: the number of the first line of `text` in the file.
        said: what is to be told about the encoding.
    """

    kind: str
    text: str = ""
    delimiter: str = ","
    first_line: int = 1
    said: tuple[str, ...] = ()


def sniff(path: Path) -> Sniffed:
    """Tell what a file is by its bytes.

    Refuses an empty file, a bank file, and whatever is neither a text table nor a workbook.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            start = stream.read(8)
    except OSError as error:
        seen = f"{path.name} cannot be read: {error.strerror or 'no such file'}."
        raise Refusal(codes.FILE_MISSING, seen) from None
    if size == 0:
        raise Refusal(codes.FILE_EMPTY, f"{path.name} is empty (0 bytes).")
    if start.startswith(b"PK"):
        return Sniffed(_zip_kind(path))
    if start.startswith(_OLE2):
        return Sniffed("foreign")
    if size > LARGEST_TEXT:
        raise Refusal(codes.FILE_TOO_LARGE, f"{path.name} has {size >> 20:,} MB.")
    return sniff_text(path.name, path.read_bytes())


def _zip_kind(path: Path) -> str:
    """Workbook archives differ by the part names in their directory, at the end of the file."""
    with path.open("rb") as stream:
        stream.seek(0, 2)
        stream.seek(max(0, stream.tell() - (1 << 20)))
        tail = stream.read()
        stream.seek(0)
        head = stream.read(4096)
    if b"xl/workbook.bin" in tail or b"application/vnd.oasis.opendocument" in head:
        return "foreign"
    return "xlsx"


def sniff_text(name: str, content: bytes) -> Sniffed:
    """Tell encoding and delimiter of a text file; refuses a bank file and what is no table.

    Args:
        name: of the file, for messages.
        content: its bytes.
    """
    sample = content[:_SAMPLE]
    for pattern, what in _BANK:
        if pattern.search(sample):
            raise Refusal(codes.BANK_FILE, f"{name} is {what}.")
    begun = _STATEMENT.search(sample)
    if begun and _BALANCE.search(sample, begun.end()):
        raise Refusal(codes.BANK_FILE, f"{name} is an MT940 statement.")
    if content.lstrip()[:1] == b"<" or content[:5] == b"%PDF-":
        what = "a PDF" if content[:1] == b"%" else "an XML or HTML file"
        raise Refusal(codes.NOT_A_TABLE, f"{name} is {what}, whatever its name says.")
    text, said = decoded(name, content)
    if not text.strip():
        raise Refusal(codes.FILE_EMPTY, f"{name} holds no text.")
    first = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    if first:
        return Sniffed("text", text[first.end() :], first[1], 2, said)
    return Sniffed("text", text, _delimiter(text[:_SAMPLE]), 1, said)


def decoded(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file; what the encoding is, where that was concluded and not marked.

    Args:
        name: of the file, for messages.
        content: its bytes.

    Refuses what is no text.
    """
    marks = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
             (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
    for mark, encoding in marks:
        if content.startswith(mark):
            return _strictly(name, content, encoding), ()
    sample = content[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 3 > len(sample) and min(even, odd) * 20 < len(sample):
        encoding = "utf-16-le" if odd > even else "utf-16-be"
        text = _strictly(name, content, encoding)
        return text, (f"{name} is written in UTF-16 without a mark.",)
    odd_bytes = sum(sample.count(value) for value in (*range(7), *range(14, 27), 28, 29))
    if odd_bytes * 100 > len(sample):
        raise Refusal(codes.NOT_A_TABLE, f"{name} is neither text nor a workbook.")
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    try:
        text, encoding = content.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        text, encoding = content.decode("latin-1"), "ISO 8859-1"
    said = f"{name} is not UTF-8 and was read as {encoding}: look whether accents are right."
    return text, (said,)


def _strictly(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        seen = f"{name} begins as {encoding} text but is not, at byte {error.start:,}."
        raise Refusal(codes.NOT_A_TABLE, seen) from None


def _delimiter(sample: str) -> str:
    """The delimiter that cuts most records of the sample into equally many cells."""
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        try:
            rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
            widths = [len(row) for row in itertools.islice(rows, 200) if any(row)]
        except csv.Error:
            continue
        counted = Counter(width for width in widths if width > 1)
        if not counted:
            continue
        score = max(width * records for width, records in counted.items())
        if score > best_score:
            best, best_score = delimiter, score
    return best

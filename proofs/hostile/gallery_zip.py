"""Hostile archives: bombs, lies in the directory, names that escape, other kinds of files."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from pathlib import Path

from proofs.hostile.books import sheet_of
from proofs.hostile.gallery import Make, Parts, hostile
from proofs.hostile.rawzip import Member, changed, member, of_parts, repeated, write

_WORKBOOK = "xl/workbook.xml"


@hostile("a sheet of 1 GB from 1 MB", "100 times")
def _bomb(path: Path, parts: Parts) -> object:
    sheet = sheet_of(parts, "Invoices")
    content = parts.pop(sheet)
    at = content.index(b"</sheetData>")
    rows = b"<row/>" * 170_000
    return of_parts(path, parts, repeated(sheet, content[:at], rows, 1_000, content[at:]))


@hostile("2,100 parts of 4 MB each, every one within the ratio", "inflates to more than 8 GB")
def _many_bombs(path: Path, parts: Parts) -> object:
    block = random.Random(2).randbytes(12_000) + bytes(1_036_576)
    one = repeated("", b"", block, 4, b"")
    more = [Member(b"xl/media/%d.xml" % n, one.packed, one.size, one.crc) for n in range(2_100)]
    return of_parts(path, parts, *more)


@hostile("archives within archives, five deep", "")
def _nested(path: Path, parts: Parts) -> object:
    inner = b"x" * 1_000_000
    for depth in range(5):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(4):
                archive.writestr(f"{depth}-{copy}.zip", inner)
        inner = buffer.getvalue()
    return of_parts(path, parts | {"xl/embeddings/nested.zip": inner})


@hostile("a part that is not XML and inflates a thousandfold", "100 times")
def _media_bomb(path: Path, parts: Parts) -> object:
    return of_parts(path, parts, repeated("xl/media/image1.png", b"", bytes(1 << 20), 300, b""))


@hostile("members that share their bytes", "overlaps")
def _overlap(path: Path, parts: Parts) -> object:
    members = [member(name, content) for name, content in parts.items()]
    more = [
        Member(b"xl/media/%d.bin" % n, b"", members[0].size, members[0].crc, at=0)
        for n in range(2_000)
    ]
    return write(path, [*members, *more])


@hostile("a member that holds the archive itself", "overlaps|beyond|checksum|middle|not where")
def _quine(path: Path, parts: Parts) -> object:
    members = [member(name, content) for name, content in parts.items()]
    whole = write(path, members).read_bytes()
    itself = Member(b"xl/again.xlsx", b"", len(whole), zlib.crc32(whole), method=0, at=0)
    return write(path, [*members, itself])


@hostile("sizes larger in a part's own header than in the directory", "two sizes")
def _local_lie(path: Path, parts: Parts) -> object:
    return write(path, changed(parts, _WORKBOOK, local_size=1 << 30))


@hostile("a size in the directory smaller than the part", "checksum")
def _small_lie(path: Path, parts: Parts) -> object:
    return write(path, changed(parts, _WORKBOOK, size=100, local_size=100))


@hostile("a size in the directory of 4 GB", "100 times|inflates|checksum")
def _large_lie(path: Path, parts: Parts) -> object:
    return write(path, changed(parts, _WORKBOOK, size=0xFFFFFFFE, local_size=100))


@hostile("a wrong checksum", "checksum")
def _wrong_sum(path: Path, parts: Parts) -> object:
    return write(path, changed(parts, sheet_of(parts, "Invoices"), crc=12345))


@hostile("a name of its own in a part's header", "two names")
def _two_names(path: Path, parts: Parts) -> object:
    return write(path, changed(parts, _WORKBOOK, local_name=b"xl/warkbook.xml"))


@hostile("a method of compression that Excel never uses", "compressed in a way")
def _method(path: Path, parts: Parts) -> object:
    return write(path, changed(parts, _WORKBOOK, method=12))


@hostile("a part encrypted by the archive", "password")
def _locked(path: Path, parts: Parts) -> object:
    return write(path, changed(parts, _WORKBOOK, flags=1))


@hostile("20,000 parts", "10,000 parts")
def _parts(path: Path, parts: Parts) -> object:
    return of_parts(path, parts, *(member(f"x/{n}.xml", b"<x/>") for n in range(20_000)))


for _what, _names in {
    "twice": ["xl/workbook.xml"],
    "again in capitals": ["XL/WORKBOOK.XML"],
    "again with a slash before it": ["/xl/workbook.xml"],
    "again with backslashes": ["xl\\workbook.xml"],
    "again with two slashes": ["xl//workbook.xml"],
    "again by way of its folder": ["xl/./workbook.xml"],
    "again with a percent code": ["xl/w%6Frkbook.xml"],
}.items():

    def _double(path: Path, parts: Parts, names: list[str] = _names) -> object:
        return of_parts(path, parts, *(member(name, parts[_WORKBOOK]) for name in names))

    hostile(f"the workbook part {_what}", "twice|outside|part name")(_double)

for _name in ("../../evil.xml", "/etc/evil.xml", "C:\\evil.xml", "\\\\host\\evil.xml",
              "xl/..\\..\\evil.xml", "xl/evil.xml\0.png", "xl/con\x07trol.xml",
              "x" * 5_000 + ".xml"):  # fmt: skip

    def _escape(path: Path, parts: Parts, name: str = _name) -> object:
        return of_parts(path, parts, member(name, b"<x/>"))

    hostile(f"a part named {_name[:20]!r}", "outside|part name")(_escape)


def _cut(share: float) -> Make:
    """A good workbook broken off."""

    def make(path: Path, parts: Parts) -> object:
        whole = of_parts(path, parts).read_bytes()
        return path.write_bytes(whole[: int(len(whole) * share)])

    return make


for _share in (0.0, 0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999):
    hostile(f"broken off after {_share:.2%}", "cut off|empty|damaged")(_cut(_share))

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    "an old .xls": (_OLE2 + bytes(4_000), "old .xls"),
    "a workbook with a password": (
        _OLE2 + bytes(4_000) + "EncryptedPackage".encode("utf-16-le"), "password"),
    "a PDF": (b"%PDF-1.7\n" + bytes(1_000), "not an Excel workbook"),
    "a page of HTML": (b"<html><table><tr><td>1</td></tr></table></html>", "not an Excel"),
    "a CSV": (b"Invoice No,Amount\n1,2\n", "not an Excel workbook"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(1_000), "not an Excel workbook"),
    "a Word document from before XML, renamed .xlsm": (_OLE2 + bytes(100), "old .xls"),
    "nothing but NULs": (bytes(100_000), "not an Excel workbook"),
}  # fmt: skip
for _what, (_content, _words) in _OTHERS.items():

    def _other(path: Path, _: Parts, content: bytes = _content) -> object:
        return path.write_bytes(content)

    hostile(f"{_what} under a workbook's name", _words)(_other)


@hostile("an OpenDocument sheet under a workbook's name", "OpenDocument")
def _ods(path: Path, _: Parts) -> object:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return of_parts(path, {"mimetype": kind, "content.xml": b"<x/>"})


@hostile("a Word document under a workbook's name", "another Office program|main part")
def _docx(path: Path, parts: Parts) -> object:
    types = parts["[Content_Types].xml"]
    words = types.replace(b"spreadsheetml.sheet.main", b"wordprocessingml.document.main")
    return of_parts(path, parts | {"[Content_Types].xml": words})


@hostile("a digitally signed workbook", "digitally signed")
def _signed(path: Path, parts: Parts) -> object:
    rel = (
        b'<Relationship Id="rIdZ" Type="http://schemas.openxmlformats.org/package/2006/'
        b'relationships/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/>'
    )
    rels = parts["_rels/.rels"].replace(b"</Relationships>", rel + b"</Relationships>")
    return of_parts(path, parts | {"_rels/.rels": rels, "_xmlsignatures/origin.sigs": b""})

"""The gallery: every way known to us to make a workbook that harms its reader, each as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from proofs.hostile.books import sheet_of

Parts = dict[str, bytes]
Make = Callable[[Path, Parts], object]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHARED = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"


@dataclass(frozen=True)
class Hostile:
    """One file of the gallery.

    Args:
        name: what is wrong with it.
        says: words of the sentence that refuses it; "" where it does no harm and must open.
        make: writes it from the parts of a good workbook.
        suffix: of the file's name.
    """

    name: str
    says: str
    make: Make
    suffix: str = ".xlsx"


GALLERY: list[Hostile] = []


def hostile(name: str, says: str, suffix: str = ".xlsx") -> Callable[[Make], Make]:
    """Put a file into the gallery."""

    def put(make: Make) -> Make:
        GALLERY.append(Hostile(name, says, make, suffix))
        return make

    return put


def with_shared(parts: Parts, shared: bytes) -> Parts:
    """A workbook whose customer in C2 of Invoices is the first of these shared strings."""
    sheet = sheet_of(parts, "Invoices")
    at = parts[sheet].index(b'<c r="C2"')
    end = parts[sheet].index(b"</c>", at) + 4
    cell = b'<c r="C2" t="s"><v>0</v></c>'
    rels = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rIdS" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>".encode(),
    )
    types = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.'
        b'openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    return parts | {
        sheet: parts[sheet][:at] + cell + parts[sheet][end:],
        "xl/_rels/workbook.xml.rels": rels,
        "[Content_Types].xml": types,
        SHARED: shared,
    }


def shared_xml(items: str) -> str:
    """A part of shared strings around items."""
    return f'<sst xmlns="{MAIN}">{items}</sst>'


def swapped(parts: Parts, name: str, old: bytes, new: bytes) -> Parts:
    """The parts with one text in one of them exchanged."""
    assert old in parts[name], (name, old)
    return parts | {name: parts[name].replace(old, new, 1)}

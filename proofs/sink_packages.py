"""A plain workbook whose parts are written as other programs write them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from proofs.making import MAIN, OFFICE

Parts = dict[str, bytes]
_STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def rewritten() -> dict[str, Callable[[Parts], Parts]]:
    """Changes to the bytes of a plain workbook's parts."""
    return {
        "prefixed.xlsx": _prefixed,
        "utf-16.xlsx": lambda parts: _encoded(parts, "utf-16"),
        "utf-16-without-mark.xlsx": lambda parts: _encoded(parts, "utf-16-le"),
        "utf-8-with-mark.xlsx": lambda parts: {
            name: codecs.BOM_UTF8 + content for name, content in parts.items()
        },
        "upper-case-names.xlsx": lambda parts: {
            name if name.startswith("[") else name.upper(): content
            for name, content in parts.items()
        },
        "relative-targets.xlsx": lambda parts: _targets(parts, "../xl/./"),
        "names-with-spaces.xlsx": _names_with_spaces,
        "types-of-parts-that-are-not-there.xlsx": _dangling_types,
        "no-styles.xlsx": lambda parts: _without(parts, "styles"),
        "many-formats.xlsx": lambda parts: _many_formats(parts, 60_000),
        "refused-too-many-formats.xlsx": lambda parts: _many_formats(parts, 65_489),
        "refused-strict.xlsx": _strict,
    }


def _prefixed(parts: Parts) -> Parts:
    """Every element of every part with a prefix, as some libraries write them."""

    def prefixed(content: bytes) -> bytes:
        text = re.sub(r"<(/?)(\w+)(?=[\s/>])", r"<\1x:\2", content.decode())
        return re.sub(r'(<x:\w+) xmlns="', r'\1 xmlns:x="', text, count=1).encode()

    return {name: prefixed(content) for name, content in parts.items()}


def _encoded(parts: Parts, encoding: str) -> Parts:
    return {
        name: content.decode().replace('"UTF-8"', '"UTF-16"').encode(encoding)
        for name, content in parts.items()
    }


def _targets(parts: Parts, prefix: str) -> Parts:
    return {
        name: content.replace(b'Target="/xl/', f'Target="{prefix}'.encode())
        if name.startswith("xl/_rels")
        else content
        for name, content in parts.items()
    }


def _names_with_spaces(parts: Parts) -> Parts:
    made = {name.replace("sheet1", "sheet über 1"): each for name, each in parts.items()}
    quoted = {
        "[Content_Types].xml": "sheet%20%C3%BCber%201",
        "xl/_rels/workbook.xml.rels": "sheet%20%C3%BCber%201",
    }
    return {
        name: each.replace(b"sheet1", quoted[name].encode()) if name in quoted else each
        for name, each in made.items()
    }


def _dangling_types(parts: Parts) -> Parts:
    more = b"".join(
        b'<Override PartName="/xl/%s.xml" ContentType="application/xml"/>' % name
        for name in (b"worksheets/sheet2", b"tables/table2", b"charts/chart1")
    )
    types = parts["[Content_Types].xml"].replace(b"</Types>", more + b"</Types>")
    return {**parts, "[Content_Types].xml": types}


def _without(parts: Parts, word: str) -> Parts:
    """The parts without one, and without what leads to it."""
    lead = re.compile(rf"<(?:Relationship|Override) [^>]*{word}[^>]*/>".encode())
    return {
        name: re.sub(rb' s="\d+"', b"", lead.sub(b"", content))
        for name, content in parts.items()
        if word not in name
    }


def _many_formats(parts: Parts, count: int) -> Parts:
    # Different enough that the part does not look like a bomb.
    more = b"".join(
        b'<xf numFmtId="%d" borderId="0"><alignment indent="%d" textRotation="%d"/></xf>'
        % (at * 7919 % 49, at * 104_729 % 250, at * 1_299_709 % 180)
        for at in range(count - 3)
    )
    styles = parts["xl/styles.xml"].replace(b"</cellXfs>", more + b"</cellXfs>")
    return {
        **parts,
        "xl/styles.xml": styles.replace(b'cellXfs count="3"', b'cellXfs count="%d"' % count),
    }


def _strict(parts: Parts) -> Parts:
    made = {}
    for name, content in parts.items():
        for transitional, strict in _STRICT.items():
            content = content.replace(transitional.encode(), strict.encode())
        made[name] = content
    return made

"""What a Word file must not hold: looked for in a template, and again in what is filled in.

Fields of Word are let through by name, not kept out by name: what loads a file, asks, or runs is
never among them. A field is read as Word reads it: of pieces, one within another, and apart in
each choice that a file keeps for older versions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_LINKS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_REFUSED_KINDS = {
    "oleObject": "an embedded object", "package": "an embedded file",
    "control": "an ActiveX control", "aFChunk": "another file within it",
    "vbaProject": "macros", "subDocument": "a linked document", "comments": "comments",
    "mailMergeSource": "a mail-merge source", "recipientData": "a mail-merge source",
    "attachedTemplate": "an attached template", "frame": "a frame with another file",
}  # fmt: skip
_REFUSED_TAGS = {
    **dict.fromkeys(("OLEObject", "altChunk", "subDoc", "control", "objectEmbed", "objectLink",
                     "movie", "contentPart"), "an embedded object"),
    **dict.fromkeys(("entryMacro", "exitMacro"), "a macro"),
    "mailMerge": "a mail-merge source",
}  # fmt: skip
_CHANGES = {"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"}
_PICTURES = {"imagedata", "fill", "stroke", "image"}  # of older Word, and of drawings
_CLICKED = {"hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver"}
_STORIES = {"Choice", "Fallback", "txbxContent"}  # what is read apart from what stands around it
_NAMES = (
    "PAGE NUMPAGES SECTION SECTIONPAGES PAGEREF REF NOTEREF STYLEREF SEQ TOC TC XE HYPERLINK "
    "DATE TIME CREATEDATE SAVEDATE PRINTDATE EDITTIME TITLE SUBJECT AUTHOR KEYWORDS COMMENTS "
    "LASTSAVEDBY REVNUM DOCPROPERTY DOCVARIABLE INFO FILENAME FILESIZE NUMWORDS NUMCHARS USERNAME "
    "USERADDRESS USERINITIALS SYMBOL IF COMPARE FORMTEXT FORMCHECKBOX FORMDROPDOWN LISTNUM AUTONUM "
    "AUTONUMLGL AUTONUMOUT ADVANCE EQ BARCODE DISPLAYBARCODE"
)
_FIELDS = frozenset(_NAMES.split())
_WITHIN = "\x00"  # where another field stands in the code of one: never part of a text of XML
_NAME = re.compile(rf'\s*([^\s\\"{_WITHIN}]*)')
_MARK = re.compile(r"\{[{%#]|[}%#]\}")


class BadFile(Exception):  # noqa: N818  # what is wrong with a file, in words
    """A file that is no template for letters."""

    def __init__(self, seen: str, fix: str = "") -> None:
        self.seen, self.fix = seen, fix
        super().__init__(seen)


def look(root: Any, outside: Collection[str] = ()) -> None:
    """Refuse a part of a Word file that holds what a letter must not.

    Args:
        root: its XML, of lxml or of the standard library.
        outside: ids of its links that lead out of the file; somebody may click them, and no more.

    Raises:
        BadFile: it loads something, runs something, or tells what was changed.
    """
    if str(root.tag).endswith("}Relationships"):
        _look_at_links(root)
        return
    for each in root.iter():
        if not isinstance(each.tag, str):
            continue
        space, _, tag = each.tag.rpartition("}")
        if tag in _CHANGES and space[1:] in _SPACES:
            raise BadFile(
                "holds tracked changes", "In Word: Review, Accept All Changes; then save."
            )
        if tag in _REFUSED_TAGS:
            raise BadFile(f"holds {_REFUSED_TAGS[tag]}", "Delete it in Word, then save.")
        if tag not in _CLICKED:
            _look_at_what_it_names(each, tag, outside)
    for code in _codes(root):
        _look_at_field(code)


def _look_at_what_it_names(each: Any, tag: str, outside: Collection[str]) -> None:
    for name, value in each.attrib.items():
        space, _, own = name.rpartition("}")
        by_link = value in outside and space[1:] in _LINKS
        by_name = tag in _PICTURES and own in ("src", "href", "althref") and value[:1] not in "#"
        if by_link or (by_name and not value.startswith("data:")):
            raise BadFile(
                "loads something from elsewhere: a linked picture",
                "Put the picture itself into it, or delete it; then save.",
            )


def outside_links(root: Any) -> set[str]:
    """The ids of links that lead out of the file."""
    return {each.get("Id", "") for each in root if _is_outside(each)}


def _is_outside(link: Any) -> bool:
    target = link.get("Target", "")
    mode: str = link.get("TargetMode", "")
    return mode.casefold() == "external" or "://" in target or target.startswith(("\\\\", "file:"))


def _look_at_links(root: Any) -> None:
    for each in root:
        kind = each.get("Type", "").rpartition("/")[2]
        if _is_outside(each) and kind != "hyperlink":
            what = {"image": "a linked picture", "attachedTemplate": "an attached template"}
            raise BadFile(
                f"loads something from elsewhere: {what.get(kind, kind)}",
                "Put the picture itself into it (File, Info, Edit Links to Files), or attach no "
                "template (Developer, Document Template).",
            )  # fmt: skip
        if kind in _REFUSED_KINDS:
            raise BadFile(f"holds {_REFUSED_KINDS[kind]}", "Delete it in Word, then save.")


def _look_at_field(code: str) -> None:
    if not code.strip():
        return
    if _MARK.search(code):
        raise BadFile(
            "has a field of letters within a field of Word",
            "Write {{ ... }} and {% ... %} as plain text, outside the fields of Word.",
        )
    found = _NAME.match(code)
    assert found is not None, "the pattern matches any text"
    name = found[1].upper()
    made_up = code[found.end() : found.end() + 1] == _WITHIN
    if made_up or not (name in _FIELDS or name.startswith("=")):
        raise BadFile(
            f"has a field that a letter cannot have ({name or 'one made of other fields'})",
            "Delete the field from it. Fields for page numbers, dates, references and links may "
            "stay; what a letter says of a customer is written as {{ customer.name }}.",
        )


@dataclass
class _Story:
    """The fields that are open at a place: what stands outside of any is the first."""

    within: bool
    open: list[str] = field(default_factory=lambda: [""])


def _codes(root: Any) -> Iterator[str]:
    """The code of each field."""
    stories = [_Story(within=False)]
    todo: list[tuple[Any, bool, bool]] = [(root, True, False)]
    while todo:
        each, plain, leaving = todo.pop()
        if leaving:
            yield from _ended(stories.pop())
            continue
        if not isinstance(each.tag, str):
            continue
        space, _, tag = each.tag.rpartition("}")
        plain = plain and space[1:] in _SPACES
        if tag in _STORIES:
            stories.append(_Story(within=True))
            todo.append((each, True, True))
            plain = True
        if tag in ("fldChar", "fldSimple", "instrText", "delInstrText"):
            if not plain:
                raise _not_whole()
            yield from _step(stories[-1], each, tag)
        todo.extend((child, plain, False) for child in reversed(each))
    yield from _ended(stories.pop())


def _step(story: _Story, each: Any, tag: str) -> Iterator[str]:
    """Read one piece of a field; the codes that it brings to an end."""
    said = {name.rpartition("}")[2]: value for name, value in each.attrib.items()}
    fields = story.open
    if tag in ("instrText", "delInstrText"):
        fields[-1] += each.text or ""
    elif tag == "fldSimple":
        fields[-1] += _WITHIN if len(fields) > 1 else ""
        yield said.get("instr", "")
    elif said.get("fldCharType") == "begin":
        if len(fields) > 1:
            fields[-1] += _WITHIN
        else:
            yield fields[0]
            fields[0] = ""
        fields.append("")
    elif said.get("fldCharType") == "end":
        if len(fields) == 1 and story.within:
            raise _not_whole()
        yield fields.pop()
        fields[:] = fields or [""]


def _ended(story: _Story) -> list[str]:
    if story.within and len(story.open) > 1:
        raise _not_whole()
    return story.open


def _not_whole() -> BadFile:
    return BadFile("has a field of Word that is not whole", "Delete the field from it.")

"""Small edits of XML that leave every other byte alone.

These work on the text of canonical parts (see `canonical`): UTF-8, no prefix on the elements of
the main namespace. An element is found, replaced, or put where the schema wants it; nothing else
of the part is written anew.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ar_xl.xlfile.addresses import AddressError, Area, parse_area
from ar_xl.xlfile.errors import DamagedWorkbook
from ar_xl.xlfile.xmlparts import whole
from ar_xl.xlfile.xmltext import attribute, unescape

# Comments, processing instructions and CDATA are skipped whole; a quoted ">" ends no tag.
_TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"|<(?P<close>/?)(?P<name>[^\s/>!?]+)(?P<rest>(?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(?P<empty>/?)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


@dataclass(frozen=True)
class Element:
    """Where an element stands in a text.

    Args:
        name: with its prefix.
        start: offset of "<".
        inner: offset behind its start tag.
        inner_end: offset of its end tag; `inner` when it is empty.
        end: offset behind it.
    """

    name: str
    start: int
    inner: int
    inner_end: int
    end: int


def children(xml: str, start: int = 0, end: int | None = None) -> Iterator[Element]:
    """Yield the elements that lie directly in xml[start:end], in order."""
    depth = 0
    opened, inner, name = start, start, ""
    for tag in _TAG.finditer(xml, start, len(xml) if end is None else end):
        if tag["name"] is None:
            continue
        if tag["close"]:
            depth -= 1
            if depth == 0:
                yield Element(name, opened, inner, tag.start(), tag.end())
            elif depth < 0:
                return
        elif depth == 0:
            opened, inner, name = tag.start(), tag.end(), tag["name"]
            if tag["empty"]:
                yield Element(name, opened, inner, inner, inner)
            else:
                depth = 1
        elif not tag["empty"]:
            depth += 1


def root(xml: str) -> Element:
    """Return the outermost element.

    Raises:
        DamagedWorkbook: there is none.
    """
    for element in children(xml):
        return element
    raise DamagedWorkbook("a part holds no complete XML element")


def child(xml: str, parent: Element, name: str) -> Element | None:
    """Return the first child of that name, or None."""
    for element in children(xml, parent.inner, parent.inner_end):
        if element.name == name:
            return element
    return None


def start_tag(xml: str, element: Element) -> str:
    """Return an element's start tag."""
    return xml[element.start : element.inner]


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a start tag, entities resolved, in order."""
    space = re.search(r"\s", tag)
    if space is None:
        return {}
    return {
        match[1]: unescape(match[2] if match[2] is not None else match[3])
        for match in _ATTRIBUTE.finditer(tag, space.start())
    }


def whole_number(values: Mapping[str, str], name: str, default: int | None = None) -> int:
    """Return an attribute that is a whole number, 0 or more.

    Args:
        values: the attributes of an element.
        name: of the attribute.
        default: where it is missing; None where it must be there.

    Raises:
        DamagedWorkbook: it is missing or no such number.
    """
    text = values.get(name)
    if text is None and default is not None:
        return default
    number = whole(text or "")
    if number is None:
        raise DamagedWorkbook(f"`{name}` should be a whole number and is {(text or '')[:40]!r}")
    return number


def decimal_number(values: Mapping[str, str], name: str, default: float) -> float:
    """Return an attribute that is a number, `default` where it is missing.

    Raises:
        DamagedWorkbook: it is no number.
    """
    text = values.get(name)
    try:
        number = default if text is None else float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise DamagedWorkbook(f"`{name}` should be a number and is {(text or '')[:40]!r}")
    return number


def area_in_file(ref: str) -> Area:
    """Return the area that a file names.

    Raises:
        DamagedWorkbook: it is none.
    """
    try:
        return parse_area(ref)
    except AddressError:
        raise DamagedWorkbook(f"{ref[:40]!r} names no cells") from None


def with_attributes(tag: str, changes: Mapping[str, str | None]) -> str:
    """Return a start tag with attributes set, or taken away where the value is None."""
    for name, value in changes.items():
        found = re.search(rf"\s+{re.escape(name)}\s*=\s*(?:\"[^\"]*\"|'[^']*')", tag)
        new = "" if value is None else f' {name}="{attribute(value)}"'
        if found:
            tag = tag[: found.start()] + new + tag[found.end() :]
        elif new:
            close = len(tag) - (2 if tag.endswith("/>") else 1)
            tag = tag[:close].rstrip() + new + tag[close:]
    return tag


def make(name: str, values: Mapping[str, str | int | float | None], inner: str = "") -> str:
    """Return an element's XML; attributes that are None are left out."""
    parts = "".join(
        f' {key}="{attribute(str(value))}"' for key, value in values.items() if value is not None
    )
    return f"<{name}{parts}>{inner}</{name}>" if inner else f"<{name}{parts}/>"


def replace(xml: str, element: Element, new: str) -> str:
    """Return the text with an element replaced."""
    return xml[: element.start] + new + xml[element.end :]


def with_inner(xml: str, element: Element, inner: str, changes: Mapping[str, str | None]) -> str:
    """Return an element's XML with new content and attributes changed."""
    tag = with_attributes(start_tag(xml, element), changes)
    if not inner:
        return tag if tag.endswith("/>") else tag + f"</{element.name}>"
    if tag.endswith("/>"):
        tag = tag[:-2] + ">"
    return f"{tag}{inner}</{element.name}>"


def put(xml: str, parent: Element, order: Sequence[str], name: str, new: str) -> str:
    """Return the text with the parent's child `name` replaced by `new`, or put in its place.

    Args:
        xml: the part.
        parent: the element to put it into; must not be empty-tagged.
        order: names of the parent's children as the schema orders them.
        name: which of them this is.
        new: its XML; "" takes it away.
    """
    rank = {known: position for position, known in enumerate(order)}
    for element in children(xml, parent.inner, parent.inner_end):
        if element.name == name:
            return replace(xml, element, new)
        if rank.get(_known(xml, element, rank), -1) > rank[name]:
            return xml[: element.start] + new + xml[element.start :]
    return xml[: parent.inner_end] + new + xml[parent.inner_end :]


def appended(xml: str, parent: Element, new: str) -> str:
    """Return the text with a child put behind the others of its parent."""
    if parent.inner == parent.end:
        tag = start_tag(xml, parent)[:-2].rstrip()
        return replace(xml, parent, f"{tag}>{new}</{parent.name}>")
    return xml[: parent.inner_end] + new + xml[parent.inner_end :]


def opened(xml: str, element: Element) -> str:
    """Return the text with an empty-tagged element written as start and end tag."""
    if element.inner != element.end or not start_tag(xml, element).endswith("/>"):
        return xml
    tag = start_tag(xml, element)
    return xml[: element.start] + f"{tag[:-2].rstrip()}></{element.name}>" + xml[element.end :]


def _known(xml: str, element: Element, rank: Mapping[str, int]) -> str:
    """Return the name that says where an element belongs: of alternatives, that of the first."""
    if element.name in rank or element.end == element.inner:
        return element.name
    for inner in children(xml, element.inner, element.inner_end):
        found = inner.name if inner.name in rank else _known(xml, inner, rank)
        if found in rank:
            return found
    return element.name

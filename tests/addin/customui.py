"""A strict reader of `customUI14.xml`: what [MS-CUSTOMUI2] lets our few elements hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
# What may stand in each element, and the attributes that it must and may have.
_INSIDE = {
    "customUI": {"ribbon"},
    "ribbon": {"tabs"},
    "tabs": {"tab"},
    "tab": {"group"},
    "group": {"button", "menu"},
    "menu": {"button"},
    "button": set(),
}
_CONTROL = {"id", "label", "imageMso", "keytip", "screentip", "supertip", "tag", "getEnabled"}
_MUST = {
    "customUI": {"onLoad"},
    "ribbon": set(),
    "tabs": set(),
    "tab": {"id", "label"},
    "group": {"id", "label"},
    "menu": _CONTROL,
    "button": _CONTROL | {"onAction"},
}
_MAY = {
    "ribbon": {"startFromScratch"},
    "tab": {"keytip", "insertAfterMso"},
    "group": {"imageMso", "autoScale"},
    "menu": {"size", "itemSize"},
    "button": {"size"},
}
_VALUES = {
    "id": r"ar[A-Z][A-Za-z0-9]*",
    "keytip": r"[A-Z0-9]{1,3}",
    "size": "large|normal",
    "startFromScratch": "false",
    "autoScale": "true",
    "tag": "ours|any|none",
    "imageMso": r"[A-Za-z0-9_]+",
    "insertAfterMso": r"Tab[A-Za-z]+",
    "label": r"[^&]{1,1024}",  # the ribbon takes & for the mark of an accelerator
}
_CALLBACKS = r"ArRibbon\.Ar[A-Z][A-Za-z]*"


def problems(text: str) -> list[str]:
    """What a strict reader has against it."""
    root: Element = fromstring(text)
    found = list(_walk(root, "")) if root.tag == f"{{{NAMESPACE}}}customUI" else ["namespace"]
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    found += [f"{one} is there twice" for one in sorted({x for x in ids if ids.count(x) > 1})]  # type: ignore[type-var]
    return found


def _walk(element: Element, inside: str) -> Iterator[str]:
    name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    if name not in _INSIDE or (inside and name not in _INSIDE[inside]):
        yield f"{name} in {inside}"
        return
    given = set(element.attrib)
    yield from (f"{name} lacks {each}" for each in sorted(_MUST[name] - given))
    yield from (
        f"{name} takes no {each}" for each in sorted(given - _MUST[name] - _MAY.get(name, set()))
    )
    if inside == "menu" and "size" in given:
        yield "an entry of a menu takes no size"
    for key, value in element.attrib.items():
        form = _CALLBACKS if key.startswith(("on", "get")) else _VALUES.get(key, r".{1,1024}")
        if not re.fullmatch(form, value):
            yield f"{name} {key}: {value}"
    if name != "button" and not len(element):
        yield f"{name} is empty"
    for child in element:
        yield from _walk(child, name)


def names(text: str) -> set[str]:
    """Every name that Office has to know: of icons and of its own tabs."""
    root: Element = fromstring(text)
    keys = ("imageMso", "insertAfterMso")
    return {each.attrib[key] for each in root.iter() for key in keys if key in each.attrib}

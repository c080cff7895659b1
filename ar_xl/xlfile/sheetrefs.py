"""References to sheets, in formulas and wherever else a workbook's parts hold them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ar_xl.xlfile.addresses import quote_sheet
from ar_xl.xlfile.xmltext import attribute, plain, unescape

# What a formula is made of, as far as it matters here. Texts and the brackets of structured
# references are skipped whole, so that nothing in them is taken for a sheet.
_PIECES = re.compile(
    r'(?P<text>"(?:[^"]|"")*")'
    r"|(?P<quoted>'(?:[^']|'')*')!"
    r"|(?P<outside>\[\d+\](?:'(?:[^']|'')*'|[^\W\d][\w.]*)?!)"
    r"|(?P<brackets>\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])"
    r"|(?P<bare>(?<![\w.\]$])[\w.\\?]+(?::[\w.\\?]+)?)!",
    re.DOTALL,
)
# Elements whose text is a formula or cells: of sheets, charts, tables, form controls.
_ELEMENTS = re.compile(
    r"(<((?:\w+:)?(?:f|formula[12]?|sqref|calculatedColumnFormula|totalsRowFormula|FmlaLink"
    r"|FmlaRange|FmlaGroup|FmlaTxbx|FmlaPict))(?:\s[^<>]*)?(?<!/)>)([^<>]*)(</\2\s*>)"
)
_ATTRIBUTES = re.compile(
    r"(\s(?:textlink|fmlaLink|fmlaRange|fmlaGroup|fmlaTxbx|location)\s*=\s*)"
    r"(?:\"([^\"]*)\"|'([^']*)')"
)
_SOURCE_TAG = re.compile(r"<(?:\w+:)?(?:worksheetSource|dataRef)\s[^<>]*>")
_SOURCE = re.compile(r"(\ssheet\s*=\s*)(?:\"([^\"]*)\"|'([^']*)')")
_HERE_TAG = re.compile(r"<(?:\w+:)?Relationship\s[^<>]*>")
_HERE = re.compile(r"(\sTarget\s*=\s*)(?:\"#([^\"]*)\"|'#([^']*)')")
# Texts that people read; what they say is no reference.
_SHOWN = re.compile(
    r"<((?:\w+:)?(?:t|v|(?:odd|even|first)(?:Header|Footer)))(?:\s[^<>]*)?(?<!/)>[^<>]*</\1\s*>"
)
_SHOWN_ATTRIBUTES = re.compile(
    r"\s(?:display|tooltip|descr|title|promptTitle|prompt|errorTitle|error|caption|v)\s*=\s*"
    r"(?:\"[^\"]*\"|'[^']*')"
)

LOST = "#REF!"  # stands for the sheet in references to a sheet that was deleted

Rename = Callable[[str], str]


def renamed(formula: str, old: str, new: str) -> str:
    """Return a formula, or a reference, with a sheet called by its new name.

    Sheets of other workbooks that are called the same are left alone.

    Args:
        formula: with or without its equals sign.
        old: the sheet's name; upper and lower case are the same.
        new: its new name; `LOST` where the sheet is deleted.
    """

    def changed(match: re.Match[str]) -> str:
        first, last = _sheets(match)
        if old.casefold() not in (first.casefold(), (last or "").casefold()):
            return match[0]
        if new == LOST:
            return LOST
        names = [new if name.casefold() == old.casefold() else name for name in (first, last or "")]
        if last is None:
            return quote_sheet(names[0]) + "!"
        whole = ":".join(names)
        both_plain = all(quote_sheet(name) == name for name in names)
        return (whole if both_plain else "'" + whole.replace("'", "''") + "'") + "!"

    return _PIECES.sub(changed, formula)


def sheets_of(formula: str) -> Iterator[str]:
    """Yield the names of this workbook's sheets that a formula names, ends of 3-D ranges too."""
    for match in _PIECES.finditer(formula):
        first, last = _sheets(match)
        if first:
            yield first
        if last:
            yield last


def _sheets(match: re.Match[str]) -> tuple[str, str | None]:
    """Return the sheet, or first and last sheet, that a piece names; "" where it names none."""
    if match["quoted"] is not None:
        name = match["quoted"][1:-1].replace("''", "'")
        if "[" in name:
            return "", None
    elif match["bare"] is not None:
        name = match["bare"]
    else:
        return "", None
    first, mark, last = name.partition(":")
    return first, last if mark else None


def part_renamed(text: str, old: str, new: str) -> str:
    """Return a part with every reference to a sheet renamed, all else as it is.

    Args:
        text: the XML of a sheet, chart, table, drawing, pivot cache or its relationships.
        old: the sheet's name.
        new: its new name.
    """

    def formula(given: str) -> str:
        return renamed(given, old, new)

    def name(given: str) -> str:
        return new if given.casefold() == old.casefold() else given

    text = _ELEMENTS.sub(lambda found: _inner(found, formula), text)
    text = _ATTRIBUTES.sub(lambda found: _value(found, formula), text)
    text = _SOURCE_TAG.sub(lambda tag: _SOURCE.sub(lambda found: _value(found, name), tag[0]), text)
    return _HERE_TAG.sub(
        lambda tag: _HERE.sub(lambda found: _value(found, formula, "#"), tag[0]), text
    )


def names_in(text: str) -> Iterator[str]:
    """Yield the sheets that a part refers to, in the places that `part_renamed` changes."""
    for found in _ELEMENTS.finditer(text):
        yield from sheets_of(unescape(found[3]))
    for found in _ATTRIBUTES.finditer(text):
        yield from sheets_of(unescape(found[2] or found[3] or ""))
    for tag in _SOURCE_TAG.finditer(text):
        yield from (unescape(found[2] or found[3] or "") for found in _SOURCE.finditer(tag[0]))
    for tag in _HERE_TAG.finditer(text):
        for found in _HERE.finditer(tag[0]):
            yield from sheets_of(unescape(found[2] or found[3] or ""))


def mentioned_elsewhere(text: str, name: str) -> bool:
    """Tell whether a part seems to refer to a sheet where `part_renamed` changes nothing."""
    for pattern in (_SHOWN, _ELEMENTS, _ATTRIBUTES, _SHOWN_ATTRIBUTES):
        text = pattern.sub("", text)
    quoted = "'" + name.replace("'", "''") + "'"
    reference = rf"(?<![\w.\]]){re.escape(name)}!|{re.escape(quoted)}!"
    return re.search(reference, unescape(text), re.IGNORECASE) is not None


def uses_name(text: str, name: str) -> bool:
    """Tell whether a part uses a defined name or a table, in a formula or as a source."""
    word = re.compile(rf"(?<![\w.\\]){re.escape(name)}(?![\w.(!])", re.IGNORECASE)
    found = [each[3] for each in _ELEMENTS.finditer(text)]
    found += [each[2] or each[3] or "" for each in _ATTRIBUTES.finditer(text)]
    found += [tag[0] for tag in _SOURCE_TAG.finditer(text)]
    return any(word.search(unescape(each)) for each in found)


def may_mention(text: str, name: str) -> bool:
    """Tell at little cost whether a part can refer to a sheet at all."""
    longest = max(re.findall(r"\w+", name), key=len, default="")
    return re.search(re.escape(longest), text, re.IGNORECASE) is not None


def _inner(found: re.Match[str], change: Rename) -> str:
    given = unescape(found[3])
    made = change(given)
    return found[0] if made == given else f"{found[1]}{plain(made)}{found[4]}"


def _value(found: re.Match[str], change: Rename, mark: str = "") -> str:
    given = unescape(found[2] if found[2] is not None else found[3])
    made = change(given)
    return found[0] if made == given else f'{found[1]}"{mark}{attribute(made)}"'

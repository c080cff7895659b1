"""What number formats say about numbers: a class per cell style."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from unicodedata import category
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.columns import FormatClass
from ar_xl.xlfile.errors import HostileWorkbook
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.xmlparts import MAIN, feed, new_parser, whole

MAX_STYLES = 65_490  # of one workbook, Excel's own limit; and of its fonts, fills and so on
MAX_STYLE_BYTES = 64 << 20

# ECMA-376 part 1, 18.8.30. 14 and 22 follow the user's locale in Excel; 27-36 and 50-58 are dates
# of East Asian locales; 5-8 and 41-44 are the currency and accounting formats of the locale.
BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);\\("$"#,##0\\)',
    6: '"$"#,##0_);[Red]\\("$"#,##0\\)',
    7: '"$"#,##0.00_);\\("$"#,##0.00\\)',
    8: '"$"#,##0.00_);[Red]\\("$"#,##0.00\\)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "m/d/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yyyy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy/m/d"),
}

# Literal text, escaped characters, padding and fill say nothing about the number.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKET = re.compile(r"\[([^\]]*)\]")
_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;])*', re.DOTALL)
_ELAPSED = re.compile("h+|m+|s+", re.IGNORECASE)
_DATE = re.compile("[dmyhs]", re.IGNORECASE)


@dataclass(frozen=True)
class Formats:
    """The number formats of a workbook by style index (cellXfs).

    Args:
        codes: the format code of each style, "General" where it has none.
        classes: uint8, `FormatClass` of each.
    """

    codes: list[str]
    classes: npt.NDArray[np.uint8]


_KNOWN: WeakKeyDictionary[Package, Formats] = WeakKeyDictionary()


def read_formats(package: Package) -> Formats:
    """The number formats of the workbook's styles part; one General style where it has none.

    A package never changes, so that its formats are read once.

    Raises:
        HostileWorkbook: more styles, fonts, fills, ... than Excel can hold.
    """
    if package not in _KNOWN:
        _KNOWN[package] = _read(package)
    return _KNOWN[package]


def _read(package: Package) -> Formats:
    custom: dict[str, str] = {}
    numbers: list[str] = []
    part = package.part_of_kind("styles")
    if part is not None:
        path: list[str] = []
        entries: Counter[str] = Counter()
        if package.member(part).file_size > MAX_STYLE_BYTES:
            raise HostileWorkbook(f"its styles take more than {MAX_STYLE_BYTES >> 20} MB")

        def start(name: str, attributes: dict[str, str]) -> None:
            path.append(name.removeprefix(MAIN + "}"))
            if path[1:] == ["numFmts", "numFmt"]:
                custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif path[1:] == ["cellXfs", "xf"]:
                numbers.append(attributes.get("numFmtId", "0"))
            if len(path) == 3:
                entries[path[1]] += 1
                if entries[path[1]] > MAX_STYLES:
                    raise HostileWorkbook(
                        f"it has more than {MAX_STYLES:,} styles ({path[1][:40]})"
                    )

        parser = new_parser(part)
        parser.StartElementHandler = start
        parser.EndElementHandler = lambda _: path.pop()
        for chunk in package.stream(part):
            feed(parser, chunk, part)
        feed(parser, b"", part, final=True)
    codes = [_code(number, custom) for number in numbers] or ["General"]
    by_code = {code: format_class(code) for code in set(codes)}
    return Formats(codes, np.array([by_code[code] for code in codes], dtype=np.uint8))


def _code(number: str, custom: dict[str, str]) -> str:
    code = custom.get(number) or BUILT_IN.get(whole(number) or 0)
    return code or "General"


def format_class(code: str) -> FormatClass:
    """What a number format code says that its numbers are.

    The section for positive numbers, the first, decides. A currency sign may stand in quotes or
    in a bracket, "[$EUR-407]".
    """
    match = _SECTION.match(code)
    section = match[0] if match else code
    bare = _LITERAL.sub("", section)
    brackets = _BRACKET.findall(bare)
    bare = _BRACKET.sub("", bare).strip()
    if any(bracket.startswith("$") and bracket[1:2] not in ("", "-") for bracket in brackets):
        return FormatClass.CURRENCY
    if any(category(character) == "Sc" for character in _BRACKET.sub("", section)):
        return FormatClass.CURRENCY
    if bare.lower() in ("", "general", "standard"):
        elapsed = any(_ELAPSED.fullmatch(bracket) for bracket in brackets)
        return FormatClass.DATE if elapsed else FormatClass.GENERAL
    if bare == "@":
        return FormatClass.TEXT
    if _DATE.search(bare) or any(_ELAPSED.fullmatch(bracket) for bracket in brackets):
        return FormatClass.DATE
    return FormatClass.PERCENT if "%" in bare else FormatClass.NUMBER

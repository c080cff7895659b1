"""What a formula depends on, as its text tells: cells, names, tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ar_xl.xlfile.addresses import AddressError, Area, parse_area
from ar_xl.xlfile.formulatext import is_newer

# What a formula is made of. Alternatives are in the order in which they must be tried.
_TOKENS = re.compile(
    r'(?P<text>"(?:[^"]|"")*")'
    r"|(?P<error>\#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA))"
    r"|(?P<sheet>(?:'(?:[^']|'')*'|(?:\[\d+\])?(?:[^\W\d][\w.\\?]*(?::[^\W\d][\w.\\?]*)?)?)!)?"
    r"(?:(?P<cells>\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?(?![\w.(])"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.(])|\$?\d{1,7}:\$?\d{1,7}(?![\w.]))"
    r"|(?P<call>[^\W\d][\w.]*)\("
    r"|(?P<name>[^\W\d][\w.\\?]*)(?P<item>\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])?"
    r"|(?P<lost>\#REF!))"
    r"|(?P<number>\d+\.?\d*(?:[Ee][+-]?\d+)?|\.\d+(?:[Ee][+-]?\d+)?)"
    r"|(?P<other>\S)",
    re.DOTALL,
)
# Their results change without any cell being written, or they look up their cells themselves.
_MOVING_NAMES = "CELL INDIRECT INFO NOW OFFSET RAND RANDARRAY RANDBETWEEN TODAY"
_MOVING = frozenset(_MOVING_NAMES.split())
_NEW = "_XLFN."
_CONSTANTS = frozenset(("TRUE", "FALSE"))
_HARMLESS = frozenset("+-*/^&=<>%(),;{} ")


class Everything(Exception):  # noqa: N818 - no error: a formula that may depend on anything
    """A formula of which it cannot be told what it depends on."""


@dataclass(frozen=True)
class Reference:
    """Cells or a name that a formula uses.

    Args:
        sheet: the name of the sheet, "" where the formula gives none.
        area: the cells; None for a name or a table.
        name: the name or table, "" for cells.
        item: of a table, in its brackets.
        fixed: all rows have a dollar sign or none is named, so that copies use the same cells.
    """

    sheet: str
    area: Area | None
    name: str = ""
    item: str = ""
    fixed: bool = True


@lru_cache(maxsize=4096)
def references(formula: str) -> Sequence[Reference]:
    """Return what a formula uses.

    Args:
        formula: with its equals sign.

    Raises:
        Everything: that cannot be told.
    """
    text = formula.removeprefix("=")
    if not text:  # a data table has no text
        raise Everything
    found = []
    for token in _TOKENS.finditer(text):
        if token["call"] is not None:
            _check_function(token["call"])
        elif token["cells"] is not None or token["name"] is not None:
            reference = _reference(token)
            if reference is not None:
                found.append(reference)
        elif token["other"] is not None and token["other"] not in _HARMLESS:
            raise Everything
    return found


def _reference(token: re.Match[str]) -> Reference | None:
    sheet = (token["sheet"] or "").removesuffix("!")
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    if "[" in sheet:  # another workbook, whose values the file holds
        return None
    if ":" in sheet:  # all sheets between two
        raise Everything
    if token["cells"] is not None:
        try:
            area = parse_area(token["cells"])
        except AddressError:
            raise Everything from None
        rows = re.findall(r"(\$?)\d+", token["cells"])
        return Reference(sheet, area, fixed=all(rows))
    if token["name"].upper() in _CONSTANTS:
        return None
    return Reference(sheet, None, token["name"], (token["item"] or "")[1:-1])


def _check_function(name: str) -> None:
    """Refuse a function that may look at any cell: some of Excel's, and all others."""
    from openpyxl.utils import FORMULAE  # late: importing it takes 0.1 s

    plain = name.upper()
    if plain.startswith(_NEW):
        plain = plain.removeprefix(_NEW).removeprefix("_XLWS.")
        if plain in _MOVING:
            raise Everything
        return
    if plain in _MOVING or not (plain in FORMULAE or is_newer(plain)):
        raise Everything

"""What rows of a sheet say of themselves: height, visibility and outline level."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ar_xl.xlfile.elements import attributes
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.xmlparts import truth

# Only rows that say more than their number and the columns they use.
_ROW = re.compile(rb"<row\s[^>]*?\b(?:ht|hidden|outlineLevel)=[^>]*>")


@dataclass(frozen=True)
class RowLayout:
    """One row.

    Args:
        height: in points, None for the sheet's standard.
        hidden: it is not shown.
        level: of the outline, 0 for none.
    """

    height: float | None
    hidden: bool
    level: int


PLAIN_ROW = RowLayout(None, False, 0)


def read_rows(package: Package, sheet_part: str) -> dict[int, RowLayout]:
    """Return the rows that have a height, are hidden or belong to a group, by number from 1.

    Args:
        package: the opened file.
        sheet_part: the sheet's part in it.
    """
    found: dict[int, RowLayout] = {}
    rest = b""
    for piece in package.stream(sheet_part):
        data = rest + piece
        end = data.rfind(b">") + 1
        for match in _ROW.finditer(data, 0, end):
            values = attributes(match[0].decode("utf-8", "replace"))
            if "r" in values:
                height = float(values["ht"]) if "ht" in values else None
                level = int(values.get("outlineLevel", "0"))
                found[int(values["r"])] = RowLayout(height, truth(values.get("hidden")), level)
        rest = data[end:]
    return found

"""Array formulas and data tables: one formula whose results fill several cells."""

from __future__ import annotations

import re

from ar_xl.xlfile.addresses import AddressError, Area, parse_area
from ar_xl.xlfile.package import Package

_FORMULA = re.compile(rb'<(?:\w+:)?f\s[^>]*\bt="(?:array|dataTable)"[^>]*>')
_REF = re.compile(rb'\sref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
_TAG_BYTES = 512  # at most; what a piece ends with may be the beginning of one


def read_spills(package: Package, sheet_part: str) -> list[Area]:
    """Return the areas of a sheet that one formula fills, as the file has them."""
    found: dict[str, Area] = {}
    rest = b""
    for piece in package.stream(sheet_part):
        data = rest + piece
        rest = data[-_TAG_BYTES:]
        if b't="array"' not in data and b't="dataTable"' not in data:
            continue
        for tag in _FORMULA.findall(data):
            ref = _REF.search(tag)
            if ref is not None:
                try:
                    found[ref[1].decode()] = parse_area(ref[1].decode())
                except AddressError:
                    continue
    return list(found.values())

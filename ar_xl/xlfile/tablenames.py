"""What tables can be called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ar_xl.xlfile.addresses import AddressError, parse_area

if TYPE_CHECKING:
    from ar_xl.xlfile.sheets import Sheet

_NAME = re.compile(r"[^\W\d]\w*(?:\.\w+)*|\\\w*")
_LONGEST_NAME = 255


def check_name(sheet: Sheet, name: str) -> None:
    """Refuse a name that a table cannot have, or that is taken in the workbook."""
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise ValueError(f"A table cannot be called '{name}': letters, digits and _ only.")
    try:
        parse_area(name)
    except AddressError:
        pass
    else:
        raise ValueError(f"A table cannot be called '{name}': cells are called that.")
    names = [defined.name for defined, _ in sheet.contents.names]
    names += [table.name for table in sheet.contents.tables]
    if name.casefold() in (other.casefold() for other in names):
        raise ValueError(f"The workbook already has a table or name '{name}'.")

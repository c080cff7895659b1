"""Pictures that a setting names: files of the workbook's own folder, and nothing else.

A workbook may come from anybody. Opening what it names elsewhere could read a device without end,
or tell a stranger's file server who is logged in here; so a name that leads elsewhere is never
opened, nor even looked for.
"""

from __future__ import annotations

import os
from pathlib import Path

MOST_BYTES = 5_000_000


def picture_beside(folder: Path, name: str) -> bytes | None:
    """What a picture file holds; None where there is none that may be read.

    Args:
        folder: of the workbook.
        name: as the setting says: of a file in it, or a full path that leads there.
    """
    if "\x00" in name:
        return None
    near = Path(os.path.abspath(folder))
    path = Path(os.path.abspath(near / name))  # by its words alone: nothing is asked of a disk
    if not path.is_relative_to(near):
        return None
    try:
        real = path.resolve()
        if not real.is_relative_to(near.resolve()) or not real.is_file():
            return None
        with real.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, RuntimeError):  # the second: links that lead in a circle
        return None
    return content if len(content) <= MOST_BYTES else None

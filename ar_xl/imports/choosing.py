"""Whether files are bank files, where nobody said what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ar_xl.core.findings import Refusal
from ar_xl.imports.bank import codes
from ar_xl.imports.bank.formats import HEAD, recognised


def is_bank(paths: Sequence[Path], kind: str | None) -> bool:
    """Tell by the bytes whether bank files are to be imported.

    Args:
        paths: of the files and folders.
        kind: what was said that they hold; None leaves it to the bytes.

    Raises:
        Refusal: several files or a folder, which only bank files may be.
    """
    several = len(paths) > 1 or any(path.is_dir() for path in paths)
    if kind is None and (several or _is_known(paths[0])):
        return True
    if several:
        names = ", ".join(path.name for path in paths[:3])
        raise Refusal(codes.ONE_FILE_ONLY, f"{names}: these cannot be imported as {kind} at once.")
    return False


def _is_known(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return recognised(stream.read(HEAD)) is not None
    except OSError:  # said by what reads it
        return False

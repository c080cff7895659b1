"""Whether files are bank files, where nobody said what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ar_xl.core.findings import Refusal
from ar_xl.imports.bank import codes
from ar_xl.imports.bank.formats import HEAD, recognised
from ar_xl.imports.bank.parts import BankOptions, Source
from ar_xl.imports.bank.tables import bankcsv
from ar_xl.imports.headings import find_table, match
from ar_xl.imports.names import CUSTOMERS, KINDS, RECEIPTS
from ar_xl.imports.rawtable import RawGrid


def is_bank(paths: Sequence[Path], kind: str | None, mapped: Mapping[str, str]) -> bool:
    """Tell by the bytes whether bank files are to be imported.

    Args:
        paths: of the files and folders.
        kind: what was said that they hold; None leaves it to the bytes.
        mapped: their heading by ours, as --map gave it.

    Raises:
        Refusal: several files or a folder, which only bank files may be.
    """
    several = len(paths) > 1 or any(path.is_dir() for path in paths)
    if kind is None and (several or _is_known(paths[0], mapped)):
        return True
    if several:
        names = ", ".join(path.name for path in paths[:3])
        raise Refusal(codes.ONE_FILE_ONLY, f"{names}: these cannot be imported as {kind} at once.")
    return False


def _is_known(path: Path, mapped: Mapping[str, str]) -> bool:
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
    except OSError:  # said by what reads it
        return False
    form = recognised(head)
    if form is None or form.NAME != bankcsv.NAME:
        return form is not None
    whole = head if len(head) < HEAD else head[: head.rfind(b"\n") + 1]
    try:
        return _is_bank_table(Source(path.name, whole, path), mapped)
    except Refusal:  # no table at all: what reads lists says so
        return False


def _is_bank_table(source: Source, mapped: Mapping[str, str]) -> bool:
    """Whether a table is a bank's; one that could be a list of receipts too stays one."""
    grids = bankcsv.grids_of(source)
    exporter = bankcsv.exporter_of(grids, BankOptions(map=dict(mapped)))
    if exporter is None:
        return False
    return exporter != "" or not any(_is_list(grid, mapped) for grid in grids)


def _is_list(grid: RawGrid, mapped: Mapping[str, str]) -> bool:
    kinds = list(KINDS.values())
    table = find_table(grid, kinds, mapped)
    for kind in kinds:
        found = match(table, kind, mapped)
        if found.findings or (kind is CUSTOMERS and not found.has(*CUSTOMERS.telling)):
            continue
        if not (kind is RECEIPTS and found.has("side")):
            return True
    return False

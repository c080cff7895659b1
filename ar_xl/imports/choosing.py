"""Whether files are bank files, where nobody said what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ar_xl.core.arrays import BLANK, codes_of
from ar_xl.core.findings import Refusal
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.imports.bank import codes
from ar_xl.imports.bank.formats import HEAD, recognised
from ar_xl.imports.bank.gather import Known, ReadFile, gather
from ar_xl.imports.bank.importer import with_known
from ar_xl.imports.bank.parts import BankFile, BankOptions, Source
from ar_xl.imports.bank.tables import bankcsv
from ar_xl.imports.codes import KIND_OPEN
from ar_xl.imports.headings import Match, find_table, match
from ar_xl.imports.names import CUSTOMERS, KINDS, RECEIPTS
from ar_xl.imports.rawtable import RawGrid


def is_bank(paths: Sequence[Path], kind: str | None, asked: BankOptions, ledger: Ledger) -> bool:
    """Tell by the bytes whether bank files are to be imported.

    Args:
        paths: of the files and folders.
        kind: what was said that they hold; None leaves it to the bytes.
        asked: how to read them.
        ledger: the headings that it remembers are a bank's; its bank lines are no receipts.

    Raises:
        Refusal: several files or a folder, which only bank files may be; or a list of receipts
            of which most are bank lines already.
    """
    several = len(paths) > 1 or any(path.is_dir() for path in paths)
    if kind is None and (several or _is_known(paths[0], with_known(asked, ledger), ledger)):
        return True
    if several:
        names = ", ".join(path.name for path in paths[:3])
        raise Refusal(codes.ONE_FILE_ONLY, f"{names}: these cannot be imported as {kind} at once.")
    return False


def _is_known(path: Path, asked: BankOptions, ledger: Ledger) -> bool:
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
    except OSError:  # said by what reads it
        return False
    form = recognised(head)
    if form is None or form.NAME != bankcsv.NAME:
        return form is not None
    whole = head if len(head) < HEAD else head[: head.rfind(b"\n") + 1]
    source = Source(path.name, whole, path)
    try:
        grids = bankcsv.grids_of(source)
        heads = bankcsv.heads_of(grids, asked)
        if heads is None:
            return False
        found = [each for grid in grids for each in _lists(grid, asked)]
        remembered = heads.remembered is not None and heads.heading_record >= 0
        if remembered or not found or bankcsv.exporter_of(grids, asked):
            return True
        if any(each.kind is not RECEIPTS for each in found):
            return False
        file = bankcsv.read(source, asked)
    except Refusal:  # no table at all: what reads lists says so
        return False
    if heads.match.has("balance") and _runs(file):
        return True
    _insist_on_other_money(file, path.name, ledger)
    return False


def _lists(grid: RawGrid, asked: BankOptions) -> list[Match]:
    """The lists that a table could be."""
    kinds = list(KINDS.values())
    table = find_table(grid, kinds, asked.map)
    return [
        found for found in (match(table, kind, asked.map) for kind in kinds)
        if not found.findings
        and not (found.kind is CUSTOMERS and not found.has(*CUSTOMERS.telling))
        and not (found.kind is RECEIPTS and found.has("side"))
    ]  # fmt: skip


def _runs(file: BankFile) -> bool:
    """Whether the balances run with the amounts; also where amounts or days cannot be read yet."""
    return all(each.closing for each in file.statements)


def _insist_on_other_money(file: BankFile, name: str, ledger: Ledger) -> None:
    """Refuse a list of receipts of which most have the day and the amount of a bank line."""
    base = ledger.policy.settings.base_currency
    lines, _, _ = gather([ReadFile(name, "", file)], Known(base=base))
    frame: Frame = ledger.posted("BankLines")
    if not len(lines) or not len(frame):
        return
    (mine_day, day), _ = codes_of(lines.date.astype(str), frame.dates("date").astype(str))
    mine = np.stack((mine_day, lines.amount), axis=1)
    known = set(map(tuple, np.stack((day, frame.ints("amount")), axis=1).tolist()))
    good = mine[lines.amount != BLANK]
    there = sum(tuple(each) in known for each in good.tolist())
    if 2 * there > len(lines):
        raise Refusal(
            KIND_OPEN,
            f"{name} could be receipts, but {there:,} of its {len(lines):,} rows have the day and "
            "the amount of lines on the sheet Bank.",
            expected="payments that the bank has not told already: else they are posted twice",
            fix="If it is the bank's statement, say so: --as bank. If they are other payments, "
            "say --as receipts.",
        )  # fmt: skip

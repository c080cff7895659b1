"""Damaged bank files: `python -m proofs.bank_fuzz [SEED [CHANGES]]`.

Every real bank file is cut off at random places, and random bytes of it are changed, taken out or
doubled. Whatever it is then, reading it ends in a sentence or in rows, never in a traceback; and
no row has an amount that is neither a number nor marked as bad. Prints counts by format; exits 1
where anything else happened, with the seed and the change.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from ar_xl.core.findings import Refusal
from ar_xl.imports.bank.formats import FORMATS, recognised
from ar_xl.imports.bank.gather import Known, ReadFile, gather
from ar_xl.imports.bank.parts import KINDS, BankFile, BankOptions, Source

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "bank"
_BYTES = b"\x00\x01\r\n\t -/:,;?{}<>\"'09AZaz\x80\xff"


@dataclass
class Tally:
    """What became of damaged files.

    Args:
        ended: read, refused or not recognised, by format.
        wrong: what should not have happened.
    """

    ended: Counter[tuple[str, str]]
    wrong: list[str]


def damaged(content: bytes, chance: random.Random, changes: int) -> Iterator[bytes]:
    """A file in damaged forms: cut off, with other bytes, with parts missing or doubled."""
    for number in range(changes):
        at = chance.randrange(len(content) + 1)
        if number % 3 == 0:
            yield content[:at]
            continue
        made = bytearray(content)
        for _ in range(chance.choice((1, 1, 2, 8, 40))):
            where = chance.randrange(len(made)) if made else 0
            what = chance.randrange(4)
            if what == 0:
                made[where : where + 1] = bytes((chance.randrange(256),))
            elif what == 1:
                made[where : where + 1] = bytes((chance.choice(_BYTES),))
            elif what == 2:
                del made[where : where + chance.randrange(1, 12)]
            else:
                made[where:where] = made[where : where + chance.randrange(1, 60)]
        yield bytes(made)


def fuzz(paths: list[Path], seed: int, changes: int) -> Tally:
    """Read damaged forms of files.

    Args:
        paths: real files.
        seed: of the damage.
        changes: how many forms of each file.
    """
    tally = Tally(Counter(), [])
    for path in paths:
        chance = random.Random(f"{seed} {path.name}")  # damage, no secret
        for number, content in enumerate(damaged(path.read_bytes(), chance, changes)):
            format_ = recognised(content, FORMATS)
            if format_ is None:
                tally.ended["none", "not recognised"] += 1
                continue
            try:
                file = format_.read(Source(path.name, content, path), BankOptions())
                problem = _problem(file)
                tally.ended[format_.NAME, "read"] += 1
            except Refusal:
                problem = ""
                tally.ended[format_.NAME, "refused"] += 1
            except Exception as error:  # noqa: BLE001  # any other error is what is looked for
                problem = f"{type(error).__name__}: {error}"
            if problem:
                tally.wrong.append(f"{path.name}, form {number} of seed {seed}: {problem}")
    return tally


def _problem(file: BankFile) -> str:
    """What is wrong with a file as it was read, "" where nothing is."""
    for statement in file.statements:
        rows = statement.rows
        lengths = {len(column) for column in vars(rows).values()}
        if len(lengths) > 1:
            return f"columns of {sorted(lengths)} rows"
        if set(rows.kind) - set(KINDS):
            return f"kinds {set(rows.kind) - set(KINDS)}"
        for amount, bad in zip(rows.amount, rows.bad, strict=True):
            if not bad and not Decimal(amount).is_finite():
                return f"amount `{amount}`"
    gather([ReadFile("x", "x", file)], Known())
    return ""


def main(arguments: list[str]) -> int:
    """Fuzz all real bank files."""
    seed = int(arguments[0]) if arguments else 1
    changes = int(arguments[1]) if len(arguments) > 1 else 300
    paths = [path for path in sorted(REAL.iterdir()) if path.suffix != ".xlsx"]
    tally = fuzz(paths, seed, changes)
    for (name, end), count in sorted(tally.ended.items()):
        print(f"{name:12} {end:16} {count:8,}")
    print(f"seed {seed}: {len(paths)} files, {changes} forms each, {len(tally.wrong)} wrong")
    for text in tally.wrong[:20]:
        print(text)
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Damaged add-ins: the strict reader refuses each with its own words, and takes none for another.

Damage is planted where it can reach: in the whole file, in a part with the archive around it in
order, in a stream with the compound file around it in order, and in unpacked records.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZipFile

from ar_xl.addin import archive, compound, strict, strictcompound, strictovba
from ar_xl.addin.ovba import compress
from ar_xl.addin.problem import CannotBuild, Deviation

_MACROS = "xl/vbaProject.bin"


@dataclass
class Damaged:
    """What came of it, by depth: refused, taken with the same meaning; and what went wrong.

    `unharmed` counts where nothing came of it: a piece was replaced by its equal, or no file could
    be made.
    """

    refused: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    unharmed: int = 0


def run(content: bytes, count: int, seed: int) -> Damaged:
    """Damage an add-in so many times.

    Args:
        content: a good one.
        count: how often.
        seed: of what is damaged, and how.
    """
    wanted = strict.read(content)
    chance = random.Random(seed)
    told = Damaged()
    for number in range(count):
        depth = ("file", "part", "stream", "records")[number % 4]
        try:
            damaged = _damaged(content, depth, chance)
        except CannotBuild:  # as random as noise
            damaged = content
        if damaged == content:
            told.unharmed += 1
            continue
        try:
            strict.insist_on(damaged, wanted)
            told.same[depth] += 1
        except Deviation:
            told.refused[depth] += 1
        except Exception as problem:  # noqa: BLE001  # any other exception is what is looked for
            told.wrong.append(f"{depth}, number {number}: {type(problem).__name__}: {problem}")
    return told


def _damaged(content: bytes, depth: str, chance: random.Random) -> bytes:
    if depth == "file":
        return _hurt(content, chance)
    with ZipFile(BytesIO(content)) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    if depth == "part":
        name = chance.choice([*parts, _MACROS, _MACROS])
        parts[name] = _hurt(parts[name], chance)
        return archive.write(parts)
    streams = strictcompound.read(parts[_MACROS])
    name = chance.choice(list(streams))
    packed = name.startswith("VBA/") and not name.endswith("_PROJECT")
    if depth == "records" and packed:
        streams[name] = compress(_hurt(strictovba.unpack(streams[name], name), chance))
    else:
        streams[name] = _hurt(streams[name], chance)
    if streams == strictcompound.read(parts[_MACROS]):
        return content
    parts[_MACROS] = compound.write(streams)
    return archive.write(parts)


def _hurt(content: bytes, chance: random.Random) -> bytes:
    """One to four changes: bits, bytes that mean much, pieces lost, doubled or moved."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(changed) + 1)
        length = chance.choice((1, 2, 4, 8, 64, 128, 512))
        kind = chance.randrange(6)
        if kind == 0 and changed:
            changed[at % len(changed)] ^= 1 << chance.randrange(8)
        elif kind == 1:
            changed[at : at + 4] = chance.choice((b"\0" * 4, b"\xff" * 4, b"\xfe\xff\xff\xff"))
        elif kind == 2:
            del changed[at : at + length]
        elif kind == 3:
            changed[at:at] = changed[at : at + length]
        elif kind == 4:
            changed[at : at + length] = chance.randbytes(length)
        else:
            other = chance.randrange(len(changed) + 1)
            changed[at : at + length] = changed[other : other + length]
    return bytes(changed)

"""Small damage to text files, by chance: of bytes, of cells and of lines."""

from __future__ import annotations

import random

_CELLS = (
    "", " ", "0", "-1", "1e400", "1E5", "NaN", "inf", "9" * 400, "9" * 5_000, "0." + "0" * 5_000,
    "1,2,3", "1.234", "1.234,56", "1'000.00", "(5.00)", "5.00-", "$5", "€ 5", "5 USD", "12.345.67",
    "2026-02-30", "30/02/2026", "0/0/0", "99/99/9999", "2026-13-01", "1/1/1", "9999-12-31",
    "10000-01-01", "٣", "½", "²", "1_0", "=1+1", "#REF!", "\x00", "\x0b", "\ufeff", "\ud7ff", "é",
    '"', '""', '"a', 'a"b', "\n", "\r", ";", "\t", "|", "sep=;", "x" * 40_000, "x" * 140_000,
    "TRUE", "Total", "Invoice No", "Amount", ",,,,", "-", "+", ".", "1.", ".5", "1e", "\u202e",
)  # fmt: skip


def mutated_text(chance: random.Random, content: bytes) -> tuple[str, bytes]:
    """A damaged text file, and in a few words what was done to it."""
    if chance.random() < 0.3:
        return _bytes(chance, content)
    text, done = content.decode("utf-8", "replace"), []
    for _ in range(chance.randrange(1, 5)):
        lines = text.split("\n")
        at = chance.randrange(len(lines))
        mark = max(",;\t|", key=lines[0].count)
        cells = lines[at].split(mark)
        match chance.randrange(6):
            case 0 | 1 | 2:
                cells[chance.randrange(len(cells))] = chance.choice(_CELLS)
                lines[at] = mark.join(cells)
                done.append("cell changed")
            case 3:
                lines.insert(at, chance.choice(lines))
                done.append("line twice")
            case 4:
                del lines[at]
                done.append("line lost")
            case _:
                cells.insert(chance.randrange(len(cells) + 1), chance.choice(_CELLS))
                lines[at] = mark.join(cells)
                done.append("cell added")
        text = "\n".join(lines) or "\n"
    return ", ".join(done), text.encode("utf-8", "replace")


def _bytes(chance: random.Random, content: bytes) -> tuple[str, bytes]:
    made = bytearray(content)
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(3):
            case 0:
                made[at : at + 1] = chance.randbytes(1)
            case 1:
                del made[at : at + chance.randrange(1, 40)]
            case _:
                made[at:at] = chance.choice((b"\0", b"\xff", b"\xc3", b"\n", b'"', b",", b"\r"))
    if chance.random() < 0.2:
        made[:0] = chance.choice((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"PK", b"\xd0\xcf"))
    if chance.random() < 0.1:
        del made[chance.randrange(len(made) + 1) :]
    return "bytes changed", bytes(made)

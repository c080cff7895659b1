"""Slips of the pen in the hand-written macros, and how many of them the lint notices.

Not every one is a fault that a compiler finds: without `Not` a statement means something else, and
an argument of a library may have any name.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

from ar_xl.addin import lint

_WORD = re.compile(r'""|[A-Za-z_]\w*|[-(),=&<>.+:]')
_NAME = re.compile(r"[A-Za-z_]\w*")
_HEAD = ("Attribute ", "VERSION ", "BEGIN", "END", "  MultiUse")


def words_taken_out(texts: Sequence[str], ribbon: str, count: int, seed: int) -> tuple[int, int]:
    """How many words were taken out, one at a time, and how often that was noticed."""
    return _tried(texts, ribbon, _WORD, lambda word: "", count, seed)


def words_misspelt(texts: Sequence[str], ribbon: str, count: int, seed: int) -> tuple[int, int]:
    """How many names were misspelt, one at a time, and how often that was noticed."""
    return _tried(texts, ribbon, _NAME, lambda word: word + "x", count, seed)


def _tried(
    texts: Sequence[str],
    ribbon: str,
    pattern: re.Pattern[str],
    slip: Callable[[str], str],
    count: int,
    seed: int,
) -> tuple[int, int]:
    by_hand = [number for number, text in enumerate(texts) if "Made by ar-xl" not in text]
    places = [(number, *place) for number in by_hand for place in _places(texts[number], pattern)]
    chosen = random.Random(seed).sample(places, min(count, len(places)))
    noticed = 0
    for number, start, end in chosen:
        text = texts[number]
        changed = list(texts)
        changed[number] = text[:start] + slip(text[start:end]) + text[end:]
        noticed += bool(lint.check(changed, ribbon))
    return len(chosen), noticed


def _places(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where words stand that are neither in a string nor in a comment."""
    at = 0
    for line in text.split("\n"):
        bare = re.sub(r'"[^"]*"', lambda found: '"' + " " * (len(found[0]) - 2) + '"', line)
        bare = re.sub("'.*$", "", bare)
        if not line.startswith(_HEAD):
            for found in pattern.finditer(bare):
                yield at + found.start(), at + found.end()
        at += len(line) + 1

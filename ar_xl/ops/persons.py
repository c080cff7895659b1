"""Names of persons who ask and approve: when two spellings are one person, and what is no name."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_NOBODY = frozenset(("na", "nil", "nobody", "none", "null", "tbd", "unknown"))
_LOOK_ALIKE = ("LATIN", "CYRILLIC", "GREEK")


def _unseen(character: str) -> bool:
    """Whether a character counts as a letter or mark and still shows nothing."""
    name = unicodedata.name(character, "")
    return any(word in name for word in ("FILLER", "JOINER", "VARIATION SELECTOR"))


@lru_cache(maxsize=4096)
def person(name: str) -> str:
    """What two spellings of one person's name have in common; "" where it names nobody.

    Width, case, blanks, punctuation and characters that do not show make no other person. A name
    has two letters at least and is no word for nobody, as `n/a` is.
    """
    letters = "".join(
        each for each in unicodedata.normalize("NFKC", name.casefold())
        if unicodedata.category(each)[0] in "LMN" and not _unseen(each)
    ).casefold()  # fmt: skip
    named = sum(each.isalpha() for each in letters) >= 2 and letters not in _NOBODY
    return letters if named else ""


def mixed_scripts(name: str) -> str:
    """`Latin and Cyrillic` where a name has letters that look alike of both; else ""."""
    letters = [unicodedata.name(each, "") for each in unicodedata.normalize("NFKC", name)]
    used = [script for script in _LOOK_ALIKE if any(each.startswith(script) for each in letters)]
    return " and ".join(script.capitalize() for script in used) if len(used) > 1 else ""

"""The words of our macros that olevba calls suspicious, and why each of them is there.

docs/ADDIN.md shows the list; a new word fails a test until its reason stands here.
"""

from __future__ import annotations

_ENCODED = "olevba takes {} for hidden texts; `--decode` shows that they are none"

# By word: what kind olevba calls it, and the reason.
EXPLAINED: dict[str, tuple[str, str]] = {
    "Base64 Strings": ("Suspicious", _ENCODED.format("names of eight letters such as `ArRibbon`")),
    "Hex Strings": (
        "Suspicious",
        _ENCODED.format("the class ids that Excel wants in the heads of modules"),
    ),
}

"""The words of our macros that olevba calls suspicious, and why each of them is there.

docs/ADDIN.md shows the list; a new word fails a test until its reason stands here.
"""

from __future__ import annotations

_SUSPICIOUS = "Suspicious"

# By word: what kind olevba calls it, and the reason.
EXPLAINED: dict[str, tuple[str, str]] = {
    "Lib": (
        _SUSPICIOUS,
        "three functions of libraries: xlwings' own, which connects to Python; the one of Windows "
        "that loads it by its full path; the box for messages in any script",
    ),
    "8.dll": (
        "IOC",
        "the end of `xlwings64-0.37.8.dll`, the library's name; VBA wants it as a literal",
    ),
    "open": (
        _SUSPICIOUS,
        "`Workbooks.Open`, once: the workbook that the New Workbook button has made",
    ),
    "Hex Strings": (
        _SUSPICIOUS,
        "no hidden text: the class ids that Excel wants in the heads of modules",
    ),
    "Base64 Strings": (
        _SUSPICIOUS,
        "no hidden text: words of 8, 12, 16 ... letters such as `ArRibbon`",
    ),
}

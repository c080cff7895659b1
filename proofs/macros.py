"""Each line of the hand-written macros is needed: without it the lint or a test fails.

    python -m proofs.macros [PIECE]

Takes some minutes; PIECE is the name of one module. Prints the lines that nobody would miss, and
exits with 1 where there are any.
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
from collections.abc import Iterator
from unittest.mock import patch

import pytest

from ar_xl.addin import build, lint
from ar_xl.app.commands.addin import macros, ribbon

# Lines whose loss shows in real Excel only: what keeps a helper out of the function wizard, a type
# library's event, the attributes of a class.
ONLY_IN_EXCEL = re.compile(
    r"Option Private Module|Attribute VB_|VERSION|BEGIN|END|MultiUse|#|Private Declare|"
    r"Private Const LIBRARY|Set mHost = Application"
)

TESTS = ("tests/macros/test_press.py", "tests/macros/test_formulas.py")


def without_a_line(texts: tuple[str, ...], module: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each line that does something, and the macros without it."""
    for at, text in enumerate(texts):
        if f'VB_Name = "{module}' not in text:
            continue
        lines = text.split("\n")
        for number, line in enumerate(lines):
            code = line.strip()
            if code and not code.startswith("'") and not ONLY_IN_EXCEL.match(code):
                rest = "\n".join([*lines[:number], *lines[number + 1 :]])
                yield code, (*texts[:at], rest, *texts[at + 1 :])


def is_missed(texts: tuple[str, ...]) -> bool:
    """Whether the lint or a test finds something wrong with macros."""
    with patch.object(build, "hand_written", lambda: texts):
        if lint.check(macros(), ribbon()):
            return True
        with contextlib.redirect_stdout(io.StringIO()):
            return pytest.main(["-q", "-x", "-p", "no:cacheprovider", *TESTS]) != 0


def main(module: str = "") -> int:
    """Take out line after line; the exit code is 1 where one is not missed."""
    texts = build.hand_written()
    assert not is_missed(texts), "the macros as they are do not pass"
    count, unmissed = 0, []
    for line, rest in without_a_line(texts, module):
        count += 1
        if not is_missed(rest):
            unmissed.append(line)
            print(f"nobody misses: {line}", flush=True)
    print(f"{count} lines taken out one at a time; {count - len(unmissed)} were missed")
    return 1 if unmissed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))

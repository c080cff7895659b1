"""Blocks that begin and end: If, With, Select, For, Do and what is between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ar_xl.addin.vbascope import Project
from ar_xl.addin.vbatext import Module, Procedure, statements

Problem = tuple[int, str]

_BEGINS = (
    ("If", re.compile(r"If\b.*\bThen\Z", re.IGNORECASE)),
    ("With", re.compile(r"With\b", re.IGNORECASE)),
    ("Select", re.compile(r"Select Case\b", re.IGNORECASE)),
    ("For", re.compile(r"For\b", re.IGNORECASE)),
    ("Do", re.compile(r"Do\b", re.IGNORECASE)),
    ("While", re.compile(r"While\b", re.IGNORECASE)),
)
_ENDS = (
    ("If", re.compile(r"End If\Z", re.IGNORECASE)),
    ("With", re.compile(r"End With\Z", re.IGNORECASE)),
    ("Select", re.compile(r"End Select\Z", re.IGNORECASE)),
    ("For", re.compile(r"Next\b", re.IGNORECASE)),
    ("Do", re.compile(r"Loop\b", re.IGNORECASE)),
    ("While", re.compile(r"Wend\Z", re.IGNORECASE)),
)
_INSIDE = (
    ("If", re.compile(r"(Else\Z|ElseIf\b)", re.IGNORECASE)),
    ("Select", re.compile(r"Case\b", re.IGNORECASE)),
)
_EXITS = re.compile(r"\bExit (Sub|Function|For|Do)\b", re.IGNORECASE)
_NEXT = re.compile(r"Next (\w+)\Z", re.IGNORECASE)
_FOR = re.compile(r"For (?:Each )?(\w+)\b", re.IGNORECASE)


def blocks(module: Module, _: Project) -> Iterator[Problem]:
    """What begins in a procedure ends in it, in the right order."""
    for procedure in module.procedures:
        yield from _balanced(procedure)


def _balanced(procedure: Procedure) -> Iterator[Problem]:
    open_blocks: list[tuple[str, int, str]] = []
    for line in procedure.body or []:
        for part in statements(line.code)[1]:
            for kind, pattern in _INSIDE:
                if pattern.match(part) and _innermost(open_blocks) != kind:
                    yield line.number, f"`{part}` outside of its {kind}"
            yield from ((line.number, said) for said in _exits(part, procedure, open_blocks))
            if ended := next((kind for kind, pattern in _ENDS if pattern.match(part)), ""):
                if _innermost(open_blocks) != ended:
                    yield line.number, f"`{part}` without its {ended}"
                else:
                    variable = open_blocks.pop()[2]
                    counted = _NEXT.match(part)
                    if counted and counted[1].lower() != variable:
                        yield line.number, f"`{part}` ends the loop over {variable}"
            elif begun := next((kind for kind, pattern in _BEGINS if pattern.match(part)), ""):
                loop = _FOR.match(part)
                open_blocks.append((begun, line.number, loop[1].lower() if loop else ""))
    for kind, number, _ in open_blocks:
        yield number, f"this {kind} has no end"


def _exits(part: str, procedure: Procedure, open_blocks: list[tuple[str, int, str]]) -> list[str]:
    """Exits of what does not surround them."""
    around = {kind.lower() for kind, _, _ in open_blocks}
    around.add("function" if procedure.is_function else "sub")
    return [f"`{found[0]}` leaves nothing" for found in _EXITS.finditer(part)
            if found[1].lower() not in around]  # fmt: skip


def _innermost(open_blocks: list[tuple[str, int, str]]) -> str:
    return open_blocks[-1][0] if open_blocks else ""

"""Procedures that nothing calls, and names that only one half of an #If declares."""

from __future__ import annotations

from collections.abc import Iterator

from ar_xl.addin.vbascope import Project
from ar_xl.addin.vbatext import Branch, Module, Procedure, tokens
from ar_xl.addin.vbawords import EVENTS

Problem = tuple[int, str]


def in_use(module: Module, _: Project) -> Iterator[Problem]:
    """A private procedure is called, or it is that of an event, with the event's arguments.

    A slip of the pen in the name of an event compiles, and the event never arrives.
    """
    said = {
        word.lower()
        for procedure in module.procedures
        for line in procedure.body or []
        for word in tokens(line.code)
    }
    for procedure in module.procedures:
        takes = _event_arguments(module, procedure)
        if takes is not None and takes != len(procedure.parameters):
            yield procedure.line, f"the event of `{procedure.name}` has {takes} arguments"
        if not procedure.public and takes is None and procedure.name.lower() not in said:
            yield procedure.line, f"nothing calls `{procedure.name}`"


def _event_arguments(module: Module, procedure: Procedure) -> int | None:
    """How many arguments the event has that calls a procedure; None where none does."""
    owner, _, event = procedure.name.lower().rpartition("_")
    sources = {variable.name.lower(): variable.kind for variable, _ in module.variables
               if variable.events}  # fmt: skip
    kind = "class" if module.is_class and owner == "class" else sources.get(owner, "")
    return EVENTS.get(kind, {}).get(event)


def in_every_branch(module: Module, _: Project) -> Iterator[Problem]:
    """What one branch of an #If declares, the others declare too; there have to be others."""
    declared: dict[tuple[int, int], dict[str, int]] = {}
    found: list[tuple[str, Branch, int]] = [
        *((each.name, branch, each.line) for each, branch in module.variables),
        *((each.name, each.branch, each.line) for each in module.procedures),
    ]
    for name, branch, line in found:
        for place in branch:
            declared.setdefault(place, {})[name.lower()] = line
    for (number, at), names in declared.items():
        others = [other for (of, place), other in declared.items() if of == number and place != at]
        for name, line in names.items():
            if not others or any(name not in other for other in others):
                yield line, f"`{name}` is declared in one branch of an #If only"

"""Who knows which name in a VBA project."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ar_xl.addin.vbatext import Branch, Module, Procedure, statements, variables


def exclusive(one: Branch, other: Branch) -> bool:
    """Two places are never compiled together: other branches of the same #If."""
    branches = dict(one)
    return any(number in branches and branches[number] != at for number, at in other)


@dataclass(frozen=True)
class Project:
    """All modules."""

    modules: list[Module]

    def module(self, name: str) -> Module | None:
        """The module of a name."""
        return next((each for each in self.modules if each.name.lower() == name.lower()), None)

    def procedure_of(self, module: str, name: str) -> Procedure | None:
        """A public procedure of a standard module."""
        found = self.module(module)
        if found is None or found.is_class:
            return None
        return next(
            (p for p in found.procedures if p.public and p.name.lower() == name.lower()), None
        )


@dataclass
class Scope:
    """What a procedure knows.

    Args:
        module: it stands in.
        own: the procedure.
        project: all modules.
    """

    module: Module
    own: Procedure
    project: Project
    labels: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._kinds = {v.name.lower(): v.kind for v, _ in self.module.variables}
        self._kinds |= {v.name.lower(): v.kind for v in self.own.parameters}
        for line in self.own.body or []:
            label, parts = statements(line.code)
            self.labels.add(label.lower())
            for part in parts:
                if found := re.match(r"(?:Dim|Static|Const)\s+(.+)\Z", part):
                    declared = variables(found[1], line.number) or []
                    self._kinds |= {v.name.lower(): v.kind for v in declared}
        self._procedures: dict[str, Procedure] = {}
        for module in self.project.modules:
            for procedure in module.procedures:
                if module is self.module or (procedure.public and not module.is_class):
                    self._procedures[procedure.name.lower()] = procedure

    def kind_of(self, name: str) -> str:
        """The type of a variable, in small letters; "" where it is none."""
        return self._kinds.get(name, "")

    def procedure(self, name: str) -> Procedure | None:
        """A procedure that can be called by its bare name."""
        return self._procedures.get(name)

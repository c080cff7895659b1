"""What a VBA compiler would find in the macros, as there is none where the add-in is built.

A macro that does not compile stops every button and every formula, on every user's computer. Each
rule is a function that yields problems; the lists of rules are at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from ar_xl.addin import vbatext
from ar_xl.addin.lintblocks import blocks
from ar_xl.addin.lintgrammar import grammar
from ar_xl.addin.lintnames import arguments, names
from ar_xl.addin.lintuse import in_every_branch, in_use
from ar_xl.addin.problem import CannotBuild
from ar_xl.addin.vbascope import Project, exclusive
from ar_xl.addin.vbatext import Module
from ar_xl.addin.vbawords import CELL, OPTIONS, RESERVED, TYPES

Problem = tuple[int, str]

LONGEST_LINE = 1023
MOST_CONTINUATIONS = 24
CODE_PAGE = "cp1252"
SHOWN = 5

_ATTRIBUTE = re.compile(r"Attribute (?:(\w+)\.)?VB_\w+(?:\.VB_\w+)? = ")
_CALLBACK = re.compile(r'\b(onLoad|onAction|get\w+)="(\w+)\.(\w+)"')
_CALLBACK_ARGUMENTS = {"onload": 1, "onaction": 1}
_MACRO = re.compile(r"!(\w+)\.(\w+)\Z")


def insist(texts: Sequence[str], ribbon: str = "") -> None:
    """Refuse macros that Excel would refuse.

    Args:
        texts: of the modules, as VBA exports them.
        ribbon: the ribbon's XML, whose callbacks must be there.

    Raises:
        CannotBuild: the first problems, each with module and line.
    """
    found = check(texts, ribbon)
    if found:
        more = f"; {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        raise CannotBuild("The macros would not compile. " + "; ".join(found[:SHOWN]) + more + ".")


def check(texts: Sequence[str], ribbon: str = "") -> list[str]:
    """Return what is wrong with macros: module, line and what it is.

    Args:
        texts: of the modules, as VBA exports them.
        ribbon: the ribbon's XML; "" looks at no callbacks.
    """
    plain = [re.sub(r"\r\n?", "\n", text) for text in texts]
    project = Project([vbatext.read(text) for text in plain])
    said = []
    for text, module in zip(plain, project.modules, strict=True):
        problems = [*module.problems]
        for of_text in TEXT_RULES:
            problems += of_text(text, module)
        for of_module in MODULE_RULES:
            problems += of_module(module, project)
        said += [f"{module.name or '?'}, line {line}: {words}" for line, words in sorted(problems)]
    return said + [f"ribbon: {words}" for words in _callbacks(ribbon, project)]


def _written(text: str, _: Module) -> Iterator[Problem]:
    """Line lengths, continuations and characters."""
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            yield number, f"{len(line)} characters; VBA takes {LONGEST_LINE}"
        if not _encodes(line):
            yield number, "a character that is not in Windows' code page 1252"
        if re.search(r"[\x00-\x1f\x7f]", line):
            yield number, "a tab or another control character"
        if re.search(r"\S_\Z", line.rstrip()) and not re.search(r"\w_\Z", line.rstrip()):
            yield number, "a continuation needs a space before its `_`"
    for logical in vbatext.lines_of(text):
        if logical.parts > MOST_CONTINUATIONS + 1:
            yield logical.number, f"more than {MOST_CONTINUATIONS} continuations"
        if '"' in logical.code.replace(vbatext.STRING, ""):
            yield logical.number, "a quote that nobody closes"


def _encodes(line: str) -> bool:
    try:
        line.encode(CODE_PAGE)
    except UnicodeEncodeError:
        return False
    return True


def _attributes(text: str, module: Module) -> Iterator[Problem]:
    """Attribute lines stand at the head, or right below the heading of what they describe."""
    lines = text.split("\n")
    head, heading = True, ""
    if not module.name:
        yield 1, 'no `Attribute VB_Name = "..."`'
    for number, line in enumerate(lines, 1):
        code = line.strip()
        if code.startswith("Attribute "):
            found = _ATTRIBUTE.match(code)
            if not found or (found[1] or "") != ("" if head else heading) or not (head or heading):
                yield number, f"`{code[:40]}` cannot stand here"
            continue
        if module.is_class and (number == 1 or code in {"BEGIN", "END"} or "MultiUse" in code):
            continue
        procedure = re.match(r"(?:Public |Private )?(?:Sub|Function) (\w+)", code)
        head, heading = False, procedure[1] if procedure else ""


def _options(module: Module, _: Project) -> Iterator[Problem]:
    if "explicit" not in module.options:
        yield 1, "no Option Explicit"
    for option in sorted({*module.options} - OPTIONS):
        yield 1, f"there is no Option `{option}`"


def _declared(module: Module, project: Project) -> Iterator[Problem]:
    """Names that VBA keeps, that read like cells, and types that nobody knows."""
    types = TYPES | {each.name.lower() for each in project.modules if each.is_class}
    for variable in _all_variables(module):
        if variable.name.lower() in RESERVED:
            yield variable.line, f"VBA keeps the word `{variable.name}`"
        if variable.kind not in types:
            yield variable.line, f"there is no type `{variable.kind}`"
    for procedure in module.procedures:
        if procedure.is_function and procedure.kind not in types:
            yield procedure.line, f"there is no type `{procedure.kind}`"
        if procedure.name.lower() in RESERVED:
            yield procedure.line, f"VBA keeps the word `{procedure.name}`"
        if procedure.public and CELL.fullmatch(procedure.name.upper()):
            yield procedure.line, f"`{procedure.name}` reads like the address of a cell"


def _all_variables(module: Module) -> Iterator[vbatext.Variable]:
    yield from (variable for variable, _ in module.variables)
    for procedure in module.procedures:
        yield from procedure.parameters
        yield from _locals(procedure)


def _locals(procedure: vbatext.Procedure) -> Iterator[vbatext.Variable]:
    for line in procedure.body or []:
        found = re.match(r"(?:Dim|Static|Const)\s+(.+)\Z", line.code)
        if found:
            yield from vbatext.variables(found[1], line.number) or []


def _once(module: Module, project: Project) -> Iterator[Problem]:
    """Nothing is declared twice where both would be compiled."""
    seen: list[tuple[str, vbatext.Branch]] = []
    own = [(v.name, branch, v.line) for v, branch in module.variables]
    own += [(p.name, p.branch, p.line) for p in module.procedures]
    for name, branch, line in sorted(own, key=lambda each: each[2]):
        if any(name.lower() == other and not exclusive(branch, at) for other, at in seen):
            yield line, f"`{name}` is declared twice"
        seen.append((name.lower(), branch))
    for procedure in module.procedures:
        names_seen: set[str] = set()
        for variable in [*procedure.parameters, *_locals(procedure)]:
            if variable.name.lower() in names_seen | {procedure.name.lower()}:
                yield variable.line, f"`{variable.name}` is declared twice"
            names_seen.add(variable.name.lower())
        for other in project.modules:
            if other is not module and not module.is_class and not other.is_class:
                for twin in other.procedures:
                    if procedure.public and twin.public and _same(procedure.name, twin.name):
                        yield procedure.line, f"`{procedure.name}` is in {other.name} as well"
    if sum(_same(each.name, module.name) for each in project.modules) > 1:
        yield 1, f"two modules are called {module.name}"


def _same(one: str, other: str) -> bool:
    return one.lower() == other.lower()


def _named_macros(module: Module, project: Project) -> Iterator[Problem]:
    """A procedure that Excel is to call by its name is there, and takes no argument."""
    for procedure in module.procedures:
        for line in procedure.body or []:
            for text in line.strings:
                if found := _MACRO.search(text):
                    called = project.procedure_of(found[1], found[2])
                    if called is None or any(not each.optional for each in called.parameters):
                        yield line.number, f"`{found[1]}.{found[2]}` cannot be called by name"


def _callbacks(ribbon: str, project: Project) -> Iterable[str]:
    for attribute, module, name in sorted(set(_CALLBACK.findall(ribbon))):
        found = project.procedure_of(module, name)
        wanted = _CALLBACK_ARGUMENTS.get(attribute.lower(), 2)
        if found is None:
            yield f"{attribute} calls {module}.{name}, which is not there"
        elif found.is_function or len(found.parameters) != wanted:
            yield f"{module}.{name} has to be a Sub with {wanted} arguments, for {attribute}"


TEXT_RULES: tuple[Callable[[str, Module], Iterable[Problem]], ...] = (_written, _attributes)
MODULE_RULES: tuple[Callable[[Module, Project], Iterable[Problem]], ...] = (
    _options, _declared, _once, _named_macros, blocks, names, arguments, grammar, in_use,
    in_every_branch,
)  # fmt: skip

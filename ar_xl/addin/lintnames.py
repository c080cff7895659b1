"""Names that nobody declared, and calls that do not fit what they call."""

from __future__ import annotations

from collections.abc import Iterator

from ar_xl.addin.vbascope import Project, Scope
from ar_xl.addin.vbatext import STRING, Line, Module, Procedure, statements, tokens
from ar_xl.addin.vbawords import KEYWORDS, KNOWN, MEMBERS

Problem = tuple[int, str]
_STARTS = frozenset({"then", "else", "call"})
_TARGETS = frozenset({"goto", "resume"})


def names(module: Module, project: Project) -> Iterator[Problem]:
    """Every name in a procedure is a variable, a procedure, or one of VBA's or Excel's."""
    for procedure in module.procedures:
        scope = Scope(module, procedure, project)
        for line, words in _statements(procedure):
            if words[0].lower() in {"dim", "static", "const"}:
                continue
            yield from ((line.number, said) for said in _unknown(words, scope))


def arguments(module: Module, project: Project) -> Iterator[Problem]:
    """A procedure of ours gets as many arguments as it takes, and variables of their type."""
    for procedure in module.procedures:
        scope = Scope(module, procedure, project)
        for line, words in _statements(procedure):
            yield from ((line.number, said) for said in _misfits(words, scope))
            yield from ((line.number, said) for said in _side_by_side(words))


def _statements(procedure: Procedure) -> Iterator[tuple[Line, list[str]]]:
    for line in procedure.body or []:
        if line.code.startswith(("#", "Attribute ")):
            continue
        for part in statements(line.code)[1]:
            yield line, tokens(part)


def _is_name(word: str) -> bool:
    return word[0].isalpha() and word.lower() not in KEYWORDS


def _unknown(words: list[str], scope: Scope) -> Iterator[str]:
    for at, word in enumerate(words):
        before = words[at - 1].lower() if at else ""
        after = words[at + 1] if at + 1 < len(words) else ""
        plain = word.removesuffix("$").lower()
        if not word[0].isalpha() or after == ":=":
            continue
        if before == ".":
            owner = words[at - 2].lower() if at > 1 else ""
            first = at < 3 or words[at - 3] != "."
            if first and owner in MEMBERS and plain not in MEMBERS[owner]:
                yield f"`{words[at - 2]}.{word}` is not known"
            found = scope.project.module(owner) if first else None
            if found and not scope.project.procedure_of(owner, word):
                yield f"`{words[at - 2]}.{word}` is not there"
            continue
        if before in _TARGETS and plain not in {"next"}:
            if plain not in scope.labels:
                yield f"there is no label `{word}`"
            continue
        if before == "new":
            made = scope.project.module(plain)
            if made is None or not made.is_class:
                yield f"there is no class `{word}`"
            continue
        if plain in KEYWORDS or before == "as":
            continue
        ours = scope.kind_of(plain) or scope.procedure(plain) or scope.project.module(plain)
        if not ours and plain not in KNOWN:
            yield f"nobody declared `{word}`"


def _misfits(words: list[str], scope: Scope) -> Iterator[str]:
    for at, word in enumerate(words):
        if at and words[at - 1] == "." and not scope.project.module(words[at - 2]):
            continue
        called = scope.procedure(word.lower()) if _is_name(word) else None
        after = words[at + 1] if at + 1 < len(words) else ""
        if called is None or scope.kind_of(word.lower()) or after == ":=":
            continue
        before = words[at - 1].lower() if at else ""
        starts = at == 0 or before in _STARTS
        if (starts or before == "set") and after == "=" and called is scope.own:
            continue  # the value of a function
        given = _given(words, at, starts)
        least = sum(not each.optional for each in called.parameters)
        if not least <= len(given) <= len(called.parameters):
            yield f"`{word}` takes {len(called.parameters)} arguments, and gets {len(given)}"
        if not starts and not called.is_function:
            yield f"`{word}` gives no value"
        for each, parameter in zip(given, called.parameters, strict=False):
            kind = scope.kind_of(each[0].lower()) if len(each) == 1 else ""
            if kind and not parameter.by_value and parameter.kind not in {"variant", kind}:
                yield f"`{word}` takes {parameter.name} as {parameter.kind}, not {kind}"


def _given(words: list[str], at: int, starts: bool) -> list[list[str]]:
    """The arguments of a call, as words."""
    rest = words[at + 1 :]
    if rest[:1] == ["("]:
        rest, ends = rest[1:], {")"}
    elif starts:
        ends = {"else"}
    else:
        return []
    given: list[list[str]] = [[]]
    depth = 0
    for word in rest:
        if depth == 0 and word.lower() in ends:
            break
        depth += (word == "(") - (word == ")")
        if word == "," and depth == 0:
            given.append([])
        else:
            given[-1].append(word)
    return given if given != [[]] else []


def _side_by_side(words: list[str]) -> Iterator[str]:
    """Two values with nothing between them: an operator, a comma or brackets are missing.

    A statement that calls something may have its first argument right behind the name.
    """
    if words.count("(") != words.count(")"):
        yield "brackets that do not match"
    may_call = True
    for at in range(1, len(words)):
        before, word = words[at - 1], words[at]
        if before.lower() in _STARTS:
            may_call = True
            continue
        if before == "=" or before.lower() in KEYWORDS:
            may_call = False
        value_before = before == STRING or before == ")" or before[0].isdigit() or _is_name(before)
        value = word == STRING or word[0].isdigit() or _is_name(word)
        if value_before and value:
            if not may_call:
                yield f"something is missing between `{before}` and `{word}`"
            may_call = False

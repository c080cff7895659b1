"""The text of a macro as VBA reads it: lines joined, strings and comments set aside, procedures.

Only as much of the language as our macros use; what cannot be read is a problem, not skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

Branch = tuple[tuple[int, int], ...]  # which #If, and which of its branches

STRING = '""'
_STRING = re.compile(r'"(?:[^"]|"")*"')
_TOKEN = re.compile(
    r'""|:=|<>|<=|>=|&H[0-9A-Fa-f]+|[0-9]+(?:\.[0-9]+)?|[A-Za-z_][A-Za-z0-9_]*\$?|\S'
)
_HEADING = re.compile(
    r"(?:(Public|Private|Friend)\s+)?(?:Static\s+)?(Sub|Function|Property\s+\w+)\s+(\w+)\s*"
    r"\((.*)\)(?:\s+As\s+(\w+))?\s*\Z",
    re.IGNORECASE,
)
_DECLARE = re.compile(
    r"(?:(Public|Private)\s+)?Declare\s+(PtrSafe\s+)?(Sub|Function)\s+(\w+)\s+Lib\s+\"\""
    r"(?:\s+Alias\s+\"\")?\s*\((.*)\)(?:\s+As\s+(\w+))?\s*\Z",
    re.IGNORECASE,
)
_PARAMETER = re.compile(
    r"(Optional\s+)?(ByVal\s+|ByRef\s+)?(ParamArray\s+)?(\w+)(\(\))?(?:\s+As\s+(\w+))?"
    r"(?:\s*=\s*(.+))?\Z",
    re.IGNORECASE,
)
_VARIABLE = re.compile(
    r"(WithEvents\s+)?(\w+)(\(.*\))?(?:\s+As\s+(New\s+)?(\w+))?(\s*=.+)?\Z", re.IGNORECASE
)
# What Office defines by itself; another name would quietly count as false.
_DIRECTIVE = re.compile(r"#If (?:Win64|VBA7|Mac) Then|#Else|#End If")
_LABEL = re.compile(r"\s*([A-Za-z_]\w*):(?!=)")


@dataclass(frozen=True)
class Line:
    """One logical line.

    Args:
        number: of its first line in the text, from 1 on.
        code: without comment, every string as two quotes.
        strings: what stood in them, in order.
        parts: lines it was written in.
    """

    number: int
    code: str
    strings: tuple[str, ...]
    parts: int


@dataclass(frozen=True)
class Variable:
    """A variable, constant or argument: its name, its type, and where it was declared.

    `events` says that its object's events come to procedures of the module.
    """

    name: str
    kind: str
    line: int
    by_value: bool = True
    optional: bool = False
    events: bool = False


@dataclass
class Procedure:
    """A procedure, or one of a library that is declared.

    Args:
        name: of it.
        is_function: it gives a value.
        public: other modules may call it.
        line: of its heading.
        parameters: in order.
        branch: of conditional compilation that it stands in.
        body: its lines, without heading and end; None for one of a library.
        kind: the type of its value, in small letters; "" for a Sub.
    """

    name: str
    is_function: bool
    public: bool
    line: int
    parameters: list[Variable]
    branch: Branch
    body: list[Line] | None = None
    kind: str = ""


@dataclass
class Module:
    """A module as read.

    Args:
        name: of it.
        is_class: it is a class.
        options: what its Option lines say.
        variables: of the module, with the branch each stands in.
        procedures: in order.
        problems: what could not be read: line and words.
    """

    name: str = ""
    is_class: bool = False
    options: list[str] = field(default_factory=list)
    variables: list[tuple[Variable, Branch]] = field(default_factory=list)
    procedures: list[Procedure] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


def lines_of(text: str) -> Iterator[Line]:
    """The logical lines of a module; blank ones are left out."""
    held, first, parts = "", 0, 0
    strings: list[str] = []
    for number, raw in enumerate(text.split("\n"), 1):
        found, code = _bare(raw)
        strings += found
        first, parts = first or number, parts + 1
        if code.endswith(" _"):
            held += code[:-1]
            continue
        if (held + code).strip():
            yield Line(first, (held + code).strip(), tuple(strings), parts)
        held, first, parts, strings = "", 0, 0, []


def _bare(raw: str) -> tuple[list[str], str]:
    """A line's strings, and the line without them and without its comment."""
    strings: list[str] = []

    def set_aside(found: re.Match[str]) -> str:
        strings.append(found[0][1:-1].replace('""', '"'))
        return STRING

    before_comment = re.match(r'(?:[^"\']|"(?:[^"]|"")*")*', raw)
    assert before_comment is not None
    rest = raw[before_comment.end() :]
    code = _STRING.sub(set_aside, before_comment[0])
    if rest.startswith('"'):
        return strings, code + rest  # a quote that nobody closes: a problem further up
    return strings, code.rstrip()


def tokens(code: str) -> list[str]:
    """Names, numbers, signs and strings of a line."""
    return _TOKEN.findall(code)


def statements(code: str) -> tuple[str, list[str]]:
    """The label of a line, if it has one, and its statements."""
    label = _LABEL.match(code)
    if label and label[1].lower() != "else":
        return label[1], _parts(code[label.end() :])
    return "", _parts(code)


def _parts(code: str) -> list[str]:
    return [part.strip() for part in re.split(r":(?!=)", code) if part.strip()]


def parameters(text: str, line: int) -> list[Variable] | None:
    """What stands between the brackets of a heading; None where it cannot be read."""
    found = []
    for part in (each.strip() for each in text.split(",") if text.strip()):
        parameter = _PARAMETER.match(part)
        if not parameter:
            return None
        by_value = (parameter[2] or "").strip().lower() == "byval"
        kind = (parameter[6] or "Variant").lower()
        found.append(Variable(parameter[4], kind, line, by_value, bool(parameter[1])))
    return found


def variables(text: str, line: int) -> list[Variable] | None:
    """What stands behind Dim, Private, Public, Static or Const; None where it cannot be read."""
    found = []
    for part in text.split(","):
        variable = _VARIABLE.match(part.strip())
        if not variable:
            return None
        kind = (variable[5] or "Variant").lower()
        found.append(Variable(variable[2], kind, line, events=bool(variable[1])))
    return found


def read(text: str) -> Module:
    """Read a module; what cannot be read is among its problems."""
    module = Module()
    lines = list(lines_of(_without_class_head(text, module)))
    branch: list[tuple[int, int]] = []
    count, current = 0, None
    for line in lines:
        if line.code.startswith("#"):
            count = _directive(line, branch, count, module)
        elif current is not None:
            if re.fullmatch(r"End\s+(Sub|Function|Property)", line.code, re.IGNORECASE):
                if line.code.split()[1].lower() != ("function" if current.is_function else "sub"):
                    module.problems.append((line.number, f"`{line.code}` ends another kind"))
                current = None
            elif _HEADING.match(line.code):
                module.problems.append((current.line, f"{current.name} has no end"))
                current = _outside(line, tuple(branch), module)
            else:
                assert current.body is not None
                current.body.append(line)
        else:
            current = _outside(line, tuple(branch), module)
    if branch:
        module.problems.append((lines[-1].number, "#If without #End If"))
    if current is not None:
        module.problems.append((current.line, f"{current.name} has no end"))
    return module


def _without_class_head(text: str, module: Module) -> str:
    head = re.match(r"VERSION 1\.0 CLASS\nBEGIN\n(?:.*\n)*?END\n", text)
    module.is_class = head is not None
    # The numbers of lines are those of the file.
    return "\n" * head[0].count("\n") + text[head.end() :] if head else text


def _directive(line: Line, branch: list[tuple[int, int]], count: int, module: Module) -> int:
    word = line.code.lower().replace(" ", "")
    if not _DIRECTIVE.fullmatch(line.code):
        module.problems.append((line.number, f"`{line.code}` is no line that VBA or we know"))
    if word.startswith("#if") and word.endswith("then"):
        branch.append((count, 0))
        return count + 1
    if not branch or not word.startswith(("#else", "#endif")):
        module.problems.append((line.number, f"`{line.code}` has no #If before it"))
    elif word == "#endif":
        branch.pop()
    else:
        branch[-1] = (branch[-1][0], branch[-1][1] + 1)
    return count


def _value(kind: str, gives: str | None) -> str:
    """The type that a procedure's value has."""
    return (gives or "Variant").lower() if kind.lower() == "function" else ""


def _outside(line: Line, branch: Branch, module: Module) -> Procedure | None:
    """A line outside of procedures; the procedure where it begins one."""
    code = line.code
    if heading := _HEADING.match(code):
        visibility, kind, name, inner, gives = heading.groups()
        given = parameters(inner, line.number)
        if given is None:
            module.problems.append((line.number, "an argument that cannot be read"))
        made = Procedure(name, kind.lower() == "function", (visibility or "Public") != "Private",
                         line.number, given or [], branch, [], _value(kind, gives))  # fmt: skip
        module.procedures.append(made)
        return made
    if declared := _DECLARE.match(code):
        visibility, safe, kind, name, inner, gives = declared.groups()
        given = parameters(inner, line.number)
        if given is None or not safe:
            module.problems.append((line.number, f"{name} has to be declared PtrSafe, with types"))
        public = (visibility or "Public").lower() == "public"
        if public:
            words = f"{name} has to be Private, or a formula of any workbook could call the library"
            module.problems.append((line.number, words))
        is_function = kind.lower() == "function"
        module.procedures.append(
            Procedure(name, is_function, public, line.number, given or [], branch, None,
                      _value(kind, gives))
        )  # fmt: skip
    elif code.startswith("Option "):
        module.options.append(code.removeprefix("Option ").lower())
    elif code.startswith("Attribute "):
        if code.startswith("Attribute VB_Name = ") and line.strings:
            module.name = line.strings[0]
    elif made_variables := re.match(r"(?:Private|Public|Dim)\s+(?:Const\s+)?(.+)\Z", code):
        found = variables(made_variables[1], line.number)
        if found is None:
            module.problems.append((line.number, f"`{code}` cannot be read"))
        module.variables += [(each, branch) for each in found or []]
    else:
        module.problems.append((line.number, f"`{code}` cannot stand outside of a procedure"))
    return None

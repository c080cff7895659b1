"""What a template may say: fields, choices and lists, and nothing that runs.

A template is checked whole before the first letter is made, so that a field that does not exist
is found in the choice that no letter of today takes, too. Nothing in it can be called, nothing is
reckoned, and a list stands in at most one other list: what it makes cannot grow beyond measure.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.sandbox import SandboxedEnvironment

FILTERS = ("upper", "lower", "capitalize", "title", "trim", "length", "default")
TESTS = ("defined", "none", "odd", "even")
MOST_LISTS_WITHIN = 2
_LOOP = dict.fromkeys(("index", "first", "last", "length"), "")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const,
    nodes.If, nodes.For, nodes.CondExpr, nodes.And, nodes.Or, nodes.Not, nodes.Compare,
    nodes.Operand, nodes.Filter, nodes.Test,
)  # fmt: skip


class BadWords(Exception):  # noqa: N818  # what is wrong with a template, in words
    """A template says something that it may not; the line it stands in, and what to do."""

    def __init__(self, seen: str, line: int, fix: str = "") -> None:
        self.seen, self.line, self.fix = seen, line, fix
        super().__init__(seen)


def sandbox() -> SandboxedEnvironment:
    """Where templates are read and filled in: values print as they are, nothing else is there."""
    env = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    env.globals.clear()
    env.filters = {name: env.filters[name] for name in FILTERS}
    env.tests = {name: each for name, each in env.tests.items() if name in TESTS}
    return env


def insist_on_fields(tree: nodes.Template, fields: Mapping[str, Any]) -> None:
    """Refuse a template that uses a field that there is not, or does more than use fields.

    Args:
        tree: the template as it was read.
        fields: by name; a text for a field, a dict for a group, a list of one dict for a list.

    Raises:
        BadWords: the first such place.
    """
    _walk(tree, dict(fields), 0)


def _walk(node: nodes.Node, known: dict[str, Any], depth: int) -> None:
    if not isinstance(node, _ALLOWED):
        raise BadWords(
            "it reckons, calls or defines something, which templates may not", node.lineno
        )
    if isinstance(node, nodes.For):
        _list(node, known, depth)
        return
    if isinstance(node, nodes.Name | nodes.Getattr):
        _resolved(node, known)
        return
    if isinstance(node, nodes.Filter | nodes.Test):
        _named(node)
    for child in node.iter_child_nodes():
        _walk(child, known, depth)


def _named(node: nodes.Filter | nodes.Test) -> None:
    names = FILTERS if isinstance(node, nodes.Filter) else TESTS
    simple = all(isinstance(each, nodes.Const) for each in node.args)
    if node.name not in names or node.kwargs or node.dyn_args or node.dyn_kwargs or not simple:
        raise BadWords(
            f"`{node.name}` is no filter of letters",
            node.lineno,
            f"There are: {', '.join(FILTERS)}.",
        )


def _list(node: nodes.For, known: dict[str, Any], depth: int) -> None:
    path = _path(node.iter)
    found = _resolved(node.iter, known) if isinstance(node.iter, nodes.Name | nodes.Getattr) else ""
    if not isinstance(found, list):
        lists = ", ".join(_lists(known))
        raise BadWords(f"`{path or 'this'}` is no list", node.lineno, f"Lists are: {lists}.")
    if node.recursive or depth >= MOST_LISTS_WITHIN or not isinstance(node.target, nodes.Name):
        raise BadWords("lists stand too deep in one another", node.lineno)
    inner = {**known, node.target.name: found[0], "loop": _LOOP}
    for each in (*node.body, *node.else_, *filter(None, (node.test,))):
        _walk(each, inner, depth + 1)


def _resolved(node: nodes.Expr, known: Mapping[str, Any]) -> Any:
    """What a name stands for: a field, a group or a list."""
    path = _path(node)
    if not path:
        raise BadWords(
            "it reckons, calls or defines something, which templates may not", node.lineno
        )
    at: Any = known
    for name in path.split("."):
        if not isinstance(at, Mapping) or name not in at:
            raise _unknown(path, known, node.lineno)
        at = at[name]
    return at


def _unknown(path: str, known: Mapping[str, Any], line: int) -> BadWords:
    names = list(all_fields(known))
    near = difflib.get_close_matches(path, names, 1)
    meant = f" Did you mean {near[0]}?" if near else ""
    return BadWords(
        f"there is no field `{path}`.{meant}", line, f"The fields here are: {', '.join(names)}."
    )


def _path(node: nodes.Node) -> str:
    """`customer.name`; "" for what is no plain name."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        before = _path(node.node)
        return f"{before}.{node.attr}" if before else ""
    return ""


def all_fields(known: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """The fields of a tree as they are written; those within a list are named in their list."""
    for name, each in known.items():
        if isinstance(each, Mapping):
            if each is not _LOOP:
                yield from all_fields(each, f"{before}{name}.")
        else:
            yield f"{before}{name}"


def _lists(known: Mapping[str, Any], before: str = "") -> Iterator[str]:
    for name, each in known.items():
        if isinstance(each, list):
            yield f"{before}{name}"
        elif isinstance(each, Mapping):
            yield from _lists(each, f"{before}{name}.")

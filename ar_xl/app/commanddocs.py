"""docs/COMMANDS.md, generated from the registry; a test compares the two."""

from __future__ import annotations

from collections.abc import Sequence

from ar_xl.app.catalogue import COMMANDS
from ar_xl.app.registry import Ask, Parameter
from ar_xl.app.specials import SPECIAL

_INTRODUCTION = """\
# Commands

Generated from the command registry; do not edit. `BOOK` is the workbook.

Common options: `--as-of YYYY-MM-DD` the date to work for; `--preview` decides and shows, and
writes nothing; `--out FILE` leaves BOOK alone; `--json` answers with one JSON object;
`--user NAME`; `--skip-bad` posts the good rows and lists the rest.
"""


def render() -> str:
    """The text of docs/COMMANDS.md."""
    parts = [_INTRODUCTION]
    for special in SPECIAL:
        words = " ".join(name.upper() for name in special.arguments)
        words += " ..." if special.many else ""
        parts.append(_section(f"{special.name} {words}".strip(), special.tip, special.parameters))
    for command in COMMANDS.values():
        if command.name not in {special.name for special in SPECIAL}:
            title = f"{command.name} BOOK"
            parts.append(_section(title, command.tip, command.parameters))
    return "\n".join(parts)


def _section(title: str, tip: str, parameters: Sequence[Parameter]) -> str:
    lines = [f"## {title}", "", tip, ""]
    if parameters:
        lines += ["| option | what it does |", "|---|---|"]
        lines += [f"| `{_usage(p)}` | {p.help}{_required(p)} |" for p in parameters]
        lines.append("")
    return "\n".join(lines)


def _usage(parameter: Parameter) -> str:
    if parameter.ask is Ask.FLAG:
        return parameter.flag
    if parameter.choices:
        return f"{parameter.flag} {' or '.join(parameter.choices)}"
    return f"{parameter.flag} {parameter.ask.value.upper()}"


def _required(parameter: Parameter) -> str:
    return " Required." if parameter.required else ""

"""Help pages: our own docs as plain HTML files of this user, so that they work offline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from importlib.resources import files
from pathlib import Path

_STYLE = (
    "body{font:15px/1.5 'Segoe UI',Calibri,sans-serif;color:#1f2937;max-width:60em;margin:2em auto;"
    "padding:0 1em}h1,h2,h3{color:#1f3864}table{border-collapse:collapse;margin:1em 0}"
    "td,th{border:1px solid #cbd5e1;padding:.3em .6em;text-align:left;vertical-align:top}"
    "th{background:#eef2f7}code,pre{font-family:Consolas,monospace;background:#f3f4f6}"
    "pre{padding:.8em;overflow:auto}svg{max-width:100%;height:auto;border:1px solid #cbd5e1}"
)
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]*)\.png\)$")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_CODE = re.compile(r"`([^`]*)`")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_RULE = re.compile(r"\|[\s:|-]+\|?$")


def write_page(name: str, folder: Path) -> Path:
    """Write a page of our docs as HTML.

    Args:
        name: of the page, such as `ERRORS.md`.
        folder: where ar_xl keeps what belongs to this user.

    Returns:
        The file.
    """
    target = folder / "help" / f"{Path(name).stem}.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    source = _source(name)

    def drawn(picture: str) -> str:
        return (source.parent / f"{picture}.svg").read_text(encoding="utf-8")

    html = as_html(source.read_text(encoding="utf-8"), drawn)
    target.write_text(html, encoding="utf-8")
    return target


def as_html(text: str, drawn: Callable[[str], str]) -> str:
    """Markdown, as far as our docs use it, as a page of HTML without any link outwards.

    Args:
        text: of the page.
        drawn: the SVG of a picture, by its name without an ending; it becomes part of the page.
    """
    title = next((line[2:] for line in text.splitlines() if line.startswith("# ")), "ar_xl")
    body = "\n".join(_blocks(text.splitlines(), drawn))
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}'
        f"</title><style>{_STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def _source(name: str) -> Path:
    """A page, as it was shipped with the package, or in the docs beside its source."""
    package = Path(str(files("ar_xl")))
    shipped = package / "help" / name
    return shipped if shipped.exists() else package.parent / "docs" / name


def _blocks(lines: list[str], drawn: Callable[[str], str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        line = lines[at]
        end = at + 1
        if line.startswith("```"):
            while end < len(lines) and not lines[end].startswith("```"):
                end += 1
            yield f"<pre>{escape(chr(10).join(lines[at + 1 : end]))}</pre>"
            end += 1
        elif picture := _PICTURE.match(line):
            yield drawn(picture[1])
        elif line.startswith("#"):
            level = min(len(line) - len(line.lstrip("#")), 6)
            yield f"<h{level}>{_inline(line.lstrip('# '))}</h{level}>"
        elif line.startswith("|"):
            end = _while(lines, at, "|")
            yield _table(lines[at:end])
        elif line.startswith(("- ", "* ")):
            end = _while(lines, at, "- ", "* ", "  ")
            yield _list(lines[at:end])
        elif line.strip():
            while end < len(lines) and lines[end].strip() and lines[end][0] not in "#|`-*":
                end += 1
            yield f"<p>{_inline(' '.join(lines[at:end]))}</p>"
        at = end


def _while(lines: list[str], at: int, *beginnings: str) -> int:
    while at < len(lines) and lines[at].startswith(beginnings):
        at += 1
    return at


def _list(lines: list[str]) -> str:
    items: list[str] = []
    for line in lines:
        if line.startswith("  ") and items:
            items[-1] += f" {line.strip()}"
        else:
            items.append(line[2:].strip())
    return f"<ul>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</ul>"


def _table(lines: list[str]) -> str:
    rows = []
    headed = len(lines) > 1 and _RULE.match(lines[1])
    for number, line in enumerate(lines):
        if not _RULE.match(line):
            tag = "th" if headed and number == 0 else "td"
            cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
            shown = "".join(f"<{tag}>{_inline(cell.strip())}</{tag}>" for cell in cells)
            rows.append(f"<tr>{shown}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _inline(text: str) -> str:
    text = escape(_LINK.sub(r"\1", text.replace("\\|", "|")), quote=False)
    return _BOLD.sub(r"<b>\1</b>", _CODE.sub(r"<code>\1</code>", text))

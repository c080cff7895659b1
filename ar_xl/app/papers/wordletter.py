"""Letters from a Word template: read once, filled in many times.

docxtpl puts the fields together that Word cuts into pieces while somebody types; from then on a
template is text for Jinja2, and a letter is that text filled in and packed. So a template is
parsed once a run and not once a letter, which docxtpl itself would do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from docxtpl import DocxTemplate
from jinja2 import Template, TemplateError
from lxml import etree

from ar_xl.app.papers.letterfields import field_tree
from ar_xl.app.papers.templatewords import BadWords, insist_on_fields, sandbox
from ar_xl.app.papers.wordfile import BODY, packed, read_word
from ar_xl.app.papers.wordlook import BadFile, look
from ar_xl.core.findings import Exit, Refusal, Severity, code

TEMPLATE_UNUSABLE = code(
    "letter_template_unusable",
    Severity.ERROR,
    "a Word document (.docx) without macros, tracked changes or links to other files",
    "Open it in Word, put it right and save it as Word Document (.docx); then run again.",
    Exit.REFUSED,
)
FIELD_UNKNOWN = code(
    "letter_field_unknown",
    Severity.ERROR,
    "the fields that docs/COLLECTIONS.md lists, such as {{ customer.name }}",
    "Correct it in the template in Word; then run again.",
    Exit.REFUSED,
)
MOST_CHARACTERS = 20_000_000  # of one letter
MOST_MARKS = 3_000  # of fields in one part of a template
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CORE = "docProps/core.xml"
_APP = "docProps/app.xml"
_LINES = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*\n[^<]*)</w:t>")
_SPACE = '<w:t xml:space="preserve">'
_MARK = re.compile(r"\{\{|\{%|\{#")


@dataclass(frozen=True)
class WordTemplate:
    """A template that was looked at and read.

    Args:
        name: of its file, for messages.
        scripts: what is filled in, by part.
        kept: parts that are the same in every letter.
        outside: ids of links that lead out of the file, by part in small letters.
    """

    name: str
    scripts: Mapping[str, Template]
    kept: Mapping[str, bytes]
    outside: Mapping[str, frozenset[str]]

    def letter(self, values: Mapping[str, Any], title: str, company: str, on: date) -> bytes:
        """Fill in one letter.

        Args:
            values: of the fields.
            title, company: what its properties say.
            on: the date of its properties.
        """
        return packed(self._parts(values, title, company, on))

    def _parts(
        self, values: Mapping[str, Any], title: str, company: str, on: date
    ) -> Iterator[tuple[str, bytes]]:
        for name, content in self.kept.items():
            yield name, content
        for name, script in self.scripts.items():
            yield name, self._filled(name, script, values)
        yield _CORE, _core(title, company, on)
        yield _APP, _app(company)

    def _filled(self, part: str, script: Template, values: Mapping[str, Any]) -> bytes:
        made: list[str] = []
        room = MOST_CHARACTERS
        try:
            for piece in script.generate(values):
                room -= len(piece)
                if room < 0:
                    raise BadFile("makes letters that are too large")
                made.append(piece)
            text = re.sub(r"\n<w:p([ >])", r"<w:p\1", "".join(made))
            filled = _LINES.sub(_broken_lines, text).encode()
            # What a choice or a field made of it may be other than what the template showed.
            look(etree.fromstring(filled, _parser()), self.outside.get(part.casefold(), ()))
        except TemplateError as problem:
            raise _refused(self.name, f"could not be filled in: {problem.message}") from None
        except etree.XMLSyntaxError:
            fix = "{%p ... %} and {%tr ... %} stand alone in their paragraph or table row."
            raise _refused(self.name, "makes letters that Word cannot open", fix) from None
        except BadFile as problem:
            raise _refused(self.name, problem.seen, problem.fix) from None
        return filled


def read_template(name: str, content: bytes) -> WordTemplate:
    """Look at a template and read it.

    Args:
        name: of its file, for messages.
        content: its bytes.

    Raises:
        Refusal: it cannot be used, or says a field that there is not; nothing is made then.
    """
    try:
        found = read_word(content)
        scripts = {part: _script(name, text) for part, text in found.filled.items()}
    except BadFile as problem:
        raise _refused(name, problem.seen, problem.fix) from None
    kept = dict(found.kept)
    kept["[Content_Types].xml"] = _with_properties(kept["[Content_Types].xml"])
    kept["_rels/.rels"] = _with_property_links(kept.get("_rels/.rels", b""))
    assert BODY in scripts, "a Word file without a body was let through"
    return WordTemplate(name, scripts, kept, found.outside)


def _script(name: str, xml: str) -> Template:
    if len(_MARK.findall(xml)) > MOST_MARKS:
        raise BadFile("holds more fields than a letter can")
    _insist_on_closed(name, xml)
    _insist_on_alone(name, xml)
    patcher: Any = DocxTemplate("")  # only cleans text: no file is opened
    text = re.sub(r"<w:p([ >])", r"\n<w:p\1", patcher.patch_xml(xml))
    env = sandbox()
    try:
        tree = env.parse(text)
        insist_on_fields(tree, field_tree())
        return env.from_string(text)
    except BadWords as problem:
        raise Refusal(
            FIELD_UNKNOWN,
            f"{name}: {problem.seen}{_around(text, problem.line)}.", fix=problem.fix,
        ) from None  # fmt: skip
    except TemplateError as problem:
        line = getattr(problem, "lineno", 0) or 0
        seen = f"{name}: a field or choice is not written as it should be{_around(text, line)}"
        raise Refusal(FIELD_UNKNOWN, f"{seen} ({problem.message}).") from None
    except RecursionError:
        raise BadFile("holds choices that stand too deep in one another") from None


def _insist_on_closed(name: str, xml: str) -> None:
    """Refuse a mark that is opened and not closed: it would swallow what follows."""
    text = re.sub(r"<[^>]*>", "", xml)
    for match in _MARK.finditer(text):
        ends = {"{{": "}}", "{%": "%}", "{#": "#}"}[match[0]]
        rest = text[match.end() : match.end() + 500]
        closed, opened = rest.find(ends), _MARK.search(rest)
        if closed < 0 or (opened is not None and opened.start() < closed):
            raise Refusal(
                FIELD_UNKNOWN,
                f"{name}: `{match[0]}` is opened and not closed by `{ends}`: "
                f"`{text[match.start() : match.start() + 60].strip()}`.",
            )


def _insist_on_alone(name: str, xml: str) -> None:
    """Refuse text beside a mark that takes its paragraph or row away: it would go with it."""
    try:
        root = etree.fromstring(xml.encode(), _parser())
    except etree.XMLSyntaxError:
        raise BadFile("has tables that stand too deep in one another") from None
    for element, mark in (("p", "p"), ("tr", "tr"), ("tc", "tc")):
        for each in root.iter(f"{{{_W}}}{element}"):
            text = "".join(t.text or "" for t in each.iter(f"{{{_W}}}t")).strip()
            if re.search(rf"\{{[%{{]{mark}\s", text) and not re.fullmatch(
                rf"\{{[%{{]{mark}\s[^{{}}]*[%}}]\}}", text
            ):
                where = {"p": "paragraph", "tr": "table row", "tc": "table cell"}[element]
                seen = (
                    f"{name}: `{{%{mark} %}}` takes its whole {where} away, and there is more in it"
                )
                raise Refusal(
                    FIELD_UNKNOWN, f"{seen}: `{text[:80]}`.",
                    fix=f"Give it a {where} of its own, or write {{% %}} without {mark}.",
                )  # fmt: skip


def _around(text: str, line: int) -> str:
    """The paragraph that a problem is in, as a person would see it."""
    lines = text.splitlines()
    if not 0 < line <= len(lines):
        return ""
    shown = " ".join(re.sub(r"<[^>]*>", "", lines[line - 1]).split())
    return f" in `{shown[:100]}`" if shown else ""


def _broken_lines(match: re.Match[str]) -> str:
    lines = match[2].split("\n")
    return _SPACE + f"</w:t><w:br/>{_SPACE}".join(lines) + "</w:t>"


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _refused(name: str, seen: str, fix: str = "") -> Refusal:
    return Refusal(TEMPLATE_UNUSABLE, f"The template {name} {seen}.", fix=fix)


_PROPERTY_TYPES = (
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    '<Override PartName="/docProps/app.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
)
_PROPERTY_LINKS = (
    '<Relationship Id="arCore" Type="http://schemas.openxmlformats.org/package/2006/relationships/'
    'metadata/core-properties" Target="docProps/core.xml"/>'
    '<Relationship Id="arApp" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/extended-properties" Target="docProps/app.xml"/>'
)


def _with_properties(types: bytes) -> bytes:
    return types.decode().replace("</Types>", f"{_PROPERTY_TYPES}</Types>").encode()


def _with_property_links(links: bytes) -> bytes:
    return links.decode().replace("</Relationships>", f"{_PROPERTY_LINKS}</Relationships>").encode()


def _core(title: str, company: str, on: date) -> bytes:
    made = f"{on.isoformat()}T00:00:00Z"
    who = escape(company)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{who}</dc:creator>"
        f"<cp:lastModifiedBy>{who}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{made}</dcterms:modified>'
        "</cp:coreProperties>"
    ).encode()


def _app(company: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'extended-properties"><Company>{escape(company)}</Company></Properties>'
    ).encode()

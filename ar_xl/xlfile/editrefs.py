"""References to a sheet in the parts of a workbook: found, and changed when it is renamed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ar_xl.xlfile.draft import Draft
from ar_xl.xlfile.sheetrefs import (
    may_mention,
    mentioned_elsewhere,
    names_in,
    part_renamed,
    uses_name,
)
from ar_xl.xlfile.write_errors import CannotEdit

# Parts that hold no references: texts, looks, data, what belongs to other workbooks.
_WITHOUT = re.compile(
    r"(?i)(?:\[Content_Types\]\.xml|docProps/.*|customXml/.*|_rels/.*|.*/theme/.*"
    r"|.*/(?:sharedStrings|styles|calcChain|metadata)\.xml"
    r"|.*/(?:externalLinks|pivotCache/pivotCacheRecords|threadedComments|persons|media|richData)"
    r".*|.*/comments[^/]*\.xml)"
)
_XML = (".xml", ".vml", ".rels")


def rename_references(draft: Draft, old: str, new: str) -> None:
    """Let every part but the workbook's own call a sheet by its new name.

    Args:
        draft: the parts; no cells of it wait to be written.
        old: the sheet's name.
        new: its new name.

    Raises:
        CannotEdit: a part refers to it in a place that is not known.
    """
    changes: dict[str, str] = {}
    for part, text in parts_with(draft, old):
        if mentioned_elsewhere(text, old):
            raise CannotEdit(
                f"The sheet '{old}' cannot be renamed safely: the part {part} of the workbook "
                "refers to it. Rename it in Excel."
            )
        made = part_renamed(text, old, new)
        if made != text:
            changes[part] = made
    for part, text in changes.items():
        draft.set_text(part, text)


def referring(draft: Draft, sheet: str, names: Sequence[str]) -> Iterator[str]:
    """Yield the parts, but the workbook's own, that refer to a sheet or use a name.

    Args:
        draft: the parts; no cells of it wait to be written.
        sheet: the sheet's name.
        names: of tables and cells on it.
    """
    for part, text in parts_with(draft, sheet):
        if sheet.casefold() in map(str.casefold, names_in(text)) or mentioned_elsewhere(
            text, sheet
        ):
            yield part
    for name in names:
        for part, text in parts_with(draft, name):
            if uses_name(text, name):
                yield part


def needed(draft: Draft, part: str, sheet: str, names: Sequence[str]) -> str | None:
    """Return another sheet, or one of some names, that a sheet's parts refer to.

    Args:
        draft: the parts; no cells of it wait to be written.
        part: the sheet's.
        sheet: its name.
        names: of tables and cells elsewhere.
    """
    parts = [part]
    for each in parts:
        parts += [to for _, _, to in draft.rels(each) if to not in parts]
        if each.endswith(".xml") and draft.has(each):
            text = draft.raw_text(each)
            others = [name for name in names_in(text) if name.casefold() != sheet.casefold()]
            others += [name for name in names if uses_name(text, name)]
            if others:
                return others[0]
    return None


def owner_of(rels: str) -> str:
    """Return the part whose relationships a part holds, "" where it holds none."""
    folder, mark, name = rels.rpartition("_rels/")
    return folder + name.removesuffix(".rels") if mark else ""


def parts_with(draft: Draft, name: str) -> Iterator[tuple[str, str]]:
    """Yield the parts, and their texts, in which a sheet's name occurs somewhere."""
    own = draft.package.workbook_part
    for part in list(draft.parts()):
        if part == own or _WITHOUT.fullmatch(part) or not part.endswith(_XML):
            continue
        text = draft.raw_text(part)
        if may_mention(text, name):
            yield part, text

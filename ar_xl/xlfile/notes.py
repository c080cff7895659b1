"""Notes on cells: read from the file, added, changed and deleted.

A note is told twice in a file: its text in a part of notes, its box in an old drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ar_xl.xlfile.addresses import AddressError, Area, parse_area
from ar_xl.xlfile.elements import appended, attributes, child, children, make, root
from ar_xl.xlfile.sheetframe import put_child, whole_tail
from ar_xl.xlfile.write_errors import CannotEdit
from ar_xl.xlfile.xmlparts import MAIN, OFFICE_RELS
from ar_xl.xlfile.xmltext import text_element, unescape

if TYPE_CHECKING:
    from ar_xl.xlfile.ranges import Range
    from ar_xl.xlfile.sheets import Sheet

_AUTHOR = "ar_xl"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_BOX_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NEW = f'{_HEAD}<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'
_NEW_BOXES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_BOX_KIND = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = re.compile(r"<v:shape\b.*?</v:shape>", re.DOTALL)
_BOX_NUMBER = re.compile(r'id="_x0000_s(\d+)"')
_TEXT = re.compile(r"<t(?:\s[^>]*)?>(.*?)</t>|<t(?:\s[^>]*)?/>", re.DOTALL)


class Notes:
    """The notes of a sheet, in its parts.

    Args:
        sheet: it.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._edit = sheet.contents.edit

    def _part(self, kind: str) -> str | None:
        parts = [target for _, found, target in self._edit.sheet_rels(self._sheet.name)
                 if found == kind]  # fmt: skip
        return parts[0] if parts else None

    def items(self) -> Iterator[tuple[Area, str, str]]:
        """Yield cell, author and text of each note."""
        part = self._part("comments")
        if part is None:
            return
        text = self._edit.part_text(part)
        listed = child(text, root(text), "authors")
        named = children(text, listed.inner, listed.inner_end) if listed else ()
        authors = [unescape(text[each.inner : each.inner_end]) for each in named]
        for comment in self._comments(text):
            given = attributes(comment[: comment.index(">") + 1])
            try:
                area = parse_area(given.get("ref", ""))
            except AddressError:
                continue
            number = int(given.get("authorId", "0"))
            author = authors[number] if number < len(authors) else ""
            yield area, author, "".join(unescape(t) for t in _TEXT.findall(comment))

    @staticmethod
    def _comments(text: str) -> list[str]:
        listed = child(text, root(text), "commentList")
        if listed is None:
            return []
        inside = children(text, listed.inner, listed.inner_end)
        return [text[each.start : each.end] for each in inside]

    def add(self, area: Area, words: str) -> None:
        """Add a note to a cell that has none."""
        part = self._part("comments")
        if part is None:
            part = self._edit.new_part(self._sheet.name, "comments", "xl/comments{}.xml", _TYPE)
            self._edit.set_part(part, _NEW)
        text = self._edit.part_text(part)
        authors = child(text, root(text), "authors")
        if authors is None:
            raise CannotEdit("The notes of the sheet are stored in an unusual form.")
        number = sum(1 for _ in children(text, authors.inner, authors.inner_end))
        text = appended(text, authors, make("author", {}, _AUTHOR))
        listed = child(text, root(text), "commentList")
        assert listed is not None, "a part of notes has a list"
        body = f"<text>{text_element(words)}</text>"
        made = make("comment", {"ref": area.a1(), "authorId": number}, body)
        self._edit.set_part(part, appended(text, listed, made))
        self._add_box(area)

    def _add_box(self, area: Area) -> None:
        part = self._part("vmlDrawing")
        if part is None:
            part = self._edit.new_part(
                self._sheet.name, "vmlDrawing", "xl/drawings/vmlDrawing{}.vml", _BOX_TYPE
            )
            self._edit.set_part(part, _NEW_BOXES)
            rel = next(r for r, _, target in self._edit.sheet_rels(self._sheet.name)
                       if target == part)  # fmt: skip
            pointer = make("legacyDrawing", {"xmlns:r": OFFICE_RELS, "r:id": rel})
            self._edit.change_tail(
                self._sheet.name,
                lambda tail: put_child(tail, whole_tail(tail), "legacyDrawing", pointer),
            )
        text = self._edit.part_text(part)
        number = max((int(n) for n in _BOX_NUMBER.findall(text)), default=1024) + 1
        kind = "" if "_x0000_t202" in text else _BOX_KIND
        end = text.rindex("</xml>")
        self._edit.set_part(part, text[:end] + kind + _box(number, area) + text[end:])

    def remove(self, area: Area) -> None:
        """Remove the note of a cell."""
        part = self._part("comments")
        assert part is not None, "there is a note"
        text = self._edit.part_text(part)
        for comment in self._comments(text):
            if f'ref="{area.a1()}"' in comment[: comment.index(">")]:
                text = text.replace(comment, "", 1)
        self._edit.set_part(part, text)
        boxes = self._part("vmlDrawing")
        if boxes is not None:
            wanted = f"<x:Row>{area.top - 1}</x:Row>", f"<x:Column>{area.left - 1}</x:Column>"
            self._edit.set_part(
                boxes,
                _BOX.sub(
                    lambda m: "" if all(w in m[0] for w in wanted) else m[0],
                    self._edit.part_text(boxes),
                ),
            )


def _box(number: int, area: Area) -> str:
    row, column = area.top - 1, area.left - 1
    anchor = f"{column + 1}, 15, {max(row - 1, 0)}, 10, {column + 3}, 15, {row + 4}, 4"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        f"margin-left:59.25pt;margin-top:1.5pt;width:108pt;height:59.25pt;z-index:{number};"
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


class Note(base_classes.Note):
    """The note of a cell.

    Args:
        cell: it.
    """

    def __init__(self, cell: Range) -> None:
        self._cell = cell

    @property
    def api(self) -> Note:
        """The object itself: there is no other program behind it."""
        return self

    def _found(self) -> tuple[str, str]:
        area = self._cell.area
        for place, author, words in Notes(self._cell.sheet).items():
            if place == area:
                return author, words
        raise CannotEdit(f"The cell {area.a1()} has no note any more.")

    @property
    def text(self) -> str:
        """What it says."""
        return self._found()[1]

    @text.setter
    def text(self, value: str) -> None:
        self._found()
        notes = Notes(self._cell.sheet)
        notes.remove(self._cell.area)
        notes.add(self._cell.area, value)

    @property
    def author(self) -> str:
        """Who wrote it."""
        return self._found()[0]

    @property
    def location(self) -> Range:
        """The cell."""
        return self._cell

    def delete(self) -> None:
        """Delete it."""
        Notes(self._cell.sheet).remove(self._cell.area)


def note_of(cell: Range) -> Note | None:
    """Return the note of a cell, None where it has none."""
    return Note(cell) if any(p == cell.area for p, _, _ in Notes(cell.sheet).items()) else None


def notes_of(sheet: Sheet) -> list[Any]:
    """Return all notes of a sheet."""
    from ar_xl.xlfile.ranges import Range

    return [Note(Range(sheet, area)) for area, _, _ in Notes(sheet).items()]

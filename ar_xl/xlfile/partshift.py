"""Parts around a sheet whose cells move: tables, notes, drawings, charts, names, pivot sources."""

from __future__ import annotations

import re
from collections.abc import Callable

from ar_xl.xlfile.addresses import Area, parse_area
from ar_xl.xlfile.elements import attributes, child, children, root, start_tag, with_attributes
from ar_xl.xlfile.shifting import Shift, shift_formula, shift_list
from ar_xl.xlfile.tableparts import TablePart
from ar_xl.xlfile.tableshape import with_headings
from ar_xl.xlfile.tablestate import unique_headings
from ar_xl.xlfile.write_errors import CannotEdit
from ar_xl.xlfile.xmltext import attribute, plain, unescape

_CHART_FORMULA = re.compile(r"(<(?:\w+:)?f(?:\s[^>]*)?>)([^<]*)(</(?:\w+:)?f>)")
_TEXT_LINK = re.compile(r'(\btextlink=")([^"]*)(")')
_TABLE_FORMULA = re.compile(
    r"(<(calculatedColumnFormula|totalsRowFormula)\b[^>]*>)([^<]*)(</\2>)", re.DOTALL
)
_TABLE_REF = re.compile(r'(<(?:autoFilter|sortState|sortCondition)\b[^>]*?\bref=")([^"]+)(")')
_COMMENT = re.compile(
    r'<(?P<tag>(?:\w+:)?(?:comment|threadedComment))\b[^>]*?\bref="(?P<ref>[^"]+)"'
    r".*?</(?P=tag)>",
    re.DOTALL,
)
_SHAPE = re.compile(r"<v:shape\b.*?</v:shape>", re.DOTALL)
_SHAPE_ROW = re.compile(r"(<x:Row>)(\d+)(</x:Row>)")
_SHAPE_COLUMN = re.compile(r"(<x:Column>)(\d+)(</x:Column>)")
_SHAPE_ANCHOR = re.compile(r"(<x:Anchor>)([^<]*)(</x:Anchor>)")
_ANCHOR = re.compile(r"<(?P<tag>(?:\w+:)?(?:twoCell|oneCell)Anchor)\b.*?</(?P=tag)>", re.DOTALL)
_CORNER = re.compile(
    r"(<(?:\w+:)?(?:from|to)>\s*<(?:\w+:)?col>)(\d+)(</.*?<(?:\w+:)?row>)(\d+)(</)", re.DOTALL
)
_SOURCE = re.compile(r"<worksheetSource\b[^>]*>")


def shifted_formulas(text: str, pattern: re.Pattern[str], change: Callable[[str], str]) -> str:
    """Return a part with the second to last group of every match changed as a formula."""

    def changed(match: re.Match[str]) -> str:
        groups = match.groups()
        old = unescape(groups[-2])
        new = change(old)
        if new == old:
            return match[0]
        escape = attribute if groups[-1] == '"' else plain
        return groups[0] + escape(new) + groups[-1]

    return pattern.sub(changed, text)


def shifted_chart(text: str, change: Callable[[str], str]) -> str:
    """Return the part of a chart that draws the same cells."""
    return shifted_formulas(text, _CHART_FORMULA, change)


def shifted_links(text: str, change: Callable[[str], str]) -> str:
    """Return a drawing whose shapes show the same cells."""
    return shifted_formulas(text, _TEXT_LINK, change)


def shifted_drawing(text: str, shift: Shift) -> str:
    """Return the drawing of the sheet whose cells move; what is drawn moves with whole lines."""
    if not shift.whole:
        return text

    def anchor_moved(match: re.Match[str]) -> str:
        if 'editAs="absolute"' in match[0][: match[0].index(">")]:
            return match[0]
        return _CORNER.sub(corner_moved, match[0])

    def corner_moved(match: re.Match[str]) -> str:
        column, row = int(match[2]) + 1, int(match[4]) + 1
        line = shift.line(row if shift.down else column)
        line = shift.at if line is None else min(line, shift.limit)
        row, column = (line, column) if shift.down else (row, line)
        return f"{match[1]}{column - 1}{match[3]}{row - 1}{match[5]}"

    return _ANCHOR.sub(anchor_moved, text)


def shifted_comments(text: str, shift: Shift) -> str:
    """Return notes or comments that stay with their cells; they go with cells taken out."""

    def moved(match: re.Match[str]) -> str:
        area = parse_area(match["ref"])
        place = shift.cell(area.top, area.left)
        if place is None:
            return ""
        now = Area(place[0], place[1], place[0], place[1]).a1()
        return match[0].replace(f'ref="{match["ref"]}"', f'ref="{now}"', 1)

    return _COMMENT.sub(moved, text)


def shifted_shapes(text: str, shift: Shift) -> str:
    """Return the old drawing that holds the boxes of notes, which stay with their cells."""

    def moved(match: re.Match[str]) -> str:
        row, column = _SHAPE_ROW.search(match[0]), _SHAPE_COLUMN.search(match[0])
        if row is None or column is None:
            return match[0]
        old = int(row[2]) + 1, int(column[2]) + 1
        place = shift.cell(*old)
        if place is None:
            return ""
        down, right = place[0] - old[0], place[1] - old[1]
        shape = _SHAPE_ROW.sub(lambda m: f"{m[1]}{place[0] - 1}{m[3]}", match[0])
        shape = _SHAPE_COLUMN.sub(lambda m: f"{m[1]}{place[1] - 1}{m[3]}", shape)
        return _SHAPE_ANCHOR.sub(lambda m: m[1] + _anchor(m[2], down, right) + m[3], shape)

    return _SHAPE.sub(moved, text)


def _anchor(text: str, down: int, right: int) -> str:
    parts = [int(part) for part in text.split(",")]
    if len(parts) != 8:
        return text
    for place, by in ((0, right), (2, down), (4, right), (6, down)):
        parts[place] = max(parts[place] + by, 0)
    return ", ".join(map(str, parts))


def shifted_source(text: str, sheet: str, shift: Shift) -> str:
    """Return a pivot cache that takes the same cells."""

    def moved(match: re.Match[str]) -> str:
        given = attributes(match[0])
        own = given.get("sheet", "").casefold() == sheet.casefold() and "ref" in given
        if not own or any(name.endswith(":id") for name in given):
            return match[0]
        now = shift_list(given["ref"], shift)
        if not now:
            raise CannotEdit("The cells that a pivot table is made of would be taken out.")
        return with_attributes(match[0], {"ref": now})

    return _SOURCE.sub(moved, text)


def shifted_table(text: str, table: TablePart, sheet: str, shift: Shift) -> str:
    """Return the part of a table on the sheet whose cells move; it grows and shrinks as in Excel.

    Raises:
        CannotEdit: it would be torn, or lose its heading row, its totals or all of its data.
    """
    area = parse_area(table.ref)
    _check_table(table, area, shift)
    now = shift.moved(area)
    assert now is not None, "checked above"
    outer = root(text)
    tag = with_attributes(start_tag(text, outer), {"ref": now.a1()})
    text = text[: outer.start] + tag + text[outer.inner :]
    if now.columns != area.columns:
        text = _with_other_columns(text, table, area, shift)
    text = _TABLE_REF.sub(lambda m: m[1] + (shift_list(m[2], shift) or m[2]) + m[3], text)
    return shifted_formulas(
        text, _TABLE_FORMULA, lambda formula: shift_formula(formula, sheet, True, shift)
    )


def _check_table(table: TablePart, area: Area, shift: Shift) -> None:
    name, gone = table.display_name, shift.area if shift.count < 0 else None
    if area.meet(shift.moving) and not shift.spans(area):
        raise CannotEdit(
            f"The table {name} would be torn: only some of its "
            f"{'columns' if shift.down else 'rows'} would move. "
            "Choose cells as wide and high as the table."
        )
    hit = area.meet(gone) if gone else None
    if hit is None:
        return
    if hit == area:
        raise CannotEdit(f"The table {name} would go; delete it in Excel.")
    if not shift.down:
        return
    first, last = area.top + table.header_rows, area.bottom - table.totals_rows
    if hit.top < first:
        raise CannotEdit(f"The table {name} would lose its headings.")
    if hit.bottom > last:
        raise CannotEdit(f"The table {name} would lose its totals row. Hide it and try again.")
    if hit.top <= first and hit.bottom >= last:
        raise CannotEdit(f"The table {name} would lose all its rows; it must keep one.")


def _with_other_columns(text: str, table: TablePart, area: Area, shift: Shift) -> str:
    if "<filterColumn" in text:
        raise CannotEdit(f"The table {table.display_name} is filtered; clear the filter first.")
    names = [column.name for column in table.columns]
    if shift.count < 0:
        kept = [n for n in range(area.columns) if shift.line(area.left + n) is not None]
        return with_headings(text, [names[place] for place in kept], kept)
    at = shift.at - area.left
    made = unique_headings([*names, *[""] * shift.count])[len(names) :]
    places = [*range(at), *[None] * shift.count, *range(at, area.columns)]
    return with_headings(text, [*names[:at], *made, *names[at:]], places)


def shifted_table_formulas(text: str, change: Callable[[str], str]) -> str:
    """Return the part of a table on another sheet; only its formulas change."""
    return shifted_formulas(text, _TABLE_FORMULA, change)


def is_filtered(text: str) -> bool:
    """Tell whether rows of a table may be hidden by its filter."""
    found = child(text, root(text), "autoFilter")
    return found is not None and any(children(text, found.inner, found.inner_end))

"""The part of a sheet whose cells move: rows, what surrounds them, and formulas."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from ar_xl.xlfile.addresses import Area, column_letters, column_number, parse_area
from ar_xl.xlfile.elements import attributes, children, make, root, start_tag, with_attributes
from ar_xl.xlfile.shifting import Shift, shift_formula, shift_list
from ar_xl.xlfile.write_errors import CannotEdit
from ar_xl.xlfile.xmltext import attribute, plain, unescape

Texts = dict[tuple[int, int], str]

_ROW = re.compile(r'<row r="(\d+)"([^>]*?)(?:/>|>(.*?)</row>)', re.DOTALL)
_CELL = re.compile(r'<c r="([A-Z]{1,3})\d+"([^>]*?)(/>|>.*?</c>)', re.DOTALL)
_FORMULA = re.compile(r"<f\b([^>]*?)(?:/>|>(.*?)</f>)", re.DOTALL)
_SPANS = re.compile(r'\s+spans="[^"]*"')
_INNER_FORMULA = re.compile(r"(<(formula\d?|xm:f)>)(.*?)(</\2>)", re.DOTALL)
_INNER_LIST = re.compile(r"(<xm:sqref>)(.*?)(</xm:sqref>)", re.DOTALL)
_FORMULA_VALUE = re.compile(r'(<cfvo\b[^>]*\btype="formula"[^>]*\bval=")([^"]*)(")')
_REF = re.compile(r'(\bref=")([^"]*)(")')
_URI = re.compile(r'<ext\b[^>]*\buri="([^"]*)"')

# What a sheet may say behind its cells that names none of them.
_STAYS = frozenset(
    [
        "sheetCalcPr",
        "sheetProtection",
        "phoneticPr",
        "printOptions",
        "pageMargins",
        "pageSetup",
        "headerFooter",
        "customProperties",
        "drawing",
        "legacyDrawing",
        "legacyDrawingHF",
        "picture",
        "tableParts",
    ]
)
_LISTS = ("mergeCells", "dataValidations", "hyperlinks", "protectedRanges", "ignoredErrors")
_WORDS = {
    "autoFilter": "a filter",
    "sortState": "a sort order",
    "dataConsolidate": "a consolidation",
    "scenarios": "scenarios",
    "customSheetViews": "custom views",
    "controls": "form controls",
    "oleObjects": "embedded objects",
    "cellWatches": "watched cells",
    "extLst": "something of a newer Excel",
}
# Extensions whose cells are told in the usual way: conditional formats, validations, sparklines,
# slicers, timelines, ignored errors.
_KNOWN_EXTENSIONS = frozenset(
    [
        "{78C0D931-6437-407D-A8EE-F0AAD7539E65}",
        "{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}",
        "{05C60535-1F16-4FD2-B633-F4F36F0B64E0}",
        "{A8765BA9-456A-4DAB-B4F3-ACF838C121DE}",
        "{3A4CF648-6AED-40F4-86FF-DC5316D8AED3}",
        "{7E03D99C-DC04-49D9-9315-930204A7B6E9}",
        "{01252117-D84E-4E92-8308-4BE1C098FCBB}",
    ]
)


def shifted_rows(data: str, sheet: str, shift: Shift, texts: Texts) -> str:
    """Return the rows of the sheet whose cells move.

    Args:
        data: what stands between the tags of the sheet's data, in plain form.
        sheet: its name.
        shift: what moves.
        texts: its formulas by row and column from 0, those that are shared written out.

    Raises:
        CannotEdit: cells would leave the sheet, or a formula that fills several cells be torn.
    """
    with_formulas = {row + 1 for row, _ in texts}
    made: dict[int, tuple[str, list[tuple[int, str]]]] = {}
    untouched: dict[int, str] = {}
    for match in _ROW.finditer(data):
        row = int(match[1])
        reached = row >= shift.at if shift.down else shift.area.top <= row <= shift.area.bottom
        if not reached and row not in with_formulas:
            untouched[row] = match[0]
            continue
        there = shift.line(row) if shift.down and shift.whole else row
        if there is None:
            continue
        made[there] = (_SPANS.sub("", match[2]), made.get(there, ("", []))[1])
        for cell in _CELL.finditer(match[3] or ""):
            column = column_number(cell[1])
            place = shift.cell(row, column)
            if place is None:
                continue
            _check_inside(place, shift, sheet)
            text = texts.get((row - 1, column - 1), "")
            xml = _cell(cell, place, partial(_moved_formula, text=text, sheet=sheet, shift=shift))
            made.setdefault(place[0], ("", []))[1].append((place[1], xml))
    for row, (around, cells) in made.items():
        if around.strip() or cells:
            inner = "".join(xml for _, xml in sorted(cells))
            untouched[row] = f'<row r="{row}"{around}>{inner}</row>'
    return "".join(untouched[row] for row in sorted(untouched))


def _check_inside(place: tuple[int, int], shift: Shift, sheet: str) -> None:
    if place[0 if shift.down else 1] > shift.limit:
        raise CannotEdit(
            f"Cells of the sheet '{sheet}' would be pushed off its end; nothing was put in."
        )


def _cell(cell: re.Match[str], place: tuple[int, int], formula: Callable[[str], str]) -> str:
    rest = cell[3]
    if "<f" in rest:
        rest = _FORMULA.sub(lambda found: formula(found[0]), rest, count=1)
    return f'<c r="{column_letters(place[1])}{place[0]}"{cell[2]}{rest}'


def _moved_formula(xml: str, text: str, sheet: str, shift: Shift) -> str:
    """Return the formula of a cell of the sheet whose cells move."""
    given = attributes(xml[: xml.index(">") + 1])
    kind = given.get("t")
    moved = plain(shift_formula(text, sheet, True, shift))
    if kind == "dataTable":
        raise CannotEdit(f"The sheet '{sheet}' has a data table (what-if); change it in Excel.")
    if kind == "array":
        area = parse_area(given["ref"])
        now = shift.moved(area)
        torn = area.meet(shift.moving) is not None and not shift.spans(area)
        if torn or now is None or (now.rows, now.columns) != (area.rows, area.columns):
            raise CannotEdit(
                f"The array formula in {sheet}!{area.a1()} would be torn. Clear it and try again."
            )
        return make("f", {**given, "ref": now.a1()}, moved)
    return make("f", {"ca": given.get("ca")}, moved)


def changed_formulas(data: str, texts: Texts, change: Callable[[str], str]) -> str:
    """Return the rows of another sheet, in which only formulas change.

    Args:
        data: as `shifted_rows`.
        texts: as `shifted_rows`.
        change: gives the new formula for an old one.
    """
    new = {place: change(text) for place, text in texts.items()}
    if new == texts:
        return data
    spread = any(new[place] != texts[place] for place in texts) and 't="shared"' in data

    def row_changed(match: re.Match[str]) -> str:
        row = int(match[1])
        if "<f" not in match[0]:
            return match[0]

        def cell_changed(cell: re.Match[str]) -> str:
            place = row - 1, column_number(cell[1]) - 1
            if place not in texts or (new[place] == texts[place] and not spread):
                return cell[0]
            here = place[0] + 1, place[1] + 1
            return _cell(cell, here, lambda tag: _with_text(tag, new[place]))

        return _CELL.sub(cell_changed, match[0])

    return _ROW.sub(row_changed, data)


def _with_text(xml: str, text: str) -> str:
    given = attributes(xml[: xml.index(">") + 1])
    if given.get("t") == "dataTable":
        return xml
    kept = given if given.get("t") == "array" else {"ca": given.get("ca")}
    return make("f", kept, plain(text))


def shifted_head(head: str, shift: Shift) -> str:
    """Return what stands before the cells; the area in use is left for others to find out."""
    made: list[str] = []
    outer = root(head + "</worksheet>")
    for each in children(head, outer.inner, len(head)):
        text = head[each.start : each.end]
        if each.name == "dimension":
            continue
        if each.name == "cols" and shift.whole and not shift.down:
            text = _shifted_columns(text, shift)
        made.append(text)
    return head[: outer.inner] + "".join(made)


def _shifted_columns(cols: str, shift: Shift) -> str:
    outer, made = root(cols), []
    for each in children(cols, outer.inner, outer.inner_end):
        tag = start_tag(cols, each)
        given = attributes(tag)
        area = shift.moved(Area(1, int(given["min"]), shift.area.bottom, int(given["max"])))
        if area is not None:
            made.append(with_attributes(tag, {"min": str(area.left), "max": str(area.right)}))
    return f"<cols>{''.join(made)}</cols>" if made else ""


def shifted_tail(tail: str, sheet: str, shift: Shift) -> str:
    """Return what stands behind the cells of the sheet whose cells move.

    Raises:
        CannotEdit: merged cells would be torn, or something is there that only Excel moves.
    """
    end = tail.rfind("</worksheet>")
    made = (
        _shifted_child(each.name, tail[each.start : each.end], sheet, shift)
        for each in children(tail, 0, end)
    )
    return "".join(made) + tail[end:]


def _shifted_child(name: str, xml: str, sheet: str, shift: Shift) -> str:
    if name in _STAYS:
        return xml
    if name == "extLst":
        if {uri.upper() for uri in _URI.findall(xml)} <= _KNOWN_EXTENSIONS:
            xml = _INNER_LIST.sub(lambda m: m[1] + shift_list(m[2], shift) + m[3], xml)
            return _with_formulas(xml, sheet, shift)
    elif name in (
        "mergeCells",
        "dataValidations",
        "hyperlinks",
        "protectedRanges",
        "ignoredErrors",
    ):
        return _shifted_list(xml, sheet, shift)
    elif name in ("rowBreaks", "colBreaks"):
        return _shifted_breaks(xml, name == "rowBreaks", shift)
    elif name == "conditionalFormatting":
        return _shifted_item(xml, sheet, shift)
    elif name in ("autoFilter", "sortState"):
        area = parse_area(attributes(xml[: xml.index(">") + 1])["ref"])
        now = shift.moved(area)
        if now is None:
            return ""
        if now.columns == area.columns and (now == area or shift.spans(area)):
            return _REF.sub(lambda m: m[1] + shift_list(m[2], shift) + m[3], xml)
    raise CannotEdit(
        f"On the sheet '{sheet}' cells can be put in and taken out in Excel only: it has "
        f"{_WORDS.get(name, name)} that would have to move along."
    )


def _shifted_list(xml: str, sheet: str, shift: Shift) -> str:
    outer = root(xml)
    found = [xml[e.start : e.end] for e in children(xml, outer.inner, outer.inner_end)]
    made = [item for each in found if (item := _shifted_item(each, sheet, shift))]
    if not made:
        return ""
    tag = start_tag(xml, outer)
    if "count" in attributes(tag):
        tag = with_attributes(tag, {"count": str(len(made))})
    return f"{tag}{''.join(made)}</{outer.name}>"


def _shifted_item(xml: str, sheet: str, shift: Shift) -> str:
    """Return an item with its cells and formulas moved; "" where its cells are taken out."""
    tag = xml[: xml.index(">") + 1]
    given = attributes(tag)
    name = "sqref" if "sqref" in given else "ref"
    if tag.startswith("<mergeCell"):
        _check_merged(parse_area(given["ref"]), sheet, shift)
    now = shift_list(given[name], shift)
    if not now or (tag.startswith("<mergeCell") and ":" not in now):
        return ""
    changes = {name: now} if now != given[name] else {}
    if "location" in given:
        changes["location"] = shift_formula(given["location"], sheet, True, shift)
    return _with_formulas(with_attributes(tag, changes) + xml[len(tag) :], sheet, shift)


def _check_merged(area: Area, sheet: str, shift: Shift) -> None:
    if area.meet(shift.moving) and not shift.spans(area):
        raise CannotEdit(
            f"The merged cells {sheet}!{area.a1()} would be torn. Unmerge them and try again."
        )


def _with_formulas(xml: str, sheet: str, shift: Shift) -> str:
    def moved(match: re.Match[str]) -> str:
        formula = shift_formula(unescape(match[3]), sheet, True, shift)
        return match[1] + plain(formula) + match[4]

    xml = _INNER_FORMULA.sub(moved, xml)
    return _FORMULA_VALUE.sub(
        lambda m: m[1] + attribute(shift_formula(unescape(m[2]), sheet, True, shift)) + m[3], xml
    )


def _shifted_breaks(xml: str, of_rows: bool, shift: Shift) -> str:
    if of_rows != shift.down or not shift.whole:
        return xml
    outer, made = root(xml), []
    for each in children(xml, outer.inner, outer.inner_end):
        tag = start_tag(xml, each)
        line = shift.line(int(attributes(tag)["id"]) + 1)
        if line is not None and line > 1:
            made.append(with_attributes(tag, {"id": str(line - 1)}))
    count = str(len(made))
    tag = with_attributes(start_tag(xml, outer), {"count": count, "manualBreakCount": count})
    return f"{tag}{''.join(made)}</{outer.name}>" if made else ""

"""What surrounds the cells of a sheet: columns, panes, tab, merged cells, validations, printing.

Each change finds its element and leaves all others as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ar_xl.xlfile.addresses import Area, column_letters
from ar_xl.xlfile.elements import (
    Element,
    area_in_file,
    attributes,
    child,
    children,
    make,
    opened,
    put,
    replace,
    start_tag,
    with_attributes,
    with_inner,
)
from ar_xl.xlfile.sheetcolumns import ColumnSetting, style_lookup, with_settings
from ar_xl.xlfile.specs import PageSetup, Validation
from ar_xl.xlfile.write_errors import CannotEdit, IrregularSheet
from ar_xl.xlfile.xmlparts import MAIN, OFFICE_RELS
from ar_xl.xlfile.xmltext import plain

# The children of a worksheet in the order of the schema (ECMA-376 part 1, CT_Worksheet).
# fmt: off
_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations",
    "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks",
    "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
)
# fmt: on
_PROPERTIES = ("tabColor", "outlinePr", "pageSetUpPr")
_MARGINS = ("left", "right", "top", "bottom", "header", "footer")

NEW_SHEET = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE_RELS}">'
    '<dimension ref="A1"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/><sheetData/>'
    '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
    "</worksheet>"
)


@dataclass
class SheetFrame:
    """Changes around the cells of one sheet.

    Args:
        columns: in the order they were asked for.
        extent: the cells that are set, which the sheet's dimension must hold.
        freeze: first row and column that scroll.
        gridlines: shown on the screen.
        selected: the sheet is shown when the workbook opens.
        tab_color: "RRGGBB".
        setup: how it prints.
        tables: ids of relationships to new tables.
        drawing: id of the relationship to a new drawing.
        free: areas that tables grow over, where no cells may be merged, and the tables' names.
        head_changes: other changes before the cells, made in this order.
        tail_changes: other changes behind the cells, made in this order after those above.
    """

    columns: list[ColumnSetting] = field(default_factory=list)
    extent: Area | None = None
    freeze: tuple[int, int] | None = None
    gridlines: bool | None = None
    selected: bool | None = None
    tab_color: str | None = None
    setup: PageSetup | None = None
    tables: list[str] = field(default_factory=list)
    drawing: str | None = None
    free: list[tuple[Area, str]] = field(default_factory=list)
    head_changes: list[Callable[[str], str]] = field(default_factory=list)
    tail_changes: list[Callable[[str], str]] = field(default_factory=list)
    _rel: str = field(default="r", init=False)

    def change_head(self, head: str) -> str:
        """Return the new text of what stands before the cells."""
        if self.tab_color is not None:
            color = make("tabColor", {"rgb": "FF" + self.tab_color})
            head = _put_inside(head, "sheetPr", "tabColor", _PROPERTIES, color)
        if self.setup is not None and self.setup.fit_to_width is not None:
            fit = make("pageSetUpPr", {"fitToPage": 1})
            head = _put_inside(head, "sheetPr", "pageSetUpPr", _PROPERTIES, fit)
        if self.extent is not None:
            head = self._with_dimension(head, self.extent)
        if self.freeze is not None or self.gridlines is not None or self.selected is not None:
            head = self._with_view(head)
        if self.columns:
            cols = child(head, whole_head(head), "cols")
            spans = "" if cols is None else head[cols.start : cols.end]
            head = put_child(head, whole_head(head), "cols", with_settings(spans, self.columns))
        for change in self.head_changes:
            head = change(head)
        tag = start_tag(head, whole_head(head))
        prefixes = [key for key, value in attributes(tag).items() if value == OFFICE_RELS]
        self._rel = next((key[6:] for key in prefixes if key.startswith("xmlns:")), "")
        return head

    def change_tail(self, tail: str) -> str:
        """Return the new text of what stands behind the cells; call after `change_head`."""
        if self.free:
            self._check_merged(tail)
        if self.setup is not None:
            tail = _with_setup(tail, self.setup)
        if self.drawing is not None:
            tail = put_child(
                tail, whole_tail(tail), "drawing", self._pointer("drawing", self.drawing)
            )
        for rel in self.tables:
            tail = append_item(tail, "tableParts", self._pointer("tablePart", rel))
        for change in self.tail_changes:
            tail = change(tail)
        return tail

    def _check_merged(self, tail: str) -> None:
        merged = child(tail, whole_tail(tail), "mergeCells")
        for each in children(tail, merged.inner, merged.inner_end) if merged else ():
            ref = attributes(start_tag(tail, each)).get("ref", "")
            for area, table in self.free:
                if area.meet(area_in_file(ref)):
                    raise CannotEdit(
                        f"The table {table} cannot grow over the merged cells {ref} below it. "
                        "Unmerge them and try again."
                    )

    def _pointer(self, name: str, rel: str) -> str:
        if self._rel:
            return make(name, {f"{self._rel}:id": rel})
        return make(name, {"xmlns:r": OFFICE_RELS, "r:id": rel})

    def _with_dimension(self, head: str, extent: Area) -> str:
        old = child(head, whole_head(head), "dimension")
        ref = "" if old is None else attributes(start_tag(head, old)).get("ref", "")
        if not ref:  # the sheet does not say, and what we set may be less than it has
            return head
        extent = extent.join(area_in_file(ref))
        return put_child(
            head, whole_head(head), "dimension", make("dimension", {"ref": extent.a1()})
        )

    def _with_view(self, head: str) -> str:
        views = child(head, whole_head(head), "sheetViews")
        if views is None:
            bare = '<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
            head = put_child(head, whole_head(head), "sheetViews", bare)
            views = child(head, whole_head(head), "sheetViews")
        assert views is not None
        inner = []
        for place, view in enumerate(children(head, views.inner, views.inner_end)):
            changes: dict[str, str | None] = {}
            if self.selected is not None:
                changes["tabSelected"] = "1" if self.selected else None
            if self.gridlines is not None:
                changes["showGridLines"] = None if self.gridlines else "0"
            content = head[view.inner : view.inner_end]
            if self.freeze is not None and place == 0:
                content = _panes(*self.freeze) + _without(content, ("pane", "selection"))
            inner.append(with_inner(head, view, content, changes))
        return replace(head, views, with_inner(head, views, "".join(inner), {}))


def column_styles(head: str) -> Callable[[int], int | None]:
    """Return what tells the format of untouched cells by column number."""
    cols = child(head, whole_head(head), "cols")
    return style_lookup("" if cols is None else head[cols.start : cols.end])


def is_selected(head: str) -> bool:
    """Tell whether the text before the cells marks the sheet as shown or grouped."""
    views = child(head, whole_head(head), "sheetViews")
    return views is not None and any(
        attributes(start_tag(head, view)).get("tabSelected") in ("1", "true")
        for view in children(head, views.inner, views.inner_end)
    )


def whole_head(head: str) -> Element:
    """Return the worksheet element, as far as a head holds it."""
    at = head.find("<worksheet")
    end = head.find(">", at) + 1
    if at < 0 or end == 0:
        raise IrregularSheet
    return Element("worksheet", at, end, len(head), len(head))


def whole_tail(tail: str) -> Element:
    """Return the worksheet element, as far as a tail holds it."""
    end = tail.rfind("</worksheet>")
    if end < 0:
        raise IrregularSheet
    return Element("worksheet", 0, 0, end, len(tail))


def put_child(xml: str, parent: Element, name: str, new: str) -> str:
    """Return the text with a child of the worksheet replaced, or put where the schema wants it."""
    return put(xml, parent, _ORDER, name, new)


def _put_inside(head: str, outer: str, name: str, order: tuple[str, ...], new: str) -> str:
    """Return the head with a child put into `outer`, which is made where it is missing."""
    element = child(head, whole_head(head), outer)
    if element is None:
        return put_child(head, whole_head(head), outer, f"<{outer}>{new}</{outer}>")
    head = opened(head, element)
    element = child(head, whole_head(head), outer)
    assert element is not None
    return put(head, element, order, name, new)


def append_item(tail: str, outer: str, new: str) -> str:
    """Return the tail with an item at the end of a counted list."""
    element = child(tail, whole_tail(tail), outer)
    if element is None:
        return put_child(tail, whole_tail(tail), outer, f'<{outer} count="1">{new}</{outer}>')
    count = sum(1 for _ in children(tail, element.inner, element.inner_end)) + 1
    inner = tail[element.inner : element.inner_end] + new
    return replace(tail, element, with_inner(tail, element, inner, {"count": str(count)}))


def _without(xml: str, names: tuple[str, ...]) -> str:
    return "".join(xml[each.start : each.end] for each in children(xml) if each.name not in names)


def _panes(row: int, column: int) -> str:
    """Return the panes that freeze what is above `row` and left of `column`."""
    if row == 1 and column == 1:
        return '<selection activeCell="A1" sqref="A1"/>'
    cell = f"{column_letters(column)}{row}"
    active = ("bottom" if row > 1 else "top") + ("Right" if column > 1 else "Left")
    pane = make(
        "pane",
        {
            "xSplit": column - 1 or None,
            "ySplit": row - 1 or None,
            "topLeftCell": cell,
            "activePane": active,
            "state": "frozen",
        },
    )
    others = ("topRight", "bottomLeft") if row > 1 and column > 1 else ()
    rest = "".join(make("selection", {"pane": other}) for other in others)
    return pane + rest + make("selection", {"pane": active, "activeCell": cell, "sqref": cell})


def validation_xml(validation: Validation) -> str:
    """Return a validation as the list of them takes it.

    Raises:
        CannotEdit: a text of it is longer than Excel allows.
    """
    titles = [(validation.error_title, 32), (validation.prompt_title, 32)]
    for text, limit in [(validation.error, 255), (validation.prompt, 255), *titles]:
        if text is not None and len(text) > limit:
            raise CannotEdit(f"The note '{text[:30]}' is longer than {limit} characters.")
    if validation.kind == "list" and len(validation.formula1) > 257:
        raise CannotEdit("A list typed into a validation is longer than 255 characters.")
    values = {
        "type": validation.kind,
        "errorStyle": None if validation.error_style == "stop" else validation.error_style,
        "operator": validation.operator,
        "allowBlank": "1" if validation.allow_blank else None,
        "showDropDown": None if validation.dropdown else "1",  # the file means the contrary
        "showInputMessage": "1",
        "showErrorMessage": "1",
        "errorTitle": validation.error_title,
        "error": validation.error,
        "promptTitle": validation.prompt_title,
        "prompt": validation.prompt,
        "sqref": validation.ref,
    }
    inner = f"<formula1>{plain(validation.formula1)}</formula1>"
    if validation.formula2 is not None:
        inner += f"<formula2>{plain(validation.formula2)}</formula2>"
    return make("dataValidation", values, inner)


def _with_setup(tail: str, setup: PageSetup) -> str:
    if setup.center_horizontally is not None:
        centered = "1" if setup.center_horizontally else None
        tail = _changed(tail, "printOptions", {"horizontalCentered": centered})
    if setup.margins is not None:
        pairs = zip(_MARGINS, setup.margins, strict=True)
        tail = _changed(tail, "pageMargins", {name: f"{inches:g}" for name, inches in pairs})
    page: dict[str, str | None] = {}
    if setup.paper is not None:
        page["paperSize"] = str(setup.paper)
    if setup.fit_to_width is not None:
        page["fitToWidth"] = str(setup.fit_to_width)
        page["fitToHeight"] = str(setup.fit_to_height)
    if setup.landscape is not None:
        page["orientation"] = "landscape" if setup.landscape else "portrait"
    if page:
        tail = _changed(tail, "pageSetup", page)
    order = ("oddHeader", "oddFooter")
    for name, text in zip(order, (setup.header, setup.footer), strict=True):
        if text is not None:
            if len(text) > 255:
                raise CannotEdit("The page header or footer is longer than 255 characters.")
            tail = _changed(tail, "headerFooter", {})
            outer = child(tail, whole_tail(tail), "headerFooter")
            assert outer is not None
            tail = opened(tail, outer)
            outer = child(tail, whole_tail(tail), "headerFooter")
            assert outer is not None
            tail = put(tail, outer, order, name, f"<{name}>{plain(text)}</{name}>")
    return tail


def _changed(tail: str, name: str, changes: dict[str, str | None]) -> str:
    """Return the tail with attributes of one element set; it is made where it is missing."""
    element = child(tail, whole_tail(tail), name)
    if element is None:
        return put_child(tail, whole_tail(tail), name, with_attributes(f"<{name}/>", changes))
    tag = with_attributes(start_tag(tail, element), changes)
    return tail[: element.start] + tag + tail[element.inner :]

"""What hangs on the cells of a range: notes, links, validations."""

from __future__ import annotations

from functools import partial
from typing import Any

from ar_xl.xlfile.addresses import Area
from ar_xl.xlfile.appearance import change
from ar_xl.xlfile.condformats import ConditionalFormats
from ar_xl.xlfile.elements import attributes, make
from ar_xl.xlfile.enginefilters import AutoFilter, filter_of
from ar_xl.xlfile.notes import Note, Notes, note_of
from ar_xl.xlfile.rangemoves import RangeMoves
from ar_xl.xlfile.sheettail import areas_of, items, with_items
from ar_xl.xlfile.specs import StyleSpec
from ar_xl.xlfile.validations import DataValidation
from ar_xl.xlfile.xmlparts import OFFICE_RELS

_LINK_COLOR = "0563C1"  # of Office's themes since 2013


class RangeExtras(RangeMoves):
    """A rectangle of cells, as far as notes, links and validations go."""

    def first(self) -> Any:
        """Return its first cell."""
        area = self.area
        return self.part(Area(area.top, area.left, area.top, area.left))

    @property
    def note(self) -> Note | None:
        """The note of its first cell."""
        return note_of(self.first())

    def add_note(self, text: str) -> Note:
        """Add a note to its first cell.

        Raises:
            ValueError: there is one already.
        """
        cell = self.first()
        if note_of(cell) is not None:
            raise ValueError(f"The cell {cell.area.a1()} has a note already.")
        Notes(self.sheet).add(cell.area, text)
        return Note(cell)

    @property
    def data_validation(self) -> DataValidation:
        """What may be typed into its cells."""
        return DataValidation(self.part(self.area))

    @property
    def autofilter(self) -> AutoFilter:
        """What its rows are filtered by; of one cell, those of the block around it."""
        return AutoFilter(filter_of(self.part(self.area)))

    @property
    def conditional_formats(self) -> ConditionalFormats:
        """How its cells look where something is true of them."""
        return ConditionalFormats(self.part(self.area))

    @property
    def hyperlink(self) -> str:
        """The address that its first cell leads to; a place in the workbook begins with "#".

        Raises:
            KeyError: it leads nowhere.
        """
        corner = self.first().area
        _, tail = self.sheet.contents.edit.around(self.sheet.name)
        for item in items(tail, "hyperlinks"):
            given = attributes(item[: item.index(">") + 1])
            if any(area.meet(corner) for area in areas_of(given.get("ref", ""))):
                rels = [value for name, value in given.items() if name.endswith(":id")]
                target = self.sheet.contents.edit.link_target(self.sheet.name, *rels[:1] or [""])
                place = given.get("location")
                return target + (f"#{place}" if place else "")
        raise KeyError("The cell doesn't seem to contain a hyperlink!")

    def add_hyperlink(self, address: str, text_to_display: str, screen_tip: str) -> None:
        """Let its first cell lead to an address, and show a text; "#Sheet1!A1" stays inside.

        Args:
            address: where to.
            text_to_display: what the cell then holds, always as text.
            screen_tip: what is shown while the pointer rests on it.
        """
        cell = self.first()
        edit, name = self.sheet.contents.edit, self.sheet.name
        outside, _, place = address.partition("#")
        values: dict[str, str | int | float | None] = {"ref": cell.area.a1()}
        if outside:
            values |= {"xmlns:r": OFFICE_RELS, "r:id": edit.add_link(name, outside)}
        values |= {"location": place or None, "tooltip": screen_tip or None}
        edit.change_tail(name, partial(_linked, made=make("hyperlink", values), at=cell.area))
        self.sheet.contents.write_columns(
            self.sheet.state, cell.area.top, cell.area.left, [[text_to_display]]
        )
        change(self.sheet, cell.area, StyleSpec(color=_LINK_COLOR, underline=True))


def _linked(tail: str, made: str, at: Area) -> str:
    """Return the tail with a link in place of those that a cell had."""
    kept = [
        item
        for item in items(tail, "hyperlinks")
        if areas_of(attributes(item[: item.index(">") + 1]).get("ref", "")) != [at]
    ]
    return with_items(tail, "hyperlinks", [*kept, made])

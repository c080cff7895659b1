"""Flow: blocks one below the other; tables whose headings come again on each page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ar_xl.app.papers.drawing import MUTED, NAVY, RULE, SHADE, Box, Page, Rule
from ar_xl.app.papers.typefaces import clean, wrapped

LEFT, RIGHT, BOTTOM = 57, 45, 54  # margins in points; the left one leaves room to punch holes
CELL = 80  # size of type in tables
LINE = 11  # height of a line of it
GAP = 4  # between columns


@dataclass(frozen=True)
class Column:
    """One column of a table: its heading, its width in points, and which side it keeps to."""

    heading: str
    width: int
    right: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a table.

    Args:
        cells: a text for each column.
        note: a line below the first cell, in another colour.
        strong: it stands out, as a total does.
        color: of its texts, "" for the usual one.
    """

    cells: tuple[str, ...]
    note: str = ""
    strong: bool = False
    color: str = ""


@dataclass
class Flow:
    """Pages being filled.

    Args:
        size: of a page in points.
        begin: draws what stands at the top of a following page; gives the y below it.
        pages: so far.
        y: where the next block begins.
    """

    size: tuple[int, int]
    begin: Callable[[Page], int]
    pages: list[Page] = field(default_factory=lambda: [Page()])
    y: int = 0

    @property
    def page(self) -> Page:
        """The page that is being filled."""
        return self.pages[-1]

    @property
    def left(self) -> int:
        """The left edge of what is printed."""
        return LEFT

    @property
    def right(self) -> int:
        """The right edge of what is printed."""
        return self.size[0] - RIGHT

    @property
    def bottom(self) -> int:
        """The lower edge of what is printed."""
        return self.size[1] - BOTTOM

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append(Page())
        self.y = self.begin(self.page)

    def room_for(self, height: int) -> bool:
        """Make sure that a block fits on the page; whether a new one was begun for it."""
        if self.y + height <= self.bottom:
            return False
        self.turn()
        return True

    def caption(self, text: str, follows: int = 40) -> None:
        """A heading, on one page with what follows it.

        Args:
            text: of one line.
            follows: the height that must fit below it.
        """
        self.room_for(28 + follows)
        self.y += 18
        for line in wrapped(clean(text), self.right - self.left, 105, True):
            self.page.text(self.left, self.y, line, 105, bold=True, color=NAVY)
            self.y += 13
        self.y -= 5

    def table(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """A table; its headings come again on every page that it goes on to."""
        self._headings(columns)
        for row in rows:
            cells = [
                wrapped(clean(cell), column.width - GAP, CELL, row.strong)
                for cell, column in zip(row.cells, columns, strict=True)
            ]
            note = wrapped(clean(row.note), 3 * columns[0].width // 2, 70) if row.note else []
            height = LINE * max(len(cell) for cell in cells) + 9 * len(note) + 3
            if self.room_for(height):
                self._headings(columns)
            self._row(columns, row, cells, note, height)

    def _headings(self, columns: Sequence[Column]) -> None:
        heads = [wrapped(clean(column.heading), column.width - GAP, CELL - 5, True)
                 for column in columns]  # fmt: skip
        height = 10 * max(len(head) for head in heads) + 5
        if self.room_for(height + 2 * LINE):
            pass  # they stand on the new page, as they would have here
        self.page.marks.append(Box(self.left, self.y, self.right - self.left, height, SHADE))
        x = self.left
        for column, head in zip(columns, heads, strict=True):
            for at, line in enumerate(head):
                self._cell(column, x, self.y + 10 * (at + 1), line, size=CELL - 5, bold=True)
            x += column.width
        self.y += height + 2

    def _row(
        self,
        columns: Sequence[Column],
        row: Row,
        cells: list[list[str]],
        note: list[str],
        height: int,
    ) -> None:
        x = self.left
        look = {"color": row.color} if row.color else {}
        for column, lines in zip(columns, cells, strict=True):
            for at, line in enumerate(lines):
                self._cell(column, x, self.y + LINE * at + 9, line, size=CELL, bold=row.strong,
                           **look)  # fmt: skip
            x += column.width
        for at, line in enumerate(note):
            y = self.y + LINE * len(cells[0]) + 9 * at + 7
            self.page.text(self.left + 2 * GAP, y, line, 70, color=row.color or MUTED)
        self.y += height
        self.page.marks.append(Rule(self.left, self.y - 1, self.right, self.y - 1, RULE))

    def _cell(self, column: Column, x: int, y: int, text: str, **look: object) -> None:
        if column.right:
            self.page.text(x + column.width - GAP, y, text, align="right", **look)  # type: ignore[arg-type]
        else:
            self.page.text(x + GAP // 2, y, text, **look)  # type: ignore[arg-type]

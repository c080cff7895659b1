"""The exact parser of a worksheet part: slow, complete, the reference that the scan must equal.

It takes any prefix, any order of attributes, cells and rows without numbers, rich text, character
data sections and comments. What Excel itself could not make sense of is refused: it never guesses.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ar_xl.xlfile.addresses import MAX_COLUMN, MAX_ROW, AddressError, column_number
from ar_xl.xlfile.columns import CellKind
from ar_xl.xlfile.errors import DamagedWorkbook
from ar_xl.xlfile.textlimits import check_read
from ar_xl.xlfile.xmlparts import MAIN, feed, new_parser, unescaped

_REFERENCE = re.compile("([A-Za-z]{1,3})([0-9]{1,9})")
_NUMBER = re.compile(r"[ \t\r\n]*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[ \t\r\n]*")
_SPACE = "http://www.w3.org/XML/1998/namespace}space"
_EDGES = " \t\r\n"
_BOOLS = {"1": 1.0, "true": 1.0, "0": 0.0, "false": 0.0}
_EPOCHS = {False: dt.datetime(1899, 12, 30), True: dt.datetime(1904, 1, 1)}  # noqa: DTZ001 - naive


@dataclass
class Cells:
    """The cells of a sheet in the order of the file; rows and columns count from 0.

    Args:
        rows: of each cell.
        columns: of each cell.
        kinds: `CellKind` of each cell.
        numbers: NaN where it is none.
        texts: the text or error, None for other kinds.
        shared: the number of the shared string, -1 for other cells; its `texts` is None.
        styles: style index, 0 where the cell names none.
        formulas: whether it holds a formula.
        formula_texts: by index of the cell: attributes and text of its `<f>`.
    """

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    numbers: list[float] = field(default_factory=list)
    texts: list[str | None] = field(default_factory=list)
    shared: list[int] = field(default_factory=list)
    styles: list[int] = field(default_factory=list)
    formulas: list[bool] = field(default_factory=list)
    formula_texts: dict[int, tuple[dict[str, str], str]] = field(default_factory=dict)


def parse_cells(chunks: Iterable[bytes], part: str, date1904: bool) -> Cells:
    """All cells of a worksheet part.

    Args:
        chunks: the part's bytes.
        part: its name, for messages.
        date1904: the epoch that dates written as ISO text are turned into.

    Raises:
        DamagedWorkbook: a cell or row is not what Excel could have written.
        HostileWorkbook: a document type is declared.
    """
    parser = new_parser(part)
    handler = _Handler(part, date1904)
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.characters
    for chunk in chunks:
        feed(parser, chunk, part)
    feed(parser, b"", part, final=True)
    handler.check_places()
    return handler.cells


class _Handler:
    """What expat calls. Text is kept only inside `v`, `f` and the `t` of an inline string."""

    def __init__(self, part: str, date1904: bool) -> None:
        self.cells = Cells()
        self._part = part
        self._date1904 = date1904
        self._row = -1
        self._column = -1
        self._path: list[str] = []
        self._kept: list[str] | None = None
        self._length = 0
        self._met = ""
        self._cell: dict[str, str] = {}
        self._value: str | None = None
        self._inline: str | None = None
        self._formula: tuple[dict[str, str], str] | None = None
        self._preserve = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A start tag."""
        if self._kept is not None:  # a text has no elements of its own
            raise DamagedWorkbook(
                f"the part {self._part} has a text cut by a tag near row {self._row + 1}"
            )
        namespace, _, local = name.rpartition("}")
        path = self._path
        path.append(local if namespace == MAIN else "?")
        depth = len(path)
        if depth < 3 or path[1] != "sheetData":
            if depth == 1 and path[0] != "worksheet":
                raise DamagedWorkbook(f"the part {self._part} is not a worksheet")
        elif depth == 3 and local == "row":
            self._start_row(attributes)
        elif depth == 4 and local == "c":
            self._start_cell(attributes)
        elif depth == 5 and local in ("v", "f", "is"):
            self._once(local)
            self._kept = None if local == "is" else []
            if local == "f":
                self._formula = (attributes, "")
        elif local == "t" and path[4] == "is" and path[5:-1] in ([], ["r"]):
            if depth == 6:
                self._once(local)
            self._kept = []
            self._preserve = attributes.get(_SPACE) == "preserve"

    def end(self, _: str) -> None:
        """An end tag."""
        depth = len(self._path)
        local = self._path.pop()
        if self._kept is not None and depth >= 5 and local in ("v", "f", "t"):
            text, self._kept = "".join(self._kept), None
            if local == "v":
                self._value = text
            elif local == "f":
                assert self._formula is not None
                self._formula = (self._formula[0], text)
            else:
                self._inline = (self._inline or "") + (
                    text if self._preserve else text.strip(_EDGES)
                )
        elif depth == 4 and local == "c" and self._path[1] == "sheetData":
            self._end_cell()

    def characters(self, text: str) -> None:
        """Character data."""
        if self._kept is not None:
            self._kept.append(text)
            self._length += len(text)
            check_read(self._length)

    def check_places(self) -> None:
        """Refuse a sheet that gives one cell twice: two readers would see two values."""
        cells = self.cells
        places = list(zip(cells.rows, cells.columns, strict=True))
        if len(set(places)) < len(places):
            raise DamagedWorkbook(f"the part {self._part} gives a cell twice")

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._row = self._row + 1 if number is None else self._whole(number) - 1
        self._column = -1
        if not 0 <= self._row < MAX_ROW:
            raise DamagedWorkbook(f"the part {self._part} has a row {self._row + 1:,}")

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = self._column + 1 if reference is None else self._place(reference)
        if self._column >= MAX_COLUMN:
            raise DamagedWorkbook(f"the part {self._part} has more than {MAX_COLUMN:,} columns")
        self._cell = attributes
        self._met = ""
        self._length = 0
        self._value = self._inline = self._formula = None

    def _once(self, name: str) -> None:
        """Refuse a cell that gives one thing twice: two readers would see two values."""
        if f" {name} " in self._met:
            raise DamagedWorkbook(
                f"the part {self._part} gives a cell two values near row {self._row + 1}"
            )
        self._met += f" {name} "

    def _place(self, reference: str) -> int:
        """The column that a cell's reference names; it must agree with the row."""
        match = _REFERENCE.fullmatch(reference.strip(_EDGES))
        try:
            column = column_number(match[1]) - 1 if match else -1
        except AddressError:
            column = -1
        if match is None or column < 0 or int(match[2]) != self._row + 1:
            raise DamagedWorkbook(
                f"the part {self._part} has a cell {reference[:20]!r} in row {self._row + 1}"
            )
        return column

    def _end_cell(self) -> None:
        kind, number, text, shared = self._typed()
        cells = self.cells
        if self._formula is not None:
            cells.formula_texts[len(cells.rows)] = self._formula
        cells.rows.append(self._row)
        cells.columns.append(self._column)
        cells.kinds.append(kind)
        cells.numbers.append(number)
        cells.texts.append(text)
        cells.shared.append(shared)
        cells.styles.append(self._whole(self._cell.get("s", "0")))
        cells.formulas.append(self._formula is not None)

    def _typed(self) -> tuple[CellKind, float, str | None, int]:
        """Kind, number, text and shared string of the cell that ends."""
        written = self._cell.get("t", "n")
        if written == "inlineStr":
            text = self._value if self._inline is None else self._inline
            return (CellKind.BLANK, math.nan, None, -1) if text is None else self._text(text)
        value = self._value
        if value is None or (not value.strip(_EDGES) and written != "str"):
            return CellKind.BLANK, math.nan, None, -1
        if written == "str":
            return self._text(value)
        if written == "s":
            return CellKind.TEXT, math.nan, None, self._whole(value)
        if written == "e":
            return CellKind.ERROR, math.nan, unescaped(value), -1
        readers: dict[str, Callable[[str], tuple[CellKind, float]]] = {
            "n": self._number,
            "b": self._bool,
            "d": self._date,
        }
        if written not in readers:
            raise self._nonsense(written)
        return (*readers[written](value), None, -1)

    def _text(self, text: str) -> tuple[CellKind, float, str | None, int]:
        return CellKind.TEXT, math.nan, unescaped(text), -1

    def _number(self, text: str) -> tuple[CellKind, float]:
        match = _NUMBER.fullmatch(text)
        number = float(match[1]) if match else math.inf
        if math.isinf(number):
            raise self._nonsense(text)
        return CellKind.NUMBER, number

    def _bool(self, text: str) -> tuple[CellKind, float]:
        number = _BOOLS.get(text.strip(_EDGES))
        if number is None:
            raise self._nonsense(text)
        return CellKind.BOOL, number

    def _date(self, text: str) -> tuple[CellKind, float]:
        try:
            moment = dt.datetime.fromisoformat(text.strip(_EDGES)).replace(tzinfo=None)
        except ValueError:
            raise self._nonsense(text) from None
        passed = moment - _EPOCHS[self._date1904]
        return CellKind.NUMBER, passed.days + (passed.seconds + passed.microseconds / 1e6) / 86_400

    def _whole(self, text: str) -> int:
        try:
            number = int(text.strip(_EDGES)) if text.isascii() and "_" not in text else -1
        except ValueError:
            number = -1
        if not 0 <= number < 1 << 31:
            raise self._nonsense(text)
        return number

    def _nonsense(self, seen: str) -> DamagedWorkbook:
        return DamagedWorkbook(
            f"the part {self._part} holds {seen[:40]!r} near row {self._row + 1}, "
            f"column {self._column + 1}"
        )

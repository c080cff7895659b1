"""Which cells of a column pass a filter, as Excel decides it.

Excel compares lists, and what is to be equal, with what cells show, which is known of General
numbers only; what is greater or less it compares with numbers. Where that cannot be told, or a
result is out of date, nothing is judged: the caller is told why.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.addresses import Area, column_letters, quote_sheet
from ar_xl.xlfile.cellgrid import shown_text
from ar_xl.xlfile.columns import CellKind, FormatClass
from ar_xl.xlfile.filterxml import IN_FILE, Criterion
from ar_xl.xlfile.values import datetime_to_serial
from ar_xl.xlfile.write_errors import CannotEdit

if TYPE_CHECKING:
    from ar_xl.xlfile.sheets import Sheet

BoolArray = npt.NDArray[np.bool_]

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_PLAIN_WORD = re.compile(r"[A-Za-z0-9 ]*")  # which all languages put into the same order
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_WILD = re.compile(r"(~[*?~]|[*?])")
_SAME = 5e-15  # numbers that Excel shows with the same 15 digits
_ORDER: dict[str, Callable[[Any, Any], Any]] = {
    "greaterThan": np.greater,
    "lessThan": np.less,
    "greaterThanOrEqual": np.greater_equal,
    "lessThanOrEqual": np.less_equal,
}


class FilterColumn:
    """The cells of a column that are judged.

    Args:
        sheet: where.
        cells: of one column.

    Raises:
        StaleFormula: the result of a formula is not known any more.
        CannotEdit: a formula was never calculated.
    """

    def __init__(self, sheet: Sheet, cells: Area) -> None:
        block = sheet.contents.read(sheet.state, cells)
        column = block.columns[0]
        self.name = column_letters(cells.left)
        never = np.flatnonzero(column.formula & (column.kind == CellKind.BLANK))
        if len(never):
            raise CannotEdit(
                f"The formula in {quote_sheet(sheet.name)}!{self.name}{cells.top + never[0]} has "
                "no result yet. Open the workbook in Excel once and save it there."
            )
        self.date1904 = block.date1904
        self.number = column.number
        self.kind = column.kind
        written = np.isin(column.kind, (CellKind.TEXT, CellKind.ERROR))
        self._texts, self._which = np.unique(
            np.where(written, column.text, -1), return_inverse=True
        )
        self._pool = block.pool
        self.blank = (self.kind == CellKind.BLANK) | self._text_is(lambda text: text == "")
        self.is_number = self.kind == CellKind.NUMBER
        styles = np.maximum(column.style, 0)
        shown = [int(style) for style in np.unique(styles[self.is_number])]
        self._codes = {style: sheet.contents.styles.number_format(style) for style in shown}
        classes = block.formats
        self._dates = any(classes[style] == FormatClass.DATE for style in shown)
        general = [style for style in shown if self._codes[style] in ("General", "@")]
        whole = [style for style in shown if self._codes[style] == "0"]
        plain = np.isin(styles, general)
        plain |= np.isin(styles, whole) & (np.mod(np.nan_to_num(self.number), 1) == 0)
        self.formatted = self.is_number & ~plain

    def _text_is(self, wanted: Callable[[str], bool]) -> BoolArray:
        """Return which cells hold a text, or an error, of which something is true."""
        each = [place >= 0 and wanted(str(self._pool[place])) for place in self._texts.tolist()]
        found: BoolArray = np.array(each, dtype=bool)[self._which]
        return found

    def text_is(self, shown: str) -> BoolArray:
        """Return which cells hold a text, capital or not."""
        return self._text_is(lambda text: text.casefold() == shown.casefold())

    def _check_shown(self, values: Sequence[str]) -> None:
        """Refuse what only Excel can tell: whether formatted numbers show one of some texts."""
        if not self.formatted.any():
            return
        codes = " ".join(self._codes.values()).casefold()
        words = all(
            _LETTER.search(value) and not _DIGIT.search(value) and value.casefold() not in codes
            for value in values
        )
        if self._dates or not words:
            raise CannotEdit(
                f"Column {self.name} holds dates or formatted numbers, which Excel would compare "
                "as they are shown. Use one comparison, such as between; nothing was changed."
            )

    def _plainly(self, value: str) -> BoolArray:
        """Return which numbers and truth values show a text, of those that show it as General."""
        found = (self.kind == CellKind.BOOL) & (
            np.where(self.number == 1, "true", "false") == value.casefold()
        )
        number = number_of(value)
        if number is not None and shown_text(number).casefold() == value.casefold():
            near = np.isclose(self.number, number, rtol=_SAME, atol=0.0)
            found |= self.is_number & ~self.formatted & near
        return found

    def listed(self, values: Sequence[str], blank: bool) -> BoolArray:
        """Return which cells show one of some texts, or nothing where `blank`."""
        self._check_shown(values)
        wanted = {value.casefold() for value in values}
        found = self._text_is(lambda text: text.casefold() in wanted and text != "")
        for value in values:
            found |= self._plainly(value)
        return found | (self.blank & blank)

    def passing(self, operator: str, value: str) -> BoolArray:
        """Return which cells pass one comparison of the file."""
        if operator not in _ORDER:
            found = self._equal(value)
            return found if operator == "equal" else ~found
        number = number_of(value)
        if number is not None:
            with np.errstate(invalid="ignore"):
                compared: BoolArray = _ORDER[operator](self.number, number)
            return self.is_number & compared
        texts = [str(self._pool[place]) for place in self._texts.tolist() if place >= 0]
        if not all(_PLAIN_WORD.fullmatch(text) for text in [value, *texts]):
            raise CannotEdit(
                f"The texts of column {self.name} have signs whose order depends on the language "
                "of Excel. Filter by equal_to or by a list; nothing was changed."
            )
        operand = value.casefold()
        return self._text_is(
            lambda text: text != "" and bool(_ORDER[operator](text.casefold(), operand))
        )

    def _equal(self, value: str) -> BoolArray:
        if not value.strip():
            return self.blank
        parts = _WILD.split(value)
        if any(part in ("*", "?") for part in parts):
            self._check_shown(["0"])  # the pattern may fit what formatted numbers show
            made = {"*": ".*", "?": "."}
            source = "".join(made.get(part) or re.escape(_bare(part)) for part in parts)
            pattern = re.compile(source, re.DOTALL | re.IGNORECASE)
            return self._text_is(lambda text: pattern.fullmatch(text) is not None and text != "")
        shown = "".join(map(_bare, parts))
        self._check_shown([shown])
        return self.text_is(shown) | self._plainly(shown)

    def border(self, criterion: Criterion) -> float:
        """Return the last number that is shown of the highest or lowest."""
        numbers = np.sort(self.number[self.is_number])
        if not len(numbers):
            raise CannotEdit(f"Column {self.name} holds no numbers; nothing was filtered.")
        count = int(criterion.count)
        if criterion.percent:
            count = int(len(numbers) * criterion.count / 100)
        count = min(max(count, 1), len(numbers))
        return float(numbers[-count] if criterion.top else numbers[count - 1])

    def judged(self, criterion: Criterion) -> BoolArray:
        """Return which cells pass.

        Raises:
            CannotEdit: only Excel can tell.
        """
        if criterion.kind == "values":
            return self.listed(criterion.values, criterion.blank)
        if criterion.kind == "top":
            operator = "greaterThanOrEqual" if criterion.top else "lessThanOrEqual"
            return self.passing(operator, f"{self.border(criterion):.17g}")
        if criterion.kind == "custom":
            each = [self.passing(operator, value) for operator, value in criterion.tests]
            return np.logical_and.reduce(each) if criterion.both else np.logical_or.reduce(each)
        raise CannotEdit(
            f"Column {self.name} is filtered in a way that only Excel can apply: by colour, icon, "
            "month or the like. Clear that filter first; nothing was changed."
        )


def number_of(value: str) -> float | None:
    """Return the number that a text is, None where it is none."""
    return float(value) if _NUMBER.fullmatch(value) else None


def _bare(part: str) -> str:
    return part[1] if len(part) == 2 and part[0] == "~" else part


def _general(value: str) -> str:
    """Return what a cell shows of a number that Python wrote, such as 10 for "10.0"."""
    number = number_of(value)
    return shown_text(number) if number is not None and repr(number) == value else value


def of_values(column: FilterColumn, values: Sequence[str]) -> Criterion:
    """Return the criterion of a list of values, as xlwings gives them."""
    wanted: dict[str, None] = {}
    for value in values:
        wanted[_general(value)] = None
        if column.text_is(value).any():
            wanted[value] = None
    listed = tuple(value for value in wanted if value)
    number = number_of(listed[0]) if len(values) == 1 and len(listed) == 1 else None
    if number is not None and column.formatted.any():
        return _exactly(column, listed[0])
    return Criterion("values", values=listed, blank="" in wanted)


def of_comparison(
    column: FilterColumn, operator: str, value1: Any, value2: Any = None
) -> Criterion:
    """Return the criterion of a comparison, with the words and values of xlwings."""
    if value1 is None or value1 == "":
        if operator == "equal_to":
            return Criterion("values", blank=True)
        if operator != "not_equal_to":
            raise CannotEdit("An empty text has no place in an order; nothing was filtered.")
        return Criterion("custom", tests=(("notEqual", " "),))
    first = _operand(column, value1)
    if operator in ("between", "not_between"):
        within = operator == "between"
        words = ("greaterThanOrEqual", "lessThanOrEqual") if within else ("lessThan", "greaterThan")
        tests = tuple(zip(words, (first, _operand(column, value2)), strict=True))
        return Criterion("custom", tests=tests, both=within)
    if operator in ("equal_to", "not_equal_to"):
        number = number_of(first)
        if number is not None and (column.formatted.any() or isinstance(value1, dict)):
            return _exactly(column, first, operator == "equal_to")
    return Criterion("custom", tests=((IN_FILE[operator], first),))


def _operand(column: FilterColumn, value: str | dict[str, str]) -> str:
    if isinstance(value, dict):
        kind: Any = dt.date if value["type"] == "date" else dt.datetime
        serial = datetime_to_serial(kind.fromisoformat(value["value"]), column.date1904)
        return f"{serial:.17g}"
    if number_of(value) is not None:
        return _general(value)
    return value.replace("~", "~~").replace("*", "~*").replace("?", "~?")


def _exactly(column: FilterColumn, value: str, equal: bool = True) -> Criterion:
    """Return what compares formatted numbers by what they are and not by what they show.

    Raises:
        CannotEdit: cells of other kinds would be judged differently.
    """
    if column.text_is(value).any() or not (equal or column.is_number.all()):
        raise CannotEdit(
            f"Column {column.name} holds formatted numbers beside texts or empty cells, which "
            "Excel compares in different ways. Use greater_than, less_than or between; nothing "
            "was changed."
        )
    if equal:
        tests = (("greaterThanOrEqual", value), ("lessThanOrEqual", value))
        return Criterion("custom", tests=tests, both=True)
    return Criterion("custom", tests=(("lessThan", value), ("greaterThan", value)))

"""What a cell's XML says behind its reference and format, made from typed columns in bulk.

A cell is written as `<c r="B7"`, its format (` s="3"`), and its payload: type, content and end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.columns import WriteColumn
from ar_xl.xlfile.write_errors import CannotEdit
from ar_xl.xlfile.xmltext import MAX_TEXT, plain, text_element, text_elements

BLANK = "/>"
_FEW = 16  # numbers up to which NumPy costs more than it saves
_REMEMBERED = 50_000  # distinct texts of a column whose payload is kept from chunk to chunk


class ErrorValue(str):
    """An error such as "#N/A", to be written as an error and not as text."""


class Payloads:
    """The payloads of one column of cells, made a chunk at a time.

    Args:
        values: float64 or bool array, or texts, or a mixture of texts, numbers, bools, None and
            `ErrorValue`. NaN, None and "" make empty cells.

    Raises:
        CannotEdit: an infinite number.
        TextTooLong: a text over 32,767 characters.
    """

    def __init__(self, values: WriteColumn | npt.NDArray[np.bool_] | Sequence[Any]) -> None:
        self._numbers: npt.NDArray[np.float64] | None = None
        self._values: list[Any] = []
        self._known: dict[Any, str] = {"": BLANK}
        if isinstance(values, np.ndarray) and values.dtype.kind in "iuf" and len(values) > _FEW:
            self._numbers = np.array(values, dtype=np.float64)
            if np.isinf(self._numbers).any():
                raise CannotEdit("A number is infinite; a cell cannot hold it.")
            self.length = len(self._numbers)
            return
        self._values = values.tolist() if isinstance(values, np.ndarray) else list(values)
        self.length = len(self._values)
        self._all_text = set(map(type, self._values)) <= {str}
        if not self._all_text or max(map(len, self._values), default=0) > MAX_TEXT // 2:
            for value in self._values:
                payload(value)

    def chunk(self, start: int, stop: int) -> Sequence[str | None]:
        """Return the payloads of the cells start to stop, counted from 0.

        None stands for a cell that is not to be set; only `Scattered` gives it.
        """
        if self._numbers is not None:
            return _number_payloads(self._numbers[start:stop])
        if not self._all_text:
            return [payload(value) for value in self._values[start:stop]]
        texts = self._values[start:stop]
        known = self._known
        new = list(set(texts).difference(known))
        elements = text_elements(new)
        for text, element in zip(new, elements, strict=True):
            known[text] = f' t="inlineStr"><is>{element}</is></c>'
        made = [known[text] for text in texts]
        if len(known) > _REMEMBERED:
            self._known = {"": BLANK}
        return made


class Constant(Payloads):
    """One payload in every cell of a column."""

    def __init__(self, made: str, length: int) -> None:
        self._made = made
        self.length = length

    def chunk(self, start: int, stop: int) -> Sequence[str | None]:
        """Return the payloads of the cells start to stop, counted from 0."""
        return [self._made] * (stop - start)


class Fixed(Payloads):
    """Payloads made beforehand, one a row."""

    def __init__(self, made: Sequence[str]) -> None:
        self._ready = list(made)
        self.length = len(self._ready)

    def chunk(self, start: int, stop: int) -> Sequence[str | None]:
        """Return the payloads of the cells start to stop, counted from 0."""
        return self._ready[start:stop]


class Scattered(Payloads):
    """Payloads of cells here and there in a column; the cells between them are left alone.

    Args:
        values: as for `Payloads`, one for each place.
        places: ascending, counted from 0.
    """

    def __init__(self, values: WriteColumn | Sequence[Any], places: npt.NDArray[np.int64]) -> None:
        super().__init__(values)
        self._places = places
        self.length = int(places[-1]) + 1 if len(places) else 0

    def chunk(self, start: int, stop: int) -> Sequence[str | None]:
        """Return the payloads of the cells start to stop, counted from 0, None between them."""
        first, last = np.searchsorted(self._places, (start, stop)).tolist()
        made: list[str | None] = [None] * (stop - start)
        places = (self._places[first:last] - start).tolist()
        for place, content in zip(places, super().chunk(first, last), strict=True):
            made[place] = content
        return made


def payload(value: Any) -> str:
    """Return the payload of one value; text is text, whatever it begins with.

    Raises:
        CannotEdit: a cell cannot hold it.
        TextTooLong: a text over 32,767 characters.
    """
    if value is None or (isinstance(value, str) and value == ""):
        return BLANK
    if isinstance(value, ErrorValue):
        return f' t="e"><v>{plain(value)}</v></c>'
    if isinstance(value, str):
        return f' t="inlineStr"><is>{text_element(value)}</is></c>'
    if isinstance(value, bool | np.bool_):
        return f' t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float | np.integer | np.floating):
        number = float(value)
        if np.isnan(number):
            return BLANK
        if np.isinf(number):
            raise CannotEdit("A number is infinite; a cell cannot hold it.")
        return f"><v>{number_text(number)}</v></c>"
    raise CannotEdit(f"A cell cannot hold a {type(value).__name__}.")


def formula_payload(formula: str, value: float | str | bool | None) -> str:
    """Return the payload of a formula, as files write it, without "=", and its result."""
    head = f"<f>{plain(formula)}</f>"
    if value is None:
        return f">{head}</c>"
    if isinstance(value, bool):
        return f' t="b">{head}<v>{int(value)}</v></c>'
    if isinstance(value, ErrorValue):
        return f' t="e">{head}<v>{plain(value)}</v></c>'
    if isinstance(value, str):
        text = text_element(value)[2:-4] if value else ">"
        return f' t="str">{head}<v{text}</v></c>'
    return f">{head}<v>{number_text(value)}</v></c>"


def array_payload(formula: str, ref: str) -> str:
    """Return the payload of a formula that fills the cells of a reference, without "="."""
    return f'><f t="array" ref="{ref}">{plain(formula)}</f></c>'


def number_text(number: float) -> str:
    """Return the shortest digits that give the number back."""
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)


def _number_payloads(numbers: npt.NDArray[np.float64]) -> list[str]:
    empty = np.isnan(numbers)
    if empty.any():
        made = [BLANK] * len(numbers)
        places = np.flatnonzero(~empty)
        for place, text in zip(places.tolist(), _number_payloads(numbers[places]), strict=True):
            made[place] = text
        return made
    whole = (numbers == np.trunc(numbers)) & (np.abs(numbers) < 1e15)
    if whole.all():
        return [f"><v>{number}</v></c>" for number in numbers.astype(np.int64).tolist()]
    return [f"><v>{number!r}</v></c>" for number in numbers.tolist()]

"""Excel's error values, as they arrive in cells and as functions answer with them."""

from __future__ import annotations

NULL, DIV0, VALUE, REF, NAME, NUM, NA = 2000, 2007, 2015, 2023, 2029, 2036, 2042

TEXTS: dict[int, str] = {
    NULL: "#NULL!", DIV0: "#DIV/0!", VALUE: "#VALUE!", REF: "#REF!", NAME: "#NAME?",
    NUM: "#NUM!", NA: "#N/A", 2043: "#GETTING_DATA", 2045: "#SPILL!", 2046: "#CONNECT!",
    2047: "#BLOCKED!", 2048: "#UNKNOWN!", 2049: "#FIELD!", 2050: "#CALC!", 2051: "#BUSY!",
}  # fmt: skip
# Excel hands an error cell over as a whole number: this base and the error's number.
COM_BASE = -2146828288
FIRST, LAST = COM_BASE + 2000, COM_BASE + 2099


class CellError(Exception):
    """A true error value of Excel.

    Raised, it is the answer of the whole function; as an element of a result it is one cell of it.

    Args:
        number: as VBA's CVErr takes it: 2015 is #VALUE!, 2036 #NUM!, 2042 #N/A.
    """

    def __init__(self, number: int) -> None:
        super().__init__(TEXTS.get(number, f"error {number}"))
        self.number = number

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CellError) and other.number == self.number

    def __hash__(self) -> int:
        return hash((CellError, self.number))

    def __repr__(self) -> str:
        return f"<{self}>"

"""What number formats say about numbers: a class per cell style."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.columns import FormatClass
from ar_xl.xlfile.package import Package


@dataclass(frozen=True)
class Formats:
    """The number formats of a workbook by style index (cellXfs).

    Args:
        codes: the format code of each style, "General" where it has none.
        classes: uint8, `FormatClass` of each.
    """

    codes: list[str]
    classes: npt.NDArray[np.uint8]


def read_formats(package: Package) -> Formats:
    """The number formats of the workbook's styles part; one General style where it has none."""
    raise NotImplementedError


def format_class(code: str) -> FormatClass:
    """What a number format code says that its numbers are."""
    raise NotImplementedError

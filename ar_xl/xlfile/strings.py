"""The texts of a workbook: shared strings, and those of inline strings and formula results."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.package import Package


class Pool:
    """The distinct texts of one opened workbook; equal texts have one index, which never changes.

    Args:
        package: the workbook whose shared strings come first, read when first needed.
    """

    def __init__(self, package: Package) -> None:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    @property
    def texts(self) -> npt.NDArray[np.object_]:
        """All texts met so far, by index."""
        raise NotImplementedError

    @property
    def shared(self) -> npt.NDArray[np.int32]:
        """The index of each shared string; duplicates point to the first."""
        raise NotImplementedError

    def intern(self, texts: Sequence[str]) -> npt.NDArray[np.int32]:
        """The indices of `texts`, new ones added behind the others."""
        raise NotImplementedError

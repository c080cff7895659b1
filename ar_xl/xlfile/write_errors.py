"""What can stand in the way of changing or saving a workbook, one class for each."""

# ruff: noqa: N818 - named for what the user sees, not for being an exception
from __future__ import annotations

import errno

from ar_xl.xlfile.errors import XlFileError

_SENTENCES = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EIO: "the disk reported an error",
    errno.EACCES: "access was denied",
    errno.EPERM: "access was denied",
    errno.EROFS: "the disk is read-only",
    errno.ENOENT: "the folder does not exist",
    errno.ENAMETOOLONG: "the file's name is too long",
}


class CannotEdit(XlFileError):
    """A change that would not be safe in this workbook; nothing was written."""

    template = "{detail}"


class SheetFull(XlFileError):
    """More rows or columns than a worksheet has."""

    template = "{detail}. A sheet has 1,048,576 rows and 16,384 columns; nothing was cut off."


class TextTooLong(XlFileError):
    """A text that a cell cannot hold."""

    template = "{detail}. A cell holds 32,767 characters at most; nothing was cut off."


class InUse(XlFileError):
    """Somebody else has the workbook open."""

    template = "{detail}"


class CannotSave(XlFileError):
    """The disk or the folder refused; the workbook is as it was before."""

    template = "The workbook could not be saved: {detail}. The file is as it was before."


class DiskRefused(XlFileError):
    """The disk or the folder refused while the workbook was read; nothing was written."""

    template = "The disk refused: {detail}. Nothing was written; the workbook is as it was before."


class IrregularSheet(XlFileError):
    """The sheet's XML is legal, but not in the form that can be cut by plain text search."""

    template = (
        "A sheet of the workbook is stored in an unusual form that cannot be changed safely. "
        "Open the workbook in Excel, save it, and try again."
    )


def disk_words(failure: OSError) -> str:
    """What the disk or the folder said, in words."""
    return _SENTENCES.get(failure.errno or 0, failure.strerror or "it gave no reason")

"""What can be wrong with a workbook file, one small class for each thing the user would see."""

# ruff: noqa: N818 - named for what the user sees, not for being an exception
from __future__ import annotations


class XlFileError(Exception):
    """A file that we will not read or write; `sentence` says why and what to do.

    Args:
        detail: what exactly was found, put into the class's sentence.
    """

    template = "The file cannot be used: {detail}."

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        self.sentence = self.template.format(detail=detail)
        super().__init__(self.sentence)


class NotAWorkbook(XlFileError):
    """The bytes are not those of an Excel workbook, whatever the name says."""

    template = "This is not an Excel workbook ({detail}). Choose an .xlsx or .xlsm file."


class OldWorkbook(XlFileError):
    """A workbook of Excel 97-2003 (.xls)."""

    template = (
        "This is a workbook in the old .xls format. Open it in Excel and save it as .xlsx or .xlsm."
    )


class BinaryWorkbook(XlFileError):
    """A binary workbook (.xlsb)."""

    template = "This is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx or .xlsm."


class EncryptedWorkbook(XlFileError):
    """A workbook protected by a password to open."""

    template = (
        "The workbook is protected by a password. "
        "Open it in Excel, remove the password to open, and save it."
    )


class SignedWorkbook(XlFileError):
    """A digitally signed workbook: any save would break the signature."""

    template = (
        "The workbook is digitally signed, and any change would break the signature. "
        "Save a copy without the signature and use that."
    )


class SharedWorkbook(XlFileError):
    """A workbook shared in the old way: Excel logs every change in it and allows no tables."""

    template = (
        "The workbook is shared in the old way, which allows no tables and logs every change. "
        "Stop sharing it in Excel (Review, Unshare Workbook), save it, and try again."
    )


class StrictWorkbook(XlFileError):
    """A workbook saved as Strict Open XML."""

    template = (
        "The workbook was saved as 'Strict Open XML Spreadsheet'. "
        "Save it in Excel as 'Excel Workbook (.xlsx)'."
    )


class DamagedWorkbook(XlFileError):
    """The file is incomplete or contradicts itself."""

    template = (
        "The workbook is damaged: {detail}. "
        "Open it in Excel and let Excel repair it, or use a backup."
    )


class HostileWorkbook(XlFileError):
    """The file has what only files made to do harm have; nothing of it was read."""

    template = (
        "The workbook was not opened because it is unsafe: {detail}. "
        "Ask its sender for a clean copy."
    )


class ChangedWorkbook(XlFileError):
    """The file on disk is no longer the one that was opened."""

    template = (
        "The workbook was changed by someone else while it was in use. Run the command again."
    )


class TooLarge(XlFileError):
    """More cells were asked for than can be held."""

    template = "{detail}. Delete the empty rows and columns beyond the data, save, and try again."

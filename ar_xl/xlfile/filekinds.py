"""The kinds of workbook that a file name's suffix promises."""

from __future__ import annotations

from ar_xl.xlfile.write_errors import CannotSave

_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}.main+xml"
_MACROS = "application/vnd.ms-excel.{}.macroEnabled.main+xml"
_TYPES = {
    ".xlsx": _PLAIN.format("sheet"),
    ".xltx": _PLAIN.format("template"),
    ".xlsm": _MACROS.format("sheet"),
    ".xltm": _MACROS.format("template"),
    ".xlam": _MACROS.format("addin"),
}


def main_type(suffix: str, macros: bool) -> str:
    """Return the content type that the main part of a file with this suffix must have.

    Excel refuses a file whose suffix and main part do not agree.

    Args:
        suffix: ".xlsx" and so on, in any case.
        macros: the workbook has macros.

    Raises:
        CannotSave: no kind that can be written here, or none that holds the macros.
    """
    kind = _TYPES.get(suffix.casefold())
    if kind is None:
        raise CannotSave(
            f"a workbook can be saved as {', '.join(_TYPES)} here, not as '{suffix}'; "
            "choose one of these, or save it in Excel"
        )
    if macros and suffix.casefold() in (".xlsx", ".xltx"):
        raise CannotSave(f"it has macros, which an {suffix} file cannot hold; save it as .xlsm")
    return kind

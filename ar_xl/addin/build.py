"""The add-in from its texts, read back before it is given away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from ar_xl.addin import package, project, strict
from ar_xl.addin.identity import PROJECT_NAME
from ar_xl.addin.package import Make
from ar_xl.addin.problem import CannotBuild
from ar_xl.addin.strictproject import ReadModule, ReadProject

_HERE = Path(__file__).resolve().parent
# In an installed package, and in a clone of the repository.
_PLACES = (_HERE / "macros", _HERE.parents[1] / "macros")


def hand_written() -> tuple[str, ...]:
    """The macros that are written by hand, in the order of their names.

    Raises:
        CannotBuild: they are not there, or not in UTF-8.
    """
    for place in _PLACES:
        files = [each for each in place.glob("*.*") if each.suffix in (".bas", ".cls")]
        if files:
            return tuple(_text(each) for each in sorted(files, key=lambda each: each.name))
    raise CannotBuild("The macros of the add-in are missing. Install ar-xl again.")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise CannotBuild(
            f"{file.name} is not saved as UTF-8. Save it so, and build again."
        ) from None


def build(
    macros: Sequence[str],
    ribbon: str,
    settings: Mapping[str, str],
    make: Make = Make.ADDIN,
) -> bytes:
    """Return the bytes of the add-in; the same arguments give the same bytes.

    Args:
        macros: texts of modules, as VBA exports them (`.bas`, `.cls`).
        ribbon: `customUI14.xml`, as text.
        settings: rows of the sheet of settings, in order.
        make: the add-in, or its twin that any spreadsheet program opens.

    Raises:
        CannotBuild: a text cannot be stored.
        Deviation: what was written does not read back; our mistake.
    """
    modules = (
        project.document(package.WORKBOOK_CODE_NAME, project.WORKBOOK_BASE),
        project.document(package.SHEET_CODE_NAME, project.SHEET_BASE),
        *(project.module(text) for text in macros),
    )
    made = package.write(project.write(PROJECT_NAME, modules), ribbon, settings, make)
    wanted = strict.ReadAddin(
        make is Make.ADDIN,
        tuple(settings.items()),
        ribbon,
        ReadProject(
            PROJECT_NAME,
            tuple(ReadModule(each.name, each.source, each.kind.value) for each in modules),
        ),
    )
    strict.insist_on(made, wanted)
    return made


def fingerprint(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal digits."""
    return sha256(content).hexdigest()


def is_ours(content: bytes) -> bool:
    """Whether a file is an add-in that was built here, of any version."""
    return content.startswith(b"PK\x03\x04") and package.MARK in content

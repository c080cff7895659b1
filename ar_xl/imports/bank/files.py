"""Files and folders of bank files: which ones there are, what each is, and what it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from ar_xl.core.findings import Finding, Refusal
from ar_xl.imports import codes as file_codes
from ar_xl.imports.bank import codes
from ar_xl.imports.bank.formats import FORMATS, Format, recognised
from ar_xl.imports.bank.gather import ReadFile
from ar_xl.imports.bank.parts import BankOptions, Source
from ar_xl.imports.headings import squeezed

LARGEST = 256 << 20  # bytes; 100,000 lines of the wordiest format are 100 MB
_OFFICE_LOCK = "~$"  # what Excel leaves beside a workbook that is open


def all_files(paths: Sequence[Path]) -> list[Path]:
    """The files meant by a list of files and folders, each once, folders in the order of names.

    Raises:
        Refusal: a folder holds no file.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = [
            each for each in sorted(path.rglob("*"))
            if each.is_file() and not _is_hidden(each.relative_to(path))
        ]  # fmt: skip
        if not inside:
            raise Refusal(codes.FOLDER_EMPTY, f"{path} holds no file.")
        found += inside
    return list(dict.fromkeys(found))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts) or path.name.startswith(_OFFICE_LOCK)


def names_of(paths: Sequence[Path]) -> list[str]:
    """What each file is called in messages: its name, with its folder where names are alike."""
    names = [path.name for path in paths]
    return [
        f"{path.parent.name}/{path.name}" if names.count(path.name) > 1 else path.name
        for path in paths
    ]


def content_of(path: Path, name: str) -> bytes:
    """The bytes of a file.

    Raises:
        Refusal: it is not there, empty or too large.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Refusal(file_codes.FILE_TOO_LARGE, f"{name} has {size >> 20:,} MB.")
        content = path.read_bytes()
    except OSError as error:
        seen = f"{name} cannot be read: {error.strerror or 'no such file'}."
        raise Refusal(file_codes.FILE_MISSING, seen) from None
    if not content:
        raise Refusal(file_codes.FILE_EMPTY, f"{name} is empty (0 bytes).")
    return content


def read_files(
    paths: Sequence[Path], asked: BankOptions, formats: Sequence[Format] = FORMATS
) -> Iterator[ReadFile | Finding]:
    """Read bank files; one that cannot be read is a finding about it.

    Args:
        paths: of the files; no folders.
        asked: how to read them.
        formats: those that are tried, in order.
    """
    for path, name in zip(paths, names_of(paths), strict=True):
        try:
            yield _read(path, name, asked, tuple(formats))
        except Refusal as refusal:
            seen = refusal.seen.removeprefix(f"{name} ").removeprefix(f"{name}: ")
            yield Finding(refusal.code, seen=seen, expected=refusal.expected, fix=refusal.fix,
                          sheet=name)  # fmt: skip


def _read(path: Path, name: str, asked: BankOptions, formats: tuple[Format, ...]) -> ReadFile:
    content = content_of(path, name)
    form = recognised(content, formats)
    if form is None:
        raise Refusal(codes.NOT_A_BANK_FILE, f"{name} is none of the bank files that are known.")
    source = f"{name} SHA-256 {hashlib.sha256(content).hexdigest()[:16]}"
    made = form.read(Source(name, content, path), asked)
    if made.remember is not None:
        headings = squeezed(made.remember.headings).encode()
        source += f" headings {hashlib.sha256(headings).hexdigest()[:8]}"
    return ReadFile(name, f"{made.format}: {source}", made)

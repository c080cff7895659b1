"""The record of an installation: what was written, so that exactly that is removed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path, PurePath
from typing import TypeVar

from ar_xl.addin.machine import Machine
from ar_xl.addin.places import record_file

_FORMAT = 1
_Path = TypeVar("_Path", bound=PurePath)


@dataclass(frozen=True)
class Record:
    """What `addin install` wrote.

    Args:
        addin: the add-in's file, as the computer writes places.
        fingerprint: SHA-256 of its bytes.
        link: the agent's entry; "" where there is none.
        folders: folders that were made for these files, the outermost first.
        python: what the add-in was told to start.
        ar_xl, xlwings: the versions it was built by.
    """

    addin: str
    fingerprint: str
    link: str
    folders: tuple[str, ...]
    python: str
    ar_xl: str
    xlwings: str


def fingerprint(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return sha256(content).hexdigest()


def prepare(path: Path, record: Record) -> Path:
    """Write the record beside its place; moving it there makes it count."""
    text = json.dumps({"format": _FORMAT, **asdict(record)}, ensure_ascii=False, indent=2)
    beside = waiting(path)
    beside.write_text(text + "\n", encoding="utf-8")
    return beside


def waiting(path: _Path) -> _Path:
    """Where a record stands until the add-in that it is about is in place."""
    return path.with_suffix(".new")


def standing(machine: Machine) -> Record | None:
    """The record of the add-in that is there, or None where there is none that can be read.

    After an installation that was cut off, the record that was still waiting may be the true one.
    """
    path = machine.file(record_file(machine))
    pending = read(waiting(path))
    if pending:
        try:
            content = machine.file(machine.place(pending.addin)).read_bytes()
        except OSError:
            content = b""
        if fingerprint(content) == pending.fingerprint:
            return pending
    return read(path)


def read(path: Path) -> Record | None:
    """The record, or None where there is none that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found.pop("format") != _FORMAT:
            return None
        record = Record(**{**found, "folders": tuple(found["folders"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    texts = (record.addin, record.link, *record.folders)
    return record if all(isinstance(text, str) for text in texts) else None

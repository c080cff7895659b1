"""The record of an installation: what was written, so that exactly that is removed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

_FORMAT = 1


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
    beside = path.with_suffix(".new")
    beside.write_text(text + "\n", encoding="utf-8")
    return beside


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

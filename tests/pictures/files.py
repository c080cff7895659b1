"""The pictures as files: SVG, and PNG with the fingerprint of the SVG that it was made from."""

from __future__ import annotations

import struct
from collections.abc import Callable
from hashlib import sha256
from zlib import crc32

from ar_xl.app.buttons import Button, buttons
from ar_xl.app.questions import Needs
from tests.pictures.dialog import dialog
from tests.pictures.ribbon import picture

OURS, OTHER = "Receivables.xlsx", "Budget.xlsx"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEY = b"Source SHA-256\x00"
_ZOOM = 2


def _always(_: Button) -> bool:
    return True


def _without_ours(button: Button) -> bool:
    return button.needs is not Needs.OURS


PICTURES: dict[str, Callable[[], str]] = {
    "ribbon": lambda: picture(buttons(), OURS, _always),
    "ribbon-other-workbook": lambda: picture(buttons(), OTHER, _without_ours),
    "ribbon-keytips": lambda: picture(buttons(), OURS, _always, keytips=True),
    "ribbon-tip": lambda: picture(buttons(), OURS, _always, pointed="arPostInvoices"),
    "ribbon-help": lambda: picture(buttons(), OURS, _always, pointed="arHelp"),
    "preview": dialog,
}


def png(svg: str) -> bytes:
    """The picture in points, twice as large, with a note of what it was made from."""
    from resvg_py import svg_to_bytes

    drawn = bytes(svg_to_bytes(svg_string=svg, zoom=_ZOOM, sans_serif_family="Liberation Sans"))
    note = b"tEXt" + _KEY + fingerprint(svg).encode()
    chunk = struct.pack(">I", len(note) - 4) + note + struct.pack(">I", crc32(note))
    return drawn[:-12] + chunk + drawn[-12:]  # before the end, which is twelve bytes


def fingerprint(svg: str) -> str:
    """Of the text of a picture."""
    return sha256(svg.encode()).hexdigest()


def made_from(picture: bytes) -> str:
    """The fingerprint that a PNG carries; empty where it carries none."""
    assert picture.startswith(_SIGNATURE)
    at = picture.find(b"tEXt" + _KEY)
    return picture[at + 4 + len(_KEY) :][:64].decode("ascii", "replace") if at >= 0 else ""

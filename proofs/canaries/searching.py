"""All texts of a file, whatever it is packed in: zip, PDF, e-mail, calendar."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

from pypdf import PdfReader

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def canaries_in(name: str, content: bytes, canaries: Iterable[str]) -> set[str]:
    """The canaries that a file holds anywhere; blanks and line ends within them do not hide them.

    Args:
        name: of the file, which is searched too.
        content: its bytes.
        canaries: what to look for, small letters.
    """
    listed, found = list(canaries), set[str]()
    for text in (name, *_texts(name, content)):
        tight = re.sub(r"\s+", "", text).casefold()
        found |= {each for each in listed if each in tight}
    return found


def files_below(folder: Path) -> list[Path]:
    """Every file in a folder and its folders."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _texts(name: str, content: bytes) -> Iterator[str]:
    yield content.decode("latin-1")
    yield content.decode("utf-8", errors="ignore")
    yield content.decode("utf-16-le", errors="ignore")
    ending = name.rpartition(".")[2].casefold()
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for part in package.namelist():
                yield part
                data = package.read(part)
                yield from _texts(part, data)
                yield re.sub(rb"<[^>]*>", b"", data).decode("utf-8", errors="ignore")
    elif content[:4] == b"%PDF":
        reader = PdfReader(io.BytesIO(content))
        yield "".join(page.extract_text() for page in reader.pages)
        yield repr(reader.metadata) + repr(reader.attachments)
        for found in _STREAM.finditer(content):
            try:
                yield zlib.decompress(found[1].strip(b"\r\n")).decode("latin-1")
            except zlib.error:
                continue  # another encoding, which the reader above decodes
    elif ending == "eml":
        message = message_from_bytes(content)
        for value in message.values():
            yield str(make_header(decode_header(value)))
        for piece in message.walk():
            held = piece.get_payload(decode=True)
            if isinstance(held, bytes):
                yield from _texts(piece.get_filename() or "part", held)

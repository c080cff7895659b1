"""XML parts brought into the plain form that can be edited as text.

Excel writes parts in UTF-8, without a prefix on the elements of the main namespace, with the
reference as first attribute of rows and cells. Other programs may use prefixes, UTF-16, comments,
CDATA sections, or leave references out; such a part is parsed exactly and written anew with the
same meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from ar_xl.xlfile.addresses import column_letters, column_number
from ar_xl.xlfile.errors import DamagedWorkbook, HostileWorkbook
from ar_xl.xlfile.xmlparts import MAIN, whole
from ar_xl.xlfile.xmltext import attribute, plain

_YIELD_BYTES = 1 << 20
_PROLOG = re.compile(r"\ufeff?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*", re.DOTALL)
_DEFAULT = re.compile(r"<([A-Za-z]\w*)\s[^>]*?\bxmlns\s*=\s*[\"']([^\"']*)[\"']")


def canonical(pieces: Iterable[bytes], part: str, namespace: str = MAIN) -> Iterator[bytes]:
    """Yield a part in plain form.

    Args:
        pieces: its bytes.
        part: its name, for refusals.
        namespace: whose elements get no prefix.

    Raises:
        DamagedWorkbook: it is not well-formed.
    """
    writer = _Writer(part, namespace)
    yield b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    for piece in pieces:
        writer.feed(piece)
        if writer.waiting >= _YIELD_BYTES:
            yield writer.take()
    writer.feed(b"", final=True)
    yield writer.take()


def text_of(data: bytes, part: str, namespace: str = MAIN) -> str:
    """Return the text of a small part, in plain form; unchanged where it is so already."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = ""
    prolog = _PROLOG.match(text)
    assert prolog is not None
    tag = _DEFAULT.match(text, prolog.end())
    if tag and tag[2] == namespace and "<![CDATA[" not in text:
        return text
    return b"".join(canonical([data], part, namespace)).decode()


class _Writer:
    """Writes what an XML parser reports."""

    def __init__(self, part: str, namespace: str) -> None:
        self._part = part
        self._namespace = namespace
        self._out: list[str] = []
        self.waiting = 0
        self._open = False  # a start tag waits for its end, which may make it an empty one
        self._names: list[str] = []
        self._scopes: list[dict[str, str]] = [{"": "", "xml": "xml"}]
        self._defaults: list[str] = [""]
        self._row = 0
        self._column = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        self._parser = parser

    def feed(self, piece: bytes, final: bool = False) -> None:
        """Take the next bytes of the part."""
        try:
            self._parser.Parse(piece, final)
        except expat.ExpatError as error:
            raise DamagedWorkbook(f"the part {self._part} is not well-formed ({error})") from None
        except (ValueError, LookupError):  # an address that is none, an encoding nobody knows
            raise DamagedWorkbook(f"the part {self._part} makes no sense") from None

    def take(self) -> bytes:
        """Return what was written since the last call."""
        made = "".join(self._out).encode()
        self._out, self.waiting = [], 0
        return made

    def _put(self, text: str) -> None:
        self._out.append(text)
        self.waiting += len(text)

    def _refuse(self, *_: object) -> None:
        raise HostileWorkbook(f"the part {self._part} declares a document type")

    def _start(self, name: str, flat: list[str]) -> None:
        pairs = list(zip(flat[::2], flat[1::2], strict=True))
        scope = self._scopes[-1]
        declared = {
            key.partition(":")[2]: value
            for key, value in pairs
            if key == "xmlns" or key.startswith("xmlns:")
        }
        if declared:
            scope = {**scope, **declared}
        prefix, colon, local = name.rpartition(":")
        namespace = scope.get(prefix, "")
        default = self._defaults[-1]
        kept = [(key, value) for key, value in pairs if key != "xmlns"]
        if namespace == self._namespace:
            name = local
            kept = self._referenced(local, kept)
        if (namespace == self._namespace or not colon) and namespace != default:
            default = namespace
            kept.insert(len(kept) if local in ("row", "c") else 0, ("xmlns", default))
        self._close()
        written = "".join(f' {key}="{attribute(value)}"' for key, value in kept)
        self._put(f"<{name}{written}")
        self._open = True
        self._names.append(name)
        self._scopes.append(scope)
        self._defaults.append(default)

    def _referenced(self, name: str, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return the attributes of a row or cell with its reference, made where it has none."""
        if name not in ("row", "c"):
            return pairs
        given = dict(pairs).get("r", "")
        if name == "row":
            self._row = self._row + 1 if whole(given) is None else int(given)
            self._column = 0
            made = str(self._row)
        else:
            letters = given.rstrip("0123456789")
            self._column = column_number(letters) if letters else self._column + 1
            made = f"{column_letters(self._column)}{self._row}"
        return [("r", made), *((key, value) for key, value in pairs if key != "r")]

    def _end(self, _: str) -> None:
        name = self._names.pop()
        self._scopes.pop()
        self._defaults.pop()
        if self._open:
            self._put("/>")
            self._open = False
        else:
            self._put(f"</{name}>")

    def _text(self, text: str) -> None:
        self._close()
        self._put(plain(text).replace("\r", "&#13;"))

    def _close(self) -> None:
        if self._open:
            self._put(">")
            self._open = False

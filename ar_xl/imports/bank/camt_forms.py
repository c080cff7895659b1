"""The entries of a large CAMT file, cut out of it as text and read by form.

A bank writes thousands of entries whose tags are the same and only the texts differ. The tags of
an entry are its form. Where each field of a form stands is found once, by parsing it; every
other entry of that form is then read by one regular expression. This is ten times as fast as a
tree of elements, and as exact: the whole file was parsed by expat before, and text is cut at tags
only where no comment, no quoted section and no odd tag can stand in between.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.sax.saxutils import escape, quoteattr

from ar_xl.core.findings import Refusal
from ar_xl.imports.bank import statement_codes as codes
from ar_xl.imports.bank.xmlstream import MOST_TAGS, UnusualError, handled, text_of

Told = list[str]  # the texts of a piece; the last one is "", for what it does not have
Plan = TypeVar("Plan")
_TAG = re.compile(r"(<[^>]*>)")
_MOST_FORMS = 2_000
MOST_ENTRIES = 1 << 20  # of a file, and payments of one entry: more than a sheet has rows
MOST_REWRITTEN = 1 << 24  # tags of a file that has to be written anew
_RECENT = 4  # forms that are tried before the tags are looked at
_OFTEN = 3  # from how many pieces on a form has an expression of its own


class Form(Generic[Plan]):
    """Pieces whose tags are the same.

    Args:
        tags: of them.
        plan: where the fields stand among all texts.
    """

    def __init__(self, tags: list[str], plan: Plan) -> None:
        self.tags, self.seen = tags, 0
        self.used = sorted(_places(plan))
        self.plan: Plan = _moved(plan, {where: nth for nth, where in enumerate(self.used)})
        self.match: Callable[[str], re.Match[str] | None] | None = None

    def counted(self) -> bool:
        """Count a piece; whether there are so many that an expression pays."""
        self.seen += 1
        if self.seen == _OFTEN:
            used = frozenset(self.used)
            texts = ["([^<]*)" if nth in used else "[^<]*" for nth in range(len(self.tags) + 1)]
            tags = [*map(re.escape, self.tags), ""]
            pairs = zip(texts, tags, strict=True)
            self.match = re.compile("".join(text + tag for text, tag in pairs)).fullmatch
        return self.match is not None


def _places(plan: Any) -> Iterator[int]:
    """All numbers of texts in a plan."""
    if isinstance(plan, tuple):
        for each in plan:
            yield from _places(each)
    elif isinstance(plan, int) and plan >= 0:
        yield plan


def _moved(plan: Any, places: dict[int, int]) -> Any:
    """A plan with other numbers of texts."""
    if isinstance(plan, tuple):
        moved = [_moved(each, places) for each in plan]
        return type(plan)(*moved) if hasattr(plan, "_fields") else tuple(moved)
    return places.get(plan, plan) if isinstance(plan, int) else plan


class Forms(Generic[Plan]):
    """Reads pieces of one kind, entries or transactions.

    Args:
        planned: finds the fields of a form in its element, whose texts are their own numbers.
    """

    def __init__(self, planned: Callable[[Element], Plan]) -> None:
        self._planned = planned
        self._forms: dict[str, Form[Plan]] = {}
        self._recent: list[Form[Plan]] = []

    def read(self, piece: str) -> tuple[Plan, Told]:
        """Where the fields of a piece stand, and its texts."""
        for nth, form in enumerate(self._recent):
            assert form.match is not None
            found = form.match(piece)
            if found is not None:
                if nth:
                    self._recent.insert(0, self._recent.pop(nth))
                return form.plan, _plain(found.groups(), piece)
        parts = _TAG.split(piece)
        tags = parts[1::2]
        key = "".join(tags)
        known = self._forms.get(key)
        if known is None:
            known = self._new(tags, key)
        if known.counted() and known not in self._recent:
            self._recent.insert(0, known)
            del self._recent[_RECENT:]
        return known.plan, _plain([parts[2 * nth] for nth in known.used], piece)

    def _new(self, tags: list[str], key: str) -> Form[Plan]:
        if len(tags) > MOST_TAGS:
            raise _too_large(f"{MOST_TAGS:,} tags in one piece")
        if len(self._forms) >= _MOST_FORMS:
            self._forms.clear()
        numbered = "".join(f"{tag}{nth}" for nth, tag in enumerate(tags, start=1))
        try:
            element = fromstring(f"<piece>0{numbered}</piece>")  # no declaration: expat saw all
        except ParseError:
            raise UnusualError from None
        if element.find(".//TxDtls") is not None:
            raise UnusualError
        form = self._forms[key] = Form(tags, self._planned(element))
        return form


def _plain(told: Sequence[str], piece: str) -> Told:
    if "&" in piece:
        told = [html.unescape(each) if "&" in each else each for each in told]
    return [*map(str.strip, told), ""]


def plain_text(content: bytes, prefix: str) -> str:
    """The text of a file that can be cut at its tags.

    Comments, quoted sections and instructions, which could hold what looks like a tag, make a
    file unusual; so does, when it is cut, any entry that begins or ends in another way.

    Args:
        content: the file; expat has read it whole.
        prefix: of the namespace, `ns2:`; "" without. Its tags lose it.
    """
    text = text_of(content)
    if prefix:
        text = text.replace(f"<{prefix}", "<").replace(f"</{prefix}", "</")
    if "<!" in text or "<?" in text:
        raise UnusualError
    return text


def rewritten(content: bytes) -> str:
    """Any file in plain tags: no prefixes, comments, quoted sections; of attributes only Ccy."""
    if content.count(b"<") > MOST_REWRITTEN:
        raise _too_large(f"{MOST_REWRITTEN:,} tags")
    out = bytearray()

    def begin(tag: str, attributes: dict[str, str]) -> None:
        currency = attributes.get("Ccy")
        more = f" Ccy={quoteattr(currency)}" if currency is not None else ""
        out.extend(f"<{tag.rpartition('}')[2]}{more}>".encode())

    def end(tag: str) -> None:
        out.extend(f"</{tag.rpartition('}')[2]}>".encode())

    handled(content, begin, end, lambda text: out.extend(escape(text).encode()))
    return out.decode()


def _too_large(what: str) -> Refusal:
    return Refusal(codes.XML_HOSTILE, f"The file has more than {what}.")


def cut(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without its entries, and where these stand in it.

    In the text each run of entries is one element `Ntry` with their number up to there.
    """
    outer: list[str] = []
    places: list[tuple[int, int]] = []
    after = 0
    while True:
        begin = text.find("<Ntry>", after)
        behind = text[after:begin] if begin >= 0 else text[after:]
        if not places:
            outer.append(behind)
        elif behind and not behind.isspace():
            outer += (f"<Ntry>{len(places)}</Ntry>", behind)
        if begin < 0:
            return "".join(outer), places
        end = text.find("</Ntry>", begin)
        if end < 0:
            raise UnusualError
        places.append((begin + len("<Ntry>"), end))
        if len(places) > MOST_ENTRIES:
            raise _too_large(f"{MOST_ENTRIES:,} entries")
        after = end + len("</Ntry>")


def details_of(inside: str) -> tuple[str, list[str]]:
    """An entry without its transactions, and these."""
    rest, found, detail = inside.partition("<TxDtls>")
    if not found:
        return inside, []
    detail, _, behind = detail.partition("</TxDtls>")
    if "<TxDtls>" not in behind:
        return rest + behind, [detail]
    if behind.count("<TxDtls>") > MOST_ENTRIES:
        raise _too_large(f"{MOST_ENTRIES:,} payments in one entry")
    between, *details = behind.split("<TxDtls>")
    parts = [each.partition("</TxDtls>") for each in details]
    outside = "".join((rest, between, *(each[2] for each in parts)))
    return outside, [detail, *(each[0] for each in parts)]

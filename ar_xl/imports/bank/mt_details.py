"""Field 86 of MT940: who paid, from which account, for what. Every bank has its own way.

Three kinds are told apart by their look: numbered parts (`166?00GUTSCHRIFT?20EREF+...?32NAME`,
Germany, Austria, Poland; `>20` with Triodos), words between slashes (`/EREF/x/REMI/text`, ABN, ING,
Rabobank, Citi), and free text, in which a few habits of banks are known. What is not understood
stays in the text.
Sources: Deutsche Kreditwirtschaft, DFÜ-Abkommen annex 3, chapter 8 (numbered parts, business
codes); ING "Format description MT940"; ABN AMRO "MT940 structured"; Rabobank "MT940 structured".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

WIDTH = 65  # characters that a line of field 86 can hold; a longer text goes on in the next
_NARROWEST = 60  # some banks use fewer of them
_CHUNK = 27  # characters of a numbered part, likewise
NOTHING = frozenset(
    ("", "NONREF", "NOREF", "NOTPROVIDED", "NOT PROVIDED", "EREF", "KREF", "MREF", "PREF", "MARF",
     "KREF+", "EREF+", "N", "/", "-")
)  # fmt: skip
_NUMBERED = re.compile(
    r"\s*(?P<code>\d{3})?\s*(?P<mark>[?>~|^])(?:00|10|2\d|3[0-3]|6[0-3])(?!\d{2}\b)"
)
_SEPA = re.compile(
    r"(?:^|(?<=[\s?]))(EREF|KREF|MREF|PREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|PURP|SQTP|IBAN|BIC|"
    r"MTLG)(?:\+|: ?)"
)
_REFERENCES = frozenset(("EREF", "KREF", "PREF"))
_MORE_PURPOSE = frozenset(("60", "61", "62", "63"))
_NOT_TOLD = frozenset(("10", "30", "34"))  # a number of the day, the bank, a code of the bank
_SLASHED = re.compile(
    r"/(TRTP|IBAN|BIC|NAME|REMI|EREF|KREF|PREF|IREF|MARF|CSID|CNTP|ORDP|BENM|ADDR|ISDT|RTRN|TRCD|"
    r"PURP|ULTC|ULTD|ULTB|SVCL|ACCW|OCMT|CHGS|EXCH|INIT|OAMT|SUBFMT|OSDR|IBS|OGB|NRTX|BUSP|"
    r"DACT|PREFNR|TXT|CDTRREFTP|CDTRREF|SCOR|CTC)/"
)
# Two letters are a word between slashes only where a text begins with one: `INV/FR/2026` is none.
_SHORT_SLASHED = re.compile(r"/(PT|PY|BI|BO|BN|OB|FR|AB|CTC|EI|BM|RE|OI)/")
_BEGINS_SLASHED = re.compile(r"\s*/(?P<short>PT|PY|BI|BO|BN|OB|CTC)?[A-Z]*/")
_STRUCTURED = re.compile(r"STRD/{1,2}(?:CUR|ISO)?/{0,2}([A-Z0-9 ]{4,35})$")
_ACCOUNT = r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}|\d{2}\.\d{2}\.\d{2}\.\d{3}|\d{9,10}"
IS_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}")
_ACCOUNT_FIRST = re.compile(rf"(?P<account>{_ACCOUNT})(?:\s+(?P<name>\S.*?))?(?:\s{{3,}}.*)?$")
_GIRO = re.compile(r"GIRO\s+(?P<account>\d{3,10})\s+(?P<name>\S.*?)(?:\s{2,}|$)")
_FREE = tuple(
    (re.compile(pattern), group)
    for pattern, group in (
        (r"\bREK: *([A-Z]{2}\d{2}[A-Z0-9]+)", "account"),
        (r"/NAAM: *(.+)$", "payer"),
        (r"\bZ RACH\.: *(\d{20,28})", "account"), (r"\bOD: *(.+?) *(?:;|$)", "payer"),
        (r"\bIBAN: *([A-Z]{2}\d{2}[A-Z0-9]{10,30})", "account"),
        (r"\bNAAM: *(.+?)(?: *(?:OMSCHRIJVING|KENMERK|MACHTIGING|BETALINGSKENM\.?):?|\s{3,}|$)",
         "payer"),
        (r"\bAUFTRAGGEBER: *(.+?) *(?:MITTEILUNGEN:|$)", "payer"),
        (r"\bKENMERK: *(\S+(?: \S+)?)", "reference"),
    )
)  # fmt: skip


class Details(NamedTuple):
    """Field 86, understood as far as it can be.

    Args:
        payer, account: the other side.
        reference: end-to-end or structured; "" where it says that there is none.
        text: everything else, blanks single.
        code: the business code of three digits in front, `166`; "" is none.
        returned: it says that a payment came back.
    """

    payer: str = ""
    account: str = ""
    reference: str = ""
    text: str = ""
    code: str = ""
    returned: bool = False


def width_of(lines: list[str]) -> int:
    """How many characters a bank puts into a line of field 86 before it goes on in the next.

    Args:
        lines: of a whole file.
    """
    texts = (len(line) - 4 if line[:4] == ":86:" else len(line) for line in lines
             if line[:1] != ":" or line[:4] == ":86:")  # fmt: skip
    longest = max(texts, default=WIDTH)
    return longest if _NARROWEST <= longest < WIDTH else WIDTH


def details_of(lines: list[str], width: int = WIDTH) -> Details:
    """Understand field 86.

    Args:
        lines: of the field, or of several that follow one another.
        width: of its lines, where they are full.
    """
    first = lines[0] if lines else ""
    found = _NUMBERED.match(first)
    if found:
        return _numbered(unwrapped(lines, "", width), found["code"] or "", found["mark"])
    begins = _BEGINS_SLASHED.match(first)
    if begins:
        between = " " if any(line[:1] == " " for line in lines[1:]) else ""
        text = unwrapped(lines, between, width)
        return _slashed(text, _SHORT_SLASHED if begins["short"] else _SLASHED)
    return _free(lines)


def unwrapped(lines: list[str], between: str, width: int) -> str:
    """The lines of a text as one: only where a line is full was it cut by its length.

    Args:
        lines: with the blanks at their ends, where the file has them.
        between: what stood where a line is not full.
        width: of a full line.
    """
    if len(lines) < 2:
        return "".join(lines)
    parts = [lines[0]]
    for before, line in pairwise(lines):
        if len(before) >= width:
            gap = ""
        elif len(before) == WIDTH - 1:
            gap = " "  # one short of full: a blank stood at the end, which the bank left out
        else:
            gap = between
        parts.append(gap + line)
    return "".join(parts)


def single(text: str) -> str:
    """The text with single blanks."""
    return " ".join(text.split())


def _numbered(text: str, code: str, mark: str) -> Details:
    """`166?00GUTSCHRIFT?20EREF+...`: 20-29 and 60-63 purpose, 30 bank, 31 account, 32-33 name."""
    pieces = _split_at(mark)(text)
    purpose, name, other, rest = [], [], [], []
    account = iban = ""
    for key, value in zip(pieces[1::2], pieces[2::2], strict=True):
        if key[0] == "2" or key in _MORE_PURPOSE:
            purpose.append(value)
        elif key == "32" or key == "33":
            name.append(value)
        elif key == "31":
            account = value
        elif key == "38":
            iban = value
        elif key == "70" or key == "71":
            other.append(value)
        elif key not in _NOT_TOLD:
            rest.append(value)
    told = _chunks(purpose)
    reference = ""
    if "+" in told or ":" in told:
        reference, told = _sepa(told)
    account = "".join((iban or account).split())
    words = single(" ".join((told, *rest, _chunks(other))))
    return Details(single(_chunks(name)), account, single(reference), words, code)


@lru_cache(maxsize=64)
def _split_at(mark: str) -> Callable[[str], list[str]]:
    return re.compile(rf"\{mark}(\d\d)").split


def _chunks(values: list[str]) -> str:
    """Parts of one text: a full one goes on in the next, behind a shorter one stood a blank."""
    if len(values) < 2:
        return "".join(values).strip()
    width = max(map(len, values))
    if width < _CHUNK:
        return " ".join(values).strip()
    return "".join([value if len(value) >= width else f"{value} " for value in values]).strip()


def _sepa(text: str) -> tuple[str, str]:
    """The reference behind SEPA key words, and the rest: what it is for first."""
    pieces = _SEPA.split(text)
    if len(pieces) == 1:
        return "", text
    reference, purpose, rest = "", [pieces[0]], []
    for key, value in zip(pieces[1::2], pieces[2::2], strict=True):
        value = value.strip()
        if key == "SVWZ":
            purpose.append(value)
        elif key not in _REFERENCES:
            rest.append(f"{key} {value}")
        elif value not in NOTHING and value != reference:
            if reference:
                rest.append(f"{key} {value}")
            else:
                reference = value
    return reference, " ".join((*purpose, *rest))


def _slashed(text: str, words: re.Pattern[str]) -> Details:
    """`/EREF/123//CNTP/NL.../INGBNL2A/NAME///REMI/USTD//text/`."""
    pieces = words.split(text)
    keyed: dict[str, str] = {}
    for key, value in zip(pieces[1::2], pieces[2::2], strict=True):
        value = value.strip().strip("/").strip()
        if value:
            keyed[key] = f"{keyed[key]} {value}" if key in keyed else value
    payer, account = keyed.pop("NAME", ""), keyed.pop("IBAN", "")
    other = keyed.pop("CNTP", "").split("/")
    account = account or other[0]
    payer = payer or (other[2] if len(other) > 2 else "")
    payer = payer or keyed.pop("ORDP", "") or keyed.pop("BO", "")
    told = keyed.pop("REMI", "")
    structured = _STRUCTURED.match(told)
    reference = keyed.pop("CDTRREF", "") or (structured[1] if structured else "")
    told = "" if structured else re.sub(r"^(?:USTD|STRD)/{1,2}", "", told)
    for end_to_end in (keyed.pop("EREF", ""), keyed.pop("PREF", "")):
        if end_to_end not in NOTHING:
            told = f"{told} {end_to_end}" if reference else told
            reference = reference or end_to_end
    returned = "RTRN" in keyed
    keyed.pop("BIC", None)
    rest = [pieces[0], told, *(f"{key} {value}" for key, value in keyed.items())]
    return Details(
        single(payer), "".join(account.split()), single(reference), single(" ".join(rest)), "",
        returned,
    )  # fmt: skip


def _free(lines: list[str]) -> Details:
    """Free text: the whole of it is the text; habits of some banks tell the other side."""
    text = unwrapped(lines, " ", WIDTH)
    first = lines[0].strip() if lines else ""
    found: dict[str, str] = {}
    giro = _GIRO.match(first) or _ACCOUNT_FIRST.match(first)
    if giro:
        found["account"] = giro["account"].replace(".", "")
        name = giro["name"] or ""
        # A name stands alone on its line; a single line is name and text in one.
        if name and (len(lines) > 1 or giro.re is _GIRO):
            found["payer"] = name
    elif ":" in text:
        for pattern, group in _FREE:
            match = pattern.search(text)
            if match and group not in found:
                found[group] = match[1]
    code = first[:3] if re.match(r"\d{3}(?!\d)", first) else ""
    return Details(
        single(found.get("payer", "")), found.get("account", ""),
        single(found.get("reference", "")), single(text), code,
    )  # fmt: skip


def named_parts(lines: list[str]) -> Details:
    """Field NS of some German and Hungarian banks: numbered lines, 01-14 purpose, 15-16 name.

    Args:
        lines: `02A12596785`, `15ERGO Versicherung`, `340000004279070017`.
    """
    parts = [(line[:2], line[2:].strip()) for line in lines if line[:2].isdigit()]
    held = dict(parts)
    name = " ".join(value for key, value in parts if key in ("15", "16"))
    rest = [value for key, value in parts if "01" <= key <= "14" or key == "17"]
    return Details(single(name), held.get("34", ""), "", single(" ".join(rest)))

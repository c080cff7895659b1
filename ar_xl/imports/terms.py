"""Foreign names of payment terms to the names on the Terms sheet."""

from __future__ import annotations

import re
from decimal import Decimal

import numpy as np

from ar_xl.core.arrays import TextArray, codes_of, text_array
from ar_xl.core.findings import Finding
from ar_xl.core.ledger import Ledger
from ar_xl.core.terms import Discount, Terms
from ar_xl.imports import codes
from ar_xl.imports.headings import squeezed
from ar_xl.imports.words import number_of

_NET = re.compile(r"(?:net|n|nt)?[ /]*(?P<days>\d{1,3})(?: *(?:d|days?))?")
_TIER = re.compile(
    r"(?P<percent>\d{1,2}(?:\.\d+)?) *%? *(?:/| )(?P<window>\d{1,3})(?: *days?)?[ ,;]*"
    r"(?:net|n)[ /]*(?P<days>\d{1,3})(?: *days?)?"
)
_AT_ONCE = frozenset(("due on receipt", "due upon receipt", "immediate", "cod", "net 0", "cash"))

Meaning = tuple[int, tuple[Discount, ...]]


def match_terms(ledger: Ledger, texts: TextArray, source: str) -> tuple[TextArray, list[Finding]]:
    """Replace foreign names of terms by those of the workbook that mean the same.

    Args:
        ledger: its Terms sheet.
        texts: as the file has them.
        source: the file, for findings.

    Returns:
        The names (the text itself where the workbook has no such terms), and a warning for
        each of those.
    """
    (codes_,), distinct = codes_of(texts)
    by_name = {squeezed(name): name for name in ledger.policy.terms}
    by_meaning: dict[Meaning, list[str]] = {}
    for terms in ledger.policy.terms.values():
        if terms.due_rule == "net" and not terms.net_months and not terms.parts:
            by_meaning.setdefault(_meaning_of(terms), []).append(terms.name)
    named, findings = [], []
    for text in distinct:
        name = by_name.get(squeezed(text), "")
        if not name and text:
            meaning = _meaning(text)
            same = by_meaning.get(meaning, []) if meaning else []
            name = same[0] if len(same) == 1 else ""
        if not name and text:
            seen = f"`{text}` on {number_of(int((texts == text).sum()), 'row')}"
            findings.append(
                Finding(codes.TERMS_UNKNOWN, column="terms", row_id=text, seen=seen, sheet=source)
            )
        named.append(name or text)
    return np.asarray(text_array(named)[codes_], dtype=object), findings


def _meaning_of(terms: Terms) -> Meaning:
    return terms.net_days, terms.tiers


def _meaning(text: str) -> Meaning | None:
    """What foreign terms mean, None where that cannot be said."""
    plain = " ".join(text.casefold().split())
    if plain in _AT_ONCE:
        return 0, ()
    found = _TIER.fullmatch(plain)
    if found:
        tier = Discount(Decimal(found["percent"]), int(found["window"]))
        return int(found["days"]), (tier,)
    found = _NET.fullmatch(plain)
    return (int(found["days"]), ()) if found else None

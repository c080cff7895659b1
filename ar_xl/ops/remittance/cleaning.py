"""The lines of a pasted e-mail that can say something about a payment.

What mail programs add is taken away: HTML tags, marks of quoting, heads of forwarded mails, marks
of line ends, and what stands below a signature.
"""

from __future__ import annotations

import html
import re

CELL = "\t"
_ROW_END = re.compile(r"</(?:tr|p|div|li|h\d|table)\s*>|<br\s*/?>", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,2000}|!--.{0,1000}?--)>", re.DOTALL)
_HIDDEN = re.compile(r"<(style|script|head)\b.{0,3000}?</\1\s*>", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r"^(?:\s*[>|])+\s?(?=\S|$)")
_HEAD = re.compile(
    r"^\s*\*?(?:from|to|cc|bcc|sent|date|subject|reply-to|von|an|gesendet|datum|betreff|de|"
    r"para|envoy\u00e9|objet|asunto|importance|attachments?)\*?\s*:.*@?.*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"^[\s\-_=*+.~|]{3,}$|^\s*-+ ?(?:original message|forwarded message|"
                   r"urspr\u00fcngliche nachricht|message d'origine)"
                   r".*$", re.IGNORECASE)  # fmt: skip
_SIGNATURE = re.compile(r"^-- ?$")
_SOFT_END = re.compile(r"=\r?\n")
_ENCODED = re.compile(r"=(20|3D|09|A0)")
_UNENCODED = {"20": " ", "3D": "=", "09": "\t", "A0": " "}


def lines_of(text: str) -> list[str]:
    """The lines of a pasted text without clutter; cells of a table are parted by tabs.

    Args:
        text: as pasted: plain text, HTML, or what is left of HTML.
    """
    if _SOFT_END.search(text):
        text = _ENCODED.sub(lambda found: _UNENCODED[found[1]], _SOFT_END.sub("", text))
    if "<" in text:
        if "</" in text:
            text = _HIDDEN.sub(" ", text)
        text = _ROW_END.sub("\n", _CELL_END.sub(CELL, text))
        text = _TAG.sub("", text)
    text = html.unescape(text).replace("\u00a0", " ").replace("\r", "\n")
    kept: list[str] = []
    for line in text.split("\n"):
        plain = _QUOTED.sub("", line).strip(" ")
        if _SIGNATURE.match(plain):
            continue
        if plain.strip() and not _HEAD.match(plain) and not _RULE.match(plain):
            kept.append(plain)
    return kept

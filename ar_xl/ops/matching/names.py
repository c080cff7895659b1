"""Who paid: by the account and name that somebody confirmed, or by a name like a customer's.

Banks cut names off, leave out accents and legal forms, turn words round and abbreviate. Names
are compared after the same has been done to both; few candidates are compared at all, found by
rare words and by groups of three letters that they share with the payer.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import BLANK, positions
from ar_xl.core.frames import Frame
from ar_xl.ops.matching.book import People
from ar_xl.ops.matching.edits import likeness_percent

GIVEN, ALIAS, SAME, LIKE, WEAK = 5, 4, 3, 2, 1
LIKE_FROM, WEAK_FROM, CLEAR_BY = 88, 72, 6  # likeness in percent; lead over the next one
FEW = 3  # customers of one name that may be told apart by an amount
CANDIDATES = 12  # customers that a name is compared with
LOOKED = 3000  # customers that share anything with a name that are looked at
COMMON = 400  # a word or group of letters that more customers share says nothing
SHORTEST_ID = 5  # letters and digits of a Customer ID that is looked for in texts
CUT_FROM = 12  # letters from which on a name may be one that the bank cut off

# Legal forms and words that stand in names of every kind.
_FORM_WORDS = (
    "LTD LIMITED LLC LLP INC INCORPORATED CORP CORPORATION CO COMPANY PLC GMBH AG KG OHG UG EK EV"
    " MBH SA SAS SARL SRL SPA SL BV NV CV VOF OY OYJ AB AS ASA APS AE EPE PTY PVT PTE SE SNC SCS"
    " LDA EIRL KFT ZRT DOO SRO THE AND UND ET MR MRS MS HERR FRAU"
)
_FORMS = frozenset(_FORM_WORDS.split())
_SHORT = {
    "MFG": "MANUFACTURING", "INTL": "INTERNATIONAL", "INT": "INTERNATIONAL", "BROS": "BROTHERS",
    "GEBR": "GEBRUEDER", "SVCS": "SERVICES", "SVC": "SERVICES", "SYS": "SYSTEMS",
    "TECH": "TECHNOLOGIES", "GRP": "GROUP", "HLDG": "HOLDING", "ASSOC": "ASSOCIATES",
    "DIST": "DISTRIBUTION", "IND": "INDUSTRIES", "MGMT": "MANAGEMENT", "ENG": "ENGINEERING",
    "ENGRG": "ENGINEERING", "NATL": "NATIONAL", "ST": "SAINT", "MKTG": "MARKETING",
}  # fmt: skip
_WORD = re.compile(r"[A-Z0-9]+")
_SPECIAL = str.maketrans({
    "ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L",
    "đ": "d", "Đ": "D", "&": " ", "'": "",
})  # fmt: skip


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in capitals, without accents and legal forms, abbreviations written out.

    >>> words_of("Müller & Söhne Mfg. GmbH")
    ('MULLER', 'SOHNE', 'MANUFACTURING')
    """
    every = _spelt(name)
    kept = tuple(_SHORT.get(word, word) for word in every if word not in _FORMS)
    return kept or tuple(every)


def _spelt(name: str) -> list[str]:
    """All words of a name in capitals, without accents."""
    if name.isascii():
        return _WORD.findall(name.upper().replace("'", ""))
    letters = unicodedata.normalize("NFKD", name.translate(_SPECIAL))
    return _WORD.findall("".join(s for s in letters if not unicodedata.combining(s)).upper())


def alias_form(payer: str) -> str:
    """A payer's name as aliases are looked up: its words in capitals, legal forms and all.

    >>> alias_form("Acmé  ltd.")
    'ACME LTD'
    """
    return " ".join(_spelt(payer))


def account_form(account: str) -> str:
    """An account number as aliases are looked up: letters and digits in capitals."""
    return "".join(sign for sign in account.upper() if sign.isalnum())


@dataclass(frozen=True, slots=True)
class Payer:
    """A customer that may have paid.

    Args:
        customer: its index.
        level: GIVEN (somebody said so), ALIAS (confirmed before), SAME (the same name), LIKE (a
            name like it and like no other), WEAK.
        why: in words.
        clear: no other customer has a name as like.
    """

    customer: int
    level: int
    why: str
    clear: bool = True


class Payers:
    """Finds who paid; answers of equal names are kept.

    Args:
        people: the customers.
        aliases: rows of PayerAliases.
    """

    def __init__(self, people: People, aliases: Frame) -> None:
        self._people = people
        self._known: dict[tuple[str, str], tuple[Payer, ...]] = {}
        self._by_account: dict[str, dict[int, int]] = {}
        self._by_alias: dict[str, dict[int, int]] = {}
        self._learn(aliases)
        # One turn per customer: each is a name to be taken apart.
        self._words = [words_of(name) for name in people.names.tolist()]
        self._same: dict[str, list[int]] = {}
        self._sharing: dict[str, list[int]] = {}
        for customer, words in enumerate(self._words):
            if words:
                self._same.setdefault(" ".join(words), []).append(customer)
                for part in _parts_of(words):
                    self._sharing.setdefault(part, []).append(customer)
        self._given = {name: at for at, name in enumerate(people.ids.tolist())}
        self._ids: dict[str, int] = {}
        for name, at in self._given.items():
            if len(account_form(name)) >= SHORTEST_ID:
                self._ids.setdefault(account_form(name), at)

    def _learn(self, aliases: Frame) -> None:
        customers = positions(self._people.ids, aliases.text("customer_id")).tolist()
        confirmed = np.where(aliases.ints("confirmed") == BLANK, 1, aliases.ints("confirmed"))
        names, accounts = aliases.text("payer").tolist(), aliases.text("payer_account").tolist()
        rows = zip(names, accounts, customers, confirmed.tolist(), strict=True)
        for name, account, customer, count in rows:
            if customer < 0:
                continue
            for index, key in (
                (self._by_account, account_form(account)),
                (self._by_alias, alias_form(name)),
            ):
                if key:
                    counts = index.setdefault(key, {})
                    counts[customer] = counts.get(customer, 0) + max(count, 1)

    def given(self, customer_id: str) -> tuple[Payer, ...]:
        """The customer that somebody named."""
        at = self._given.get(customer_id)
        return () if at is None else (Payer(at, GIVEN, "the customer is given"),)

    def who(self, payer: str, account: str) -> tuple[Payer, ...]:
        """Who may be behind a name and an account, the likeliest first."""
        key = payer, account
        if key not in self._known:
            self._known[key] = self._find(payer, account)
        return self._known[key]

    def _find(self, payer: str, account: str) -> tuple[Payer, ...]:
        found: list[Payer] = []
        confirmed = self._by_account.get(account_form(account), {})
        found += _of_alias(confirmed, f"account {account}")
        name = " ".join(words_of(payer))
        found += _of_alias(self._by_alias.get(alias_form(payer), {}), f"`{payer}`")
        same = self._same_name(payer, name)
        found += same
        if name and not same and not any(each.level >= LIKE for each in found):
            found += self._like(payer, tuple(name.split(" ")))
        best: dict[int, Payer] = {}
        for each in sorted(found, key=lambda one: -one.level):
            best.setdefault(each.customer, each)
        return tuple(best.values())

    def _same_name(self, payer: str, name: str) -> list[Payer]:
        """Customers of the name; of several the one whose legal form is written too."""
        same = self._same.get(name, []) if name else []
        whole = _spelt(payer) if same else []
        if len(same) > 1:
            same = [at for at in same if _spelt(self._people.names[at]) == whole] or same
        cut = len(same) == 1 and whole[-1] not in _FORMS
        if cut and _spelt(self._people.names[same[0]]) != whole:
            same = [*same, *(at for at in self._longer(name) if at not in same)]
        if len(same) == 1:
            return [Payer(same[0], SAME, f"`{payer}` is its name")]
        level = LIKE if len(same) <= FEW else WEAK
        return [Payer(at, level, f"`{payer}` is the name of several", False) for at in same]

    def _longer(self, name: str) -> list[int]:
        """Customers whose names begin with a name that a bank may have cut off."""
        start = f"{name} "
        found = self._candidates(tuple(name.split(" ")))
        return [at for at in found if " ".join(self._words[at]).startswith(start)]

    def _like(self, payer: str, words: tuple[str, ...]) -> list[Payer]:
        near = self._candidates(words)
        if not near:
            return []
        scores = [(likeness(words, self._words[at]), at) for at in near]
        scores.sort(key=lambda pair: (-pair[0], pair[1]))
        near_top = [at for score, at in scores if score > max(scores[0][0] - CLEAR_BY, WEAK_FROM)]
        out = []
        for score, at in scores[:FEW]:
            if score < WEAK_FROM:
                break
            like = score >= LIKE_FROM and at in near_top and len(near_top) <= FEW
            why = f"`{payer}` is {score} % like its name"
            out.append(Payer(at, LIKE if like else WEAK, why, len(near_top) == 1))
        return out

    def _candidates(self, words: tuple[str, ...]) -> list[int]:
        """Customers that share rare words or groups of letters, those that share most first."""
        lists = [self._sharing[part] for part in _parts_of(words) if part in self._sharing]
        lists.sort(key=len)
        shared: Counter[int] = Counter()
        looked = 0
        for each in lists:
            if looked and (looked > LOOKED or len(each) > COMMON):
                break
            shared.update(each[:COMMON])
            looked += len(each)
        return [at for at, _ in shared.most_common(CANDIDATES)]

    def alike(self, payer: str, customer: int) -> int:
        """How like a payer's name is to a customer's, in percent."""
        words = words_of(payer)
        return likeness(words, self._words[customer]) if words and self._words[customer] else 0

    def in_text(self, upper: str) -> tuple[Payer, ...]:
        """The customers whose number or whole name stands in a text; for lines without a payer."""
        words = tuple(words_of(upper))[:60]
        found: list[Payer] = []
        # a number of digits alone may be anything
        named = {self._ids[word] for word in words if word in self._ids and not word.isdigit()}
        found += [Payer(at, LIKE, f"the text names {self._people.ids[at]}") for at in sorted(named)]
        there = set(words)
        rare = [self._sharing.get(word, []) for word in there if len(word) > 2]
        near = {at for each in rare if len(each) <= COMMON for at in each}
        whole = [
            at
            for at in sorted(near)
            if set(self._words[at]) <= there and sum(map(len, self._words[at])) >= 6
        ]
        longest = max((len(self._words[at]) for at in whole), default=0)
        best = [at for at in whole if len(self._words[at]) == longest]
        level = LIKE if len(best) == 1 else WEAK
        found += [Payer(at, level, "its name stands in the text") for at in best[:3]]
        return tuple({each.customer: each for each in reversed(found)}.values())


def _of_alias(confirmed: dict[int, int], what: str) -> list[Payer]:
    """Who a confirmed alias means: one customer, or several that were confirmed."""
    total = sum(confirmed.values())
    out = []
    for customer, count in sorted(confirmed.items(), key=lambda pair: (-pair[1], pair[0])):
        times = "once" if count == 1 else f"{count} times"
        level = ALIAS if count == total else WEAK
        out.append(Payer(customer, level, f"{what} was confirmed {times}"))
    return out


def _parts_of(words: Iterable[str]) -> list[str]:
    """The words of a name, and the groups of three letters of it without blanks."""
    listed = list(words)
    joined = "".join(listed)
    triples = {"~" + joined[at : at + 3] for at in range(len(joined) - 2)}
    return sorted({*listed, *triples})


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How like two names are, in percent, whatever the order of their words.

    A number in one that the other does not have tells two branches of one name apart.

    >>> likeness(("ACME", "FREIGHT"), ("FREIGHT", "ACME"))
    100
    >>> likeness(("SHOP", "12"), ("SHOP", "13")) < 72
    True
    """
    mine, theirs = " ".join(sorted(one)), " ".join(sorted(other))
    together, apart = "".join(one), "".join(other)
    score = max(
        likeness_percent(mine, theirs),
        likeness_percent(together, apart),
        _cut_off(together, apart),
        _abbreviated(one, other),
    )
    digits = {word for word in one if word.isdigit()} ^ {word for word in other if word.isdigit()}
    if digits and len(together) >= len(apart):
        score -= 25
    elif digits:
        score -= 8
    return max(0, score)


def _cut_off(one: str, other: str) -> int:
    """A name that ends where the bank's field ended: its beginning is all there is."""
    short, long = sorted((one, other), key=len)
    if len(short) >= CUT_FROM and long.startswith(short):
        return 95
    return 0


def _abbreviated(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Word by word the beginning of a longer one, in order: `INTER MACH` for two long words."""
    if len(one) != len(other) or len(one) < 2:
        return 0
    agree = 0
    for a, b in zip(one, other, strict=True):
        short, long = (a, b) if len(a) <= len(b) else (b, a)
        if a == b:
            agree += len(a)
        elif len(short) >= 2 and long[0] == short[0] and _in_order(short, long):
            agree += len(short)
        else:
            return 0
    return 93 if agree >= 6 else 80


def _in_order(short: str, long: str) -> bool:
    """Whether the letters of one word stand in another in their order."""
    rest = iter(long)
    return all(sign in rest for sign in short)

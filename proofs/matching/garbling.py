"""How people and banks write numbers and names: right, shortened, mistyped, cut off, in noise."""

from __future__ import annotations

import random

_ABBREVIATED = {
    "Manufacturing": ("Mfg", "Manuf."), "International": ("Intl", "Int."), "Services": ("Svcs",),
    "Technologies": ("Tech",), "Industries": ("Ind.",), "Distribution": ("Distr",),
    "Engineering": ("Eng.", "Engrg"), "Construction": ("Constr",), "Systems": ("Sys",),
    "Holding": ("Hldg",), "Logistics": ("Logist",), "Electronics": ("Elec",),
}  # fmt: skip
_PLAIN = str.maketrans("äöüÄÖÜßéèÉøØæåñúšřž", "aouAOUsEEEoOaanusrz")


def written(number: str, chance: random.Random) -> str:
    """A document number as people write it, all of it right."""
    prefix, digits = _parts(number)
    forms = [
        number, number, number.replace("-", " "), number.replace("-", ""), number.lower(),
        number.replace("-", "/"), f"{prefix.strip('-')} {digits.lstrip('0')}",
        f"Invoice {number}", f"Re. Nr. {number}", f"inv no {number}",
    ]  # fmt: skip
    if prefix.startswith("INV"):
        forms += [f"Invoice {digits.lstrip('0')}", f"INV#{digits.lstrip('0')}"]
    return chance.choice(forms)


def bare(number: str) -> str:
    """Its digits alone."""
    prefix, digits = _parts(number)
    yearly = prefix[:1].isdigit() or "/" in prefix
    return (
        "".join(sign for sign in prefix if sign.isdigit()) + digits
        if yearly
        else digits.lstrip("0")
    )


def mistyped(number: str, chance: random.Random) -> str:
    """A document number with one slip of the finger, or one sign misread."""
    prefix, digits = _parts(number)
    kind = chance.random()
    places = [at for at in range(len(digits)) if digits[at] != "0"] or [len(digits) - 1]
    at = chance.choice(places)
    if kind < 0.25 and any(d in "01" for d in digits):
        digits = digits.replace("0", "O", 1) if "0" in digits else digits.replace("1", "I", 1)
    elif kind < 0.5 and at + 1 < len(digits):
        digits = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    elif kind < 0.75:
        other = str((int(digits[at]) + chance.randrange(1, 10)) % 10)
        digits = digits[:at] + other + digits[at + 1 :]
    elif kind < 0.88:
        digits = digits[:at] + digits[at + 1 :]
    else:
        digits = digits[:at] + digits[at] + digits[at:]
    return prefix + digits


def _parts(number: str) -> tuple[str, str]:
    at = len(number)
    while at and number[at - 1].isdigit():
        at -= 1
    return number[:at], number[at:]


def name_as_printed(name: str, chance: random.Random) -> str:
    """A name as a bank prints it when nothing goes wrong."""
    kind = chance.random()
    if kind < 0.4:
        return name.upper()
    if kind < 0.5:
        return name.upper().translate(_PLAIN)
    if kind < 0.6:
        return " ".join(name.split()[:-1]) if len(name.split()) > 2 else name
    return name


def name_garbled(name: str, chance: random.Random) -> str:
    """A name abbreviated, cut off, mistyped, run together or turned round."""
    words = name.translate(_PLAIN).split()
    kind = chance.random()
    if kind < 0.3:
        words = [chance.choice(_ABBREVIATED[w]) if w in _ABBREVIATED else w for w in words]
        return " ".join(words).upper()
    if kind < 0.5:
        return " ".join(words).upper()[: chance.choice((16, 18, 22))]
    if kind < 0.75:
        text = " ".join(words)
        at = chance.randrange(1, max(len(text) - 3, 2))
        swapped = text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]
        dropped = text[:at] + text[at + 1 :]
        return chance.choice((swapped, dropped)).upper()
    if kind < 0.87:
        return "".join(words).upper()
    return " ".join([*words[1:], words[0]]).upper()


def noise(chance: random.Random) -> str:
    """What else stands in texts: phones, dates, orders, references of banks, greetings."""
    kinds = (
        lambda: f"Tel {chance.randrange(100, 999)}-{chance.randrange(1000, 9999)}",
        lambda: f"{chance.randrange(1, 28):02d}.{chance.randrange(1, 12):02d}.2026",
        lambda: f"2026{chance.randrange(1, 12):02d}{chance.randrange(1, 28):02d}",
        lambda: f"PO {chance.randrange(10**5, 10**6)}",
        lambda: f"order {chance.randrange(10**4, 10**5)}",
        lambda: f"EREF+{chance.randrange(10**9, 10**10)}",
        lambda: f"TRN{chance.randrange(10**7, 10**8)}",
        lambda: "thank you", lambda: "payment", lambda: "SEPA credit transfer",
        lambda: f"contract {chance.randrange(1000, 99999)}",
        lambda: f"account {chance.randrange(10**6, 10**8)}",
    )  # fmt: skip
    return chance.choice(kinds)()


def creditor_reference(body: str) -> str:
    """An ISO 11649 reference of a body of letters and digits."""
    value = int("".join(str(int(sign, 36)) for sign in body + "RF00"))
    return f"RF{98 - value % 97:02d}{body}"


def qr_reference(body: str) -> str:
    """A Swiss QR reference of digits, in groups as printed."""
    digits, carry = body.zfill(26), 0
    for sign in digits:
        carry = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)[(carry + int(sign)) % 10]
    whole = f"{digits}{(10 - carry) % 10}"
    return " ".join([whole[:2], *[whole[at : at + 5] for at in range(2, 27, 5)]])


def luhn_number(body: str) -> str:
    """Digits and their check digit modulo 10."""
    total = 0
    for place, sign in enumerate(reversed(body)):
        value = int(sign) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{body}{-total % 10}"

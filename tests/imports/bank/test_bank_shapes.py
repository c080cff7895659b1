"""Forty tables as banks and payment services write them, each read whole (bank_tables.txt)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ar_xl.imports.bank.parts import BankOptions
from tests.imports.bank.tables import read

_SAMPLES = re.split(r"(?m)^== ", Path(__file__).with_name("bank_tables.txt").read_text("utf-8"))[1:]
_KEYS = ("date", "amount", "fee", "kind", "bank_id", "payer", "payer_account", "reference", "text")


def _asked(told: str) -> BankOptions:
    options = dict(part.split(": ", 1) for part in told.split("; ") if part)
    pairs = dict(pair.split("=") for pair in options.pop("map", "").split(" & ") if pair)
    return BankOptions(map=pairs, currency=options.get("currency", ""))


@pytest.mark.parametrize("sample", _SAMPLES, ids=lambda sample: sample.split("\n")[0])
def test_a_table_is_read_whole(sample: str) -> None:
    title, _, rest = sample.partition("\n")
    text, _, expected = rest.partition("\n--\n")
    told = re.search(r"\[(.*)\]", title)
    file = read(text.encode(), _asked(told[1] if told else ""))
    found = []
    for each in file.statements:
        found.append(f"{each.account} | {each.currency} | {each.opening} | {each.closing}".strip())
        for row in range(len(each.rows)):
            assert not each.rows.bad[row]
            cells = " | ".join(getattr(each.rows, key)[row] for key in _KEYS)
            found.append(f"  {cells}".rstrip(" |"))
    assert found == expected.rstrip("\n").split("\n")
    assert not file.findings

"""Terms and fee policies as arguments: a text that says them, or a name and the table it is in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

import numpy as np

from ar_xl.core.arrays import IntArray, codes_of
from ar_xl.core.findings import Finding
from ar_xl.core.policy import FeePolicy
from ar_xl.core.policyrows import PolicyRow, fee_policy_of, named_rules, terms_of
from ar_xl.core.schema import Table
from ar_xl.core.tables import FEE_POLICIES, TERMS
from ar_xl.core.terms import Discount, Terms, read_parts
from ar_xl.functions.cells import Column, Rows, texts_of
from ar_xl.functions.errors import NA, NUM, VALUE, CellError
from ar_xl.functions.tables import policy_frame

Rule = TypeVar("Rule", Terms, FeePolicy)
_MOST_DAYS, _MOST_MONTHS = 10_000, 1200
_TIERS = re.compile(r"^((?:\d+(?:\.\d+)?\s*/\s*\d+[\s,]+){0,2})(.*)$")
_TIER = re.compile(r"(\d+(?:\.\d+)?)\s*/\s*(\d+)")
_NET = re.compile(r"^(?:n(?:et)?\s*/?\s*)?(?:(\d+)\s*m)?\s*\+?\s*(\d+)?(?:\s*days?)?$")
_EOM = re.compile(r"^(?:eom|end of month)\s*\+?\s*(\d+)?(?:\s*days?)?$")
_DAY = re.compile(r"^(?:day\s+(\d+)|(\d+)(?:st|nd|rd|th)(?:\s+of next month)?)$")


@dataclass(frozen=True)
class Ruled(Generic[Rule]):
    """Which rule applies in each row.

    Args:
        code: index into `rules`; 0 where a row has an error or none.
        rules: the distinct ones, at least one.
        error: error numbers.
    """

    code: IntArray
    rules: tuple[Rule, ...]
    error: IntArray


def terms_in(column: Column, table: Rows | None) -> Ruled[Terms]:
    """The terms of each row: said in words, or a name of the table where one is given.

    A name that is not in the table is #N/A, words that say no terms are #VALUE!.
    """
    known = None if table is None else _read(table, TERMS, terms_of)
    return _ruled(column, known, read_terms, Terms(""))


def policies_in(column: Column, table: Rows | None) -> Ruled[FeePolicy]:
    """The fee policy of each row: percent a year, or a name of the table where one is given.

    A rate below 1 is #NUM!: it is a cell formatted as percent, not a fraction of a percent.
    """
    known = None if table is None else _read(table, FEE_POLICIES, fee_policy_of)
    return _ruled(column, known, _yearly, FeePolicy(""))


def read_terms(text: str) -> Terms:
    """Terms from words; ValueError for what is none.

    >>> read_terms("2/10 net 30").net_days
    30
    >>> read_terms("end of month + 30").due_rule
    'eom'
    """
    words = " ".join(text.lower().replace(",", " ").split())
    if "@" in words:
        return Terms(text, parts=read_parts(words))
    head, rest = _TIERS.match(words).groups()  # type: ignore[union-attr]  # matches any text
    tiers = [Discount(Decimal(percent), int(days)) for percent, days in _TIER.findall(head)]
    if any(tier.percent > 100 for tier in tiers):
        raise ValueError(text)
    tiers.sort(key=lambda tier: tier.days)
    rule, months, days = _due(rest)
    if months > _MOST_MONTHS or days > (31 if rule == "day" else _MOST_DAYS):
        raise ValueError(text)
    return Terms(text, rule, months, days, tuple(tiers))


def _due(words: str) -> tuple[str, int, int]:
    if words in ("due on receipt", "on receipt", "cod", "cash"):
        return "net", 0, 0
    if found := _EOM.match(words):
        return "eom", 0, int(found[1] or 0)
    if found := _DAY.match(words):
        return "day", 0, int(found[1] or found[2])
    found = _NET.match(words)
    if found is None or (found[1] is None and found[2] is None):
        raise ValueError(words)
    return "net", int(found[1] or 0), int(found[2] or 0)


def _yearly(text: str) -> FeePolicy:
    if not re.fullmatch(r"\d+(?:\.\d+)?(?:e-\d+)?", text):
        raise ValueError(text)
    rate = Decimal(text)
    if 0 < rate < 1 or rate > 1000:  # a cell that shows 18% holds 0.18
        raise CellError(NUM)
    return FeePolicy(text, "daily", rate_percent=rate)


def _read(rows: Rows, table: Table, make: Callable[[PolicyRow], Rule]) -> dict[str, Rule | None]:
    """The rules of a table by name; None for one that is not understood."""
    findings: list[Finding] = []
    made: dict[str, Rule | None] = dict(named_rules(policy_frame(rows, table), make, findings))
    return made | {finding.row_id: None for finding in findings}


def _ruled(
    column: Column,
    known: Mapping[str, Rule | None] | None,
    read: Callable[[str], Rule],
    none: Rule,
) -> Ruled[Rule]:
    texts, errors = texts_of(column)
    (code,), names = codes_of(texts)
    rules: list[Rule] = []
    wrong = np.zeros(max(len(names), 1), dtype=np.int64)
    for at, name in enumerate(names):
        rule: Rule | None = None
        try:
            rule = read(name) if known is None else known.get(name)
        except ValueError:
            wrong[at] = VALUE
        except CellError as error:
            wrong[at] = error.number
        if rule is None and known is not None:
            wrong[at] = VALUE if name in known else NA
        if name == "":
            wrong[at] = 0
        rules.append(none if rule is None else rule)
    return Ruled(code, tuple(rules) or (none,), np.where(errors == 0, wrong[code], errors))

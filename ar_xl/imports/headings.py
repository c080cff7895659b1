"""Which foreign column means what: by the names in `names.py`, or as --map says."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from ar_xl.core.findings import Finding
from ar_xl.imports import codes
from ar_xl.imports.names import KINDS, Field, ImportKind
from ar_xl.imports.rawtable import RawGrid, RawTable, with_headings

NOT_THERE = -1  # --map "Type=" says that no column of the file is our Type
_LOOK_AT = 60  # records from the top among which the headings stand


@dataclass(frozen=True)
class Match:
    """What the columns of a table mean.

    Args:
        kind: the kind of import this is for.
        columns: column index by field key.
        findings: what is missing, unknown or open.
        plainly: fields with content whose heading is among the first names of the field.
    """

    kind: ImportKind
    columns: Mapping[str, int]
    findings: tuple[Finding, ...] = field(default=())
    plainly: frozenset[str] = field(default=frozenset())

    def has(self, *keys: str) -> bool:
        """Whether any of some fields was found."""
        return any(key in self.columns for key in keys)

    @property
    def telling(self) -> int:
        """How many of its headings tell its kind from the others."""
        return len(self.plainly & set(self.kind.telling))

    def title(self, key: str) -> str:
        """What messages call a field."""
        return next(f.title for f in self.kind.fields if f.key == key)


def squeezed(heading: str) -> str:
    """A heading without case, accents, spaces and punctuation; `#` and `№` count as "no"."""
    spelled = heading.replace("#", " no ").replace("№", " no ").replace("%", " percent ")
    plain = unicodedata.normalize("NFKD", spelled).casefold()
    return "".join(c for c in plain if c.isalnum())


@cache
def _tiers(kind: ImportKind) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Per field of a kind the squeezed names of each tier; our own heading is always one."""
    made = []
    for field_ in kind.fields:
        tiers = [tuple(map(squeezed, tier.split(","))) for tier in field_.names.split(";")]
        title = squeezed(field_.title)
        if not any(title in tier for tier in tiers):
            tiers[0] = (title, *tiers[0])
        made.append(tuple(tiers))
    return tuple(made)


def goes_by(kind: str, key: str, heading: str) -> bool:
    """Whether a heading is one of the names of a field of a kind."""
    return squeezed(heading) in names_of(KINDS[kind], key)


def names_of(kind: ImportKind, key: str) -> frozenset[str]:
    """The squeezed headings that a field of a kind goes by."""
    tiers = next(t for f, t in zip(kind.fields, _tiers(kind), strict=True) if f.key == key)
    return frozenset(name for tier in tiers for name in tier)


@cache
def _all_names(kind: ImportKind) -> frozenset[str]:
    return frozenset(name for field_ in _tiers(kind) for tier in field_ for name in tier)


def find_table(grid: RawGrid, kinds: Sequence[ImportKind], mapped: Mapping[str, str]) -> RawTable:
    """The table below the row that looks most like headings.

    Args:
        grid: a file or sheet, perhaps with account data above its headings.
        kinds: the kinds it may be.
        mapped: their heading by ours, as --map gave it; those count as known.
    """
    names = frozenset().union(*(_all_names(kind) for kind in kinds))
    names |= {squeezed(theirs) for theirs in mapped.values()}
    best, best_score = 0, 0
    for index in range(min(len(grid), _LOOK_AT)):
        cells = {squeezed(text) for text in grid.record(index)} - {""}
        score = len(cells & names)
        if score > best_score:
            best, best_score = index, score
    if not best_score:
        widths = [sum(1 for t in grid.record(i) if t.strip()) for i in range(min(len(grid), 60))]
        best = int(np.argmax(widths))
    return with_headings(grid, best)


def match(table: RawTable, kind: ImportKind, mapped: Mapping[str, str]) -> Match:
    """Say what each column of a table means.

    Args:
        table: headings and rows; a wholly blank column gives way to one with content.
        kind: what it is imported as.
        mapped: their heading by ours.
    """
    columns, findings = _by_map(table, kind, mapped)
    tiers = _tiers(kind)
    positions: dict[str, list[int]] = {}
    for index, heading in enumerate(table.headings):
        positions.setdefault(squeezed(heading), []).append(index)
    positions.pop("", None)
    depth = max(map(len, tiers))
    plainly = set()
    for blank_ones in (False, True):
        for level in range(depth):
            for field_, names in zip(kind.fields, tiers, strict=True):
                if field_.key in columns or level >= len(names):
                    continue
                found = [i for name in names[level] for i in positions.get(name, [])]
                found = [
                    i for i in dict.fromkeys(found)
                    if i not in columns.values() and blank_ones != _has_content(table, i)
                ]  # fmt: skip
                if found:
                    columns[field_.key] = found[0]
                    if not level and not blank_ones:
                        plainly.add(field_.key)
                    findings += _ambiguous(table, field_, found)
    columns = {key: index for key, index in columns.items() if index != NOT_THERE}
    findings += _missing(table, kind, columns)
    return Match(kind, columns, tuple(findings), frozenset(plainly))


def unused_headings(table: RawTable, match_: Match) -> list[str]:
    """The headings of columns with content that no field was found for."""
    used = set(match_.columns.values())
    return [
        heading or f"(column {index + 1}, without heading)"
        for index, heading in enumerate(table.headings)
        if index not in used and _has_content(table, index)
    ]


def _has_content(table: RawTable, index: int) -> bool:
    return bool(table.grid.columns[index].filled.any())


def _by_map(
    table: RawTable, kind: ImportKind, mapped: Mapping[str, str]
) -> tuple[dict[str, int], list[Finding]]:
    ours = {squeezed(f.title): f.key for f in kind.fields}
    ours |= {squeezed(f.key): f.key for f in kind.fields}
    theirs: dict[str, int] = {}
    for index, heading in enumerate(table.headings):
        theirs.setdefault(squeezed(heading), index)
        theirs.setdefault(heading, index)
    columns: dict[str, int] = {}
    findings = []
    for our_heading, their_heading in mapped.items():
        key = ours.get(squeezed(our_heading))
        if key is not None and not their_heading.strip():
            columns[key] = NOT_THERE
            continue
        index_ = theirs.get(their_heading, theirs.get(squeezed(their_heading)))
        if key is None:
            titles = [f.title for f in kind.fields]
            findings.append(_unknown(table, our_heading, "our columns", titles))
        elif index_ is None:
            findings.append(_unknown(table, their_heading, "its headings", table.headings))
        else:
            columns[key] = index_
    return columns, findings


def _unknown(table: RawTable, seen: str, which: str, names: Sequence[str]) -> Finding:
    return Finding(
        codes.MAP_UNKNOWN,
        sheet=table.grid.source,
        seen=f"`{seen}`, which is none of {which}{_nearest(seen, names)}",
    )


def _nearest(wanted: str, names: Sequence[str]) -> str:
    by_plain = {squeezed(name): name for name in names if name}
    near = difflib.get_close_matches(squeezed(wanted), by_plain, n=1, cutoff=0.75)
    return f"; did you mean `{by_plain[near[0]]}`?" if near else ""


def _ambiguous(table: RawTable, field_: Field, found: list[int]) -> list[Finding]:
    first = table.grid.columns[found[0]].texts
    others = [i for i in found[1:] if bool((table.grid.columns[i].texts != first).any())]
    if not others or not field_.critical:
        return []
    listed = ", ".join(f"`{table.headings[i]}`" for i in (found[0], *others))
    return [
        Finding(
            codes.COLUMN_AMBIGUOUS,
            sheet=table.grid.source,
            row=table.heading_line,
            column=field_.key,
            seen=f"{listed} could each be {field_.title}",
            fix=f'Say which: --map "{field_.title}={table.headings[found[0]]}"',
        )
    ]


def _missing(table: RawTable, kind: ImportKind, columns: Mapping[str, int]) -> list[Finding]:
    findings = []
    titles = {f.key: f.title for f in kind.fields}
    headings = [heading for heading in table.headings if heading]
    for group in kind.required:
        if any(key in columns for key in group):
            continue
        wanted = " or ".join(titles[key] for key in group)
        near = _nearest(titles[group[0]], headings)
        listed = ", ".join(f"`{heading}`" for heading in headings[:40])
        findings.append(
            Finding(
                codes.COLUMN_MISSING,
                sheet=table.grid.source,
                row=table.heading_line,
                column=group[0],
                seen=f"no column for {wanted} among {listed}{near}",
                fix=f'Name it: --map "{titles[group[0]]}=their heading"',
            )
        )
    return findings

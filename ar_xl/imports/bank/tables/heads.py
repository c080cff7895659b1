"""Which column of a bank's table means what: by heading, by content, as told or as remembered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ar_xl.core.money import is_currency
from ar_xl.imports.bank.parts import Remembered
from ar_xl.imports.bank.tables.content import settle, text_columns, with_likely
from ar_xl.imports.bank.tables.names import BANK
from ar_xl.imports.headings import Match, match, names_of, squeezed
from ar_xl.imports.rawtable import RawGrid, RawTable, with_headings
from ar_xl.imports.words import SIGNS

_WITH_CURRENCY = re.compile(
    r"(.+?)(?:\s*[(\[]\s*|\s+in\s+|\s+en\s+|[\s_]+)"
    r"([A-Z]{3}|[A-Z]{0,2}[^\w\s()\[\]]|zł|kr|Rs\.?|euros?|EUROS?|Euros?)\s*[)\]]?"
)
_CURRENCY_ALONE = re.compile(r"([A-Z]{3})\s*[^\w\s]?")  # CAD$
_PAIR = re.compile(r'\s*([^=;]+?)\s*=\s*("(?:[^"]|"")*"|[^;]*?)\s*(?:;|$)')
_TITLES = {field.key: field.title for field in BANK.fields}
_LOOK_AT = 60  # records from the top among which the headings stand


@dataclass(frozen=True)
class Heads:
    """A bank's table and what its columns mean.

    Args:
        table: rows and headings as the file has them.
        match: column index by field; its findings say what is missing or open.
        texts: the columns that are joined to the text, in the order of the file.
        currency: that a heading names, `Betrag (EUR)`; "" without.
        remembered: the mapping that was used, None where the headings were found by name.
        heading_record: index of the headings among the records of the grid.
    """

    table: RawTable
    match: Match
    texts: tuple[int, ...]
    currency: str
    remembered: Remembered | None
    heading_record: int


def plain_heading(heading: str) -> tuple[str, str]:
    """A heading without the currency behind it, and that currency ("" without)."""
    stripped = heading.strip().lstrip("#").strip()
    alone = _CURRENCY_ALONE.fullmatch(stripped)
    if alone and is_currency(alone[1]):
        return "Amount", alone[1]
    found = _WITH_CURRENCY.fullmatch(stripped)
    if not found:
        return stripped, ""
    mark = "EUR" if found[2].casefold().startswith("euro") else found[2]
    if is_currency(mark):
        return found[1], mark
    allowed = SIGNS.get(mark, frozenset())
    if not allowed:
        return stripped, ""
    return found[1], next(iter(allowed)) if len(allowed) == 1 else ""


def signature(headings: tuple[str, ...]) -> str:
    """The headings of a table in one text, by which its mapping is remembered."""
    return " | ".join(heading for heading in headings if heading)


def columns_text(heads: Heads) -> str:
    """A mapping as the sheet Bank Formats keeps it: `Date=Buchungstag; Amount=Betrag`."""
    pairs = [
        (_TITLES[key], index) for key, index in heads.match.columns.items() if key != "text"
    ] + [(_TITLES["text"], index) for index in heads.texts]
    return "; ".join(f"{ours}={_quoted(heads.table.headings[i])}" for ours, i in pairs)


def _quoted(heading: str) -> str:
    if set(heading) & set('";='):
        return '"' + heading.replace('"', '""') + '"'
    return heading


def columns_of(text: str) -> list[tuple[str, str]]:
    """Read a mapping as the sheet Bank Formats keeps it; pairs of ours and theirs."""
    pairs = []
    for ours, theirs in _PAIR.findall(text):
        if theirs.startswith('"') and theirs.endswith('"') and len(theirs) > 1:
            theirs = theirs[1:-1].replace('""', '"')  # quotes are not part of it
        pairs.append((ours, theirs))
    return pairs


def find_heads(
    grid: RawGrid,
    mapped: Mapping[str, str],
    known: tuple[Remembered, ...],
    fixed: Mapping[str, str],
) -> Heads:
    """Find the headings of a grid and say what each column means.

    Args:
        grid: a file or sheet, perhaps with account data above its headings.
        mapped: their heading by ours, as --map gave it.
        known: mappings of earlier imports; one whose headings are those of the grid is used.
        fixed: their heading by ours that a known exporter always has.
    """
    for remembered in known:
        at = _record_of(grid, remembered)
        if at is not None:
            return _as_remembered(grid, at, remembered, mapped)
    return _by_name(grid, mapped, fixed)


def _record_of(grid: RawGrid, remembered: Remembered) -> int | None:
    """The record whose texts are the headings of a mapping, -1 for a table without any."""
    wanted = squeezed(remembered.headings)
    for index in range(min(len(grid), _LOOK_AT)):
        if wanted and squeezed(" ".join(grid.record(index))) == wanted:
            return index
    numbers = " ".join(f"Column {i + 1}" for i in range(len(grid.columns)))
    return -1 if squeezed(numbers) == wanted else None


def known_headings(grid: RawGrid) -> int:
    """How many headings of the best record are known."""
    return _best_record(grid, frozenset())[1]


def _best_record(grid: RawGrid, told: frozenset[str]) -> tuple[int, int]:
    """The record that looks most like headings, and how much it does; -1 where none does."""
    names = frozenset().union(*(names_of(BANK, field.key) for field in BANK.fields))
    names = (names | told) - {""}
    best, best_score = -1, 0
    for index in range(min(len(grid), _LOOK_AT)):
        record = grid.record(index)
        plain = {squeezed(plain_heading(text)[0]) for text in record} & names
        whole = {squeezed(text) for text in record} & names
        score = len(plain) + len(whole)
        if max(len(plain), len(whole)) > 1 and score > best_score:
            best, best_score = index, score
    return best, best_score


def _heading_record(grid: RawGrid, mapped: Mapping[str, str]) -> int:
    """The record that looks most like headings; -1 where none does and columns go by number."""
    told = frozenset(squeezed(theirs) for theirs in mapped.values()) - {""}
    best, _ = _best_record(grid, told)
    if best >= 0 or not mapped:
        return best
    for index in range(min(len(grid), _LOOK_AT)):
        if told & set(map(squeezed, grid.record(index))):
            return index
    return -1


def _headed(grid: RawGrid, at: int) -> RawTable:
    """The rows below the headings; columns without one are called by their number."""
    table = with_headings(grid, at) if at >= 0 else RawTable(grid, ("",) * len(grid.columns), 0)
    wide = int(grid.widths[at]) if at >= 0 else len(grid.columns)
    headings = tuple(
        heading or (f"Column {i + 1}" if i < wide and _is_used(table, i, at) else "")
        for i, heading in enumerate(table.headings)
    )
    return RawTable(table.grid, headings, table.heading_line)


def _is_used(table: RawTable, index: int, at: int) -> bool:
    return at < 0 or bool(table.grid.columns[index].filled.any())


def _as_remembered(
    grid: RawGrid, at: int, remembered: Remembered, mapped: Mapping[str, str]
) -> Heads:
    table = _headed(grid, at)
    pairs = columns_of(remembered.columns)
    told = {squeezed(ours) for ours in mapped}
    pairs = [pair for pair in pairs if squeezed(pair[0]) not in told] + list(mapped.items())
    whole = dict.fromkeys(_TITLES.values(), "")
    titles = {squeezed(title): title for title in whole}
    for ours, theirs in pairs:
        whole[titles.get(squeezed(ours), ours)] = theirs
    texts = [theirs for ours, theirs in pairs if squeezed(ours) == "text"]
    whole["Text"] = ""
    found, more = _texts_told(table, texts, whole)
    return Heads(table, found, more, _currency(table, found), remembered, at)


def _currency(table: RawTable, found: Match) -> str:
    """The currency that the headings of the amounts name, "" where none or several."""
    used = {found.columns[key] for key in ("amount", "debit", "credit") if found.has(key)}
    named = {plain_heading(table.headings[index])[1] for index in used} - {""}
    return named.pop() if len(named) == 1 else ""


def _texts_told(
    table: RawTable, texts: list[str], mapped: Mapping[str, str]
) -> tuple[Match, tuple[int, ...]]:
    """Match by a mapping; the text is joined of all columns named, also by `A + B`."""
    known = {squeezed(heading) for heading in table.headings}
    names = [
        name for text in texts
        for name in ([text] if squeezed(text) in known else text.split(" + ")) if name.strip()
    ]  # fmt: skip
    found = match(table, BANK, mapped)
    columns, findings = dict(found.columns), [*found.findings]
    joined: list[int] = []
    for name in names:
        one = match(table, BANK, {"Text": name})
        findings += [each for each in one.findings if each.code.name == "import_map_unknown"]
        if "text" in one.columns and not findings:
            joined.append(one.columns["text"])
    if joined:
        columns["text"] = joined[0]
    return replace(found, columns=columns, findings=tuple(findings)), tuple(joined)


def _by_name(grid: RawGrid, mapped: Mapping[str, str], fixed: Mapping[str, str]) -> Heads:
    at = _heading_record(grid, mapped)
    table = _headed(grid, at)
    cut = [plain_heading(heading) for heading in table.headings]
    has_content = [bool(column.filled.any()) for column in table.grid.columns]
    plain_names = [squeezed(name) if full else "" for (name, _), full in
                   zip(cut, has_content, strict=True)]  # fmt: skip
    names = tuple(
        name if plain_names.count(squeezed(name)) == 1 else heading
        for (name, _), heading in zip(cut, table.headings, strict=True)
    )
    plain = RawTable(table.grid, names, table.heading_line)
    wanted = {**_present(names, fixed), **mapped}
    told_texts = [theirs for ours, theirs in wanted.items() if squeezed(ours) == "text"]
    wanted = {ours: plain_or(theirs, table.headings) for ours, theirs in wanted.items()
              if squeezed(ours) != "text"}  # fmt: skip
    if told_texts:
        found, texts = _texts_told(plain, [plain_or(t, table.headings) for t in told_texts],
                                   {**wanted, "Text": ""})  # fmt: skip
    else:
        found = settle(plain, with_likely(plain, match(plain, BANK, wanted)), wanted)
        texts = text_columns(plain, found)
    return Heads(table, found, texts, _currency(table, found), None, at)


def plain_or(theirs: str, headings: tuple[str, ...]) -> str:
    """A heading that the user named, as it is called after its currency was taken off."""
    named = {squeezed(heading) for heading in headings}
    return plain_heading(theirs)[0] if squeezed(theirs) in named else theirs


def _present(headings: tuple[str, ...], fixed: Mapping[str, str]) -> dict[str, str]:
    there = {squeezed(heading) for heading in headings}
    return {ours: theirs for ours, theirs in fixed.items()
            if not theirs or squeezed(theirs) in there}  # fmt: skip

"""Answer: what a command says when it is done, as text for people and as JSON for programs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ar_xl.core.findings import Exit, Finding, Severity
from ar_xl.core.money import money_text, plain_text

MOST_OF_A_KIND = {Severity.ERROR: 10, Severity.WARNING: 10, Severity.NOTE: 3}


@dataclass(frozen=True)
class Answer:
    """What came of one command.

    Args:
        command: its name.
        as_of: the date it ran for.
        batches: the batches it posted, in order.
        rows: rows appended or posted, per table.
        totals: minor units by label and currency.
        findings: everything found, located in the workbook.
        sheets: report sheets made.
        drafts_left_out: draft rows that count nowhere yet.
        said: sentences for the person, in order.
        exit: the exit code.
        preview: nothing was written.
        refusal: the name of the code of a refusal; empty where it was done.
        decided: a digest of all that would be or was written, times and hashes aside.
        more: what only this command has to say, for programs.
    """

    command: str
    as_of: date | None = None
    batches: tuple[str, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    totals: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    sheets: tuple[str, ...] = ()
    drafts_left_out: int = 0
    said: tuple[str, ...] = ()
    exit: Exit = Exit.DONE
    preview: bool = False
    refusal: str = ""
    decided: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The answer as one JSON object (design, section 4); money is text."""
        return {
            "command": self.command,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "preview": self.preview,
            "batch": self.batches[-1] if self.batches else None,
            "batches": list(self.batches),
            "rows": dict(self.rows),
            "totals": {
                label: {code: plain_text(minor, code) for code, minor in amounts.items()}
                for label, amounts in self.totals.items()
            },
            "findings": [finding_json(finding) for finding in self.findings],
            "sheets": list(self.sheets),
            "drafts_left_out": self.drafts_left_out,
            "said": list(self.said),
            "exit": int(self.exit),
            **self.more,
        }


def finding_json(finding: Finding) -> dict[str, str | None]:
    """One finding as JSON: where, what was seen, what was expected, what to do."""
    return {
        "code": finding.code.name,
        "severity": finding.severity.value,
        "sheet": finding.sheet or finding.table or None,
        "cell": finding.cell or None,
        "row_id": finding.row_id or None,
        "seen": finding.seen,
        "expected": finding.expected or finding.code.expected,
        "fix": finding.fix or finding.code.fix,
    }


def finding_text(finding: Finding) -> str:
    """One finding as a person reads it, in two lines."""
    return (
        f"{finding.severity.value.upper():7} {seen_text(finding)} {expected_text(finding)}"
        f"\n        {finding.fix or finding.code.fix}"
    )


def seen_text(finding: Finding) -> str:
    """Where a finding is and what was seen there, in one line."""
    place = finding.sheet or finding.table
    where = f"{place}!{finding.cell}" if finding.cell else place
    named = f" ({finding.row_id})" if finding.row_id else ""
    start = f"{where}{named}: " if where or named else ""
    return start + sentence(finding.seen)


def expected_text(finding: Finding) -> str:
    """What a finding would have been right as."""
    return f"Expected {(finding.expected or finding.code.expected).rstrip('.')}."


def by_kind(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings of each kind together, errors first."""
    kinds: dict[str, list[Finding]] = {}
    for found in sorted(findings, key=lambda found: list(Severity).index(found.severity)):
        kinds.setdefault(found.code.name, []).append(found)
    return list(kinds.values())


def posted_text(answer: Answer) -> list[str]:
    """What an answer says of its batches, its sheets, and the drafts that it left out."""
    lines = []
    if answer.batches and not answer.preview:
        lines.append(f"Posted as {', '.join(answer.batches)}.")
    if answer.sheets:
        made = "Sheets that would be made" if answer.preview else "Sheets"
        lines.append(f"{made}: {', '.join(answer.sheets)}.")
    if answer.drafts_left_out and answer.exit is Exit.DONE:
        drafts = counted(answer.drafts_left_out, "draft")
        lines.append(f"{drafts} left out: not posted yet, so counted nowhere.")
    return lines


def counted(number: int, noun: str, ending: str = "s") -> str:
    """A number and its noun: `1 batch`, `1,204 rows`."""
    return f"{number:,} {noun}{'' if number == 1 else ending}"


def it_or_them(number: int) -> str:
    """What so many things are called when they are spoken of again."""
    return "it" if number == 1 else "them"


# What would end a text early, clear a screen, or show it in another order than it is read in.
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def plain(text: str) -> str:
    """A text without what is not seen: cells of a workbook may hold commands for a terminal."""
    return _UNSEEN.sub(" ", text)


def sentence(text: str) -> str:
    """A text that begins with a capital and ends with a full stop."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def findings_text(findings: tuple[Finding, ...], whole_list: str = "") -> list[str]:
    """The findings as lines, errors first; of a long list a few of each kind, and the numbers.

    Args:
        findings: in the order they were found.
        whole_list: where the whole list is, in words.
    """
    lines = []
    for alike in by_kind(findings):
        most = MOST_OF_A_KIND[alike[0].severity]
        lines += [finding_text(found) for found in alike[:most]]
        if len(alike) > most:
            more = f"... and {len(alike) - most:,} more like these. {whole_list}"
            lines.append(f"        {more}".rstrip())
    return lines


def totals_text(totals: Mapping[str, Mapping[str, int]]) -> list[str]:
    """One line per total: `Received   USD 1,250.00`."""
    lines = []
    for label, amounts in totals.items():
        shown = "   ".join(f"{code} {money_text(amounts[code], code)}" for code in sorted(amounts))
        if shown:
            lines.append(f"{label[:1].upper() + label[1:]:24} {shown}")
    return lines

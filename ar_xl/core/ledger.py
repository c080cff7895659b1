"""Ledger: everything a workbook holds, as posted rows, drafts and policy; and what changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import wraps
from typing import Any, TypeVar, cast

import numpy as np

from ar_xl.core.arrays import AnyArray, IntArray
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.findings import Finding
from ar_xl.core.frames import Frame, concat
from ar_xl.core.policy import Policy
from ar_xl.core.tables import BY_NAME

T = TypeVar("T")


@dataclass(frozen=True)
class View:
    """A result reckoned from tables, and the very frames it was reckoned from."""

    frames: Mapping[str, Frame | None]
    result: Any

    def holds(self, tables: Mapping[str, Frame]) -> bool:
        """Whether the tables are still those that the result was reckoned from."""
        return all(tables.get(name) is frame for name, frame in self.frames.items())


def view(
    *tables: str, of_rows_posted_by: bool = False
) -> Callable[[Callable[[Ledger, date], T]], Callable[[Ledger, date], T]]:
    """Let a pure function of posted tables and a date reckon once per ledger and date.

    Args:
        tables: all the tables that the function reads.
        of_rows_posted_by: the date says no more than which rows count, by their Posting Date; all
            dates on which all rows count then have one result.
    """

    def decorate(function: Callable[[Ledger, date], T]) -> Callable[[Ledger, date], T]:
        @wraps(function)
        def once(ledger: Ledger, as_of: date) -> T:
            if of_rows_posted_by and _all_posted_by(ledger, tables, as_of):
                as_of = LAST_DATE
            key = (function.__qualname__, as_of)
            seen = ledger.views.get(key)
            if seen is None or not seen.holds(ledger.tables):
                frames = {name: ledger.tables.get(name) for name in tables}
                seen = ledger.views[key] = View(frames, function(ledger, as_of))
            return cast(T, seen.result)

        return once

    return decorate


def _all_posted_by(ledger: Ledger, tables: Iterable[str], as_of: date) -> bool:
    """Whether no row of some tables is posted after a date."""
    last = np.datetime64(as_of, "D")
    return all((ledger.posted(name).dates("posting_date") <= last).all() for name in tables)


@dataclass(frozen=True)
class Ledger:
    """One workbook's tables in memory.

    Args:
        tables: posted rows (rows with a Batch) of posted tables, all rows of the others.
        drafts: draft rows (Batch empty) of posted tables.
        policy: the rules.
        findings: what the reader could not understand; a row with an error is in neither
            `tables` nor `drafts`, and nothing is posted while one stands, unless bad rows
            are skipped.
        views: what `view` functions reckoned from these tables, kept while the tables stay.
    """

    tables: Mapping[str, Frame] = field(default_factory=dict)
    drafts: Mapping[str, Frame] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    findings: tuple[Finding, ...] = ()
    views: dict[tuple[str, date], View] = field(default_factory=dict, repr=False, compare=False)

    def posted(self, name: str) -> Frame:
        """The posted rows of a table, or all rows where the table is not a posted one."""
        return self.tables[name] if name in self.tables else Frame.empty(BY_NAME[name])

    def draft(self, name: str) -> Frame:
        """The draft rows of a posted table."""
        return self.drafts[name] if name in self.drafts else Frame.empty(BY_NAME[name])

    def after(self, change: Change) -> Ledger:
        """The ledger as it stands once a change is written."""
        tables, drafts = dict(self.tables), dict(self.drafts)
        for name, rows in change.appends.items():
            to_drafts = change.as_drafts and BY_NAME[name].posted
            target = drafts if to_drafts else tables
            before = self.draft(name) if to_drafts else self.posted(name)
            target[name] = concat([before, rows])
        for name, rows in change.posts.items():
            kept = tables.get(name, Frame.empty(BY_NAME[name]))
            if not rows.table.posted:
                kept = kept.take(~np.isin(kept.row, rows.row))
            tables[name] = concat([kept, rows])
            left = self.draft(name)
            drafts[name] = left.take(~np.isin(left.row, rows.row))
        for new in change.derived:
            frame = tables[new.table]
            at = np.flatnonzero(np.isin(frame.row, new.rows) & (frame.row > 0))
            order = np.argsort(new.rows, kind="stable")
            values = frame.columns[new.column].copy()
            values[at] = new.values[order][np.searchsorted(new.rows[order], frame.row[at])]
            tables[new.table] = frame.replace(**{new.column: values})
        views = {key: seen for key, seen in self.views.items() if seen.holds(tables)}
        return replace(self, tables=tables, drafts=drafts, views=views)


@dataclass(frozen=True)
class Derived:
    """New values of a derived column: outside seal and hash, kept up to date."""

    table: str
    column: str
    rows: IntArray
    values: AnyArray


@dataclass(frozen=True)
class Change:
    """All that a decision produces. Decisions never touch a workbook; hosts apply this.

    Args:
        appends: new rows per table.
        posts: draft rows that are posted now, or rows of Periods that are closed or reopened:
            whole rows as they will stand, with their sheet row; the writer sets the cells
            that changed.
        derived: new values of derived columns.
        as_drafts: the appended rows are drafts (imports, `undo --redraft`); rows of a table
            that is not posted, such as Customers, simply stand there.
        findings: what to say.
        totals: amounts by label and currency, for the answer.
    """

    appends: Mapping[str, Frame] = field(default_factory=dict)
    posts: Mapping[str, Frame] = field(default_factory=dict)
    derived: tuple[Derived, ...] = ()
    as_drafts: bool = False
    findings: tuple[Finding, ...] = ()
    totals: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not any(len(f) for f in (*self.appends.values(), *self.posts.values()))

    def rows(self) -> dict[str, int]:
        """How many rows each table gains, drafts that become posted included."""
        counted: dict[str, int] = {}
        for group in (self.posts, self.appends):
            for name, frame in group.items():
                if len(frame):
                    counted[name] = counted.get(name, 0) + len(frame)
        return counted


@dataclass(frozen=True)
class Request:
    """What a command is asked, besides the ledger: no decision reads a clock.

    Args:
        as_of: the date it is run for.
        user: who runs it.
        posted_at: UTC time as text, `2026-10-31T17:04:05Z`.
        command: the name of the command, for Batches.
        source: where the rows came from, for Batches.
        reason: why, where someone said so.
        skip_bad: post the good rows, list the rest.
        as_of_given: somebody chose the as-of date; else it is today's.
    """

    as_of: date
    user: str
    posted_at: str = ""
    command: str = ""
    source: str = ""
    reason: str = ""
    skip_bad: bool = False
    as_of_given: bool = False

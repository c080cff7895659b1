"""Re-scan: what was written is read back and compared before the workbook is replaced.

Rows that were written are compared value by value. All other rows of their sheets must be byte
for byte those of the workbook before, whose control totals are known; where a sheet had to be
written anew, it is read whole, compared with the workbook before, and its control totals reckoned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from ar_xl.book import host
from ar_xl.book.currencies import Currencies
from ar_xl.book.layout import Layout, Place
from ar_xl.book.reader import read_ledger, read_rows
from ar_xl.core.arrays import BoolArray, IntArray, differs
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.core.frames import Frame, concat
from ar_xl.core.ledger import Change, Ledger
from ar_xl.core.schema import Kind
from ar_xl.core.tables import BY_NAME

NOT_WHAT_WAS_WRITTEN = code(
    "written_file_differs",
    Severity.ERROR,
    "the same rows and totals as were decided",
    "Nothing was replaced; your workbook is as it was. Please report this.",
    Exit.OUR_BUG,
)
_CHECK_SUM = 2**64


@dataclass(frozen=True)
class Totals:
    """Control totals of a table: its rows, and a check sum of each column of numbers or dates.

    A check sum is no amount of money: it only shows that something is missing or changed.
    """

    rows: int = 0
    sums: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, frame: Frame) -> Totals:
        """The totals of some rows; derived columns and texts do not count.

        Rows of a table that is not posted may be changed later: they are counted alone.
        """
        counted = [
            column.key for column in frame.table.columns
            if frame.table.posted
            and not column.derived and column.kind not in (Kind.TEXT, Kind.NUMBER)
        ]  # fmt: skip
        sums = {
            key: sum(int(piece.view(np.int64).sum()) for piece in frame.pieces(key))
            for key in counted
        }
        return cls(len(frame), {key: total % _CHECK_SUM for key, total in sums.items()})

    def plus(self, other: Totals) -> Totals:
        """The totals of these rows and others."""
        sums = {key: (total + other.sums[key]) % _CHECK_SUM for key, total in self.sums.items()}
        return Totals(self.rows + other.rows, sums)


@dataclass(frozen=True)
class Wanted:
    """What the sheet of one table should hold.

    Args:
        place: where it stands in the written file.
        currencies: decimals of the amounts in it.
        rows: every row that was written, whole, by sheet row.
        added: which of them were posted or added now.
        before: totals of the rows that the table had, drafts left out.
        after: totals of the rows that it should have.
    """

    place: Place
    currencies: Currencies
    rows: Frame
    added: BoolArray
    before: Totals
    after: Totals


@dataclass
class Expectation:
    """What a command writes, noted while it is written.

    Args:
        before: the totals of every table as it was read.
        appended: rows added, by table, with the sheet rows they went to.
        posted: sheet rows of drafts that were posted, by table.
        derived: sheet rows of which a derived column was brought up to date, by table.
    """

    before: dict[str, Totals]
    appended: dict[str, list[Frame]] = field(default_factory=dict)
    posted: dict[str, list[IntArray]] = field(default_factory=dict)
    derived: dict[str, list[IntArray]] = field(default_factory=dict)

    @classmethod
    def beginning_with(cls, ledger: Ledger) -> Expectation:
        """Note how things stand before anything is decided."""
        return cls({name: Totals.of(ledger.posted(name)) for name in BY_NAME})

    def note(self, layout: Layout, change: Change) -> None:
        """Note a change before it is written where `layout` says that tables end."""
        for name, frame in change.appends.items():
            if len(frame):
                first = layout.places[name].used_row + 1
                rows = np.arange(first, first + len(frame), dtype=np.int64)
                placed = Frame(frame.table, frame.columns, rows)
                self.appended.setdefault(name, []).append(placed)
        for name, frame in change.posts.items():
            self.posted.setdefault(name, []).append(frame.row)
        for derived in change.derived:
            self.derived.setdefault(derived.table, []).append(derived.rows)

    def note_all(self, layout: Layout, changes: Iterable[Change]) -> None:
        """Note changes that are written together, each below the rows of the one before."""
        for change in changes:
            self.note(layout, change)
            places = dict(layout.places)
            for name, frame in change.appends.items():
                end = places[name].used_row + len(frame)
                places[name] = replace(places[name], used_row=end)
            layout = replace(layout, places=places)

    def complete(self, ledger: Ledger, layout: Layout) -> list[Wanted]:
        """What each sheet should hold once everything is written.

        Args:
            ledger: as it stands then; it is not needed any more afterwards.
            layout: where the tables stand then.
        """
        names = {**self.appended, **self.posted, **self.derived}
        made = (self._wanted(name, ledger.posted(name), layout) for name in names)
        return [wanted for wanted in made if len(wanted.rows)]

    def _wanted(self, name: str, after: Frame, layout: Layout) -> Wanted:
        posted = _joined(self.posted.get(name, ()))
        changed = _joined([*self.posted.get(name, ()), *self.derived.get(name, ())])
        in_sheet = after.take(np.isin(after.row, changed) & (after.row > 0))
        assert len(in_sheet) == len(changed), f"{name}: rows were written that are not posted"
        in_sheet = in_sheet.take(np.argsort(in_sheet.row, kind="stable").astype(np.int64))
        rows = concat([in_sheet, *self.appended.get(name, ())])
        added = np.arange(len(rows)) >= len(in_sheet)
        if after.table.posted:
            added |= np.isin(rows.row, posted)
            added &= rows.text("batch") != ""
        totals = self.before[name], Totals.of(after)
        place, currencies = layout.places[name], layout.currencies
        return Wanted(place, currencies, rows.on_its_own(), added, *totals)


def recheck(book: Any, written: Path, wanted: Iterable[Wanted]) -> None:
    """Compare a file that was just written with what it should hold.

    Args:
        book: the workbook that it was written from, as it was opened.
        written: the temporary file, before it replaces the workbook.
        wanted: what each sheet that was written to should hold.

    Raises:
        Refusal: a row is missing, came twice or differs, or control totals are not the same.
    """
    try:
        opened = host.open_written(written, book)
        try:
            sheets = [each.place.sheet for each in wanted if _holds(opened, book, each)]
            host.check_parts(opened, book, but=sheets)
        finally:
            opened.close()
    except host.FileProblem as problem:
        _refuse(f"The file that was written cannot be read back: {problem.detail}.")


def recheck_open(book: Any, wanted: Iterable[Wanted]) -> None:
    """Compare a workbook that is open in Excel with what was just written into it.

    Raises:
        Refusal: a row is missing or differs.
    """
    for each in wanted:
        found, _ = read_rows(book, book, each.place, each.rows.row, each.currencies)
        if found is None:
            _refuse(f"A row of {each.place.sheet} cannot be read back.")
        _insist_on_same(each.place, found, each.rows)


def _holds(written: Any, book: Any, wanted: Wanted) -> bool:
    """Compare one table; True, or the refusal that says what differs."""
    place, expected = wanted.place, wanted.rows
    found, rest_is_same = read_rows(written, book, place, expected.row, wanted.currencies)
    if found is None:
        _refuse(f"A row of {place.sheet} cannot be read back.")
    _insist_on_same(place, found, expected)
    if rest_is_same:
        totals = wanted.before.plus(Totals.of(found.take(wanted.added)))
    else:
        totals = _totals_of_whole(written, book, wanted)
    if totals.rows != wanted.after.rows:
        _refuse(f"{place.sheet} has {totals.rows} rows instead of {wanted.after.rows}.")
    if totals != wanted.after:
        _refuse(f"Control totals of {place.sheet} read back differently.")
    return True


def _totals_of_whole(written: Any, book: Any, wanted: Wanted) -> Totals:
    """The totals of a table that is read whole; its other rows must be those of before.

    What Excel held before it saved is in no file: then the totals alone can tell.
    """
    place, name = wanted.place, wanted.place.table.name
    now = read_ledger(written, [name]).ledger
    if host.is_file_host(book):
        earlier = host.open_book(Path(book.fullname))
        try:
            before = read_ledger(earlier, [name]).ledger
            last = max(_last_row(earlier, place), int(wanted.rows.row[-1]))
        finally:
            earlier.close()
        if _last_row(written, place) != last:
            _refuse(f"{place.sheet} ends in row {_last_row(written, place)} instead of {last}.")
        for found, expected in ((now.posted(name), before.posted(name)),
                                (now.draft(name), before.draft(name))):  # fmt: skip
            _insist_on_same(place, _others(found, wanted.rows), _others(expected, wanted.rows))
    return Totals.of(now.posted(name))


def _last_row(book: Any, place: Place) -> int:
    return int(book.sheets[place.sheet].used_range.last_cell.row)


def _others(frame: Frame, rows: Frame) -> Frame:
    return frame.take(~np.isin(frame.row, rows.row))


def _insist_on_same(place: Place, found: Frame, expected: Frame) -> None:
    """Refuse unless two frames have the same sheet rows with the same values."""
    if not np.array_equal(found.row, expected.row):
        _refuse(f"{place.sheet} has {len(found)} rows where {len(expected)} were to stay.")
    for column in place.table.columns:
        wrong = differs(found.columns[column.key], expected.columns[column.key])
        if wrong.any():
            row = int(expected.row[np.argmax(wrong)])
            _refuse(f"Row {row} of {place.sheet} reads back differently in {column.heading}.")


def _joined(rows: Iterable[IntArray]) -> IntArray:
    """Row numbers of several arrays, each once, ascending."""
    return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *rows]))


def _refuse(seen: str) -> NoReturn:
    raise Refusal(NOT_WHAT_WAS_WRITTEN, seen)

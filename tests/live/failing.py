"""A command in Excel that fails at one of its calls, and whether all is as it was afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ar_xl.app import live
from ar_xl.app.answer import Answer
from ar_xl.app.life import Options
from ar_xl.core.findings import Exit
from tests.live.both import AS_OF, different
from tests.live.opening import Desk, open_in_excel
from tests.live.pywin32 import windows_engine
from tests.live.sheets import Workbook
from tests.live.wire import ComError, refused


@dataclass(frozen=True)
class Trial:
    """A command in Excel that can be run again and again on the same workbook.

    Args:
        desk: Excel with the workbook open.
        command: the command.
        given: its parameters.
        as_of: the date it is run for.
    """

    desk: Desk
    command: str
    given: dict[str, Any]
    as_of: date = AS_OF

    @classmethod
    def of(cls, path: Path, command: str, **given: Any) -> Trial:
        """Open the workbook for a command."""
        return cls(open_in_excel(path), command, given)

    def run(self) -> Answer | None:
        """Run the command; None where it was interrupted."""
        self.desk.wire.calls.clear()
        try:
            return live.run_open(
                self.command, self.desk.book, Options("Ada", self.as_of), self.given
            )
        except KeyboardInterrupt:
            return None
        finally:
            self.desk.wire.before = self.desk.wire.after = self.desk.wire.deaf = None

    @staticmethod
    def gone() -> ComError:
        """Excel is no more."""
        return ComError(-2147023174, "The RPC server is unavailable.")

    def succeeded(self) -> tuple[int, Kept]:
        """How many calls the command makes when nothing fails, and what it leaves behind."""
        kept = Kept.of(self.desk)
        answer = self.run()
        assert answer is not None
        assert answer.sheets or answer.rows, answer.said
        done = Kept.of(self.desk)
        kept.restore()
        return len(self.desk.wire.calls), done


@dataclass(frozen=True)
class Kept:
    """Excel and its workbook at one moment.

    Args:
        desk: whose.
        workbook: a copy of the workbook.
        found: the state of Excel.
    """

    desk: Desk
    workbook: Workbook
    found: tuple[Any, ...]

    @classmethod
    def of(cls, desk: Desk) -> Kept:
        """Keep how things stand."""
        app, desk.workbook.app = desk.workbook.app, None  # type: ignore[assignment]
        try:
            return cls(desk, deepcopy(desk.workbook), desk.app.found())
        finally:
            desk.workbook.app = app

    def differences(self) -> list[str]:
        """What is not as it was: cells, formats of numbers, tables, sheets, Excel's state."""
        found = different(self.workbook, self.desk.workbook)
        for one, other in zip(
            self.workbook.all_sheets, self.desk.workbook.all_sheets, strict=False
        ):
            area = (1, 1, one.grid.last_row, one.grid.last_column)
            if one.grid.formats(area) != other.grid.formats(area):
                found.append(f"{one.Name}: number formats differ")
        if self.desk.app.found() != self.found:
            found.append(f"Excel stands as {self.desk.app.found()} and not as {self.found}")
        if len(self.desk.app.books) != 1:
            found.append("another workbook is left open")
        if windows_engine().N_COM_ATTEMPTS:
            found.append("xlwings does not wait as before")
        return found

    def restore(self) -> None:
        """Put everything back by force, so that the next trial begins where this one did."""
        app, self.workbook.app = self.workbook.app, None  # type: ignore[assignment]
        fresh = deepcopy(self.workbook)
        self.workbook.app = app
        book = self.desk.workbook
        book.all_sheets = fresh.all_sheets
        for sheet in book.all_sheets:
            sheet.book = book
        shown = self.workbook.all_sheets.index(self.workbook.active)
        book.active = book.all_sheets[shown]


KINDS = ("refused", "interrupted before", "interrupted after")


def failures(trial: Trial, kind: str, trials: int) -> Iterator[str]:
    """Let a command fail at calls from the first to the last; say where something stayed changed.

    Args:
        trial: the command.
        kind: one of `KINDS`: Excel refuses a call; the user interrupts before or after one is done.
        trials: how many calls to try, evenly spread; all where it makes fewer.
    """
    calls, done = trial.succeeded()
    for at in spread(calls, trials):
        kept, look = Kept.of(trial.desk), _at(at, kind)
        trial.desk.wire.before = None if kind.endswith("after") else look
        trial.desk.wire.after = look if kind.endswith("after") else None
        answer = trial.run()
        finished = answer is not None and answer.exit is Exit.DONE
        changed = (done if finished else kept).differences()
        if changed:
            yield f"{kind} at call {at} of {calls}, {trial.desk.wire.calls[at - 1]}: {changed[:2]}"
        kept.restore()


def spread(calls: int, trials: int) -> Sequence[int]:
    """Numbers of calls from the first to the last, all or evenly spread."""
    if trials >= calls:
        return range(1, calls + 1)
    return sorted({1 + at * (calls - 1) // (trials - 1) for at in range(trials)})


def _at(call: int, kind: str) -> Callable[[int, str], None]:
    def look(number: int, name: str) -> None:
        if number == call:
            raise refused(f"{name} of object failed") if kind == "refused" else KeyboardInterrupt

    return look

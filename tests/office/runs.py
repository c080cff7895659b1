"""One scenario on both engines, and what came out differently."""

from __future__ import annotations

import json
import shutil
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from unittest.mock import patch

import xlwings as xw

from ar_xl.app import clock, life
from ar_xl.app.answer import Answer
from ar_xl.book import host
from tests.office.bases import base_workbook
from tests.office.engine import Engine
from tests.office.live import run_open
from tests.office.picture import Picture, differences, picture_of
from tests.office.steps import Do, Scenario, Step

MOMENT = "2026-12-01T09:00:00Z"


@dataclass
class Told:
    """What came of one scenario.

    Args:
        scenario: it.
        different: a line for each difference.
        commands: how many commands ran on each engine.
        refused: how many of them were refused, as they should be.
        cells: how many cells were compared.
        formulas: how many formulas of the file engine's workbook LibreOffice calculated anew.
        file_seconds, office_seconds: how long each engine took.
    """

    scenario: Scenario
    different: list[str] = field(default_factory=list)
    commands: int = 0
    refused: int = 0
    cells: int = 0
    formulas: int = 0
    file_seconds: float = 0.0
    office_seconds: float = 0.0

    def lines(self) -> Iterator[str]:
        """The story and its differences, as one would read them to a colleague."""
        yield f"{self.scenario.name} (begins with {self.scenario.base})"
        yield from (f"    {number}. {step}" for number, step in enumerate(self.scenario.steps, 1))
        yield from (f"  ! {line}" for line in self.different[:20])
        if len(self.different) > 20:
            yield f"  ! ... and {len(self.different) - 20} more"


def tell(scenario: Scenario, engine: Engine, folder: Path, saved: bool = False) -> Told:
    """Run a scenario on the file engine and on LibreOffice.

    Args:
        scenario: it.
        engine: a live LibreOffice.
        folder: for the workbooks.
        saved: LibreOffice also saves its workbook, which the file engine then reads; and it opens
            the workbook of the file engine and calculates every formula anew.
    """
    told = Told(scenario)
    on_file, in_office = folder / "file" / "book.xlsx", folder / "office" / "book.xlsx"
    for path in (on_file, in_office):
        path.parent.mkdir(exist_ok=True)
        shutil.copy(base_workbook(scenario.base, folder), path)
    with patch.object(clock, "utc_text", lambda: MOMENT):
        try:
            _tell(told, engine, on_file, in_office, saved)
        except Exception:  # noqa: BLE001 - a step that fails on one engine is a difference too
            told.different.append(f"stopped: {traceback.format_exc(limit=-6)}")
    return told


def _tell(told: Told, engine: Engine, on_file: Path, in_office: Path, saved: bool) -> None:
    began = time.perf_counter()
    ours = _on_file(told.scenario.steps, on_file)
    mine = _picture_of_file(on_file)
    told.file_seconds = time.perf_counter() - began
    began = time.perf_counter()
    if saved:
        told.formulas = mine.formulas
        lines = differences(mine, _calculated(engine, on_file))
        told.different += (f"calculated anew: {line}" for line in lines)
    book = engine.open(in_office)
    try:
        theirs = [_in_office(step, book) for step in told.scenario.steps]
        book.app.calculate()
        other = picture_of(book)
        if saved:
            book.save()
    finally:
        book.close()
        book.app.quit()
    told.office_seconds = time.perf_counter() - began
    told.commands = sum(answer is not None for answer in ours)
    told.refused = sum(answer is not None and answer.exit != 0 for answer in ours)
    told.cells = mine.size
    for number, (here, there) in enumerate(zip(ours, theirs, strict=True), 1):
        told.different += (f"step {number}: {line}" for line in _answers(here, there))
    told.different += differences(mine, other)
    if saved:
        read_back = _picture_of_file(in_office).without_formulas_for_constants()
        lines = differences(read_back, other.without_formulas_for_constants())
        told.different += (f"saved by LibreOffice: {line}" for line in lines)


def _on_file(steps: Sequence[Step], path: Path) -> list[Answer | None]:
    """Do all steps; what is typed at one sitting is saved once."""
    answers: list[Answer | None] = []
    for commands, some in groupby(steps, lambda step: isinstance(step, Do)):
        book = None if commands else host.open_book(path)
        for step in some:
            answers.append(None)
            if isinstance(step, Do):
                answers[-1] = life.run(step.command, path, _options(step), step.given)
            else:
                step.type_into(book)
        if book is not None:
            host.save(book)
            book.close()
    return answers


def _in_office(step: Step, book: xw.Book) -> Answer | None:
    if isinstance(step, Do):
        return run_open(step.command, book, _options(step), step.given)
    step.type_into(book)
    return None


def _options(step: Do) -> life.Options:
    return life.Options("Ada", date.fromisoformat(step.as_of), **step.options)


def _picture_of_file(path: Path) -> Picture:
    book = host.open_book(path)
    try:
        return picture_of(book)
    finally:
        book.close()


def _calculated(engine: Engine, path: Path) -> Picture:
    """A workbook after LibreOffice calculated every formula in it."""
    book = engine.open(path)
    try:
        book.app.calculate()
        return picture_of(book)
    finally:
        book.close()
        book.app.quit()


def _answers(here: Answer | None, there: Answer | None) -> Iterator[str]:
    if here is None or there is None:
        return
    ours, theirs = here.as_json(), there.as_json()
    for key, value in ours.items():
        if value != theirs[key]:
            yield f"{key}: file {_short(value)}, LibreOffice {_short(theirs[key])}"


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 600 else text[:600] + " ..."

"""Two at once: nothing is lost, and the same posting started twice is posted once."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ar_xl.app import life
from ar_xl.app.answer import Answer
from ar_xl.book import host
from ar_xl.book.reader import read_ledger
from ar_xl.book.template import build_template
from ar_xl.core.findings import Exit
from proofs.halves.kills import forked
from proofs.halves.office import AS_OF, Case, run

_HEADING = "Invoice No,Customer ID,Invoice Date,Due Date,Amount\n"


@dataclass
class Writers:
    """What two writers came to.

    Args:
        tried: postings that were asked for.
        posted: answered as posted.
        in_use: answered that the workbook is in use, and asked for again.
        present: found in the workbook afterwards.
        wrong: what should not be.
    """

    tried: int = 0
    posted: int = 0
    in_use: int = 0
    present: int = 0
    wrong: list[str] = field(default_factory=list)


def two_writers(folder: Path, postings: int) -> Writers:
    """Two processes import and post one invoice after another into one workbook.

    Args:
        folder: an empty folder.
        postings: of each.
    """
    book = folder / "Book.xlsx"
    build_template(book, company="Alder & Finch", currency="USD")
    children, logs = [], []
    for name in ("A", "B"):
        log = folder / f"{name}.log"
        logs.append(log)
        children.append(forked(_posting(book, name, postings, log)))
    ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    found = Writers(tried=2 * postings)
    for log in logs:
        counted = Counter(log.read_text(encoding="utf-8").split())
        found.posted += counted["posted"]
        found.in_use += counted["in_use"]
    opened = host.open_book(book)
    ledger = read_ledger(opened).ledger
    opened.close()
    numbers = ledger.posted("Invoices").text("invoice_no")
    found.present = len(np.unique(numbers.astype(str)))
    if any(ends):
        found.wrong.append(f"a writer ended with {ends}")
    if not found.present == len(numbers) == found.posted == found.tried:
        found.wrong.append(f"{len(numbers)} rows of {found.present} invoices are there")
    if life.run("verify", book, life.Options("Ada", AS_OF)).exit is not Exit.DONE:
        found.wrong.append("verify does not pass")
    return found


def _posting(book: Path, name: str, postings: int, log: Path) -> Callable[[], None]:
    """The work of one writer: import one invoice, post it; told "in use", it tries again."""

    def work() -> None:
        with log.open("w", encoding="utf-8") as told:
            for number in range(postings):
                one = book.with_name(f"{name}-{number}.csv")
                line = f"{name}-{number:03d},C1,2026-10-01,2026-10-31,{number + 1}.00\n"
                one.write_text(_HEADING + line, encoding="utf-8")
                given = {"file": one, "kind": "invoices"}
                _until_done(lambda given=given: run("import", book, params=given), told.write)  # type: ignore[misc]
                _until_done(lambda: run("post-invoices", book), told.write)
                told.write("posted\n")
                one.unlink()

    return work


def _until_done(work: Callable[[], Answer], tell: Callable[[str], int]) -> None:
    while (answer := work()).exit is Exit.BUSY:
        tell("in_use\n")
    if answer.exit is not Exit.DONE:
        raise SystemExit(int(answer.exit))


@dataclass
class Twice:
    """What a posting that was started twice came to.

    Args:
        tried: how often.
        once: posted exactly once.
        answers: what the other of the two answered.
        wrong: what should not be.
    """

    tried: int = 0
    once: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def double_clicks(case: Case, times: int, seed: int) -> Twice:
    """Start the same posting twice, 0 to 500 ms apart.

    Args:
        case: the command.
        times: how often.
        seed: of the pauses.
    """
    chance, found = random.Random(seed), Twice()
    for number in range(times):
        book = case.reset()
        pause = chance.uniform(0, 0.5)
        told = [case.folder.with_name(f"{case.folder.name}.{who}") for who in ("first", "second")]
        children = []
        for answer in told:
            children.append(forked(_answering(case, answer)))
            if len(children) == 1:
                time.sleep(pause)
        for child in children:
            os.waitpid(child, 0)
        said = sorted(path.read_text(encoding="utf-8") for path in told)
        for path in told:
            path.unlink()
        found.tried += 1
        others = [words for words in said if words != "posted"]
        found.answers[others[0] if others else "posted too"] += 1
        strays = case.strays()
        if case.state() == "new" and said.count("posted") == 1 and not strays:
            found.once += 1
        else:
            found.wrong.append(f"{number}, {pause * 1000:.0f} ms apart: {said}, {strays}")
        assert book.exists()
    return found


def _answering(case: Case, told: Path) -> Callable[[], None]:
    def work() -> None:
        answer = run(case.name, case.book)
        told_so = any(words.startswith("Already posted as B-") for words in answer.said)
        words = "already posted as ..." if told_so else f"exit {int(answer.exit)}"
        if answer.exit is Exit.BUSY:
            words = "in use"
        told.write_text("posted" if answer.batches else words, encoding="utf-8")

    return work

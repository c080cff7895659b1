"""One command on a workbook that is open in LibreOffice: the life of a command without the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import xlwings as xw

from ar_xl.app import clock, life
from ar_xl.app.answer import Answer
from ar_xl.app.desk import Desk
from ar_xl.app.recheck import Expectation
from ar_xl.app.registry import COMMANDS
from ar_xl.book.below import findings_below
from ar_xl.book.reader import read_ledger
from ar_xl.core.findings import Refusal
from ar_xl.core.ledger import Request


def run_open(name: str, book: xw.Book, options: life.Options, params: Mapping[str, Any]) -> Answer:
    """Run a command on an open workbook; it is written and not saved."""
    as_of = options.as_of or clock.today()
    request = Request(
        as_of, options.user, clock.utc_text(), name, options.source, options.reason,
        options.skip_bad, options.as_of is not None,
    )  # fmt: skip
    given = {p.name: None for p in COMMANDS[name].parameters} | dict(params)
    try:
        read = read_ledger(book)
        below = findings_below(book, read.layout.places)
        ledger = replace(read.ledger, findings=(*read.ledger.findings, *below))
        desk = Desk(ledger, request, given, lambda _: None)
        expectation = Expectation.beginning_with(read.ledger)
        try:
            life._work(desk)
        except Refusal as refusal:
            answer = life._answer(desk, read.layout, options)
            said = (*desk.said, f"{refusal.seen} {refusal.fix}".strip())
            return replace(
                answer, exit=refusal.code.exit, said=said, batches=(), rows={}, totals={}, sheets=()
            )
        answer = life._answer(desk, read.layout, options)
        if not COMMANDS[name].writes or options.preview or not (desk.changes or desk.reports):
            return answer
        sheets, _ = life._write(book, read.layout, desk, expectation)
        return replace(answer, sheets=sheets)
    except Refusal as refusal:
        return life.refused(name, as_of, refusal, options.preview)

"""One command on a workbook that is open in LibreOffice, by the function behind the button."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

import xlwings as xw

from ar_xl.app import life
from ar_xl.app.answer import Answer
from ar_xl.book import host


def run_open(name: str, book: xw.Book, options: life.Options, params: Mapping[str, Any]) -> Answer:
    """Run a command on an open workbook; it is written, and neither saved nor closed.

    The file is LibreOffice's as long as that has it open, so that it is not locked again. What the
    command would read back of the file is compared by the caller, and more.
    """
    book.impl.stays_open = True
    try:
        with (
            patch.object(host, "locked", lambda *path, **how: nullcontext()),
            patch.object(host, "open_book", lambda path: book),
            patch.object(host, "save", lambda *saved, **how: None),
        ):
            return life.run(name, Path(book.fullname), options, params)
    finally:
        book.impl.stays_open = False

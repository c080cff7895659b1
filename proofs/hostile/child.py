"""One command in a process of its own, watched: what it opens, how much memory it takes.

The process is a copy of one that has imported everything, so that what is measured is what the
file costs, and a hundred files need not pay for the imports.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from ar_xl.cli import main as command_line
from proofs.hostile.watch import Watch, peak_bytes

_PATIENCE = 60.0


def watched(book: Path, note: Path, watch: Watch) -> dict[str, Any]:
    """Run `ar-xl check` on a workbook.

    Args:
        book: the file.
        note: a file for what was seen.
        watch: installed.

    Returns:
        Exit code, what was said, seconds of a processor, bytes at most beyond those at the
        start, what was reached outside the file's folder; a code of -1 where time ran out.
    """
    child = os.fork()
    if not child:
        _run(book, note, watch)
    ends = time.monotonic() + _PATIENCE
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        time.sleep(0.01)
        if time.monotonic() > ends:
            os.kill(child, 9)
            os.waitpid(child, 0)
            return {"code": -1, "said": "", "busy": _PATIENCE, "more": 0, "outside": []}
    seen: dict[str, Any] = json.loads(note.read_text(encoding="utf-8"))
    return seen


def _run(book: Path, note: Path, watch: Watch) -> None:
    """The copy's whole life."""
    code, before, said = 70, peak_bytes(), io.StringIO()
    watch.clear()
    watch.folder = str(book.parent.resolve())
    sys.argv = ["ar-xl", "check", str(book)]
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            watch.armed = True
            command_line()
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException as error:  # noqa: BLE001  # what the command line lets through
        said.write(f"Traceback {type(error).__name__}: {error}")
    finally:
        watch.armed = False
        seen = {
            "code": code, "said": said.getvalue().strip(), "busy": time.process_time(),
            "more": peak_bytes() - before, "outside": watch.outside,
        }  # fmt: skip
        note.write_text(json.dumps(seen), encoding="utf-8")
        os._exit(0)

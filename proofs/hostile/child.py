"""One command in a process of its own, watched: what it opens, how much memory it takes."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from proofs.hostile.watch import Watch, peak_bytes


def main() -> None:
    """Run the command line with the arguments behind the first, the file for what was seen."""
    note, sys.argv = Path(sys.argv[1]), ["ar-xl", *sys.argv[2:]]
    watch = Watch(Path(sys.argv[2]).parent)
    watch.install()
    from ar_xl.cli import main as command_line  # late, as the start of the command is watched too

    watch.armed = True
    try:
        command_line()
    finally:
        watch.armed = False
        seen = {"peak": peak_bytes(), "outside": watch.outside, "written": watch.written,
                "busy": time.process_time()}  # fmt: skip
        note.write_text(json.dumps(seen), encoding="utf-8")


if __name__ == "__main__":
    main()

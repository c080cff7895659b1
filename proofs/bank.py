"""Every real bank file and every hostile one: what it brings, in one line each, against a table.

`python -m proofs.bank [--show]` imports each file of ../shared into an empty workbook as the
command does, and once more into the result, which must add nothing. It exits non-zero where a
file crashes, takes long, ends in no sentence, or brings anything else than what stands here.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from ar_xl.app import life
from ar_xl.app.answer import Answer
from ar_xl.app.catalogue import COMMANDS
from ar_xl.book.template import build_template
from ar_xl.core.findings import Exit
from proofs.bank_files import BROUGHT, OPTIONS

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
MOST_SECONDS, MOST_MIB = 20, 500
_ENDS = (Exit.DONE, Exit.WRONG_DATA, Exit.UNREADABLE)


@dataclass(frozen=True)
class Came:
    """What came of importing one file.

    Args:
        what: `Proved 3`, `Not final 0`, `refused bank_statement_unproved`: statuses of the
            statements and how many lines stand afterwards, or why nothing does.
        sentence: what is said about it.
        seconds: how long the command took.
        wrong: what is not as it has to be; empty where all is.
    """

    what: str
    sentence: str
    seconds: float
    wrong: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Import all files and print what came of each.

    Returns:
        0 where all is as the table says.
    """
    parser = argparse.ArgumentParser(prog="python -m proofs.bank", description=__doc__)
    parser.add_argument("--show", action="store_true", help="the sentence of each file too")
    given = parser.parse_args(arguments)
    if not SHARED.is_dir():
        print("SKIPPED: the real files of ../shared are not here; this proved nothing.")
        return 0
    files = sorted([*(SHARED / "bank").iterdir(), *(SHARED / "bad").iterdir()])
    failed, counts = 0, Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.xlsx"
        build_template(empty, company="Proof", currency="USD")
        for path in files:
            came = _import(path, empty, Path(folder))
            failed += bool(came.wrong)
            counts[_kind(came)] += 1
            print(f"{path.name[:56]:56} {came.what:52} {came.seconds:5.1f} s")
            for line in (*((came.sentence,) if given.show else ()), *came.wrong):
                print(f"    {line}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    named = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items()))
    print(f"\n{len(files)} files: {named}; {failed} not as expected; peak memory {peak} MiB.")
    return int(failed > 0 or peak > MOST_MIB)


def _kind(came: Came) -> str:
    if "crashed" in came.what:
        return "crashed"
    if came.what.startswith("refused"):
        return "refused in a sentence"
    return "proved" if came.what.startswith("Proved") else "read"


def _import(path: Path, empty: Path, folder: Path) -> Came:
    book = folder / "book.xlsx"
    shutil.copy(empty, book)
    begun = perf_counter()
    answer, crash = _answer(path, book)
    seconds = perf_counter() - begun
    if answer is None:
        return Came(f"crashed: {crash}", "", seconds, (f"crashed: {crash}",))
    what, sentence = _what(answer), _sentence(answer)
    expected = BROUGHT.get(path.name, "refused")
    right = what == expected or (expected == "refused" and what.startswith("refused"))
    wrong = [] if right else [f"expected: {expected}"]
    if answer.exit not in _ENDS:
        wrong.append(f"ended with {answer.exit.name}")
    if not sentence or "\n" in sentence or "Traceback" in sentence:
        wrong.append(f"is not one sentence: {sentence!r}")
    if seconds > MOST_SECONDS:
        wrong.append(f"took {seconds:.0f} s")
    again, _ = _answer(path, book)
    if again is None or any(again.rows.values()):
        wrong.append(f"again it added {dict(again.rows) if again else 'a crash'}")
    return Came(what, sentence, seconds, tuple(wrong))


def _answer(path: Path, book: Path) -> tuple[Answer | None, str]:
    own: Mapping[str, object] = {p.name: None for p in COMMANDS["import"].parameters}
    asked = {**own, "kind": "bank", "file": (path,), **OPTIONS.get(path.name, {})}
    try:
        return life.run("import", book, life.Options(user="proof"), asked), ""
    except Exception as error:  # noqa: BLE001  # what the proof looks for
        return None, f"{type(error).__name__}: {error}"


def _what(answer: Answer) -> str:
    if answer.exit is not Exit.DONE:
        errors = [found.code.name for found in answer.findings if found.is_error]
        return f"refused {errors[0] if errors else answer.refusal}"
    said = " ".join(answer.said)
    statuses = [s for s in ("Proved", "Accepted", "No balance", "Not final") if f" {s}." in said]
    if not statuses and "statements:" in said:
        statuses = ["Proved"] if "proved." in said else ["several"]
    drafts = answer.rows.get("Adjustments", 0) + answer.rows.get("Activities", 0)
    words = f"{' and '.join(statuses) or 'No statement'}, {answer.rows.get('BankLines', 0)} lines"
    return f"{words}, {drafts} returns" if drafts else words


def _sentence(answer: Answer) -> str:
    errors = [found for found in answer.findings if found.is_error]
    if errors:
        return f"{errors[0].sheet}: {errors[0].seen} {errors[0].fix or errors[0].code.fix}"
    return answer.said[0] if answer.said else ""


if __name__ == "__main__":
    sys.exit(main())

"""`python -m proofs.canaries`: runs every command on a workbook of canaries and looks for them.

Looked at: what is left in the folder for temporary files, what is kept of a crash, what stands on
the screen, and every paper, for what is another customer's. Exits 1 where one is found.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from proofs.canaries.books import Flock, make_book
from proofs.canaries.searching import canaries_in, files_below

LOGIN, HOST = "zq7login7qz", "zq7host7qz"
ON = ("--as-of", "2026-10-31", "--user", "Ada")
# What makes a mistake of ours on purpose, with all that the workbook holds in its text.
_CRASH = """
import sys
from ar_xl.app import life
read = life.read_ledger
def fails(book):
    ledger = read(book).ledger
    raise ValueError(repr([c.tolist() for f in ledger.tables.values() for c in f.columns.values()]))
life.read_ledger = fails
from ar_xl.cli import main
main(sys.argv[1:])
"""


@dataclass
class Watch:
    """A workbook of canaries, the folders around it, and what was found.

    Args:
        place: for everything.
        flock: the canaries.
        finds: what was found where it does not belong.
        runs, crashes, how many; refusals: which.
    """

    place: Path
    flock: Flock
    finds: list[str] = field(default_factory=list)
    runs: int = 0
    crashes: int = 0
    refusals: list[str] = field(default_factory=list)
    looked: int = 0

    @property
    def book(self) -> Path:
        """The workbook."""
        return self.place / "books" / "book.xlsx"

    def run(self, *words: str, crash: bool = False) -> None:
        """Run a command and look at what it leaves and says."""
        program = ["-c", _CRASH] if crash else ["-m", "ar_xl.cli"]
        given = [words[0], str(self.book), *words[1:], *(() if words[0] == "explain" else ON)]
        done = subprocess.run(
            [sys.executable, *program, *given], capture_output=True, text=True, env=self._world(),
            check=False,
        )  # fmt: skip
        self.runs += 1
        self.crashes += done.returncode == 70
        if done.returncode not in (0, 70):
            self.refusals.append(" ".join(each for each in words if "zq" not in each))
        if (done.returncode == 70) != crash:
            self.finds.append(f"{' '.join(words)}: ended with {done.returncode}: "
                              f"{(done.stdout + done.stderr)[-300:]}")  # fmt: skip
        every = set(self.flock.owner) if crash else self.flock.never_said()
        self._look("the screen", " ".join(words), (done.stdout + done.stderr).encode(), every)
        for kind in ("temporary", "home"):
            for path in files_below(self.place / kind):
                self._look(f"{kind} files", path.name, path.read_bytes(), set(self.flock.owner))

    def _world(self) -> dict[str, str]:
        places = {
            "TMPDIR": "temporary", "HOME": "home", "XDG_STATE_HOME": "home", "LOCALAPPDATA": "",
        }  # fmt: skip
        names = dict.fromkeys(("USER", "LOGNAME", "USERNAME", "LNAME"), LOGIN)
        return {
            **{key: value for key, value in os.environ.items() if key != "LOCALAPPDATA"},
            **{key: str(self.place / name) for key, name in places.items() if name},
            **names, "HOSTNAME": HOST, "COMPUTERNAME": HOST,
        }  # fmt: skip

    def _look(self, where: str, name: str, content: bytes, canaries: set[str]) -> None:
        self.looked += 1
        for canary in sorted(canaries_in(name, content, canaries)):
            self.finds.append(f"{where}: {name}: {self.flock.place[canary]}")

    def look_at_papers(self) -> Counter[str]:
        """Every paper holds canaries of one customer alone; how many there are, by folder."""
        papers = [
            path for path in files_below(self.place / "books")
            if path.parent != self.book.parent and "backups" not in str(path.parent)
        ]  # fmt: skip
        for path in papers:
            content = path.read_bytes()
            found = canaries_in(path.name, content, {*self.flock.owner, LOGIN, HOST})
            for login in found & {LOGIN, HOST}:
                self.finds.append(f"papers: {path.name}: the {login} of the computer")
            owners = {self.flock.owner[each] for each in found - {LOGIN, HOST}}
            together = path.parent.name.endswith("to print") or path.name == "sent.txt"
            if len(owners) != 1 and not together:
                named = {self.flock.place[each] for each in found - {LOGIN, HOST}}
                self.finds.append(f"papers: {path.parent.name}/{path.name} is of customers "
                                  f"{sorted(owners)}: {sorted(named)[:8]}")  # fmt: skip
        places = (path.relative_to(self.place / "books").parts[:-1] for path in papers)
        hidden = set(self.flock.owner)
        return Counter("/".join("..." if hidden & canaries_in(part, b"", hidden) else part
                                for part in parts) for parts in places)  # fmt: skip


def _everything(watch: Watch) -> None:
    """Every command, refusals and a crash among them."""
    one, two = (next(t for t, n in watch.flock.owner.items() if n == at) for at in (0, 1))
    for words in (
        ("check",), ("check", "--json"), ("post-invoices", "--preview"), ("post-invoices",),
        ("post-payments", "--json"), ("match",), ("apply-discounts",), ("late-fees",),
        ("adjust",), ("aging",), ("collections",), ("disputes",), ("forecast",), ("overview",),
        ("statements", "--email", "--file", "both", "--to-print"),
        ("statements", "--kind", "activity", "--json"),
        ("letters", "--email", "--pdf"), ("send", "--preview"), ("send", "--json"),
        ("send", "--yes"), ("letters", "--sent"),
        ("plan", "--customer", two, "--payments", "3", "--first", "2026-11-15"),
        ("escalate", "--customer", one, "--to", "agency", "--reason", "why"),
        ("escalate", "--customer", one, "--to", "agency", "--reason", "again"),
        ("escalate", "--customer", one, "--back", "--reason", "paid"),
        ("escalate", "--customer", "nobody", "--to", "legal", "--reason", "why"),
        ("letters", "--again", "--json"), ("deposit",), ("reconcile",), ("verify",),
        ("disputes", "--invite"),
        ("month-end", "--period", "2026-09"), ("undo", "--batch", "B-000001"),
        ("explain", "--sheet", "Customers", "--cell", "B2"),
    ):  # fmt: skip
        watch.run(*words)
    for words in (("aging",), ("statements", "--email"), ("letters",), ("check", "--json")):
        watch.run(*words, crash=True)
    watch.book.write_bytes(watch.book.read_bytes()[:20_000])
    watch.run("aging")
    watch.run("check", "--json")


def main() -> int:
    """Print counts and finds; 1 where there is a find."""
    with tempfile.TemporaryDirectory(prefix="ar-xl-canaries-") as folder:
        place = Path(folder)
        for name in ("books", "temporary", "home"):
            (place / name).mkdir()
        watch = Watch(place, make_book(place / "books" / "book.xlsx"))
        _everything(watch)
        papers = watch.look_at_papers()
        left = [path.name for path in files_below(place / "temporary")]
        print(f"{len(watch.flock.owner)} canaries, {watch.runs} runs: "
              f"{len(watch.refusals)} refused, {watch.crashes} ended by a mistake.")  # fmt: skip
        print(f"{watch.looked:,} texts of screens and files left behind, "
              f"{sum(papers.values())} papers.")  # fmt: skip
        print(f"Refused: {'; '.join(watch.refusals)}.")
        for folder_of, number in sorted(papers.items()):
            print(f"  {number} papers in {folder_of}")
        print(f"Left in the folder for temporary files: {sorted(left) or 'nothing'}.")
        print(f"{len(watch.finds)} finds.")
        for find in watch.finds:
            print(f"  {find}")
    return int(bool(watch.finds))


if __name__ == "__main__":
    sys.exit(main())

"""The Excel add-in: the same bytes wherever it is built, and taken by every reader there is.

`python -m proofs.addin [--damaged 2000] [--seed 1]` prints figures; not zero where one is bad.
Without npm or LibreOffice those parts are left out aloud; where CI is set they must be there.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from ar_xl.addin import strict
from ar_xl.addin.build import fingerprint
from ar_xl.app.commands import addin
from ar_xl.functions.catalogue import FUNCTIONS
from proofs import addin_elsewhere, addin_fuzz, addin_office, addin_slips
from proofs.addin_damage import FAULTS, damaged
from proofs.addin_readers import Sdk, by_all, suspicious_words
from proofs.addin_words import EXPLAINED
from tests.office.soffice import NoOfficeError, Office


class Table:
    """Figures as they come, and whether all are good."""

    def __init__(self) -> None:
        self.is_good = True

    def say(self, label: str, figure: object, good: bool = True) -> None:
        """Print one line; a bad one is marked."""
        self.is_good &= good
        print(f"  {label:58} {figure}{'' if good else '   <-- BAD'}", flush=True)

    def complain(self, complaints: Sequence[str]) -> None:
        """Print what a reader complained of."""
        for complaint in complaints:
            self.say("   ", complaint[:300], good=False)

    def left_out(self, what: str) -> None:
        """Say aloud what was not run; in CI it has to be."""
        self.say(f"NOT RUN: {what}", "", good=not os.environ.get("CI"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, read, damage, and print the figures.

    Returns:
        0 where everything is as it should be.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--damaged", type=int, default=2000, help="how many damaged add-ins")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    began = time.perf_counter()
    table = Table()
    content = addin.content()
    wanted = strict.read(content)
    print("The Excel add-in")
    table.say("SHA-256", fingerprint(content))
    table.say("bytes", f"{len(content):,}")
    table.say("modules", len(wanted.project.modules))
    table.say("worksheet functions", len(FUNCTIONS))
    _built_elsewhere(content, table)
    _readers(content, wanted, table)
    _sdk(content, table)
    _words(content, table)
    _words_taken_out(given.seed, table)
    _office(wanted, table)
    _damaged_ones(content, given.damaged, given.seed, table)
    table.say("seconds", round(time.perf_counter() - began))
    return 0 if table.is_good else 1


def _built_elsewhere(content: bytes, table: Table) -> None:
    wanted = fingerprint(content)
    table.say("built again in this process: same bytes", "yes", addin.content() == content)
    for seed in ("0", "4711"):
        same = addin_elsewhere.by_another_process(seed) == wanted
        table.say(
            f"by another process, hash seed {seed}: same bytes", "yes" if same else "NO", same
        )
    same = addin_elsewhere.by_wheel() == wanted
    table.say("by an installed wheel: same bytes", "yes" if same else "NO", same)
    others = addin_elsewhere.by_other_pythons(content, addin.macros(), addin.ribbon())
    for version, found in others.items():
        same = found == wanted
        table.say(f"from the same texts by Python {version}: same bytes", "yes" if same else "NO",
                  same)  # fmt: skip


def _readers(content: bytes, wanted: strict.ReadAddin, table: Table) -> None:
    for name, complaints in by_all(content, wanted).items():
        table.say(f"{name}: complaints", len(complaints), not complaints)
        table.complain(complaints)
    for fault in FAULTS:
        found = by_all(damaged(content, fault), wanted)
        noticed = {name for name in found if found[name]}
        needed = {*fault.noticed_by} - {"SDK"}
        table.say(f"planted: {fault.words}", ", ".join(sorted(noticed)) or "-", noticed >= needed)


def _sdk(content: bytes, table: Table) -> None:
    if shutil.which("npm") is None:
        table.left_out("the Open XML SDK, as npm is not here")
        return
    with Sdk() as sdk, tempfile.TemporaryDirectory(prefix="ar-xl-sdk-") as folder:
        path = Path(folder) / "ar_xl.xlam"
        path.write_bytes(content)
        complaints = sdk.complaints(path)
        table.say("Open XML SDK: complaints", len(complaints), not complaints)
        table.complain(complaints)
        for fault in FAULTS:
            if "SDK" in fault.noticed_by:
                path.write_bytes(damaged(content, fault))
                found = len(sdk.complaints(path))
                table.say(f"planted: {fault.words}", f"SDK: {found}", found > 0)


def _words(content: bytes, table: Table) -> None:
    words = suspicious_words(content)
    table.say("words that olevba calls suspicious", len(words))
    unexplained = {word for word, kind in words.items() if EXPLAINED.get(word, ("",))[0] != kind}
    table.say("  without a written reason", ", ".join(unexplained) or 0, not unexplained)
    gone = {*EXPLAINED} - {*words}
    table.say("  reasons of words that are gone", ", ".join(gone) or 0, not gone)


def _words_taken_out(seed: int, table: Table) -> None:
    """A macro without one of its words mostly does not compile; the rest means something else."""
    tried, noticed = addin_slips.words_taken_out(addin.macros(), addin.ribbon(), 400, seed)
    table.say("macros with a word taken out", tried)
    table.say("  refused before anything is built", noticed, noticed > tried * 4 // 5)
    tried, noticed = addin_slips.words_misspelt(addin.macros(), addin.ribbon(), 400, seed)
    table.say("macros with a word misspelt", tried)
    table.say("  refused before anything is built", noticed, noticed > tried * 9 // 10)


def _office(wanted: strict.ReadAddin, table: Table) -> None:
    try:
        office = Office.start()
    except NoOfficeError as absent:
        table.left_out(f"LibreOffice: {absent}")
        return
    modules = wanted.project.modules
    try:
        seen = addin_office.examine(office, addin.macros(), modules)
        turned = [text.replace("Array(days, edges)", "Array(edges, days)")
                  for text in addin.macros()]  # fmt: skip
        planted = addin_office.examine(office, turned, modules)
    finally:
        office.close()
    table.say("LibreOffice: modules with the same text", seen.modules, seen.modules > 0)
    table.say("LibreOffice: lines of VBA compared", seen.lines)
    table.say("LibreOffice: cells computed through our stubs", seen.cells, seen.cells > 0)
    table.say("LibreOffice: complaints", len(seen.complaints), not seen.complaints)
    table.complain(seen.complaints)
    found = len(planted.complaints)
    table.say("planted: a stub turns its arguments round", f"LibreOffice: {found}", found == 3)


def _damaged_ones(content: bytes, count: int, seed: int, table: Table) -> None:
    told = addin_fuzz.run(content, count, seed)
    table.say(f"damaged add-ins, seed {seed}", f"{count:,}")
    for depth, number in told.refused.items():
        table.say(f"  refused with a sentence, damage in the {depth}", f"{number:,}")
    table.say("  unharmed, as a piece was replaced by its equal", told.unharmed)
    taken = told.same.total()
    table.say("  taken although other bytes", taken, not taken)
    table.say("  ended in another exception", len(told.wrong), not told.wrong)
    table.complain(told.wrong[:10])


if __name__ == "__main__":
    sys.exit(main())

"""The ribbon as other programs read it: `python -m proofs.ribbon [SCHEMA.xsd] [LIST.xlsx ...]`.

Puts it into an add-in, and has the Open XML SDK (from npm) say what is wrong with that; then the
same with mistakes planted, each of which it has to find. Whoever has them can name more judges:
the schema of [MS-CUSTOMUI2], as editors of ribbons bring it along, and Microsoft's lists of what
Office calls its icons and tabs (OfficeDev/office-fluent-ui-command-identifiers). Neither is part
of this repository. Prints figures; ends with 1 where anything differs.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import load_workbook

from ar_xl.addin import build, identity
from ar_xl.addin.ribbonxml import render
from ar_xl.app.buttons import TAB, TAB_KEYTIP, all_ids, buttons
from proofs.addin_readers import Sdk
from tests.addin.customui import names
from tests.addin.known_names import LOOKED_UP

# Each is wrong in one way that a judge has to see.
PLANTED = (
    ('keytip="PI"', 'keytip="PINV"'),
    ('size="large"', 'size="huge"'),
    ('imageMso="Undo"', 'imageMso="Undo" colour="red"'),
    ("<menu ", '<menu onAction="ArRibbon.ArPress" '),
    ('id="arAbout"', 'id="arAbout" size="large"'),
    ('label="Check"', f'label="{"Check" * 205}"'),
    ('insertAfterMso="TabData"', 'insertAfterMso=""'),
)
Complaints = Callable[[str], list[str]]


def _judged(judge: str, ribbon: str, complaints: Complaints) -> int:
    """How many mistakes of ours it finds, and how many planted ones it misses."""
    wrong = complaints(ribbon)
    missed = [bad for right, bad in PLANTED if not complaints(ribbon.replace(right, bad))]
    print(
        f"{judge}: {len(all_ids())} buttons, {len(wrong)} complaints; of {len(PLANTED)} planted "
        f"mistakes {len(PLANTED) - len(missed)} found"
    )
    for line in wrong + missed:
        print("  " + line)
    return len(wrong) + len(missed)


def _by_sdk(sdk: Sdk, folder: Path) -> Complaints:
    settings = dict.fromkeys(identity.SETTING_KEYS, "")

    def complaints(ribbon: str) -> list[str]:
        path = folder / "ribbon.xlam"
        path.write_bytes(build.build(build.hand_written(), ribbon, settings))
        return sdk.complaints(path)

    return complaints


def _by_schema(path: Path) -> Complaints:
    import xmlschema

    schema = xmlschema.XMLSchema(str(path))

    def complaints(ribbon: str) -> list[str]:
        return [str(each.reason) for each in schema.iter_errors(ribbon)]

    return complaints


def _by_list(path: Path, used: set[str]) -> int:
    """How many names the list has not."""
    rows = load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)
    published = {str(row[0]).strip() for row in rows if row and row[0]}
    unknown = sorted((used | LOOKED_UP) - published)
    print(f"{path.name}: {len(published):,} names; the ribbon uses {len(used)}, {len(LOOKED_UP)} "
          f"are noted, unknown {len(unknown)}", *unknown)  # fmt: skip
    return len(unknown)


def main(given: Sequence[str]) -> int:
    """Ask every judge; the exit code."""
    ribbon = render(TAB, TAB_KEYTIP, buttons())
    with Sdk() as sdk, tempfile.TemporaryDirectory(prefix="ar-xl-ribbon-") as folder:
        wrong = _judged("Open XML SDK", ribbon, _by_sdk(sdk, Path(folder)))
    for path in map(Path, given):
        if path.suffix == ".xsd":
            wrong += _judged(path.name, ribbon, _by_schema(path))
        else:
            wrong += _by_list(path, names(ribbon))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

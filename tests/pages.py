"""The generated pages of docs/: `python -m tests.pages` writes them anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ar_xl.app import commanddocs, errordocs, ribbondocs
from ar_xl.book import schemadocs
from ar_xl.functions import functiondocs
from tests.oracles.not_covered import NOT_COVERED
from tests.pictures.files import PICTURES, fingerprint, made_from, png

DOCS = Path(__file__).resolve().parents[1] / "docs"


def oracles() -> str:
    """What is said of the worked cases of other systems."""
    rows = [f"| {name} | {reason} |" for name, reason in sorted(NOT_COVERED.items())]
    return "\n".join(
        [
            "# Worked cases of other systems",
            "",
            "Generated from `tests/oracles/not_covered.py`; do not edit. Every case of the areas",
            "aging, terms, allocation, discount, late fees, KPIs, month-end, returned payments,",
            "refunds, foreign currency, bank reconciliation, credit limits and the allowance",
            "runs as a test in `tests/oracles/`, through public functions, with the policy set",
            "that it assumes. The following are not tested, or not wholly:",
            "",
            "| case | why |",
            "|---|---|",
            *rows,
            "",
        ]
    )


PAGES: dict[str, Callable[[], str]] = {
    "COMMANDS.md": commanddocs.render,
    "ERRORS.md": errordocs.render,
    "FUNCTIONS.md": functiondocs.render,
    "ORACLES.md": oracles,
    "RIBBON.md": ribbondocs.render,
    "SCHEMA.md": schemadocs.render,
}


def main() -> None:
    """Write every generated page and picture."""
    for name, render in PAGES.items():
        (DOCS / name).write_text(render(), encoding="utf-8", newline="\n")
    for name, draw in PICTURES.items():
        _write_picture(DOCS / "pictures" / name, draw())


def _write_picture(path: Path, svg: str) -> None:
    """Write both files; the PNG only where its SVG is another one: fonts differ by machine."""
    path.parent.mkdir(exist_ok=True)
    path.with_suffix(".svg").write_text(svg, encoding="utf-8", newline="\n")
    image = path.with_suffix(".png")
    if not image.exists() or made_from(image.read_bytes()) != fingerprint(svg):
        image.write_bytes(png(svg))


if __name__ == "__main__":
    main()

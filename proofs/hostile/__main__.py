"""`python -m proofs.hostile`: the figures behind the promise about hostile and broken files."""

from __future__ import annotations

import argparse
import sys

from proofs.hostile.refusals import refusals


def main() -> None:
    """Run the parts that were asked for; exit 1 where one of them breaks the promise."""
    parser = argparse.ArgumentParser(prog="python -m proofs.hostile", description=__doc__)
    parser.add_argument("--file", default="", help="only files of the gallery named so")
    given = parser.parse_args()
    sys.exit(0 if refusals(given.file) else 1)


if __name__ == "__main__":
    main()

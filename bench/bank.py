"""Importing bank files: the whole command, from the shell to the saved workbook, per format."""

from __future__ import annotations

from pathlib import Path

from bench.bankfiles import SUFFIXES, write_bank_file
from bench.processes import fresh, median_run, spread
from bench.tables import show

MOST_SECONDS, MOST_MIB, PROMISED_FOR = 5, 500, 100_000


def bank(sizes: list[int], runs: int, folder: Path, seed: int) -> None:
    """Print time and peak memory of importing bank lines into a new workbook, per format."""
    rows: list[tuple[object, ...]] = []
    work = folder / "bank"
    for size in sizes:
        for form in SUFFIXES:
            found = []
            for _ in range(runs):
                made = fresh("bank-files", work, form, size, seed).facts
                found.append(fresh("bank", made["file"], made["workbook"]))
            cents = fresh("bank-count", made["workbook"], size, seed).facts["cents"]
            middle = median_run(found)
            wall = sorted(run.wall for run in found)[len(found) // 2]
            kept = size > PROMISED_FOR or (wall <= MOST_SECONDS and middle.mib <= MOST_MIB)
            rows.append((
                f"{size:,}", form, wall, middle.cpu, f"{spread(found):.0%}", middle.mib,
                made["bytes"] / 2**20, cents, "yes" if kept else "NO",
            ))  # fmt: skip
    show(
        f"Import of bank files, whole command (promised: {PROMISED_FOR:,} lines in "
        f"{MOST_SECONDS} s and {MOST_MIB} MiB)",
        (
            "lines",
            "format",
            "seconds",
            "cpu s",
            "spread",
            "peak MiB",
            "MiB of file",
            "different cents",
            "kept",
        ),
        rows,
    )


def make(folder: str, form: str, size: int, seed: int) -> dict[str, object]:
    """Make the file and an empty workbook."""
    from ar_xl.book.template import build_template

    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    workbook = place / "bank.xlsx"
    workbook.unlink(missing_ok=True)
    build_template(workbook, company="Benchmark Supply Ltd", currency="EUR")
    path = write_bank_file(place, form, size, seed)
    return {"file": str(path), "workbook": str(workbook), "bytes": path.stat().st_size}


def job(path: str, workbook: str) -> dict[str, object]:
    """Run the command, as the shell does.

    Args:
        path: of the bank file.
        workbook: to import into.
    """
    from ar_xl.cli import main
    from bench.laps import Laps

    laps, code = Laps(), 0
    try:
        main(["import", path, "--as", "bank", "--into", workbook], standalone_mode=False)
    except SystemExit as ended:
        code = int(ended.code or 0)
    laps.lap("import")
    assert code == 0, f"import ended with {code}"
    return laps.result()


def count(workbook: str, size: int, seed: int) -> dict[str, object]:
    """Count with another reader what arrived."""
    from bench.bankfiles import payments
    from bench.plain_rows import PlainBook, cents

    rows = PlainBook(Path(workbook)).rows("Bank", "Line ID", "Amount")
    amounts = [cents(row["Amount"]) for row in rows]
    assert len(amounts) == size, f"{len(amounts)} lines of {size} arrived"
    expected = sum(each.cents for each in payments(size, seed))
    return {"cents": abs(sum(amounts) - expected)}

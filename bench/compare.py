"""The figures of month-end: product, yardstick and usual script, interleaved in fresh processes."""

from __future__ import annotations

import itertools
import shutil
import statistics
from dataclasses import dataclass
from pathlib import Path

from bench.processes import Run, fresh, median_run, spread
from bench.tables import exponent, show

SEED = 7
TYPICAL_UP_TO = 100_000  # invoices; above it the usual script is extrapolated unless asked for
NAN = float("nan")


@dataclass(frozen=True)
class Measured:
    """One size.

    Args:
        size: invoices.
        book: facts of the workbook.
        product, yardstick: medians.
        product_spread, yardstick_spread: slowest less fastest, as a part of the median.
        typical: one run of the usual script, None where it is extrapolated.
        check: what the plain loop found.
    """

    size: int
    book: Run
    product: Run
    yardstick: Run
    product_spread: float
    yardstick_spread: float
    typical: Run | None
    check: Run

    @property
    def ratio(self) -> float:
        """The product's time in A."""
        return self.product.seconds / self.yardstick.seconds


def month_end(sizes: list[int], runs: int, folder: Path, run_all: bool) -> None:
    """Measure and print.

    Args:
        sizes: numbers of invoices, rising.
        runs: of product and yardstick each, in turn.
        folder: for workbooks.
        run_all: run the usual script at every size.
    """
    measured = []
    for size in sizes:
        print(f"... {size:,} invoices", flush=True)
        measured.append(measure(size, runs, folder, run_all or size <= TYPICAL_UP_TO))
    show_all(measured)


def show_all(measured: list[Measured]) -> None:
    """Print every table of month-end."""
    _show_summary(measured)
    _show_script(measured)
    for each in measured:
        _show_phases(each)
    _show_cents(measured)


def measure(size: int, runs: int, folder: Path, with_typical: bool) -> Measured:
    """Measure one size: product and yardstick in turn, the usual script once."""
    book = fresh("book", folder, size, SEED)
    source = Path(book.facts["path"])
    work = folder / "work"
    written = work / "book" / "month-end.xlsx"
    product: list[Run] = []
    yardstick: list[Run] = []
    for _ in range(runs):
        shutil.rmtree(work, ignore_errors=True)
        written.parent.mkdir(parents=True)
        shutil.copyfile(source, written)
        product.append(fresh("product", written))
        yardstick.append(fresh("yardstick", source, written, work / "yardstick.xlsx"))
    check = fresh("check", source, written)
    typical = fresh("typical", source, work / "typical.xlsx") if with_typical else None
    shutil.rmtree(work)
    return Measured(
        size, book, median_run(product), median_run(yardstick), spread(product),
        spread(yardstick), typical, check,
    )  # fmt: skip


def _show_summary(measured: list[Measured]) -> None:
    show(
        "Month-end, file to file: open, check, post, report, save, back up, read back, replace",
        ("invoices", "A s", "spread", "product s", "spread", "x A", "A cpu s", "product cpu s",
         "x A in cpu"),
        [
            (f"{m.size:,}", m.yardstick.seconds, f"{m.yardstick_spread:.0%}", m.product.seconds,
             f"{m.product_spread:.0%}", f"{m.ratio:.2f}", m.yardstick.cpu, m.product.cpu,
             f"{m.product.cpu / m.yardstick.cpu:.2f}")
            for m in measured
        ],
    )  # fmt: skip
    show(
        "Per cell and in memory; a process also starts Python and imports",
        ("invoices", "filled cells", "s per million cells", "peak MiB", "peak MiB of A",
         "s with start", "MiB of file"),
        [
            (f"{m.size:,}", m.book.facts["cells"],
             m.product.seconds / m.book.facts["cells"] * 1e6, m.product.mib, m.yardstick.mib,
             m.product.wall, m.book.facts["bytes"] / 2**20)
            for m in measured
        ],
    )  # fmt: skip
    for few, many in itertools.pairwise(measured):
        sizes = [few.size, many.size]
        product = exponent(sizes, [few.product.seconds, many.product.seconds])
        ours = exponent(sizes, [few.yardstick.seconds, many.yardstick.seconds])
        print(
            f"  growth exponent from {few.size:,} to {many.size:,}: "
            f"product {product:.2f}, A {ours:.2f}"
        )


def _show_script(measured: list[Measured]) -> None:
    """The usual script beside the product; extrapolated from the largest size that was run."""
    rows: list[tuple[object, ...]] = []
    last: Measured | None = None
    for m in measured:
        if m.typical is not None:
            last, seconds, how, mib = m, m.typical.seconds, "measured", m.typical.mib
        elif last is not None and last.typical is not None:
            seconds = last.typical.seconds * m.size / last.size
            how, mib = f"extrapolated from {last.size:,}, linear", NAN
        else:
            continue
        times = f"{seconds / m.product.seconds:.1f} times slower"
        rows.append((f"{m.size:,}", seconds, how, times, seconds / m.yardstick.seconds, mib))
    show(
        "The script people write today: openpyxl load, Python loops with Decimal, openpyxl save",
        ("invoices", "seconds", "how", "against the product", "x A", "peak MiB"),
        rows,
    )


def _show_phases(m: Measured) -> None:
    rows: list[tuple[object, ...]] = [
        (name, seconds, f"{seconds / m.product.seconds:.0%}", seconds / m.yardstick.seconds)
        for name, seconds in m.product.phases.items()
    ]
    rows += [(f"A: {name}", seconds, "", seconds / m.yardstick.seconds)
             for name, seconds in m.yardstick.phases.items()]  # fmt: skip
    show(f"Phases at {m.size:,} invoices", ("phase", "seconds", "share", "x A"), rows)


def _show_cents(measured: list[Measured]) -> None:
    show(
        "Cents of difference from a plain integer loop over the same workbook",
        ("invoices", "lines compared", "late fees", "different cents", "where"),
        [
            (f"{m.size:,}", m.check.facts["lines"], m.check.facts["fees"], m.check.facts["cents"],
             ", ".join(k for k, v in m.check.facts["differences"].items() if v) or "nowhere")
            for m in measured
        ],
    )  # fmt: skip


def deciding(sizes: list[int], runs: int) -> None:
    """Print how long it takes to decide what receipts pay, nothing read or written."""
    rows: list[tuple[object, ...]] = []
    for size in sizes:
        found = [fresh("deciding", size).facts for _ in range(runs)]
        middle = {key: sorted(run[key] for run in found)[len(found) // 2] for key in found[0]}
        rows += [
            (f"{size:,}", middle["receipts"], label.replace("_", " "), *(
                middle[f"{label}_{figure}"]
                for figure in ("seconds", "post_payments_seconds", "plain_loop_seconds",
                               "applications", "cents_of_difference")
            ))
            for label in ("oldest_first", "all_rules")
        ]  # fmt: skip
    show(
        "Deciding: receipts against open invoices, all at once, in memory",
        ("invoices", "receipts", "rules", "seconds", "with rows s", "plain loop s",
         "applications", "different cents"),
        rows,
    )  # fmt: skip


def functions(sizes: list[int], runs: int) -> None:
    """Print how long worksheet functions take, from cells to cells."""
    rows: list[tuple[object, ...]] = []
    for size in sizes:
        found = [fresh("functions", size).facts for _ in range(runs)]
        for name in found[0]["functions"]:
            seconds = [
                statistics.median(run["functions"][name][figure] for run in found)
                for figure in ("first", "later", "processor")
            ]
            cents = found[0]["cents_of_difference"] if name == "AR_AGING" else ""
            rows.append((name, f"{size:,}", *seconds, cents))
    show(
        "Worksheet functions: from rows of cells to rows of cells, in the process that serves them",
        ("function", "rows", "first call s", "later calls s", "of processor s", "different cents"),
        rows,
    )


def imports(sizes: list[int], runs: int, folder: Path) -> None:
    """Print how long it takes to import the same invoices from CSV into a new workbook."""
    rows = []
    for size in sizes:
        work = folder / "imports"
        found = []
        for _ in range(runs):
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir(parents=True)
            found.append(fresh("import", work, size, SEED))
        middle = median_run(found)
        shutil.rmtree(work)
        rows.append((
            f"{size:,}", middle.seconds, f"{spread(found):.0%}", middle.seconds / size * 1e6,
            middle.mib, middle.facts["cents"],
        ))  # fmt: skip
    show(
        "Import: the invoices from CSV as drafts of a new workbook, file to file",
        ("invoices", "seconds", "spread", "s per million rows", "peak MiB", "different cents"),
        rows,
    )


def small_save(sizes: list[int], runs: int, folder: Path) -> None:
    """Print how long it takes to save one changed cell, beside a plain copy of the file."""
    rows: list[tuple[object, ...]] = []
    for size in sizes:
        book = fresh("book", folder, size, SEED).facts
        for sheet in ("Settings", "Customers"):
            found = [
                fresh("small-save", book["path"], folder / "small", sheet).facts
                for _ in range(runs)
            ]
            copy, save = min(f["copy"] for f in found), min(f["save"] for f in found)
            rows.append((f"{size:,}", sheet, book["bytes"] / 2**20, copy, save, save / copy))
    show(
        "One cell changed and saved, the new file read back and compared; against a flushed copy",
        ("invoices", "sheet", "MiB of file", "copy s", "save s", "times"),
        rows,
    )

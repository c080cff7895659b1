"""Many letters at once: how long they take, that each says its own amount, and nobody else's name.

    python -m proofs.letters [--customers 500]

Every customer owes some items, some of them in dispute; the letters are made as the command makes
them, from built-in templates in four languages, and each is read again with python-docx. Exits
with 1 where a letter is missing, names another customer or asks for another amount.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from datetime import date
from pathlib import Path
from random import Random

from docx import Document

from ar_xl.app.papers.letterfields import values_of
from ar_xl.app.papers.lettertemplates import Templates
from ar_xl.app.papers.letterwords import LETTER_LANGUAGES
from ar_xl.app.papers.wording import Wording
from ar_xl.core.policy import LadderStep, Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.collecting.letterlist import Letter, Letters
from ar_xl.ops.collecting.letters import letters
from tests.posted_lines import book

END = date(2013, 3, 31)
NOBODY = Path("no folder of templates")


def lines(customers: int, random: Random) -> str:
    """Invoices and disputes of so many customers."""
    made = []
    for at in range(customers):
        for number in range(random.randint(1, 8)):
            amount = random.randint(20_000, 9_000_000)
            day = random.randint(1, 28)
            of = f"I{at:05}-{number} C{at:05}"
            made.append(f"invoice {of} 2013-01-05 {amount / 100:.2f} due=2013-02-{day:02}")
            if random.random() < 0.1:
                made.append(f"dispute I{at:05}-{number} 2013-03-01 120.00")
    return "\n".join(made)


def made_of(run: Letters, policy: Policy) -> dict[str, bytes]:
    """The letters by customer, each in one of the languages."""
    templates = Templates(NOBODY, "en")
    made = {}
    for at, letter in enumerate(run.now):
        chosen = templates.of(letter.template, LETTER_LANGUAGES[at % len(LETTER_LANGUAGES)])
        values = values_of(
            letter, run.late, END, str(at), {"name": f"Name of {letter.customer_id}"},
            policy.settings, Wording(chosen.language),
        )  # fmt: skip
        made[letter.customer_id] = chosen.template.letter(values, letter.step, "Sons", END)
    return made


def wrong(letter: Letter, at: int, content: bytes, everyone: set[str]) -> str:
    """What is wrong with a letter; "" where nothing is."""
    doc = Document(io.BytesIO(content))
    text = "\n".join(paragraph.text for paragraph in doc.paragraphs)
    cells = {cell.text for table in doc.tables for row in table.rows for cell in row.cells}
    named = {word.strip(".,;") for word in f"{text} {' '.join(cells)}".split()} & everyone
    if named != {letter.customer_id}:
        return f"{letter.customer_id}: the letter names {sorted(named)}"
    asked = letter.sums[0]
    wording = Wording(LETTER_LANGUAGES[at % len(LETTER_LANGUAGES)])
    missing = {wording.amount(asked.asked, "USD"), wording.amount(asked.open, "USD")} - cells
    return f"{letter.customer_id}: the letter does not say {sorted(missing)}" if missing else ""


def main() -> int:
    """Make them, read them, print how long it took; 1 where something is wrong."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--customers", type=int, default=500)
    count = reader.parse_args().customers
    ladder = (LadderStep("First reminder", 1, "Letter"),)
    policy = Policy(default_settings(company="Sons", signed_by="Ann"), ladder=ladder)
    books = book(lines(count, Random(1)), policy)
    began, busy = time.perf_counter(), time.process_time()
    run = letters(books, END)
    chosen = time.perf_counter() - began
    made = made_of(run, policy)
    took, worked = time.perf_counter() - began, time.process_time() - busy
    everyone = {letter.customer_id for letter in run.now}
    found = [
        said
        for at, letter in enumerate(run.now)
        if (said := wrong(letter, at, made[letter.customer_id], everyone))
    ]
    size = sum(len(each) for each in made.values()) // max(len(made), 1)
    print(
        f"{len(made):,} letters of {count:,} customers in {took:.1f} s ({worked:.1f} s of work; "
        f"choosing them {chosen:.2f} s), {size:,} bytes each; {len(found)} wrong"
    )
    print("\n".join(found[:10]))
    return 1 if found or len(made) != count else 0


if __name__ == "__main__":
    sys.exit(main())

"""How the tests of bank imports are written: statements as an accountant would jot them.

    DE1 EUR 100.00 .. 150.00          account, currency, opening .. closing
    2026-10-01 | 60.00  | Smith       date, amount, payer, and the bank's number where it has one
    2026-10-02 | -10.00 | Rent | 4711

`..` alone tells no balances; `~` behind the balances is a statement that is not final.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ar_xl.core.ledger import Ledger
from ar_xl.imports.bank.importer import Asked, import_bank
from ar_xl.imports.bank.parts import BankFile, BankOptions, Control, Rows, Source, Statement
from ar_xl.imports.result import ImportResult
from tests.ledger_text import frame_text


class Jotted:
    """The notation above as a bank format."""

    def __init__(self, name: str = "Jotted", mark: str = "") -> None:
        self.NAME, self.mark = name, mark.encode()

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with the mark of this format."""
        return head.startswith(self.mark)

    def read(self, source: Source, asked: BankOptions) -> BankFile:
        """Read it."""
        text = source.content.decode().removeprefix(self.mark.decode())
        blocks = [block for block in text.split("\n\n") if block.strip()]
        return BankFile(self.NAME, tuple(_statement(block) for block in blocks))


def _statement(block: str) -> Statement:
    head, *body = [line.strip() for line in block.strip().split("\n")]
    account, currency, *balances = head.split()
    marks = " ".join(balances).removesuffix("~")
    opening, _, closing = (part.strip() for part in marks.partition(".."))
    rows, controls = Rows(), []
    for number, line in enumerate(body, 1):
        if line.startswith("lines "):
            controls.append(Control("number of lines", line.split()[1], str(len(rows))))
            continue
        date, amount, payer, bank_id, *_ = [*(part.strip() for part in line.split("|")), "", ""]
        amount, _, fee = (part.strip() for part in amount.partition(" fee "))
        money, _, own = (part.strip() for part in amount.partition(" "))
        rows.add(date, money, fee=fee, currency=own, payer=payer, bank_id=bank_id,
                 place=f"line {number}", bad="amount `?`" if money == "?" else "")  # fmt: skip
    return Statement(
        "" if account == "-" else account, "" if currency == "-" else currency,
        opening=opening, closing=closing, final="~" not in head, rows=rows,
        controls=tuple(controls),
    )  # fmt: skip


def jotted(folder: Path, text: str, name: str = "bank.txt") -> Path:
    """A file of statements; indentation does not count."""
    path = folder / name
    path.write_text("\n".join(line.strip() for line in text.strip().split("\n")))
    return path


def bank(
    folder: Path,
    *texts: str,
    book: Ledger | None = None,
    skip_bad: bool = False,
    accept: bool = False,
    formats: Sequence[Jotted] = (Jotted(),),
    **reading: str,
) -> tuple[ImportResult, Ledger]:
    """Import statements, each text a file; the result, and the books after it."""
    paths = [jotted(folder, text, f"bank{i}.txt") for i, text in enumerate(texts, 1)]
    book = book or Ledger()
    asked = Asked(BankOptions(**reading), skip_bad, accept)  # type: ignore[arg-type]  # texts only
    result = import_bank(paths, book, asked, formats)
    return result, book.after(result.change)


def lines(book: Ledger, *headings: str) -> list[str]:
    """Some columns of the bank lines that stand."""
    return frame_text(book.posted("BankLines"), *(headings or ("Date", "Amount", "Payer")))


def statements(book: Ledger, *headings: str) -> list[str]:
    """Some columns of the statements that stand."""
    return frame_text(book.posted("BankStatements"), *headings)


def found(result: ImportResult) -> list[str]:
    """Names of the codes of all findings."""
    return [finding.code.name for finding in result.findings]

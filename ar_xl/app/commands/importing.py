"""The command import: foreign lists into drafts, bank files into bank lines.

What reads files is loaded by the command that needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ar_xl.app import life
from ar_xl.app.answer import Answer, sentence
from ar_xl.app.desk import Desk
from ar_xl.book.valuecodes import TABLE_MISSING
from ar_xl.core.findings import Exit, Refusal, Severity, code, errors_of
from ar_xl.imports.kinds import BANK

if TYPE_CHECKING:
    from ar_xl.imports.bank.parts import BankOptions
    from ar_xl.imports.result import ImportResult

BAD_MAP = code(
    "map_not_understood",
    Severity.ERROR,
    'our heading = their heading, such as --map "Invoice No=doc_id"',
    "Correct the --map option.",
    Exit.WRONG_CALL,
)

BAD_FILE = code(
    "file_not_imported",
    Severity.ERROR,
    "a file without errors",
    "Correct the rows named above and run the command again, or add --skip-bad to import the good "
    "ones.",
)

ADD_TABLES = "Run `ar-xl adopt` on the workbook: it adds the tables that are missing."
Say = Callable[[str], None]


def import_command(desk: Desk) -> None:
    """Read foreign files: lists into drafts, bank files into bank lines; nothing is posted."""
    from ar_xl.imports.choosing import is_bank

    given = desk.params["file"]
    paths = [Path(each) for each in (given if isinstance(given, tuple | list) else (given,))]
    kind = desk.params["kind"]
    bank = kind == BANK or is_bank(paths, kind, _reading(desk), desk.ledger)
    read = _bank if bank else _list
    result = read(desk, paths)
    desk.findings += result.findings
    desk.said += result.said
    errors = errors_of(result.findings)
    if errors and (result.is_refused or not desk.request.skip_bad):
        rows = all(finding.cell for finding in errors) and not desk.request.skip_bad
        raise Refusal(
            BAD_FILE,
            "",  # the import has said how many errors there are
            fix=BAD_FILE.fix if rows else "Do what is said above and run the command again.",
        )
    _insist_on_tables(desk, result)
    desk.add_totals(result.totals)
    desk.draft(result.change)


def _insist_on_tables(desk: Desk, result: ImportResult) -> None:
    """Refuse where a table that rows are for is not in the workbook, as in one of older days."""
    for finding in desk.ledger.findings:
        if finding.code.name == TABLE_MISSING.name and finding.table in result.change.appends:
            raise Refusal(finding.code, sentence(finding.seen), finding.expected, ADD_TABLES)


def _pairs(desk: Desk) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in desk.params["map"] or ():
        ours, mark, theirs = str(text).partition("=")
        if not mark or not ours.strip():
            raise Refusal(BAD_MAP, f"`{text}` is not a pair of headings.")
        pairs[ours.strip()] = theirs.strip()
    return pairs


def _list(desk: Desk, paths: Sequence[Path]) -> ImportResult:
    """Invoices, customers, receipts or history, of one file."""
    from ar_xl.imports.importer import ImportOptions, import_file

    asked = ImportOptions(
        map=_pairs(desk),
        dates=desk.params["dates"],
        currency=desk.params["currency"],
        decimal=desk.params["decimal"],
        sheet=desk.params["sheet"],
        skip_bad=desk.request.skip_bad,
    )
    return import_file(paths[0], desk.params["kind"], desk.ledger, asked)


def _reading(desk: Desk) -> BankOptions:
    """What readers of bank files are asked."""
    from ar_xl.imports.bank.parts import BankOptions

    def word(key: str) -> str:
        return str(desk.params[key] or "").strip()

    return BankOptions(
        map=_pairs(desk),
        dates=word("dates").lower(),
        currency=word("currency").upper(),
        account="".join(word("account").split()),
        decimal=word("decimal").lower(),
        sheet=word("sheet"),
    )


def _bank(desk: Desk, paths: Sequence[Path]) -> ImportResult:
    """Bank files, several and folders of them."""
    from ar_xl.imports.bank.importer import Asked, import_bank

    accepted = bool(desk.params["accept_unproved"])
    asked = Asked(_reading(desk), desk.request.skip_bad, accepted)
    return import_bank(paths, desk.ledger, asked)


def import_file_command(
    options: life.Options, given: Mapping[str, Any], progress: Say, _: Say
) -> Answer:
    """Import files into a workbook."""
    same = ("file", "map", "dates", "currency", "decimal", "sheet", "account", "accept_unproved")
    params = {"kind": given["as"]} | {name: given[name] for name in same}
    return life.run("import", Path(given["into"]), options, params, progress)

"""The agreement of a payment plan, as a Word file to print and sign: the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table

from ar_xl.app.papers import agreement_words as words
from ar_xl.app.papers.wordfile import packed, read_word
from ar_xl.app.papers.wording import Phrase, Wording

_GREY = RGBColor(0x59, 0x59, 0x59)
_NOTHING_SEEN = "".join(chr(code) for code in (*range(9), 11, 12, *range(14, 32)))
_WITHOUT = str.maketrans("", "", _NOTHING_SEEN)  # XML has no place for them


@dataclass(frozen=True)
class Agreement:
    """What a plan's agreement says.

    Args:
        wording: of the customer's language.
        number, company, address, pay_to: of the plan and of who is owed.
        customer, customer_address: who pays.
        agreed: the day.
        currency: of all amounts, which are minor units.
        documents: number, original due date and what is open of each item.
        disputed: of that, not in the plan.
        payments: due date, amount and the interest in it.
        grace, breaks_after: days of grace, and missed payments that end the plan.
    """

    wording: Wording
    number: str
    company: str
    address: str
    pay_to: str
    customer: str
    customer_address: str
    agreed: date
    currency: str
    documents: tuple[tuple[str, date, int], ...]
    disputed: int
    payments: tuple[tuple[date, int, int], ...]
    grace: int
    breaks_after: int


def agreement_paper(plan: Agreement) -> bytes:
    """The Word file of an agreement; nothing in it is of anybody else.

    Args:
        plan: what it says.
    """
    say = plan.wording.say
    doc = Document()
    _set_up(doc)
    _line(doc, plan.company, bold=True, size=14, after=0)
    _line(doc, plan.address, size=9, grey=True, after=0)
    doc.add_paragraph()
    _line(doc, say(words.TITLE, number=plan.number), bold=True, size=16, after=2)
    between = say(words.BETWEEN, company=plan.company, customer=plan.customer)
    _line(doc, between, after=2)
    _line(doc, plan.customer_address, size=9, grey=True, after=2)
    _line(doc, say(words.AGREED, date=plan.wording.date(plan.agreed)), after=10)
    _heading(doc, say(words.OWED))
    _owed(doc, plan)
    _heading(doc, say(words.PAYMENTS))
    _payments(doc, plan)
    if any(interest for _, _, interest in plan.payments):
        _line(doc, say(words.RECKONED))
    _heading(doc, say(words.TERMS))
    _line(doc, say(words.RESTS))
    one = plan.breaks_after == 1
    after = say(words.AFTER_ONE) if one else say(words.AFTER, count=str(plan.breaks_after))
    _line(doc, say(words.MISSED, grace=str(plan.grace), after=after))
    _line(doc, say(words.STATE, number=plan.number), after=2)
    _line(doc, plan.pay_to, after=2)
    doc.add_paragraph().paragraph_format.space_after = Pt(30)
    _signatures(doc, plan)
    made = io.BytesIO()
    doc.save(made)
    found = read_word(made.getvalue())  # leaves away who made python-docx's own template, and when
    filled = ((part, text.encode()) for part, text in found.filled.items())
    return packed(iter([*found.kept.items(), *filled]))


def _set_up(doc: Doc) -> None:
    section = doc.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(6)


def _line(
    doc: Doc, text: str, bold: bool = False, size: int = 11, grey: bool = False, after: int = 6
) -> None:
    """A paragraph; nothing where there is no text."""
    if not text.strip():
        return
    paragraph = doc.add_paragraph()
    run = paragraph.add_run(text.strip().translate(_WITHOUT))
    run.bold, run.font.size = bold or None, Pt(size)
    if grey:
        run.font.color.rgb = _GREY
    paragraph.paragraph_format.space_after = Pt(after)


def _heading(doc: Doc, text: str) -> None:
    _line(doc, text, bold=True, size=12, after=3)
    kept = doc.paragraphs[-1].paragraph_format
    kept.keep_with_next, kept.space_before = True, Pt(8)


def _owed(doc: Doc, plan: Agreement) -> None:
    wording = plan.wording
    rows = [
        (number, wording.date(due), wording.money(minor, plan.currency))
        for number, due, minor in plan.documents
    ]
    if plan.disputed:
        taken = wording.money(-plan.disputed, plan.currency)
        rows.append((wording.say(words.DISPUTED), "", taken))
    total = sum(minor for _, _, minor in plan.documents) - plan.disputed
    rows.append((wording.say(words.TOTAL), "", wording.money(total, plan.currency)))
    _table(doc, wording, (words.DOCUMENT, words.ORIGINAL, words.OPEN), rows, (75, 45, 45))


def _payments(doc: Doc, plan: Agreement) -> None:
    wording, currency = plan.wording, plan.currency
    amounts = [amount for _, amount, _ in plan.payments]
    interest = [minor for _, _, minor in plan.payments]
    columns = [
        [*(str(nth) for nth in range(1, len(amounts) + 1)), wording.say(words.TOTAL)],
        [*(wording.date(due) for due, _, _ in plan.payments), ""],
        [wording.money(minor, currency) for minor in (*amounts, sum(amounts))],
    ]
    heads = [words.NUMBER, words.DUE, words.AMOUNT]
    if any(interest):
        heads.append(words.INTEREST)
        columns.append([wording.money(minor, currency) for minor in (*interest, sum(interest))])
    rows = list(zip(*columns, strict=True))
    _table(doc, wording, heads, rows, (30, 45, 45, 45)[: len(heads)])


def _table(
    doc: Doc,
    wording: Wording,
    heads: Sequence[Phrase],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
) -> None:
    """A table whose last row is the total; columns from the third on are amounts."""
    table = doc.add_table(rows=0, cols=len(heads))
    table.style = doc.styles["Table Grid"]
    table.autofit = False
    _row(table, [wording.say(head) for head in heads], widths, bold=True)
    for nth, row in enumerate(rows, 1):
        _row(table, row, widths, bold=nth == len(rows))
    doc.add_paragraph().paragraph_format.space_after = Pt(0)


def _row(table: Table, texts: Sequence[str], widths: Sequence[int], bold: bool) -> None:
    cells = table.add_row().cells  # type: ignore[no-untyped-call]  # python-docx left it out
    for column, (cell, text, width) in enumerate(zip(cells, texts, widths, strict=True)):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        run = paragraph.add_run(text.translate(_WITHOUT))
        run.bold, run.font.size = bold or None, Pt(10)
        if column >= 2:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _signatures(doc: Doc, plan: Agreement) -> None:
    """Two lines to sign on, side by side."""
    table = doc.add_table(rows=0, cols=2)
    signed = plan.wording.say(words.SIGNED)
    for row in (("_" * 32, "_" * 32), (signed, signed), (plan.company, plan.customer)):
        _row(table, row, (82, 82), bold=row[0] == plan.company)

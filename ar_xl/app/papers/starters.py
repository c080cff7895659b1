"""The starting templates of letters, made with python-docx; the accountant edits them in Word."""

from __future__ import annotations

import io
from functools import cache

from docx import Document
from docx.document import Document as Doc
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor, Twips
from docx.table import Table
from docx.text.paragraph import Paragraph

from ar_xl.app.papers.letterwords import letter_words
from ar_xl.app.papers.letterwords.parts import LetterWords
from ar_xl.app.papers.wordfile import packed, read_word

_GREY, _RULE, _SHADE = RGBColor(0x59, 0x59, 0x59), "BFBFBF", "F2F2F2"
_WIDTHS = (29, 27, 27, 19, 35, 28)  # mm, of the table's columns
_PAGE = {"en": (Twips(12240), Twips(15840))}  # US Letter; everybody else has A4
_KEPT_STYLES = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "Header", "HeaderChar",
                "Footer", "FooterChar"}  # fmt: skip
_RIGHT = WD_ALIGN_PARAGRAPH.RIGHT


@cache
def starter(name: str, language: str) -> bytes:
    """The starting template of a letter: the same bytes each time.

    Args:
        name: of the letter, one of LETTERS.
        language: one of LETTER_LANGUAGES.
    """
    words = letter_words(language)
    body = words.bodies[name]
    doc = Document()
    _prune(doc)
    _set_up(doc, language)
    _head(doc, words)
    subject = _text(doc, body.subject, bold=True, size=13)
    subject.paragraph_format.space_before = Pt(10)
    subject.paragraph_format.space_after = Pt(8)
    dear = f"{{% if customer.contact %}}{words.dear}{{% else %}}{words.dear_nobody}{{% endif %}}"
    for text in (dear, *body.before):
        _text(doc, text)
    _tables(doc, words)
    _where(doc, "disputed", words.in_dispute)
    _where(doc, "plan", "{{ plan }}")
    _where(doc, "fee_notice", "{{ fee_notice }}")
    for text in body.after:
        _text(doc, text)
    _where(doc, "company.pay_to", words.pay_to)
    for paragraph in doc.paragraphs[-4:]:
        paragraph.paragraph_format.keep_with_next = True  # a signature is not alone on a page
    _signature(doc, words)
    _footer(doc, words)
    made = io.BytesIO()
    doc.save(made)
    found = read_word(made.getvalue())  # leaves away who made python-docx's own template, and when
    filled = ((part, text.encode()) for part, text in found.filled.items())
    return packed(iter([*found.kept.items(), *filled]))


def _prune(doc: Doc) -> None:
    """Leave the few styles that a letter has, of the 160 that python-docx comes with."""
    styles = doc.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in _KEPT_STYLES:
            styles.remove(style)
    for name, relation in list(doc.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            del doc.part.rels[name]


def _set_up(doc: Doc, language: str) -> None:
    section = doc.sections[0]
    section.page_width, section.page_height = _PAGE.get(language, (Mm(210), Mm(297)))
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(7)


def _text(doc: Doc, text: str, bold: bool = False, size: int = 0, grey: bool = False) -> Paragraph:
    paragraph: Paragraph = doc.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if grey:
        run.font.color.rgb = _GREY
    return paragraph


def _where(doc: Doc, field: str, text: str) -> None:
    """A paragraph that is there only where a field holds something."""
    for each in (f"{{%p if {field} %}}", text, "{%p endif %}"):
        _text(doc, each)


def _head(doc: Doc, words: LetterWords) -> None:
    name = _text(doc, "{{ company.name }}", bold=True, size=15)
    name.paragraph_format.space_after = Pt(0)
    address = _text(doc, "{{ company.address }}", size=9, grey=True)
    address.paragraph_format.space_after = Pt(0)
    lines = "{% if company.phone %}{{ company.phone }}{% endif %}{% if company.phone and company." \
            "email %}  ·  {% endif %}{{ company.email }}"  # fmt: skip
    reached = _text(doc, lines, size=9, grey=True)
    _rule(reached)
    reached.paragraph_format.space_after = Pt(22)
    block = _text(doc, "{{ customer.block }}")
    block.paragraph_format.space_after = Pt(20)
    dated = _text(doc, "{{ letter.date }}")
    dated.alignment = _RIGHT
    dated.paragraph_format.space_after = Pt(2)
    label = (
        f"{words.reference}: {{{{ letter.number }}}}  ·  {words.customer}: {{{{ customer.id }}}}"
    )
    reference = _text(doc, label, size=9, grey=True)
    reference.alignment = _RIGHT


def _rule(paragraph: Paragraph) -> None:
    """A thin line below a paragraph."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "4"), ("color", _RULE)):
        bottom.set(qn(f"w:{key}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _tables(doc: Doc, words: LetterWords) -> None:
    """One table a currency: the items, then what is taken off, then what is asked for."""
    _text(doc, "{%p for table in tables %}")
    caption = _text(doc, words.amounts_in, size=9, grey=True)
    caption.paragraph_format.space_before = Pt(6)
    caption.paragraph_format.space_after = Pt(2)
    caption.paragraph_format.keep_with_next = True
    table = doc.add_table(rows=0, cols=len(_WIDTHS))
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    headings = (words.document, words.date, words.due, words.days, words.open, words.disputed)
    _row(table, headings, bold=True, shade=True, repeat=True)
    _row(table, ("{%tr for item in table.items %}",))
    _row(table, (
        "{{ item.number }}", "{{ item.date }}", "{{ item.due }}",
        "{% if item.days %}{{ item.days }}{% endif %}", "{{ item.open }}", "{{ item.disputed }}",
    ))  # fmt: skip
    _row(table, ("{%tr endfor %}",))
    _total(table, words.total, "{{ table.total }}", line=True)
    for field, label in (
        ("disputed", words.less_disputed),
        ("planned", words.less_planned),
        ("credits", words.less_credits),
        ("promised", words.less_promised),
    ):
        _row(table, (f"{{%tr if table.{field} %}}",))
        _total(table, label, f"−{{{{ table.{field} }}}}")
        _row(table, ("{%tr endif %}",))
    _total(table, words.please_pay, "{{ table.asked }}", bold=True, line=True)
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Mm(width)
    _text(doc, "{%p endfor %}")
    gap = _text(doc, "")
    gap.paragraph_format.space_after = Pt(0)


def _row(
    table: Table, texts: tuple[str, ...], bold: bool = False, shade: bool = False,
    repeat: bool = False, line: bool = False,
) -> None:  # fmt: skip
    row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx left it out
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeat:
        properties.append(OxmlElement("w:tblHeader"))
    for column, cell in enumerate(row.cells):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.paragraph_format.space_before = Pt(2)
        run = paragraph.add_run(texts[column] if column < len(texts) else "")
        run.bold, run.font.size = bold or None, Pt(10)
        if column >= 3:
            paragraph.alignment = _RIGHT
        if shade or line:
            _finish(cell._tc.get_or_add_tcPr(), shade, line)


def _total(table: Table, label: str, amount: str, bold: bool = False, line: bool = False) -> None:
    _row(table, (label, "", "", "", amount), bold, line=line)
    cells = table.rows[-1].cells
    merged = cells[0].merge(cells[3])
    for extra in merged.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)


def _finish(properties: BaseOxmlElement, shade: bool, line: bool) -> None:
    """A line above a cell, and grey behind it."""
    if line:
        borders = OxmlElement("w:tcBorders")
        top = OxmlElement("w:top")
        for key, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", _RULE)):
            top.set(qn(f"w:{key}"), value)
        borders.append(top)
        properties.append(borders)
    if shade:
        behind = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE)):
            behind.set(qn(f"w:{key}"), value)
        properties.append(behind)


def _signature(doc: Doc, words: LetterWords) -> None:
    closing = _text(doc, words.closing)
    closing.paragraph_format.space_before = Pt(8)
    closing.paragraph_format.space_after = Pt(34)
    closing.paragraph_format.keep_with_next = True
    name = _text(doc, "{{ signature }}")
    name.paragraph_format.space_after = Pt(0)
    name.paragraph_format.keep_with_next = True
    _text(doc, "{{ company.name }}")


def _footer(doc: Doc, words: LetterWords) -> None:
    paragraph = doc.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for word in words.page.split(" "):
        if word in ("PAGE", "PAGES"):
            _field(paragraph, "NUMPAGES" if word == "PAGES" else "PAGE")
            _small(paragraph, " ")
        else:
            _small(paragraph, f"{word} ")


def _small(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), _GREY


def _field(paragraph: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    look, size, color = OxmlElement("w:rPr"), OxmlElement("w:sz"), OxmlElement("w:color")
    size.set(qn("w:val"), "18")
    color.set(qn("w:val"), str(_GREY))
    look.extend((color, size))
    run.append(look)
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)

"""Statements as files: what a customer sees, and that nobody sees anything of anybody else."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DecodedStreamObject, EncodedStreamObject

from ar_xl.app.papers.drawing import A4, LETTER, page_size, pdf, usable_logo
from ar_xl.app.papers.sender import Sender
from ar_xl.app.papers.statement_book import statement_book
from ar_xl.app.papers.statement_pages import Making, statement_pages
from ar_xl.app.papers.typefaces import undrawable
from ar_xl.core.policy import Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.statements.deciding import Asked, Statement, statements
from tests.posted_lines import book

END = date(2026, 10, 31)
POLICY = Policy(
    settings=default_settings(company="Muster & Söhne", base_currency="EUR", pay_to="IBAN DE02")
)
BOOKS = """
    customer CANARY-A name=Alpha~Äther address=Alphaweg~1 language=de email=a@a.test notes=NOTE-A
    customer CANARY-B name=Βήτα~Ναυτιλία address=Betaweg~2 language=en email=b@b.test notes=NOTE-B
    customer CANARY-C name=Gamma~KK language=fr parent_id=CANARY-A
    invoice INV-A1 CANARY-A 2026-08-01 1234.56 due=2026-09-01 cur=EUR
    invoice INV-A2 CANARY-A 2026-10-05 100.00 due=2026-11-05 cur=EUR
    receipt REC-A1 CANARY-A 2026-10-09 34.56 cur=EUR
    dispute INV-A1 2026-10-10 20.00
    invoice INV-B1 CANARY-B 2026-08-01 7654.32 due=2026-09-01 cur=EUR
    receipt REC-B1 CANARY-B 2026-10-09 9000.00 cur=EUR
    invoice INV-C1 CANARY-C 2026-08-01 1234567 due=2026-09-01 cur=JPY
    invoice INV-C2 CANARY-C 2026-08-01 1234.567 due=2026-09-01 cur=KWD
    receipt REC-A2 CANARY-A 2026-10-09 500 cur=JPY
    apply REC-A2 INV-C1 500 2026-10-09
    """  # fmt: skip
OF = {
    "CANARY-A": ["CANARY-A", "Alpha", "Alphaweg", "INV-A", "REC-A", "1.234,56"],
    "CANARY-B": ["CANARY-B", "Ναυτιλία", "Betaweg", "REC-B", "9,000.00"],
    "CANARY-C": ["CANARY-C", "Gamma", "INV-C", "1 234 067"],
}
NOWHERE = ["NOTE-A", "NOTE-B", "@a.test", "@b.test"]


def making(asked: Asked, logo: bytes | None = None) -> tuple[Making, dict[str, Statement]]:
    decided = statements(book(BOOKS, POLICY), asked)
    made = Making(Sender(POLICY.settings, logo), asked, decided.names, lambda *_: ())
    return made, {each.recipient.customer_id: each for each in decided.papers}


def printed(made: Making, *papers: Statement, both_sides: bool = False) -> bytes:
    pages = [statement_pages(made, each) for each in papers]
    return pdf(pages, A4, "Statement", made.sender.name, made.sender.logo, both_sides)


def everything_in_pdf(content: bytes) -> str:
    """Texts of the pages, every stream inflated, and the bytes as they are."""
    reader = PdfReader(BytesIO(content))
    said = [page.extract_text().replace("\u00a0", " ") for page in reader.pages]
    said.append(str(reader.metadata))
    for number in range(1, len(reader.xref[0]) + 1):
        held = reader.get_object(number)
        if isinstance(held, DecodedStreamObject | EncodedStreamObject):
            said.append(held.get_data().decode("latin-1"))
    return "\n".join([*said, content.decode("latin-1")])


def everything_in_zip(content: bytes) -> str:
    """Names and contents of all parts, and texts as cells show them."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        said = [name + parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
    return "\n".join(said)


@pytest.mark.parametrize("since", [None, date(2026, 10, 1)])
def test_nothing_of_another_customer_is_anywhere_in_a_file(since: date | None) -> None:
    made, papers = making(Asked(END, since))
    assert set(papers) == set(OF)
    for customer, paper in papers.items():
        files = [
            everything_in_pdf(printed(made, paper)),
            everything_in_zip(statement_book(made, paper)),
        ]
        for said in files:
            others = [word for other, words in OF.items() if other != customer for word in words]
            assert [word for word in (*others, *NOWHERE) if word in said] == []
        assert [word for word in OF[customer] if word not in files[0]] == []


def test_a_statement_to_the_parent_has_the_account_of_each_child_and_of_nobody_else() -> None:
    made, papers = making(Asked(END, to_parent=True))
    said = everything_in_pdf(printed(made, papers["CANARY-A"]))
    assert "Gamma KK (CANARY-C)" in said
    assert "CANARY-B" not in said


def test_the_same_statement_gives_the_same_bytes() -> None:
    made, papers = making(Asked(END))
    one = papers["CANARY-A"]
    assert printed(made, one) == printed(made, one)
    assert statement_book(made, one) == statement_book(made, one)


def test_properties_name_the_company_and_no_person() -> None:
    made, papers = making(Asked(END))
    info = PdfReader(BytesIO(printed(made, papers["CANARY-A"]))).metadata
    assert info is not None
    assert (info.author, info.creator) == ("Muster & Söhne", "ar_xl")
    opened = openpyxl.load_workbook(BytesIO(statement_book(made, papers["CANARY-A"])))
    assert opened.properties.creator == "Muster & Söhne"
    assert opened.properties.lastModifiedBy == "Muster & Söhne"


def test_a_workbook_has_one_sheet_with_real_numbers_and_dates_and_no_formula() -> None:
    made, papers = making(Asked(END))
    opened = openpyxl.load_workbook(BytesIO(statement_book(made, papers["CANARY-C"])))
    (sheet,) = opened.worksheets
    assert sheet.page_setup.fitToHeight == 0
    fits = sheet.sheet_properties.pageSetUpPr
    assert fits is not None
    assert fits.fitToPage
    values = [cell.value for row in sheet for cell in row if cell.value is not None]
    assert 1234.567 in values
    assert 1234067 in values
    assert not [value for value in values if isinstance(value, str) and value.startswith("=")]
    assert {cell.number_format for row in sheet for cell in row if cell.value == 1234.567} == {
        "#,##0.000"
    }


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    text = BOOKS.replace("name=Gamma~KK", "name=+cmd|calc!A1 address=https://x.example")
    decided = statements(book(text, POLICY), Asked(END))
    made = Making(Sender(POLICY.settings), Asked(END), decided.names, lambda *_: ())
    paper = next(each for each in decided.papers if each.recipient.customer_id == "CANARY-C")
    said = everything_in_zip(statement_book(made, paper))
    assert "<f>" not in said
    assert "hyperlink" not in said.replace("hyperlinkBase", "")


def test_of_several_papers_in_one_pdf_each_begins_on_a_sheet_of_its_own() -> None:
    made, papers = making(Asked(END))
    both = [papers["CANARY-A"], papers["CANARY-C"]]
    reader = PdfReader(BytesIO(printed(made, *both, both_sides=True)))
    texts = [page.extract_text() for page in reader.pages]
    assert [("CANARY-A" in text, "CANARY-C" in text) for text in texts] == [
        (True, False), (False, False), (False, True), (False, True)
    ]  # fmt: skip


def test_every_page_says_of_how_many_it_is_one_and_repeats_the_headings() -> None:
    lines = "\n".join(f"invoice N-{n:03} CANARY-A 2026-09-01 1.00 cur=EUR" for n in range(120))
    decided = statements(book(f"{BOOKS}\n{lines}", POLICY), Asked(END))
    made = Making(Sender(POLICY.settings), Asked(END), decided.names, lambda *_: ())
    pages = PdfReader(BytesIO(printed(made, decided.papers[0]))).pages
    texts = [page.extract_text() for page in pages]
    count = len(texts)
    assert [f"Seite {n} von {count}" in text for n, text in enumerate(texts, 1)] == [True] * count
    assert sum("Beleg" in text for text in texts) >= 3
    assert sum(text.count("N-077") for text in texts) == 2, "once as an item, once to tick"


def test_characters_that_no_font_has_are_named_and_those_of_greek_and_chinese_are_drawn() -> None:
    assert undrawable(["Żółć", "Ναυτιλία", "Ёлка", "株式会社", "한국", "a\u200bb"]) == ""
    assert undrawable(["שלום"]) == "שלום", "our font has the letters, and not their direction"
    assert undrawable(["سلام", "नमस्ते"]) != ""


def test_a_logo_loses_everything_but_its_pixels() -> None:
    out = BytesIO()
    Image.new("RGB", (2000, 10), "red").save(out, "JPEG", comment=b"SECRET", exif=b"Exif\0\0SECRET")
    assert b"SECRET" in out.getvalue()
    clean = usable_logo(out.getvalue())
    assert clean is not None
    assert b"SECRET" not in clean
    assert Image.open(BytesIO(clean)).size == (600, 3)
    assert usable_logo(b"no picture") is None
    out.seek(30)
    out.write(bytes(40))
    assert usable_logo(out.getvalue()) is None, "a picture that is damaged"


def test_a_logo_that_would_start_another_program_is_none() -> None:
    out = BytesIO()
    Image.new("RGB", (9, 9)).save(out, "EPS")
    assert usable_logo(out.getvalue()) is None


def test_paper_is_what_the_country_of_the_books_prints_on() -> None:
    assert (page_size("USD"), page_size("EUR"), page_size("GBP")) == (LETTER, A4, A4)

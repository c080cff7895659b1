"""Letters from Word templates: what they print, and what is no template."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document

from ar_xl.app.papers.letterfields import FIELDS
from ar_xl.app.papers.letterwords import LETTER_LANGUAGES, LETTERS
from ar_xl.app.papers.starters import starter
from ar_xl.app.papers.wordletter import MOST_MARKS, read_template
from ar_xl.core.findings import Refusal
from tests.app.papers.word import END, filled, parts_of, template, values, with_link, with_parts

NAME = "{{ customer.name }}"


def refused(content: bytes) -> str:
    with pytest.raises(Refusal) as refusal:
        filled(content)
    return f"{refusal.value.seen} {refusal.value.fix}"


def test_a_field_prints_what_the_workbook_says() -> None:
    assert filled(template(f"Dear {NAME},"), name="Acme Ltd") == ["Dear Acme Ltd,"]


@pytest.mark.parametrize(
    "name", ["R&D <Ltd>", "{{ company.name }}", "{% raw %}", "a}}b{{c", "\"Q\" & 'q'", "</w:t>"]
)
def test_a_name_prints_as_it_is_whatever_is_in_it(name: str) -> None:
    assert filled(template(NAME), name=name) == [name]


def test_what_no_paper_can_hold_is_left_away_and_a_line_break_stays() -> None:
    assert filled(template(NAME), name="A\x00\x0b\u202eB\r\nC") == ["AB\nC"]


def test_a_field_that_word_cut_into_pieces_is_one_field() -> None:
    pieces = ("{", "{ cust", "omer.na", "me }", "}")
    runs = "".join(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{each}</w:t></w:r>" for each in pieces)
    odd = '<w:proofErr w:type="spellStart"/>'
    assert filled(template(body=f"<w:p>{odd}{runs}</w:p>"), name="Acme") == ["Acme"]


def test_120_in_dispute_of_1000_asks_for_880_and_currencies_stand_apart() -> None:
    said = filled(template("{{ asked }}; {{ disputed }}"))
    assert said == ["EUR\u00a030.00 and USD\u00a0880.00; USD\u00a0120.00"]


def test_choices_and_lists_in_paragraphs_and_rows() -> None:
    assert filled(
        template(
            "{%p for table in tables %}",
            "{{ table.currency }} {% for item in table.items %}{{ item.number }}{% endfor %}",
            "{%p if table.disputed %}",
            "less {{ table.disputed }}",
            "{%p endif %}",
            "{%p endfor %}",
        )
    ) == ["EUR A2", "USD A1", "less 120.00"]


def test_a_field_that_there_is_not_is_named_with_those_that_there_are() -> None:
    said = refused(template("Hello", "Dear {{ custmer.name }}, you"))
    assert "Test.docx: there is no field `custmer.name`. Did you mean customer.name?" in said
    assert "in `Dear {{ custmer.name }}, you`" in said
    assert "customer.address" in said


def test_a_wrong_field_is_found_where_no_letter_of_today_would_print_it() -> None:
    said = refused(template("{% if returned.amount %}{{ returned.chek }}{% endif %}"))
    assert "returned.chek" in said


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ customer.__class__ }}",
        "{{ range(10) }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ customer.name.upper() }}",
        "{{ tables[0] }}",
        "{% set x = 1 %}",
        "{% macro m() %}{% endmacro %}",
        "{% include 'x' %}",
        "{{ customer.name|replace('a', 'aa') }}",
        "{% for a in tables recursive %}{{ loop(tables) }}{% endfor %}",
        "{% for a in tables %}{% for b in tables %}{% for c in tables %}{% endfor %}{% endfor %}"
        "{% endfor %}",
        "{% for c in customer.name %}{{ c }}{% endfor %}",
    ],
)
def test_nothing_in_a_template_runs_or_grows_beyond_measure(text: str) -> None:
    assert "Test.docx" in refused(template(text))


@pytest.mark.parametrize(
    "text", ["{{ customer.name", "{% if asked %}x", "{{ }}", "{% endfor %}", "{{ a {{ b }}"]
)
def test_what_is_not_written_to_its_end_is_said_with_its_place(text: str) -> None:
    said = refused(template("Hello", text))
    assert "Test.docx" in said
    assert "{" in said


def test_a_part_with_too_many_fields_is_refused() -> None:
    assert "more fields" in refused(template("{{ asked }}" * (MOST_MARKS + 1)))


_CROSSING = (
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{%p if promise.amount %}</w:t></w:r></w:p><w:p/></w:tc>"
    "</w:tr></w:tbl><w:p><w:r><w:t>{%p endif %}</w:t></w:r></w:p>"
)


def _macros() -> bytes:
    types = parts_of(template("x"))["[Content_Types].xml"].replace(
        b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml"
    )
    return with_parts(template("x"), {"[Content_Types].xml": types, "word/vbaProject.bin": b"x"})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"plain text", "is no Word document"),
        (b"", "is no Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "protected by a password, or of an old version"),
        (template("x")[:900], "is no Word document"),
        (with_parts(template("x"), {"word/document.xml": b"<a"}), "is damaged"),
        (
            with_parts(template("x"), {"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
            "is damaged",
        ),
        (with_parts(template("x"), {"word/media/a.bin": b"\0" * 31_000_000}), "much larger"),
        (_macros(), "has macros"),
        (with_link("attachedTemplate", "https://x.example/a.dotm"), "an attached template"),
        (with_link("image", "https://x.example/a.png"), "a linked picture"),
        (with_link("oleObject", "embeddings/a.bin", outside=False), "an embedded object"),
        (with_link("comments", "comments.xml", outside=False), "holds comments"),
        (template(body="<w:p><w:ins w:id='1'><w:r/></w:ins></w:p>"), "tracked changes"),
        (
            template(
                body='<w:p><w:r><w:instrText> INCLUDE</w:instrText></w:r><w:r>'
                '<w:instrText>TEXT "c:\\\\a"</w:instrText></w:r></w:p>'
            ),
            "INCLUDETEXT",
        ),
        (template(body='<w:p><w:fldSimple w:instr=" DDEAUTO x y "/></w:p>'), "DDEAUTO"),
        (template("{%p if asked %} and more", "{%p endif %}"), "there is more in it"),
        (template("{% if asked %}" * 900 + "{% endif %}" * 900), "too deep"),
        (template(body="<w:tbl><w:tr><w:tc>" * 99 + "</w:tc></w:tr></w:tbl>" * 99), "too deep"),
        (template(body=_CROSSING), "makes letters that Word cannot open"),
    ],
)  # fmt: skip
def test_what_is_no_template_for_letters_is_refused_in_a_sentence(
    content: bytes, said: str
) -> None:
    assert said in refused(content)


def field(code: str) -> str:
    """A paragraph with a field of Word; `|` ends one piece and begins the next."""
    pieces = "".join(
        f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>'
        for piece in code.split("|")
    )
    ends = [f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "end")]
    return f"<w:p>{ends[0]}{pieces}{ends[1]}</w:p>"


NESTED = field("REF a").removeprefix("<w:p>").removesuffix("</w:p>")
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@pytest.mark.parametrize(
    "body",
    [
        field("{# x #}INCLUDETEXT c"),
        field("INCLUDE{# x #}TEXT c"),
        field("INCL|UDETEXT c"),
        field("{{ 'ddeauto'|upper }} c"),
        field("{% if asked %}DDE{% endif %}AUTO c"),
        field("P{# x #}AGE"),
        field("QUOTE 68 68 69"),
        field("FILLIN"),
        field("IF 1=1 |").replace("IF 1=1 </w:instrText></w:r>", "</w:instrText></w:r>" + NESTED)
        + field("DDE"),
        field("").replace('"preserve"></w:instrText></w:r>', '"preserve"/></w:r>' + NESTED + "<w:r>"
                          "<w:instrText> c</w:instrText></w:r>"),
        field("DDE").replace("instrText", "delInstrText"),
        '<w:p><w:fldSimple w:instr="IN{# #}CLUDEPICTURE c"/></w:p>',
        f'<w:p><x:AlternateContent xmlns:x="{MC}"><x:Choice Requires="w"><w:r>'
        '<w:fldChar w:fldCharType="end"/></w:r></x:Choice></x:AlternateContent></w:p>',
        field("PAGE").replace("<w:r><w:instr", '<y:y xmlns:y="y"><w:r><w:instr', 1).replace(
            "</w:instrText></w:r>", "</w:instrText></w:r></y:y>"),
        "<w:p><w:r><w:t>{{ asked</w:t></w:r></w:p>" + field("DDE c") + "<w:p>}}</w:p>",
        '<w:altChunk xmlns:r="r" r:id="rId1"/>',
    ],
)  # fmt: skip
def test_no_letter_holds_a_field_of_word_that_loads_or_runs(body: str) -> None:
    assert "field of" in (said := refused(template(body=body))) or "field that" in said or (
        "an embedded object" in said
    )  # fmt: skip


def test_fields_for_pages_and_dates_may_stay() -> None:
    nested = field("IF 1=1 |a").replace("a</w:instr", "</w:instr").replace("<w:r><w:instrText "
             'xml:space="preserve"></w:instrText></w:r>', NESTED)  # fmt: skip
    body = field(" PAGE ") + field(' date \\@ "d. M. yyyy"') + field("=1+2") + nested
    assert filled(template(NAME, body=body + f"<w:p><w:r><w:t>{NAME}</w:t></w:r></w:p>"), name="A")


def test_what_only_the_filled_letter_shows_is_refused_too() -> None:
    half = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PA</w:instrText>'
    text = "<w:r><w:t>{% if asked %}</w:t></w:r>"
    assert "a field that" in refused(template(body=f"{half}</w:r>{text}</w:p>"
        "<w:p><w:r><w:instrText>GE</w:instrText></w:r><w:r><w:t>{% else %}</w:t></w:r><w:r>"
        "<w:instrText>X</w:instrText></w:r><w:r><w:t>{% endif %}</w:t></w:r></w:p>"))  # fmt: skip


@pytest.mark.parametrize("name", ["word/header9.XML", "word/header9.dat", "word/media/a.png"])
def test_a_part_that_is_xml_is_looked_at_whatever_its_name(name: str) -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    part = f'<w:hdr xmlns:w="{space}">{field("DDEAUTO c")}</w:hdr>'
    assert "DDEAUTO" in refused(with_parts(template("x"), {name: part.encode()}))


def test_a_link_to_click_is_no_picture_to_load() -> None:
    linked = with_link("hyperlink", "https://x.example/a.png")
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    drawing = (
        f'<w:p><w:r><a:blip xmlns:a="a" xmlns:r="{space}" r:link="rId99"/></w:r></w:p></w:body>'
    )
    body = parts_of(linked)["word/document.xml"].replace(b"</w:body>", drawing.encode())
    assert "from elsewhere" in refused(with_parts(linked, {"word/document.xml": body}))


def test_what_no_letter_keeps_may_hold_anything() -> None:
    filled(with_parts(template(NAME), {"customXml/item1.xml": b"<control>of a form</control>"}))


def test_a_picture_is_in_the_file_and_not_elsewhere() -> None:
    shape = '<w:p><w:r><w:pict><v:imagedata xmlns:v="v" src="http://x.example/a.png"/></w:pict>'
    assert "a linked picture" in refused(template(body=f"{shape}</w:r></w:p>"))


def test_a_link_that_somebody_may_click_is_no_harm() -> None:
    assert read_template("Test.docx", with_link("hyperlink", "https://x.example/"))
    field = '<w:p><w:r><w:instrText> HYPERLINK "https://x.example/link"</w:instrText></w:r></w:p>'
    assert read_template("Test.docx", template(body=field))


def test_a_letter_tells_nothing_of_who_made_the_template() -> None:
    core = b"<cp:x xmlns:cp='y'><dc:creator xmlns:dc='z'>Secret Author</dc:creator></cp:x>"
    made = with_parts(template(NAME), {"docProps/core.xml": core, "docProps/custom.xml": core})
    letter = read_template("Test.docx", made).letter(values(), "First", "Sons & Co", END)
    assert not [name for name, each in parts_of(letter).items() if b"Secret" in each]
    properties = Document(io.BytesIO(letter)).core_properties
    assert (properties.author, properties.last_modified_by) == ("Sons & Co", "Sons & Co")
    assert (properties.title, f"{properties.created:%Y-%m-%d}") == ("First", "2013-03-31")


def test_the_same_letter_is_the_same_file_byte_for_byte() -> None:
    read = read_template("Test.docx", template(NAME))
    assert len({read.letter(values(), "First", "Sons", END) for _ in range(2)}) == 1


@pytest.mark.parametrize(("name", "language"), [*zip(LETTERS, LETTER_LANGUAGES, strict=False)])
def test_a_starting_template_can_be_filled_in(name: str, language: str) -> None:
    said = "\n".join(filled(starter(name, language), name="Acme"))
    assert "Acme" in said
    assert "{" not in said


@pytest.mark.heavy
@pytest.mark.parametrize("language", LETTER_LANGUAGES)
@pytest.mark.parametrize("name", LETTERS)
def test_every_starting_template_can_be_filled_in(name: str, language: str) -> None:
    test_a_starting_template_can_be_filled_in(name, language)


def test_the_page_lists_every_field() -> None:
    page = (Path(__file__).parents[3] / "docs" / "COLLECTIONS.md").read_text(encoding="utf-8")
    for path, note in FIELDS:
        shown = path.replace("tables[].items[]", "item").replace("tables[]", "table")
        assert f"| `{{{{ {shown} }}}}` | {note} |" in page

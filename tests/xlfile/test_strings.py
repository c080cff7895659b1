from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ar_xl.xlfile.errors import DamagedWorkbook
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.strings import Pool, exact_shared, quick_shared

from .packages import book_of, parts_of, shared_xml, sheet_xml, write_parts


def both_ways(items: str, chunk: int = 1 << 20) -> list[str]:
    """The strings of a part, the quick way, which must give what the exact way gives."""
    content = shared_xml(items)
    chunks = [content[at : at + chunk] for at in range(0, len(content), chunk)]
    quick = [text for piece in quick_shared(chunks, "p") for text in piece]
    assert quick == exact_shared([content], "p")
    return quick


def test_rich_text_is_joined_and_phonetic_hints_are_left_out() -> None:
    rich = (
        '<si><r><t>Acme </t></r><r><rPr><b/></rPr><t xml:space="preserve"> GmbH</t></r>'
        "<rPh sb='0' eb='1'><t>akume</t></rPh></si>"
    )
    assert both_ways(rich) == ["Acme GmbH"]


def test_space_at_the_ends_is_kept_where_the_file_says_so() -> None:
    items = '<si><t xml:space="preserve"> 00123 </t></si><si><t> 00123 </t></si>'
    assert both_ways(items) == [" 00123 ", "00123"]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a_x000D_b", "a\rb"),
        ("_x005F_x000D_", "_x000D_"),
        ("_x000d_", "\r"),
        ("_x00ZZ_ _x1_", "_x00ZZ_ _x1_"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("R&amp;D &lt;b&gt; &#x41;&#66; &quot;&apos;", "R&D <b> AB \"'"),
        ("&amp;lt;", "&lt;"),
        ("&amp;amp;#65;", "&amp;#65;"),
        ("=1+1", "=1+1"),
        ("\u20ac \U0001f600 \u65e5\u672c", "\u20ac \U0001f600 \u65e5\u672c"),
    ],
)
def test_escapes_and_entities_become_their_characters(written: str, text: str) -> None:
    assert both_ways(f"<si><t>{written}</t></si>") == [text]


@pytest.mark.parametrize(
    "item", ["<si/>", "<si></si>", "<si><t/></si>", "<si><t></t></si>", "<si> <t></t> </si>"]
)
def test_an_empty_string_is_a_string(item: str) -> None:
    assert both_ways(f"<si><t>a</t></si>{item}<si><t>b</t></si>") == ["a", "", "b"]


@pytest.mark.parametrize(
    "items",
    [
        "<si><t><![CDATA[a<b]]></t></si>",
        "<!-- <si><t>no</t></si> --><si><t>yes</t></si>",
        '<si xml:lang="de"><t>a</t></si>',
        "<si ><t >a</t ></si >",
    ],
)
def test_what_the_quick_way_cannot_cut_goes_the_exact_way(tmp_path: Path, items: str) -> None:
    package = book_of(tmp_path, "", shared=items)
    assert list(Pool(package).texts) == []
    pool = Pool(package)
    assert [pool.texts[index] for index in pool.shared] == exact_shared([shared_xml(items)], "p")


def test_another_prefix_or_encoding_makes_no_difference(tmp_path: Path) -> None:
    plain = shared_xml("<si><t>a</t></si>")
    prefixed = plain.replace(b"<sst xmlns=", b"<x:sst xmlns:x=").replace(b"</sst", b"</x:sst")
    prefixed = prefixed.replace(b"<si><t>a</t></si>", b"<x:si><x:t>a</x:t></x:si>")
    for content in (prefixed, plain.decode().encode("utf-16")):
        path = write_parts(tmp_path / "a.xlsx", parts_of(sheet_xml(""), content))
        pool = Pool(Package.open(path))
        assert [pool.texts[index] for index in pool.shared] == ["a"]


@pytest.mark.parametrize("broken", ["&nbsp;", "a & b", "&#0;", "&#xD800;", "&#65", "&#1_0;"])
def test_an_entity_that_xml_does_not_have_is_damage(broken: str) -> None:
    with pytest.raises(DamagedWorkbook):
        both_ways(f"<si><t>{broken}</t></si>")


def test_equal_texts_have_one_index_wherever_they_stand(tmp_path: Path) -> None:
    items = "<si><t>USD</t></si><si><t>EUR</t></si><si><r><t>USD</t></r></si>"
    pool = Pool(book_of(tmp_path, "", shared=items))
    assert pool.shared.tolist() == [0, 1, 0]
    assert pool.intern(["EUR", "JPY", "USD", "JPY"]).tolist() == [1, 2, 0, 2]
    assert pool.texts.tolist() == ["USD", "EUR", "JPY"]


def test_a_workbook_without_shared_strings_has_an_empty_pool(tmp_path: Path) -> None:
    pool = Pool(book_of(tmp_path, ""))
    assert len(pool.shared) == len(pool) == 0


XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(" \t\n&<_x0D5F"), max_size=12
)


@given(
    st.lists(st.tuples(XML_TEXT, st.sampled_from(["", ' xml:space="preserve"']), st.booleans())),
    st.integers(1, 300),
)
def test_the_quick_way_equals_the_exact_way_on_any_strings(
    strings: list[tuple[str, str, bool]], chunk: int
) -> None:
    def item(text: str, space: str, rich: bool) -> str:
        text = text.replace("&", "&amp;").replace("<", "&lt;")
        return f"<si><r><t{space}>{text}</t></r></si>" if rich else f"<si><t{space}>{text}</t></si>"

    assert len(both_ways("".join(item(*string) for string in strings), chunk)) == len(strings)

"""The agreement of a payment plan: in the customer's language, of one customer, the same bytes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from ar_xl.app.papers.agreement import Agreement, agreement_paper
from ar_xl.app.papers.wording import LANGUAGES, Wording

PLAN = Agreement(
    wording=Wording("de"), number="PL-1", company="Try & Söhne", address="1 Road", pay_to="",
    customer="Bolt <GmbH>", customer_address="Weg 2\n1010 Wien", agreed=date(2026, 3, 11),
    currency="EUR", documents=(("INV-3", date(2026, 2, 2), 110_000),), disputed=10_000,
    payments=((date(2026, 4, 1), 50_345, 345), (date(2026, 5, 1), 50_200, 200)), grace=3,
    breaks_after=1,
)  # fmt: skip


def rows(plan: Agreement, table: int) -> list[str]:
    """A table of the paper, cells between bars."""
    found = Document(io.BytesIO(agreement_paper(plan))).tables[table]
    return [" | ".join(cell.text for cell in row.cells) for row in found.rows]


def test_the_paper_says_what_is_owed_and_what_is_paid_when_with_sums() -> None:
    assert rows(PLAN, 0) == [
        "Beleg | Ursprünglich fällig | Offen",
        "INV-3 | 02.02.2026 | 1.100,00\u00a0EUR",
        "Strittig, nicht Teil dieser Vereinbarung |  | -100,00\u00a0EUR",
        "Summe |  | 1.000,00\u00a0EUR",
    ]
    assert rows(PLAN, 1)[1:] == [
        "1 | 01.04.2026 | 503,45\u00a0EUR | 3,45\u00a0EUR",
        "2 | 01.05.2026 | 502,00\u00a0EUR | 2,00\u00a0EUR",
        "Summe |  | 1.005,45\u00a0EUR | 5,45\u00a0EUR",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_after_how_many_missed_payments_the_plan_ends(language: str) -> None:
    paper = replace(PLAN, wording=Wording(language), breaks_after=4, grace=7)
    said = "\n".join(each.text for each in Document(io.BytesIO(agreement_paper(paper))).paragraphs)
    assert " 4 " in said
    assert " 7 " in said
    assert "{" not in said


def test_the_same_plan_gives_the_same_bytes_and_names_nobody_who_made_the_file() -> None:
    made = agreement_paper(PLAN)
    assert made == agreement_paper(PLAN)
    names = zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert not [name for name in names if name.startswith("docProps/")]

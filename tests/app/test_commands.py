"""Commands as a whole: once only, preview, out, JSON, undo, closing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import load_workbook

from ar_xl.app.answer import Answer
from ar_xl.cli import main
from ar_xl.core.findings import Exit
from tests.app.conftest import done, run
from tests.app.office import DATA, bring_in, demo_month


@pytest.fixture
def office(blank_book: Path) -> Path:
    """The demo company with everything of October posted."""
    demo_month(blank_book)
    return blank_book


def receivables(book: Path, as_of: str = "2026-10-31") -> int:
    """What customers owe, in cents."""
    return done(run("aging", book, as_of=as_of, preview=True)).totals["Total"].get("USD", 0)


def sheets(book: Path) -> list[str]:
    """The names of the sheets."""
    return [str(name) for name in load_workbook(str(book)).sheet_names]


@pytest.mark.parametrize(
    "command", ["post-invoices", "post-payments", "apply-discounts", "late-fees"]
)
def test_a_second_run_of_a_posting_command_posts_nothing(office: Path, command: str) -> None:
    before = receivables(office)
    answer = done(run(command, office))
    assert (answer.batches, answer.rows) == ((), {})
    assert answer.said[0].startswith("Nothing to do")
    if command != "apply-discounts":  # none was earned that posting had not granted
        assert re.fullmatch(r"Already posted as B-00000\d on .* UTC by Ada\.", answer.said[1])
    assert receivables(office) == before


@pytest.mark.parametrize("kind", ["customers", "invoices", "receipts"])
def test_a_file_imported_twice_adds_nothing(office: Path, kind: str) -> None:
    answer = done(run("import", office, file=DATA / f"{kind}.csv", kind=kind))
    assert answer.rows == {}


def test_a_month_closed_twice_is_closed_once(office: Path) -> None:
    first = done(run("month-end", office, period="2026-10", close=True))
    second = done(run("month-end", office, period="2026-10", close=True))
    assert len(first.batches) == 1
    assert second.batches == ()
    assert "closed already" in second.said[0]
    assert len([name for name in sheets(office) if name.startswith("Month-End")]) == 1


def test_month_end_does_what_the_single_commands_do(blank_book: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    bring_in(blank_book, "customers", "invoices", "receipts")
    other.write_bytes(blank_book.read_bytes())
    done(run("month-end", other, period="2026-10"))
    for command in ("post-invoices", "post-payments", "apply-discounts", "late-fees"):
        done(run(command, blank_book))
    assert receivables(other) == receivables(blank_book)


def test_preview_writes_nothing_and_says_what_would_be(blank_book: Path) -> None:
    bring_in(blank_book, "customers", "invoices")
    before = blank_book.read_bytes()
    answer = done(run("post-invoices", blank_book, preview=True))
    assert blank_book.read_bytes() == before
    assert answer.rows["Invoices"] == 123
    posted = done(run("post-invoices", blank_book))
    assert (posted.totals, posted.rows) == (answer.totals, answer.rows)


def test_out_leaves_the_workbook_alone(blank_book: Path, tmp_path: Path) -> None:
    bring_in(blank_book, "customers", "invoices")
    before, out = blank_book.read_bytes(), tmp_path / "out.xlsx"
    done(run("post-invoices", blank_book, out=out))
    assert blank_book.read_bytes() == before
    assert "in 1 batch hold" in done(run("verify", out)).said[0]


def test_undo_of_everything_leaves_nothing_and_redrafts_bring_it_back(office: Path) -> None:
    before = receivables(office)
    for batch in ("B-000003", "B-000002", "B-000001"):
        done(run("undo", office, as_of=None, batch=batch, redraft=batch != "B-000003"))
    assert receivables(office) == 0
    done(run("verify", office))
    for command in ("post-invoices", "post-payments", "apply-discounts", "late-fees"):
        done(run(command, office))
    assert receivables(office) == before
    done(run("verify", office))


def test_undo_names_the_batches_that_stand_in_the_way_newest_first(office: Path) -> None:
    answer = run("undo", office, batch="B-000001")
    assert answer.exit is Exit.REFUSED
    assert "B-000003, B-000002" in answer.said[0]


def test_a_closed_month_does_not_move(office: Path) -> None:
    done(run("month-end", office, period="2026-08", close=True))
    at_close = receivables(office, "2026-08-31")
    for batch in ("B-000004", "B-000003", "B-000002", "B-000001"):
        done(run("undo", office, as_of=None, batch=batch))
    assert receivables(office, "2026-08-31") == at_close
    assert receivables(office, "2026-09-01") == receivables(office, "2026-12-31") == 0


def test_an_undo_takes_effect_on_a_later_date_where_one_is_given(office: Path) -> None:
    fees = receivables(office)
    done(run("undo", office, as_of="2026-11-15", batch="B-000003"))
    assert receivables(office) == fees
    assert receivables(office, "2026-11-15") < fees


def test_only_a_second_person_reopens_a_month(office: Path) -> None:
    done(run("month-end", office, period="2026-10", close=True))
    alone = run(
        "month-end", office, period="2026-10", reopen=True, reason="Late", approved_by="Ada"
    )
    assert alone.exit is Exit.REFUSED
    done(run("month-end", office, period="2026-10", reopen=True, reason="Late", approved_by="Bo"))
    done(run("verify", office))
    again = done(run("month-end", office, period="2026-10", close=True))
    assert len(again.batches) == 1


def test_a_wrong_call_is_answered_as_json_where_json_was_asked_for(office: Path) -> None:
    result = CliRunner().invoke(main, ["month-end", str(office), "--json"])
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["command"], answer["exit"]) == (2, "month-end", 2)
    assert "--period" in answer["said"][0]


def test_json_is_one_object_and_nothing_else(office: Path) -> None:
    result = CliRunner().invoke(main, ["aging", str(office), "--as-of", "2026-10-31", "--json"])
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert set(answer) >= {
        "command", "as_of", "batch", "rows", "totals", "findings", "sheets", "drafts_left_out",
    }  # fmt: skip
    assert answer["as_of"] == "2026-10-31"
    assert answer["sheets"] == ["Aging 2026-10-31", "Aging Detail 2026-10-31"]
    assert answer["totals"]["Total"]["USD"] == f"{receivables(office) / 100:.2f}"


def test_a_wrong_call_ends_with_2_and_a_hint(office: Path) -> None:
    result = CliRunner().invoke(main, ["agin", str(office)])
    assert result.exit_code == 2
    assert "aging" in result.output


def test_our_own_mistake_is_one_sentence_and_leaves_no_customer_data(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Answer:
        raise ValueError("Bluebird Bakery owes 12.34")

    monkeypatch.setattr("ar_xl.app.life.read_ledger", broken)
    before = office.read_bytes()
    result = CliRunner().invoke(main, ["aging", str(office)])
    assert result.exit_code == 70
    assert "Bluebird" not in result.output
    log = Path(result.output.split("details in ")[1].strip().rstrip("."))
    assert "Bluebird" not in log.read_text(encoding="utf-8")
    assert office.read_bytes() == before
    log.unlink()


@pytest.mark.heavy
def test_every_month_of_the_real_history_closes_in_order(shared: Path, blank_book: Path) -> None:
    history = shared / "data/ar/ibm_WA_Fn-UseC_-Accounts-Receivable.csv"
    done(run("import", blank_book, file=history, kind="history", dates="mdy"))
    for month in range(1, 13):
        period = f"2013-{month:02d}"
        done(run("month-end", blank_book, period=period, close=True))
    answer = done(run("aging", blank_book, as_of="2013-06-30", preview=True))
    assert answer.totals["Total"] == {"USD": 511_985}
    done(run("verify", blank_book))


def test_out_says_where_it_wrote_and_where_an_earlier_file_went(
    office: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    assert "the workbook itself is as it was." in done(run("aging", office, out=out)).said[-1]
    earlier = out.read_bytes()
    said = done(run("aging", office, out=out)).said[-1]
    assert "out.xlsx.backups" in said
    (kept,) = (tmp_path / "out.xlsx.backups").iterdir()
    assert kept.name in said
    assert kept.read_bytes() == earlier


def test_out_takes_no_name_of_another_kind_of_file(office: Path, tmp_path: Path) -> None:
    answer = run("aging", office, out=tmp_path / "out.pdf")
    assert (answer.exit, list(tmp_path.glob("out*"))) == (Exit.WRONG_CALL, [])


def test_a_date_in_another_order_is_refused_with_the_order_to_write(office: Path) -> None:
    result = CliRunner().invoke(main, ["aging", str(office), "--as-of", "31/10/2026"])
    assert result.exit_code == 2
    assert "`31/10/2026` is not a date" in result.output
    assert "such as 2026-10-31" in result.output


def test_an_aging_of_nothing_says_that_nothing_is_open(blank_book: Path) -> None:
    assert done(run("aging", blank_book)).said == ("Nothing is open on 2026-10-31.",)


@pytest.mark.parametrize("company", ["=1+1", "#N/A", "bad\x01name", "x" * 101])
def test_a_company_name_that_excel_would_read_otherwise_is_refused(
    tmp_path: Path, company: str
) -> None:
    book = tmp_path / "new.xlsx"
    result = CliRunner().invoke(main, ["new", str(book), "--company", company])
    assert result.exit_code == 2
    assert not book.exists()


@pytest.mark.parametrize("period", ["0001-01", "9999-12", "2026-13", "2026"])
def test_a_period_outside_the_calendar_of_excel_is_a_wrong_call(
    blank_book: Path, period: str
) -> None:
    assert run("month-end", blank_book, period=period).exit is Exit.WRONG_CALL


@pytest.mark.parametrize("as_of", ["0001-01-01", "9999-12-31"])
def test_a_run_of_a_day_that_no_report_can_look_around_is_a_wrong_call(
    blank_book: Path, as_of: str
) -> None:
    answer = run("forecast", blank_book, as_of=as_of)
    assert (answer.exit, answer.refusal) == (Exit.WRONG_CALL, "as_of_too_far")


@pytest.mark.parametrize("first", ["0001-01-01", "1900-02-28"])
def test_a_statement_from_before_the_calendar_of_excel_is_a_wrong_call(
    blank_book: Path, first: str
) -> None:
    answer = run("statements", blank_book, preview=True, **{"from": first})
    assert (answer.exit, answer.refusal) == (Exit.WRONG_CALL, "statement_from_not_a_date")

"""restore: what was saved before can be seen and brought back, byte for byte."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ar_xl.app.answer import Answer
from ar_xl.app.commands.restore import restore_command
from ar_xl.app.life import Options
from ar_xl.cli import main
from ar_xl.core.findings import Exit
from ar_xl.xlfile.backup import Backup, backups_of, folder_of
from tests.app.conftest import done, run
from tests.app.office import bring_in


@pytest.fixture
def office(blank_book: Path) -> Path:
    """Three states: before the customers, before the invoices, and with draft invoices."""
    saved_on(blank_book, 10)
    bring_in(blank_book, "customers")
    saved_on(blank_book, 11)
    bring_in(blank_book, "invoices")
    saved_on(blank_book, 12)
    return blank_book


def saved_on(book: Path, day: int) -> None:
    """Let a workbook seem saved at noon of a day of October 2026, UTC."""
    noon = 1_790_856_000 + (day - 1) * 86_400
    os.utime(book, (noon, noon))


def restore(book: Path, preview: bool = False, **given: Any) -> Answer:
    asked = {"book": book, "backup": None, "at": None, **given}
    options = Options("Ada", preview=preview)
    return restore_command(options, asked, lambda _: None, lambda _: None)


def typed(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["restore", *arguments])


def kept(book: Path) -> list[Backup]:
    return backups_of(book)


def test_the_list_says_when_how_large_what_replaced_it_and_what_it_holds(office: Path) -> None:
    done(run("post-invoices", office))
    shown = typed(str(office)).stdout.splitlines()
    assert [line.split("  ")[0] for line in shown[:-1]] == ["backup", "now", "3", "2", "1"]
    assert "B-000001" in shown[1]
    assert shown[2].split()[-2:] == ["-", "-"]
    assert "2026-10-12 12:00:00" in shown[2]
    assert "post-invoices" in shown[2]
    assert shown[-1] == f"Bring one back: ar-xl restore {office} --backup 3"


def test_programs_get_the_list_too(office: Path) -> None:
    found = json.loads(typed(str(office), "--json").stdout)["backups"]
    assert [each["backup"] for each in found] == [2, 1]
    assert found[0]["saved_utc"] == "2026-10-11 12:00:00"
    assert found[0]["replaced_by"] == "import"
    assert found[0]["opens"] is True
    assert found[0]["size"] == Path(found[0]["file"]).stat().st_size


@pytest.mark.heavy
def test_any_of_ten_backups_comes_back_byte_for_byte(blank_book: Path, tmp_path: Path) -> None:
    states = [blank_book.read_bytes()]
    for month in range(1, 12):
        done(run("aging", blank_book, as_of=f"2026-{month:02d}-28"))
        states.append(blank_book.read_bytes())
    assert [backup.number for backup in kept(blank_book)] == list(range(11, 1, -1))
    for number in range(2, 12):
        folder = tmp_path / f"restored {number}"
        book = folder / blank_book.name
        shutil.copytree(folder_of(blank_book), folder_of(book))
        shutil.copy(blank_book, book)
        done(restore(book, backup=str(number)))
        assert book.read_bytes() == states[number - 1]
        assert kept(book)[0].path.read_bytes() == states[-1]
        assert len(kept(book)) == 10
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("at", "number"),
    [("2026-10-10", 1), ("2026-10-10 12:00", 1), ("2026-10-11T11:59", 1), ("2026-10-11 23:00", 2)],
)
def test_the_state_of_a_time_is_the_last_one_saved_until_then(
    office: Path, at: str, number: int
) -> None:
    wanted = next(each.path.read_bytes() for each in kept(office) if each.number == number)
    answer = done(restore(office, at=at))
    assert answer.more == {"restored": number, "kept_as": 3}
    assert office.read_bytes() == wanted


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"backup": "9"}, "There is no backup `9`; there are: 2, 1."),
        ({"backup": "two"}, "There is no backup `two`; there are: 2, 1."),
        ({"at": "2026-10-09"}, "the oldest state here was saved on 2026-10-10 12:00:00 UTC"),
        ({"at": "last week"}, 'Write the time as "2026-10-31 17:00"'),
    ],
)
def test_what_is_not_there_is_said_with_what_is(
    office: Path, asked: dict[str, Any], said: str
) -> None:
    before = office.read_bytes()
    answer = restore(office, **asked)
    assert answer.exit is Exit.WRONG_CALL
    assert said in answer.said[0]
    assert office.read_bytes() == before


def test_a_preview_brings_nothing_back(office: Path) -> None:
    before, files = office.read_bytes(), sorted(office.parent.rglob("*"))
    answer = done(restore(office, preview=True, backup="1"))
    assert "would bring back" in answer.said[0]
    assert office.read_bytes() == before
    assert sorted(office.parent.rglob("*")) == files


def test_the_state_that_is_there_already_is_not_brought_back_again(office: Path) -> None:
    done(restore(office, backup="1"))
    answer = done(restore(office, backup="1"))
    assert answer.said == (f"Nothing to do: {office.name} is in that state already.",)
    assert len(kept(office)) == 3


@pytest.mark.parametrize("preview", [True, False])
def test_a_backup_that_does_not_open_is_said_and_not_brought_back(
    office: Path, preview: bool
) -> None:
    damaged = kept(office)[1].path
    damaged.write_bytes(damaged.read_bytes()[:-500])
    assert "Does not open: backup 1." in "\n".join(done(restore(office)).said)
    before = office.read_bytes()
    answer = restore(office, preview=preview, backup="1")
    assert answer.exit is Exit.UNREADABLE
    assert "Backup 1 does not open" in answer.said[0]
    assert office.read_bytes() == before


def test_a_workbook_that_is_open_elsewhere_is_not_replaced(office: Path) -> None:
    office.with_name(f"~${office.name}").write_bytes(b"\x03Ann" + b" " * 161)
    before = office.read_bytes()
    answer = restore(office, backup="1")
    assert answer.exit is Exit.BUSY
    assert "open in Excel by Ann" in answer.said[0]
    assert office.read_bytes() == before


@pytest.mark.parametrize("damage", [b"", b"half a workbook", None])
def test_a_workbook_that_is_damaged_or_gone_comes_back(office: Path, damage: bytes | None) -> None:
    if damage is None:
        office.unlink()
    else:
        office.write_bytes(damage)
    answer = done(restore(office, backup="2"))
    assert office.read_bytes() == next(b.path for b in kept(office) if b.number == 2).read_bytes()
    assert ("gone" if damage is None else "does not open") in answer.said[1]


def test_a_workbook_without_backups_says_so(blank_book: Path) -> None:
    assert "has no backups yet" in done(restore(blank_book)).said[0]
    assert restore(blank_book.with_name("no.xlsx")).exit is Exit.UNREADABLE
    assert restore(blank_book.with_name("no.xlsx"), backup="1").exit is Exit.UNREADABLE

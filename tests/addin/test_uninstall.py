"""Taking away what was installed, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.addin import places, record
from ar_xl.addin.install import decide, install
from ar_xl.addin.machine import OpenExcel
from ar_xl.addin.trouble import Cannot, Trouble
from ar_xl.addin.uninstall import uninstall
from tests.addin.pretend import Pretend, build


@pytest.fixture
def computer(tmp_path: Path) -> Pretend:
    return Pretend(tmp_path)


@pytest.mark.parametrize("agent", [False, True])
def test_the_profile_is_as_it_was_before(computer: Pretend, agent: bool) -> None:
    before = computer.everything()
    install(computer, build, decide(computer, agent))
    install(computer, build, decide(computer, agent))
    done = uninstall(computer)
    assert computer.everything() == before
    assert done.removed
    assert not done.left


def test_files_of_others_stay_with_their_folder(computer: Pretend) -> None:
    install(computer, build, decide(computer, agent=False))
    own = computer.addin.with_name("PERSONAL.XLSB")
    computer.put(own, b"mine")
    uninstall(computer)
    assert computer.file(own).read_bytes() == b"mine"
    assert not computer.file(computer.addin).exists()


def test_a_folder_that_was_there_before_stays(computer: Pretend) -> None:
    computer.file(computer.addin.parent).mkdir()
    install(computer, build, decide(computer, agent=False))
    uninstall(computer)
    assert computer.file(computer.addin.parent).is_dir()


def test_nothing_is_touched_while_excel_has_it_open(computer: Pretend) -> None:
    install(computer, build, decide(computer, agent=True))
    before = computer.everything()
    computer.excel = OpenExcel("", has_addin=True)
    with pytest.raises(Cannot) as refused:
        uninstall(computer)
    assert refused.value.trouble is Trouble.ADDIN_OPEN_IN_EXCEL
    assert computer.everything() == before


def test_nothing_is_touched_while_some_excel_holds_the_file(computer: Pretend) -> None:
    install(computer, build, decide(computer, agent=True))
    before = computer.everything()
    computer.held.add(str(computer.file(computer.addin)))
    with pytest.raises(Cannot):
        uninstall(computer)
    assert computer.everything() == before


def test_a_copy_that_excel_saved_anew_goes_too(computer: Pretend) -> None:
    install(computer, build, decide(computer, agent=False))
    computer.put(computer.addin, build({**places.settings(computer), "xlwings": "saved anew"}))
    uninstall(computer)
    assert not computer.file(computer.addin).exists()


def test_another_file_of_that_name_is_left_and_said(computer: Pretend) -> None:
    install(computer, build, decide(computer, agent=False))
    computer.put(computer.addin, b"somebody's macros")
    done = uninstall(computer)
    assert computer.file(computer.addin).exists()
    assert done.left == ((computer.addin, "it is another file than the one that was installed"),)


def test_a_folder_with_logs_is_left_and_said(computer: Pretend) -> None:
    install(computer, build, decide(computer, agent=False))
    log = places.record_file(computer).with_name("errors.log")
    computer.put(log, b"log")
    done = uninstall(computer)
    assert computer.file(log).exists()
    assert [place for place, _ in done.left] == [log.parent]


def test_an_add_in_without_a_record_is_left_and_said(computer: Pretend) -> None:
    computer.put(computer.addin, build(places.settings(computer)))
    done = uninstall(computer)
    assert not done.removed
    assert done.left == ((computer.addin, "ar_xl has no record of having written it"),)


def test_an_entry_that_cannot_be_deleted_is_left_and_said(computer: Pretend) -> None:
    install(computer, build, decide(computer, agent=True))
    link = places.agent_link(computer)
    computer.held.add(str(computer.file(link)))
    done = uninstall(computer)
    assert (link, "Access is denied") in done.left
    assert not computer.file(computer.addin).exists()


def test_an_add_in_that_is_gone_already_is_no_trouble(computer: Pretend) -> None:
    install(computer, build, decide(computer, agent=False))
    computer.file(computer.addin).unlink()
    assert not uninstall(computer).left


def test_without_an_installation_nothing_happens(computer: Pretend) -> None:
    done = uninstall(computer)
    assert (done.removed, done.left) == ((), ())


def test_a_running_agent_is_ended(computer: Pretend) -> None:
    install(computer, build, decide(computer, agent=True))
    computer.agent_version = "0.1.0"
    assert uninstall(computer).agent_stopped
    assert not computer.agent_version


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"format": 2}', '{"format": 1, "addin": 7, "folders": []}']
)
def test_a_damaged_record_counts_as_none(computer: Pretend, text: str) -> None:
    computer.put(places.record_file(computer), text.encode())
    assert record.read(computer.file(places.record_file(computer))) is None

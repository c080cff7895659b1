"""What stands beside a workbook: nothing is left there, nothing of others is taken away."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ar_xl.xlfile import backup as backup_module
from ar_xl.xlfile import beside, save
from ar_xl.xlfile.backup import backups_of, folder_of, make_backup
from ar_xl.xlfile.beside import new_file, remove_leftovers
from ar_xl.xlfile.contents import Contents
from ar_xl.xlfile.errors import ChangedWorkbook, XlFileError
from ar_xl.xlfile.lock import hold, tidy_up
from ar_xl.xlfile.package import Package
from tests.xlfile.packages import shown_sheet
from tests.xlfile.test_write_save import edit_of, files, saved, workbook

__all__ = ["workbook"]

POSIX = pytest.mark.skipif(os.name == "nt", reason="owners and modes of POSIX")
ROOT = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0, reason="only the superuser gives files away"
)


@pytest.fixture
def other_process() -> Iterator[int]:
    """The number of a process that lives."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process.pid
        process.kill()


def left_by(path: Path, process: int, machine: str = "") -> Path:
    """A new state that a process wrote."""
    mine = f"{os.getpid():010d}-"
    name = new_file(path).name.replace(mine, f"{process:010d}-")
    if machine:
        name = name[:-10] + machine + ".tmp"
    left = path.with_name(name)
    left.write_bytes(b"half a workbook")
    return left


def dead_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


@POSIX
def test_what_dead_processes_left_goes_and_what_living_ones_write_stays(
    workbook: Path, other_process: int
) -> None:
    living = left_by(workbook, other_process)
    elsewhere = left_by(workbook, dead_process(), "0" * 6)
    left_by(workbook, dead_process())
    left_by(workbook, os.getpid())

    with hold(workbook):
        pass
    assert files(workbook) == {"Book.xlsx", living.name, elsewhere.name}


@POSIX
def test_what_a_run_of_another_computer_left_goes_after_a_day(workbook: Path) -> None:
    left = left_by(workbook, dead_process(), "0" * 6)
    os.utime(left, (time.time() - 90_000, time.time() - 90_000))
    remove_leftovers(workbook)
    assert files(workbook) == {"Book.xlsx"}


def test_files_of_other_workbooks_and_of_people_stay(workbook: Path) -> None:
    others = [left_by(workbook.with_name(name), os.getpid()) for name in ("My Book.xlsx", "Book")]
    mine = workbook.with_name(".~Book.xlsx.old.tmp")
    mine.write_bytes(b"")
    with hold(workbook):
        pass
    assert files(workbook) == {"Book.xlsx", mine.name, *(other.name for other in others)}


def test_a_command_that_only_reads_tidies_up_too(workbook: Path) -> None:
    left_by(workbook, os.getpid())
    workbook.with_name(".~Book.xlsx.lock").write_bytes(b"")
    workbook.with_name(".~Book.xlsx.lock.by").write_text("Ann")
    tidy_up(workbook)
    assert files(workbook) == {"Book.xlsx"}


def test_a_sign_that_could_not_be_removed_goes_with_the_next_command(workbook: Path) -> None:
    workbook.with_name(".~Book.xlsx.lock.by").write_text("Ann")
    tidy_up(workbook)
    assert files(workbook) == {"Book.xlsx"}


def test_a_command_that_only_reads_leaves_a_run_at_work_alone(workbook: Path) -> None:
    with hold(workbook):
        before = files(workbook)
        tidy_up(workbook)
        assert files(workbook) == before


def test_a_backup_of_the_state_that_still_is_goes(workbook: Path) -> None:
    """A run killed between backup and replacement leaves one."""
    saved(workbook)
    make_backup(workbook)
    assert len(backups_of(workbook)) == 2
    with hold(workbook):
        pass
    assert len(backups_of(workbook)) == 1


def test_a_copied_backup_of_the_state_that_still_is_goes_too(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", no_links)
    make_backup(workbook)
    with hold(workbook):
        pass
    assert files(workbook) == {"Book.xlsx"}


def test_half_a_copied_backup_is_no_backup_and_goes(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(workbook)
    left = left_by(folder_of(workbook) / workbook.name, os.getpid())
    assert left.exists()
    assert len(backups_of(workbook)) == 1
    with hold(workbook):
        assert not left.exists()


@pytest.mark.parametrize(
    "name",
    [
        "b" * 250 + ".xlsx",
        "ü" * 125 + ".xlsx",
        "Bücher & Söhne 📒.xlsx",
        "李雷 (2).xlsx",
        "'a;b.xlsx",
    ],
    ids=["long", "long and not ASCII", "emoji", "Chinese", "signs"],
)
def test_a_workbook_of_any_name_is_saved_and_kept(workbook: Path, name: str) -> None:
    book = workbook.rename(workbook.with_name(name))
    old = book.read_bytes()
    with hold(book):
        left = left_by(book, os.getpid())
        backup = saved(book, by="post-payments")
        assert not left.exists()
    assert shown_sheet(Package.open(book)) == {"A1": 2.0}
    assert backup is not None
    assert [(b.path, b.number, b.before) for b in backups_of(book)] == [
        (backup, 1, "post-payments")
    ]
    assert backup.read_bytes() == old
    assert len(files(book)) == 3


def test_a_backup_tells_when_its_state_was_saved_and_what_replaced_it(workbook: Path) -> None:
    os.utime(workbook, (1_790_000_000, 1_790_000_000))
    saved(workbook, by="late-fees")
    (backup,) = backups_of(workbook)
    assert (backup.saved, backup.before) == ("2026-09-21 14:13:20", "late-fees")
    assert backup.path.name == "0001 Book 2026-09-21 141320 before late-fees.xlsx"


@POSIX
def test_nobody_else_can_read_the_new_file_before_it_is_whole(workbook: Path) -> None:
    workbook.chmod(0o600)
    seen: list[int] = []
    saved(workbook, verify=lambda new: seen.append(new.stat().st_mode & 0o777))
    assert seen == [0o600]
    assert workbook.stat().st_mode & 0o777 == 0o600


@ROOT
@pytest.mark.parametrize("links", [True, False])
def test_owner_and_group_stay_with_workbook_and_backup(
    workbook: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    os.chown(workbook, 12_345, 23_456)
    workbook.chmod(0o660)
    backup = saved(workbook)
    assert backup is not None
    for path in (workbook, backup):
        now = path.stat()
        assert (now.st_uid, now.st_gid, now.st_mode & 0o777) == (12_345, 23_456, 0o660)


@POSIX
def test_backups_of_a_shared_folder_are_open_to_those_who_share_it(workbook: Path) -> None:
    workbook.parent.chmod(0o2770)
    saved(workbook)
    assert folder_of(workbook).stat().st_mode & 0o7777 == 0o2770


def test_an_owner_file_beside_a_link_counts(workbook: Path, tmp_path: Path) -> None:
    link = tmp_path / "Link.xlsx"
    link.symlink_to(workbook)
    link.with_name("~$Link.xlsx").write_bytes(b"\x03Ann" + b" " * 161)
    with pytest.raises(XlFileError, match="open in Excel by Ann"), hold(link):
        pass


def test_another_name_of_the_same_file_keeps_the_workbook_as_it_was(workbook: Path) -> None:
    other = workbook.with_name("Other.xlsx")
    os.link(workbook, other)
    old = workbook.read_bytes()
    saved(workbook)
    assert other.read_bytes() == old
    assert shown_sheet(Package.open(workbook)) == {"A1": 2.0}


def test_an_interruption_just_after_the_replacement_keeps_the_backup(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, replace = workbook.read_bytes(), os.replace

    def interrupted(*paths: Any) -> None:
        replace(*paths)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        saved(workbook)
    assert shown_sheet(Package.open(workbook)) == {"A1": 2.0}
    assert [backup.path.read_bytes() for backup in backups_of(workbook)] == [old]


def test_what_fails_after_the_replacement_is_no_failure_of_the_save(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "a test")

    edit = edit_of(workbook)
    real = backup_module.make_backup

    def then_all_fails(path: Path, before: str = "") -> Path:
        made = real(path, before)
        monkeypatch.setattr(backup_module, "backups_of", broken)
        return made

    monkeypatch.setattr(backup_module, "make_backup", then_all_fails)
    save.save(edit, workbook, expected=edit.package.fingerprint)
    assert shown_sheet(Package.open(workbook)) == {"A1": 2.0}


def test_a_workbook_that_cannot_be_read_again_after_saving_was_saved(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = Contents(workbook)
    contents.edit.set_block("Data", 1, 1, [["x"]])

    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "a test")

    monkeypatch.setattr(contents, "_load", broken)
    assert contents.save() is not None
    assert shown_sheet(Package.open(workbook)) == {"A1": "x"}
    with pytest.raises(ChangedWorkbook):
        contents.save()


def test_the_machine_is_part_of_the_name_of_what_is_written(monkeypatch: Any) -> None:
    here = new_file(Path("Book.xlsx"))
    monkeypatch.setattr(socket, "gethostname", lambda: "elsewhere")
    assert beside.new_file(Path("Book.xlsx")) != here


def no_links(*_: object) -> None:
    raise OSError(errno.EPERM, "no links here")

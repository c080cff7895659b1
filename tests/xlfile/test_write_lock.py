"""One writer at a time, and nobody's open workbook is replaced."""

from __future__ import annotations

import os
import socket
import threading
import time
from pathlib import Path

import pytest

from ar_xl.xlfile import lock
from ar_xl.xlfile.lock import STALE_DAYS, check_free, hold, holder_of
from ar_xl.xlfile.write_errors import CannotSave, InUse

OLD = time.time() - (STALE_DAYS + 1) * 86_400


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "Book.xlsx"
    path.write_bytes(b"workbook")
    return path


def owner_file(name: str) -> bytes:
    """What Excel writes: the user's name in the old code page, and again in UTF-16."""
    old = name.encode("cp1252", "replace")
    return (
        bytes([len(old)])
        + old.ljust(54)
        + len(name).to_bytes(2, "little")
        + name.encode("utf-16-le").ljust(108, b" \0"[:1])
    )


@pytest.mark.parametrize("name", ["Ann Lee", "Zoë", "李雷", ""])
def test_excels_owner_file_names_who_has_the_workbook(workbook: Path, name: str) -> None:
    workbook.with_name("~$Book.xlsx").write_bytes(owner_file(name))

    with pytest.raises(InUse) as refused, hold(workbook):
        pass
    assert "is open in Excel" in refused.value.sentence
    assert name in refused.value.sentence
    assert "delete the file '~$Book.xlsx'" in refused.value.sentence


@pytest.mark.parametrize("content", [b"", b"\x03Ann", b"\xff" * 165])
def test_an_owner_file_in_another_form_counts_too(workbook: Path, content: bytes) -> None:
    workbook.with_name("~$Book.xlsx").write_bytes(content)
    with pytest.raises(InUse):
        check_free(workbook)


@pytest.mark.parametrize(
    ("content", "user"),
    [
        (",ann,elsewhere,21.11.2026 10:00,file:///home/ann/.config;", "ann"),
        ("Lee\\, Ann,ann,elsewhere,21.11.2026 10:00,file:///x;", "Lee, Ann"),
        ("", ""),
    ],
)
def test_libreoffices_lock_file_names_who_has_the_workbook(
    workbook: Path, content: str, user: str
) -> None:
    workbook.with_name(".~lock.Book.xlsx#").write_text(content)

    with pytest.raises(InUse) as refused:
        check_free(workbook)
    assert f"LibreOffice{' by ' + user if user else ''}. Close" in refused.value.sentence


def test_signs_left_behind_by_a_crash_long_ago_keep_nobody_out(workbook: Path) -> None:
    for name in ("~$Book.xlsx", ".~lock.Book.xlsx#"):
        sign = workbook.with_name(name)
        sign.write_bytes(b"")
        os.utime(sign, (OLD, OLD))

    assert holder_of(workbook) is None


def test_a_lock_of_this_computer_is_stale_when_no_libreoffice_runs(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign = workbook.with_name(".~lock.Book.xlsx#")
    sign.write_text(f",ann,{socket.gethostname()},21.11.2026 10:00,file:///x;")

    monkeypatch.setattr(lock, "_office_runs", lambda: False)
    assert holder_of(workbook) is None
    monkeypatch.setattr(lock, "_office_runs", lambda: True)
    holder = holder_of(workbook)
    assert holder is not None
    assert holder.user == "ann"


def test_a_second_run_is_told_who_is_writing(workbook: Path) -> None:
    with (
        hold(workbook, user="Ann"),
        pytest.raises(InUse, match="another command by Ann"),
        hold(workbook),
    ):
        pass


def test_a_second_run_may_wait_for_the_first(workbook: Path) -> None:
    order = []

    def second() -> None:
        with hold(workbook, wait=10):
            order.append("second")

    with hold(workbook):
        waiting = threading.Thread(target=second)
        waiting.start()
        time.sleep(0.1)
        order.append("first")
    waiting.join()

    assert order == ["first", "second"]


def test_many_writers_lose_nothing(workbook: Path) -> None:
    workbook.write_text("0")

    def count() -> None:
        for _ in range(20):
            with hold(workbook, wait=30):
                workbook.write_text(str(int(workbook.read_text()) + 1))

    writers = [threading.Thread(target=count) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert workbook.read_text() == "60"


def test_nothing_stays_beside_the_workbook(workbook: Path) -> None:
    with hold(workbook):
        assert len(list(workbook.parent.iterdir())) > 1

    assert list(workbook.parent.iterdir()) == [workbook]


def test_a_lock_left_by_a_killed_run_keeps_nobody_out(workbook: Path) -> None:
    workbook.with_name(".~Book.xlsx.lock").write_bytes(b"")
    workbook.with_name(".~Book.xlsx.lock.by").write_text("Ann")

    with hold(workbook):
        pass
    assert list(workbook.parent.iterdir()) == [workbook]


def test_a_workbook_that_is_still_to_be_made_can_be_held(tmp_path: Path) -> None:
    with hold(tmp_path / "New.xlsx"):
        pass


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotSave, match="there is no folder"), hold(tmp_path / "no" / "B.xlsx"):
        pass


def test_a_read_only_workbook_is_said_to_be_so_even_to_the_superuser(workbook: Path) -> None:
    workbook.chmod(0o444)
    with pytest.raises(CannotSave, match="marked read-only"):
        check_free(workbook)

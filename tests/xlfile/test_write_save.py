"""Saving: the old workbook or the new one, whatever fails in between."""

from __future__ import annotations

import builtins
import errno
import io
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ar_xl.xlfile.backup import backups_of, folder_of
from ar_xl.xlfile.edit import Edit
from ar_xl.xlfile.errors import ChangedWorkbook, DamagedWorkbook, XlFileError
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.save import save
from ar_xl.xlfile.write_errors import CannotSave, InUse
from tests.xlfile.packages import parts_of, sheet_xml, shown_sheet, write_parts


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook in a folder of its own; A1 is 1."""
    folder = tmp_path / "folder"
    folder.mkdir()
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    return write_parts(folder / "Book.xlsx", parts_of(sheet_xml(row)))


def edit_of(path: Path, value: float = 2.0) -> Edit:
    edit = Edit(Package.open(path))
    edit.set_block("Data", 1, 1, [np.array([value])])
    return edit


def saved(path: Path, value: float = 2.0, **options: Any) -> Path | None:
    edit = edit_of(path, value)
    return save(edit, path, expected=edit.package.fingerprint, **options)


def files(path: Path) -> set[str]:
    return {str(each.relative_to(path.parent)) for each in path.parent.rglob("*")}


def test_the_new_workbook_takes_the_old_ones_place_and_the_old_one_is_kept(workbook: Path) -> None:
    old = workbook.read_bytes()
    backup = saved(workbook)

    assert shown_sheet(Package.open(workbook)) == {"A1": 2.0}
    assert backup is not None
    assert backup.read_bytes() == old
    assert files(workbook) == {
        "Book.xlsx",
        "Book.xlsx.backups",
        f"Book.xlsx.backups/{backup.name}",
    }


def test_the_last_states_are_kept_in_order(workbook: Path) -> None:
    states = []
    for value in range(12):
        states.append(workbook.read_bytes())
        saved(workbook, float(value), keep=3)

    kept = [backup.path.read_bytes() for backup in backups_of(workbook)]
    assert kept == states[:-4:-1]


def test_another_path_leaves_the_workbook_alone(workbook: Path) -> None:
    old = workbook.read_bytes()
    out = workbook.with_name("Out.xlsx")

    assert saved(workbook, out=out) is None
    assert workbook.read_bytes() == old
    assert shown_sheet(Package.open(out)) == {"A1": 2.0}
    assert files(workbook) == {"Book.xlsx", "Out.xlsx"}


def test_a_workbook_behind_a_link_is_written_where_it_is(workbook: Path, tmp_path: Path) -> None:
    link = tmp_path / "Link.xlsx"
    link.symlink_to(workbook)
    saved(link)

    assert link.is_symlink()
    assert shown_sheet(Package.open(workbook)) == {"A1": 2.0}


def test_permissions_stay(workbook: Path) -> None:
    workbook.chmod(0o640)
    saved(workbook)

    assert workbook.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "touch",
    [
        lambda path: path.write_bytes(path.read_bytes() + b" "),
        lambda path: os.utime(path, ns=(1, 1)),
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b"no workbook"),
    ],
)
def test_a_workbook_changed_since_it_was_read_is_not_overwritten(
    workbook: Path, touch: Callable[[Path], None]
) -> None:
    edit = edit_of(workbook)
    touch(workbook)
    before = workbook.read_bytes() if workbook.exists() else None

    with pytest.raises(ChangedWorkbook):
        save(edit, workbook, expected=edit.package.fingerprint)
    assert (workbook.read_bytes() if workbook.exists() else None) == before
    assert files(workbook) <= {"Book.xlsx"}


def test_a_change_while_the_new_file_is_verified_is_seen(workbook: Path) -> None:
    with pytest.raises(ChangedWorkbook):
        saved(workbook, verify=lambda _: os.utime(workbook, ns=(1, 1)))
    assert files(workbook) == {"Book.xlsx"}


def test_what_the_verification_finds_wrong_is_not_saved(workbook: Path) -> None:
    old = workbook.read_bytes()

    def wrong(new: Path) -> None:
        assert shown_sheet(Package.open(new)) == {"A1": 2.0}
        raise DamagedWorkbook("a test")

    with pytest.raises(DamagedWorkbook):
        saved(workbook, verify=wrong)
    assert workbook.read_bytes() == old
    assert files(workbook) == {"Book.xlsx"}


def test_a_refused_change_leaves_nothing_behind(workbook: Path) -> None:
    edit = edit_of(workbook)
    edit.set_block("Data", 1, 1, [["x"]])
    array = '<row r="1"><c r="A1"><f t="array" ref="A1:A2">1</f><v>1</v></c></row>'
    write_parts(workbook, parts_of(sheet_xml(array)))
    edit = edit_of(workbook)

    with pytest.raises(XlFileError, match="array formula"):
        save(edit, workbook, expected=edit.package.fingerprint)
    assert files(workbook) == {"Book.xlsx"}


class FailingDisk:
    """Lets the nth call to the disk in writing fail; counts them where n is 0."""

    def __init__(self, patch: pytest.MonkeyPatch, number: int, error: int) -> None:
        self.count, self._number, self._error = 0, number, error
        for module, name in (
            (os, "replace"), (os, "fsync"), (os, "link"), (shutil, "copymode"), (os, "mkdir"),
        ):  # fmt: skip
            patch.setattr(module, name, self._guard(getattr(module, name)))
        opening = io.open

        def opened(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
            if set(mode) & set("wxa+"):
                self._call()
            made = opening(file, mode, *rest, **named)
            return _Written(made, self._call) if set(mode) & set("wxa") else made

        patch.setattr(io, "open", opened)
        patch.setattr(builtins, "open", opened)

    def _call(self) -> None:
        self.count += 1
        if self.count == self._number:
            raise OSError(self._error, os.strerror(self._error))

    def _guard(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*given: Any, **named: Any) -> Any:
            self._call()
            return real(*given, **named)

        return guarded


class _Written:
    """A file whose writes may fail."""

    def __init__(self, file: Any, call: Callable[[], None]) -> None:
        self._file, self._call = file, call

    def write(self, data: bytes) -> int:
        self._call()
        return int(self._file.write(data))

    def flush(self) -> None:
        self._call()
        self._file.flush()

    def __enter__(self) -> _Written:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_each_failing_call_to_the_disk_leaves_the_old_workbook(
    workbook: Path, error: int, capsys: pytest.CaptureFixture[str]
) -> None:
    old = workbook.read_bytes()
    number = failed = 0
    while True:
        number += 1
        with pytest.MonkeyPatch.context() as patch:
            disk = FailingDisk(patch, number, error)
            with suppress(CannotSave):
                saved(workbook)
        if disk.count < number:
            break
        if workbook.read_bytes() == old:
            failed += 1
            assert files(workbook) == {"Book.xlsx"}, number
            continue
        # Two calls may fail without harm: the hard link, for there is copying, and the last
        # flush, of the folder, after the new workbook is in its place.
        assert shown_sheet(Package.open(workbook)) == {"A1": 2.0}
        shutil.rmtree(folder_of(workbook))
        workbook.write_bytes(old)
    with capsys.disabled():
        sys.stdout.write(f" {failed} of {number - 1} calls stopped the save;")
    assert failed == number - 3 > 15


def test_where_a_file_can_have_one_name_only_the_backup_is_a_copy(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    old = workbook.read_bytes()
    backup = saved(workbook)

    assert backup is not None
    assert backup.read_bytes() == old


def test_the_message_says_that_the_disk_is_full(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    FailingDisk(monkeypatch, 3, errno.ENOSPC)
    with pytest.raises(CannotSave, match="the disk is full"):
        saved(workbook)


def test_a_workbook_open_in_excel_is_not_replaced(workbook: Path) -> None:
    workbook.with_name("~$Book.xlsx").write_bytes(b"\x03Ann" + b" " * 161)
    with pytest.raises(InUse, match="open in Excel by Ann"):
        saved(workbook)


KILLED = """
import sys, numpy as np
from pathlib import Path
from ar_xl.xlfile.edit import Edit
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.save import save
path = Path(sys.argv[1])
print("ready", flush=True)
while True:
    edit = Edit(Package.open(path))
    edit.set_block("Data", 1, 1, [np.arange(20_000.0)] * 3)
    save(edit, path, expected=edit.package.fingerprint, keep=2)
"""


def test_a_save_killed_at_any_moment_leaves_a_whole_workbook(workbook: Path) -> None:
    for moment in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", KILLED, str(workbook)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(0.02 + 0.071 * moment)
            process.send_signal(signal.SIGKILL)
        cells = shown_sheet(Package.open(workbook))
        assert len(cells) in (1, 60_000)

    saved(workbook, 5.0)
    assert not [name for name in files(workbook) if name.endswith(".tmp")]

"""Installing the add-in on a Windows computer, one condition after the other."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest

from ar_xl.addin import places, record
from ar_xl.addin.contents import settings_of
from ar_xl.addin.identity import AGENT_CLSID
from ar_xl.addin.install import Plan, decide, install, write_for_others
from ar_xl.addin.machine import OpenExcel
from ar_xl.addin.programs import Bitness
from ar_xl.addin.trouble import Cannot, Trouble
from tests.addin.pretend import X64, XLWINGS, Pretend, build, program


@pytest.fixture
def computer(tmp_path: Path) -> Pretend:
    return Pretend(tmp_path)


def _installed(computer: Pretend, agent: bool = False) -> Plan:
    """What was decided; it is done."""
    plan = decide(computer, agent)
    install(computer, build, plan)
    return plan


def _removed(computer: Pretend) -> object:
    return install(computer, build, decide(computer, agent=False)).removed


def _refused(computer: Pretend, agent: bool = False) -> Cannot:
    """The refusal; and nothing was changed by it."""
    before = computer.everything()
    with pytest.raises(Cannot) as refused:
        install(computer, build, decide(computer, agent))
    assert computer.everything() == before
    return refused.value


def _settings(computer: Pretend) -> dict[str, str]:
    return dict(settings_of(computer.file(computer.addin).read_bytes()) or {})


def test_the_add_in_stands_in_the_folder_that_excel_opens(computer: Pretend) -> None:
    done = _installed(computer)
    assert done.addin == computer.addin
    assert done.replaced == ""
    assert _settings(computer) == {
        "python": r"C:\Users\Anna\ar_xl-env\Scripts\pythonw.exe",
        "ar_xl": "0.1.0",
        "xlwings": "0.37.8",
        "agent": AGENT_CLSID,
    }


def test_the_folder_is_made_where_excel_never_made_it(computer: Pretend) -> None:
    assert not computer.file(computer.addin.parent).exists()
    _installed(computer)
    assert computer.file(computer.addin).is_file()


def test_an_excel_that_runs_says_where_its_start_folder_is(computer: Pretend) -> None:
    computer.excel = OpenExcel(r"D:\Profile\XLOUVRIR" + "\\", has_addin=False)
    computer.put(PureWindowsPath(r"D:\Profile\XLOUVRIR\personal.xlsb"))
    done = _installed(computer)
    assert str(done.addin) == r"D:\Profile\XLOUVRIR\ar_xl.xlam"
    assert done.excel_runs


def test_nothing_else_is_put_where_excel_opens_every_file(computer: Pretend) -> None:
    _installed(computer)
    _installed(computer)
    there = [each.name for each in computer.file(computer.addin.parent).iterdir()]
    beside = [each.name for each in computer.file(computer.addin.parent.parent).iterdir()]
    assert there == ["ar_xl.xlam"]
    assert beside == ["XLSTART"]


def test_store_python_is_refused(computer: Pretend) -> None:
    folder = r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.11_qbz5n2kfra8p0"
    computer.python_is(base=PureWindowsPath(folder))
    assert _refused(computer).trouble is Trouble.STORE_PYTHON


def test_store_python_is_refused_by_its_alias(computer: Pretend) -> None:
    alias = r"C:\Users\Anna\AppData\Local\Microsoft\WindowsApps\python.exe"
    computer.python_is(program=PureWindowsPath(alias))
    assert _refused(computer).trouble is Trouble.STORE_PYTHON


def test_packages_of_one_user_only_are_refused(computer: Pretend) -> None:
    computer.python_is(home=computer.python.user_packages)
    assert _refused(computer).trouble is Trouble.PACKAGES_FOR_USER_ONLY


def test_a_python_without_pywin32_is_refused(computer: Pretend) -> None:
    computer.python_is(has_pywin32=False)
    assert _refused(computer).trouble is Trouble.PYWIN32_MISSING


def test_a_missing_library_is_refused(computer: Pretend) -> None:
    computer.file(computer.home / f"ar_xl-env/xlwings64-{XLWINGS}.dll").unlink()
    assert _refused(computer).trouble is Trouble.LIBRARY_MISSING


def test_excel_of_32_bits_needs_the_library_of_32_bits(computer: Pretend) -> None:
    computer.installs_excel(Bitness.X86)
    computer.file(computer.home / f"ar_xl-env/xlwings64-{XLWINGS}.dll").unlink()
    _installed(computer)
    computer.file(computer.home / f"ar_xl-env/xlwings32-{XLWINGS}.dll").unlink()
    assert _refused(computer).trouble is Trouble.LIBRARY_MISSING


def test_a_library_of_the_wrong_bitness_is_refused(computer: Pretend) -> None:
    computer.installs_excel(Bitness.X86)
    computer.put(computer.home / f"ar_xl-env/xlwings32-{XLWINGS}.dll", program(X64))
    assert _refused(computer).trouble is Trouble.LIBRARY_WRONG


def test_an_excel_that_has_the_add_in_open_is_refused(computer: Pretend) -> None:
    _installed(computer)
    computer.excel = OpenExcel(str(computer.addin.parent), has_addin=True)
    assert _refused(computer).trouble is Trouble.ADDIN_OPEN_IN_EXCEL


def test_a_file_that_some_excel_holds_is_refused_and_stays_whole(computer: Pretend) -> None:
    _installed(computer)
    before = computer.file(computer.addin).read_bytes()
    noted = computer.file(places.record_file(computer)).read_bytes()
    computer.held.add(str(computer.file(computer.addin)))
    refused = _refused(computer)
    assert refused.trouble is Trouble.ADDIN_OPEN_IN_EXCEL
    assert refused.seen.endswith("some Excel has it open, or it is write-protected.")
    assert computer.file(computer.addin).read_bytes() == before
    assert computer.file(places.record_file(computer)).read_bytes() == noted


def test_a_start_folder_that_is_closed_to_us_is_refused(computer: Pretend) -> None:
    folder = computer.file(computer.addin.parent)
    folder.mkdir()
    computer.closed.add(str(folder))
    refused = _refused(computer)
    assert refused.trouble is Trouble.FOLDER_NOT_WRITABLE
    assert r"\Excel\XLSTART cannot be written into (Access is denied)" in refused.seen


def test_a_profile_that_is_closed_to_us_is_refused(computer: Pretend) -> None:
    computer.closed.add(str(computer.file(computer.addin.parent.parent)))
    assert _refused(computer).trouble is Trouble.FOLDER_NOT_WRITABLE


def test_a_windows_that_names_no_profile_is_refused(computer: Pretend) -> None:
    computer.variables["APPDATA"] = ""
    assert _refused(computer).trouble is Trouble.NO_PROFILE_FOLDER


def test_a_strangers_file_of_that_name_is_refused(computer: Pretend) -> None:
    computer.put(computer.addin, b"somebody's macros")
    assert _refused(computer).trouble is Trouble.NOT_THE_ADDIN


def test_an_add_in_that_cannot_be_read_is_refused(computer: Pretend) -> None:
    _installed(computer)
    computer.unreadable.add(str(computer.file(computer.addin)))
    assert _refused(computer).trouble is Trouble.ADDIN_OPEN_IN_EXCEL


@pytest.mark.parametrize("what", ["add-in", "record"])
def test_a_full_disk_changes_nothing(computer: Pretend, what: str) -> None:
    waiting = {
        "add-in": computer.file(places.waiting_addin(computer.addin)),
        "record": record.waiting(computer.file(places.record_file(computer))),
    }
    computer.full.add(str(waiting[what]))
    refused = _refused(computer)
    assert refused.trouble is Trouble.FOLDER_NOT_WRITABLE
    assert "No space left on device" in refused.seen


def test_a_folder_for_others_that_cannot_be_made_is_refused(computer: Pretend) -> None:
    computer.closed.add(str(computer.file(PureWindowsPath("S:/"))))
    with pytest.raises(Cannot) as refused:
        write_for_others(computer, build, PureWindowsPath(r"S:\Deploy"), r"C:\py\python.exe")
    assert refused.value.trouble is Trouble.FOLDER_NOT_WRITABLE


def test_a_user_name_with_accents_gives_the_short_name_of_python(tmp_path: Path) -> None:
    computer = Pretend(tmp_path, "José")
    _installed(computer)
    assert _settings(computer)["python"] == r"C:\Users\USER2~1\ar_xl-env\Scripts\pythonw.exe"


def test_a_chinese_user_name_without_short_names_is_refused(tmp_path: Path) -> None:
    computer = Pretend(tmp_path, "王芳")
    computer.short_names = False
    assert _refused(computer).trouble is Trouble.PYTHON_NAME_NOT_PLAIN


def test_a_profile_on_the_network_is_followed(computer: Pretend) -> None:
    computer.variables["APPDATA"] = r"\\server\profiles$\Anna\Roaming"
    done = _installed(computer)
    assert str(done.addin).startswith(r"\\server\profiles$\Anna")
    assert computer.file(done.addin).is_file()


def test_a_mark_of_the_internet_goes_with_the_old_file(computer: Pretend) -> None:
    _installed(computer)
    mark = computer.addin.with_name("ar_xl.xlam:Zone.Identifier")
    computer.put(mark, b"[ZoneTransfer]\r\nZoneId=3\r\n")
    _installed(computer)
    assert not computer.file(mark).exists()


def test_a_newer_version_replaces_an_older_one(computer: Pretend) -> None:
    computer.python_is(ar_xl="0.0.9")
    _installed(computer)
    computer.python_is(ar_xl="0.1.0")
    assert _installed(computer).replaced == "0.0.9"
    assert _settings(computer)["ar_xl"] == "0.1.0"


def test_an_add_in_of_ours_elsewhere_gives_way(computer: Pretend) -> None:
    first = _installed(computer)
    computer.excel = OpenExcel(r"C:\Office\XLSTART", has_addin=False)
    assert _removed(computer) == first.addin
    assert not computer.file(first.addin).exists()


def test_an_older_add_in_that_was_changed_is_left(computer: Pretend) -> None:
    first = _installed(computer)
    computer.put(first.addin, b"changed")
    computer.excel = OpenExcel(r"C:\Office\XLSTART", has_addin=False)
    assert _removed(computer) is None
    assert computer.file(first.addin).exists()


def test_the_agent_starts_with_the_log_on_without_a_window(computer: Pretend) -> None:
    done = _installed(computer, agent=True)
    assert done.link == computer.startup_entries / "ar_xl agent.lnk"
    assert done.link is not None
    link = computer.reads_link(done.link)
    assert link is not None
    assert link.program == r"C:\Users\Anna\ar_xl-env\Scripts\pythonw.exe"
    assert link.arguments == f"-I -B -m ar_xl.server {AGENT_CLSID}"


def test_a_moved_startup_folder_is_followed(computer: Pretend) -> None:
    key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
    computer.sets(key, Startup=r"D:\Autostart")
    assert str(_installed(computer, agent=True).link) == r"D:\Autostart\ar_xl agent.lnk"


def test_an_entry_that_could_not_be_written_is_said_and_the_add_in_stays(
    computer: Pretend,
) -> None:
    computer.link_problem = "Access is denied"
    done = install(computer, build, decide(computer, agent=True))
    assert done.link_failed == "Access is denied"
    assert computer.file(computer.addin).is_file()


def test_the_entry_of_an_earlier_installation_is_kept_up_to_date(computer: Pretend) -> None:
    first = _installed(computer, agent=True)
    assert first.link is not None
    computer.put(first.link, b"{}")
    _installed(computer, agent=False)
    assert computer.reads_link(first.link) is not None
    noted = record.read(computer.file(places.record_file(computer)))
    assert noted is not None
    assert noted.link == str(first.link)


def test_a_python_without_pythonw_is_used_as_it_is(computer: Pretend) -> None:
    computer.file(computer.python.program.with_name("pythonw.exe")).unlink()
    _installed(computer)
    assert _settings(computer)["python"].endswith("python.exe")


def test_an_add_in_for_other_computers_names_their_python(computer: Pretend) -> None:
    folder, python = PureWindowsPath(r"S:\Deploy"), r"C:\Program Files\ar_xl\Scripts\pythonw.exe"
    made = write_for_others(computer, build, folder, python)
    found = settings_of(computer.file(made).read_bytes())
    assert found is not None
    assert found["python"] == python
    assert not computer.file(places.record_file(computer)).exists()
